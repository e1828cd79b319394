import { randomBytes } from 'node:crypto';
import type { Sql } from '../database/database.ts';

const secretBytes = 64;

/** A secret of this installation, made when it is first asked for; every process of the desk gets the same. */
export async function readDeskSecret(sql: Sql, name: 'cookies' | 'csrf'): Promise<Buffer> {
  await sql.query('INSERT INTO refund_triage.desk_secrets (name, value) VALUES ($1, $2) ON CONFLICT DO NOTHING', [name, randomBytes(secretBytes)]);
  const [row] = await sql.query<{ value: Uint8Array }>('SELECT value FROM refund_triage.desk_secrets WHERE name = $1', [name]);
  if (row === undefined) throw new Error(`The store did not keep the secret ${name}.`);
  return Buffer.from(row.value);
}
