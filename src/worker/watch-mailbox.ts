import { setTimeout as sleep } from 'node:timers/promises';
import type { Store } from '../cases/store.ts';
import { auditMailbox } from './audit-mailbox.ts';
import { followSent } from './follow-sent.ts';
import type { MailboxDesk } from './mailbox-desk.ts';
import { keepOurs, type MailboxQueues, pendingInQueues } from './own-mails.ts';
import type { WorkerEvents } from './worker-events.ts';

export interface WatchContext extends MailboxQueues {
  readonly desk: MailboxDesk;
  readonly store: Store;
  readonly events: WorkerEvents;
}

/** Hands mail that came since the last time to the queue; the cursor moves when the queue keeps it. How many. */
export async function enqueueNewMail({ desk, store, queue, events }: WatchContext): Promise<number> {
  const { mailbox } = desk;
  const cursor = await desk.cursor();
  const listed = await mailbox.listUidsAfter(cursor.enqueuedUid);
  const last = listed.at(-1);
  if (last === undefined) return 0;
  const uids = await keepOurs(listed, cursor, desk);
  if (uids.length > 0) {
    await queue.enqueue(cursor.uidValidity, uids);
    events.onEnqueued?.(mailbox.name, uids.length);
  }
  await store.advanceCursor(mailbox.name, cursor.uidValidity, { enqueuedUid: last });
  return uids.length;
}

/**
 * Compares the mailbox with the ledger, and hands to the queue what has no fate and does not lie in the queue: what IDLE missed, what was lost with a queue, what a crash left half
 * done, what is due to be tried again. How many.
 */
export async function reconcile(context: WatchContext): Promise<number> {
  const { desk, store, queue, events } = context;
  const { mailbox } = desk;
  const cursor = await desk.lookAgain();
  const { uidValidity } = cursor;
  const listed = await mailbox.listUidsAfter(cursor.settledUid);
  const ours = await keepOurs(listed, cursor, desk);
  // The queue is asked first: what leaves it from here on is in the ledger by the time that is read.
  const pending = await pendingInQueues(context, uidValidity);
  const unmet = await store.listUnmetUids(mailbox.name, uidValidity, ours);
  const unfinished = await store.listUnfinishedUids(mailbox.name, uidValidity);
  const lost = [...new Set([...unmet, ...unfinished])].filter((uid) => !pending.has(uid)).toSorted((one, other) => one - other);
  if (lost.length > 0) {
    await queue.enqueue(uidValidity, lost);
    events.onEnqueued?.(mailbox.name, lost.length);
  }
  const last = listed.at(-1) ?? cursor.settledUid;
  const settledUid = Math.min(last, (unmet[0] ?? Number.POSITIVE_INFINITY) - 1);
  await store.advanceCursor(mailbox.name, uidValidity, { enqueuedUid: last, settledUid });
  return lost.length;
}

/** Finds what was sent meanwhile, then what came in. */
export async function catchUp(context: WatchContext): Promise<void> {
  const { desk, store, events } = context;
  const { firstContactAt } = await desk.cursor();
  for (const answered of await followSent(desk.mailbox, store, firstContactAt)) events.onAnswered?.(desk.mailbox.name, answered);
  await reconcile(context);
}

export interface WatchPace {
  readonly reconcileIntervalMs: number;
  /** 0: never. */
  readonly auditIntervalMs: number;
}

const firstRetryMs = 1_000;
const lastRetryMs = 60_000;
const queueLookIntervalMs = 2_000;

/** Watches one mailbox until `signal` aborts; `pace` may change meanwhile. Whatever fails is told and tried again, and touches no other mailbox. */
export async function watchMailbox(context: WatchContext, pace: WatchPace, signal: AbortSignal): Promise<void> {
  const { desk, events } = context;
  const bell = newBell(signal);
  const watching = keepWatching(context, bell.ring, signal);
  const auditing = keepAuditing(context, pace, signal);
  // By a clock that nobody can set.
  let reconcileAtMs = 0;
  const lookingAfterQueue = lookAfterQueue(context, signal, () => {
    reconcileAtMs = 0;
    bell.ring();
  });
  let failures = 0;
  while (!signal.aborted) {
    try {
      if (performance.now() >= reconcileAtMs) {
        reconcileAtMs = performance.now() + pace.reconcileIntervalMs;
        await catchUp(context);
      } else {
        await enqueueNewMail(context);
      }
      failures = 0;
      await bell.wait(reconcileAtMs - performance.now());
    } catch (error) {
      if (signal.aborted) break;
      events.onError?.(desk.mailbox.name, asError(error));
      reconcileAtMs = 0;
      await sleep(Math.min(firstRetryMs * 2 ** failures, lastRetryMs) * (1 - Math.random() / 2), undefined, { signal }).catch(() => undefined);
      failures += 1;
    }
  }
  await Promise.all([watching, lookingAfterQueue, auditing]);
}

async function keepAuditing(context: WatchContext, { auditIntervalMs }: WatchPace, signal: AbortSignal): Promise<void> {
  if (auditIntervalMs === 0) return;
  while (!signal.aborted) {
    await sleep(auditIntervalMs, undefined, { signal }).catch(() => undefined);
    if (signal.aborted) return;
    try {
      context.events.onAudit?.(await auditMailbox(context));
    } catch (error) {
      if (!signal.aborted) context.events.onError?.(context.desk.mailbox.name, asError(error));
    }
  }
}

/** What was lost with the queue need not wait for the next comparison. */
async function lookAfterQueue({ queue }: WatchContext, signal: AbortSignal, onWiped: () => void): Promise<void> {
  while (!signal.aborted) {
    await sleep(queueLookIntervalMs, undefined, { signal }).catch(() => undefined);
    if (signal.aborted) return;
    try {
      if (await queue.wasWiped()) onWiped();
    } catch {
      // It cannot be reached: whoever works with it says so.
    }
  }
}

/** The mailbox reconnects by itself; what it gives up on (a refused login) is tried again after a while, for the cause may be put right. */
async function keepWatching({ desk, events }: WatchContext, ring: () => void, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    try {
      await desk.mailbox.watch(
        (state) => {
          desk.heard(state);
          ring();
        },
        signal,
        (event) => { events.onConnection?.(desk.mailbox.name, event); },
      );
    } catch (error) {
      if (!signal.aborted) events.onError?.(desk.mailbox.name, asError(error));
    }
    if (!signal.aborted) await sleep(lastRetryMs / 2, undefined, { signal }).catch(() => undefined);
  }
}

/** A bell: rung while no one waits, it is heard by the next who does. */
function newBell(signal: AbortSignal): { ring: () => void; wait: (timeoutMs: number) => Promise<void> } {
  let rung = false;
  let wake: (() => void) | null = null;
  return {
    ring: () => {
      rung = true;
      wake?.();
    },
    wait: async (timeoutMs) => {
      if (!rung && !signal.aborted) {
        await new Promise<void>((resolve) => {
          const timer = setTimeout(done, Math.max(0, timeoutMs));
          signal.addEventListener('abort', done);
          function done(): void {
            clearTimeout(timer);
            signal.removeEventListener('abort', done);
            resolve();
          }
          wake = done;
        });
        wake = null;
      }
      rung = false;
    },
  };
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}
