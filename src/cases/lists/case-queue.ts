import type { Outcome } from '../../decision/decision.ts';
import type { Flag, Requirement } from '../../facts/facts.ts';
import type { CaseState, Stage } from '../case.ts';
import { type CaseSearch, parseSearch } from './case-search.ts';
import type { Sql } from '../../database/database.ts';

/** The queue: cases as people who work through them see them, by what is due first. Filtered and listed in pages, each of which begins behind the last line of the one before. */
export interface QueueFilter {
  /** Null for all. */
  readonly stage: Stage | null;
  readonly merchant?: string;
  readonly outcome?: Outcome;
  readonly missing?: Requirement;
  readonly flag?: Flag;
  readonly language?: string;
  readonly state?: CaseState;
  /** A name; or null: those that are nobody's. */
  readonly assignee?: string | null;
  /** Only cases whose answer was due before this moment. */
  readonly dueBefore?: Date;
  /** Words of facts, senders, subjects; a case's number or tag. */
  readonly search?: string;
}

export interface QueuePage {
  readonly lines: readonly QueueLine[];
  /** For the page that follows; null where this is the last one. */
  readonly next: QueueCursor | null;
}

/** Behind which line a page begins. */
export type QueueCursor = readonly [stageRank: number, urgency: number, sortKey: number, caseId: number];

export interface QueueLine {
  readonly id: number;
  readonly stage: Stage;
  readonly state: CaseState;
  readonly version: number;
  readonly priority: number;
  readonly merchant: string | null;
  readonly customer: string | null;
  readonly subject: string;
  readonly language: string | null;
  readonly topic: string | null;
  readonly reason: string | null;
  readonly outcome: Outcome | null;
  readonly rule: string | null;
  readonly amount: string | null;
  readonly missing: readonly Requirement[];
  readonly flags: readonly Flag[];
  readonly assignee: string | null;
  /** How many mails the customer wrote. */
  readonly mails: number;
  /** Of the newest of them. */
  readonly arrivedAt: Date | null;
  readonly dueAt: Date | null;
  readonly snoozedUntil: Date | null;
  readonly waitingSince: Date | null;
  readonly closedAt: Date | null;
  readonly draft: { readonly state: QueueDraftState; readonly language: string } | null;
  /** Of a reply that is on its way, or did not get there. */
  readonly sending: OutboxState | null;
  readonly quarantine: { readonly code: string; readonly reason: string } | null;
}

export type QueueDraftState = 'planned' | 'in_drafts' | 'edited' | 'sent' | 'abandoned' | 'replaced' | 'deleted';
export type OutboxState = 'holding' | 'sending' | 'sent' | 'uncertain' | 'failed' | 'stopped' | 'undone';

/** The order in which stages stand when all are listed. */
export const stageRanks = { open: 0, snoozed: 1, waiting: 2, closed: 3 } as const satisfies Readonly<Record<Stage, number>>;

/** Cases in the order of the queue. */
export async function listQueue(sql: Sql, filter: QueueFilter, options: { readonly limit: number; readonly after?: QueueCursor }): Promise<QueuePage> {
  const { limit, after } = options;
  const where = await conditionsOf(sql, filter);
  if (after !== undefined) where.add((at) => `(l.stage_rank, l.urgency, l.sort_key, l.case_id) > (${after.map((part) => at(part)).join(', ')})`);
  const found = await sql.query<{ stage_rank: number; urgency: number; sort_key: number; case_id: number }>(
    `SELECT l.stage_rank, l.urgency, l.sort_key, l.case_id FROM refund_triage.case_lines l ${where.text}
     ORDER BY l.stage_rank, l.urgency, l.sort_key, l.case_id LIMIT ${where.at(limit + 1)}`,
    where.parameters,
  );
  const shown = found.slice(0, limit);
  const last = shown.at(-1);
  return {
    lines: await readQueueLines(sql, shown.map((row) => row.case_id)),
    next: found.length > limit && last !== undefined ? [last.stage_rank, last.urgency, last.sort_key, last.case_id] : null,
  };
}

/** Which of these cases the filter lets through: of those that changed, what belongs on the page. */
export async function matchQueue(sql: Sql, filter: QueueFilter, ids: readonly number[]): Promise<QueueLine[]> {
  const where = await conditionsOf(sql, filter);
  where.add((at) => `l.case_id = ANY(${at(ids)}::bigint[])`);
  const rows = await sql.query<{ case_id: number }>(
    `SELECT l.case_id FROM refund_triage.case_lines l ${where.text} ORDER BY l.stage_rank, l.urgency, l.sort_key, l.case_id`, where.parameters,
  );
  return await readQueueLines(sql, rows.map((row) => row.case_id));
}

/** The case before and the case after this one in the queue; null at its ends, and where the filter does not let it through. */
export async function findNeighbours(sql: Sql, filter: QueueFilter, id: number): Promise<{ readonly before: number | null; readonly after: number | null }> {
  const found = await findWords(sql, filter);
  const besides = async (sign: '<' | '>', order: 'ASC' | 'DESC'): Promise<number | null> => {
    const where = new Conditions(filter, found);
    where.add((at) => `(l.stage_rank, l.urgency, l.sort_key, l.case_id) ${sign} (SELECT o.stage_rank, o.urgency, o.sort_key, o.case_id FROM refund_triage.case_lines o WHERE o.case_id = ${at(id)})`);
    const columns = ['stage_rank', 'urgency', 'sort_key', 'case_id'].map((column) => `l.${column} ${order}`).join(', ');
    const rows = await sql.query<{ case_id: number }>(`SELECT l.case_id FROM refund_triage.case_lines l ${where.text} ORDER BY ${columns} LIMIT 1`, where.parameters);
    return rows[0]?.case_id ?? null;
  };
  return { before: await besides('<', 'DESC'), after: await besides('>', 'ASC') };
}

/** So many cases are looked up one by one; where a search finds more, the queue is walked in its order until a page is full. */
const maxFoundCases = 1_000;

/** The cases that a search finds; null where they are many, or nothing is searched for. The planner knows nothing of how rare a word's beginning is, and would walk the whole queue for it. */
async function findWords(sql: Sql, { search: text }: QueueFilter): Promise<readonly number[] | null> {
  const search = text === undefined || text.trim() === '' ? null : parseSearch(text);
  if (search === null) return null;
  const parameters: unknown[] = [];
  const ways = waysOf(search, (value) => `$${String(parameters.push(value))}`);
  const rows = await sql.query<{ case_id: number }>(`WITH found AS MATERIALIZED (${ways}) SELECT case_id FROM found LIMIT ${String(maxFoundCases + 1)}`, parameters);
  return rows.length > maxFoundCases ? null : rows.map((row) => row.case_id);
}

async function conditionsOf(sql: Sql, filter: QueueFilter): Promise<Conditions> {
  return new Conditions(filter, await findWords(sql, filter));
}

function waysOf(search: CaseSearch, at: (value: unknown) => string): string {
  const ways = [`SELECT w.case_id FROM refund_triage.case_words w WHERE w.words @@ ${at(search.words)}::tsquery`];
  if (search.caseId !== null) ways.push(`SELECT ${at(search.caseId)}::bigint`);
  if (search.fingerprintStart !== null) {
    // Hex digits stand in the same order in every collation.
    ways.push(`SELECT c.id FROM refund_triage.cases c WHERE c.fingerprint >= ${at(search.fingerprintStart)} AND c.fingerprint < ${at(`${search.fingerprintStart}g`)}`);
  }
  return ways.join(' UNION ALL ');
}

/** The filter as SQL. Values go in as parameters only. */
class Conditions {
  readonly parameters: unknown[] = [];
  readonly #conditions: string[] = [];

  /** `found` as `findWords` has it. */
  constructor(filter: QueueFilter, found: readonly number[] | null) {
    const { stage, merchant, outcome, missing, flag, language, state, assignee, dueBefore, search } = filter;
    if (stage !== null) this.#equal('stage_rank', stageRanks[stage]);
    if (merchant !== undefined) this.#equal('merchant', merchant);
    if (outcome !== undefined) this.#equal('outcome', outcome);
    if (language !== undefined) this.#equal('language', language);
    if (state !== undefined) this.#equal('state', state);
    if (assignee === null) this.#conditions.push('l.assignee IS NULL');
    else if (assignee !== undefined) this.#equal('assignee', assignee);
    if (missing !== undefined) this.add((at) => `l.missing @> ARRAY[${at(missing)}::text]`);
    if (flag !== undefined) this.add((at) => `l.flags @> ARRAY[${at(flag)}::text]`);
    if (dueBefore !== undefined) this.add((at) => `l.stage_rank = ${String(stageRanks.open)} AND l.sort_key < ${at(dueBefore.getTime())}`);
    if (search !== undefined && search.trim() !== '') this.#addSearch(search, found);
  }

  get text(): string {
    return this.#conditions.length === 0 ? '' : `WHERE ${this.#conditions.join(' AND ')}`;
  }

  at(value: unknown): string {
    this.parameters.push(value);
    return `$${String(this.parameters.length)}`;
  }

  add(condition: (at: (value: unknown) => string) => string): void {
    this.#conditions.push(condition((value) => this.at(value)));
  }

  #equal(column: string, value: unknown): void {
    this.add((at) => `l.${column} = ${at(value)}`);
  }

  #addSearch(text: string, found: readonly number[] | null): void {
    const search = parseSearch(text);
    if (search === null) {
      this.#conditions.push('false');
      return;
    }
    this.add((at) => (found === null ? `l.case_id IN (${waysOf(search, at)})` : `l.case_id = ANY(${at(found)}::bigint[])`));
  }
}

interface LineRow {
  id: number; stage: Stage; state: CaseState; version: number; priority: number; merchant: string | null; customer: string | null; subject: string; language: string | null;
  topic: string | null; reason: string | null; outcome: Outcome | null; rule: string | null; amount: string | null; missing: Requirement[]; flags: Flag[]; assignee: string | null;
  mails: number; arrived_at: Date | null; due_at: Date | null; snoozed_until: Date | null; waiting_since: Date | null; closed_at: Date | null; draft_state: QueueDraftState | null;
  draft_language: string | null; sending: OutboxState | null; code: string | null; why: string | null;
}

/** These cases, in this order; those that are gone are left out. */
export async function readQueueLines(sql: Sql, ids: readonly number[]): Promise<QueueLine[]> {
  if (ids.length === 0) return [];
  const rows = await sql.query<LineRow>(
    `SELECT c.id, c.stage, c.state, c.version, c.priority, c.merchant, c.customer, c.subject, c.language, c.topic, l.reason, l.outcome, l.rule, l.amount, l.missing, l.flags,
       c.assignee, l.mails, l.arrived_at, c.due_at, c.snoozed_until, c.waiting_since, c.closed_at, d.state AS draft_state, d.language AS draft_language, o.state AS sending,
       q.code, q.reason AS why
     FROM unnest($1::bigint[]) WITH ORDINALITY AS wanted(id, place)
     JOIN refund_triage.case_lines l ON l.case_id = wanted.id JOIN refund_triage.cases c ON c.id = wanted.id
     LEFT JOIN LATERAL (SELECT state, language FROM refund_triage.drafts WHERE case_id = c.id ORDER BY (state IN ('replaced', 'abandoned', 'deleted')), planned_at DESC LIMIT 1) d ON true
     LEFT JOIN LATERAL (SELECT state FROM refund_triage.outbox WHERE case_id = c.id AND state <> 'undone' ORDER BY id DESC LIMIT 1) o ON true
     LEFT JOIN LATERAL (
       SELECT x.code, x.reason FROM refund_triage.messages m JOIN refund_triage.quarantine x ON x.message = m.id WHERE m.case_id = c.id ORDER BY m.id DESC LIMIT 1) q ON true
     ORDER BY wanted.place`,
    [ids],
  );
  return rows.map((row) => ({
    id: row.id, stage: row.stage, state: row.state, version: row.version, priority: row.priority, merchant: row.merchant, customer: row.customer, subject: row.subject,
    language: row.language, topic: row.topic, reason: row.reason, outcome: row.outcome, rule: row.rule, amount: row.amount, missing: row.missing, flags: row.flags,
    assignee: row.assignee, mails: row.mails, arrivedAt: row.arrived_at, dueAt: row.due_at, snoozedUntil: row.snoozed_until, waitingSince: row.waiting_since,
    closedAt: row.closed_at, draft: row.draft_state === null ? null : { state: row.draft_state, language: row.draft_language ?? '' }, sending: row.sending,
    quarantine: row.code === null ? null : { code: row.code, reason: row.why ?? '' },
  }));
}
