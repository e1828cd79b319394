import { createReadStream, createWriteStream, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeBackup } from '../../src/database/backup.ts';
import { migrateWithin } from '../../src/database/migrate.ts';
import { openDatabase } from '../../src/cases/open-database.ts';
import { checkBackup } from '../../src/database/read-backup.ts';
import { restoreBackup } from '../../src/database/restore.ts';
import { openStore, type Store, type StoreOptions } from '../../src/cases/store.ts';
import { demoDecisions } from '../cases/demo-decisions.ts';
import { sampleMail } from '../cases/sample-mail.ts';
import { type StoreServer, startEmbedded, startServer } from '../cases/stores.ts';

const { packs, mails } = await demoDecisions();

/** The demo's cases, packs with their bytes, a quarantine, and values that are easily bent. */
const fill = async (store: Store): Promise<void> => {
  await store.keepPacks(packs);
  await store.noteFirstContact({ mailbox: 'support', uidValidity: '4294967295', uidNext: 1, at: new Date('2026-03-01T00:00:00.123Z'), since: null });
  await store.recordMails(store.beginRun(), mails);
  await store.recordMails(store.beginRun(), [sampleMail(9_007_199_254, { fingerprint: 'f'.repeat(64), subject: 'tab\t "quotes" \\ {braces,} \u2028 line\r\nend 🙂 \\N null NULL' })]);
  await store.quarantineMails([{ mailbox: 'support', uidValidity: '7', uid: 900, code: 'x', reason: '', retryable: true, messageId: null, from: null, subject: '', receivedAtMs: null }]);
  await store.database.query(`UPDATE refund_triage.cases SET merged_into = (SELECT max(id) FROM refund_triage.cases) WHERE id = (SELECT min(id) FROM refund_triage.cases)`);
  await store.database.query(`INSERT INTO refund_triage.facts VALUES ((SELECT min(id) FROM refund_triage.messages), 'odd', '{"n": 123456789012345678901234567890.10, "s": "\\u00e9\\n\\\\"}', 'body', '')`);
  await store.database.query(`UPDATE refund_triage.readings SET flags = ARRAY['', 'a,b', 'NULL', '"', '{}', NULL] WHERE message = (SELECT min(message) FROM refund_triage.readings)`);
};
/** Every table, row by row, as PostgreSQL writes it. */
const contents = async (store: Store): Promise<Record<string, string[]>> => {
  const tables = await store.database.query<{ name: string }>(
    `SELECT relname AS name FROM pg_class WHERE relnamespace = 'refund_triage'::regnamespace AND relkind = 'r' AND relname NOT IN ('migrations', 'leases', 'installation') ORDER BY 1`,
  );
  const all: Record<string, string[]> = {};
  for (const { name } of tables) {
    const rows = await store.database.query<{ row: string }>(`SELECT t::text AS row FROM refund_triage.${name} t WHERE '${name}' <> 'events' OR to_jsonb(t)->>'kind' <> 'restored' ORDER BY 1`);
    all[name] = rows.map(({ row }) => row);
  }
  return all;
};
const restored = async (at: StoreOptions, from: string, replace = false): Promise<Store> => {
  const database = await openDatabase(at);
  try {
    await restoreBackup(database, createReadStream(from), { replace });
  } finally {
    await database.close();
  }
  return await openStore(at);
};

describe('a backup', () => {
  let servers: { readonly embedded: StoreServer; readonly server: StoreServer };
  let folder: string;
  let file: string;
  let original: Record<string, string[]>;
  beforeAll(async () => {
    const [embedded, server] = await Promise.all([startEmbedded(), startServer()]);
    servers = { embedded, server };
    folder = mkdtempSync(join(tmpdir(), 'refund-triage-backup-'));
    file = join(folder, 'first.gz');
    const store = await embedded.open();
    await fill(store);
    await writeBackup(store.database, createWriteStream(file));
    original = await contents(store);
    await store.close();
  });
  afterAll(async () => {
    await Promise.all([servers.embedded.stop(), servers.server.stop()]);
    rmSync(folder, { recursive: true, force: true });
  });

  it('moves the store from the embedded database into PostgreSQL and back, every value as it was', async () => {
    expect(original['cases']?.length).toBeGreaterThan(15);
    expect(original['pack_files']?.length).toBeGreaterThan(50);
    const onServer = await restored(await servers.server.location(), file);
    const second = join(folder, 'second.gz');
    expect(await contents(onServer)).toEqual(original);
    await writeBackup(onServer.database, createWriteStream(second));
    await onServer.close();
    const back = await restored(await servers.embedded.location(), second);
    expect(await contents(back)).toEqual(original);
    expect(back.installationId).toBe((await checkBackup(createReadStream(file))).header.installation);
    await back.close();
  });

  it('gives out no number again that was given out before', async () => {
    const store = await restored(await servers.server.location(), file);
    const [highest] = await store.database.query<{ id: number }>('SELECT max(id) AS id FROM refund_triage.cases');
    await store.recordMails(store.beginRun(), [sampleMail(77, { fingerprint: 'e'.repeat(64) })]);
    const [newest] = await store.database.query<{ id: number }>(`SELECT id FROM refund_triage.cases WHERE fingerprint = '${'e'.repeat(64)}'`);
    expect(newest?.id).toBeGreaterThan(highest?.id ?? Number.POSITIVE_INFINITY);
    await expect(store.database.query('DELETE FROM refund_triage.events')).rejects.toThrow('append-only');
    await store.close();
  });

  it('is of one moment, though work on the store goes on', async () => {
    const store = await restored(await servers.server.location(), file);
    const target = join(folder, 'moment.gz');
    let uid = 10_000;
    const done = new AbortController();
    const working = (async () => {
      while (!done.signal.aborted) await store.recordMails(store.beginRun(), [sampleMail((uid += 1))]);
    })();
    try {
      const { rows } = await writeBackup(store.database, createWriteStream(target));
      // Each recorded mail has one row in each of these.
      expect(rows.get('messages')).toBe((rows.get('readings') ?? 0) + 1);
      expect(await checkBackup(createReadStream(target))).toMatchObject({ rows });
    } finally {
      done.abort();
      await working;
      await store.close();
    }
  });

  it('is refused where the store is not empty, or another process works on it, and replaces what is there only when told to', async () => {
    const at = await servers.server.location();
    const store = await openStore(at);
    await expect(restored(at, file)).rejects.toMatchObject({ code: 'store_in_use' });
    await store.recordMails(store.beginRun(), [sampleMail(1)]);
    await store.close();
    await expect(restored(at, file)).rejects.toMatchObject({ code: 'store_not_empty' });
    const replaced = await restored(at, file, true);
    expect(await contents(replaced)).toEqual(original);
    await replaced.close();
  });

  it('is brought up to date where an older release took it, and refused where a newer one did', async () => {
    const [older, target] = [await openDatabase(await servers.server.bareLocation()), join(folder, 'older.gz')];
    await older.transaction(async (sql) => {
      await migrateWithin(sql, 2);
      await sql.query(`INSERT INTO refund_triage.cases (fingerprint, customer, subject, state) VALUES ('ab', 'Anna@customer.example', 'Refund', 'review')`);
    });
    await writeBackup(older, createWriteStream(target));
    await older.close();
    const store = await restored(await servers.server.location(), target);
    expect(await store.database.query('SELECT customer, customer_key, stage FROM refund_triage.cases')).toEqual([{ customer: 'Anna@customer.example', customer_key: 'anna@customer.example', stage: 'open' }]);
    await store.close();

    const [header = '', ...lines] = gunzipSync(readFileSync(file)).toString('utf8').split('\n');
    const newer = join(folder, 'newer.gz');
    writeFileSync(newer, gzipSync([header.replace(/"schema":\d+/, '"schema":999'), ...lines].join('\n')));
    await expect(restored(await servers.server.location(), newer)).rejects.toMatchObject({ code: 'store_too_new' });
  });

  it('leaves the store untouched when it is cut off, changed or no backup at all', async () => {
    const whole = readFileSync(file);
    const lines = gunzipSync(whole).toString('utf8');
    const spoiled: Record<string, Buffer> = {
      'cut off': whole.subarray(0, whole.length - 100),
      'cut off between lines': gzipSync(lines.slice(0, lines.trimEnd().lastIndexOf('\n') + 1)),
      changed: gzipSync(lines.replace('anna@customer.example', 'mallory@customer.example')),
      'with a table of its own': gzipSync(lines.replace('{"table":"cases"', '{"table":"pg_authid"')),
      'with a type of its own': gzipSync(lines.replace('"type":"bigint"', '"type":"bigint); DROP SCHEMA refund_triage; --"')),
      'no JSON': gzipSync('Dear diary\n'),
      'of something else': gzipSync('{"format":"other"}\n'),
      'not packed': Buffer.from(lines),
      empty: Buffer.alloc(0),
    };
    const at = await servers.server.location();
    for (const [how, content] of Object.entries(spoiled)) {
      const path = join(folder, 'spoiled.gz');
      writeFileSync(path, content);
      await expect(restored(at, path), how).rejects.toMatchObject({ code: 'backup_unusable' });
    }
    const store = await openStore(at);
    expect((await contents(store))['cases']).toEqual([]);
    await store.close();
  });
});
