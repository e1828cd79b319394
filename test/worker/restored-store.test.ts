import { createReadStream, createWriteStream, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { writeBackup } from '../../src/database/backup.ts';
import { openDatabase } from '../../src/cases/open-database.ts';
import { heedRestoredAt, readRestoredAt } from '../../src/database/restore-mark.ts';
import { restoreBackup } from '../../src/database/restore.ts';
import { openStore, type Store } from '../../src/cases/store.ts';
import { ImapMailbox } from '../../src/mailbox/imap-mailbox.ts';
import { runWorker } from '../../src/worker/run-worker.ts';
import { sampleMail } from '../cases/sample-mail.ts';
import { startServer, type StoreServer } from '../cases/stores.ts';
import { type Dovecot, startDovecot } from '../servers/dovecot.ts';
import { testMail, testTriage } from './test-triage.ts';

const mailboxes = 'mailbox Drafts {\n auto = create\n special_use = \\Drafts\n }\n mailbox Sent {\n auto = create\n special_use = \\Sent\n }';
const idOf = (name: string): string => `<${name}@customer.example>`;

const draftOf = (name: string): string[] => ['mailbox', 'Drafts', 'header', 'in-reply-to', idOf(name)];
const draftStates = async (store: Store): Promise<Record<string, string>> => {
  const rows = await store.database.query<{ id: string; state: string }>('SELECT m.message_id AS id, d.state FROM refund_triage.drafts d JOIN refund_triage.messages m ON m.id = d.message');
  return Object.fromEntries(rows.map(({ id, state }) => [/<(.*)@/.exec(id)?.[1] ?? '', state]));
};

describe('a store that was brought back to an older state', () => {
  let stores: StoreServer;
  let dovecot: Dovecot;
  let mailbox: ImapMailbox;
  let folder: string;
  beforeAll(async () => { stores = await startServer(); });
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'refund-triage-restored-'));
    dovecot = await startDovecot({ mailboxes });
    mailbox = new ImapMailbox({ name: 'support', host: dovecot.host, port: dovecot.port, security: 'none', user: dovecot.user, password: dovecot.password });
  });
  afterEach(async () => {
    await mailbox.close();
    await dovecot.stop();
    rmSync(folder, { recursive: true, force: true });
  });
  afterAll(async () => { await stores.stop(); });

  const work = async (store: Store): Promise<void> => {
    await runWorker({ store, mailboxes: [{ mailbox, since: new Date(0) }], triage: testTriage(), redisUrl: null, once: true, signal: new AbortController().signal, queue: { backoffMs: 50 } });
  };
  const deliver = async (...names: string[]): Promise<void> => { for (const name of names) await dovecot.deliver(testMail(name)); };
  const imap = async (command: string, ...args: string[]): Promise<string> => await dovecot.doveadm([...command.split(' '), '-u', dovecot.user, ...args]);
  /** In-Reply-To of what lies in a folder, sorted. */
  const answering = async (place: string): Promise<string[]> => [...(await imap('fetch', 'hdr.in-reply-to', 'mailbox', place)).matchAll(/<[^>]+>/g)].map(([id]) => id).toSorted();

  it('takes up what came since, and answers nothing twice: not what lies in Drafts, was edited, sent, sent in other words or deleted', async () => {
    const [before, after] = [await stores.location(), await stores.location()];
    const file = join(folder, 'backup.gz');
    const store = await openStore(before);
    await deliver('known');
    await work(store);
    await writeBackup(store.database, createWriteStream(file));
    await deliver('lies', 'edited', 'sent', 'rewritten', 'deleted', 'unmarked');
    await work(store);
    await store.close();
    expect(await answering('Drafts')).toEqual(['deleted', 'edited', 'known', 'lies', 'rewritten', 'sent', 'unmarked'].map(idOf));

    // What people did with their mail programs, and what was only half done when the old store was lost.
    await imap('move', 'Sent', ...draftOf('sent'));
    const rewrite = (name: string): Buffer => Buffer.from(`Message-ID: <${name}@program.example>\r\nFrom: support@shop.example\r\nTo: ${name}@customer.example\r\nIn-Reply-To: ${idOf(name)}\r\nSubject: Re\r\n\r\nIn my words.\r\n`);
    for (const [name, place] of [['edited', 'Drafts'], ['rewritten', 'Sent']] as const) {
      await imap('expunge', ...draftOf(name));
      await dovecot.doveadm(['save', '-u', dovecot.user, '-m', place], rewrite(name));
    }
    await imap('expunge', ...draftOf('deleted'));
    await imap('flags remove', '$RefundTriage-NeedsInfo', 'mailbox', 'INBOX', 'header', 'message-id', idOf('unmarked'));
    await deliver('new');

    const database = await openDatabase(after);
    await restoreBackup(database, createReadStream(file), { replace: false });
    await database.close();
    const restored = await openStore(after);
    try {
      await work(restored);
      expect(await answering('Drafts')).toEqual(['edited', 'known', 'lies', 'new', 'unmarked'].map(idOf));
      expect(await answering('Sent')).toEqual(['rewritten', 'sent'].map(idOf));
      expect(await draftStates(restored)).toEqual({
        known: 'in_drafts', lies: 'in_drafts', edited: 'abandoned', sent: 'sent', rewritten: 'sent', deleted: 'deleted', unmarked: 'in_drafts', new: 'in_drafts',
      });
    } finally {
      await restored.close();
    }
  });

  it('knows by itself that its database has moved to another server, and not when it only starts again', async () => {
    const store = await openStore(await stores.location());
    try {
      expect(await heedRestoredAt(store.database)).toBeNull();
      expect(await heedRestoredAt(store.database)).toBeNull();
      await store.recordMails(store.beginRun(), [sampleMail(1)]);
      await store.database.query(`INSERT INTO refund_triage.outbox (case_id, case_version, draft, draft_revision, approved_by, send_after) SELECT case_id, 1, message_id, 1, 'eva', now() FROM refund_triage.drafts`);
      // As a dump of it would find itself elsewhere.
      await store.database.query(`UPDATE refund_triage.installation SET server = '7000000000000000000/00000001'`);
      const at = await heedRestoredAt(store.database);
      expect(at).toBeInstanceOf(Date);
      expect(await heedRestoredAt(store.database)).toEqual(at);
      expect(await readRestoredAt(store.database)).toEqual(at);
      expect(await store.database.query(`SELECT count(*)::int AS n FROM refund_triage.events WHERE kind = 'restored'`)).toEqual([{ n: 1 }]);
      // What was about to be sent may have been.
      expect(await store.database.query('SELECT state, code FROM refund_triage.outbox')).toEqual([{ state: 'uncertain', code: 'send_uncertain' }]);
    } finally {
      await store.close();
    }
  });
});
