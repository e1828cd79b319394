import type { Database } from '../../database/database.ts';
import type { QueueFilter } from './case-queue.ts';
import { stageRanks } from './case-queue.ts';
import type { Stage } from '../case.ts';

/** How many cases there are of each kind: what stands beside the filters. */
export interface CaseCounts {
  readonly stages: Readonly<Record<Stage, number>>;
  readonly overdue: number;
  /** Of the filter's stage, by value; what each choice would give beside the filter's other choices. Null stands for none. */
  readonly merchants: Counts;
  readonly outcomes: Counts;
  readonly languages: Counts;
  readonly states: Counts;
  readonly assignees: Counts;
  /** Of the filter's stage alone. */
  readonly missing: Counts;
  readonly flags: Counts;
}

export type Counts = ReadonlyMap<string | null, number>;

export interface CaseCounter {
  count(filter: QueueFilter, now: Date): Promise<CaseCounts>;
}

const dimensions = ['merchant', 'outcome', 'language', 'state', 'assignee'] as const;
type Dimension = (typeof dimensions)[number];
type Cell = Readonly<Record<Dimension, string | null>> & { readonly stage_rank: number; readonly count: number };

interface Census {
  readonly cells: readonly Cell[];
  readonly lists: readonly { readonly stage_rank: number; readonly kind: 'missing' | 'flag'; readonly value: string; readonly count: number }[];
  readonly takenAtMs: number;
  readonly tookMs: number;
}

/** What takes no longer is taken anew each time. */
const quickMs = 10;
/** Younger than this a census is not taken again; nor sooner than twenty times as long as it took. */
const minAgeMs = 1_000;
/** Older than this it is not shown while the next one is being taken. */
const maxAgeMs = 60_000;

/**
 * Counts all cases at once, now and then: one census answers every filter. What is shown may be a little old where there are very many cases: while a census is taken, the last
 * one is shown.
 */
export function openCaseCounter(database: Database): CaseCounter {
  let census: Census | null = null;
  let taking: Promise<Census> | null = null;
  const take = async (): Promise<Census> => {
    taking ??= takeCensus(database).then((taken) => { census = taken; return taken; }).finally(() => { taking = null; });
    return await taking;
  };
  return {
    count: async (filter, now) => {
      const ageMs = census === null ? Infinity : performance.now() - census.takenAtMs;
      let current = census;
      if (current === null || ageMs > maxAgeMs || current.tookMs < quickMs) current = await take();
      // Should it fail, the next one who asks takes it.
      else if (ageMs > Math.max(minAgeMs, current.tookMs * 20)) take().catch(() => undefined);
      const overdue = await countOverdue(database, now);
      return countsIn(current, filter, overdue);
    },
  };
}

async function takeCensus(database: Database): Promise<Census> {
  const beganMs = performance.now();
  const cells = await database.query<Cell>(
    `SELECT stage_rank, merchant, outcome, language, state, assignee, count(*)::integer AS count FROM refund_triage.case_lines GROUP BY 1, 2, 3, 4, 5, 6`,
  );
  const lists = await database.query<Census['lists'][number]>(
    `SELECT stage_rank, kind, value, count(*)::integer AS count FROM (
       SELECT stage_rank, 'missing' AS kind, unnest(missing) AS value FROM refund_triage.case_lines WHERE missing <> '{}'
       UNION ALL SELECT stage_rank, 'flag', unnest(flags) FROM refund_triage.case_lines WHERE flags <> '{}') AS listed GROUP BY 1, 2, 3`,
  );
  await gatherStatistics(database, cells.reduce((sum, { count }) => sum + count, 0));
  const takenAtMs = performance.now();
  return { cells, lists, takenAtMs, tookMs: takenAtMs - beganMs };
}

/** A server does so by itself, the embedded database never: without them it reads whole tables where an index would do. */
async function gatherStatistics(database: Database, cases: number): Promise<void> {
  if (database.engine.kind !== 'embedded' || cases < 500) return;
  const rows = await database.query<{ known: number }>(`SELECT reltuples::float8 AS known FROM pg_class WHERE oid = 'refund_triage.case_lines'::regclass`);
  if ((rows[0]?.known ?? 0) * 2 > cases) return;
  for (const table of ['case_lines', 'case_words', 'cases', 'messages', 'readings', 'facts', 'decisions', 'drafts', 'events']) await database.run(`ANALYZE refund_triage.${table}`);
}

async function countOverdue(database: Database, now: Date): Promise<number> {
  const rows = await database.query<{ count: number }>(
    `SELECT count(*)::integer AS count FROM refund_triage.cases WHERE stage = 'open' AND merged_into IS NULL AND due_at < $1`, [now],
  );
  return rows[0]?.count ?? 0;
}

function countsIn({ cells, lists }: Census, filter: QueueFilter, overdue: number): CaseCounts {
  const rank = filter.stage === null ? null : stageRanks[filter.stage];
  const wanted: Partial<Record<Dimension, string | null>> = {};
  for (const dimension of dimensions) {
    const value = filter[dimension];
    if (value !== undefined) wanted[dimension] = value;
  }
  const counts: Record<Dimension, Map<string | null, number>> = { merchant: new Map(), outcome: new Map(), language: new Map(), state: new Map(), assignee: new Map() };
  const stages = { open: 0, snoozed: 0, waiting: 0, closed: 0 };
  const stageOfRank = ['open', 'snoozed', 'waiting', 'closed'] as const;
  for (const cell of cells) {
    const stage = stageOfRank[cell.stage_rank];
    const other = dimensions.filter((dimension) => wanted[dimension] !== undefined && wanted[dimension] !== cell[dimension]);
    if (stage !== undefined && other.length === 0) stages[stage] += cell.count;
    if (rank !== null && cell.stage_rank !== rank) continue;
    for (const dimension of dimensions) {
      if (other.every((each) => each === dimension)) add(counts[dimension], cell[dimension], cell.count);
    }
  }
  const listed = { missing: new Map<string | null, number>(), flag: new Map<string | null, number>() };
  for (const { stage_rank: at, kind, value, count } of lists) if (rank === null || at === rank) add(listed[kind], value, count);
  return {
    stages, overdue, merchants: counts.merchant, outcomes: counts.outcome, languages: counts.language, states: counts.state, assignees: counts.assignee,
    missing: listed.missing, flags: listed.flag,
  };
}

function add(counts: Map<string | null, number>, value: string | null, count: number): void {
  counts.set(value, (counts.get(value) ?? 0) + count);
}
