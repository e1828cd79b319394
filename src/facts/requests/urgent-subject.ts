import type { Concept } from '../text/language-data.ts';
import { languageDataOf, languagesWithExamples } from '../languages/languages.ts';
import { compilePhraseBook, findHits, type PhraseBook } from '../text/phrases.ts';
import { announcedBy, type FormLabels } from '../forms/read-form.ts';
import { type Sentence, splitSentences } from '../text/sentences.ts';

/** What must not wait for the end of a storm: money that the bank takes back, a court, what the law sets the time for. */
const urgentConcepts = ['chargeback', 'legal_threat', 'child_account', 'want_erasure', 'want_access'] as const satisfies readonly Concept[];
const maxSubjectCharacters = 300;

/** A hint for the order in which mails are read, from the subject line alone; what holds is read later. In any of the languages that are written in its script. */
export function saysUrgent(subject: string, forms: readonly FormLabels[]): boolean {
  const text = subject.slice(0, maxSubjectCharacters);
  if (forms.some((labels) => announcedBy(text, labels)?.topic === 'privacy')) return true;
  // Most languages take a line apart in the same way.
  const split = new Map<string, readonly Sentence[]>();
  return languagesOf(text).some((code) => {
    const book = bookOf(code);
    const writing = { unspaced: book.language.writing === 'unspaced', elision: book.language.elision === true };
    const key = JSON.stringify(writing);
    const sentences = split.get(key) ?? splitSentences([{ text, source: 'subject', kind: 'own', question: null }], writing);
    split.set(key, sentences);
    return findHits(sentences, book).some(({ weight, negated }) => weight >= 1 && !negated);
  });
}

const books = new Map<string, PhraseBook>();

/** With these phrases alone: who only watches a mailbox needs no others. */
function bookOf(code: string): PhraseBook {
  const known = books.get(code);
  if (known !== undefined) return known;
  const language = languageDataOf(code);
  const book = compilePhraseBook({ ...language, phrases: Object.fromEntries(urgentConcepts.map((concept) => [concept, language.phrases[concept] ?? []])) });
  books.set(code, book);
  return book;
}

const scripts: readonly (readonly [RegExp, readonly string[]])[] = [
  [/\p{Script=Cyrillic}/u, ['ru', 'be', 'uk']], [/[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}]/u, ['ja']], [/\p{Script=Hangul}/u, ['ko']], [/\p{Script=Arabic}/u, ['ar']],
];
const others = languagesWithExamples.filter((code) => scripts.every(([, codes]) => !codes.includes(code)));

function languagesOf(text: string): readonly string[] {
  const found = scripts.flatMap(([script, codes]) => (script.test(text) ? codes : []));
  return /\p{Script=Latin}/u.test(text) ? [...found, ...others] : found;
}
