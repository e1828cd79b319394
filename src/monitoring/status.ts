import type { Database } from '../database/database.ts';
import { readStanding, type StoreStanding } from '../cases/lists/standing.ts';
import type { QueueDepth } from '../worker/mail-queue.ts';
import type { WatchedMailbox } from './watched-mailboxes.ts';

/** How the service stands, as one process sees it: what `/status` answers and the gauges are made from. Nothing here is of any customer. */
export interface Status {
  readonly version: string;
  /** When the process began, ISO 8601. */
  readonly startedAt: string;
  readonly roles: readonly string[];
  readonly store: Part & { readonly engine: string; readonly standing: StoreStanding | null };
  readonly queue: Part & { readonly engine: string; readonly depths: readonly QueueDepth[] };
  readonly mailboxes: readonly MailboxStatus[];
  readonly packs: PacksStatus;
}

export interface Part {
  readonly answers: boolean;
  /** Why it does not; else null. */
  readonly reason: string | null;
}

export interface MailboxStatus extends WatchedMailbox {
  /** How long the oldest mail waits for its fate: since it was handed to the queue, or since it arrived where it was recorded. Null where the store or the queue does not answer. */
  readonly lagSeconds: number | null;
}

export interface PacksStatus {
  readonly merchants: readonly string[];
  /** False where those in the folder now have mistakes, and the ones loaded before are still in use. */
  readonly valid: boolean;
  readonly reason: string | null;
  readonly loadedAtMs: number;
}

/** Where the parts of a status come from. */
export interface StatusSources {
  readonly version: string;
  readonly roles: readonly string[];
  readonly database: Database;
  readonly queueEngine: string;
  readonly depths: () => Promise<readonly QueueDepth[]>;
  readonly mailboxes: () => readonly WatchedMailbox[];
  readonly packs: () => PacksStatus;
  readonly now?: () => number;
}

/** A server that hangs is one that does not answer. */
const patienceMs = 4_000;

const startedAt = new Date(performance.timeOrigin).toISOString();

/** What the servers say, which takes a while. */
export interface Answers {
  readonly standing: Asked<StoreStanding>;
  readonly queue: Asked<readonly QueueDepth[]>;
}

interface Asked<Value> {
  readonly part: Part;
  /** Null where there was no answer. */
  readonly value: Value | null;
}

/** Never throws: what does not answer is part of the status. */
export async function askServers({ database, depths }: StatusSources): Promise<Answers> {
  const [standing, queue] = await Promise.all([asked(readStanding(database)), asked(depths())]);
  return { standing, queue };
}

/** A status from what the servers said and what this process knows itself. */
export function statusOf({ standing, queue }: Answers, { version, roles, database, queueEngine, mailboxes, packs, now = Date.now }: StatusSources): Status {
  return {
    version, startedAt, roles,
    store: { ...standing.part, engine: database.engine.kind, standing: standing.value },
    queue: { ...queue.part, engine: queueEngine, depths: queue.value ?? [] },
    mailboxes: mailboxes().map((mailbox) => ({ ...mailbox, lagSeconds: standing.value === null || queue.value === null ? null : lagSeconds(mailbox.name, standing.value, queue.value, now()) })),
    packs: packs(),
  };
}

/** Of the oldest mail that waits in a queue, or was recorded and is not done with. 0 where nothing waits. */
export function lagSeconds(mailbox: string, { mailboxes }: StoreStanding, depths: readonly QueueDepth[], nowMs: number): number {
  const waiting = depths.filter((depth) => depth.mailbox === mailbox).flatMap(({ oldestAtMs }) => oldestAtMs ?? []);
  const unfinished = mailboxes.find(({ name }) => name === mailbox)?.oldestUnfinishedAt?.getTime();
  const oldestMs = Math.min(...waiting, unfinished ?? nowMs, nowMs);
  return Math.round((nowMs - oldestMs) / 100) / 10;
}

async function asked<Value>(question: Promise<Value>): Promise<Asked<Value>> {
  let timer: NodeJS.Timeout | undefined;
  const patience = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => { reject(new Error(`no answer within ${String(patienceMs / 1_000)} seconds`)); }, patienceMs);
  });
  try {
    return { part: { answers: true, reason: null }, value: await Promise.race([question, patience]) };
  } catch (error) {
    return { part: { answers: false, reason: error instanceof Error ? error.message : String(error) }, value: null };
  } finally {
    clearTimeout(timer);
  }
}
