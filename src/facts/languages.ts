import { en } from './languages/en.ts';
import { ru } from './languages/ru.ts';
import type { LanguageData } from './language-data.ts';
import { compilePhraseBook } from './phrases.ts';
import type { PhraseBook } from './phrases.ts';

const languages: readonly LanguageData[] = [en, ru];
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
