import type { ConnectionOptions } from 'bullmq';
import { Cluster, Redis } from 'ioredis';
import { readRedisUrl } from './redis-address.ts';
import { QueueUnavailableError } from './worker-errors.ts';

export interface FoundRedis {
  /** `host:port`, of each node that was named; without secrets. */
  readonly place: string;
  readonly isCluster: boolean;
  /** What it does when its memory is full. Anything but `noeviction` loses jobs. */
  readonly evictionPolicy: string;
}

/** Looks whether it answers, and what it is. Throws `QueueUnavailableError`. */
export async function probeRedis(url: string): Promise<FoundRedis> {
  const address = readRedisUrl(url);
  if (address === null) throw new QueueUnavailableError('REDIS_URL is no address of a Redis: redis://host:port, or several nodes of a cluster as redis://host:port,host:port.');
  const place = address.nodes.map(({ host, port }) => `${host}:${String(port)}`).join(', ');
  let failure: unknown = null;
  // Of a cluster's nodes one that answers is enough.
  for (const node of address.nodes) {
    const once = { lazyConnect: true, connectTimeout: 10_000, maxRetriesPerRequest: 0, retryStrategy: () => null };
    const redis = address.nodes.length === 1 ? new Redis(url, once) : new Redis({ ...node, ...address.options, ...once });
    // What it says of a lost connection tells more than the command that failed with it.
    redis.on('error', (error) => { failure = error; });
    try {
      await redis.connect();
      const info = `${await redis.info('memory')}\n${await redis.info('cluster')}`;
      return { place, isCluster: /^cluster_enabled:1/m.test(info), evictionPolicy: /^maxmemory_policy:(\S+)/m.exec(info)?.[1] ?? 'noeviction' };
    } catch (error) {
      failure ??= error;
    } finally {
      redis.disconnect();
    }
  }
  throw new QueueUnavailableError(`Redis at ${place} cannot be used: ${failure instanceof Error ? failure.message || failure.name : String(failure)}`, { cause: failure });
}

/** How BullMQ is to connect. `close` is called when its queues and workers are closed. */
export function openRedis(url: string, { isCluster }: Pick<FoundRedis, 'isCluster'>): { readonly connection: ConnectionOptions; readonly close: () => Promise<void> } {
  const { nodes, options } = readRedisUrl(url) ?? { nodes: [], options: {} };
  if (!isCluster) return { connection: { url, maxRetriesPerRequest: null, retryStrategy }, close: async () => { await Promise.resolve(); } };
  const { db: _, ...redisOptions } = options;
  const cluster = new Cluster([...nodes], {
    clusterRetryStrategy: retryStrategy,
    clusterNodeRetryStrategy: retryStrategy,
    slotsRefreshTimeout: 5_000,
    // A certificate names the host as it was announced, not its address.
    ...(options.tls === undefined ? {} : { dnsLookup: (host: string, found: (error: null, address: string) => void) => { found(null, host); } }),
    redisOptions: { ...redisOptions, maxRetriesPerRequest: null },
  });
  // Each queue hears of it as well, and tells.
  cluster.on('error', () => undefined);
  return {
    connection: cluster,
    close: async () => {
      cluster.disconnect();
      await Promise.resolve();
    },
  };
}

function retryStrategy(times: number): number {
  return Math.min(times * 200, 5_000);
}
