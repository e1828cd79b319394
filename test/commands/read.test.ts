import { spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, open, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { outcomes } from '../../src/decision/decision.ts';
import { factNames, flags, products, reasons, topics } from '../../src/facts/facts.ts';
import { mainFile, runProgram } from './run-program.ts';

const corpus = fileURLToPath(new URL('../corpus', import.meta.url));
const date = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);

/** The reading's shape, as other programs rely on it. */
const readingSchema = z.strictObject({
  file: z.string(),
  message_id: z.string().nullable(),
  brand: z.enum(['imgto3d', 'ai3dgen', 'storybookly', 'stone-ai', 'winno']).nullable(),
  language: z.string().regex(/^[a-z]{2}$/),
  topic: z.enum(topics),
  reason: z.enum(reasons).nullable(),
  product: z.enum(products).nullable(),
  facts: z.partialRecord(
    z.enum(factNames),
    z.strictObject({
      value: z.union([z.string(), z.number(), z.boolean()]),
      source: z.enum(['body', 'subject', 'header', 'attachment', 'thread', 'order', 'model']),
      evidence: z.string().min(1),
    }),
  ),
  attachments: z.array(
    z.strictObject({
      filename: z.string().nullable(),
      type: z.string(),
      bytes: z.int(),
      kind: z.enum(['screenshot', 'photo', 'recording', 'document', 'other']),
      flags: z.array(z.enum(['no_address_bar', 'no_error', 'type_mismatch', 'dangerous'])),
    }),
  ),
  missing: z.array(z.enum([...factNames, 'screenshot', 'photo', 'description', 'reason'])),
  decision: z.strictObject({
    outcome: z.enum(outcomes),
    rule: z.string().nullable(),
    clause: z.string().nullable(),
    discretionary: z.boolean(),
    amount: z.string().regex(/^\d+(\.\d+)? [A-Z]{3,4}$/).nullable(),
    agent_checks: z.array(z.enum([...factNames, 'balance'])),
    deadlines: z.array(z.strictObject({ what: z.string(), by: date })),
  }),
  flags: z.array(z.enum(flags)),
  draft: z
    .strictObject({ to: z.string(), subject: z.string(), language: z.string(), template: z.string(), text: z.string().min(1), html: z.string().min(1) })
    .nullable(),
});

function readingsOf(stdout: string): z.infer<typeof readingSchema>[] {
  return stdout.trimEnd().split('\n').map((line) => readingSchema.parse(JSON.parse(line)));
}

function error(file: string, code: string): object {
  return { file, error: { code, message: expect.stringMatching(/\S/) } };
}

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'refund-triage-read-'));
});
afterAll(async () => {
  await rm(folder, { recursive: true });
});

describe('refund-triage read', () => {
  it('prints one reading a line, of the agreed shape, in the order of the files', async () => {
    // Every fourth, in all merchants and languages: the whole corpus is read and scored elsewhere.
    const files = (await readdir(corpus)).filter((name) => name.endsWith('.eml')).toReversed().filter((_name, index) => index % 4 === 0).map((name) => join(corpus, name));
    expect(files.length).toBeGreaterThan(60);
    const { status, stdout, stderr } = await runProgram(['read', ...files]);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(readingsOf(stdout).map(({ file }) => file)).toEqual(files.map((file) => basename(file)));
  });

  it('quotes evidence that stands in the mail', async () => {
    const { stdout } = await runProgram(['read', join(corpus, 'winno-en-approved.eml')]);
    const [reading] = readingsOf(stdout);
    const source = (await readFile(join(corpus, 'winno-en-approved.eml'), 'latin1')).replaceAll(/=\r?\n/g, '');
    const order = reading?.facts.order_number;
    expect(order?.evidence).toContain(order?.value);
    expect(source).toContain(order?.value);
  });

  it('reads standard input', async () => {
    const input = await readFile(join(corpus, 'imgto3d-en-cancel.eml'));
    const { status, stdout } = await runProgram(['read', '-'], { input });
    expect(status).toBe(0);
    expect(readingsOf(stdout)).toMatchObject([{ file: '-', brand: 'imgto3d', topic: 'cancellation', decision: { outcome: 'cancel_subscription' } }]);
  });

  it('reads the mails of a thread together, and a stranger’s alone', async () => {
    const [answered = [], hijacked = []] = ['imgto3d-en-screenshot-later', 'imgto3d-en-stranger-quotes-ids'].map((name) => ['1.eml', '2.eml'].map((file) => join(corpus, '..', 'threads', 'chains', name, file)));
    const { stdout } = await runProgram(['read', '--thread', ...answered]);
    expect(readingsOf(stdout)).toMatchObject([
      { missing: ['screenshot'] },
      { topic: 'technical_problem', missing: [], facts: { browser: { value: 'Chrome 126', source: 'thread' } }, draft: { subject: expect.stringContaining('[RT-') } },
    ]);
    const strangers = await runProgram(['read', '--thread', ...hijacked]);
    expect(readingsOf(strangers.stdout)[1]).toMatchObject({ reason: null, facts: { account_email: { value: 'ann.reid@elsewhere.example' } } });
  });

  it('puts an error in the place of what is no mail, reads the others, and ends with status 1', async () => {
    const [empty, junk, sub] = [join(folder, 'empty.eml'), join(folder, 'junk.eml'), join(folder, 'folder.eml')];
    await writeFile(empty, '');
    await writeFile(junk, Buffer.from(Array.from({ length: 4096 }, (_, index) => (index * 197 + 13) % 256)));
    await mkdir(sub);
    const good = join(corpus, 'imgto3d-en-cancel.eml');
    const { status, stdout, stderr } = await runProgram(['read', empty, junk, sub, join(folder, 'none.eml'), good]);
    expect({ status, stderr }).toEqual({ status: 1, stderr: '' });
    const lines = stdout.trimEnd().split('\n').map((line): unknown => JSON.parse(line));
    expect(lines).toEqual([
      error('empty.eml', 'not_a_message'),
      error('junk.eml', 'not_a_message'),
      error('folder.eml', 'file_unreadable'),
      error('none.eml', 'file_not_found'),
      expect.objectContaining({ file: 'imgto3d-en-cancel.eml', brand: 'imgto3d' }),
    ]);
  });

  it('reads of a mail of 150 MB what stands at its beginning', async () => {
    const path = join(folder, 'large.eml');
    const file = await open(path, 'w');
    const boundary = 'b0undary';
    await file.write(
      `From: Ann <ann@post.example>\nTo: support@imgto3d.ai\nSubject: Cancel\nDate: Mon, 2 Mar 2026 10:00:00 +0000\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=${boundary}\n\n` +
        `--${boundary}\nContent-Type: text/plain\n\nPlease cancel my subscription.\n--${boundary}\nContent-Type: video/mp4; name=a.mp4\nContent-Disposition: attachment; filename=a.mp4\nContent-Transfer-Encoding: base64\n\n`,
    );
    const block = `${'A'.repeat(76)}\n`.repeat(13_000);
    for (let megabytes = 0; megabytes < 150; megabytes++) await file.write(block);
    await file.write(`\n--${boundary}--\n`);
    const { size } = await file.stat();
    await file.close();
    expect(size).toBeGreaterThan(150_000_000);
    const { status, stdout } = await runProgram(['read', path]);
    expect(status).toBe(0);
    expect(readingsOf(stdout)).toMatchObject([{ topic: 'cancellation', attachments: [{ filename: 'a.mp4', kind: 'recording' }] }]);
    await rm(path);
  });

  it('ends quietly when nobody reads on', async () => {
    const files = (await readdir(corpus)).filter((name) => name.endsWith('.eml')).map((name) => join(corpus, name));
    const { stdout, stderr } = spawnSync('sh', ['-c', '"$0" "$@" | head -n 1', process.execPath, mainFile, 'read', ...files, ...files], { encoding: 'utf8' });
    expect(stdout.split('\n').length).toBe(2);
    expect(stderr).toBe('');
  });
});
