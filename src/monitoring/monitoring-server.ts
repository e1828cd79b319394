import type { AddressInfo } from 'node:net';
import { fastify } from 'fastify';
import { MonitoringUnavailableError } from './monitoring-errors.ts';
import { type Monitoring, registerMonitoring } from './register-monitoring.ts';

/** A small web server for probes and Prometheus, apart from the desk, so that it need not be open to the same people. */
export interface MonitoringServer {
  readonly url: string;
  readonly close: () => Promise<void>;
}

/** `port` 0: any that is free. Throws `MonitoringUnavailableError`. */
export async function openMonitoringServer({ host, port }: { readonly host: string; readonly port: number }, monitoring: Monitoring): Promise<MonitoringServer> {
  const app = fastify({ forceCloseConnections: true, bodyLimit: 1_024, requestTimeout: 10_000 });
  registerMonitoring(app, monitoring);
  try {
    await app.listen({ host, port });
  } catch (error) {
    await app.close();
    throw new MonitoringUnavailableError(`Health and metrics cannot be served at ${host}, port ${String(port)}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  }
  const address = addressOf(app.server.address());
  return { url: `http://${address.family === 'IPv6' ? `[${address.address}]` : address.address}:${String(address.port)}`, close: async () => { await app.close(); } };
}

function addressOf(address: AddressInfo | string | null): AddressInfo {
  if (address === null || typeof address === 'string') throw new TypeError('The server has no port.');
  return address;
}
