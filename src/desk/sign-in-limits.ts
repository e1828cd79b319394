import { isIPv4, isIPv6 } from 'node:net';
import type { Database } from '../database/database.ts';
import { digestOf } from './digest.ts';

/**
 * How often a password may be guessed: by account, whoever guesses, and by address, whatever is guessed. Kept in the store, so that several
 * processes count together and a restart forgets nothing.
 */
const limits = { account: 8, address: 30 } as const;
const forgottenAfterMs = 30 * 60_000;
const longestPauseMs = 15 * 60_000;

/** Whose an address is: a network of 64 bits is what one customer of a provider has (RFC 6177), and all of its addresses are theirs to guess from. */
export function networkOf(address: string): string {
  const [plain = ''] = address.split('%');
  const mapped = /^::ffff:([\d.]+)$/i.exec(plain)?.[1];
  if (mapped !== undefined && isIPv4(mapped)) return mapped;
  if (!isIPv6(plain)) return plain;
  const [left = [], right = []] = plain.split('::').map((half) => half.split(':').filter((group) => group !== ''));
  const zeros = plain.includes('::') ? 8 - left.length - right.length : 0;
  return [...left, ...Array.from({ length: zeros }, () => '0'), ...right].slice(0, 4).map((group) => Number.parseInt(group, 16).toString(16)).join(':');
}

/** Counts an attempt before its password is looked at, so that many at once gain nothing. Returns how long to wait instead, in milliseconds; 0 to go on. */
export async function countSignIn(database: Database, attempt: { account: string; address: string }, now: Date): Promise<number> {
  return await database.transaction(async (sql) => {
    let pauseMs = 0;
    const subjects: { subject: Buffer; failures: number }[] = [];
    for (const kind of ['account', 'address'] as const) {
      const subject = subjectOf(kind, kind === 'address' ? networkOf(attempt.address) : attempt.account);
      await sql.query('INSERT INTO refund_triage.desk_sign_in_failures (subject, failures, failed_at) VALUES ($1, 0, $2) ON CONFLICT DO NOTHING', [subject, now]);
      const [row] = await sql.query<{ failures: number; failed_at: Date }>('SELECT failures, failed_at FROM refund_triage.desk_sign_in_failures WHERE subject = $1 FOR UPDATE', [subject]);
      const agoMs = now.getTime() - (row?.failed_at.getTime() ?? 0);
      const failures = row === undefined || agoMs > forgottenAfterMs ? 0 : row.failures;
      if (failures >= limits[kind]) pauseMs = Math.max(pauseMs, pauseAfter(failures, limits[kind]) - agoMs);
      subjects.push({ subject, failures });
    }
    if (pauseMs > 0) return pauseMs;
    for (const { subject, failures } of subjects) {
      await sql.query('UPDATE refund_triage.desk_sign_in_failures SET failures = $2, failed_at = $3 WHERE subject = $1', [subject, failures + 1, now]);
    }
    await sql.query('DELETE FROM refund_triage.desk_sign_in_failures WHERE failed_at < $1', [new Date(now.getTime() - forgottenAfterMs)]);
    return 0;
  });
}

/** The attempt was right: the account starts anew, and the address has this one less. */
export async function forgetSignIn(database: Database, attempt: { account: string; address: string }): Promise<void> {
  await database.query('DELETE FROM refund_triage.desk_sign_in_failures WHERE subject = $1', [subjectOf('account', attempt.account)]);
  await database.query('UPDATE refund_triage.desk_sign_in_failures SET failures = greatest(0, failures - 1) WHERE subject = $1', [subjectOf('address', networkOf(attempt.address))]);
}

function pauseAfter(failures: number, limit: number): number {
  return Math.min(longestPauseMs, 60_000 * 2 ** (failures - limit));
}

function subjectOf(kind: 'account' | 'address', text: string): Buffer {
  return digestOf(`${kind}\n${text.normalize('NFKC').toLowerCase()}`);
}
