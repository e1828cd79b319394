import { setTimeout as sleep } from 'node:timers/promises';
import {
  clearDueTold, closeUnanswered, listCasesToRemind, listDueCases, noteDueTold, planReminder, reopenInsteadOfReminding, wakeCases, type NewestMail, type Patience, type ToldCase,
} from '../cases/keep-time.ts';
import type { Store } from '../cases/store.ts';
import { dueKeyword, type Mailbox } from '../mailbox/mailbox.ts';
import { sourceDigest } from '../mailbox/source-digest.ts';
import type { TriageMail } from './triage-mail.ts';
import type { WorkerEvents } from './worker-events.ts';

/** What the merchants' policies say of time. */
export interface TimeRules {
  readonly patience: readonly Patience[];
  /** Whether so little is left until an answer is due that agents must be told: by the merchant's business calendar. Epoch milliseconds. */
  readonly isDueSoon: (merchant: string | null, dueAtMs: number, nowMs: number) => boolean;
}

export interface TimeContext {
  readonly store: Store;
  readonly mailboxes: readonly Mailbox[];
  readonly triage: TriageMail;
  readonly rules: () => TimeRules;
  readonly events: WorkerEvents;
}

/** Longer than any stretch of days off before a day on which an answer is due. */
const lookAheadDays = 30;

/** Does what is due by the store's clock, again and again until `signal` aborts; whatever fails is told, and tried again the next time. */
export async function keepTime(context: TimeContext, intervalMs: number, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    try {
      await doWhatIsDue(context);
    } catch (error) {
      if (!signal.aborted) context.events.onError?.(null, asError(error));
    }
    await sleep(intervalMs, undefined, { signal }).catch(() => undefined);
  }
}

/** Wakes what was snoozed, tells of what is due, reminds customers and closes what they left unanswered. */
export async function doWhatIsDue(context: TimeContext): Promise<void> {
  const { store: { database }, events } = context;
  const rules = context.rules();
  for (const caseId of await wakeCases(database)) events.onDue?.({ kind: 'woken', caseId });
  await tellOfDueCases(context, rules);
  // A case that is to be closed is not reminded of any more.
  for (let closed = await closeUnanswered(database, rules.patience); closed.length > 0; closed = await closeUnanswered(database, rules.patience)) {
    for (const caseId of closed) events.onDue?.({ kind: 'closed_unanswered', caseId });
  }
  for (const mail of await listCasesToRemind(database, rules.patience)) {
    try {
      if (await remind(mail, context)) events.onDue?.({ kind: 'reminder', caseId: mail.caseId });
    } catch (error) {
      // The next one may be another mailbox's.
      events.onError?.(mail.mailbox, asError(error));
    }
  }
}

async function tellOfDueCases({ store: { database }, mailboxes, events }: TimeContext, rules: TimeRules): Promise<void> {
  const due = (await listDueCases(database, lookAheadDays)).flatMap(({ caseId, merchant, dueAt, now, told }): ToldCase[] => {
    if (dueAt <= now) return [{ caseId, kind: 'overdue' }];
    return told === 0 && rules.isDueSoon(merchant, dueAt.getTime(), now.getTime()) ? [{ caseId, kind: 'due_soon' }] : [];
  });
  for (const told of await noteDueTold(database, due)) {
    events.onDue?.({ kind: told.kind, caseId: told.caseId });
    await withKeywords(mailboxes, told, events, async (mailbox) => { await mailbox.addKeyword([told.uid], dueKeyword); });
  }
  for (const over of await clearDueTold(database)) await withKeywords(mailboxes, over, events, async (mailbox) => { await mailbox.removeKeyword([over.uid], dueKeyword); });
}

/** A keyword is a help to who looks into the mailbox: where it cannot be set, the rest goes on. */
async function withKeywords(mailboxes: readonly Mailbox[], { mailbox: name, uidValidity }: NewestMail, events: WorkerEvents, work: (mailbox: Mailbox) => Promise<void>): Promise<void> {
  const mailbox = mailboxes.find((each) => each.name === name);
  if (mailbox === undefined) return;
  try {
    if ((await mailbox.open()).uidValidity === uidValidity) await work(mailbox);
  } catch (error) {
    events.onError?.(name, asError(error));
  }
}

/** Reads the newest mail of the case again, and puts the one reminder into Drafts. May be done again after a crash at any point. */
async function remind(mail: NewestMail, { store: { database, ...store }, mailboxes, triage }: TimeContext): Promise<boolean> {
  const mailbox = mailboxes.find(({ name }) => name === mail.mailbox);
  // Another process works on that mailbox.
  if (mailbox === undefined) return false;
  const source = (await mailbox.open()).uidValidity === mail.uidValidity ? await fetchOne(mailbox, mail.uid) : null;
  const result = source === null ? null : await triage(source.source, { internalDate: source.internalDate, bytes: source.bytes, partBytes: source.partBytes, mailbox: mailbox.name, again: true, isReminder: true });
  if (result?.draft == null) {
    await reopenInsteadOfReminding(database, mail.caseId);
    return false;
  }
  const [messageId, draft] = [result.draftMessageId, result.draftSource()];
  if (!(await planReminder(database, { ...mail, ...result.draft, messageId, digest: sourceDigest(draft) }))) return false;
  if (!(await mailbox.findDrafts([messageId])).has(messageId)) await mailbox.appendDrafts([{ messageId, source: draft }]);
  await store.finishMails(mail.mailbox, mail.uidValidity, { draftIds: [messageId], uids: [] });
  return true;
}

async function fetchOne(mailbox: Mailbox, uid: number) {
  for await (const mail of mailbox.fetch([uid])) if (mail.uid === uid) return mail;
  return null;
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}
