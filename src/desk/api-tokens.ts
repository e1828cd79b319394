import type { Sql } from '../database/database.ts';
import type { Agent } from './agent.ts';
import { digestOf, newToken } from './digest.ts';
import { isScope, mayAct, type Role, type Scope, scopeRoles } from './roles.ts';

/** Tokens by which programs use the desk's API, for what they were made for, and never for more than their owner may do. */
export interface ApiToken {
  readonly id: number;
  readonly name: string;
  readonly owner: string;
  readonly scopes: readonly Scope[];
  readonly createdAt: Date;
  readonly usedAt: Date | null;
  readonly expiresAt: Date | null;
}

/** So that people, and programs that look for secrets in code, know one when they see it. */
const prefix = 'rt_';
const touchEveryMs = 60_000;

/** Returns the token; it is not kept and cannot be shown again. */
export async function makeApiToken(sql: Sql, options: { userId: number; name: string; scopes: readonly Scope[]; expiresAt: Date | null }): Promise<string> {
  const token = `${prefix}${newToken()}`;
  await sql.query(
    'INSERT INTO refund_triage.desk_api_tokens (user_id, name, digest, scopes, expires_at) VALUES ($1, $2, $3, $4, $5)',
    [options.userId, options.name, digestOf(token), options.scopes, options.expiresAt],
  );
  return token;
}

/** Whose token this is, with the scopes that the owner's role still allows; null where it is none any more. */
export async function readApiToken(sql: Sql, token: string, now: Date): Promise<Agent | null> {
  if (!token.startsWith(prefix)) return null;
  const [row] = await sql.query<{ id: number; name: string; scopes: string[]; used_at: Date | null; user_id: number; user_name: string; role: Role }>(
    `SELECT t.id, t.name, t.scopes, t.used_at, u.id AS user_id, u.name AS user_name, u.role FROM refund_triage.desk_api_tokens t
     JOIN refund_triage.desk_users u ON u.id = t.user_id
     WHERE t.digest = $1 AND u.removed_at IS NULL AND (t.expires_at IS NULL OR t.expires_at > $2)`,
    [digestOf(token), now],
  );
  if (row === undefined) return null;
  if (row.used_at === null || now.getTime() - row.used_at.getTime() >= touchEveryMs) await sql.query('UPDATE refund_triage.desk_api_tokens SET used_at = $2 WHERE id = $1', [row.id, now]);
  return {
    userId: row.user_id, name: row.user_name, role: row.role, language: null, timeZone: null,
    through: { kind: 'token', tokenId: row.id, tokenName: row.name, scopes: row.scopes.filter(isScope).filter((scope) => mayAct(row.role, scopeRoles[scope])) },
  };
}

/** The newest first. */
export async function listApiTokens(sql: Sql): Promise<ApiToken[]> {
  const rows = await sql.query<{ id: number; name: string; owner: string; scopes: string[]; created_at: Date; used_at: Date | null; expires_at: Date | null }>(
    `SELECT t.id, t.name, u.name AS owner, t.scopes, t.created_at, t.used_at, t.expires_at FROM refund_triage.desk_api_tokens t
     JOIN refund_triage.desk_users u ON u.id = t.user_id WHERE u.removed_at IS NULL ORDER BY t.id DESC`,
  );
  return rows.map((row) => ({ id: row.id, name: row.name, owner: row.owner, scopes: row.scopes.filter(isScope), createdAt: row.created_at, usedAt: row.used_at, expiresAt: row.expires_at }));
}

/** Returns its name, or null where there is none. */
export async function revokeApiToken(sql: Sql, id: number): Promise<string | null> {
  const [row] = await sql.query<{ name: string }>('DELETE FROM refund_triage.desk_api_tokens WHERE id = $1 RETURNING name', [id]);
  return row?.name ?? null;
}
