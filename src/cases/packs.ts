import { createHash } from 'node:crypto';
import type { StoredPack } from '../packs/stored-pack.ts';
import type { Database, Sql } from '../database/database.ts';

/** Keeps the packs with their files; a file that several versions have is kept once. */
export async function keepPacks(database: Database, packs: readonly StoredPack[]): Promise<void> {
  const kept = await database.query<{ hash: string }>('SELECT hash FROM refund_triage.packs WHERE hash = ANY($1::text[])', [packs.map(({ hash }) => hash)]);
  for (const { hash, name, files } of packs.filter((pack) => !kept.some((row) => row.hash === pack.hash))) {
    const listed = Array.from(files, ([path, content]) => ({ path, digest: digestOf(content), content }));
    await database.transaction(async (sql) => {
      // In one order, so that two processes that start together wait for each other instead of deadlocking.
      for (const { digest, content } of listed.toSorted((a, b) => (a.digest < b.digest ? -1 : 1))) {
        await sql.query('INSERT INTO refund_triage.pack_files (digest, content) VALUES ($1, $2) ON CONFLICT DO NOTHING', [digest, content]);
      }
      await sql.query('INSERT INTO refund_triage.packs (hash, name, files) VALUES ($1, $2, $3::jsonb) ON CONFLICT DO NOTHING', [
        hash, name, JSON.stringify(listed.map(({ path, digest }) => [path, digest])),
      ]);
    });
  }
}

/** The pack of this hash, or null where it was never kept. */
export async function readPack(sql: Sql, hash: string): Promise<StoredPack | null> {
  const [pack] = await sql.query<{ name: string; files: [path: string, digest: string][] }>('SELECT name, files FROM refund_triage.packs WHERE hash = $1', [hash]);
  if (pack === undefined) return null;
  const rows = await sql.query<{ digest: string; content: Uint8Array }>('SELECT digest, content FROM refund_triage.pack_files WHERE digest = ANY($1::text[])', [
    pack.files.map(([, digest]) => digest),
  ]);
  const contents = new Map(rows.map(({ digest, content }) => [digest, Buffer.from(content)]));
  return { name: pack.name, hash, files: new Map(pack.files.map(([path, digest]) => [path, contents.get(digest) ?? Buffer.alloc(0)])) };
}

function digestOf(content: Buffer): string {
  return createHash('sha256').update(content).digest('hex');
}
