import { setTimeout as sleep } from 'node:timers/promises';
import type { Store } from '../cases/store.ts';
import { removeAbandoned } from '../sending/remove-abandoned.ts';
import { auditMailbox } from './audit-mailbox.ts';
import { clearUpDrafts } from './clear-up-drafts.ts';
import { followSent } from './follow-sent.ts';
import { enqueuedUpTo, follow, handOverHeldBack, handOverMails, hurryUrgentMails, type MailFeed, newFeed } from './mail-feed.ts';
import type { MailboxDesk } from './mailbox-desk.ts';
import { keepOurs, type MailboxQueues, pendingInQueues } from './own-mails.ts';
import type { WorkerEvents } from './worker-events.ts';

export interface WatchContext extends MailboxQueues {
  readonly desk: MailboxDesk;
  readonly store: Store;
  readonly events: WorkerEvents;
  /** Whether a mail with this subject is to go before others that wait; null where none is. */
  readonly saysUrgent: ((subject: string) => boolean) | null;
}

/** Hands mail that came since the last time to the queue, as far as there is room; the cursor moves when the queue keeps it. How many. */
export async function enqueueNewMail(context: WatchContext, feed: MailFeed): Promise<number> {
  const { desk, store } = context;
  const { mailbox } = desk;
  const cursor = await desk.cursor();
  follow(feed, cursor);
  const listed = await mailbox.listUidsAfter(Math.max(cursor.enqueuedUid, feed.listedUid));
  const last = listed.at(-1);
  if (last === undefined) return 0;
  const handedOver = await handOverMails(context, feed, await keepOurs(listed, cursor, desk));
  feed.listedUid = last;
  await store.advanceCursor(mailbox.name, cursor.uidValidity, { enqueuedUid: enqueuedUpTo(feed, last) });
  return handedOver;
}

/**
 * Compares the mailbox with the ledger, and hands to the queue what has no fate and does not lie in the queue: what IDLE missed, what was lost with a queue, what a crash left half
 * done, what is due to be tried again. How many.
 */
export async function reconcile(context: WatchContext, feed: MailFeed): Promise<number> {
  const { desk, store } = context;
  const { mailbox } = desk;
  const cursor = await desk.lookAgain();
  follow(feed, cursor);
  const { uidValidity } = cursor;
  const listed = await mailbox.listUidsAfter(cursor.settledUid);
  const ours = await keepOurs(listed, cursor, desk);
  // The queue is asked first: what leaves it from here on is in the ledger by the time that is read.
  const pending = await pendingInQueues(context, uidValidity);
  const unmet = await store.listUnmetUids(mailbox.name, uidValidity, ours);
  const unfinished = await store.listUnfinishedUids(mailbox.name, uidValidity);
  const heldBack = new Set(feed.heldBack);
  const lost = [...new Set([...unmet, ...unfinished])].filter((uid) => !pending.has(uid) && !heldBack.has(uid)).toSorted((one, other) => one - other);
  const handedOver = await handOverMails(context, feed, lost);
  const last = listed.at(-1) ?? cursor.settledUid;
  feed.listedUid = Math.max(feed.listedUid, last);
  const settledUid = Math.min(last, (unmet[0] ?? Number.POSITIVE_INFINITY) - 1);
  await store.advanceCursor(mailbox.name, uidValidity, { enqueuedUid: enqueuedUpTo(feed, last), settledUid });
  return handedOver;
}

/** Finds what was sent meanwhile, clears away the drafts whose place that took, then finds what came in. */
export async function catchUp(context: WatchContext, feed: MailFeed): Promise<void> {
  const { desk, store, events } = context;
  const { firstContactAt } = await desk.cursor();
  for (const answered of await followSent(desk.mailbox, store, firstContactAt)) events.onAnswered?.(desk.mailbox.name, answered);
  await removeAbandoned({ database: store.database, mailboxes: new Map([[desk.mailbox.name, desk.mailbox]]) });
  await reconcile(context, feed);
  // Of a folder that comes back, some was taken for gone meanwhile.
  const draftsUidValidity = await desk.mailbox.identifyDrafts();
  if (feed.draftsUidValidity !== null && feed.draftsUidValidity !== draftsUidValidity) await clearUpDrafts(desk.mailbox, store);
  feed.draftsUidValidity = draftsUidValidity;
}

export interface WatchPace {
  readonly reconcileIntervalMs: number;
  /** 0: never. */
  readonly auditIntervalMs: number;
}

const firstRetryMs = 1_000;
const lastRetryMs = 60_000;
const queueLookIntervalMs = 2_000;
const roomLookIntervalMs = 1_000;
const hurryIntervalMs = 500;

/** Watches one mailbox until `signal` aborts; `pace` may change meanwhile. Whatever fails is told and tried again, and touches no other mailbox. */
export async function watchMailbox(context: WatchContext, pace: WatchPace, signal: AbortSignal): Promise<void> {
  const { desk, events } = context;
  const bell = newBell(signal);
  const watching = keepWatching(context, bell.ring, signal);
  const auditing = keepAuditing(context, pace, signal);
  const feed = newFeed();
  const hurrying = keepHurrying(context, feed, signal);
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
        await catchUp(context, feed);
      } else {
        await enqueueNewMail(context, feed);
      }
      await handOverHeldBack(context, feed);
      failures = 0;
      await bell.wait(Math.min(reconcileAtMs - performance.now(), feed.heldBack.length === 0 ? Number.POSITIVE_INFINITY : roomLookIntervalMs));
    } catch (error) {
      if (signal.aborted) break;
      events.onError?.(desk.mailbox.name, asError(error));
      reconcileAtMs = 0;
      await sleep(Math.min(firstRetryMs * 2 ** failures, lastRetryMs) * (1 - Math.random() / 2), undefined, { signal }).catch(() => undefined);
      failures += 1;
    }
  }
  await Promise.all([watching, lookingAfterQueue, auditing, hurrying]);
}

async function keepAuditing(context: WatchContext, { auditIntervalMs }: WatchPace, signal: AbortSignal): Promise<void> {
  if (auditIntervalMs === 0) return;
  while (!signal.aborted) {
    await sleep(auditIntervalMs, undefined, { signal }).catch(() => undefined);
    if (signal.aborted) return;
    try {
      await clearUpDrafts(context.desk.mailbox, context.store);
      context.events.onAudit?.(await auditMailbox(context));
    } catch (error) {
      if (!signal.aborted) context.events.onError?.(context.desk.mailbox.name, asError(error));
    }
  }
}

/** Beside the listing of new mail, which must not wait for it. */
async function keepHurrying(context: WatchContext, feed: MailFeed, signal: AbortSignal): Promise<void> {
  if (context.saysUrgent === null) return;
  while (!signal.aborted) {
    try {
      if ((await hurryUrgentMails(context, feed)) > 0) continue;
    } catch {
      // The mailbox or the queue is away: whoever lists the mail says so. The mails go at their turn.
    }
    await sleep(hurryIntervalMs, undefined, { signal }).catch(() => undefined);
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
