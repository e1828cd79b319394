import type { MailRole, TriagedMail } from '../case.ts';
import { type Sql, toJsonb } from '../../database/database.ts';
import { findLinkedCases } from './find-thread.ts';
import { reopenBounced } from './reopen-bounced.ts';

/** Which case a mail belongs to, and what it is to it. */
export interface AssignedMail {
  readonly mail: TriagedMail;
  readonly caseId: number;
  readonly role: MailRole;
}

export interface Assignment {
  readonly assigned: readonly AssignedMail[];
  /** Mails whose case was not, when they were triaged, what it is now. They are to be triaged anew, and may be recorded then. */
  readonly stale: readonly TriagedMail[];
}

/** A request that is sent again within this time, while its case is not closed, is the same one. */
const sameRequestDays = 14;

/** A case that is there, or the one that this mail opens. */
type Target = { readonly caseId: number } | { readonly openedBy: TriagedMail };

/**
 * Finds or opens the case of each mail, and locks it until the transaction ends. What triage knew of a mail's thread it read earlier and without a lock, so it is
 * held against the store once more. Of several mails that go on with one case the first is taken; the others see it when they come back.
 */
export async function assignCases(sql: Sql, mails: readonly TriagedMail[]): Promise<Assignment> {
  // In one order, so that two processes that meet mail of the same senders wait for each other instead of deadlocking.
  const senders = [...new Set(mails.map((mail) => mail.customerKey ?? mail.fingerprint))].toSorted();
  await sql.query('SELECT pg_advisory_xact_lock(hashtextextended(key, 0)) FROM unnest($1::text[]) WITH ORDINALITY AS t(key, n) ORDER BY n', [senders]);
  const [known, begun, again, linked, versions] = [await findRecorded(sql, mails), await findBeginnings(sql, mails), await findSentAgain(sql, mails), await findUnseenLinks(sql, mails), await lockThreads(sql, mails)];

  const inOrder = mails.toSorted((one, other) => one.receivedAtMs - other.receivedAtMs || one.uid - other.uid);
  const placed: { mail: TriagedMail; target: Target; role: MailRole }[] = [];
  const stale: TriagedMail[] = [];
  const goneOn = new Set<number>();
  const toCome = new Set(inOrder);
  for (const mail of inOrder) {
    toCome.delete(mail);
    const place = (target: Target, role: MailRole): void => { placed.push({ mail, target, role }); };
    const twin = placed.find((other) => other.mail.fingerprint === mail.fingerprint) ?? placed.find((other) => other.mail.words !== null && (other.mail.words === mail.words || other.mail.words === mail.passesOn) && other.role !== 'answer');
    const before = known.get(mail.fingerprint);
    const sentBefore = again.get(mail.fingerprint);
    const isItself = before?.pointer === pointerKey(mail);
    if (mail.thread !== null && (before === undefined || isItself)) {
      const { caseId, version, relation } = mail.thread;
      if (goneOn.has(caseId) || versions.get(caseId) !== version) stale.push(mail);
      else {
        place({ caseId }, relation);
        goneOn.add(caseId);
      }
    } else if (before !== undefined) place({ caseId: before.caseId }, isItself ? before.role : 'copy');
    else if (twin !== undefined) {
      if (isFirstOfTheirs(mail, { isPassedOn: twin.mail.customer !== undefined })) stale.push(mail);
      else place(twin.target, 'copy');
    } else if (sentBefore !== undefined) {
      if (isFirstOfTheirs(mail, sentBefore)) stale.push(mail);
      else place({ caseId: sentBefore.caseId }, 'copy');
    } else if (begun.has(mail.fingerprint)) place({ openedBy: mail }, 'request');
    else if (linked.has(mail.fingerprint) || answersOneOf(mail, [...placed.map((other) => other.mail), ...toCome])) stale.push(mail);
    else place({ openedBy: mail }, 'request');
  }
  await reopenBounced(sql, placed.flatMap(({ target, role }) => (role === 'bounce' && 'caseId' in target ? [target.caseId] : [])));
  const opened = await openCases(sql, placed.flatMap(({ mail, target }) => ('openedBy' in target && target.openedBy === mail ? [mail] : [])));
  return { assigned: placed.map(({ mail, target, role }) => ({ mail, role, caseId: 'caseId' in target ? target.caseId : opened.get(target.openedBy.fingerprint) ?? 0 })), stale };
}

interface RecordedBefore {
  readonly caseId: number;
  readonly role: MailRole;
  /** Which mail that was. */
  readonly pointer: string;
}

/** Of mails that were recorded before, by their fingerprints: the oldest copy counts. A mail out of quarantine is met for the first time. */
async function findRecorded(sql: Sql, mails: readonly TriagedMail[]): Promise<ReadonlyMap<string, RecordedBefore>> {
  const rows = await sql.query<{ fingerprint: string; case_id: number; role: MailRole; mailbox: string; uid_validity: string; uid: number }>(
    `SELECT DISTINCT ON (m.fingerprint) m.fingerprint, m.case_id, m.role, m.mailbox, m.uid_validity, m.uid FROM refund_triage.messages m
     WHERE m.fingerprint = ANY($1::text[]) AND m.state <> 'quarantined' ORDER BY m.fingerprint, m.id`,
    [mails.map(({ fingerprint }) => fingerprint)],
  );
  return new Map(rows.map((row) => [row.fingerprint, { caseId: row.case_id, role: row.role, pointer: pointerKey({ mailbox: row.mailbox, uidValidity: row.uid_validity, uid: row.uid }) }]));
}

/** Of these mails those that began a case before they came into quarantine: triage finds no thread for them (`findThread`), however often it looks, and they begin it again. */
async function findBeginnings(sql: Sql, mails: readonly TriagedMail[]): Promise<ReadonlySet<string>> {
  const rows = await sql.query<{ fingerprint: string; role: MailRole }>(
    'SELECT DISTINCT ON (fingerprint) fingerprint, role FROM refund_triage.messages WHERE fingerprint = ANY($1::text[]) ORDER BY fingerprint, id', [mails.map(({ fingerprint }) => fingerprint)],
  );
  return new Set(rows.filter(({ role }) => role === 'request').map(({ fingerprint }) => fingerprint));
}

function pointerKey({ mailbox, uidValidity, uid }: Pick<TriagedMail, 'mailbox' | 'uidValidity' | 'uid'>): string {
  return JSON.stringify([mailbox, uidValidity, uid]);
}

interface SentAgain {
  readonly caseId: number;
  /** One of us passed it on. */
  readonly isPassedOn: boolean;
}

/** The customer writes what so far only one of us has passed on: nobody has drafted an answer to that. */
function isFirstOfTheirs({ customer, threadQuery }: TriagedMail, again: Pick<SentAgain, 'isPassedOn'> | undefined): boolean {
  return again?.isPassedOn === true && customer === undefined && threadQuery?.words !== undefined && threadQuery.authentication !== 'fail';
}

/** Open cases in which the same customer said the same, or whose mail this one passes on, by the mail's fingerprint. */
async function findSentAgain(sql: Sql, mails: readonly TriagedMail[]): Promise<ReadonlyMap<string, SentAgain>> {
  const asked = mails.filter(({ thread }) => thread === null).flatMap(({ words, passesOn, ...mail }) => [words, passesOn].flatMap((digest) => (digest === null ? [] : [{ ...mail, digest }])));
  if (asked.length === 0) return new Map();
  const rows = await sql.query<{ fingerprint: string; case_id: number; is_passed_on: boolean }>(
    `SELECT DISTINCT ON (q.fingerprint) q.fingerprint, m.case_id, m.sender IS DISTINCT FROM c.customer AND m.role = 'request' AS is_passed_on FROM jsonb_to_recordset($1::jsonb) AS q(words text, fingerprint text, merchant text, received_at timestamptz)
     JOIN refund_triage.messages m ON m.words = q.words AND m.fingerprint <> q.fingerprint AND m.role IN ('request', 'follow_up')
       AND m.received_at BETWEEN q.received_at - interval '${String(sameRequestDays)} days' AND q.received_at + interval '${String(sameRequestDays)} days'
     JOIN refund_triage.cases c ON c.id = m.case_id AND c.merchant IS NOT DISTINCT FROM q.merchant AND c.stage <> 'closed'
     ORDER BY q.fingerprint, is_passed_on, m.id`,
    [toJsonb(asked.map(({ digest, fingerprint, merchant, receivedAtMs }) => ({ words: digest, fingerprint, merchant, received_at: new Date(receivedAtMs).toISOString() })))],
  );
  return new Map(rows.map(({ fingerprint, case_id: caseId, is_passed_on: isPassedOn }) => [fingerprint, { caseId, isPassedOn }]));
}

/** Mails that triage took for the first of their case, and that go on with one that has come to be since. */
async function findUnseenLinks(sql: Sql, mails: readonly TriagedMail[]): Promise<ReadonlySet<string>> {
  const asked = mails.filter(({ thread }) => thread === null);
  const linked = await findLinkedCases(sql, asked.flatMap(({ threadQuery }) => threadQuery ?? []));
  // Who writes to another merchant begins anew.
  const isTheirs = ({ fingerprint, merchant }: TriagedMail): boolean => {
    const found = linked.get(fingerprint);
    return found !== undefined && (found.merchant === null || merchant === null || found.merchant === merchant);
  };
  return new Set(asked.filter(isTheirs).map(({ fingerprint }) => fingerprint));
}

/** Of those that come with it or are still to come: what waits for what never ends in a circle, for the last one waits only for mails that are recorded now. */
function answersOneOf({ threadQuery, customerKey: customer }: TriagedMail, others: readonly TriagedMail[]): boolean {
  if (threadQuery === null || threadQuery.answers.length === 0) return false;
  return others.some((other) => threadQuery.isOurs || other.customerKey === customer ? [other.messageId, other.draft?.messageId].some((id) => id !== null && id !== undefined && threadQuery.answers.includes(id)) : false);
}

async function lockThreads(sql: Sql, mails: readonly TriagedMail[]): Promise<ReadonlyMap<number, number>> {
  const ids = [...new Set(mails.flatMap(({ thread }) => (thread === null ? [] : [thread.caseId])))];
  if (ids.length === 0) return new Map();
  const rows = await sql.query<{ id: number; version: number }>(
    'SELECT id, version FROM refund_triage.cases WHERE id = ANY($1::bigint[]) AND merged_into IS NULL ORDER BY id FOR UPDATE', [ids],
  );
  return new Map(rows.map(({ id, version }) => [id, version]));
}

async function openCases(sql: Sql, mails: readonly TriagedMail[]): Promise<ReadonlyMap<string, number>> {
  if (mails.length === 0) return new Map();
  await sql.query(
    `INSERT INTO refund_triage.cases (fingerprint, merchant, customer, customer_key, subject, language, topic, state, stage, due_at, priority, closed_at)
     SELECT m.*, CASE WHEN m.stage = 'closed' THEN now() END
     FROM jsonb_to_recordset($1::jsonb) AS m(fingerprint text, merchant text, customer text, customer_key text, subject text, language text, topic text, state text, stage text,
       due_at timestamptz, priority smallint) ORDER BY fingerprint ON CONFLICT (fingerprint) DO NOTHING`,
    [toJsonb(mails.map((mail) => ({ fingerprint: mail.fingerprint, customer: mail.customer ?? mail.from, customer_key: mail.customerKey, subject: mail.subject, ...caseColumns(mail) })))],
  );
  const rows = await sql.query<{ id: number; fingerprint: string }>('SELECT id, fingerprint FROM refund_triage.cases WHERE fingerprint = ANY($1::text[])', [mails.map(({ fingerprint }) => fingerprint)]);
  return new Map(rows.map(({ id, fingerprint }) => [fingerprint, id]));
}

/** What the newest mail of a case makes of it. */
export function caseColumns({ merchant, facts, state, dueAtMs }: TriagedMail): Record<'merchant' | 'language' | 'topic' | 'state' | 'stage' | 'due_at', string | null> & { priority: number } {
  return {
    merchant, language: facts?.language ?? null, topic: facts?.topic ?? null, state, stage: state === 'ignored' ? 'closed' : 'open',
    due_at: dueAtMs === null ? null : new Date(dueAtMs).toISOString(), priority: facts === null ? 0 : priorityOf(facts.flags),
  };
}

const urgent: readonly string[] = ['chargeback', 'child_data'];
const pressing: readonly string[] = ['legal_threat', 'privacy_request'];

/** 2 where waiting costs money or the law sets the time, 1 where somebody threatens with it, else 0. */
export function priorityOf(flags: readonly string[]): number {
  return flags.some((flag) => urgent.includes(flag)) ? 2 : flags.some((flag) => pressing.includes(flag)) ? 1 : 0;
}
