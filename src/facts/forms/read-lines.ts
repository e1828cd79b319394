import type { Moment } from '../../message/message.ts';
import { findDates } from '../dates/dates.ts';
import type { DateMention } from '../dates/dates.ts';
import { phraseBookOf } from '../languages/languages.ts';
import { findMoney } from '../sums/money.ts';
import type { MoneyMention } from '../sums/money.ts';
import { findHits } from '../text/phrases.ts';
import type { Hit, PhraseBook } from '../text/phrases.ts';
import { splitSentences } from '../text/sentences.ts';
import type { Passage, Sentence } from '../text/sentences.ts';

/** The text of a file, read with one language's words. Each line is a passage of its own: what stands in another line of a form is another thing. */
export interface ReadLines {
  readonly book: PhraseBook;
  readonly passages: readonly Passage[];
  readonly sentences: readonly Sentence[];
  readonly hits: readonly Hit[];
  readonly dates: readonly DateMention[];
  readonly money: readonly MoneyMention[];
}

const maxLines = 400;
const maxMentions = 60;

export function readLines(lines: readonly string[], language: string, sentAt: Moment): ReadLines {
  const book = phraseBookOf(language);
  const passages = lines.slice(0, maxLines).map((text): Passage => ({ text, source: 'body', kind: 'own', question: null }));
  const sentences = splitSentences(passages, { unspaced: book.language.writing === 'unspaced', elision: book.language.elision === true });
  const dates = findDates(sentences, book, sentAt).slice(0, maxMentions);
  const money = findMoney(sentences, book).slice(0, maxMentions).filter((sum) => !dates.some((date) => date.sentence === sum.sentence && date.start < sum.end && sum.start < date.end));
  return { book, passages, sentences, hits: findHits(sentences, book), dates, money };
}
