import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startDovecot, type Dovecot } from '../servers/dovecot.ts';
import { freeLoopbackPort } from '../servers/ports.ts';
import { startRedis, type RedisServer } from '../servers/redis.ts';
import { callProgram, type Ended } from './run-program.ts';

const templates = fileURLToPath(new URL('../../templates', import.meta.url));

let dovecot: Dovecot;
let redis: RedisServer;
let folder: string;
/** Made once: an embedded store takes its time. */
let dataDir: string;
beforeAll(async () => {
  [dovecot, redis] = await Promise.all([startDovecot(), startRedis()]);
  dataDir = await mkdtemp(join(tmpdir(), 'refund-triage-check-data-'));
});
afterAll(async () => {
  await dovecot.stop();
  await redis.stop();
  await rm(dataDir, { recursive: true });
});
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'refund-triage-check-'));
});
afterEach(async () => {
  await rm(folder, { recursive: true });
});

async function check(config: object): Promise<Ended> {
  const file = join(folder, 'refund-triage.yaml');
  await writeFile(file, JSON.stringify({ data_dir: dataDir, ...config }));
  return await callProgram(['check', '--config', file]);
}

function support(changes: object = {}): object {
  return { name: 'support', type: 'imap', host: '127.0.0.1', port: dovecot.port, security: 'none', user: dovecot.user, password: dovecot.password, ...changes };
}

describe('refund-triage check', () => {
  it('says of a model that cannot be reached what is wrong, and that mail goes on without it', async () => {
    for (const name of ['cur', 'new', 'tmp']) await mkdir(join(folder, 'Maildir', name), { recursive: true });
    const port = String(await freeLoopbackPort());
    const { status, stdout } = await check({ mailboxes: [{ name: 'local', type: 'maildir', path: 'Maildir' }], model: { name: 'small', base_url: `http://127.0.0.1:${port}/v1` } });
    expect(stdout).toMatch(/^wrong {2}model: .*ECONNREFUSED.*\(model_unavailable\); .*mail goes on without it$/m);
    expect(status).toBe(1);
  });

  it('tries the records of each merchant that has some, and says what to do', async () => {
    for (const name of ['cur', 'new', 'tmp']) await mkdir(join(folder, 'Maildir', name), { recursive: true });
    await writeFile(join(folder, 'orders.csv'), 'Order;Email\nSB-1;a@b.example\n');
    const fields = { order_number: 'Order', account_email: 'Email' };
    const merchants = {
      storybookly: { csv: { file: 'orders.csv' }, fields }, winno: { csv: { file: 'orders.csv' }, fields: { ...fields, printed: 'Printed' } },
      imgto3d: { http: { by_order_number: `http://127.0.0.1:${String(await freeLoopbackPort())}/{order_number}` }, fields },
      'stone-ai': { sql: { connection: 'REFUND_TRIAGE_RECORDS_STONE', by_order_number: 'SELECT 1 WHERE 1 = $1' }, fields },
    };
    const { status, stdout } = await check({ mailboxes: [{ name: 'local', type: 'maildir', path: 'Maildir' }], records: { merchants } });
    expect(stdout).toContain(`ok     records of storybookly: ${join(folder, 'orders.csv')}, 1 order\n`);
    expect(stdout).toMatch(/^wrong {2}records of winno: .*orders\.csv has no column "Printed"; there are "Order", "Email"\. \(records_unusable\); mend records:/m);
    expect(stdout).toMatch(/^wrong {2}records of imgto3d: 127\.0\.0\.1:\d+ cannot be reached: .*ECONNREFUSED.*\(records_unavailable\); look at /m);
    expect(stdout).toMatch(/^wrong {2}records of stone-ai: REFUND_TRIAGE_RECORDS_STONE is not set: set it, or REFUND_TRIAGE_RECORDS_STONE_FILE, in the environment\. \(records_unusable\)/m);
    expect(status).toBe(1);
  });

  it('goes on to the other parts where records are of a merchant without a pack', async () => {
    for (const name of ['cur', 'new', 'tmp']) await mkdir(join(folder, 'Maildir', name), { recursive: true });
    const records = { merchants: { storybokly: { csv: { file: 'orders.csv' }, fields: { order_number: 'Order' } } } };
    const { status, stdout, stderr } = await check({ mailboxes: [{ name: 'local', type: 'maildir', path: 'Maildir' }], records });
    expect(stdout).toMatch(/^wrong {2}packs: records: merchants: there is no folder "storybokly" in .*Did you mean "storybookly"\?.*\(config_invalid\)/m);
    expect(stdout).toContain('ok     mailbox local: ');
    expect(stderr).toBe('');
    expect(status).toBe(1);
  });

  it('says of each part that it is fine', async () => {
    for (const name of ['cur', 'new', 'tmp']) await mkdir(join(folder, 'Maildir', name), { recursive: true });
    const local = { name: 'local', type: 'maildir', path: 'Maildir' };
    const { status, stdout } = await check({ mailboxes: [support(), local], redis_url: redis.url });
    expect(stdout.split('\n')).toEqual([
      expect.stringMatching(/^ok {5}configuration: .*refund-triage\.yaml$/),
      'ok     packs: ai3dgen, imgto3d, stone-ai, storybookly, winno',
      `ok     store: embedded, in ${join(dataDir, 'store')}`,
      `ok     queue: Redis at ${new URL(redis.url).host}`,
      `ok     mailbox support: 127.0.0.1:${dovecot.port}, INBOX, drafts go to Drafts`,
      `ok     mailbox local: ${join(folder, 'Maildir')}, drafts go to Drafts`,
      '',
    ]);
    expect(status).toBe(0);
  });

  it('tells each thing that is wrong, and what to do about it', async () => {
    const closedPort = await freeLoopbackPort();
    const { status, stdout } = await check({
      mailboxes: [
        support({ name: 'refused', password: 'hunter2' }),
        support({ name: 'away', port: closedPort }),
        support({ name: 'folder', folder: 'Refunds' }),
        support({ name: 'certificate', port: dovecot.tlsPort, security: 'tls' }),
      ],
      redis_url: `redis://:hunter3@127.0.0.1:${closedPort}`,
    });
    expect(status).toBe(1);
    expect(stdout).toMatch(/^wrong {2}queue: .*\(queue_unavailable\); look at REDIS_URL/m);
    expect(stdout).toMatch(/^wrong {2}mailbox refused: .*\(mailbox_login_refused\); look at user and password/m);
    expect(stdout).toMatch(/^wrong {2}mailbox away: .*\(mailbox_unreachable\); look at host, port and security/m);
    expect(stdout).toMatch(/^wrong {2}mailbox folder: .*\(mailbox_folder_missing\); correct folder/m);
    expect(stdout).toMatch(/^wrong {2}mailbox certificate: .*\(mailbox_tls_failed\); .*ca_file/m);
    expect(stdout).not.toContain('hunter');
  });

  it('trusts a certificate that it was given', async () => {
    await writeFile(join(folder, 'ca.pem'), dovecot.certificate);
    const { stdout } = await check({ mailboxes: [support({ port: dovecot.tlsPort, security: 'tls', ca_file: 'ca.pem' })] });
    expect(stdout).toMatch(/^ok {5}mailbox support: /m);
  });

  it('names file and line of a rule with an unknown fact, and of a reply with an unknown variable', async () => {
    const copy = join(folder, 'templates');
    await cp(templates, copy, { recursive: true });
    const policy = join(copy, 'winno', 'policy.yaml');
    const lines = (await readFile(policy, 'utf8')).split('\n');
    const at = lines.findIndex((line) => /^ +when: .*approved/.test(line));
    lines[at] = (lines[at] ?? '').replace('approved', 'aproved');
    await writeFile(policy, lines.join('\n'));
    const phrases = join(copy, 'storybookly', 'replies', 'en', 'faulty-book.md');
    await writeFile(phrases, `${await readFile(phrases, 'utf8')}\n\n{{ order_nmber }}\n`);
    const { status, stdout } = await check({ mailboxes: [support()], templates_dir: copy });
    expect(status).toBe(1);
    expect(stdout).toContain(`winno/policy.yaml:${at + 1}:`);
    expect(stdout).toContain('aproved');
    expect(stdout).toMatch(/storybookly\/replies\/en\/faulty-book\.md:\d+.*order_nmber/);
  });

  it('looks at the packs also where the configuration is wrong', async () => {
    const { status, stdout } = await check({ mailboxes: [support({ colour: 'red' })] });
    expect(status).toBe(1);
    expect(stdout).toMatch(/^wrong {2}configuration: refund-triage\.yaml:1:\d+: mailboxes\[0\]\.colour: unknown key\. \(config_invalid\); mend/);
    expect(stdout).toMatch(/^ok {5}packs: /m);
  });
});
