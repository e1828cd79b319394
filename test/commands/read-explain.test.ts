import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { wantsColours } from '../../src/commands/colours.ts';
import { explainReading, type ExplainedReading } from '../../src/commands/explained-reading.ts';
import { showExplanation } from '../../src/commands/show-explanation.ts';
import { loadPacks } from '../../src/packs/load-packs.ts';
import { triage } from '../../src/triage.ts';
import { callProgram } from './run-program.ts';

const packs = await loadPacks(fileURLToPath(new URL('../../templates', import.meta.url)));

const corpus = fileURLToPath(new URL('../corpus', import.meta.url));
const answers = join(corpus, 'mixed-reply-to-questions.eml');
const cardNumber = join(corpus, 'mixed-card-number.eml');
const escape = '\u001b[';

function mail(subject: string, body: string): string {
  return `From: Ann Lee <ann@post.example>\nTo: support@imgto3d.ai\nSubject: ${subject}\nDate: Mon, 2 Mar 2026 10:00:00 +0000\nMIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\n\n${body}\n`;
}

async function explainedReading(mailSource: string | Buffer): Promise<ExplainedReading> {
  const source = Buffer.from(mailSource);
  const result = await triage(source, { internalDate: new Date(0), bytes: source.length, partBytes: null, merchant: null }, { packs, authservIds: [], countEarlierRequests: null });
  return explainReading('-', result, packs);
}

async function explain(mailSource: string | Buffer, colours = false): Promise<string> {
  return showExplanation(await explainedReading(mailSource), colours);
}

describe('refund-triage read --explain', () => {
  it('marks in the mail what each fact was read from, and shows what was set aside with its reason', async () => {
    const { status, stdout } = await callProgram(['read', '--explain', answers]);

    expect(status).toBe(0);
    expect(stdout).toContain('[browser: Firefox 147] unter [os: Linux Mint 22]');
    expect(stdout).toContain('(set aside – quoted: history that the mail answers)\n  - when did it happen');
    expect(stdout).toContain('(set aside – signature)\n  Jürgen Neumann');
    expect(stdout).toMatch(/^ {2}browser +Firefox 147 {2}body: “Firefox 147”\n {6}not Chrome 126: “Chrome 126” stands in what was set aside$/m);
  });

  it('says which phrases gave topic, reason and product, with their weight', async () => {
    const stdout = await explain(mail('Refund', 'Please do not cancel it, but refund my subscription. I was charged twice.'));

    expect(stdout).toMatch(/^ {2}duplicate_charge +“charged twice” \d\.\d/m);
    expect(stdout).toMatch(/^ {2}want_refund +“.*refund.*” \d\.\d/m);
    expect(stdout).toMatch(/^ {2}want_cancel .*not counted: is said not to be so/m);
  });

  it('names the candidates that a fact refused, and why', async () => {
    const stdout = await explain(mail('Refund', 'Please refund my subscription, I do not need it. I paid 29 EUR on 1 March 2026. The fee was 2 EUR. Answer me by 9 March.'));

    expect(stdout).toContain('I paid [amount: 29 EUR] on [paid_at: 1 March 2026].');
    expect(stdout).toContain('not 2 EUR: “2 EUR” was not paid, or is a fee');
    expect(stdout).toMatch(/not \S+: “9 March” lies ahead, or is a deadline/);
  });

  it('colours where FORCE_COLOR asks for it, and not where there is no terminal', async () => {
    const [plain, forced] = await Promise.all([{}, { FORCE_COLOR: '1' }].map((environment) => callProgram(['read', '--explain', answers], { environment })));

    expect(plain?.stdout).not.toContain(escape);
    expect(forced?.stdout).toContain(`${escape}96;4mFirefox 147${escape}0m`);
    expect(forced?.stdout.replaceAll(/\p{Cc}\[[\d;]*m/gu, '')).not.toContain(escape);
  });

  it.each([
    [true, true, {}], [true, false, { FORCE_COLOR: '1' }], [true, false, { FORCE_COLOR: '1', NO_COLOR: '1' }], [true, true, { NO_COLOR: '' }],
    [false, false, {}], [false, true, { NO_COLOR: '1' }], [false, true, { FORCE_COLOR: '0' }], [false, true, { TERM: 'dumb' }],
  ])('colours: %s, on a terminal: %s, with %j', (colours, isTTY, environment) => {
    expect(wantsColours({ isTTY }, environment)).toBe(colours);
  });

  it('never shows a full card number', async () => {
    const source = await readFile(cardNumber);
    const digits = /\d{4} \d{4} \d{4} \d{4}/.exec(source.toString())?.[0] ?? '';

    expect(digits).toHaveLength(19);
    for (const shown of [await explain(source), JSON.stringify(await explainedReading(source))]) {
      expect(shown).toContain(`•••• ${digits.slice(-4)}`);
      expect(shown).not.toContain(digits.slice(0, 9));
    }
  });

  it('sends no escape sequence of the mail to the terminal', async () => {
    const stdout = await explain(mail('A \u001b]0;title\u0007 subject', 'Refund me \u001b[31mnow\u009b2J please, I do not need it.'));

    expect(stdout.replaceAll('\n', '')).not.toMatch(/\p{Cc}/u);
  });

  it('prints as JSON the parts of the mail, and places in them', async () => {
    const { stdout } = await callProgram(['read', '--explain', '--json', answers, answers]);
    const [line = '', second] = stdout.trimEnd().split('\n');
    const { file, parts, facts, signs } = JSON.parse(line);

    expect(second).toBe(line);
    expect(file).toBe('mixed-reply-to-questions.eml');
    expect(facts.browser).toMatchObject({ value: 'Firefox 147', evidence: 'Firefox 147', refused: [{ value: 'Chrome 126', why: 'set_aside' }] });
    const { part, start, end } = facts.browser.at;
    expect(parts[part]).toMatchObject({ kind: 'own', set_aside: null });
    expect(parts[part].text.slice(start, end)).toBe('Firefox 147');
    expect(parts[facts.browser.refused[0].at.part].kind).toBe('quote');
    expect(signs).toContainEqual(expect.objectContaining({ concept: 'technical_failure', by: 'phrase', refused: null }));
  });

  it('shows a mail to nobody of ours, and an error in the place of what is no mail', async () => {
    const stray = await explain(mail('Hi', 'Lunch?').replace('support@imgto3d.ai', 'ben@post.example'));
    const junk = await callProgram(['read', '--explain', '-'], { input: '' });

    expect(stray).toContain('no merchant of ours');
    expect(stray).toContain('Lunch?');
    expect(junk).toMatchObject({ status: 1, stdout: expect.stringContaining('not_a_message') });
  });

  it('takes --json only with it', async () => {
    expect(await callProgram(['read', '--json', answers])).toMatchObject({ status: 2, stdout: '', stderr: expect.stringContaining('--explain') });
  });
});
