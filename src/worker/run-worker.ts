import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Telemetry } from 'bullmq';
import { holdLease, type LeaseOptions } from '../database/leases.ts';
import type { Store } from '../cases/store.ts';
import type { Mailbox } from '../mailbox/mailbox.ts';
import type { BatchContext } from './batch-context.ts';
import { clearUpDrafts } from './clear-up-drafts.ts';
import { openDesk } from './mailbox-desk.ts';
import { type MailQueues, openMailQueues } from './mail-queue.ts';
import { processBatch } from './process-batch.ts';
import type { TriageMail } from './triage-mail.ts';
import { keepTime, type TimeRules } from './keep-time.ts';
import type { ProbeMail } from './mail-probe.ts';
import { handOverHeldBack, newFeed } from './mail-feed.ts';
import { catchUp, type WatchContext, watchMailbox, type WatchPace } from './watch-mailbox.ts';
import { startWatchdog } from './watchdog.ts';
import type { WorkerEvents } from './worker-events.ts';

export interface RunWorkerOptions {
  readonly store: Store;
  readonly mailboxes: readonly WorkedMailbox[];
  readonly triage: TriageMail;
  /** The same, which also looks into files: for mails whose files are worth it, in a queue of their own. Null where no one looks. */
  readonly triageWithFiles?: TriageMail | null;
  /** The same, which also asks a second reader: for mails that leave something in doubt, in a queue of their own. Null where nobody is asked. */
  readonly triageWithSecondReader?: TriageMail | null;
  /** The same, which also asks the merchants' records: for mails whose order can be looked up, in a queue of their own. The other two ask them as well. Null where there are none. */
  readonly triageWithRecords?: TriageMail | null;
  /** How long a mail waits for records that do not answer, before it goes on without them. */
  readonly recordsWaitMs?: number;
  /** Reads suspicious mail where it can do no harm; at once where nobody does. */
  readonly probe?: ProbeMail;
  /** Whether a mail with this subject is to be read before others that wait; none is where it is left out. */
  readonly saysUrgent?: (subject: string) => boolean;
  readonly redisUrl: string | null;
  /** What this process does; all of it where nothing is said. Others do the rest. */
  readonly roles?: readonly WorkerRole[];
  /** Called when the queues are open, before any work begins. */
  readonly onStarted?: (worker: StartedWorker) => void;
  /** Hears of jobs handed in and worked on. */
  readonly telemetry?: Telemetry | null;
  /** Batches of one mailbox that are worked on at the same time. */
  readonly concurrency?: number;
  /** How often the mailbox is compared with the ledger, beside what IDLE tells. */
  readonly reconcileIntervalMs?: number;
  /** How often everything in the mailbox is held against the store. 0: never. */
  readonly auditIntervalMs?: number;
  /** What is due at which time, by the policies as they are then. Nothing is reminded of or closed where it is left out. */
  readonly timeRules?: () => TimeRules;
  /** Works through what lies there now, then ends. */
  readonly once?: boolean;
  /** Aborted: takes no new batch, finishes those in hand, ends within ten seconds. */
  readonly signal: AbortSignal;
  readonly events?: WorkerEvents;
  readonly lease?: Pick<LeaseOptions, 'renewIntervalMs' | 'expiresMs'>;
  readonly queue?: { readonly attempts?: number; readonly backoffMs?: number; readonly lockMs?: number; readonly awayMs?: number; readonly maxWaiting?: number; readonly maxWaitingAlone?: number };
  /** How long the process may be stuck over one mail before it ends itself. */
  readonly maxStuckMs?: number;
}

/** `watch`: mail that arrives is handed to the queue · `work`: what lies in the queue is worked on. */
export const workerRoles = ['watch', 'work'] as const;
export type WorkerRole = (typeof workerRoles)[number];

/** What can be asked of a worker, and changed about it, while it works. */
export interface StartedWorker extends Pick<MailQueues, 'depths' | 'bullQueues' | 'setConcurrency'> {
  /** Counts from the next time on. */
  setReconcileIntervalMs(intervalMs: number): void;
}

export interface WorkedMailbox {
  readonly mailbox: Mailbox;
  /** At the first contact: mail that arrived since then is worked on too. Null: only mail that arrives from now on. */
  readonly since: Date | null;
}

const defaults = { concurrency: 4, reconcileIntervalMs: 60_000, auditIntervalMs: 60 * 60_000, awayMs: 20_000, maxStuckMs: 60_000, recordsWaitMs: 30 * 60_000 };
const drainMs = 8_000;
const emptyCheckIntervalMs = 100;
const maxEmptyChecks = 60;

/**
 * Watches the mailboxes and works on their mail until the signal aborts, or with `once` until nothing is left to do. Closes neither the store nor the mailboxes. With `once` it throws what a
 * mailbox throws that cannot be opened, after the others were worked through.
 */
export async function runWorker(options: RunWorkerOptions): Promise<void> {
  const { store, signal } = options;
  const events = options.events ?? {};
  const queues = await openMailQueues({
    redisUrl: options.redisUrl,
    database: store.database,
    installationId: store.installationId,
    mailboxes: options.mailboxes.length,
    concurrency: options.concurrency ?? defaults.concurrency,
    ...options.queue,
    telemetry: options.telemetry ?? null,
    onError: (mailbox, error) => { events.onError?.(mailbox, error); },
  });
  const { triageWithFiles = null, triageWithSecondReader = null, triageWithRecords = null } = options;
  const contexts = options.mailboxes.map(({ mailbox, since }): BatchContext => ({
    desk: openDesk(mailbox, store, since), store, queue: queues.queueOf(mailbox.name), filesQueue: triageWithFiles === null ? null : queues.queueOf(mailbox.name, 'files'),
    doubtsQueue: triageWithSecondReader === null ? null : queues.queueOf(mailbox.name, 'doubts'),
    recordsQueue: triageWithRecords === null ? null : queues.queueOf(mailbox.name, 'records'), recordsWaitMs: options.recordsWaitMs ?? defaults.recordsWaitMs,
    depth: 'beginnings', triage: options.triage, probe: options.probe ?? null, events, awayMs: options.queue?.awayMs ?? defaults.awayMs,
  }));
  const roles = options.roles ?? workerRoles;
  const pace = { reconcileIntervalMs: options.reconcileIntervalMs ?? defaults.reconcileIntervalMs, auditIntervalMs: options.auditIntervalMs ?? defaults.auditIntervalMs };
  options.onStarted?.({
    depths: queues.depths, bullQueues: queues.bullQueues, setConcurrency: queues.setConcurrency,
    setReconcileIntervalMs: (intervalMs) => { pace.reconcileIntervalMs = intervalMs; },
  });
  const callOffWatchdog = startWatchdog(options.maxStuckMs ?? defaults.maxStuckMs);
  try {
    if (roles.includes('work')) {
      for (const context of contexts) context.queue.work(async (attempt) => { await processBatch(attempt, context); });
      if (triageWithRecords !== null) workOnRecords(contexts, triageWithRecords);
      if (triageWithFiles !== null) workOnFiles(contexts, triageWithFiles, triageWithRecords);
      if (triageWithSecondReader !== null) workOnDoubts(contexts, triageWithSecondReader, triageWithRecords);
    }
    if (options.once === true) await workThrough(contexts, roles, signal);
    else if (roles.includes('watch')) await Promise.all([...contexts.map(async (context) => { await watchWhileLeader({ ...context, saysUrgent: options.saysUrgent ?? null }, pace, options); }), keepTimeWhileLeader(options)]);
    else await aborted(signal);
  } finally {
    await queues.close(drainMs);
    await callOffWatchdog();
  }
}

/** Of all processes that work on a mailbox one watches it and compares it with the ledger; which one, the store says. */
async function watchWhileLeader(context: WatchContext, pace: WatchPace, { signal, lease }: RunWorkerOptions): Promise<void> {
  const { desk, store, events } = context;
  await holdLease(
    store.database,
    `watch ${desk.mailbox.name}`,
    { ...lease, signal, onChange: (isLeader) => { events.onLeader?.(desk.mailbox.name, isLeader); }, onError: (error) => { events.onError?.(desk.mailbox.name, error); } },
    async (leading) => { await watchMailbox(context, pace, leading); },
  );
}

const timeIntervalMs = 60_000;

/** Of all processes one keeps the time, for all mailboxes. */
async function keepTimeWhileLeader({ store, mailboxes, triage, triageWithRecords, timeRules, events = {}, lease, signal }: RunWorkerOptions): Promise<void> {
  if (timeRules === undefined) return;
  const context = { store, mailboxes: mailboxes.map(({ mailbox }) => mailbox), triage: triageWithRecords ?? triage, rules: timeRules, events };
  await holdLease(store.database, 'keep time', { ...lease, signal, onError: (error) => { events.onError?.(null, error); } }, async (leading) => { await keepTime(context, timeIntervalMs, leading); });
}

/** Looking into files takes a core for itself: of all mailboxes' mails one at a time. */
function workOnFiles(contexts: readonly BatchContext[], triageWithFiles: TriageMail, triageWithRecords: TriageMail | null): void {
  let last: Promise<unknown> = Promise.resolve();
  for (const context of contexts) {
    const { filesQueue } = context;
    filesQueue?.work(async (attempt) => {
      const looking: BatchContext = { ...context, triage: triageWithRecords ?? context.triage, queue: filesQueue, recordsQueue: null, filesQueue: null, doubtsQueue: null, depth: 'files' };
      // What took the process down twice is not looked into again. It is read as deeply, so that it is the same mail to the store.
      const turn = afterAll(last, async () => { await processBatch(attempt, attempt.interruptions > 1 ? looking : { ...looking, triage: triageWithFiles }); });
      last = turn;
      await turn;
    });
  }
}

/** What else a mail needs is seen when its order is known: it may go on to another queue. */
function workOnRecords(contexts: readonly BatchContext[], triageWithRecords: TriageMail): void {
  for (const context of contexts) {
    const { recordsQueue } = context;
    recordsQueue?.work(async (attempt) => { await processBatch(attempt, { ...context, queue: recordsQueue, recordsQueue: null, triage: triageWithRecords }); });
  }
}

/** A mail waits for its own answer only. */
function workOnDoubts(contexts: readonly BatchContext[], triageWithSecondReader: TriageMail, triageWithRecords: TriageMail | null): void {
  for (const context of contexts) {
    const { doubtsQueue } = context;
    doubtsQueue?.work(async (attempt) => {
      const asking: BatchContext = { ...context, triage: triageWithRecords ?? context.triage, queue: doubtsQueue, recordsQueue: null, filesQueue: null, doubtsQueue: null };
      await processBatch(attempt, attempt.interruptions > 1 ? asking : { ...asking, triage: triageWithSecondReader });
    });
  }
}

async function aborted(signal: AbortSignal): Promise<void> {
  if (!signal.aborted) await once(signal, 'abort');
}

async function afterAll(before: Promise<unknown>, work: () => Promise<void>): Promise<void> {
  // How it ended is its own caller's to know.
  await before.catch(() => undefined);
  await work();
}

async function workThrough(contexts: readonly BatchContext[], roles: readonly WorkerRole[], signal: AbortSignal): Promise<void> {
  const results = await Promise.allSettled(contexts.map(async (context) => {
    const feed = newFeed();
    // All of it is to be read at once: no mail need go before the others.
    const watching = { ...context, saysUrgent: null };
    if (roles.includes('watch')) await catchUp(watching, feed);
    while (!signal.aborted && (feed.heldBack.length > 0 || (roles.includes('work') && !(await isThrough(context, signal))))) {
      await sleep(emptyCheckIntervalMs, undefined, { signal }).catch(() => undefined);
      await handOverHeldBack(watching, feed);
    }
    if (roles.includes('watch') && !signal.aborted) await clearUpDrafts(context.desk.mailbox, context.store);
  }));
  const failed = results.find((result) => result.status === 'rejected');
  if (failed !== undefined) throw failed.reason;
}

/** The queue's server may be restarted meanwhile; the batches in hand wait for it, too. */
async function isThrough({ desk, queue, filesQueue, doubtsQueue, recordsQueue, events }: BatchContext, signal: AbortSignal): Promise<boolean> {
  for (let tries = 1; ; tries += 1) {
    try {
      return (await queue.isEmpty()) && ((await recordsQueue?.isEmpty()) ?? true) && ((await filesQueue?.isEmpty()) ?? true) && ((await doubtsQueue?.isEmpty()) ?? true);
    } catch (error) {
      if (tries >= maxEmptyChecks || signal.aborted) throw error;
      events.onError?.(desk.mailbox.name, error instanceof Error ? error : new Error(String(error)));
      await sleep(1_000, undefined, { signal }).catch(() => undefined);
    }
  }
}
