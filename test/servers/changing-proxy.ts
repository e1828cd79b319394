import { connect, createServer } from 'node:net';
import type { Socket } from 'node:net';
import { freeLoopbackPort } from './ports.ts';

export interface ChangingProxy {
  readonly port: number;
  stop(): Promise<void>;
}

/** Passes bytes between a client and a server on this machine; what the client says goes through `change` first, and null hangs up. */
export async function startChangingProxy(serverPort: number, change: (chunk: string) => string | null): Promise<ChangingProxy> {
  const sockets = new Set<Socket>();
  const proxy = createServer((client) => {
    const server = connect(serverPort, '127.0.0.1');
    for (const socket of [client, server]) {
      sockets.add(socket);
      socket.on('error', () => undefined);
      socket.on('close', () => {
        client.destroy();
        server.destroy();
      });
    }
    client.on('data', (chunk) => {
      const changed = change(chunk.toString('latin1'));
      if (changed === null) client.destroy();
      else server.write(changed, 'latin1');
    });
    server.pipe(client);
  });
  const port = await freeLoopbackPort();
  await new Promise<void>((resolve) => proxy.listen(port, '127.0.0.1', resolve));
  return {
    port,
    stop: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => proxy.close(resolve));
    },
  };
}
