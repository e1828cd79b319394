import { chownSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freeLoopbackPort, waitForPort } from './ports.ts';
import { serverOwner, tether } from './tethered-process.ts';

/** A Redis of our own on a free loopback port, its append-only file in a temporary folder. */
export interface RedisServer {
  readonly url: string;
  /** SIGKILL, then the same server again with what it had on disk. */
  readonly restart: () => Promise<void>;
  stop(): Promise<void>;
}

const binaries = ['/usr/bin/redis-server', '/usr/local/bin/redis-server', '/usr/bin/valkey-server'];

export async function startRedis(): Promise<RedisServer> {
  const binary = binaries.find((path) => existsSync(path));
  if (binary === undefined) throw new Error('redis-server is not installed (Debian: apt-get install redis-server).');
  const folder = mkdtempSync(join(tmpdir(), 'refund-triage-redis-'));
  const owner = serverOwner();
  if (owner !== null) chownSync(folder, owner.uid, owner.gid);
  const port = await freeLoopbackPort();
  const log = join(folder, 'redis.log');
  const start = async (): Promise<ReturnType<typeof tether>> => {
    const child = tether(binary, [
      '--bind', '127.0.0.1', '--port', String(port), '--dir', folder, '--save', '', '--appendonly', 'yes', '--appendfsync', 'no', '--logfile', log,
    ], { folder, owner });
    await waitForPort(port, () => (existsSync(log) ? readFileSync(log, 'utf8') : 'no log'));
    return child;
  };
  let server = await start();
  return {
    url: `redis://127.0.0.1:${String(port)}`,
    restart: async () => {
      await server.kill9();
      server = await start();
    },
    stop: async () => {
      await server.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
