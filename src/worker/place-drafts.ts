import type { ReplacedDraft } from '../cases/threads/plan-drafts.ts';
import type { SentMail } from '../cases/threads/note-sent.ts';
import type { RecordedMail } from '../cases/record-mails.ts';
import type { DraftFate } from '../cases/threads/settle-drafts.ts';
import type { FoundAnswer, OwnDraft } from '../mailbox/answer.ts';
import type { Mailbox, NewDraft } from '../mailbox/mailbox.ts';
import { sourceDigest } from '../mailbox/source-digest.ts';
import type { TriageError } from '../errors.ts';
import { lookBack } from './look-back.ts';
import { asTriageError, type TriagedResult } from './read-mails.ts';

/** A mail that was triaged, and what recording it came to. */
export interface RecordedResult {
  readonly triaged: TriagedResult;
  readonly recorded: RecordedMail;
}

/** What came of putting drafts into Drafts. */
export interface PlacedDrafts {
  /** Message-IDs of those that lie there now. */
  readonly draftIds: readonly string[];
  /** Those that the mail server keeps otherwise than they were composed. */
  readonly rewritten: readonly OwnDraft[];
  /** The mails whose draft could not be composed. */
  readonly failed: readonly { readonly uid: number; readonly error: TriageError }[];
  /** What became of the drafts of their cases' earlier mails. */
  readonly fates: readonly DraftFate[];
  /** Drafts that were not put there, for a person has edited the one (`to`) that answers the case. */
  readonly yielded: readonly { readonly messageId: string; readonly to: string }[];
  /** Mails in Sent that answer some of these, of which the store knew nothing. */
  readonly sent: readonly SentMail[];
}

/**
 * Puts the drafts that are ours to put into Drafts, unless an earlier attempt did, and takes away those whose place they take. Mails from before the store was brought back to an older state
 * (`restoredAt`) are looked up first. Throws what the mailbox throws.
 */
export async function placeDrafts(mailbox: Mailbox, mails: readonly RecordedResult[], restoredAt: Date | null): Promise<PlacedDrafts> {
  const due = mails.filter(({ recorded }) => recorded.draft === 'append' || recorded.draft === 'look_then_append');
  const before = await lookBack(mailbox, due, restoredAt);
  const ours = due.filter(({ triaged }) => !before.has(triaged.uid) || before.get(triaged.uid)?.kind === 'lies');
  const doubtful = ours.filter(({ triaged, recorded }) => recorded.draft === 'look_then_append' || triaged.keywords.length > 0 || before.has(triaged.uid));
  const found = doubtful.length === 0 ? new Set<string>() : await mailbox.findDrafts(doubtful.map(({ triaged }) => triaged.result.draftMessageId));
  const earlier = await lookAtEarlier(mailbox, ours);
  const drafts: NewDraft[] = [];
  const failed: PlacedDrafts['failed'][number][] = [];
  const yielded: PlacedDrafts['yielded'][number][] = [];
  for (const { triaged } of ours) {
    const messageId = triaged.result.draftMessageId;
    const edited = earlier.get(triaged.uid)?.edited ?? null;
    if (edited !== null && !found.has(messageId)) yielded.push({ messageId, to: edited });
    if (found.has(messageId) || edited !== null) continue;
    try {
      drafts.push({ messageId, source: triaged.result.draftSource() });
    } catch (error) {
      failed.push({ uid: triaged.uid, error: asTriageError(error) });
    }
  }
  const placed = drafts.length === 0 ? [] : await mailbox.appendDrafts(drafts);
  const rewritten = placed.filter(({ digest }, index) => digest !== sourceDigest(drafts[index]?.source ?? Buffer.alloc(0)));
  const draftIds = [...found, ...drafts.map((draft) => draft.messageId)];
  const fates: DraftFate[] = [];
  const sent: SentMail[] = [];
  for (const { triaged } of due) {
    const messageId = triaged.result.draftMessageId;
    const answer = before.get(triaged.uid);
    if (answer?.kind === 'edited') yielded.push({ messageId, to: answer.by });
    if (answer?.kind === 'sent') sent.push(answer.mail);
    if (answer?.kind === 'sent' || answer?.kind === 'deleted') fates.push({ messageId, fate: answer.kind, replacedBy: null });
  }
  for (const { triaged } of ours) {
    const messageId = triaged.result.draftMessageId;
    for (const { draft, fate } of earlier.get(triaged.uid)?.drafts ?? []) {
      // Whether an earlier attempt was cut off before the server had expunged it, or is still putting it there, only removing it tells.
      const isToGo = fate === 'untouched' || (fate === 'deleted' && draft.isBeingReplaced);
      if (!isToGo) fates.push({ messageId: draft.messageId, fate, replacedBy: null });
      // Only once the one that takes its place lies in Drafts.
      else if (draftIds.includes(messageId)) fates.push(await takeAway(mailbox, draft, fate, messageId));
      else if (fate === 'deleted') fates.push({ messageId: draft.messageId, fate: 'replaced', replacedBy: messageId, isUnseen: true });
    }
  }
  return { draftIds, rewritten, failed, fates, yielded, sent };
}

type EarlierFate = 'untouched' | 'edited' | 'sent' | 'deleted';

interface EarlierDrafts {
  readonly drafts: readonly { readonly draft: ReplacedDraft; readonly fate: EarlierFate }[];
  /** The Message-ID of a draft in which a person is answering the case. */
  readonly edited: string | null;
}

/** What the drafts of the same cases' earlier mails have come to, by the newest mail's UID. */
async function lookAtEarlier(mailbox: Mailbox, ours: readonly RecordedResult[]): Promise<ReadonlyMap<number, EarlierDrafts>> {
  const replacing = ours.filter(({ recorded }) => recorded.replaces.length > 0);
  if (replacing.length === 0) return new Map();
  const all = replacing.flatMap(({ recorded }) => recorded.replaces);
  const answers = await mailbox.findAnswers({ messageIds: all.map(({ messageId }) => messageId), answering: all.flatMap(({ answering }) => answering ?? []), withDigests: true });
  const fresh = new Set(ours.map(({ triaged }) => triaged.result.draftMessageId));
  const others = answers.filter(({ messageId }) => messageId === null || !fresh.has(messageId));
  return new Map(replacing.map(({ triaged, recorded: { replaces } }) => {
    const drafts = replaces.map((draft) => ({ draft, ...fateOf(draft, replaces, others) }));
    return [triaged.uid, { drafts, edited: drafts.find(({ fate }) => fate === 'edited')?.by ?? null }];
  }));
}

function fateOf(draft: ReplacedDraft, replaces: readonly ReplacedDraft[], answers: readonly FoundAnswer[]): { readonly fate: EarlierFate; readonly by: string | null } {
  const itself = answers.find(({ folder, messageId }) => folder === 'drafts' && messageId === draft.messageId);
  // A mail program that gives an edited draft a new Message-ID keeps what it answers.
  const instead = answers.filter(({ messageId, inReplyTo, references }) => !replaces.some((each) => each.messageId === messageId) && draft.answering !== null && (inReplyTo ?? references.at(-1)) === draft.answering);
  const sent = answers.find(({ folder, messageId }) => folder === 'sent' && messageId === draft.messageId) ?? instead.find(({ folder }) => folder === 'sent');
  if (sent !== undefined) return { fate: 'sent', by: sent.messageId };
  const edited = instead.find(({ folder }) => folder === 'drafts');
  if (edited !== undefined) return { fate: 'edited', by: edited.messageId ?? draft.messageId };
  if (itself === undefined) return { fate: 'deleted', by: null };
  return draft.digest !== null && itself.digest === draft.digest ? { fate: 'untouched', by: null } : { fate: 'edited', by: draft.messageId };
}

/** Whoever edits it in that very moment keeps it. */
async function takeAway(mailbox: Mailbox, { messageId, digest }: ReplacedDraft, fate: EarlierFate, replacedBy: string): Promise<DraftFate> {
  if (digest === null) return fate === 'deleted' ? { messageId, fate: 'replaced', replacedBy } : { messageId, fate: 'edited', replacedBy: null };
  const removed = await mailbox.removeDraft({ messageId, digest });
  return removed === 'changed' ? { messageId, fate: 'edited', replacedBy: null } : { messageId, fate: 'replaced', replacedBy, isUnseen: removed === 'gone' };
}
