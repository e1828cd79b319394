import type { Store } from '../../src/cases/store.ts';
import { triageKeywords } from '../../src/mailbox/mailbox.ts';
import type { Dovecot } from '../servers/dovecot.ts';
import type { ShopMail } from './shop-mails.ts';
import type { SmtpSink } from './smtp-sink.ts';

/** What a round came to, and everything that does not balance: one line each, which names the mail. */
export interface Ledger {
  readonly mails: number;
  readonly drafts: number;
  readonly sent: number;
  readonly uncertain: number;
  readonly faults: readonly string[];
}

export interface LedgerPlace {
  readonly store: Store;
  readonly dovecot: Dovecot;
  readonly smtp: SmtpSink;
  /** The folder that is watched. */
  readonly folder: string;
  readonly delivered: readonly ShopMail[];
  readonly mailDiskFull: readonly { readonly fromMs: number; readonly toMs: number }[];
}

interface Lying {
  readonly uid: number;
  readonly flags: readonly string[];
  readonly messageId: string;
}

const keywordOf: Readonly<Record<string, string>> = {
  needs_info: triageKeywords.needsInfo, ready: triageKeywords.ready, review: triageKeywords.review, ignored: triageKeywords.ignored, quarantined: triageKeywords.review,
};

/** Holds mailbox, store and SMTP server against each other: every mail exactly one fate, every due draft exactly once, no send twice. */
export async function balance(place: LedgerPlace): Promise<Ledger> {
  const { dovecot, store, folder } = place;
  const [inbox, drafts, sentFolder] = [await list(dovecot, folder), await list(dovecot, 'Drafts'), await list(dovecot, 'Sent')];
  const uidValidity = (await dovecot.doveadm(['mailbox', 'status', '-u', dovecot.user, 'uidvalidity', folder])).match(/uidvalidity=(\d+)/)?.[1] ?? '';
  const faults = [...await mailFaults(place, inbox, uidValidity), ...await draftFaults(store, drafts), ...await dueFaults(place), ...await sendFaults(place, sentFolder, drafts)];
  const [counts] = await store.database.query<{ sent: number; uncertain: number }>(
    `SELECT count(*) FILTER (WHERE state = 'sent') AS sent, count(*) FILTER (WHERE state = 'uncertain') AS uncertain FROM refund_triage.outbox`,
  );
  return { mails: inbox.length, drafts: drafts.length, sent: counts?.sent ?? 0, uncertain: counts?.uncertain ?? 0, faults };
}

async function list(dovecot: Dovecot, folder: string): Promise<Lying[]> {
  const text = await dovecot.doveadm(['fetch', '-u', dovecot.user, 'uid flags hdr.message-id', 'mailbox', folder, 'all']);
  return text.split('\f').map((entry) => entry.trim()).filter((entry) => entry !== '').map((entry) => ({
    uid: Number(/^uid: (\d+)/m.exec(entry)?.[1]), flags: (/^flags: ?(.*)$/m.exec(entry)?.[1] ?? '').split(' ').filter((flag) => flag !== ''), messageId: /^hdr\.message-id:\s*(<[^>]*>)/m.exec(entry)?.[1] ?? '',
  }));
}

/** From the keyword to the end of the mail. */
const finishingMs = 5_000;

async function mailFaults({ store, delivered, mailDiskFull }: LedgerPlace, inbox: readonly Lying[], uidValidity: string): Promise<string[]> {
  const faults: string[] = [];
  if (inbox.length !== delivered.length) faults.push(`${String(delivered.length)} mails were delivered, ${String(inbox.length)} lie in the mailbox`);
  const rows = await store.database.query<{ uid: number; fingerprint: string; state: string; role: string; is_finished: boolean; finished_at: Date | null; code: string | null; reason: string | null }>(
    `SELECT m.uid, m.fingerprint, m.state, m.role, m.finished_at IS NOT NULL AS is_finished, m.finished_at, q.code, q.reason FROM refund_triage.messages m LEFT JOIN refund_triage.quarantine q ON q.message = m.id WHERE m.uid_validity = $1`, [uidValidity],
  );
  const passed = new Set((await store.database.query<{ uid: number }>('SELECT uid FROM refund_triage.passed_over WHERE uid_validity = $1', [uidValidity])).map(({ uid }) => uid));
  for (const mail of inbox) {
    const name = `${mail.messageId} (UID ${String(mail.uid)})`;
    const found = rows.filter(({ uid }) => uid === mail.uid);
    const [row] = found;
    if (found.length + (passed.has(mail.uid) ? 1 : 0) !== 1 || row === undefined) {
      faults.push(`${name}: ${String(found.length)} fates, ${passed.has(mail.uid) ? '' : 'not '}passed over`);
      continue;
    }
    if (!row.is_finished) faults.push(`${name}: never finished (${row.state})`);
    if (row.state === 'quarantined') faults.push(`${name}: in quarantine for ${row.code ?? 'nothing'}: ${row.reason ?? 'no reason'}`);
    const keywords = mail.flags.filter((flag) => flag.startsWith('$RefundTriage') && flag !== '$RefundTriage-Due');
    const finishedAtMs = row.finished_at?.getTime() ?? 0;
    const isForgotten = keywords.length === 0 && mailDiskFull.some(({ fromMs, toMs }) => fromMs <= finishedAtMs && finishedAtMs <= toMs + finishingMs);
    // A copy's keyword is as the mail's was when it was met; which of them that is, is not promised.
    if (!isForgotten && (keywords.length !== 1 || (row.role !== 'copy' && row.code === null && keywords[0] !== keywordOf[row.state]))) faults.push(`${name}: keywords ${keywords.join(' ') || 'none'} on a mail that is ${row.state}`);
    if (mail.flags.includes('\\Seen')) faults.push(`${name}: was marked as read`);
  }
  const isThere = (row: { uid: number }): boolean => inbox.some(({ uid }) => uid === row.uid);
  // A server whose disk was full gives mails new UIDs: each is then known as a copy of the one that it was.
  const hasNewUid = (row: (typeof rows)[number]): boolean => rows.some((other) => other.role === 'copy' && other.fingerprint === row.fingerprint && isThere(other));
  for (const row of rows) if (!isThere(row) && !hasNewUid(row)) faults.push(`UID ${String(row.uid)}: in the store, not in the mailbox`);
  const twice = await store.database.query<{ message_id: string; n: number }>(
    `SELECT message_id, count(*) AS n FROM refund_triage.messages WHERE role <> 'copy' AND message_id IS NOT NULL AND state <> 'quarantined' GROUP BY fingerprint, message_id HAVING count(*) > 1`,
  );
  for (const { message_id: id, n } of twice) faults.push(`${id}: met as ${String(n)} different mails`);
  return faults;
}

/** Drafts and store agree, and no case has two. */
async function draftFaults(store: Store, lying: readonly Lying[]): Promise<string[]> {
  const faults: string[] = [];
  const rows = await store.database.query<{ id: string; case_id: number; state: string; answering: string | null; answered_state: string }>(
    `SELECT d.message_id AS id, d.case_id, d.state, m.message_id AS answering, m.state AS answered_state FROM refund_triage.drafts d JOIN refund_triage.messages m ON m.id = d.message`,
  );
  for (const draft of lying) {
    const row = rows.find(({ id }) => id === draft.messageId);
    if (row === undefined) faults.push(`${draft.messageId}: a draft that the store does not know`);
    else if (row.state !== 'in_drafts') faults.push(`${draft.messageId}: in Drafts, and ${row.state} in the store (answers ${row.answering ?? '?'})`);
  }
  for (const row of rows) {
    const name = `draft ${row.id} of case ${String(row.case_id)}, which answers ${row.answering ?? '?'}`;
    const copies = lying.filter(({ messageId }) => messageId === row.id).length;
    if (row.state === 'in_drafts' && copies !== 1) faults.push(`${name}: ${String(copies)} copies in Drafts`);
    // Nobody edits or deletes anything in these rounds. Given up is what a mail is not to be answered with after all, once its case has gone on.
    const isGivenUp = row.state === 'abandoned' && (['review', 'ignored'].includes(row.answered_state) || rows.some((other) => other.answering === row.answering && other.state !== 'abandoned'));
    if (!['in_drafts', 'replaced', 'sent'].includes(row.state) && !isGivenUp) faults.push(`${name}: ${row.state}, on a mail that is ${row.answered_state}`);
  }
  for (const caseId of new Set(rows.map((row) => row.case_id))) {
    const ofCase = rows.filter((row) => row.case_id === caseId);
    const live = ofCase.filter(({ state }) => state === 'in_drafts');
    if (live.length > 1) faults.push(`case ${String(caseId)}: ${String(live.length)} live drafts: ${live.map(({ id }) => id).join(' ')}`);
    if (live.length === 0 && !ofCase.some(({ state }) => state === 'sent')) faults.push(`case ${String(caseId)}: no live draft; ${ofCase.map(({ id, state }) => `${id} ${state}`).join(', ')}`);
  }
  return faults;
}

/** A request that gets a draft by itself has got one, or one of its case has; unless its sender wrote so much that a person is to look. */
async function dueFaults({ store, delivered }: LedgerPlace): Promise<string[]> {
  const due = delivered.filter(({ isDueDraft }) => isDueDraft === true).map(({ messageId }) => messageId);
  const rows = await store.database.query<{ message_id: string; reasons: number }>(
    `SELECT m.message_id, (SELECT count(*) FROM refund_triage.drafts d WHERE d.case_id = m.case_id)
       + (SELECT count(*) FROM refund_triage.events e WHERE e.kind IN ('rate_limited', 'loop_broken') AND (e.mailbox, e.uid_validity, e.uid) = (m.mailbox, m.uid_validity, m.uid)) AS reasons FROM refund_triage.messages m WHERE m.message_id = ANY($1::text[])`, [due],
  );
  return due.filter((id) => !rows.some((row) => row.message_id === id && row.reasons > 0)).map((id) => `${id}: due a draft, and its case has none`);
}

async function sendFaults({ store, smtp, dovecot, folder }: LedgerPlace, sentFolder: readonly Lying[], drafts: readonly Lying[]): Promise<string[]> {
  const faults: string[] = [];
  const rows = await store.database.query<{ draft: string; state: string; code: string | null; settled: boolean; answering: string | null }>(
    `SELECT o.draft, o.state, o.code, o.settled_at IS NOT NULL AS settled, m.message_id AS answering FROM refund_triage.outbox o JOIN refund_triage.drafts d ON d.message_id = o.draft JOIN refund_triage.messages m ON m.id = d.message`,
  );
  const taken = smtp.taken().map(({ source }) => /^message-id:\s*(<[^>]*>)/im.exec(source)?.[1] ?? '');
  for (const id of new Set(taken)) if (!rows.some(({ draft }) => draft === id)) faults.push(`${id}: was sent, and nobody approved it`);
  const answered = new Set((await list(dovecot, folder)).filter(({ flags }) => flags.includes('\\Answered')).map(({ messageId }) => messageId));
  for (const draft of new Set(rows.map((row) => row.draft))) {
    const ofDraft = rows.filter((row) => row.draft === draft);
    const name = `reply ${draft} to ${ofDraft[0]?.answering ?? '?'}`;
    const times = taken.filter((id) => id === draft).length;
    const states = ofDraft.map(({ state, code }) => (code === null ? state : `${state} (${code})`)).join(', ');
    if (times > 1) faults.push(`${name}: sent ${String(times)} times (${states})`);
    if (ofDraft.some(({ state }) => ['holding', 'sending'].includes(state))) faults.push(`${name}: never settled (${states})`);
    const isSent = ofDraft.some(({ state }) => state === 'sent');
    const isUncertain = ofDraft.some(({ state }) => state === 'uncertain');
    if (isSent && times !== 1) faults.push(`${name}: said to be sent, and the server took ${String(times)}`);
    if (!isSent && !isUncertain && times > 0) faults.push(`${name}: went out, and is ${states}`);
    if (!isSent) continue;
    if (ofDraft.some(({ state, settled }) => state === 'sent' && !settled)) faults.push(`${name}: sent and not settled`);
    const copies = sentFolder.filter(({ messageId }) => messageId === draft).length;
    if (copies !== 1) faults.push(`${name}: ${String(copies)} copies in Sent`);
    if (drafts.some(({ messageId }) => messageId === draft)) faults.push(`${name}: sent, and still in Drafts`);
    if (!answered.has(ofDraft[0]?.answering ?? '')) faults.push(`${name}: its mail is not marked as answered`);
  }
  return faults;
}
