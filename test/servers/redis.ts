import { chownSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { freeLoopbackPort, waitForPort } from './ports.ts';
import { serverOwner, tether } from './tethered-process.ts';

/** A Redis of our own on a free loopback port, its append-only file in a temporary folder. */
export interface RedisServer {
  readonly url: string;
  /** SIGKILL, then the same server again with what it had on disk. */
  readonly restart: () => Promise<void>;
  /** SIGKILL; `restart` brings it back. */
  kill9(): Promise<void>;
  /** SIGSTOP and SIGCONT: it hangs with its connections open. */
  freeze(): void;
  thaw(): void;
  stop(): Promise<void>;
}

const binaries = ['/usr/bin/redis-server', '/usr/local/bin/redis-server', '/usr/bin/valkey-server'];

/** `isCluster`: a Redis Cluster of one node, which has all slots. */
export async function startRedis({ isCluster = false }: { readonly isCluster?: boolean } = {}): Promise<RedisServer> {
  const binary = binaries.find((path) => existsSync(path));
  if (binary === undefined) throw new Error('redis-server is not installed (Debian: apt-get install redis-server).');
  const folder = mkdtempSync(join(tmpdir(), 'refund-triage-redis-'));
  const owner = serverOwner();
  if (owner !== null) chownSync(folder, owner.uid, owner.gid);
  const port = await freeLoopbackPort();
  const log = join(folder, 'redis.log');
  // The port of the nodes' own talk would else be ours and ten thousand, which there may not be.
  const clusterOptions = isCluster ? ['--cluster-enabled', 'yes', '--cluster-port', String(await freeLoopbackPort()), '--cluster-announce-ip', '127.0.0.1'] : [];
  const start = async (): Promise<ReturnType<typeof tether>> => {
    const child = tether(binary, [
      '--bind', '127.0.0.1', '--port', String(port), '--dir', folder, '--save', '', '--appendonly', 'yes', '--appendfsync', 'no', '--logfile', log, ...(isCluster ? clusterOptions : ['--databases', '200']),
    ], { folder, owner });
    await waitForPort(port, () => (existsSync(log) ? readFileSync(log, 'utf8') : 'no log'));
    return child;
  };
  let server = await start();
  if (isCluster) await giveAllSlots(port);
  return {
    url: `redis://127.0.0.1:${String(port)}`,
    restart: async () => {
      await server.kill9();
      server = await start();
    },
    kill9: async () => { await server.kill9(); },
    freeze: () => { server.signal('SIGSTOP'); },
    thaw: () => { server.signal('SIGCONT'); },
    stop: async () => {
      await server.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function giveAllSlots(port: number): Promise<void> {
  const redis = new Redis({ port, host: '127.0.0.1' });
  try {
    await redis.call('CLUSTER', 'ADDSLOTSRANGE', '0', '16383');
    while (!(await redis.cluster('INFO')).includes('cluster_state:ok')) await sleep(20);
  } finally {
    redis.disconnect();
  }
}
