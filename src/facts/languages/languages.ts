import { ar } from './ar.ts';
import { be } from './be.ts';
import { de } from './de.ts';
import { en } from './en.ts';
import { es } from './es.ts';
import { fr } from './fr.ts';
import { it } from './it.ts';
import { pt } from './pt.ts';
import { ja } from './ja.ts';
import { ko } from './ko.ts';
import { pl } from './pl.ts';
import { ru } from './ru.ts';
import { tr } from './tr.ts';
import { uk } from './uk.ts';
import type { LanguageData } from '../text/language-data.ts';
import { fitExampleBook } from '../likeness/example-book.ts';
import type { ExampleBook } from '../likeness/example-book.ts';
import { loadFittedBook } from '../likeness/fitted-book.ts';
import { compilePhraseBook } from '../text/phrases.ts';
import type { PhraseBook } from '../text/phrases.ts';
import { examplesOf, readExamples } from '../likeness/read-examples.ts';

const languages: readonly LanguageData[] = [en, ru, be, es, fr, it, ja, ko, pt, pl, tr, ar, de, uk];
const books = new Map<string, PhraseBook>();

/** English for languages that we have no words for. */
export function languageDataOf(code: string): LanguageData {
  return languages.find((language) => language.code === code) ?? en;
}

/** The phrase book of a language, compiled at its first use; English for languages without one. */
export function phraseBookOf(code: string): PhraseBook {
  const known = books.get(code);
  if (known) return known;
  const data = languageDataOf(code);
  const book = books.get(data.code) ?? compilePhraseBook(data);
  books.set(data.code, book);
  books.set(code, book);
  return book;
}

export const languagesWithExamples: readonly string[] = ['en', 'ru', 'be', 'es', 'fr', 'it', 'pt', 'pl', 'tr', 'ja', 'ko', 'ar', 'de', 'uk'];
/** Their phrases and examples are few: where nothing is understood in them, or in a language taken for one of them, that says little. */
const briefLanguages: readonly string[] = ['de', 'uk'];

/** Whether what the reader does not find in a mail of this language is most likely not said. */
export function isKnownWell(code: string): boolean {
  return languagesWithExamples.includes(code) && !briefLanguages.includes(code);
}

const exampleBooks = new Map<string, ExampleBook>();

/** The example book of a language, loaded or else fitted at its first use; null for languages without examples. */
export function exampleBookOf(code: string): ExampleBook | null {
  if (!languagesWithExamples.includes(code)) return null;
  const known = exampleBooks.get(code);
  if (known) return known;
  const book = exampleBookFrom(code, examplesOf(code));
  exampleBooks.set(code, book);
  return book;
}

/** The book of these examples, from its file where that is of them. */
export function exampleBookFrom(code: string, examples: Buffer): ExampleBook {
  return loadFittedBook(code, examples) ?? fitExampleBook(readExamples(code, examples.toString()), phraseBookOf(code).language);
}
