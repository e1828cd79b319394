import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { deliverToMaildir, createMaildir } from '../../src/mailbox/maildir-delivery.ts';
import { hugePng, sample } from '../files/files-on-hand.ts';
import { callProgram, runProgram } from './run-program.ts';

const readingSchema = z.object({
  facts: z.record(z.string(), z.object({ value: z.unknown(), source: z.string(), evidence: z.string() })),
  attachments: z.array(z.object({ flags: z.array(z.string()) })),
  missing: z.array(z.string()),
  flags: z.array(z.string()),
  draft: z.object({ text: z.string() }).nullable(),
});

let folder: string;
beforeAll(async () => { folder = await mkdtemp(join(tmpdir(), 'refund-triage-files-')); });
afterAll(async () => { await rm(folder, { recursive: true }); });

function mailWith(text: string, files: readonly (readonly [name: string, content: Buffer])[], id = 'files'): Buffer {
  const parts = files.map(([name, content]) => `--b\r\nContent-Type: application/octet-stream\r\nContent-Disposition: attachment; filename="${name}"\r\nContent-Transfer-Encoding: base64\r\n\r\n${content.toString('base64').replaceAll(/.{76}/g, '$&\r\n')}\r\n`);
  return Buffer.from([
    `Message-ID: <${id}@customer.example>`, 'From: Ann Carter <ann@customer.example>', 'To: support@imgto3d.ai', 'Subject: Help', 'Date: Tue, 17 Mar 2026 16:00:00 +0000', 'MIME-Version: 1.0',
    'Content-Type: multipart/mixed; boundary=b', '', `--b\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n${text}\r\n\r\n${parts.join('')}--b--`, '',
  ].join('\r\n'));
}

const failure = 'Hello, the Turbo generator stopped with an error on March 17, 2026 at 14:00, right after I had uploaded a photo and pressed the button. I use Windows 11. Please help.';
const refund = 'Hello, I would like my money back for the Starter subscription. I do not need it any more and have not used a single credit.';

async function read(mail: Buffer, ...options: string[]): Promise<z.infer<typeof readingSchema>> {
  const path = join(folder, 'mail.eml');
  await writeFile(path, mail);
  const { status, stdout, stderr } = await callProgram(['read', ...options, path]);
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  return readingSchema.parse(JSON.parse(stdout));
}

describe('refund-triage read', () => {
  it('flags a screenshot for what is not seen in it, and asks for one that shows it along with what is missing', async () => {
    const mail = mailWith(failure, [['shot.png', sample('error-without-address-bar.png')]]);
    const seen = await read(mail);
    expect(seen.attachments).toEqual([{ flags: ['no_address_bar'] }]);
    expect(seen.missing).toEqual(['browser']);
    expect(seen.draft?.text).toContain("full-screen picture with the browser's address bar");
    const unseen = await read(mail, '--no-files');
    expect(unseen.attachments).toEqual([{ flags: [] }]);
    expect(unseen.missing).toEqual(['browser']);
    expect(unseen.draft?.text).not.toContain('full-screen picture');
  });

  it('takes from a receipt what the customer does not say', async () => {
    const mail = mailWith(refund, [['receipt.pdf', sample('receipt.pdf')]]);
    const seen = await read(mail);
    expect(seen.facts).toMatchObject({ paid_at: { value: '2026-03-15', source: 'attachment', evidence: 'Date paid March 15, 2026' }, amount: { value: '29.90 USD', source: 'attachment' } });
    expect(seen.missing).toEqual([]);
    expect((await read(mail, '--no-files')).missing).toEqual(['paid_at']);
  });

  it('shows with --explain what was read in each file, and why where nothing was', async () => {
    const path = join(folder, 'explained.eml');
    await writeFile(path, mailWith(failure, [['shot.png', sample('error-without-address-bar.png')], ['screenshot.png', hugePng(30_000, 30_000)], ['film.mp4', sample('three-seconds.mp4')], ['notes.zip', Buffer.from('PK')]]));
    const { stdout } = await callProgram(['read', '--explain', path]);
    const [, files = ''] = stdout.split('Files, and what was read in them\n');
    const lines = (files.split('\n\n')[0] ?? '').split('\n');
    expect(lines).toContain('  shot.png  screenshot · image/png · no_address_bar');
    expect(lines).toContain('      Error 500: Generation failed. Please try again later.');
    expect(lines).toContain('  screenshot.png  screenshot · image/png · not read: too large');
    expect(lines).toContain('  film.mp4  recording · video/mp4 · 3 s');
    expect(lines.at(-1)).toMatch(/^ {2}notes\.zip {2}other/);
  });

  it('reads a mail whose files are damaged or beyond all measure as if they could not be seen', async () => {
    const seen = await read(mailWith(failure, [['screenshot.png', hugePng(30_000, 30_000)], ['cut.jpg', sample('full-window-error.jpg').subarray(0, 9_000)]]));
    expect(seen.attachments).toEqual([{ flags: [] }, { flags: [] }]);
    expect(seen.missing).toEqual(['browser']);
  });
});

describe('refund-triage run', () => {
  it('looks into the files that are worth it, and answers the mail by what it saw', async () => {
    const maildir = join(folder, 'Maildir');
    await createMaildir(maildir);
    await deliverToMaildir(maildir, mailWith(failure, [['shot.png', sample('error-without-address-bar.png')]], 'shot'));
    await deliverToMaildir(maildir, mailWith(refund, [['receipt.pdf', sample('receipt.pdf')]], 'receipt'));
    const config = join(folder, 'refund-triage.yaml');
    await writeFile(config, `data_dir: ${join(folder, 'data')}\nmailboxes:\n  - { name: support, type: maildir, path: ${maildir} }\n`);
    const { status, stderr } = await runProgram(['run', '--once', '--since', '2020-01-01', '--config', config], { cwd: folder });
    expect({ status, errors: stderr.match(/"level":(?:50|60).*/g) }).toEqual({ status: 0, errors: null });
    const drafts = join(maildir, '.Drafts', 'cur');
    const sources = await Promise.all((await readdir(drafts)).map(async (name) => (await readFile(join(drafts, name), 'utf8')).replaceAll(/=\r?\n/g, '')));
    const draftTo = (id: string): string => sources.find((source) => source.includes(`In-Reply-To: <${id}@`)) ?? '';
    expect(sources).toHaveLength(2);
    expect(draftTo('shot')).toContain('full-screen picture with the browser');
    expect(draftTo('receipt')).toContain('(transaction IMG-20418-0007)');
  });
});
