import { wantsNoAnswer } from '../cases/abandon-drafts.ts';
import { priorityOf } from '../cases/threads/assign-cases.ts';
import type { CaseState } from '../cases/case.ts';
import type { MailboxCursor } from '../cases/cursors.ts';
import { keywordOf } from '../cases/keyword-changes.ts';
import { heedRestoredAt } from '../database/restore-mark.ts';
import type { Store } from '../cases/store.ts';
import { TriageError } from '../errors.ts';
import { type TriageKeyword, triageKeywords } from '../mailbox/mailbox.ts';
import { removeAbandoned } from '../sending/remove-abandoned.ts';
import type { BatchContext } from './batch-context.ts';
import { startStopwatch, type Stopwatch } from './batch-times.ts';
import type { BatchAttempt, KnownMail, MailQueue } from './mail-queue.ts';
import { placeDrafts, type RecordedResult } from './place-drafts.ts';
import { type FailedMail, type ReadMails, readMails, type TriagedResult } from './read-mails.ts';
import { handleFailure, settleFailed } from './settle-failures.ts';
import { beginSuspect, endSuspect } from './suspect-count.ts';
import { toTriagedMail } from './triage-mail.ts';
import type { MailFate } from './worker-events.ts';
import { WorkerKillerError } from './worker-errors.ts';

/**
 * A mail that the process died over this often is not begun again. Reading, of which nearly all such mails kill, is tried in a process of its own before: so many deaths in a row that
 * have another cause hardly ever meet the same mail.
 */
const maxBegun = 10;
const elsewhereMs = 2_000;

/**
 * Takes a batch of mails from the mailbox to their fate: draft in Drafts, keyword set, all of it in the store. Does exactly what is left to do, so it can be run again after a
 * crash at any point. What it throws brings the batch back later.
 */
export async function processBatch(attempt: BatchAttempt, context: BatchContext): Promise<void> {
  const again = await context.desk.withMails(attempt.batch.uids, async () => await timed(attempt, context, async (timedAttempt) => {
    for (let isSecondChance = false; ; isSecondChance = true) {
      try {
        return await tryBatch(timedAttempt, context);
      } catch (error) {
        if ((await handleFailure(error, attempt, context, isSecondChance)) === 'settled') return null;
      }
    }
  }));
  if (again !== null) throw await attempt.putOff(again.inMs);
}

interface TimedAttempt extends BatchAttempt {
  readonly stopwatch: Stopwatch;
}

async function timed<Result>(attempt: BatchAttempt, { queue, events }: BatchContext, work: (attempt: TimedAttempt) => Promise<Result>): Promise<Result> {
  const stopwatch = startStopwatch();
  const { mailbox, uids } = attempt.batch;
  let failure: string | null = null;
  try {
    return await work({ ...attempt, stopwatch });
  } catch (error) {
    failure = error instanceof TriageError ? error.code : 'put_off';
    throw error;
  } finally {
    events.onBatch?.({ mailbox, lane: queue.lane, mails: uids.length, failure, ...stopwatch.stop() });
  }
}

/** What is left to do with a batch: nothing, or to come back to it. */
type Rest = { readonly inMs: number } | null;

async function tryBatch(attempt: TimedAttempt, context: BatchContext): Promise<Rest> {
  const { batch } = attempt;
  const todo = await findTodo(attempt, context);
  if (todo === null || todo.uids.length === 0) return null;
  const isSuspect = batch.uids.length === 1 && (batch.alone === true || attempt.interruptions > 0);
  if (isSuspect) return await context.desk.withSuspect(async () => await workAlone(todo, attempt, context));
  return await workOn(todo, attempt, { ...context, probe: null });
}

interface Todo {
  readonly cursor: MailboxCursor;
  readonly uids: readonly number[];
}

/** What is left to do of the batch; null where its UIDs mean nothing any more. */
async function findTodo(attempt: BatchAttempt, { desk, store, queue }: BatchContext): Promise<Todo | null> {
  const { batch } = attempt;
  let cursor = await desk.cursor();
  // Another process watches the mailbox, and may have met its new UIDs first.
  if (cursor.uidValidity !== batch.uidValidity) cursor = await desk.lookAgain();
  if (cursor.uidValidity !== batch.uidValidity) return null;
  const ledger = await store.readLedger(batch.mailbox, batch.uidValidity, batch.uids);
  const uids = batch.uids.filter((uid) => {
    const entry = ledger.get(uid);
    return entry === undefined || !entry.finished || entry.retryDue;
  });
  if (attempt.interruptions === 0 || batch.uids.length === 1) return { cursor, uids };
  // The process died over this batch. Perhaps one of the mails that were not recorded did it; the second time it may have been any.
  const suspects = attempt.interruptions > 1 ? uids : uids.filter((uid) => !ledger.has(uid));
  await queue.enqueueSplit(batch.uidValidity, suspects);
  return { cursor, uids: uids.filter((uid) => !suspects.includes(uid)) };
}

/** Counts the beginning before anything is done, so that a mail that takes the process down is known by its count. */
async function workAlone(todo: Todo, attempt: TimedAttempt, context: BatchContext): Promise<Rest> {
  const { batch } = attempt;
  const pointer = { mailbox: batch.mailbox, uidValidity: batch.uidValidity, uid: batch.uids[0] ?? 0 };
  const begun = await beginSuspect(context.store, pointer);
  if (begun > maxBegun) throw new WorkerKillerError(`The worker was begun ${String(maxBegun)} times on this mail and died each time.`);
  try {
    return await workOn(todo, attempt, context);
  } finally {
    await endSuspect(context.store, pointer);
  }
}

async function workOn({ cursor, uids }: Todo, attempt: TimedAttempt, context: BatchContext, again = false): Promise<Rest> {
  const { desk, store, events } = context;
  const { mailbox, uidValidity } = attempt.batch;
  const { stopwatch } = attempt;
  const run = store.beginRun();
  let isComplete = false;
  try {
    const read = await readMails(desk.mailbox, uids, cursor, context, stopwatch, again);
    if ((await desk.cursor()).uidValidity !== uidValidity) return null;
    await noteGone(read, attempt, store);
    if (isWaitingForRecords(read.triaged, attempt, context)) return { inMs: recordsPauseMs(attempt.waitedMs) };
    const settledHere = await handOver(read.triaged, attempt, context);
    const triaged = new Map(settledHere.map((mail) => [mail.uid, mail]));
    const batch = await stopwatch.time('record', async () => await store.recordMails(run, settledHere.map(({ uid, result }) => toTriagedMail({ mailbox, uidValidity, uid }, result))));
    const pairs = batch.recorded.flatMap((recorded): RecordedResult[] => {
      const mail = triaged.get(recorded.uid);
      return mail === undefined ? [] : [{ triaged: mail, recorded }];
    });
    const isOvertaken = (await noteAnswers(pairs, mailbox, store)) || pairs.some(({ recorded: { role, state }, triaged: { result: { facts, draft } } }) => role === 'follow_up' && draft === null && wantsNoAnswer(facts, state));
    const placed = await stopwatch.time('draft', async () => await placeDrafts(desk.mailbox, pairs, await heedRestoredAt(store.database)));
    if (placed.sent.length > 0) await store.noteSent(placed.sent);
    if (isOvertaken) await removeAbandoned({ database: store.database, mailboxes: new Map([[mailbox, desk.mailbox]]) });
    await store.noteDigests(placed.rewritten);
    await store.yieldDrafts(placed.yielded);
    await store.settleDrafts(placed.fates);

    const unplaced = new Set(placed.failed.map(({ uid }) => uid));
    // A mail whose draft another run has in hand is that run's to finish.
    const left = pairs.filter(({ recorded: { role, draft } }) => draft === 'elsewhere' && role !== 'copy');
    const done = pairs.filter((pair) => !unplaced.has(pair.recorded.uid) && !left.includes(pair));
    const yielded = new Set(placed.yielded.map(({ messageId }) => messageId));
    // Where a person's own draft is kept, a person is to see what else was said.
    const finished = done.map(({ triaged: { uid, result, keywords }, recorded: { state } }) => ({ uid, state: yielded.has(result.draftMessageId) ? 'review' as const : state, keywords }));
    await stopwatch.time('mark', async () => { await setKeywords(finished, context); });
    await stopwatch.time('finish', async () => { await store.finishMails(mailbox, uidValidity, { draftIds: placed.draftIds, uids: finished.map(({ uid }) => uid) }); });
    isComplete = unplaced.size === 0;
    for (const pair of done) events.onMail?.(fateOf(mailbox, pair, yielded));

    await settleFailed(
      [...read.failed, ...placed.failed.map((failure) => describe(failure, triaged.get(failure.uid)))], attempt, context,
    );
    // Each round records at least the first mail of every case, so that this comes to an end.
    const rest = batch.stale.length === 0 ? null : await workOn({ cursor, uids: batch.stale }, attempt, context, true);
    // To see to it that the other run did what it began.
    return left.length > 0 || batch.busy.length > 0 ? { inMs: elsewhereMs } : rest;
  } finally {
    await run.end(isComplete);
  }
}

/** Mails of our own people, copied to the mailbox they answer from, say that their cases are answered, and that there are such mails: only where the mail server vouches for them, since anybody can write our address into a mail. */
async function noteAnswers(pairs: readonly RecordedResult[], mailbox: string, store: Store): Promise<boolean> {
  const answers = pairs.filter(({ recorded: { role }, triaged: { result: { message } } }) => role === 'answer' && message.authentication === 'pass').map(({ triaged: { result: { message, threadQuery } } }) => ({
    mailbox, messageId: message.messageId, answers: threadQuery?.answers ?? [], to: message.recipients, sentAtMs: message.receivedAtMs,
  }));
  if (answers.length > 0) await store.noteSent(answers);
  return answers.length > 0;
}

/** A mail alone whose records do not answer waits with the ledger open, for a while; then it is settled without them. */
function isWaitingForRecords(triaged: readonly TriagedResult[], { batch, waitedMs }: BatchAttempt, { recordsWaitMs }: BatchContext): boolean {
  return triaged.length === 1 && batch.waitedForRecords !== true && triaged[0]?.result.records === 'unavailable' && waitedMs < recordsWaitMs;
}

const maxRecordsPauseMs = 60_000;

/** Half as long again as it has waited already, from half a second to a minute. */
function recordsPauseMs(waitedMs: number): number {
  return Math.round(Math.min(Math.max(500, waitedMs / 2), maxRecordsPauseMs) * (0.75 + Math.random() / 2));
}

/**
 * Mails whose order is to be looked up, whose files are worth a look, or about which a second reader is to be asked, go to another queue as they came: the ledger knows nothing of them yet, so none is lost with it. The others, which
 * are settled here.
 */
async function handOver(triaged: readonly TriagedResult[], { batch: { uidValidity }, isBacklog }: BatchAttempt, { recordsQueue, filesQueue, doubtsQueue }: BatchContext): Promise<readonly TriagedResult[]> {
  // There, too, a mail that came alone does not wait for the end of a storm.
  const asKnown = ({ uid, result: { facts } }: TriagedResult): KnownMail => ({ uid, isUrgent: priorityOf(facts.flags) > 0, isBacklog });
  // The records may answer what else the files would be looked into for, or the model be asked.
  const toLookUp = recordsQueue === null ? [] : triaged.filter(({ result }) => result.records === 'later');
  const worthLooking = filesQueue === null ? [] : triaged.filter((mail) => mail.result.filesToSee.length > 0 && !toLookUp.includes(mail));
  // Whoever looks into files asks as well.
  const worthAsking = doubtsQueue === null ? [] : triaged.filter((mail) => mail.result.toAsk !== null && !worthLooking.includes(mail) && !toLookUp.includes(mail));
  if (toLookUp.length > 0) await recordsQueue?.enqueueEach(uidValidity, toLookUp.map(asKnown));
  await enqueueKnowing(filesQueue, uidValidity, worthLooking, asKnown);
  await enqueueKnowing(doubtsQueue, uidValidity, worthAsking, asKnown);
  return triaged.filter((mail) => !toLookUp.includes(mail) && !worthLooking.includes(mail) && !worthAsking.includes(mail));
}

/** Mails that go on without the records do not wait for them a second time. */
async function enqueueKnowing(queue: MailQueue | null, uidValidity: string, mails: readonly TriagedResult[], asKnown: (mail: TriagedResult) => KnownMail): Promise<void> {
  const [waited, others] = [mails.filter(({ result }) => result.records === 'unavailable'), mails.filter(({ result }) => result.records !== 'unavailable')];
  if (waited.length > 0) await queue?.enqueueEach(uidValidity, waited.map(asKnown), { waitedForRecords: true });
  if (others.length > 0) await queue?.enqueueEach(uidValidity, others.map(asKnown));
}

async function noteGone(read: ReadMails, attempt: BatchAttempt, store: Store): Promise<void> {
  const { mailbox, uidValidity } = attempt.batch;
  await store.passOver(mailbox, uidValidity, read.tooOld);
  await store.abandonMails(mailbox, uidValidity, read.vanished);
}

/** A mail that came back (out of quarantine, out of another run) loses the keyword that no longer holds. */
async function setKeywords(mails: readonly { uid: number; state: CaseState; keywords: readonly string[] }[], { desk }: BatchContext): Promise<void> {
  const [added, outdated] = [new Map<TriageKeyword, number[]>(), new Map<TriageKeyword, number[]>()];
  for (const { uid, state, keywords } of mails) {
    noteUid(added, keywordOf[state], uid);
    for (const keyword of Object.values(triageKeywords)) if (keyword !== keywordOf[state] && keywords.includes(keyword.toLowerCase())) noteUid(outdated, keyword, uid);
  }
  for (const [keyword, uids] of added) await desk.mailbox.addKeyword(uids, keyword);
  for (const [keyword, uids] of outdated) await desk.mailbox.removeKeyword(uids, keyword);
}

function noteUid(groups: Map<TriageKeyword, number[]>, keyword: TriageKeyword, uid: number): void {
  groups.set(keyword, [...(groups.get(keyword) ?? []), uid]);
}

function describe(failure: { uid: number; error: TriageError }, mail: TriagedResult | undefined): FailedMail {
  const message = mail?.result.message;
  return {
    ...failure, internalDate: message === undefined ? null : new Date(message.receivedAtMs), messageId: message?.messageId ?? null, from: message?.from?.address ?? null,
    subject: message?.subject ?? '',
  };
}

function fateOf(mailbox: string, { triaged: { uid, result }, recorded: { draft, role, state } }: RecordedResult, yielded: ReadonlySet<string>): MailFate {
  const { message, merchant, facts, decision } = result;
  const isAnswered = draft !== null && role !== 'copy' && result.draft !== null && !yielded.has(result.draftMessageId);
  return {
    mailbox, uid, from: message.from?.address ?? null, subject: message.subject, receivedAtMs: message.receivedAtMs, merchant, language: facts.language, topic: facts.topic,
    missing: decision?.missing ?? [], outcome: decision?.outcome ?? null, state, draftSubject: isAnswered ? (result.draft?.subject ?? null) : null, quarantine: null,
    fileNotes: result.seenFiles.flatMap(({ notes }) => notes), records: result.records,
  };
}
