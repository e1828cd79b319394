import { beExamples } from './examples/be.ts';
import { arExamples } from './examples/ar.ts';
import { enExamples } from './examples/en.ts';
import { plExamples } from './examples/pl.ts';
import { trExamples } from './examples/tr.ts';
import { jaExamples } from './examples/ja.ts';
import { koExamples } from './examples/ko.ts';
import { esExamples } from './examples/es.ts';
import { frExamples } from './examples/fr.ts';
import { itExamples } from './examples/it.ts';
import { ptExamples } from './examples/pt.ts';
import { ruExamples } from './examples/ru.ts';
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
import type { ExampleBook, Examples } from './example-book.ts';
import { compilePhraseBook } from './phrases.ts';
import type { PhraseBook } from './phrases.ts';

const languages: readonly LanguageData[] = [en, ru, be, es, fr, it, ja, ko, pt, pl, tr, ar, de, uk];
const books = new Map<string, PhraseBook>();

/** The phrase book of a language, compiled at its first use; English for languages without one. */
export function phraseBookOf(code: string): PhraseBook {
  const known = books.get(code);
  if (known) return known;
  const data = languages.find((language) => language.code === code) ?? en;
  const book = books.get(data.code) ?? compilePhraseBook(data);
  books.set(data.code, book);
  books.set(code, book);
  return book;
}

const examples: Readonly<Record<string, Examples>> = { en: enExamples, pt: ptExamples, it: itExamples, fr: frExamples, es: esExamples, ja: jaExamples, ko: koExamples, ru: ruExamples, be: beExamples, pl: plExamples, tr: trExamples, ar: arExamples };
const exampleBooks = new Map<string, ExampleBook>();

/** The example book of a language, fitted at its first use; null for languages without examples. */
export function exampleBookOf(code: string): ExampleBook | null {
  const sentences = examples[code];
  if (sentences === undefined) return null;
  const known = exampleBooks.get(code);
  if (known) return known;
  const book = fitExampleBook(sentences, phraseBookOf(code).language);
  exampleBooks.set(code, book);
  return book;
}
