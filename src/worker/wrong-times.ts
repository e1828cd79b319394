import { type PgPool, Queue } from 'bullmq';
import type { BatchQueue } from './queue-backend.ts';

/** What no right clock writes into a queue. */
export interface LatestTimes {
  /** A batch that was put off comes back before this, in milliseconds since 1970. */
  readonly comesBackMs: number;
  readonly lockMs: number;
}

const slackMs = 60_000;
const atOnce = 1_000;
/** In BullMQ's sorted set of what was put off the lower bits count what comes at the same moment. */
const scoresPerMs = 0x1000;

/**
 * A clock that was ahead, and was set right since, leaves times behind that lie hours ahead: until then batches would not come back, or not be taken from processes that died. They come back now.
 */
export async function forgetWrongTimesOnRedis(queue: BatchQueue, { comesBackMs }: LatestTimes): Promise<void> {
  // Redis reckons the rest by its own clock.
  if (!(queue instanceof Queue)) return;
  const last: readonly string[] = await (await queue.backend.client).zrevrange(queue.toKey('delayed'), 0, atOnce - 1, { WITHSCORES: true });
  const late = last.filter((_, index) => index % 2 === 0 && Number(last[index + 1]) / scoresPerMs > comesBackMs + slackMs);
  await comeBack(queue, late);
}

/** The same for a queue in the database, where BullMQ reckons all times by the clocks of its processes. */
export async function forgetWrongTimesOnDatabase(pool: PgPool, name: string, queue: BatchQueue, { comesBackMs, lockMs }: LatestTimes): Promise<void> {
  const nowMs = Date.now();
  await pool.query(`UPDATE bullmq.meta SET value = $2::text WHERE queue = $1 AND field = 'stalled-check' AND CASE WHEN field = 'stalled-check' THEN value::bigint END > $2::bigint + $3::bigint`, [name, nowMs, lockMs]);
  // Whoever still works on a batch renews its lock in time.
  await pool.query(`UPDATE bullmq.job SET locked_until_ms = $2::bigint + $3::bigint WHERE queue = $1 AND state = 'active' AND locked_until_ms > $2::bigint + 2 * $3::bigint`, [name, nowMs, lockMs]);
  const { rows } = await pool.query<{ id: string }>(`SELECT id FROM bullmq.job WHERE queue = $1 AND state = 'delayed' AND process_at_ms > $2::bigint LIMIT ${String(atOnce)}`, [name, comesBackMs + slackMs]);
  await comeBack(queue, rows.map(({ id }) => id));
}

async function comeBack(queue: BatchQueue, ids: readonly string[]): Promise<void> {
  for (const id of ids) await (await queue.getJob(id))?.promote();
}
