import { codeOf } from '../database/postgres-errors.ts';
import type { Database, Sql } from '../database/database.ts';
import { AccountError } from './desk-errors.ts';
import { digestOf, newToken } from './digest.ts';
import { isPassword } from './passwords.ts';
import type { Role } from './roles.ts';
import type { DeskLanguage } from './words.ts';

/** People who may sit at the desk. One who is removed cannot come in any more; the row stays, for what they did refers to it. */
export interface Account {
  readonly id: number;
  readonly name: string;
  readonly email: string | null;
  readonly role: Role;
  readonly hasPassword: boolean;
  /** Signs in with the organisation's OpenID Connect provider. */
  readonly fromOidc: boolean;
  readonly signedInAt: Date | null;
}

export type AccountFault = 'name_taken' | 'name_bad' | 'email_bad' | 'last_admin' | 'gone';

const maxNameLength = 64;
const maxNamesakes = 20;
/** "RTda": whoever takes an admin away holds this advisory lock, so that two at once cannot take away the last two. */
const adminLockKey = 0x52546461;

/** What is wrong with a name or an address; null where they will do. */
export function faultOfAccount(name: string, email: string | null): AccountFault | null {
  if (name.trim() !== name || name === '' || name.length > maxNameLength || /[\p{Cc}\p{Cf}@]/u.test(name)) return 'name_bad';
  return email === null || (/^[^\s@<>"']+@[^\s@<>"']+$/.test(email) && email.length <= 254) ? null : 'email_bad';
}

/** Returns the new account's id, or why it cannot be. */
export async function addAccount(sql: Sql, account: { name: string; email: string | null; role: Role; passwordHash?: string | null }): Promise<number | AccountFault> {
  const fault = faultOfAccount(account.name, account.email);
  if (fault !== null) return fault;
  try {
    const [row] = await sql.query<{ id: number }>(
      'INSERT INTO refund_triage.desk_users (name, name_key, email, email_key, role, password_hash) VALUES ($1, $2, $3, $4, $5, $6) RETURNING id',
      [account.name, keyOf(account.name), account.email, account.email === null ? null : keyOf(account.email), account.role, account.passwordHash ?? null],
    );
    return row?.id ?? 'gone';
  } catch (error) {
    if (isTaken(error)) return 'name_taken';
    throw error;
  }
}

/** In the order of their names. */
export async function listAccounts(sql: Sql): Promise<Account[]> {
  return (await sql.query<AccountRow>(`SELECT ${columns} FROM refund_triage.desk_users WHERE removed_at IS NULL ORDER BY name_key`)).map(accountOf);
}

export async function readAccount(sql: Sql, id: number): Promise<Account | null> {
  const [row] = await sql.query<AccountRow>(`SELECT ${columns} FROM refund_triage.desk_users WHERE id = $1 AND removed_at IS NULL`, [id]);
  return row === undefined ? null : accountOf(row);
}

/** By name, upper or lower case. */
export async function findAccount(sql: Sql, name: string): Promise<Account | null> {
  const [row] = await sql.query<AccountRow>(`SELECT ${columns} FROM refund_triage.desk_users WHERE name_key = $1 AND removed_at IS NULL`, [keyOf(name)]);
  return row === undefined ? null : accountOf(row);
}

/** Whose name, or address, and password these are; null where they are nobody's. Takes as long for people whom there is not. */
export async function checkPassword(sql: Sql, nameOrEmail: string, password: string): Promise<Account | null> {
  const [row] = await sql.query<AccountRow & { password_hash: string | null }>(
    `SELECT ${columns}, password_hash FROM refund_triage.desk_users WHERE (name_key = $1 OR email_key = $1) AND removed_at IS NULL LIMIT 1`,
    [keyOf(nameOrEmail)],
  );
  const right = await isPassword(row?.password_hash ?? null, password);
  return right && row !== undefined ? accountOf(row) : null;
}

export async function setPassword(sql: Sql, id: number, passwordHash: string): Promise<void> {
  await sql.query('UPDATE refund_triage.desk_users SET password_hash = $2 WHERE id = $1', [id, passwordHash]);
}

export async function setPreferences(sql: Sql, id: number, preferences: { language: DeskLanguage | null; timeZone: string | null }): Promise<void> {
  await sql.query('UPDATE refund_triage.desk_users SET language = $2, time_zone = $3 WHERE id = $1', [id, preferences.language, preferences.timeZone]);
}

/** Null where it was done. One who signs in with the organisation gets the role anew at each sign-in. */
export async function setRole(database: Database, id: number, role: Role): Promise<AccountFault | null> {
  return await changeAdmins(database, id, role === 'admin', async (sql) => { await sql.query('UPDATE refund_triage.desk_users SET role = $2 WHERE id = $1', [id, role]); });
}

/** Ends sessions, links and tokens as well. Null where it was done. */
export async function removeAccount(database: Database, id: number): Promise<AccountFault | null> {
  return await changeAdmins(database, id, false, async (sql) => {
    for (const table of ['desk_sessions', 'desk_sign_in_links', 'desk_api_tokens', 'kept_words']) await sql.query(`DELETE FROM refund_triage.${table} WHERE user_id = $1`, [id]);
    await sql.query('UPDATE refund_triage.desk_users SET removed_at = now(), password_hash = NULL WHERE id = $1', [id]);
  });
}

/** A link's token that signs this person in, once. Earlier ones of theirs count no more. */
export async function makeSignInLink(sql: Sql, userId: number, expiresAt: Date): Promise<string> {
  const token = newToken();
  await sql.query('DELETE FROM refund_triage.desk_sign_in_links WHERE user_id = $1 OR expires_at <= now()', [userId]);
  await sql.query('INSERT INTO refund_triage.desk_sign_in_links (digest, user_id, expires_at) VALUES ($1, $2, $3)', [digestOf(token), userId, expiresAt]);
  return token;
}

/** Whom a link would sign in; null where it is used up, too old, or none. */
export async function readSignInLink(sql: Sql, token: string, now: Date): Promise<Account | null> {
  const [row] = await sql.query<AccountRow>(
    `SELECT ${columns} FROM refund_triage.desk_sign_in_links l JOIN refund_triage.desk_users u ON u.id = l.user_id
     WHERE l.digest = $1 AND l.expires_at > $2 AND u.removed_at IS NULL`,
    [digestOf(token), now],
  );
  return row === undefined ? null : accountOf(row);
}

/** Uses the link up. Of several at once one gets the account. */
export async function takeSignInLink(sql: Sql, token: string, now: Date): Promise<Account | null> {
  const [taken] = await sql.query<{ user_id: number }>('DELETE FROM refund_triage.desk_sign_in_links WHERE digest = $1 AND expires_at > $2 RETURNING user_id', [digestOf(token), now]);
  return taken === undefined ? null : await readAccount(sql, taken.user_id);
}

/** The account of someone whom the organisation's provider vouches for; made at the first sign-in. Throws `AccountError`. */
export async function admitFromOidc(sql: Sql, person: { issuer: string; subject: string; name: string; email: string | null; role: Role }): Promise<Account> {
  const [known] = await sql.query<AccountRow>(
    `UPDATE refund_triage.desk_users SET role = $3 WHERE oidc_issuer = $1 AND oidc_subject = $2 AND removed_at IS NULL RETURNING ${columns}`,
    [person.issuer, person.subject, person.role],
  );
  if (known !== undefined) return accountOf(known);
  // A name or an address that the provider gives opens no account that was made here: then it is somebody else of that name.
  const [taken] = person.email === null ? [] : await sql.query('SELECT 1 FROM refund_triage.desk_users WHERE email_key = $1 AND removed_at IS NULL', [keyOf(person.email)]);
  const email = taken === undefined ? person.email : null;
  for (let tries = 1; tries <= maxNamesakes; tries += 1) {
    const name = tries === 1 ? person.name : `${person.name} ${String(tries)}`;
    const [made] = await sql.query<AccountRow>(
      `INSERT INTO refund_triage.desk_users (name, name_key, email, email_key, role, oidc_issuer, oidc_subject)
       VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING RETURNING ${columns}`,
      [name, keyOf(name), email, email === null ? null : keyOf(email), person.role, person.issuer, person.subject],
    );
    if (made !== undefined) return accountOf(made);
    const meanwhile = await findOidcAccount(sql, person);
    if (meanwhile !== null) return meanwhile;
  }
  throw new AccountError('There are too many people of that name already.');
}

/** The account that goes with the provider's subject; null where there is none. */
export async function findOidcAccount(sql: Sql, person: { issuer: string; subject: string }): Promise<Account | null> {
  const [row] = await sql.query<AccountRow>(`SELECT ${columns} FROM refund_triage.desk_users WHERE oidc_issuer = $1 AND oidc_subject = $2 AND removed_at IS NULL`, [person.issuer, person.subject]);
  return row === undefined ? null : accountOf(row);
}

interface AccountRow {
  id: number; name: string; email: string | null; role: Role; has_password: boolean; from_oidc: boolean; signed_in_at: Date | null;
}

const columns = 'id, name, email, role, password_hash IS NOT NULL AS has_password, oidc_subject IS NOT NULL AS from_oidc, signed_in_at';

function accountOf(row: AccountRow): Account {
  return { id: row.id, name: row.name, email: row.email, role: row.role, hasPassword: row.has_password, fromOidc: row.from_oidc, signedInAt: row.signed_in_at };
}

async function changeAdmins(database: Database, id: number, staysAdmin: boolean, change: (sql: Sql) => Promise<void>): Promise<AccountFault | null> {
  return await database.transaction(async (sql) => {
    await sql.query('SELECT pg_advisory_xact_lock($1)', [adminLockKey]);
    const account = await readAccount(sql, id);
    if (account === null) return 'gone';
    if (account.role === 'admin' && !staysAdmin) {
      const [others] = await sql.query<{ count: number }>(`SELECT count(*) AS count FROM refund_triage.desk_users WHERE role = 'admin' AND removed_at IS NULL AND id <> $1`, [id]);
      if ((others?.count ?? 0) === 0) return 'last_admin';
    }
    await change(sql);
    return null;
  });
}

/** The same for every way to write a name or an address in capitals or in composed letters. */
function keyOf(text: string): string {
  return text.normalize('NFKC').toLowerCase();
}

function isTaken(error: unknown): boolean {
  // Unique violation.
  return codeOf(error) === '23505';
}
