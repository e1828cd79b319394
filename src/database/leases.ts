import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Database } from './database.ts';

/**
 * A lease: among several processes on one store, the one that does a thing which only one need do, such as watching a mailbox. It saves work and is no lock: for a moment two may hold it, when
 * one was silent for long, and what they do must bear that.
 */
export interface LeaseOptions {
  /** Waits for the lease, holds it, and gives it back when aborted. */
  readonly signal: AbortSignal;
  /** How often it is renewed, or asked for. */
  readonly renewIntervalMs?: number;
  /** How long a holder of whom nothing is heard keeps it. One whose connection the server saw end loses it at once. */
  readonly expiresMs?: number;
  readonly onChange?: (isHolder: boolean) => void;
  /** The store cannot be reached; it is tried again, and told once. */
  readonly onError?: (error: Error) => void;
}

const defaults = { renewIntervalMs: 2_000, expiresMs: 6_000 };

/**
 * Runs `lead` whenever this process holds the lease, until `signal` aborts. Its signal aborts when the lease is lost; `lead` must then end soon. What `lead` throws is thrown, after
 * the lease was given back. On the embedded database, which one process has for itself, it is simply run.
 */
export async function holdLease(database: Database, name: string, options: LeaseOptions, lead: (signal: AbortSignal) => Promise<void>): Promise<void> {
  const { signal } = options;
  if (database.engine.kind === 'embedded') {
    if (signal.aborted) return;
    options.onChange?.(true);
    await lead(signal);
    return;
  }
  const claim = toldOnce(newClaim(database, name, options.expiresMs ?? defaults.expiresMs), options.onError);
  const renewIntervalMs = options.renewIntervalMs ?? defaults.renewIntervalMs;
  const pause = async (until: AbortSignal): Promise<void> => { await sleep(renewIntervalMs, undefined, { signal: until }).catch(() => undefined); };
  while (!signal.aborted) {
    try {
      if (await claim.take()) {
        options.onChange?.(true);
        try {
          await leadWhileHeld(claim, lead, pause, options);
        } finally {
          options.onChange?.(false);
        }
        continue;
      }
    } catch (error) {
      if (error instanceof LeadError) throw error.cause;
    }
    await pause(signal);
  }
}

/** Tells what `lead` threw from what the store did. */
class LeadError extends Error {}

async function leadWhileHeld(claim: Claim, lead: (signal: AbortSignal) => Promise<void>, pause: (until: AbortSignal) => Promise<void>, { signal }: LeaseOptions): Promise<void> {
  const lost = new AbortController();
  const leading = AbortSignal.any([signal, lost.signal]);
  const ended = new AbortController();
  const work = lead(leading).then(() => null, (error: unknown) => new LeadError('What was to be led failed.', { cause: error })).finally(() => { ended.abort(); });
  let expiry: NodeJS.Timeout | undefined;
  // By our own steady clock: a store that does not answer is no reason to go on for ever.
  const expireAfter = (ms: number): void => {
    clearTimeout(expiry);
    expiry = setTimeout(() => { lost.abort(); }, ms);
  };
  expireAfter(claim.expiresMs);
  const over = AbortSignal.any([leading, ended.signal]);
  while (!over.aborted) {
    await pause(over);
    if (over.aborted) break;
    const askedMs = performance.now();
    try {
      if (await claim.take()) expireAfter(claim.expiresMs - (performance.now() - askedMs));
      else lost.abort();
    } catch {
      // It was told; until the lease expires there is time.
    }
  }
  clearTimeout(expiry);
  const failed = await work;
  // Nobody is kept waiting by what cannot be said: the lease then expires.
  await claim.release().catch(() => undefined);
  if (failed !== null) throw failed;
}

interface Claim {
  readonly expiresMs: number;
  /** Takes or renews the lease; false where another process has it. */
  take(): Promise<boolean>;
  release(): Promise<void>;
}

/** A store that is away for an hour is told of once. */
function toldOnce(claim: Claim, onError: LeaseOptions['onError']): Claim {
  let isAway = false;
  return {
    ...claim,
    take: async () => {
      try {
        const taken = await claim.take();
        isAway = false;
        return taken;
      } catch (error) {
        if (!isAway) onError?.(error instanceof Error ? error : new Error(String(error)));
        isAway = true;
        throw error;
      }
    },
  };
}

interface HeldLease { holder: string; process_key: number; renewals: number }

function newClaim(database: Database, name: string, expiresMs: number): Claim {
  const holder = randomUUID();
  let seen: { readonly held: HeldLease; readonly sinceMs: number } | null = null;
  /** The other's lease as it stood, unchanged for so long that it has expired whatever became of the server's clock meanwhile. */
  const isSilent = (): HeldLease | null => (seen !== null && performance.now() - seen.sinceMs > expiresMs ? seen.held : null);
  return {
    expiresMs,
    take: async () => await database.transaction(async (sql) => {
      const silent = isSilent();
      // The lease's times are the server's own, so that it does not matter what time the processes believe it is.
      const taken = await sql.query(
        `INSERT INTO refund_triage.leases AS l (name, holder, process_key, expires_at) VALUES ($1, $2, $3, clock_timestamp() + $4 * interval '1 millisecond')
         ON CONFLICT (name) DO UPDATE SET holder = $2, process_key = $3, expires_at = excluded.expires_at, renewals = l.renewals + 1,
           taken_at = CASE WHEN l.holder = $2 THEN l.taken_at ELSE now() END
         WHERE l.holder = $2 OR l.expires_at <= clock_timestamp() OR (l.holder = $5 AND l.renewals = $6) RETURNING name`,
        [name, holder, database.processKey(), expiresMs, silent?.holder ?? null, silent?.renewals ?? null],
      );
      if (taken.length > 0) {
        seen = null;
        return true;
      }
      const [held] = await sql.query<HeldLease>('SELECT holder, process_key, renewals FROM refund_triage.leases WHERE name = $1', [name]);
      if (held === undefined) return false;
      if (seen === null || seen.held.holder !== held.holder || seen.held.renewals !== held.renewals) seen = { held, sinceMs: performance.now() };
      if (held.process_key === database.processKey() || (await database.isProcessAlive(sql, held.process_key))) return false;
      // The server saw its connection end: it was killed, or cut off.
      const inherited = await sql.query(
        `UPDATE refund_triage.leases SET holder = $2, process_key = $3, expires_at = clock_timestamp() + $4 * interval '1 millisecond', renewals = renewals + 1, taken_at = now()
         WHERE name = $1 AND holder = $5 AND renewals = $6 RETURNING name`,
        [name, holder, database.processKey(), expiresMs, held.holder, held.renewals],
      );
      return inherited.length > 0;
    }),
    release: async () => { await database.query('DELETE FROM refund_triage.leases WHERE name = $1 AND holder = $2', [name, holder]); },
  };
}
