import { describe, expect, it } from 'vitest';
import { deskLanguages, languageFromHeader, type WordKey, wordsIn } from '../../src/desk/words.ts';
import { be } from '../../src/desk/words/be.ts';
import { en } from '../../src/desk/words/en.ts';
import { ru } from '../../src/desk/words/ru.ts';

const tables = { en, ru, be };
const keys = Object.keys(en).filter((key): key is WordKey => Object.hasOwn(en, key));

function placeholders(word: unknown): string[] {
  return [...new Set([...JSON.stringify(word).matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name))].toSorted();
}

describe("the desk's words", () => {
  it.each(deskLanguages)('are all there in %s, with the same values to put in', (language) => {
    const table: Readonly<Record<string, unknown>> = tables[language];
    expect(Object.keys(table).toSorted()).toEqual([...keys].toSorted());
    for (const key of keys) expect([key, placeholders(table[key])]).toEqual([key, placeholders(en[key])]);
    expect(Object.entries(table).filter(([, word]) => /(?<!\\)""/u.test(JSON.stringify(word)))).toEqual([]);
  });

  it.each(deskLanguages)('have every plural form that %s needs', (language) => {
    const needed = new Intl.PluralRules(language).resolvedOptions().pluralCategories;
    for (const [key, word] of Object.entries(tables[language])) if (typeof word !== 'string') expect([key, Object.keys(word).toSorted()]).toEqual([key, [...needed].toSorted()]);
  });

  it.each(['ru', 'be'] as const)('are really %s', (language) => {
    // Names are the same in every language.
    const named = new Set<string>(['Telegram ID', 'API']);
    const foreign = keys.map((key): unknown => tables[language][key]).filter((word) => !/\p{Script=Cyrillic}/u.test(JSON.stringify(word)));
    expect(foreign.filter((word) => typeof word !== 'string' || !named.has(word))).toEqual([]);
  });

  it('agree with their number', () => {
    const { say } = wordsIn('ru', null);
    expect([1, 2, 5, 21].map((n) => say('tokens.days', { n }))).toEqual(['1 день', '2 дня', '5 дней', '21 день']);
    expect(wordsIn('en', null).say('tokens.days', { n: 1 })).toBe('1 day');
  });

  it('tell times in the time zone that was chosen', () => {
    const at = new Date('2026-11-23T22:30:00Z');
    expect(wordsIn('en', 'Europe/Minsk').moment(at)).toMatch(/Nov 24, 2026, 1:30\sAM/);
    expect(wordsIn('be', 'UTC').day(at)).toBe('23 ліс 2026 г.');
    expect(wordsIn('en', null).distance(at, new Date('2026-11-20T22:00:00Z'))).toBe('in 3 days');
    expect(wordsIn('en', null).languageName('be')).toBe('Belarusian');
    expect(wordsIn('en', null).languageName('not a code')).toBe('not a code');
  });

  it.each([
    [undefined, 'en'], ['', 'en'], ['ru', 'ru'], ['be-BY,be;q=0.9,ru;q=0.8', 'be'], ['de-DE,de;q=0.9', 'en'], ['de, ru;q=0.5, be;q=0.7', 'be'], ['ru;q=0, en', 'en'], ['*', 'en'], ['RU-ru', 'ru'],
  ] as const)('are chosen by Accept-Language %j: %s', (header, language) => {
    expect(languageFromHeader(header)).toBe(language);
  });
});
