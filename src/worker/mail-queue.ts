import { createHash } from 'node:crypto';
import { DelayedError, type Telemetry } from 'bullmq';
import type { Database } from '../database/database.ts';
import { cutAlone, cutBatches, jobIdOf, type MailBatch, splitBatch, uidsOfJobId } from './mail-batch.ts';
import { type BatchQueue, type BatchWorker, openQueueBackend, type QueueBackend } from './queue-backend.ts';
import { QueueUnavailableError } from './worker-errors.ts';

/**
 * The queue of one mailbox: hands batches of pointers to workers, here or in other processes, at least once. What is lost with the queue is found again by comparing the mailbox with
 * the ledger.
 */
export interface MailQueue {
  readonly lane: Lane;
  /** Resolves when the mails are kept by the queue, in batches: few at once before a longer list, that before a storm. A batch that already lies in it is not added again. */
  enqueue(uidValidity: string, uids: readonly number[]): Promise<void>;
  /** The same with each mail in a batch of its own, because each takes long; and with what is known of it. Urgent ones go before the others, those of a backlog after them. */
  enqueueEach(uidValidity: string, mails: readonly KnownMail[], known?: Pick<MailBatch, 'waitedForRecords'>): Promise<void>;
  /** The mails of a batch that failed as a whole or took the process down, in smaller ones, at last each alone. */
  enqueueSplit(uidValidity: string, uids: readonly number[]): Promise<void>;
  /** Each of these mails as a job of its own, because it failed while the others did not. */
  enqueueAlone(uidValidity: string, uids: readonly number[]): Promise<void>;
  /** UIDs that lie in the queue: waiting, in hand, or waiting to be tried again. */
  pendingUids(uidValidity: string): Promise<ReadonlySet<number>>;
  isEmpty(): Promise<boolean>;
  /** How many more batches of new mail it is to take: 0 or less where so many wait that more had better wait in the mailbox. */
  room(): Promise<number>;
  /** Whether somebody took away all that the queue held, or its server came back without, since this was last asked. */
  wasWiped(): Promise<boolean>;
  depth(): Promise<QueueDepth>;
  /** Starts working. Once only. */
  work(process: (attempt: BatchAttempt) => Promise<void>): void;
}

/** A mail that was read, and goes on to another queue. */
export interface KnownMail {
  readonly uid: number;
  readonly isUrgent: boolean;
  /** It came with many others: what comes alone goes before it. */
  readonly isBacklog?: boolean;
}

/** What goes first. `next`: at its turn, as what comes alone, or is urgent · `usual`: after those · `backlog`: after all others, so that a mail that arrives in a storm does not wait for its end. */
type Rank = 'next' | 'usual' | 'backlog';
/** As BullMQ counts: the lower goes first, and what has none before all that have one. */
const priorityOf: Readonly<Record<Exclude<Rank, 'next'>, number>> = { usual: 5, backlog: 10 };

function rankOf({ isUrgent, isBacklog }: KnownMail): Rank {
  return isUrgent ? 'next' : isBacklog === true ? 'backlog' : 'usual';
}

/** How much lies in a queue. */
export interface QueueDepth {
  readonly mailbox: string;
  readonly lane: Lane;
  /** Batches by what they wait for: `delayed` failed, or were put off, and are tried again later. */
  readonly batches: Readonly<Record<'waiting' | 'active' | 'delayed', number>>;
  /** When the oldest of them was handed in, in milliseconds; null where there is none. */
  readonly oldestAtMs: number | null;
}

/** One attempt at a batch. An error that is thrown brings the batch back later, until `isLast`. */
export interface BatchAttempt {
  readonly batch: MailBatch;
  /** It came with many others, and goes after whatever did not. */
  readonly isBacklog: boolean;
  /** How many earlier attempts did not come to an end, because the process died over them or was killed. */
  readonly interruptions: number;
  /** How long the batch has lain in this queue, all attempts and pauses included. */
  readonly waitedMs: number;
  /** The queue does not try again. */
  readonly isLast: boolean;
  /** Puts the batch off without counting this attempt; returns what must be thrown. */
  readonly putOff: (delayMs: number) => Promise<Error>;
}

export interface MailQueueOptions {
  readonly redisUrl: string | null;
  readonly database: Database;
  /** Tells the queue of this store from others on the same server. */
  readonly installationId: string;
  /** How many mailboxes there will be a queue for. */
  readonly mailboxes: number;
  /** Batches of one mailbox that are worked on at the same time. */
  readonly concurrency: number;
  /** How often a batch, or a mail alone, is tried before the worker splits it or gives it up. */
  readonly attempts?: number;
  /** The first back-off; the next ones double, with jitter, up to five minutes. */
  readonly backoffMs?: number;
  /** How long a batch is left to a worker that shows no sign of life. */
  readonly lockMs?: number;
  /** So many batches may wait in a queue before the watcher leaves new mail in the mailbox; of a lane where each mail is a batch, `maxWaitingAlone`. */
  readonly maxWaiting?: number;
  readonly maxWaitingAlone?: number;
  readonly onError: (mailbox: string, error: Error) => void;
  /** Hears of jobs handed in and worked on. */
  readonly telemetry?: Telemetry | null;
}

// A batch takes two to three kilobytes of Redis.
const defaults = { attempts: 6, backoffMs: 1_000, lockMs: 10_000, maxWaiting: 1_000, maxWaitingAlone: 20_000 };
const maxBackoffMs = 5 * 60_000;
/** A stalled batch is never given up by the queue: the store counts how often a mail was begun in vain. */
const maxStalledCount = 1_000_000;

export const lanes = ['mails', 'files', 'doubts', 'records'] as const;
/** `mails` takes all mail; `files` those whose files are looked into, one at a time; `records` those whose order is looked up, and `doubts` those about which a second reader is asked, which is mostly waiting. */
export type Lane = (typeof lanes)[number];

const concurrencyOf: Readonly<Partial<Record<Lane, number>>> = { files: 1, doubts: 4, records: 4 };

/** A queue for each mailbox and lane, so that mail of one that hangs never waits in front of another's. */
export interface MailQueues {
  queueOf(mailbox: string, lane?: Lane): MailQueue;
  /** Of all that `queueOf` opened. */
  readonly depths: () => Promise<QueueDepth[]>;
  /** What `queueOf` opened, as BullMQ has it. */
  readonly bullQueues: () => readonly NamedQueue[];
  /** From now on so many batches of each mailbox are worked on at the same time. Lanes with a number of their own keep it. */
  readonly setConcurrency: (concurrency: number) => void;
  /** Closes what `queueOf` opened. Waits for the batches in hand, but not longer than `timeoutMs`: others are taken up again by the next worker. */
  close(timeoutMs: number): Promise<void>;
}

/** Throws `QueueUnavailableError`. */
export async function openMailQueues(options: MailQueueOptions): Promise<MailQueues> {
  // Each queue's LISTEN takes a connection for itself, each batch in hand one for a moment.
  const backend = await openQueueBackend({ ...options, maxConnections: options.mailboxes * 4 + Math.min(options.mailboxes * options.concurrency, 16) + 2 });
  const opened = new Map<string, OpenQueue>();
  let isClosed = false;
  return {
    depths: async () => await Promise.all([...opened.values()].map(async (queue) => await queue.depth())),
    bullQueues: () => [...opened.values()].map(({ mailbox, lane, bullQueue }) => ({ mailbox, lane, queue: bullQueue })),
    setConcurrency: (concurrency) => { for (const queue of opened.values()) if (concurrencyOf[queue.lane] === undefined) queue.setConcurrency(concurrency); },
    queueOf: (mailbox, lane = 'mails') => {
      const key = `${lane} ${mailbox}`;
      const known = opened.get(key);
      if (known !== undefined) return known;
      const name = `refund-triage-${options.installationId.slice(0, 8)}-${createHash('sha256').update(mailbox).digest('hex').slice(0, 8)}${lane === 'mails' ? '' : `-${lane}`}`;
      const queue = openMailQueue(backend, name, mailbox, lane, { ...options, concurrency: concurrencyOf[lane] ?? options.concurrency });
      opened.set(key, queue);
      return queue;
    },
    close: async (timeoutMs) => {
      if (isClosed) return;
      isClosed = true;
      await Promise.all([...opened.values()].map(async (queue) => { await queue.close(timeoutMs); }));
      await backend.close();
    },
  };
}

/** A queue as BullMQ has it, with what it is for. */
export interface NamedQueue {
  readonly mailbox: string;
  readonly lane: Lane;
  readonly queue: BatchQueue;
}

interface OpenQueue extends MailQueue {
  readonly mailbox: string;
  readonly bullQueue: BatchQueue;
  setConcurrency(concurrency: number): void;
  close(timeoutMs: number): Promise<void>;
}

function openMailQueue(backend: QueueBackend, name: string, mailbox: string, lane: Lane, options: MailQueueOptions): OpenQueue {
  const attempts = options.attempts ?? defaults.attempts;
  const backoffMs = options.backoffMs ?? defaults.backoffMs;
  const lockMs = options.lockMs ?? defaults.lockMs;
  const onError = (error: Error): void => { options.onError(mailbox, error); };
  const queue = backend.openQueue(name, onError);
  let worker: BatchWorker | null = null;
  let mending: NodeJS.Timeout | undefined;
  const forgetWrongTimes = (): void => {
    // It cannot be reached: whoever works with it says so.
    void backend.forgetWrongTimes(name, queue, { comesBackMs: Date.now() + maxBackoffMs, lockMs }).catch(() => undefined);
  };
  const add = async (batches: readonly MailBatch[], rank: Rank = 'next'): Promise<void> => {
    const jobs = batches.map((batch) => ({
      name: 'mails' as const,
      data: batch,
      // Jobs that ended leave nothing behind, so that the same batch can be handed in again.
      opts: { jobId: jobIdOf(batch), attempts, backoff: { type: 'capped' }, removeOnComplete: true, removeOnFail: true, ...(rank === 'next' ? {} : { priority: priorityOf[rank] }) },
    }));
    const [only, ...more] = jobs;
    if (only === undefined) return;
    await reaching(more.length === 0 ? queue.add(only.name, only.data, only.opts) : queue.addBulk(jobs));
  };
  return {
    mailbox,
    lane,
    bullQueue: queue,
    setConcurrency: (concurrency) => { if (worker !== null) worker.concurrency = concurrency; },
    depth: async () => {
      const { waiting = 0, prioritized = 0, active = 0, delayed = 0 } = await reaching(queue.getJobCounts(...pendingStates));
      const batches = { waiting: waiting + prioritized, active, delayed };
      const first = waiting + prioritized + active + delayed === 0 ? [] : await reaching(queue.getJobs([...pendingStates], 0, oldestOf - 1, true));
      const times = first.flatMap((job) => job?.timestamp ?? []);
      return { mailbox, lane, batches, oldestAtMs: times.length === 0 ? null : Math.min(...times) };
    },
    enqueue: async (uidValidity, uids) => {
      const batches = cutBatches(mailbox, uidValidity, uids, options.concurrency * 2);
      await add(batches, batches.length > options.concurrency * 2 ? 'backlog' : uids.length > options.concurrency * 2 ? 'usual' : 'next');
    },
    enqueueEach: async (uidValidity, mails, known) => {
      for (const rank of ['next', 'usual', 'backlog'] as const) {
        const uids = mails.filter((mail) => rankOf(mail) === rank).map(({ uid }) => uid);
        await add(uids.flatMap((uid) => cutBatches(mailbox, uidValidity, [uid], 1)).map((batch) => ({ ...batch, ...known })), rank);
      }
    },
    enqueueSplit: async (uidValidity, uids) => { await add(splitBatch(mailbox, uidValidity, uids)); },
    enqueueAlone: async (uidValidity, uids) => { await add(cutAlone(mailbox, uidValidity, uids)); },
    pendingUids: async (uidValidity) => {
      const ids = await reaching(queue.getRanges([...pendingStates], 0, -1));
      return new Set(ids.flatMap((id) => uidsOfJobId(id, uidValidity)));
    },
    isEmpty: async () => (await reaching(queue.getJobCountByTypes(...pendingStates))) === 0,
    room: async () => (lane === 'mails' ? (options.maxWaiting ?? defaults.maxWaiting) : (options.maxWaitingAlone ?? defaults.maxWaitingAlone)) - (await reaching(queue.getJobCountByTypes('waiting', 'prioritized', 'delayed'))),
    wasWiped: async () => {
      if ((await reaching(queue.getVersion())) !== null) return false;
      // Whoever opens a queue writes its own data.
      const opened = backend.openQueue(name, onError);
      try {
        await reaching(opened.getVersion());
      } finally {
        await opened.close();
      }
      return true;
    },
    work: (process) => {
      forgetWrongTimes();
      mending = setInterval(forgetWrongTimes, lockMs).unref();
      worker = backend.openWorker(
        name,
        async (job, token) => {
          await process({
            batch: job.data,
            // What is known of a mail in a later lane is said there; in the first, all that did not come alone came with others.
            isBacklog: (job.opts.priority ?? 0) >= (lane === 'mails' ? priorityOf.usual : priorityOf.backlog),
            interruptions: job.stalledCounter,
            waitedMs: Math.max(0, Date.now() - job.timestamp),
            isLast: job.attemptsMade + 1 >= attempts,
            putOff: async (delayMs) => {
              await job.moveToDelayed(Date.now() + delayMs, token);
              return new DelayedError();
            },
          });
        },
        {
          concurrency: options.concurrency,
          lockDuration: lockMs,
          lockRenewTime: Math.ceil(lockMs / 4),
          stalledInterval: Math.ceil(lockMs / 3),
          maxStalledCount,
          runRetryDelay: 1_000,
          settings: { backoffStrategy: (attemptsMade) => backoffOf(attemptsMade, backoffMs) },
        },
        onError,
      );
    },
    close: async (timeoutMs) => {
      clearInterval(mending);
      if (worker !== null) await closeWithin(worker, timeoutMs);
      await queue.close();
    },
  };
}

/** The first of each state are looked at; those that were put off lie in the order in which they come back. */
const oldestOf = 20;
const pendingStates: ('waiting' | 'active' | 'delayed' | 'prioritized')[] = ['waiting', 'active', 'delayed', 'prioritized'];

async function reaching<Result>(work: Promise<Result>): Promise<Result> {
  try {
    return await work;
  } catch (error) {
    throw new QueueUnavailableError(`The queue cannot be reached: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  }
}

/** Doubles from the first back-off to five minutes; the jitter takes away up to half, so that mails that failed together do not come back together. */
function backoffOf(attemptsMade: number, firstMs: number): number {
  const whole = Math.min(firstMs * 2 ** Math.max(0, attemptsMade - 1), maxBackoffMs);
  return Math.round(whole * (1 - Math.random() / 2));
}

async function closeWithin(worker: BatchWorker, timeoutMs: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  await Promise.race([worker.close(), new Promise<void>((resolve) => { timer = setTimeout(resolve, timeoutMs); })]);
  clearTimeout(timer);
}
