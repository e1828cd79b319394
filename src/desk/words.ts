import { be } from './words/be.ts';
import { en } from './words/en.ts';
import { ru } from './words/ru.ts';

/** The desk's own words, in one language. The customer's mail and our reply have languages of their own. */
export interface Words {
  readonly language: DeskLanguage;
  /** The words of `key`, with `values` put in. Where they depend on a number, it is `values.n`. */
  readonly say: (key: WordKey, values?: Readonly<Record<string, string | number>>) => string;
  readonly number: (value: number) => string;
  /** A day: `23 Nov 2026`. */
  readonly day: (at: Date) => string;
  /** A day and a time. */
  readonly moment: (at: Date) => string;
  /** How far from now: `in 3 days`, `5 minutes ago`. */
  readonly distance: (at: Date, now: Date) => string;
  /** The name of a language, by its ISO 639-1 code. */
  readonly languageName: (code: string) => string;
}

/** A text, or its forms by plural category (CLDR). */
export type DeskWord = string | { readonly [category in Intl.LDMLPluralRule]?: string } & { readonly other: string };
export type WordKey = keyof typeof en;
export type DeskLanguage = (typeof deskLanguages)[number];

export const deskLanguages = ['en', 'ru', 'be'] as const;

/** What a language calls itself. */
export const deskLanguageNames: Readonly<Record<DeskLanguage, string>> = { en: 'English', ru: 'Русский', be: 'Беларуская' };

const wordsOf: Readonly<Record<DeskLanguage, Readonly<Record<WordKey, DeskWord>>>> = { en, ru, be };

export function isDeskLanguage(code: string | null | undefined): code is DeskLanguage {
  return deskLanguages.some((known) => known === code);
}

/** Making a language's formats takes longer than using them. */
const made = new Map<string, Words>();

/** `timeZone` is a name such as `Europe/Minsk`; null stands for the server's. */
export function wordsIn(language: DeskLanguage, timeZone: string | null): Words {
  const key = `${language} ${timeZone ?? ''}`;
  const words = made.get(key) ?? makeWords(language, timeZone);
  made.set(key, words);
  return words;
}

function makeWords(language: DeskLanguage, timeZone: string | null): Words {
  const zone = timeZone === null ? {} : { timeZone };
  const plural = new Intl.PluralRules(language);
  const numbers = new Intl.NumberFormat(language);
  const days = new Intl.DateTimeFormat(language, { ...zone, dateStyle: 'medium' });
  const moments = new Intl.DateTimeFormat(language, { ...zone, dateStyle: 'medium', timeStyle: 'short' });
  const distances = new Intl.RelativeTimeFormat(language, { numeric: 'auto' });
  const names = new Intl.DisplayNames(language, { type: 'language' });
  return {
    language,
    say: (key, values = {}) => {
      const word = wordsOf[language][key];
      const text = typeof word === 'string' ? word : (word[plural.select(Number(values['n'] ?? 0))] ?? word.other);
      return text.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
        const value = values[name];
        return typeof value === 'number' ? numbers.format(value) : (value ?? '');
      });
    },
    number: (value) => numbers.format(value),
    day: (at) => days.format(at),
    moment: (at) => moments.format(at),
    distance: (at, now) => distanceOf(distances, at.getTime() - now.getTime()),
    languageName: (code) => nameOf(names, code),
  };
}

/** The first of the browser's languages that the desk speaks (RFC 9110, 12.5.4), else English. */
export function languageFromHeader(acceptLanguage: string | undefined): DeskLanguage {
  const wanted = (acceptLanguage ?? '')
    .split(',', 32)
    .map((part) => {
      const [range = '', ...parameters] = part.trim().toLowerCase().split(';');
      const quality = parameters.map((parameter) => /^\s*q\s*=\s*([\d.]+)\s*$/.exec(parameter)?.[1]).find((found) => found !== undefined);
      return { code: range.split('-')[0] ?? '', quality: quality === undefined ? 1 : Number(quality) };
    })
    .filter(({ quality }) => quality > 0)
    .toSorted((a, b) => b.quality - a.quality);
  return wanted.map(({ code }) => code).find(isDeskLanguage) ?? 'en';
}

const steps: readonly (readonly [unit: Intl.RelativeTimeFormatUnit, ms: number])[] = [
  ['day', 86_400_000], ['hour', 3_600_000], ['minute', 60_000],
];

function distanceOf(format: Intl.RelativeTimeFormat, ms: number): string {
  for (const [unit, unitMs] of steps) if (Math.abs(ms) >= unitMs) return format.format(Math.trunc(ms / unitMs), unit);
  return format.format(0, 'minute');
}

function nameOf(names: Intl.DisplayNames, code: string): string {
  try {
    return names.of(code) ?? code;
  } catch {
    return code;
  }
}
