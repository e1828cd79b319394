import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { runWorker } from '../../src/worker/run-worker.ts';
import { startServer, type StoreServer } from '../cases/stores.ts';
import { freeLoopbackPort } from '../servers/ports.ts';
import { testMail, testTriage } from '../worker/test-triage.ts';
import { openWorkerBench, type WorkerBench } from '../worker/worker-bench.ts';
import { callProgram, type Ended } from './run-program.ts';

describe('audit', () => {
  let stores: StoreServer;
  let bench: WorkerBench;
  let databaseUrl: string;
  beforeAll(async () => { stores = await startServer(); });
  beforeEach(async () => {
    const place = await stores.location();
    databaseUrl = 'databaseUrl' in place ? place.databaseUrl : '';
    bench = await openWorkerBench(place);
  });
  afterEach(async () => { await bench.clear(); });
  afterAll(async () => { await stores.stop(); });

  const audit = async (args: readonly string[], more = ''): Promise<Ended> => {
    const config = join(bench.folder, 'refund-triage.yaml');
    writeFileSync(config, `mailboxes:\n  - { name: support, type: maildir, path: ${bench.maildir.path} }\n${more}`);
    return await callProgram(['audit', '--config', config, ...args], { environment: { DATABASE_URL: databaseUrl } });
  };

  it('says that everything balances, and what does not, for people and for programs', async () => {
    expect(await audit([])).toEqual({ status: 0, stderr: '', stdout: 'support: was never met; the worker makes the first contact\n' });
    for (const name of ['m1', 'm2']) await bench.maildir.deliver(testMail(name));
    await runWorker({ store: bench.store, mailboxes: [{ mailbox: bench.mailbox, since: new Date(0) }], triage: testTriage(), redisUrl: null, once: true, signal: bench.stop.signal });
    expect(await audit([])).toEqual({ status: 0, stderr: '', stdout: expect.stringMatching(/^support: 2 mails since [^]*2 drafts of ours in Drafts[^]*It balances\.\n$/) });

    await bench.maildir.deliver(testMail('m3'));
    const { uidValidity } = await bench.mailbox.open();
    await bench.store.advanceCursor('support', uidValidity, { enqueuedUid: 3, settledUid: 3 });
    const unbalanced = await audit(['--json']);
    expect(unbalanced).toMatchObject({ status: 1, stderr: '' });
    expect(JSON.parse(unbalanced.stdout)).toMatchObject({ mailbox: 'support', mails: 3, fates: { needs_info: 2 }, takenUp: [3], isBalanced: false });
  });

  it('looks at the other mailboxes when one cannot be opened', async () => {
    const port = await freeLoopbackPort();
    await bench.store.noteFirstContact({ mailbox: 'gone', uidValidity: '1', uidNext: 1, at: new Date(), since: null });
    const { status, stdout } = await audit([], `  - { name: gone, type: imap, host: 127.0.0.1, port: ${String(port)}, security: none, user: shop, password: unused }\n`);
    expect(status).toBe(1);
    expect(stdout).toMatch(/^support: was never met.*\ngone: mailbox_unreachable: .*\n {2}look at host, port and security/);
  });
});
