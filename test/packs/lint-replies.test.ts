import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { lintReplies } from '../../src/packs/lint-replies.ts';
import { loadPacks } from '../../src/packs/load-packs.ts';
import { sampleReplies } from '../../src/packs/sample-replies.ts';
import { allPacks, templatesDir } from '../draft/some-cases.ts';

let dir = '';

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'lint-replies-'));
});

afterEach(() => rm(dir, { recursive: true }));

/** What is found once a fault has been planted, as `file:line lint message`. */
async function foundWith(pack: string, file: string, from: string, to: string): Promise<string[]> {
  for (const name of [pack, 'shared']) await cp(join(templatesDir, name), join(dir, name), { recursive: true });
  const path = join(dir, file);
  const source = await readFile(path, 'utf8');
  expect(source).toContain(from);
  await writeFile(path, source.replace(from, () => to));
  // Only the language of the fault is looked at: the others are the same as in the merchants that come along.
  const policy = join(dir, pack, 'policy.yaml');
  const language = /replies\/([a-z]{2})\//u.exec(file)?.[1] ?? 'en';
  await writeFile(policy, (await readFile(policy, 'utf8')).replace(/^languages: .*$/mu, `languages: [${language}]`));
  const [loaded] = await loadPacks(dir);
  if (loaded === undefined) throw new Error('the pack was not loaded');
  return lintReplies(loaded, join(dir, pack)).map(({ file: found, line, lint, message }) => `${found.slice(dir.length + 1)}:${line} ${lint} ${message}`);
}

describe('the replies of the merchants that come along', () => {
  it('have no gap, no stray language, and promise what the decision backs', async () => {
    for (const pack of await allPacks()) expect(lintReplies(pack, join(templatesDir, pack.name))).toEqual([]);
  });

  it('are each written for every outcome, complete and with questions, in every language', async () => {
    const samples = (await allPacks()).flatMap(sampleReplies);
    expect(samples.length).toBeGreaterThan(700);
    expect(new Set(samples.map(({ language }) => language)).size).toBe(12);
    expect(samples.filter(({ decision, draft }) => decision.missing.length > 0 && draft.template !== 'request-info')).toEqual([]);
  });
});

describe('a fault planted in a reply is found with its file and line', () => {
  it('a promise beside a denial', async () => {
    const found = await foundWith('storybookly', 'storybookly/replies/en/price-drop.md', 'If there is anything wrong', 'We will refund you the difference.\n\nIf there is anything wrong');
    expect(found).toContain('storybookly/replies/en/price-drop.md:5 promise for the rule price-drop, "We will refund": promises a refund, but the decision is "deny". Say what the rule\'s outcome gives and no more, or change the outcome');
  });

  it('a promise beside a discretionary decision, in Japanese', async () => {
    const found = await foundWith('imgto3d', 'imgto3d/replies/ja/unused.md', '{{ next_step }}', '全額を返金いたします。{{ next_step }}');
    expect(found.filter((line) => line.startsWith('imgto3d/replies/ja/unused.md:5 promise'))).not.toEqual([]);
  });

  it('a sum and a day that are nobody\'s', async () => {
    const found = await foundWith('stone-ai', 'stone-ai/replies/ru/unused.md', '{{ next_step }}', 'Сумма составит 15 $, срок — до 3 марта 2032 года. {{ next_step }}');
    expect(found.map((line) => /^(\S+ \S+) for the rule unused, "([^"]+)"/u.exec(line)?.slice(1))).toEqual([['stone-ai/replies/ru/unused.md:5 promise', '15 $'], ['stone-ai/replies/ru/unused.md:5 promise', '3 марта 2032']]);
  });

  it('another clause than the rule\'s', async () => {
    const found = await foundWith('winno', 'winno/replies/en/no-returns.md', '§ {{ clause }}', '§ 3b');
    expect(found).toEqual(['winno/replies/en/no-returns.md:3 promise for the rule no-returns, "3b": the decision rests on 2a. Write § {{ clause }}, or give the clause its name under `clauses` in phrases.yaml']);
  });

  it('a sentence left in English', async () => {
    const found = await foundWith('imgto3d', 'imgto3d/replies/es/too-late.md', '{{ texts.remains }}', 'You can cancel your subscription at any time, and it ends with the current billing period.');
    expect(found[0]).toMatch(/^imgto3d\/replies\/es\/too-late\.md:5 language reads as "en", not "es"/u);
    expect((await foundWith('imgto3d', 'imgto3d/replies/ko/too-late.md', '{{ texts.remains }}', 'You can cancel at any time.'))[0]).toMatch(/^imgto3d\/replies\/ko\/too-late\.md:5 language "can cancel at" is not in "ko"/u);
  });

  it('a Russian letter in Belarusian', async () => {
    const found = await foundWith('storybookly', 'storybookly/replies/be/fair-use.md', 'асобна', 'отдельно и');
    expect(found[0]).toMatch(/^storybookly\/replies\/be\/fair-use\.md:3 language .*"и", which "be" does not use/u);
  });

  it('a value that is not there', async () => {
    const found = await foundWith('winno', 'winno/replies/en/print-fault.md', '(our policy, § {{ clause }})', '({{ amount | money }})');
    expect(found[0]).toMatch(/^winno\/replies\/en\/print-fault\.md:3 gap the reply "print-fault" has empty brackets/u);
  });

  it('a greeting without the name', async () => {
    const found = await foundWith('winno', 'shared/en.yaml', 'Hello {{ name }},', 'Hello,');
    expect(found).toEqual(['shared/en.yaml:1 greeting the greeting in "en" leaves the name out: "Hello,"']);
  });
});
