import { claimOutbox, noteHandOver, noteNotSent, noteSent, noteUncertain, type OutboxRow, putOffOutbox, stopOutbox, type StopReason, whyStopped } from '../cases/outbox.ts';
import type { Database } from '../database/database.ts';
import { type LiveDraft, readDraftById, readWorkedCase, type WorkedCase } from '../cases/actions/worked-case.ts';
import { TriageError } from '../errors.ts';
import type { FoundAnswer } from '../mailbox/answer.ts';
import type { Mailbox } from '../mailbox/mailbox.ts';
import { type Pack, packOf, type Packs } from '../packs/pack.ts';
import { composeReply } from './compose-reply.ts';
import { type FoundMail, readAnsweredMail } from './read-answered-mail.ts';
import { SendCalledOffError, SendUncertainError } from './sending-errors.ts';
import type { SentReply, SmtpServer } from './smtp-server.ts';

/** What it takes to send replies. */
export interface SendingContext {
  readonly database: Database;
  readonly packs: () => Packs;
  readonly mailboxes: ReadonlyMap<string, Mailbox>;
  /** The server that answers from this mailbox go out by; null where there is none. */
  readonly smtpOf: (mailbox: string) => { readonly server: SmtpServer; readonly savesSent: boolean } | null;
}

/** Growing pauses between attempts; after the last one it has failed. */
const pausesMs = [30_000, 60_000, 5 * 60_000, 15 * 60_000, 30 * 60_000, ...Array.from({ length: 23 }, () => 60 * 60_000)] as const;
/** Nothing waits longer for its time. */
export const longestPauseMs = Math.max(...pausesMs);
const awayPauseMs = 15_000;
const placingPauseMs = 300;

/** Sends one reply whose time has come, if it still may go out as it was approved. Throws `StoreUnavailableError`; what else goes wrong stands in the row afterwards. */
export async function sendReply(row: OutboxRow, owner: string, context: SendingContext): Promise<void> {
  const { database } = context;
  const prepared = await prepare(row, context);
  if (prepared === null) return;
  const claimed = await claimOutbox(database, row.id, owner);
  if (claimed === null) {
    await stopWhereChanged(row, context);
    return;
  }
  let reply: SentReply;
  try {
    const { worked, draft, found, pack, server } = prepared;
    const source = composeReply(worked, draft, found.message, pack, new Date(claimed.claimedAtMs ?? 0));
    reply = await server.send({ from: pack.policy.from.address, to: draft.to, source }, async () => await noteHandOver(database, row.id, owner));
  } catch (error) {
    await afterFailure(error, claimed, owner, context);
    return;
  }
  await noteSent(database, claimed, { by: 'server', response: reply.response, alsoKnownAs: reply.serverMessageId === null ? [] : [reply.serverMessageId], person: null });
}

interface Prepared {
  readonly worked: WorkedCase;
  readonly draft: NonNullable<WorkedCase['draft']>;
  readonly found: FoundMail;
  readonly pack: Pack;
  readonly server: SmtpServer;
}

/** Looks whether anything stands against sending; null where something does, which then stands in the row. */
async function prepare(row: OutboxRow, context: SendingContext): Promise<Prepared | null> {
  const { database, mailboxes, smtpOf, packs } = context;
  const before = await readWorkedCase(database, row.caseId);
  if (before?.draft?.messageId === row.draft && before.draft.state === 'sent') {
    await noteSent(database, row, { by: 'mail_program', response: null, alsoKnownAs: [], person: null });
    return null;
  }
  const worked = await stopWhereChanged(row, context);
  if (worked === null || worked.draft === null) return null;
  const { draft } = worked;
  if (draft.placementDue) {
    await putOffOutbox(database, row, { code: 'draft_being_placed', detail: 'the words are being put into Drafts', retryInMs: placingPauseMs });
    return null;
  }
  const pack = packOf(packs(), worked.merchant);
  const smtp = smtpOf(draft.mailbox);
  const mailbox = mailboxes.get(draft.mailbox) ?? null;
  if (pack === null || smtp === null) {
    const detail = pack === null ? `there is no pack of ${worked.merchant ?? 'this merchant'}` : `no SMTP server is configured for mailbox ${draft.mailbox}`;
    await putOffOutbox(database, row, { code: 'not_configured', detail, retryInMs: awayPauseMs });
    return null;
  }
  try {
    const answer = mailbox === null ? null : await lookIntoMailbox(mailbox, worked, database);
    if (answer === 'sent') {
      await noteSent(database, row, { by: 'mail_program', response: null, alsoKnownAs: [], person: null });
      return null;
    }
    if (answer !== null) {
      await stopOutbox(database, row, answer);
      return null;
    }
    return { worked, draft, found: await readAnsweredMail(database, mailbox, draft.answered, packs()), pack, server: smtp.server };
  } catch (error) {
    if (!(error instanceof TriageError)) throw error;
    // Without the mailbox nobody knows whether the draft was sent or changed there.
    await putOffOutbox(database, row, { code: error.code, detail: error.message, retryInMs: awayPauseMs });
    return null;
  }
}

async function stopWhereChanged(row: OutboxRow, { database }: SendingContext): Promise<WorkedCase | null> {
  const worked = await readWorkedCase(database, row.caseId);
  const reason = worked === null ? 'case_changed' : whyStopped(row, worked);
  if (reason === null) return worked;
  await stopOutbox(database, row, reason);
  return null;
}

/** What became of the draft in the mailbox: a mail program sent it or saved it with other words, or somebody answered by another mail that the store does not know of yet. */
async function lookIntoMailbox(mailbox: Mailbox, { draft }: WorkedCase, database: Database): Promise<'sent' | Exclude<StopReason, 'case_changed' | 'draft_changed' | 'draft_not_sendable'> | null> {
  if (draft === null) return null;
  const answered = draft.answered.messageId;
  const answers = await mailbox.findAnswers({ answering: answered === null ? [] : [answered], messageIds: [draft.messageId], withDigests: true });
  const sent = answers.filter(({ folder }) => folder === 'sent');
  if (sent.some(({ messageId }) => messageId === draft.messageId)) return 'sent';
  const known = await database.query<{ message_id: string }>('SELECT message_id FROM refund_triage.sent_mails WHERE message_id = ANY($1::text[])', [sent.flatMap(({ messageId }) => messageId ?? [])]);
  if (sent.length > known.length) return 'answered_elsewhere';
  if (isEditedThere(answers, draft)) return 'edited_in_mail_program';
  const isGone = draft.digest !== null && (draft.state === 'in_drafts' || draft.state === 'edited') && !answers.some(({ folder, messageId }) => folder === 'drafts' && messageId === draft.messageId);
  return isGone ? 'gone_from_drafts' : null;
}

/** Whether a mail program saved the draft with other words, under its own Message-ID or, as some do, under a new one. */
export function isEditedThere(answers: readonly FoundAnswer[], { messageId, digest }: Pick<LiveDraft, 'messageId' | 'digest'>): boolean {
  const there = answers.filter((answer) => answer.folder === 'drafts' && (answer.messageId === messageId || answer.caseTag !== null));
  return digest !== null && there.length > 0 && there.every((answer) => answer.digest !== digest);
}

async function afterFailure(error: unknown, row: OutboxRow, owner: string, context: SendingContext): Promise<void> {
  const { database } = context;
  if (error instanceof SendUncertainError) {
    await settleUncertain({ ...row, handedOverAtMs: row.handedOverAtMs ?? Date.now() }, context, error.message);
    return;
  }
  if (error instanceof SendCalledOffError) {
    if ((await stopWhereChanged(row, context)) !== null) await noteNotSent(database, row, owner, { code: error.code, detail: error.message, retryInMs: awayPauseMs });
    return;
  }
  const code = error instanceof TriageError ? error.code : 'unexpected_error';
  const detail = error instanceof Error ? error.message : String(error);
  const pauseMs = error instanceof TriageError && error.retryable ? (pausesMs[row.attempts - 1] ?? null) : null;
  await noteNotSent(database, row, owner, { code, detail, retryInMs: pauseMs });
}

/** The server had the mail and its answer is not known: a copy in Sent tells that it went out; else a person must. */
export async function settleUncertain(row: OutboxRow, { database, mailboxes }: SendingContext, detail: string): Promise<void> {
  const draft = await readDraftById(database, row.draft);
  const mailbox = mailboxes.get(draft?.mailbox ?? '') ?? null;
  let isInSent = false;
  try {
    const answers = mailbox === null ? [] : await mailbox.findAnswers({ answering: [], messageIds: [row.draft] });
    isInSent = answers.some(({ folder }) => folder === 'sent');
  } catch (error) {
    if (!(error instanceof TriageError)) throw error;
  }
  if (isInSent) await noteSent(database, row, { by: 'sent_folder', response: null, alsoKnownAs: [], person: null });
  else await noteUncertain(database, row, detail);
}

