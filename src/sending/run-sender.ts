import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { forgetWrongTimes, listDueOutbox, nextOutboxInMs, noteSent, readOutbox, releaseClaim, type OutboxRow } from '../cases/outbox.ts';
import { heedRestoredAt } from '../database/restore-mark.ts';
import { placeEdits } from './place-edits.ts';
import { removeAbandoned } from './remove-abandoned.ts';
import { setKeywords } from './set-keywords.ts';
import { longestPauseMs, sendReply, type SendingContext, settleUncertain } from './send-reply.ts';
import { settleSent } from './settle-sent.ts';

export interface SenderOptions extends SendingContext {
  /** Aborted: begins nothing new, waits for what is on its way, ends. */
  readonly signal: AbortSignal;
  readonly pollIntervalMs?: number;
  /** Replies that are sent at the same time. */
  readonly concurrency?: number;
  /** A reply's fate, once it has one for the time being. Never its words, nor whose it is. */
  readonly onReply?: (row: OutboxRow) => void;
  /** The store cannot be reached, or something of ours is broken; it goes on. */
  readonly onError?: (error: Error) => void;
}

const defaults = { pollIntervalMs: 1_000, concurrency: 4 };
const minPauseMs = 20;
/** How far apart the clocks of several machines may be, and how often what a wrong one left behind is looked for. */
const clockSlackMs = 60_000;
/** Who in this process has a reply in hand just now, also where several senders run in it. */
const owners = new Set<string>();
/** How long an end waits for a server that has the mail and says nothing. Longer, and the send is uncertain. */
const drainMs = 8_000;

/**
 * Sends what was approved, and finishes what processes that died left behind, until the signal aborts. Any number of processes may do so on one store. Closes neither the store nor the
 * mailboxes.
 */
export async function runSender(options: SenderOptions): Promise<void> {
  const { database, signal } = options;
  const pollIntervalMs = options.pollIntervalMs ?? defaults.pollIntervalMs;
  const inHand = new Map<string, Promise<void>>();
  const work = async (row: OutboxRow, owner: string): Promise<void> => {
    try {
      if (row.state === 'holding') await sendReply(row, owner, options);
      else if (row.state === 'sent') await settleSent(row, options);
      else if (row.state === 'uncertain') await noteSent(database, row, { by: 'sent_folder', response: null, alsoKnownAs: [], person: null });
      else await takeOver(row, options);
      const after = await readOutbox(database, row.id);
      if (after !== null && (after.state !== row.state || after.attempts !== row.attempts)) options.onReply?.(after);
    } catch (error) {
      options.onError?.(error instanceof Error ? error : new Error(String(error)));
    } finally {
      owners.delete(owner);
    }
  };
  const begin = (row: OutboxRow): void => {
    const owner = `${String(database.processKey())}/${randomUUID()}`;
    owners.add(owner);
    const key = String(row.id);
    inHand.set(key, work(row, owner).finally(() => inHand.delete(key)));
  };
  let lookedForWrongTimesMs = Number.NEGATIVE_INFINITY;
  while (!signal.aborted) {
    try {
      if (performance.now() - lookedForWrongTimesMs > clockSlackMs) {
        await forgetWrongTimes(database, longestPauseMs + clockSlackMs);
        lookedForWrongTimesMs = performance.now();
      }
      // A store that was brought back may have sent what it still takes to be waiting.
      await heedRestoredAt(database);
      const free = (options.concurrency ?? defaults.concurrency) - inHand.size;
      const due = free <= 0 ? [] : (await listDueOutbox(database, free + inHand.size)).filter(({ id }) => !inHand.has(String(id)));
      for (const row of due.slice(0, Math.max(0, free))) begin(row);
      await placeEdits(options);
      await removeAbandoned(options);
      await setKeywords(options);
      const nextMs = inHand.size > 0 ? null : await nextOutboxInMs(database);
      await pause(Math.min(pollIntervalMs, Math.max(minPauseMs, nextMs ?? pollIntervalMs)), signal);
    } catch (error) {
      options.onError?.(error instanceof Error ? error : new Error(String(error)));
      await pause(pollIntervalMs, signal);
    }
  }
  await Promise.race([Promise.allSettled(inHand.values()), sleep(drainMs)]);
}

async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await sleep(ms, undefined, { signal }).catch(() => undefined);
}

/** A reply in the hands of a process that is no more. */
async function takeOver(row: OutboxRow, options: SenderOptions): Promise<void> {
  const key = Number(row.owner?.slice(0, row.owner.indexOf('/')));
  const { database } = options;
  if (owners.has(row.owner ?? '')) return;
  // One of ours that is not in hand any more was dropped by a store that could not be reached.
  const isAlive = key !== database.processKey() && await database.transaction(async (sql) => await database.isProcessAlive(sql, key));
  if (isAlive) return;
  if (row.handedOverAtMs === null) await releaseClaim(database, row);
  else await settleUncertain(row, options, 'the process that sent it died before the server had answered');
}
