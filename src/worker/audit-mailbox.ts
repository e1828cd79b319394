import { listLiveDrafts, sortByFate, stillLive, type LedgerFates, type LiveDraft } from '../cases/audit-fates.ts';
import type { SentMail } from '../cases/threads/note-sent.ts';
import type { Store } from '../cases/store.ts';
import type { FoundAnswer } from '../mailbox/answer.ts';
import type { Mailbox } from '../mailbox/mailbox.ts';
import { followSent } from './follow-sent.ts';
import type { MailboxDesk } from './mailbox-desk.ts';
import { keepOurs, type MailboxQueues, pendingInQueues } from './own-mails.ts';
import type { WorkerEvents } from './worker-events.ts';

/** An audit: what a mailbox holds, held against what the store says of it. Message-IDs have their angle brackets. */
export interface MailboxAudit {
  readonly mailbox: string;
  /** Null where the mailbox was never met. */
  readonly firstContactAt: Date | null;
  /** Mails of our time that lie in the mailbox. */
  readonly mails: number;
  readonly fates: LedgerFates['counts'];
  /** They wait in the queue, or are in hand. */
  readonly inWork: number;
  /** They came in, and were not handed to the queue yet. */
  readonly arriving: number;
  /** UIDs that had no fate and lay in no queue: they were handed to it. */
  readonly takenUp: readonly number[];
  /** UIDs that have two fates. */
  readonly twice: readonly number[];
  readonly drafts: DraftAudit;
  /** Nothing had to be taken up, is there twice, or is missing. */
  readonly isBalanced: boolean;
}

export interface DraftAudit {
  readonly inDrafts: number;
  /** What was noticed only now, and noted: a person sent, edited or deleted them. */
  readonly noted: { readonly sent: number; readonly edited: number; readonly deleted: number };
  /** Due, and never put into Drafts; or so many are gone at once that no person did it. Message-IDs. */
  readonly missing: readonly string[];
  /** Message-IDs of which Drafts has more than one, and those of drafts beside another for the same case. */
  readonly doubled: readonly string[];
}

export interface AuditContext extends MailboxQueues {
  readonly desk: MailboxDesk;
  readonly store: Store;
  readonly events: WorkerEvents;
}

export interface AuditOptions {
  /** Drafts whose case was touched more recently are left to whoever does so. */
  readonly settledForMs?: number;
}

const defaultSettledForMs = 60_000;
const draftsPerLook = 1_000;
/** So many drafts at once, and so great a share of all, no person deletes. */
const massLoss = { drafts: 10, share: 0.2 };

/**
 * Holds a mailbox against the ledger: every mail since the first contact has exactly one fate, every due draft is in Drafts or known to be sent, edited, deleted or replaced, and none is there twice. Mails
 * without a fate are handed to the queue. Throws what mailbox, store and queue throw.
 */
export async function auditMailbox(context: AuditContext, options: AuditOptions = {}): Promise<MailboxAudit> {
  const { desk, store, queue, events } = context;
  const mailbox = desk.mailbox.name;
  if ((await store.readCursor(mailbox)) === null) return neverMet(mailbox);
  const cursor = await desk.lookAgain();
  const { uidValidity } = cursor;
  const mails = await keepOurs(await desk.mailbox.listUidsAfter(cursor.floorUid), cursor, desk);
  // Asked in this order, as what leaves the queue from here on is in the ledger by the time that is read.
  const pending = await pendingInQueues(context, uidValidity);
  const { counts, unfinished, unmet, twice } = await sortByFate(store.database, mailbox, uidValidity, mails);
  const open = [...unmet, ...unfinished];
  const arriving = unmet.filter((uid) => !pending.has(uid) && uid > cursor.enqueuedUid);
  const lost = open.filter((uid) => !pending.has(uid) && uid <= cursor.enqueuedUid).toSorted((one, other) => one - other);
  if (lost.length > 0) {
    await queue.enqueue(uidValidity, lost);
    events.onEnqueued?.(mailbox, lost.length);
  }
  const drafts = await auditDrafts(context, cursor.firstContactAt, options.settledForMs ?? defaultSettledForMs);
  return {
    mailbox, firstContactAt: cursor.firstContactAt, mails: mails.length, fates: counts, inWork: open.length - arriving.length - lost.length, arriving: arriving.length, takenUp: lost, twice, drafts,
    isBalanced: lost.length === 0 && twice.length === 0 && drafts.missing.length === 0 && drafts.doubled.length === 0,
  };
}

function neverMet(mailbox: string): MailboxAudit {
  return {
    mailbox, firstContactAt: null, mails: 0, fates: { needs_info: 0, ready: 0, review: 0, ignored: 0, quarantined: 0, passed_over: 0 }, inWork: 0, arriving: 0, takenUp: [], twice: [],
    drafts: { inDrafts: 0, noted: { sent: 0, edited: 0, deleted: 0 }, missing: [], doubled: [] }, isBalanced: true,
  };
}

async function auditDrafts({ desk, store, events }: AuditContext, firstContactAt: Date, settledForMs: number): Promise<DraftAudit> {
  const { mailbox } = desk;
  const answered = await followSent(mailbox, store, firstContactAt);
  for (const each of answered) events.onAnswered?.(mailbox.name, each);
  let [inDrafts, edited, sent, live] = [0, 0, answered.length, 0];
  const byCase = new Map<number, string[]>();
  const gone: string[] = [];
  const missing: string[] = [];
  const doubled = new Set<string>();
  for (let after = ''; ;) {
    const drafts = await listLiveDrafts(store.database, mailbox.name, { after, limit: draftsPerLook, settledForMs });
    const last = drafts.at(-1);
    if (last === undefined) break;
    after = last.messageId;
    live += drafts.length;
    const places = await findPlaces(mailbox, drafts);
    for (const id of places.twice) doubled.add(id);
    for (const { messageId, caseId, state } of drafts) if (state === 'in_drafts' && places.inDrafts.has(messageId)) byCase.set(caseId, [...(byCase.get(caseId) ?? []), messageId]);
    inDrafts += drafts.filter(({ messageId }) => places.inDrafts.has(messageId)).length;
    const absent = drafts.filter(({ messageId, isSettled }) => isSettled && !places.inDrafts.has(messageId));
    missing.push(...absent.filter(({ messageId, state }) => state === 'due' && !places.sent.has(messageId)).map(({ messageId }) => messageId));
    const found = absent.filter(({ messageId }) => places.sent.has(messageId));
    await noteFound(found, places.sent, mailbox.name, store);
    sent += found.length;
    const rewritten = absent.filter(({ messageId, state }) => state === 'in_drafts' && places.rewritten.has(messageId) && !places.sent.has(messageId));
    await store.settleDrafts(rewritten.map(({ messageId }) => ({ messageId, fate: 'edited', replacedBy: null })));
    edited += rewritten.length;
    gone.push(...absent.filter(({ messageId, state }) => state !== 'due' && !places.rewritten.has(messageId) && !places.sent.has(messageId)).map(({ messageId }) => messageId));
  }
  for (const ids of byCase.values()) if (ids.length > 1) for (const id of ids) doubled.add(id);
  const lost = await stillGone(mailbox, store, gone);
  const isMassLoss = lost.length > massLoss.drafts && lost.length > live * massLoss.share;
  if (!isMassLoss) await store.settleDrafts(lost.map((messageId) => ({ messageId, fate: 'deleted', replacedBy: null })));
  return {
    inDrafts, noted: { sent, edited, deleted: isMassLoss ? 0 : lost.length }, missing: [...missing, ...(isMassLoss ? lost : [])], doubled: [...doubled],
  };
}

interface DraftPlaces {
  readonly inDrafts: ReadonlySet<string>;
  /** They were sent under their own Message-ID. */
  readonly sent: ReadonlyMap<string, FoundAnswer>;
  /** Instead of them there are others by a person, which answer the same mails. */
  readonly rewritten: ReadonlySet<string>;
  /** Drafts has more than one of each. */
  readonly twice: readonly string[];
}

async function findPlaces(mailbox: Mailbox, drafts: readonly LiveDraft[]): Promise<DraftPlaces> {
  const ids = new Set(drafts.map(({ messageId }) => messageId));
  const answers = await mailbox.findAnswers({ messageIds: [...ids], answering: drafts.flatMap(({ answering }) => answering ?? []) });
  const lying = answers.filter(({ folder }) => folder === 'drafts');
  const inDrafts = new Set(lying.flatMap(({ messageId }) => (messageId !== null && ids.has(messageId) ? [messageId] : [])));
  const sent = new Map(answers.flatMap((answer) => (answer.folder === 'sent' && answer.messageId !== null && ids.has(answer.messageId) ? [[answer.messageId, answer]] : [])));
  const rewritten = new Set(drafts.filter(({ answering }) => answering !== null && lying.some((answer) => isOther(answer, ids) && answeredBy(answer) === answering)).map(({ messageId }) => messageId));
  const twice = [...inDrafts].filter((id) => lying.filter(({ messageId }) => messageId === id).length > 1);
  return { inDrafts, sent, rewritten, twice };
}

/** Copies in Sent that bear an older date than those that are followed. */
async function noteFound(drafts: readonly LiveDraft[], sent: DraftPlaces['sent'], mailbox: string, store: Store): Promise<void> {
  const mails = drafts.flatMap(({ messageId, answering }): SentMail[] => {
    const answer = sent.get(messageId);
    return answer === undefined ? [] : [{ mailbox, messageId, answers: answering === null ? [] : [answering], to: answer.to, sentAtMs: (answer.sentAt ?? answer.storedAt).getTime() }];
  });
  if (mails.length > 0) await store.noteSent(mails);
  await store.settleDrafts(drafts.map(({ messageId }) => ({ messageId, fate: 'sent', replacedBy: null })));
}

function isOther({ messageId }: FoundAnswer, ids: ReadonlySet<string>): boolean {
  return messageId === null || !ids.has(messageId);
}

function answeredBy({ inReplyTo, references }: FoundAnswer): string | null {
  return inReplyTo ?? references.at(-1) ?? null;
}

/** A second look, by the server's own search, and at what the store says by now. */
async function stillGone(mailbox: Mailbox, store: Store, gone: readonly string[]): Promise<string[]> {
  if (gone.length === 0) return [];
  const found = await mailbox.findDrafts(gone);
  const live = await stillLive(store.database, gone);
  return gone.filter((id) => !found.has(id) && live.has(id));
}
