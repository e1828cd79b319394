import { once } from 'node:events';
import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startDovecot, type Dovecot } from '../servers/dovecot.ts';
import { freeLoopbackPort } from '../servers/ports.ts';
import { startPostgres } from '../servers/postgres.ts';
import { startRedis } from '../servers/redis.ts';
import { outputOf, runProgram, startProgram } from './run-program.ts';

const corpus = fileURLToPath(new URL('../corpus', import.meta.url));

let dovecot: Dovecot;
let folder: string;
beforeEach(async () => {
  dovecot = await startDovecot();
  folder = await mkdtemp(join(tmpdir(), 'refund-triage-run-'));
});
afterEach(async () => {
  await dovecot.stop();
  await rm(folder, { recursive: true });
});

async function deliver(name: string): Promise<void> {
  await dovecot.deliver(await readFile(join(corpus, name)));
}

async function drafts(): Promise<string[]> {
  const path = join(dovecot.maildir, '.Drafts', 'cur');
  const names = await readdir(path).catch(() => []);
  return Promise.all(names.map((name) => readFile(join(path, name), 'utf8')));
}

/** The mailbox wholly from the environment, the password from a file. */
async function settings(more: Record<string, string> = {}): Promise<Record<string, string>> {
  await writeFile(join(folder, 'password'), `${dovecot.password}\n`);
  return {
    REFUND_TRIAGE_IMAP_HOST: dovecot.host,
    REFUND_TRIAGE_IMAP_PORT: String(dovecot.port),
    REFUND_TRIAGE_IMAP_SECURITY: 'none',
    REFUND_TRIAGE_IMAP_USER: dovecot.user,
    REFUND_TRIAGE_IMAP_PASSWORD_FILE: join(folder, 'password'),
    REFUND_TRIAGE_DATA_DIR: join(folder, 'data'),
    ...more,
  };
}

describe('refund-triage run', () => {
  it('starts from now, drafts what came while it was down, marks what comes while it runs, and ends at SIGTERM', async () => {
    const redis = await startRedis();
    try {
      await deliver('winno-en-approved.eml');
      const environment = await settings({ REDIS_URL: redis.url, REFUND_TRIAGE_LOG_LEVEL: 'trace' });
      expect((await runProgram(['run', '--once'], { cwd: folder, environment })).status).toBe(0);
      await deliver('imgto3d-en-cancel.eml');
      const child = startProgram(['run'], { cwd: folder, environment });
      const log = outputOf(child, 'stderr');
      await log.has('"merchant":"imgto3d"');
      await deliver('mixed-out-of-office.eml');
      await log.has('"topic":"machine"');
      child.kill('SIGTERM');
      expect(await once(child, 'close')).toEqual([0, null]);
      const lines = log.text().trimEnd().split('\n').map((line): unknown => JSON.parse(line));
      expect(lines).toContainEqual(
        expect.objectContaining({ mailbox: 'imap', merchant: 'imgto3d', language: 'en', topic: 'cancellation', outcome: 'cancel_subscription', state: 'ready', drafted: true }),
      );
      expect(lines.at(-1)).toMatchObject({ msg: 'ended' });
      expect(log.text()).not.toContain(dovecot.password);
      expect(log.text()).not.toMatch(/subject|@mail\.example/i);

      const [draft, ...more] = await drafts();
      expect(more).toEqual([]);
      expect(draft).toMatch(/^From: .*support@imgto3d\.ai/m);
      const flags = await dovecot.doveadm(['fetch', '-u', dovecot.user, 'hdr.subject flags', 'mailbox', 'INBOX', 'all']);
      expect(flags).toContain('$RefundTriage-Ready');
      expect(flags).not.toContain('\\Seen');
      expect(flags).toContain('$RefundTriage-Ignored');
      expect(flags.match(/\$RefundTriage/g)).toHaveLength(2);
    } finally {
      await redis.stop();
    }
  });

  it('works through older mail once when told, on PostgreSQL, and answers nothing twice', async () => {
    const postgres = await startPostgres();
    try {
      for (const name of ['winno-en-approved.eml', 'mixed-out-of-office.eml', 'stone-ai-en-blocked.eml']) await deliver(name);
      const environment = await settings({ DATABASE_URL: await postgres.createDatabase() });
      for (let start = 0; start < 2; start++) {
        const { status, stdout } = await runProgram(['run', '--once', '--since', '2020-01-01'], { cwd: folder, environment });
        expect({ status, stdout }).toEqual({ status: 0, stdout: '' });
        expect(await drafts()).toHaveLength(2);
      }
      expect(await readdir(folder)).toEqual(['password']);
    } finally {
      await postgres.stop();
    }
  });

  it('ends at SIGTERM also when its servers are gone', async () => {
    const redis = await startRedis();
    const child = startProgram(['run'], { cwd: folder, environment: await settings({ REDIS_URL: redis.url }) });
    const log = outputOf(child, 'stderr');
    await log.has('"connected"');
    await redis.stop();
    await dovecot.kill9();
    await log.has('ECONNREFUSED');
    child.kill('SIGTERM');
    expect(await once(child, 'close')).toEqual([0, null]);
  });

  it('says why it cannot start, without secrets', async () => {
    const port = await freeLoopbackPort();
    const environment = await settings({ DATABASE_URL: `postgres://me:hunter2@127.0.0.1:${port}/triage` });
    const { status, stderr } = await runProgram(['run', '--once'], { cwd: folder, environment });
    expect(status).toBe(1);
    expect(stderr).toMatch(/^refund-triage: store_unavailable: /m);
    expect(stderr).not.toContain('hunter2');
    const nowhere = await runProgram(['run', '--once'], { cwd: folder });
    expect(nowhere.status).toBe(1);
    expect(nowhere.stderr).toContain('There is no refund-triage.yaml here');
  });

  it('refuses a mailbox of a merchant that has no pack', async () => {
    const { status, stderr } = await runProgram(['run', '--once'], { cwd: folder, environment: await settings({ REFUND_TRIAGE_IMAP_MERCHANT: 'winnow' }) });
    expect(status).toBe(1);
    expect(stderr).toMatch(/config_invalid: mailbox imap: merchant: there is no folder "winnow" in .*templates\. Did you mean "winno"\?/);
  });
});
