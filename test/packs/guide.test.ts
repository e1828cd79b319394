import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { outcomes } from '../../src/decision/decision.ts';
import { variables } from '../../src/decision/variables.ts';
import { merchantPhrasesSchema } from '../../src/draft/phrases.ts';
import { templateVariables } from '../../src/draft/template-variables.ts';
import { factNames, flags, products, reasons, topics } from '../../src/facts/facts.ts';

const top = fileURLToPath(new URL('../..', import.meta.url));
const guide = (await readFile(join(top, 'templates', 'README.md'), 'utf8')).replaceAll(/^```[^]*?^```$/gmu, '');
const sections = new Map(guide.split(/^(?=#{2,3} )/mu).map((section) => [/^#+ (.*)/u.exec(section)?.[1] ?? '', section]));
const named = (section: string) => new Set([...(sections.get(section) ?? '').matchAll(/`([^`]+)`/gu)].flatMap(([, code = '']) => code.split(/[\s,:{}[\]]+/u)));
const missing = (section: string, names: Iterable<string>) => [...names].filter((name) => !named(section).has(name));

const policySchema: unknown = JSON.parse(await readFile(join(top, 'src/packs/policy.schema.json'), 'utf8'));
const keysAt = (...path: readonly string[]) => Object.keys(Object(path.reduce<unknown>((node, key) => Reflect.get(Object(node), key), policySchema)));

describe('the guide to packs names', () => {
  it('every key of policy.yaml', () => {
    expect(keysAt('properties').length).toBeGreaterThan(10);
    expect(missing('policy.yaml', keysAt('properties'))).toEqual([]);
    expect(missing('reader', keysAt('properties', 'reader', 'properties'))).toEqual([]);
    expect(missing('rules', keysAt('properties', 'rules', 'items', 'properties'))).toEqual([]);
    expect(missing('policy.yaml', keysAt('properties', 'calendar', 'properties'))).toEqual([]);
  });
  it('every product, reason, outcome and flag', () => {
    expect(missing('reader', [...products, ...reasons])).toEqual([]);
    expect(missing('rules', [...outcomes, ...flags])).toEqual([]);
  });
  it('every variable of conditions, and every topic that rules see', () => {
    expect(missing('conditions', variables.keys())).toEqual([]);
    expect(missing('conditions', topics.filter((topic) => topic !== 'machine' && topic !== 'other'))).toEqual([]);
    const told = new Set([...variables.values()].flatMap(({ name, fact }) => [name, fact]));
    expect(missing('conditions', factNames.filter((name) => !told.has(name)).map((name) => (name.startsWith('amount') ? `said.${name}` : name)))).toEqual([]);
  });
  it('every variable of replies', () => {
    const inReplies = new Set([...named('Replies')].map((name) => name.split('.')[0]));
    expect(Object.keys(templateVariables).filter((name) => !inReplies.has(name))).toEqual([]);
  });
  it('every key of phrases.yaml', () => {
    expect(missing('phrases.yaml', Object.keys(merchantPhrasesSchema.shape))).toEqual([]);
  });
  it('everything that pack check looks for', async () => {
    const source = await readFile(join(top, 'src/packs/pack-finding.ts'), 'utf8');
    const lints = [...source.matchAll(/^ {2}\| '([a-z-]+)'/gmu)].map(([, lint = '']) => lint);
    expect(lints.length).toBeGreaterThan(7);
    expect(missing('What pack check finds', ['mistake', ...lints])).toEqual([]);
  });
  it('files that are there', () => {
    const links = [...guide.matchAll(/\]\((\.\.[^)#]*)\)/gu)].map(([, link = '']) => link);
    expect(links.length).toBeGreaterThan(0);
    return Promise.all(links.map((link) => readFile(join(top, 'templates', link))));
  });
});
