import { once } from 'node:events';
import { mkdtemp, readFile, readdir, rm, writeFile, cp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { simpleParser } from 'mailparser';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Call, Command, ExitStatus } from '../../src/commands/command.ts';
import { migrateCommand } from '../../src/commands/migrate.ts';
import { statusCommand } from '../../src/commands/status.ts';
import { createMaildir, deliverToMaildir } from '../../src/mailbox/maildir-delivery.ts';
import { statusReportSchema } from '../../src/monitoring/status-report.ts';
import { startDovecot } from '../servers/dovecot.ts';
import { freeLoopbackPort } from '../servers/ports.ts';
import { startPostgres } from '../servers/postgres.ts';
import { startRedis } from '../servers/redis.ts';
import { outputOf, startProgram } from './run-program.ts';

const corpus = fileURLToPath(new URL('../corpus', import.meta.url));
const templates = fileURLToPath(new URL('../../templates', import.meta.url));

let folder: string;
beforeEach(async () => { folder = await mkdtemp(join(tmpdir(), 'refund-triage-operations-')); });
afterEach(async () => { await rm(folder, { recursive: true }); });

/** Calls a command in this process: what it says on standard output. */
async function called(command: Command, environment: Record<string, string>, values: Call['values'] = {}): Promise<{ status: ExitStatus; said: string }> {
  const stdout = new PassThrough();
  const said = text(stdout);
  const { signal } = new AbortController();
  const status = await command.run({ values, positionals: [], environment, stdin: new PassThrough(), stdout, stderr: new PassThrough(), interruption: () => signal, onHangUp: () => () => undefined });
  stdout.end();
  return { status, said: await said };
}

/** Names, addresses and subjects of these mails, and sentences of theirs: nothing of it may stand in a log. */
async function personalWords(sources: readonly Buffer[]): Promise<string[]> {
  const mails = await Promise.all(sources.map(async (source) => await simpleParser(source)));
  return mails.flatMap(({ from, subject = '', text: body = '' }) => [
    ...(from?.value ?? []).flatMap(({ address = '', name }) => [address, name]), subject, ...body.split(/[\n.!?]/).map((sentence) => sentence.trim()).filter((sentence) => sentence.length > 20),
  ]).filter((word) => word.length > 3);
}

describe('refund-triage run in operation', () => {
  it('shares the work among processes with roles, says how it stands, and logs nothing of the customers', async () => {
    const [postgres, redis, dovecot] = await Promise.all([startPostgres(), startRedis(), startDovecot()]);
    try {
      await writeFile(join(folder, 'password'), dovecot.password);
      const shared = {
        REFUND_TRIAGE_IMAP_HOST: dovecot.host, REFUND_TRIAGE_IMAP_PORT: String(dovecot.port), REFUND_TRIAGE_IMAP_SECURITY: 'none', REFUND_TRIAGE_IMAP_USER: dovecot.user,
        REFUND_TRIAGE_IMAP_PASSWORD_FILE: join(folder, 'password'), REFUND_TRIAGE_IMAP_SINCE: '2000-01-01', DATABASE_URL: await postgres.createDatabase(), REDIS_URL: redis.url,
        REFUND_TRIAGE_LOG_LEVEL: 'debug',
      };
      expect(await called(migrateCommand, shared)).toMatchObject({ status: 0 });
      const [watching, working] = [await freeLoopbackPort(), await freeLoopbackPort()];
      const watcher = startProgram(['run', '--roles', 'watch'], { cwd: folder, environment: { ...shared, REFUND_TRIAGE_MONITORING_PORT: String(watching) } });
      const worker = startProgram(['run', '--roles', 'work'], { cwd: folder, environment: { ...shared, REFUND_TRIAGE_MONITORING_PORT: String(working) } });
      const logs = [outputOf(watcher, 'stderr'), outputOf(worker, 'stderr')];
      const sources = await Promise.all(['imgto3d-en-cancel.eml', 'mixed-out-of-office.eml', 'storybookly-ru-unauthorized.eml'].map(async (name) => await readFile(join(corpus, name))));
      // Too little for a mail: it goes into quarantine.
      for (const source of [...sources, Buffer.from('\0\0\0')]) await dovecot.deliver(source);
      await vi.waitFor(() => { expect(logs[1]?.text().match(/"msg":"(?:triaged|quarantined)"/g)).toHaveLength(4); }, { timeout: 90_000, interval: 200 });
      expect(logs[0]?.text()).toContain('watches the mailbox');
      expect(logs[0]?.text()).not.toContain('"msg":"triaged"');
      expect(logs[1]?.text()).not.toContain('watches the mailbox');

      const metrics = await (await fetch(`http://127.0.0.1:${String(watching)}/metrics`)).text();
      expect(metrics).toMatch(/refund_triage_imap_connected\{mailbox="imap"\} 1/);
      expect(await (await fetch(`http://127.0.0.1:${String(working)}/readyz`)).json()).toMatchObject({ status: 'ready', mailboxes: { imap: { watch: 'not_watched' } } });
      expect(await (await fetch(`http://127.0.0.1:${String(working)}/metrics`)).text()).toMatch(/refund_triage_messages_total\{mailbox="imap",state="quarantined"\} 1/);

      const { status, said } = await called(statusCommand, shared, { json: true });
      const report = statusReportSchema.parse(JSON.parse(said));
      expect({ status, engines: [report.store.engine, report.queue.engine] }).toEqual({ status: 0, engines: ['postgres', 'redis'] });
      expect(report.store.standing).toMatchObject({ mailboxes: [{ name: 'imap', isLeased: true, unfinished: 0 }], quarantined: [{ code: 'not_a_message', count: 1 }] });
      const inWords = await called(statusCommand, shared);
      expect(inWords.said).toMatch(/^imap +yes, elsewhere +\d+ s ago/m);
      expect(inWords.said).toMatch(/^In quarantine: not_a_message 1$/m);

      for (const child of [watcher, worker]) child.kill('SIGTERM');
      await Promise.all([watcher, worker].map(async (child) => { expect(await once(child, 'close')).toEqual([0, null]); }));
      const everything = [...logs.map((log) => log.text()), metrics, said, inWords.said].join('\n');
      const personal = await personalWords(sources);
      expect(personal.length).toBeGreaterThan(12);
      expect(personal.filter((word) => everything.includes(word))).toEqual([]);
      expect(everything).not.toContain(dovecot.password);
    } finally {
      await Promise.all([postgres.stop(), redis.stop(), dovecot.stop()]);
    }
  });

  it('reads configuration and packs again when told, keeps what has mistakes out, and answers for its embedded store', async () => {
    const port = await freeLoopbackPort();
    const maildir = join(folder, 'Maildir');
    const file = join(folder, 'refund-triage.yaml');
    const settings = (more: string): string => `mailboxes: [{ name: local, type: maildir, path: Maildir, since: 2000-01-01 }]\ndata_dir: data\ntemplates_dir: packs\nmonitoring: { port: ${String(port)} }\ndesk: null\nlook_into_files: false\n${more}`;
    await createMaildir(maildir);
    await cp(join(templates, 'winno'), join(folder, 'packs/winno'), { recursive: true });
    await writeFile(file, settings(''));
    const child = startProgram(['run'], { cwd: folder });
    const log = outputOf(child, 'stderr');
    await log.has('"connected"');
    const lineOf = (words: string): unknown => JSON.parse(log.text().split('\n').findLast((line) => line.includes(words)) ?? 'null');
    const metric = async (name: string): Promise<string | undefined> => (await (await fetch(`http://127.0.0.1:${String(port)}/metrics`)).text()).split('\n').find((line) => line.startsWith(`refund_triage_${name} `))?.split(' ')[1];

    await writeFile(file, settings('log_level: debug\nconcurrency: 3\nmax_message_bytes: 100000\n'));
    child.kill('SIGHUP');
    await log.has('"packs read again"');
    expect(lineOf('configuration read again')).toMatchObject({ changed: ['concurrency', 'log_level'], atNextStart: ['max_message_bytes'] });
    await deliverToMaildir(maildir, await readFile(join(corpus, 'winno-en-approved.eml')));
    await log.has('"msg":"enqueued"');
    await log.has('"msg":"triaged"');

    await writeFile(file, settings('concurrency: many\n'));
    child.kill('SIGHUP');
    await log.has('the configuration has mistakes');
    expect(lineOf('the configuration has mistakes')).toMatchObject({ code: 'config_invalid', problems: [expect.stringContaining('concurrency: expected number')] });

    await writeFile(file, settings(''));
    const policy = join(folder, 'packs/winno/policy.yaml');
    const whole = await readFile(policy, 'utf8');
    await writeFile(policy, `${whole}\nno_such_key: 1\n`);
    child.kill('SIGHUP');
    await log.has('the packs have mistakes');
    expect(await metric('packs_valid')).toBe('0');
    await writeFile(policy, whole);
    child.kill('SIGHUP');
    await vi.waitFor(async () => { expect(await metric('packs_valid')).toBe('1'); }, { timeout: 30_000, interval: 200 });

    const { status, said } = await called(statusCommand, { REFUND_TRIAGE_CONFIG: file });
    expect({ status, running: said.split('\n')[0] }).toEqual({ status: 0, running: expect.stringContaining('the process that answers does: watch, work') });
    expect(said).toMatch(/^local +yes +\d+ s ago +1 +0 +0 s$/m);
    child.kill('SIGTERM');
    expect(await once(child, 'close')).toEqual([0, null]);
    expect(await readdir(folder)).toEqual(['Maildir', 'data', 'packs', 'refund-triage.yaml']);
  });
});
