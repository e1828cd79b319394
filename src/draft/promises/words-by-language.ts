import { ar } from './ar.ts';
import { be } from './be.ts';
import { en } from './en.ts';
import { es } from './es.ts';
import { fr } from './fr.ts';
import { it } from './it.ts';
import { ja } from './ja.ts';
import { ko } from './ko.ts';
import { pl } from './pl.ts';
import type { PromiseWords } from './promise-words.ts';
import { pt } from './pt.ts';
import { ru } from './ru.ts';
import { tr } from './tr.ts';
import { fold } from '../../facts/text/fold.ts';

const words: Readonly<Record<string, PromiseWords>> = { ar, be, en, es, fr, it, ja, ko, pl, pt, ru, tr };

export type WordList = Exclude<keyof PromiseWords, 'writing' | 'units'>;
export type PeriodUnit = keyof PromiseWords['units'];

/** A language's promise words, each list as one expression over folded text. */
export interface PromisePatterns {
  readonly unspaced: boolean;
  readonly lists: Readonly<Record<WordList, RegExp>>;
  readonly units: Readonly<Record<PeriodUnit, RegExp>>;
}

const compiled = new Map<string, PromisePatterns>();

/** English for a language without any. */
export function promisePatternsOf(language: string): PromisePatterns {
  const code = words[language] === undefined ? 'en' : language;
  const known = compiled.get(code);
  if (known) return known;
  const made = compile(words[code] ?? en);
  compiled.set(code, made);
  return made;
}

function compile({ writing, units, ...lists }: PromiseWords): PromisePatterns {
  const unspaced = writing === 'unspaced';
  const one = (alternatives: readonly string[]) => expressionOf(alternatives, unspaced);
  return {
    unspaced,
    lists: {
      refunding: one(lists.refunding), giving: one(lists.giving), entitling: one(lists.entitling), refund: one(lists.refund), replacement: one(lists.replacement),
      credits: one(lists.credits), revision: one(lists.revision), extra: one(lists.extra), handedBack: one(lists.handedBack), replacing: one(lists.replacing), revising: one(lists.revising),
      cancelling: one(lists.cancelling), full: one(lists.full), news: one(lists.news), negatedBefore: one(lists.negatedBefore), negatedAfter: one(lists.negatedAfter),
      refusing: one(lists.refusing), named: one(lists.named), spokenOf: one(lists.spokenOf), conditions: one(lists.conditions), maybes: one(lists.maybes), conjunctions: one(lists.conjunctions), soon: one(lists.soon),
      business: one(lists.business), clause: one(lists.clause),
    },
    units: { hour: one(units.hour), day: one(units.day), week: one(units.week), month: one(units.month) },
  };
}

function expressionOf(alternatives: readonly string[], unspaced: boolean): RegExp {
  if (alternatives.length === 0) return /(?!)/gu;
  const source = alternatives.map((alternative) => foldSource(alternative, unspaced)).join('|');
  return new RegExp(unspaced ? `(?:${source})` : `(?<![\\p{L}\\p{N}])(?:${source})(?![\\p{L}\\p{N}])`, 'gu');
}

/** Folding lowers the case of everything, `\p{L}` too: what is written between words stays as it is. */
function foldSource(source: string, unspaced: boolean): string {
  return source
    .split(/(\\p\{l\}|\\.)/iu)
    .map((piece, index) => (index % 2 === 1 ? piece.replace('\\p{l}', '\\p{L}') : fold(piece)))
    .join('')
    .replace(/~/gu, unspaced ? '\\p{L}{0,6}' : '\\p{L}*')
    .replace(/ (?![*+?{])/gu, '\\s+');
}
