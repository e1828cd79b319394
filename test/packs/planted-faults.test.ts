import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { layOutPack } from '../../src/packs/lay-out-pack.ts';
import { lintPack } from '../../src/packs/lint-pack.ts';
import { readPacks } from '../../src/packs/load-packs.ts';

let dir = '';
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'planted-'));
  await layOutPack('bean-club', ['ru'], dir);
});
afterEach(() => rm(dir, { recursive: true }));

interface Found {
  /** `policy.yaml:12` */
  readonly at: string;
  readonly lint: string;
  readonly message: string;
}

async function findings(): Promise<Found[]> {
  const { packs, problems } = await readPacks(dir);
  const folder = join(dir, 'bean-club');
  const linted = (await Promise.all(packs.map((pack) => lintPack(pack, folder)))).flat();
  return [...problems.map((problem) => ({ ...problem, lint: 'mistake' })), ...linted].map(({ file, line, lint, message }) => ({ at: `${file.slice(folder.length + 1)}${line === null ? '' : `:${line}`}`, lint, message }));
}

/** Puts `fault` in the place of `text`; gives back the place of the fault, or of `where` within the file as it is then. */
async function plant(file: string, text: string, fault: string, where = fault): Promise<string> {
  const path = join(dir, 'bean-club', file);
  const source = await readFile(path, 'utf8');
  expect(source).toContain(text);
  const planted = source.replace(text, fault);
  await writeFile(path, planted);
  return `${file}:${planted.slice(0, planted.indexOf(where)).split('\n').length}`;
}

const policy = 'policy.yaml';

it('has no fault as it is laid out', async () => {
  expect(await findings()).toEqual([]);
});

describe('a planted fault is found, with its file and line', () => {
  it.each<[what: string, file: string, text: string, fault: string, lint: string, message: RegExp, where?: string]>([
    ['a rule whose earlier one says all', policy, '  - name: return\n    when: reason in ["changed_mind", "dissatisfied_result"]\n', '  - name: return\n    when: reason == "changed_mind" && days_since_fulfilled > 60\n', 'unreachable', /"return" is never reached: .*return-too-late/u, 'reason == "changed_mind" && days'],
    ['a rule that contradicts itself', policy, 'when: reason == "not_received"', 'when: reason == "not_received" && reason == "wrong_item"', 'unreachable', /"not-received" never holds/u],
    ['a case that is never reached', policy, '      - when: preferred_resolution == "refund"\n', '      - when: said.order_number || !said.order_number\n        outcome: full_refund\n      - when: preferred_resolution == "refund"\n', 'unreachable', /this case is never reached/u, '- when: preferred_resolution'],
    ['two rules that cross', policy, 'when: reason == "not_received"', 'when: reason != "changed_mind" && days_since_paid > 90', 'overlap', /"not-received" \(investigate\) holds at once .*"return-too-late" \(deny\), as when .*days_since_paid = 91.* overrides: \{ return-too-late: … \}/u],
    ['a reason for crossing that no longer holds', policy, '      cancel-subscription: a wrong charge', '      return: nobody returns a charge\n      cancel-subscription: a wrong charge', 'overlap', /does not cross "return"/u],
    ['a rule it is said to go before that there is none of', policy, '      cancel-subscription: a wrong charge', '      cancel-subscripton: a wrong charge', 'mistake', /no rule below is called "cancel-subscripton"\. Did you mean "cancel-subscription"\?/u],
    ['a fact no reply can ask for', policy, 'when: reason == "not_received"', 'when: reason == "not_received" && card_last4 != "4242"', 'never-asked', /hangs on "card_last4", which no reply can ask for/u],
    ['a fact whose answer is never read', policy, 'when: reason == "not_received"', 'when: reason == "not_received" && telegram_id != "@x"', 'never-asked', /"telegram_id" is read only where reader\.telegram is true/u],
    ['a requirement that would be asked for again and again', policy, 'requires: [order_number, photo, preferred_resolution]', 'requires: [order_number, photo, preferred_resolution, telegram_id]', 'never-asked', /again and again/u],
    ['a question whether something was given that is never asked for', policy, 'requires: [order_number, photo, preferred_resolution]', 'requires: [order_number, photo]', 'never-asked', /asks whether "preferred_resolution" was given/u, '!said.preferred_resolution'],
    ['a reason that the reader never reads', policy, 'when: reason == "not_received"', 'when: reason in ["not_received", "late_delivery"]', 'never-read', /"late_delivery" is not among reader\.reasons/u],
    ['a state that the reader never reads', policy, 'when: reason == "not_received"', 'when: reason == "not_received" && !approved', 'never-read', /"approved" is read only for a merchant whose reader\.products name "digital_service"/u],
    ['a clause that is not in the text', policy, 'clause: "5"', 'clause: "7"', 'clause', /clause "7" is not found in policy\.en\.txt/u],
    ['words that are not in the clause', policy, 'clause: "5"', 'clause: "5"\n    says: { en: [within 90 days] }', 'clause', /"within 90 days" does not stand in clause 5/u, 'en: [within'],
    ['a language without replies', policy, 'languages: [en, ru]', 'languages: [en, fr, ru]', 'reply', /no replies in "fr" \(replies\/fr\/\)/u],
    ['a rule without a reply', policy, '- name: not-received', '- name: lost-parcel', 'mistake', /"lost-parcel" has no reply: replies\/en\/lost-parcel\.md is missing/u],
    ['a requirement that no reply can ask for', policy, 'requires: [order_number]\n\n', 'requires: [order_number, printed]\n\n', 'mistake', /requires "printed", which no reply can ask for/u, '- name: not-received'],
    ['an unknown key', policy, 'time_zone: UTC', 'time_zone: UTC\ntimezone: UTC', 'mistake', /unknown key\. Did you mean "time_zone"\?/u, 'timezone:'],
    ['a plural without a form that Russian needs', 'replies/ru/not-received.md', '\n', '\n{% if revision_count %}{{ revision_count | plural: one: "раз", other: "раза" }}{% endif %}', 'plural', /lacks "many", as for 0; "few", as for 2$/u, '{% if'],
    ['a value that may be nothing', 'replies/en/return.md', '{% if amount %}, {{ amount | money }}{% endif %}', ', {{ amount | money }}', 'unguarded', /\{\{ amount \}\} may be nothing for the rule return/u],
    ['a value guarded by another', 'replies/en/return.md', '{% if amount %}', '{% if reason %}', 'unguarded', /\{\{ amount \}\} may be nothing/u],
    ['a value in the wrong branch', 'replies/ru/return.md', '\n', '\n{% unless order_number %}{{ order_number }}{% endunless %}', 'unguarded', /\{\{ order_number \}\} may be nothing/u, '{% unless'],
    ['a value of a branch that another rule would reach', 'replies/en/faulty-item.md', "{% if outcome == 'replacement' %}", "{% if outcome == 'replacement' %}{{ amount | money }}", 'unguarded', /\{\{ amount \}\} may be nothing for the rule faulty-item/u],
    ['an unknown variable', 'replies/ru/return.md', '\n', '\n{{ clase }}', 'mistake', /unknown variable "clase"\. Did you mean "clause"\?/u, '{{ clase'],
  ])('%s', async (_what, file, text, fault, lint, message, where) => {
    const at = await plant(file, text, fault, where);
    const there = (await findings()).filter((one) => one.at === at && one.lint === lint);
    expect(there.map((one) => one.message)).toContainEqual(expect.stringMatching(message));
  });
});

it('finds a reply that no rule has', async () => {
  await writeFile(join(dir, 'bean-club/replies/en/retrun.md'), 'Hello.');
  await writeFile(join(dir, 'bean-club/replies/ru/retrun.md'), 'Привет.');
  const message = 'no rule has the reply "retrun". Did you mean "return"?';
  expect(await findings()).toEqual([{ at: 'replies/en/retrun.md', lint: 'reply', message }, { at: 'replies/ru/retrun.md', lint: 'reply', message }]);
});

it('finds an own fact that is not read, not asked for, or not looked at', async () => {
  const at = await plant('policy.yaml', '  default_product: physical', '  facts:\n    is_opened: { about: it was opened, known_by: customer, yes: { en: [opened] } }\n  default_product: physical', 'is_opened: {');
  expect(await findings()).toEqual([{ at, lint: 'never-asked', message: 'no rule looks at it' }]);
  await plant('policy.yaml', 'when: reason == "not_received"', 'when: reason == "not_received" && !is_opened');
  expect((await findings()).map(({ at: place, lint, message }) => [place, lint, message.replace(/:.*/u, '')])).toEqual([
    [at, 'never-read', 'there are no phrases in "ru", so no mail in it is read so'],
    [at, 'never-asked', 'nobody asks for it in "en"'],
    [at, 'never-asked', 'nobody asks for it in "ru"'],
  ]);
});

it('finds a reply that one language lacks', async () => {
  await rm(join(dir, 'bean-club/replies/ru/return.md'));
  expect(await findings()).toEqual([{ at: 'replies/ru/return.md', lint: 'mistake', message: 'English has this reply, "ru" does not' }]);
});

it('finds all of several faults at once, in the order of their places', async () => {
  const places = [
    await plant('policy.yaml', 'when: reason == "not_received"', 'when: reason == "not_received" && card_last4 != "4242"'),
    await plant('policy.yaml', 'clause: "5"', 'clause: "7"'),
    await plant('replies/en/return.md', '{% if amount %}, {{ amount | money }}{% endif %}', ', {{ amount | money }}'),
    await plant('replies/ru/return.md', '\n', '\n{{ order_number }}', '{{ order_number'),
  ];
  // Written to a sample customer, some of these replies have gaps as well.
  expect([...new Set((await findings()).filter(({ lint }) => lint !== 'gap').map(({ at }) => at))]).toEqual(places);
});

it('finds nothing in the packs that the project brings', async () => {
  const templates = fileURLToPath(new URL('../../templates', import.meta.url));
  const { packs, problems } = await readPacks(templates);
  expect([...problems, ...(await Promise.all(packs.map((pack) => lintPack(pack, join(templates, pack.name))))).flat()]).toEqual([]);
});
