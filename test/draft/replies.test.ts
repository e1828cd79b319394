import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadReplies, missingReplies, type Replies } from '../../src/draft/replies.ts';
import { TemplateError } from '../../src/draft/template-error.ts';
import { templatesDir } from './some-cases.ts';

let dir = '';

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'replies-'));
  await cp(join(templatesDir, 'storybookly'), join(dir, 'storybookly'), { recursive: true });
  await cp(join(templatesDir, 'shared'), join(dir, 'shared'), { recursive: true });
});

afterEach(() => rm(dir, { recursive: true }));

async function load(languages = ['be', 'en', 'ru']): Promise<Replies> {
  const { replies, faults: [fault] } = await loadReplies(join(dir, 'storybookly'), join(dir, 'shared'), languages);
  if (replies === null) throw fault ?? new Error('no replies, and no fault');
  return replies;
}
const reply = (name: string, language = 'en') => join(dir, 'storybookly/replies', language, name);

const shared = (language: string) => join(dir, 'shared', `${language}.yaml`);

async function change(file: string, from: string, to: string): Promise<number> {
  const source = await readFile(file, 'utf8');
  expect(source).toContain(from);
  await writeFile(file, source.replace(from, to));
  return source.slice(0, source.indexOf(from)).split('\n').length;
}

async function faultOf(loading: Promise<unknown>): Promise<TemplateError> {
  const fault: unknown = await loading.then(() => null, (error: unknown) => error);
  if (!(fault instanceof TemplateError)) throw new Error(`no TemplateError but ${String(fault)}`);
  return fault;
}

async function faultOfReply(source: string): Promise<string> {
  await writeFile(reply('price-drop.md'), source);
  const { file, message } = await faultOf(load());
  expect(file).toBe(reply('price-drop.md'));
  return message.slice(file.length);
}

describe('a reply that cannot be used is refused with its file and line', () => {
  it('for an unknown variable, with the nearest known name', async () => {
    expect(await faultOfReply('Hello\n\n{{ understod }}')).toBe(':3: unknown variable "understod". Did you mean "understood"?');
    expect(await faultOfReply('{% if outcom == "deny" %}x{% endif %}')).toBe(':1: unknown variable "outcom". Did you mean "outcome"?');
    expect(await faultOfReply('Hello\n{{ merchant.nam }}')).toBe(':2: unknown variable "merchant.nam". Did you mean "merchant.name"?');
    expect(await faultOfReply('{{ texts.refund_term }}')).toBe(':1: unknown variable "texts.refund_term". Did you mean "texts.refund_terms"?');
    expect(await faultOfReply('{{ merchant }}')).toMatch(/^:1: unknown variable "merchant\."/u);
    expect(await faultOfReply('{{ texts[reason] }}')).toMatch(/^:1: unknown variable "texts\."/u);
  });

  it('for a variable that only one branch would reach', async () => {
    expect(await faultOfReply('{% case reason %}\n{% when "price_drop" %}\n{{ card_number }}\n{% endcase %}')).toMatch(/^:3: unknown variable "card_number"/u);
  });

  it('for an unknown filter or tag', async () => {
    expect(await faultOfReply('{{ amount | mony }}')).toBe(':1: unknown filter "mony". Did you mean "money"?');
    expect(await faultOfReply('a\n{% iff amount %}')).toBe(':2: unknown tag "iff". Did you mean "if"?');
  });

  it('for whatever would read a file or let a value through unescaped', async () => {
    for (const tag of ['include', 'render', 'layout', 'raw']) expect(await faultOfReply(`{% ${tag} "x" %}`)).toMatch(/^:1: unknown tag/u);
    for (const filter of ['raw', 'escape', 'markdownify', 'newline_to_br']) expect(await faultOfReply(`{{ amount | ${filter} }}`)).toMatch(/^:1: unknown filter/u);
  });

  it('for a tag that is not closed', async () => {
    expect(await faultOfReply('{% if amount %}\nx')).toMatch(/^:1: .*not closed/u);
    expect(await faultOfReply('a\n{{ amount')).toMatch(/^:2: /u);
  });

  it('for a request that never says what is missing', async () => {
    await writeFile(reply('request-info.md'), 'Please tell us more.');
    expect((await faultOf(load())).message).toContain('request-info.md: never says what is missing');
  });

  it('for a reply that English has and another language does not', async () => {
    await rm(reply('price-drop.md', 'ru'));
    expect((await faultOf(load())).message).toBe(`${reply('price-drop.md', 'ru')}: English has this reply, "ru" does not`);
  });
});

describe('phrases that cannot be used are refused with their file and line', () => {
  it('for an unknown key, with the nearest known one', async () => {
    const line = await change(shared('ru'), 'asks_intro:', 'ask_intro:');
    const { message } = await faultOf(load());
    expect(message).toMatch(new RegExp(`ru\\.yaml:(?:${line}|1): `, 'u'));
  });

  it('for a missing phrase', async () => {
    await change(shared('en'), 'subject_empty: your request', '');
    expect((await faultOf(load())).message).toMatch(/en\.yaml.*subject_empty: is required/u);
  });

  it('for a missing thing to ask for', async () => {
    await change(shared('en'), '  outage_hours:', '  outage_minutes:');
    expect((await faultOf(load())).message).toMatch(/en\.yaml:\d+: asks/u);
  });

  it('for an unknown variable in a phrase of the merchant', async () => {
    const line = await change(reply('phrases.yaml', 'be'), '  misread: ', '  misread: "{{ oder_number }}" #');
    expect((await faultOf(load())).message).toBe(`${reply('phrases.yaml', 'be')}:${line}: unknown variable "oder_number". Did you mean "order_number"?`);
  });

  it('for a phrase made from another that is made from phrases', async () => {
    await change(reply('phrases.yaml', 'en'), '  misread: ', '  misread: "{{ asks }}" #');
    expect((await faultOf(load())).message).toMatch(/unknown variable "asks"/u);
  });

  it('where there are replies in a language, but no phrases', async () => {
    await rm(shared('be'));
    expect((await faultOf(load())).message).toMatch(/shared\/be\.yaml: there are replies in "be"/u);
  });
});

it('tells all faults at once, of every file', async () => {
  await writeFile(reply('price-drop.md'), '{{ understod }}\n\n{{ amount | mony }} {{ clase }}');
  await writeFile(reply('price-drop.md', 'ru'), '{{ understod }} {{ clase }}\n{{ outcom }}');
  await rm(reply('outage.md', 'be'));
  const line = await change(shared('be'), 'subject_empty:', 'subject_emty:');
  const { replies, faults } = await loadReplies(join(dir, 'storybookly'), join(dir, 'shared'), ['be', 'en', 'ru']);
  expect(replies).toBeNull();
  expect(faults.map(({ file, line: at, problem }) => [file, at, problem.replace(/ Did you mean.*$/u, '')])).toEqual([
    [shared('be'), expect.any(Number), 'subject_empty: is required'],
    [shared('be'), line, 'subject_emty: unknown key.'],
    [reply('price-drop.md'), 3, 'unknown filter "mony".'],
    [reply('price-drop.md', 'ru'), 1, 'unknown variable "understod".'],
    [reply('price-drop.md', 'ru'), 1, 'unknown variable "clase".'],
    [reply('price-drop.md', 'ru'), 2, 'unknown variable "outcom".'],
    [reply('outage.md', 'be'), null, 'English has this reply, "be" does not'],
  ]);
});

describe('which languages can be answered', () => {
  it('are those of the policy that have replies, and English', async () => {
    expect((await load(['be', 'de', 'ru'])).languages).toEqual(['be', 'ru', 'en']);
    await rm(join(dir, 'storybookly/replies/be'), { recursive: true });
    expect((await load()).languages).toEqual(['en', 'ru']);
  });

  it('take a merchant\'s own reply before the shared one', async () => {
    await writeFile(reply('human-review.md'), 'Our own words.');
    expect((await load()).english.templates.get('human-review')?.render({})).toBe('Our own words.');
  });
});

it('tells which rules have no reply, or require what no reply can ask for', async () => {
  const replies = await load();
  expect(missingReplies(replies, [{ name: 'price-drop', requires: ['order_number', 'photo'] }])).toEqual([]);
  expect(missingReplies(replies, [{ name: 'price-rise', reply: 'price-drop', requires: [] }])).toEqual([]);
  expect(missingReplies(replies, [{ name: 'any', outcome: 'need_info', requires: [] }])).toEqual([]);
  expect(missingReplies(replies, [{ name: 'price-rise', requires: ['printed'] }])).toEqual([
    { rule: 'price-rise', message: 'rule "price-rise" requires "printed", which no reply can ask for' },
    { rule: 'price-rise', message: 'rule "price-rise" has no reply: replies/en/price-rise.md is missing; write it, or set `reply:` to the name of one that this rule can share' },
  ]);
  expect(missingReplies(replies, [{ name: 'too-late', outcome: 'deny', requires: [] }])[0]?.message).toContain('write it, or set `reply: deny`');
  expect(missingReplies(replies, ['one', 'two', 'three'].map((name) => ({ name, outcome: 'deny', requires: [] })))).toEqual([
    { rule: 'one', message: expect.stringMatching(/^3 rules have no reply: in replies\/en these are missing: one\.md, two\.md, three\.md\. Write them; or set `reply: deny`/u) },
  ]);
});
