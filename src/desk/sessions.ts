import type { Sql } from '../database/database.ts';
import type { Agent } from './agent.ts';
import { digestOf, newToken } from './digest.ts';
import type { Role } from './roles.ts';
import { isDeskLanguage } from './words.ts';

/**
 * Sessions: who is signed in, where. They live in the store, so that they can be ended from elsewhere and outlive a restart; the browser
 * holds a random token, of which the store has the digest. A session ends after a time without a click, and after a time in any case.
 */
export interface Session {
  readonly digest: string;
  readonly program: string;
  readonly createdAt: Date;
  readonly seenAt: Date;
}

/** `seen_at` is written no oftener than this. */
const touchEveryMs = 60_000;
const maxProgramLength = 200;
/** An ended session is remembered for so long, and gives no access: whose it was says for whom the words of a form are kept that is sent after its end. */
export const rememberedMs = 86_400_000;

export interface SessionLimits {
  readonly idleMs: number;
  readonly sessionMs: number;
}

/** Returns the token for the browser's cookie. `program` is its User-Agent. */
export async function beginSession(sql: Sql, userId: number, program: string, limits: SessionLimits, now: Date): Promise<string> {
  const token = newToken();
  await sql.query('DELETE FROM refund_triage.desk_sessions WHERE expires_at <= $1 OR seen_at <= $2', [new Date(now.getTime() - rememberedMs), new Date(now.getTime() - rememberedMs - limits.idleMs)]);
  await sql.query(
    'INSERT INTO refund_triage.desk_sessions (digest, user_id, program, created_at, seen_at, expires_at) VALUES ($1, $2, $3, $4, $4, $5)',
    [digestOf(token), userId, program.slice(0, maxProgramLength).replaceAll(/\p{Cc}/gu, ''), now, new Date(now.getTime() + limits.sessionMs)],
  );
  await sql.query('UPDATE refund_triage.desk_users SET signed_in_at = $2 WHERE id = $1', [userId, now]);
  return token;
}

/** Whose session this is, or null where it is none any more. */
export async function readSession(sql: Sql, token: string, limits: SessionLimits, now: Date): Promise<Agent | null> {
  return await agentOfSession(sql, digestOf(token), limits, now);
}

/** Whose session this is, or was before it ended by itself. Null where nobody knows any more, or the person is gone. */
export async function readSessionOwner(sql: Sql, token: string): Promise<number | null> {
  const [row] = await sql.query<{ id: number }>('SELECT u.id FROM refund_triage.desk_sessions s JOIN refund_triage.desk_users u ON u.id = s.user_id WHERE s.digest = $1 AND u.removed_at IS NULL', [digestOf(token)]);
  return row?.id ?? null;
}

/** Whether the session with this digest (hex) still stands. */
export async function isSessionAlive(sql: Sql, digest: string, limits: SessionLimits, now: Date): Promise<boolean> {
  return (await agentOfSession(sql, Buffer.from(digest, 'hex'), limits, now, false)) !== null;
}

async function agentOfSession(sql: Sql, digest: Buffer, limits: SessionLimits, now: Date, touches = true): Promise<Agent | null> {
  const [row] = await sql.query<{ id: number; name: string; role: Role; language: string | null; time_zone: string | null; seen_at: Date }>(
    `SELECT u.id, u.name, u.role, u.language, u.time_zone, s.seen_at FROM refund_triage.desk_sessions s JOIN refund_triage.desk_users u ON u.id = s.user_id
     WHERE s.digest = $1 AND u.removed_at IS NULL AND s.expires_at > $2 AND s.seen_at > $3`,
    [digest, now, new Date(now.getTime() - limits.idleMs)],
  );
  if (row === undefined) return null;
  if (touches && now.getTime() - row.seen_at.getTime() >= touchEveryMs) await sql.query('UPDATE refund_triage.desk_sessions SET seen_at = $2 WHERE digest = $1', [digest, now]);
  return {
    userId: row.id, name: row.name, role: row.role, language: isDeskLanguage(row.language) ? row.language : null, timeZone: row.time_zone,
    through: { kind: 'session', digest: digest.toString('hex') },
  };
}

export async function endSession(sql: Sql, digest: string): Promise<void> {
  await sql.query('DELETE FROM refund_triage.desk_sessions WHERE digest = $1', [Buffer.from(digest, 'hex')]);
}

/** Ends every session of a person, but the one with the digest `except`. Returns how many. */
export async function endSessions(sql: Sql, userId: number, except: string | null): Promise<number> {
  const ended = await sql.query(
    'DELETE FROM refund_triage.desk_sessions WHERE user_id = $1 AND ($2::bytea IS NULL OR digest <> $2) RETURNING user_id',
    [userId, except === null ? null : Buffer.from(except, 'hex')],
  );
  return ended.length;
}

/** A person's sessions, the latest first. */
export async function listSessions(sql: Sql, userId: number, limits: SessionLimits, now: Date): Promise<Session[]> {
  const rows = await sql.query<{ digest: string; program: string; created_at: Date; seen_at: Date }>(
    `SELECT encode(digest, 'hex') AS digest, program, created_at, seen_at FROM refund_triage.desk_sessions
     WHERE user_id = $1 AND expires_at > $2 AND seen_at > $3 ORDER BY seen_at DESC`,
    [userId, now, new Date(now.getTime() - limits.idleMs)],
  );
  return rows.map((row) => ({ digest: row.digest, program: row.program, createdAt: row.created_at, seenAt: row.seen_at }));
}
