import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openStore } from '../../src/cases/store.ts';
import { demoDecisions } from '../cases/demo-decisions.ts';
import { callProgram } from './run-program.ts';

const templates = fileURLToPath(new URL('../../templates/', import.meta.url));
const demoMails = fileURLToPath(new URL('../../src/demo/mails/', import.meta.url));

const jsonLines = (text: string): Record<string, unknown>[] => text.trimEnd().split('\n').map((line): Record<string, unknown> => JSON.parse(line));

describe('explain', () => {
  it('tells of a mail in a file why it is decided so', async () => {
    const { status, stdout, stderr } = await callProgram(['explain', join(demoMails, '07-imgto3d-fr-partly-used.eml')]);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    for (const line of ['07-imgto3d-fr-partly-used.eml · ', 'amount: 24.00 EUR × 90 ÷ 120 = 18.00 EUR', '| Частичный возврат: Если', 'yes  partly-used  ← decides', 'since days_since_paid = 1']) {
      expect(stdout).toContain(line);
    }
  });

  it('tells the same to programs, a line for each', async () => {
    const notAMail = join(templates, '..', 'package.json');
    const { status, stdout } = await callProgram(['explain', '--json', join(demoMails, '15-stone-ai-ru-outage-80-hours.eml'), join(demoMails, '19-imgto3d-out-of-office.eml'), notAMail]);
    expect(status).toBe(1);
    expect(jsonLines(stdout)).toMatchObject([
      { file: '15-stone-ai-ru-outage-80-hours.eml', receipt: { decision: { outcome: 'full_refund', rule: 'outage' }, deadlines: [{ what: 'answer', by: '2026-03-25' }, { what: 'payout', by: null }] } },
      { receipt: { withoutRules: 'machine', rules: [] } },
      { file: 'package.json', error: { code: 'not_a_message' } },
    ]);
  });

  it('says so where nothing was decided', async () => {
    const mail = 'From: a@b.example\r\nTo: c@d.example\r\nSubject: Hello\r\n\r\nHow are you?\r\n';
    const { status, stdout } = await callProgram(['explain', '-'], { input: mail });
    expect({ status, stdout }).toEqual({ status: 0, stdout: '- · Hello\n\nNothing was decided: it was written to nobody whose policy is known.\n' });
  });
});

describe('over a store', () => {
  let folder: string;
  let demo: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'refund-triage-replay-'));
    demo = join(folder, 'demo');
    const { packs, mails } = await demoDecisions();
    const store = await openStore({ dataDir: join(demo, 'store') });
    await store.keepPacks(packs);
    // One by one, so that a case has the number of its mail.
    for (const mail of mails) await store.recordMails(store.beginRun(), [mail]);
    await store.close();
  });
  afterAll(async () => {
    await rm(folder, { recursive: true, force: true });
  });

  it('replay takes every decision again, to the same bytes', async () => {
    const { status, stdout, stderr } = await callProgram(['replay', '--data-dir', demo]);
    expect({ status, stdout, stderr }).toEqual({ status: 0, stdout: '20 decisions taken again: 20 the same, byte for byte.\n', stderr: '' });
    expect(jsonLines((await callProgram(['replay', '--data-dir', demo, '--merchant', 'stone-ai', '--since', '2026-03-17', '--json'])).stdout)).toEqual([
      { summary: { identical: 2, different: 0, cannot: 0, reasons: { no_basis: 0, missing: 0, not_understood: 0 } } },
    ]);
  });

  it('replay --pack tells what a changed policy would decide otherwise, why, and the money moved', async () => {
    const pack = join(folder, 'stricter');
    await cp(join(templates, 'stone-ai'), pack, { recursive: true });
    const policy = await readFile(join(pack, 'policy.yaml'), 'utf8');
    await writeFile(join(pack, 'policy.yaml'), policy.replace('days_since_paid > 14', 'days_since_paid > 5').replace('outage_hours > 72', 'outage_hours > 90'));
    const { status, stdout } = await callProgram(['replay', '--data-dir', demo, '--pack', pack]);
    expect(status).toBe(0);
    expect(stdout).toBe(`2 of 3 decisions on mail to stone-ai would be another one.

1 × full refund (unused) → deny (unused-late)
  case 13, RT-1DF4Z3B2, of 2026-03-16: 25.00 USD → no sum
    unused: holds, for full refund → not reached
      since reason = unused_balance
    unused-late: does not hold → holds, for deny
      was when reason in ["unused_balance", "changed_mind"] && days_since_paid > 14
      now when reason in ["unused_balance", "changed_mind"] && days_since_paid > 5
      since reason = unused_balance, days_since_paid = 7 (from 2026-03-09 to 2026-03-16: 7 days)

1 × full refund (outage) → deny (outage)
  case 15, RT-DSM25E4H, of 2026-03-18: 31.50 USD → no sum
    outage: holds, for full refund → holds, for deny
      was when (reason == "service_outage") && (outage_hours > 72)
      now when (reason == "service_outage") && !(outage_hours > 90)
      since reason = service_outage, outage_hours = 80

Money granted, before and after:
  56.50 USD → 0.00 USD (−56.50 USD)
`);
    const lines = jsonLines((await callProgram(['replay', '--data-dir', demo, '--pack', pack, '--json'])).stdout);
    expect(lines).toMatchObject([
      { flip: { case: 13, before: { outcome: 'full_refund', amount: '25.00 USD' }, after: { outcome: 'deny', rule: 'unused-late' } } },
      { flip: { case: 15, why: [{ rule: 'outage', before: { outcome: 'full_refund' }, after: { outcome: 'deny' } }] } },
      { summary: { merchant: 'stone-ai', decisions: 3, flips: 2, before: { sums: ['56.50 USD'] }, after: { sums: [] } } },
    ]);
  });

  it('an unchanged policy flips nothing', async () => {
    const { stdout } = await callProgram(['replay', '--data-dir', demo, '--pack', join(templates, 'imgto3d')]);
    expect(stdout).toMatch(/^0 of \d+ decisions on mail to imgto3d would be another one\.\n\nMoney granted, before and after:\n {2}(\S+ \S+) → \1\n/);
  });

  it('explain finds a case by its number and by the tag of its draft, and takes it again', async () => {
    const { status, stdout } = await callProgram(['explain', '--data-dir', demo, '15', '[RT-1DF4Z3B2]']);
    expect(status).toBe(0);
    expect(stdout).toMatch(/^Case 15 · RT-DSM25E4H · .+\nTaken again from what was kept: the same decision, byte for byte \(SHA-256 [0-9a-f]{64}\)\.\n\nDecision\n {2}full refund, by the rule outage \(clause 2\.1\)\n/);
    expect(stdout).toContain('\n\nCase 13 · RT-1DF4Z3B2 · ');
    const [told] = jsonLines((await callProgram(['explain', '--data-dir', demo, '--json', '15'])).stdout);
    expect(told).toMatchObject({ case: 15, tag: 'RT-DSM25E4H', identical: true, receipt: { clauses: [{ clause: '2.1', language: 'ru' }], pack: { name: 'stone-ai' } } });
  });

  it.each([
    [['explain', '999'], 1, 'case_not_found: There is no case 999.'],
    [['replay', '--pack', 'nowhere'], 1, 'bad_pack: '],
    [['replay', '--since', 'soon'], 2, '--since: expected a date'],
  ])('%j fails as it should', async (args, expected, message) => {
    const { status, stderr } = await callProgram([...args, '--data-dir', demo]);
    expect(status).toBe(expected);
    expect(stderr).toContain(`refund-triage: ${message}`);
  });

  it('says that there is no store where there is none', async () => {
    const { status, stderr } = await callProgram(['replay', '--data-dir', folder]);
    expect({ status, stderr }).toEqual({ status: 2, stderr: `refund-triage: --data-dir: there is no store in ${folder}.\nTry "refund-triage replay --help".\n` });
  });
});
