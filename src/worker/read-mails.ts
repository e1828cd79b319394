import { setImmediate as nextTurn } from 'node:timers/promises';
import type { MailboxCursor } from '../cases/cursors.ts';
import { TriageError } from '../errors.ts';
import { type FetchedMail, type Mailbox, triageKeywords } from '../mailbox/mailbox.ts';
import type { TriageResult } from '../triage.ts';
import type { BatchContext } from './batch-context.ts';
import { type Stopwatch, wallClockMs } from './batch-times.ts';
import { TriageTimeoutError, UnexpectedError } from './worker-errors.ts';

/** What reading a batch came to: an error of one mail never touches the others. */
export interface ReadMails {
  readonly triaged: readonly TriagedResult[];
  readonly failed: readonly FailedMail[];
  /** From before our time. */
  readonly tooOld: readonly number[];
  /** No longer in the mailbox. */
  readonly vanished: readonly number[];
}

export interface TriagedResult {
  readonly uid: number;
  readonly result: TriageResult;
  readonly arrivedAt: Date;
  /** Those of ours that lie on it, in lower case: an earlier life of this store has had it in hand. */
  readonly keywords: readonly string[];
}

/** How mails are read; with `probe` first where they can do no harm. */
export type HowToRead = Pick<BatchContext, 'triage' | 'probe' | 'depth'>;

export interface FailedMail {
  readonly uid: number;
  readonly error: TriageError;
  readonly internalDate: Date | null;
  /** As they stand in the source, undecoded, so that a person finds the mail. */
  readonly messageId: string | null;
  readonly from: string | null;
  readonly subject: string;
}

const maxTriageMs = 60_000;
/** Mails of a batch that are triaged at the same time, where there are threads for it. */
const maxOnTheirWay = 8;
/** Timers, and with them the queue's sign of life, get their turn this often. */
const maxTurnMs = 20;
const ourKeywords: readonly string[] = Object.values(triageKeywords).map((keyword) => keyword.toLowerCase());

/** Fetches and triages these mails (`again`: after their cases turned out to have changed), the next ones being on their way while some are triaged. Throws what the mailbox throws. */
export async function readMails(mailbox: Mailbox, uids: readonly number[], cursor: MailboxCursor, { triage, probe, depth }: HowToRead, stopwatch: Stopwatch, again = false): Promise<ReadMails> {
  const triaged: TriagedResult[] = [];
  const failed: FailedMail[] = [];
  const tooOld: number[] = [];
  const met = new Set<number>();
  let turnBeganMs = performance.now();
  const startedAtMs = wallClockMs();
  let triagedForMs = 0;
  const triageOne = async (mail: FetchedMail): Promise<void> => {
    const begunAtMs = wallClockMs();
    try {
      const known = { internalDate: mail.internalDate, bytes: mail.bytes, partBytes: mail.partBytes, mailbox: mailbox.name, again };
      // By a clock of its own: to start a process is not the mail's fault.
      await probe?.(mail.source, known);
      const result = await triageWithin(triage(mail.source, known));
      triaged.push({ uid: mail.uid, result, arrivedAt: mail.internalDate, keywords: mail.keywords.map((keyword) => keyword.toLowerCase()).filter((keyword) => ourKeywords.includes(keyword)) });
    } catch (error) {
      failed.push({ uid: mail.uid, error: asTriageError(error), internalDate: mail.internalDate, ...headersOf(mail.source) });
    } finally {
      stopwatch.note('triage', begunAtMs, wallClockMs() - begunAtMs);
    }
  };
  const onTheirWay = new Set<Promise<void>>();
  for await (const mail of mailbox.fetch(uids, depth)) {
    if (met.has(mail.uid)) continue;
    met.add(mail.uid);
    if (mail.uid <= cursor.datedUid && mail.internalDate < cursor.oursSince) {
      tooOld.push(mail.uid);
      continue;
    }
    const begun = triageOne(mail).finally(() => { onTheirWay.delete(begun); });
    onTheirWay.add(begun);
    const waitedFromMs = wallClockMs();
    if (onTheirWay.size >= maxOnTheirWay) await Promise.race(onTheirWay);
    triagedForMs += wallClockMs() - waitedFromMs;
    if (performance.now() - turnBeganMs > maxTurnMs) {
      await nextTurn();
      turnBeganMs = performance.now();
    }
  }
  const lastFetchedAtMs = wallClockMs();
  await Promise.all(onTheirWay);
  stopwatch.note('fetch', startedAtMs, lastFetchedAtMs - startedAtMs - triagedForMs);
  const placeOf = new Map(uids.map((uid, place) => [uid, place]));
  triaged.sort((a, b) => (placeOf.get(a.uid) ?? 0) - (placeOf.get(b.uid) ?? 0));
  return { triaged, failed, tooOld, vanished: uids.filter((uid) => !met.has(uid)) };
}

async function triageWithin(triaging: Promise<TriageResult>): Promise<TriageResult> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => { reject(new TriageTimeoutError(`The mail was not read within ${String(maxTriageMs / 1_000)} seconds.`)); }, maxTriageMs);
  });
  try {
    return await Promise.race([triaging, timeout]);
  } finally {
    clearTimeout(timer);
  }
}

export function asTriageError(error: unknown): TriageError {
  if (error instanceof TriageError) return error;
  const reason = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return new UnexpectedError(reason, { cause: error });
}

const maxHeaderBytes = 64 * 1024;
const maxValueChars = 500;

/** A mail that could not be read still says in its first lines which one it is. */
function headersOf(source: Buffer): Pick<FailedMail, 'messageId' | 'from' | 'subject'> {
  const head = source.subarray(0, maxHeaderBytes).toString('utf8').split(/\r?\n\r?\n/, 1)[0]?.replaceAll(/\r?\n[ \t]+/g, ' ') ?? '';
  const valueOf = (name: string): string | null => new RegExp(`^${name}:[ \\t]*(.*)$`, 'im').exec(head)?.[1]?.trim().slice(0, maxValueChars) ?? null;
  return { messageId: valueOf('Message-ID'), from: valueOf('From'), subject: valueOf('Subject') ?? '' };
}
