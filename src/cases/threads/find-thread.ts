import type { Facts } from '../../facts/facts.ts';
import { mayJoin, type Thread, type ThreadQuery } from '../../thread.ts';
import type { Sql } from '../../database/database.ts';

/** A case that a mail's Message-IDs or tags point to. */
export interface LinkedCase {
  readonly id: number;
  readonly version: number;
  readonly fingerprint: string;
  readonly merchant: string | null;
  readonly customer_key: string | null;
  /** Which of the mail's ids or tags points there. */
  readonly link: string;
  readonly by_tag: boolean;
  /** What the link names is a mail that left us. */
  readonly was_sent: boolean;
}

/** Of drafts. A mail program sends one hours before that is noticed in Sent; then the copy that came back shows it. */
const statesThatLeft = ['in_drafts', 'edited', 'deleted', 'sent'];

// Our own Message-IDs name the mail that they answer, also where a restored store has forgotten the draft.
const ownMessageId = /^<refund-triage\.([0-9a-f]{40})(?:[.-][^@>]*)?@/;
/** Of one mail, its copies; of one tag, cases that share it by chance. In the order of the index and no more of them: the planner takes such a range for a large part of the table, and would read all of it. */
const maxAlike = 20;
/** A case that was merged into another goes on there. Hands merge cases: such chains are short. */
const maxMerges = 20;

/**
 * The case that each of these mails goes on with, by the mail's fingerprint: the one its nearest reference belongs to, whose tag its subject bears, or in which it is answered already. Whoever quotes a Message-ID or a tag gets in only as the case's own customer (by address, aliases aside), or as one whose
 * address the case names where the mail server vouches for it; a bounce by the mail of ours that it gives back; none where the server says that the sender is forged.
 */
export async function findLinkedCases(sql: Sql, queries: readonly ThreadQuery[]): Promise<ReadonlyMap<string, LinkedCase>> {
  const asked = queries.filter(({ authentication }) => authentication !== 'fail');
  const ids = [...new Set(asked.flatMap(({ answers }) => answers))];
  const tags = [...new Set(asked.flatMap((query) => query.tags))];
  const own = [...new Set(asked.flatMap(({ messageId }) => messageId ?? []))];
  if (ids.length === 0 && tags.length === 0 && own.length === 0) return new Map();
  const tokens = ids.flatMap((id) => {
    const token = ownMessageId.exec(id)?.[1];
    return token === undefined ? [] : [{ id, token }];
  });
  const links = await sql.query<Link>(
    `SELECT message_id AS link, case_id, false AS by_tag, false AS was_sent FROM refund_triage.messages WHERE message_id = ANY($1::text[]) AND role <> 'copy'
     UNION SELECT message_id, case_id, false, state = ANY($5::text[]) FROM refund_triage.drafts WHERE message_id = ANY($1::text[])
     UNION SELECT message_id, case_id, false, true FROM refund_triage.sent_mails WHERE message_id = ANY($1::text[])
     UNION SELECT t.id, m.case_id, false, false FROM jsonb_to_recordset($2::jsonb) AS t(id text, token text)
       CROSS JOIN LATERAL (SELECT case_id FROM refund_triage.messages WHERE fingerprint >= t.token AND fingerprint < t.token || 'g' ORDER BY fingerprint LIMIT ${String(maxAlike)}) m
     UNION SELECT in_reply_to, case_id, false, false FROM refund_triage.messages WHERE in_reply_to = ANY($4::text[]) AND role IN ('request', 'follow_up')
     UNION SELECT t.tag, c.id, true, false FROM unnest($3::text[]) AS t(tag)
       CROSS JOIN LATERAL (SELECT id FROM refund_triage.cases WHERE fingerprint >= t.tag AND fingerprint < t.tag || 'g' ORDER BY fingerprint LIMIT ${String(maxAlike)}) c`,
    [ids, JSON.stringify(tokens), tags, own, statesThatLeft],
  );
  const linked = await followMerges(sql, links);
  if (linked.length === 0) return new Map();
  const named = await namedAddresses(sql, [...new Set(linked.map(({ id }) => id))]);
  const found = new Map<string, LinkedCase>();
  for (const query of asked) {
    const candidates = [...query.answers, ...query.tags, ...(query.messageId === null ? [] : [query.messageId])].flatMap((link) => linked.filter((each) => each.link === link && each.by_tag === query.tags.includes(link)));
    const admitted = candidates.find((each) => isLetIn(query, each, named.get(each.id) ?? emptySet));
    if (admitted !== undefined) found.set(query.fingerprint, admitted);
  }
  return found;
}

interface Link extends Pick<LinkedCase, 'link' | 'by_tag' | 'was_sent'> {
  readonly case_id: number;
}

type CaseRow = Pick<LinkedCase, 'id' | 'version' | 'fingerprint' | 'merchant' | 'customer_key'> & { readonly state: string; readonly merged_into: number | null };

/** The cases as they are now, those that were merged as what they were merged into; none in quarantine. Step by step: in one query, the planner expects a hundred times as much, and takes longer to prepare for it than all the rest. */
async function followMerges(sql: Sql, links: readonly Link[]): Promise<LinkedCase[]> {
  const known = new Map<number, CaseRow>();
  let wanted = [...new Set(links.map(({ case_id: id }) => id))];
  for (let steps = 0; wanted.length > 0 && steps <= maxMerges; steps += 1) {
    const rows = await sql.query<CaseRow>('SELECT id, version, fingerprint, merchant, customer_key, state, merged_into FROM refund_triage.cases WHERE id = ANY($1::bigint[])', [wanted]);
    for (const row of rows) known.set(row.id, row);
    wanted = rows.flatMap(({ merged_into: into }) => (into === null || known.has(into) ? [] : [into]));
  }
  return links.flatMap(({ case_id: id, link, by_tag: byTag, was_sent: wasSent }) => {
    let found = known.get(id);
    for (let steps = 0; found !== undefined && found.merged_into !== null && steps < maxMerges; steps += 1) found = known.get(found.merged_into);
    if (found === undefined || found.merged_into !== null || found.state === 'quarantined') return [];
    const { id: caseId, version, fingerprint, merchant, customer_key: customer } = found;
    return [{ id: caseId, version, fingerprint, merchant, customer_key: customer, link, by_tag: byTag, was_sent: wasSent }];
  });
}

const emptySet: ReadonlySet<string> = new Set();

function isLetIn(query: ThreadQuery, linked: LinkedCase, named: ReadonlySet<string>): boolean {
  return query.isBounce === true ? linked.was_sent : mayJoin(query, linked.customer_key, named);
}

/** Addresses by which a case's mails name their customer: who wrote them, and the accounts they are about. */
async function namedAddresses(sql: Sql, caseIds: readonly number[]): Promise<ReadonlyMap<number, ReadonlySet<string>>> {
  const rows = await sql.query<{ case_id: number; address: string }>(
    `SELECT m.case_id, lower(f.value #>> '{}') AS address FROM refund_triage.messages m JOIN refund_triage.facts f ON f.message = m.id
     WHERE m.case_id = ANY($1::bigint[]) AND f.name = 'account_email' AND m.role IN ('request', 'follow_up')
     UNION SELECT case_id, lower(sender) FROM refund_triage.messages WHERE case_id = ANY($1::bigint[]) AND role IN ('request', 'follow_up') AND sender IS NOT NULL`,
    [caseIds],
  );
  const named = new Map<number, Set<string>>();
  for (const { case_id: id, address } of rows) named.set(id, (named.get(id) ?? new Set()).add(address));
  return named;
}

/** The case that a mail goes on with, and what its earlier mails say; null where it begins one. */
export async function findThread(sql: Sql, query: ThreadQuery): Promise<Thread | null> {
  const known = await findRecorded(sql, query.fingerprint);
  // A mail that began a case begins it each time it is read.
  if (known?.role === 'request') return null;
  const answered = (await findLinkedCases(sql, [query])).get(query.fingerprint);
  const linked = answered ?? (await findPassedOn(sql, query));
  if (linked === undefined) return null;
  const mails = await sql.query<{ received_at: Date; role: string; facts: string | null; basis: string | null }>(
    `SELECT m.received_at, m.role, r.facts, d.basis FROM refund_triage.messages m JOIN refund_triage.readings r ON r.message = m.id
     LEFT JOIN LATERAL (SELECT basis FROM refund_triage.decisions WHERE message = m.id ORDER BY id DESC LIMIT 1) d ON r.facts IS NULL
     WHERE m.case_id = $1 AND m.role IN ('request', 'follow_up') AND m.fingerprint <> $2 AND ($3::bigint IS NULL OR m.id < $3)
     ORDER BY m.received_at, m.id`,
    [linked.id, query.fingerprint, known?.id ?? null],
  );
  return {
    caseId: linked.id, version: linked.version, fingerprint: linked.fingerprint, merchant: linked.merchant, relation: query.isBounce === true ? 'bounce' : query.isOurs ? 'answer' : 'follow_up',
    ...(answered === undefined ? { isPassedOn: true } : {}),
    requestedAtMs: mails[0]?.received_at.getTime() ?? Number.POSITIVE_INFINITY,
    mails: mails.flatMap(({ received_at: receivedAt, facts, basis }) => earlierFacts(facts, basis).map((said) => ({ receivedAtMs: receivedAt.getTime(), facts: said }))),
  };
}

/** The case that one of us began by passing this very mail on. */
async function findPassedOn(sql: Sql, { words, fingerprint, authentication }: ThreadQuery): Promise<Pick<LinkedCase, 'id' | 'version' | 'fingerprint' | 'merchant'> | undefined> {
  if (words === undefined || authentication === 'fail') return undefined;
  const [found] = await sql.query<Pick<LinkedCase, 'id' | 'version' | 'fingerprint' | 'merchant'>>(
    `SELECT c.id, c.version, c.fingerprint, c.merchant FROM refund_triage.messages m JOIN refund_triage.cases c ON c.id = m.case_id
     WHERE m.words = $1 AND m.fingerprint <> $2 AND m.role = 'request' AND m.sender IS DISTINCT FROM c.customer ORDER BY c.stage = 'closed', m.id LIMIT 1`,
    [words, fingerprint],
  );
  return found;
}

async function findRecorded(sql: Sql, fingerprint: string): Promise<{ id: number; role: string } | undefined> {
  const [recorded] = await sql.query<{ id: number; role: string }>('SELECT id, role FROM refund_triage.messages WHERE fingerprint = $1 ORDER BY id LIMIT 1', [fingerprint]);
  return recorded;
}

/** Our own JSON, as `recordMails` wrote it; of mail recorded by the first releases, what its decision rested on. */
function earlierFacts(facts: string | null, basis: string | null): Facts[] {
  if (facts !== null) {
    const parsed: Facts = JSON.parse(facts);
    return [parsed];
  }
  if (basis === null) return [];
  const parsed: { readonly facts: Facts } = JSON.parse(basis);
  return [parsed.facts];
}
