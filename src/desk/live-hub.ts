import type { Pool } from 'pg';
import type { Database } from '../database/database.ts';
import { unavailable } from '../database/postgres-errors.ts';
import type { Role } from './roles.ts';

/**
 * News that open pages hear of at once: which cases changed, who looks at what. One hub a process; they hear each other through the database's
 * LISTEN and NOTIFY. News only says where to look again: whoever hears of it asks for the rest, with the rights they have.
 */
export interface LiveHub {
  /** Reaches every open page that may see it, also those of other processes. Throws `RangeError` where it is too long, `StoreUnavailableError`. */
  publish(event: LiveEvent): Promise<void>;
  /** `listener` hears of everything from now on, until the returned function is called. */
  subscribe(listener: (event: LiveEvent) => void): () => void;
  close(): Promise<void>;
}

export interface LiveEvent {
  /** `cases`: these have news, `cases: number[]`; an empty list says: any may have. The store itself tells of them. Others are for whoever publishes them. */
  readonly kind: string;
  /** Only for people with this role or a higher one; everyone at the desk where it is left out. */
  readonly role?: Role;
  /** Only for this person. */
  readonly userId?: number;
  readonly [datum: string]: unknown;
}

/** Migration 5 has its name, too. */
const channel = 'refund_triage_desk';
/** NOTIFY takes less than 8000 bytes (PostgreSQL documentation, "NOTIFY"). */
const maxPayloadBytes = 7_900;
const reconnectMs = [250, 1_000, 5_000] as const;

const lookAgain: LiveEvent = { kind: 'cases', cases: [] };

/** `onLost` hears why the connection broke; it is made again by itself, and then every page is told to look again. Throws `StoreUnavailableError`. */
export async function openLiveHub(database: Database, onLost: (reason: string) => void = () => undefined): Promise<LiveHub> {
  const listeners = new Set<(event: LiveEvent) => void>();
  const tell = (payload: string | undefined): void => {
    const event = eventOf(payload);
    if (event !== null) for (const listener of listeners) listener(event);
  };
  const { engine } = database;
  const stop = engine.kind === 'embedded'
    ? await engine.pglite.listen(channel, tell)
    : await listenOn(engine.openPool({ searchPath: 'refund_triage', maxConnections: 1 }), tell, () => { tell(JSON.stringify(lookAgain)); }, onLost);
  return {
    publish: async (event) => {
      const payload = JSON.stringify(event);
      if (Buffer.byteLength(payload) > maxPayloadBytes) throw new RangeError(`An event of ${String(Buffer.byteLength(payload))} bytes is too long to be told.`);
      await database.query('SELECT pg_notify($1, $2)', [channel, payload]);
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => { listeners.delete(listener); };
    },
    close: async () => {
      listeners.clear();
      await stop();
    },
  };
}

async function listenOn(pool: Pool, tell: (payload: string | undefined) => void, onBack: () => void, onLost: (reason: string) => void): Promise<() => Promise<void>> {
  let closed = false;
  let drop: (() => void) | null = null;
  let timer: NodeJS.Timeout | undefined;
  const connect = async (): Promise<void> => {
    const client = await pool.connect();
    let released = false;
    const release = (): void => {
      if (!released) client.release(true);
      released = true;
    };
    const lose = (error?: Error): void => {
      const wasListening = !released && drop === release;
      release();
      if (!wasListening || closed) return;
      onLost(error?.message ?? 'the server closed the connection');
      retry(0);
    };
    client.on('error', lose);
    client.on('end', () => { lose(); });
    client.on('notification', ({ payload }) => { tell(payload); });
    drop = null;
    try {
      await client.query(`LISTEN ${channel}`);
    } catch (error) {
      release();
      throw error;
    }
    if (released) throw new Error('The server closed the connection.');
    drop = release;
  };
  const retry = (tries: number): void => {
    timer = setTimeout(() => {
      connect().then(onBack, (error: unknown) => {
        if (closed) return;
        if (tries === 0) onLost(error instanceof Error ? error.message : String(error));
        retry(tries + 1);
      });
    }, reconnectMs[Math.min(tries, reconnectMs.length - 1)]).unref();
  };
  try {
    await connect();
  } catch (error) {
    await pool.end();
    throw unavailable(error);
  }
  return async () => {
    closed = true;
    clearTimeout(timer);
    drop?.();
    await pool.end();
  };
}

function eventOf(payload: string | undefined): LiveEvent | null {
  try {
    const value: unknown = JSON.parse(payload ?? '');
    return typeof value === 'object' && value !== null && 'kind' in value && typeof value.kind === 'string' ? { ...value, kind: value.kind } : null;
  } catch {
    return null;
  }
}
