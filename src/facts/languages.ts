import { ar } from './languages/ar.ts';
import { be } from './languages/be.ts';
import { de } from './languages/de.ts';
import { en } from './languages/en.ts';
import { es } from './languages/es.ts';
import { fr } from './languages/fr.ts';
import { it } from './languages/it.ts';
import { pt } from './languages/pt.ts';
import { ja } from './languages/ja.ts';
import { ko } from './languages/ko.ts';
import { pl } from './languages/pl.ts';
import { ru } from './languages/ru.ts';
import { tr } from './languages/tr.ts';
import { uk } from './languages/uk.ts';
import type { LanguageData } from './language-data.ts';
import { fitExampleBook } from './example-book.ts';
import type { ExampleBook } from './example-book.ts';
import { loadFittedBook } from './fitted-book.ts';
import { compilePhraseBook } from './phrases.ts';
import type { PhraseBook } from './phrases.ts';
import { examplesOf, readExamples } from './read-examples.ts';

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
