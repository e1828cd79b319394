import { startEmbedded, startServer } from '../cases/stores.ts';
import { startRedis } from '../servers/redis.ts';
import type { Place } from './place.ts';

/** Where the worker's suites keep their store and their queue: each `place` is empty and its own. */
export interface QueueServer {
  place(): Promise<Place>;
  /** Takes the queue's server down and brings it up again; null where the queue lives in the worker's own process. */
  readonly restart: (() => Promise<void>) | null;
  stop(): Promise<void>;
}

export const queueServers = [
  { backend: 'Redis', start: startOnRedis },
  { backend: 'PostgreSQL', start: startOnPostgres },
  { backend: 'embedded database', start: startOnEmbedded },
] as const;

/** The queue on Redis, the store embedded, as where only REDIS_URL is given. */
async function startOnRedis(): Promise<QueueServer> {
  const [redis, stores] = await Promise.all([startRedis(), startEmbedded()]);
  let places = 0;
  return {
    place: async () => {
      // The stores are copies of one, and would share its queue.
      places += 1;
      return { store: await stores.location(), redisUrl: `${redis.url}/${String(places)}` };
    },
    restart: redis.restart,
    stop: async () => { await Promise.all([redis.stop(), stores.stop()]); },
  };
}

async function startOnPostgres(): Promise<QueueServer> {
  const stores = await startServer();
  return { place: async () => ({ store: await stores.location(), redisUrl: null }), restart: stores.restart, stop: async () => { await stores.stop(); } };
}

async function startOnEmbedded(): Promise<QueueServer> {
  const stores = await startEmbedded();
  return { place: async () => ({ store: await stores.location(), redisUrl: null }), restart: null, stop: async () => { await stores.stop(); } };
}
