import { deriveFact, derivableFacts, type DerivableFact } from '../facts/derive-fact.ts';
import type { Doubts } from '../facts/doubts.ts';
import { likeness } from '../facts/likeness/example-book.ts';
import { findQuote, type FoundQuote } from '../facts/text/find-quote.ts';
import { products, reasons, type Fact, type FactMap } from '../facts/facts.ts';
import { hideCardNumbers, maskCardNumbers } from '../facts/text/card-numbers.ts';
import { instructionsToMachines } from '../facts/requests/instructions-to-machines.ts';
import type { Concept } from '../facts/text/language-data.ts';
import { exampleBookOf, isKnownWell, phraseBookOf } from '../facts/languages/languages.ts';
import { examineMail, type Examination, type ReadingMerchant } from '../facts/read-facts.ts';
import type { Passage, Sentence } from '../facts/text/sentences.ts';
import type { Message } from '../message/message.ts';
import { possibleTopics, type Answer, type Proposal } from './answer.ts';
import type { Mask } from './mask.ts';
import type { Picture } from './picture.ts';
import type { Confirmed, Dropped, DropReason, SecondReading } from './second-reading.ts';

export type CheckedAnswer = Pick<SecondReading, 'topic' | 'reason' | 'product' | 'facts' | 'picture' | 'dropped'>;

/**
 * What of an answer is believed. The words must stand in what the customer wrote, must not be turned round by what stands before them, and our own normaliser must read the
 * same value from them; what was not asked, or cannot be, is not looked at. The rest is dropped. Words that stand in a picture count for facts where our own reader of letters found them there.
 */
export function checkAnswer(answer: Answer, mask: Mask, doubts: Doubts, message: Message, merchant: ReadingMerchant, picture: Picture | null = null): CheckedAnswer {
  const examination = examineMail(message, merchant);
  const dropped: Dropped[] = [];
  const own = examination.passages.filter(({ kind }) => kind === 'own');
  const quoted = quoteFinder(own, mask);
  const shown = quoteFinder(picture === null ? own : [...own, { text: picture.text, source: 'body', kind: 'own', question: null }], mask);

  const confirm = <Value extends string>(name: 'topic' | 'reason' | 'product', isAsked: boolean, possible: readonly Value[], proposal: Proposal | null): Confirmed<Value> | null => {
    if (proposal === null) return null;
    const drop = (why: DropReason): null => {
      dropped.push({ name, why });
      return null;
    };
    if (!isAsked) return drop('not_asked');
    const value = possible.find((each) => each === proposal.value);
    if (value === undefined) return drop('impossible');
    const found = quoted(proposal.quote);
    if (typeof found === 'string') return drop(found);
    if (isUnlikely(name === 'topic' ? conceptsOfTopic[value] : name === 'reason' ? [value] : undefined, found, examination)) return drop('unlikely');
    return { value, evidence: evidenceOf(found) };
  };

  const { vocabulary } = merchant;
  const topic = confirm('topic', doubts.topic, possibleTopics(vocabulary), answer.topic);
  const reason = confirm('reason', doubts.reason, reasons.filter((each) => vocabulary.reasons.includes(each)), answer.reason);
  const product = confirm('product', doubts.product, products.filter((each) => vocabulary.products.includes(each)), answer.product);

  const facts: Record<string, Fact> = {};
  const context = {
    language: examination.facts.language, sentAt: message.sentAt, vocabulary,
    isMerchants: (address: string) => merchant.addresses.includes(address) || merchant.domains.some((domain) => address.endsWith(`@${domain}`) || address.endsWith(`.${domain}`)),
  };
  for (const proposal of answer.facts) {
    const drop = (why: DropReason): void => {
      dropped.push({ name: derivableFacts.find((each) => each === proposal.name) ?? 'unknown', why });
    };
    const name: DerivableFact | undefined = doubts.facts.find((each) => each === proposal.name);
    if (name === undefined || facts[name] !== undefined) {
      drop('not_asked');
      continue;
    }
    const found = shown(proposal.quote);
    if (typeof found === 'string') {
      drop(found);
      continue;
    }
    if (isTurnedRound(found, examination)) {
      drop('turned_round');
      continue;
    }
    const value = deriveFact(name, mask.unmask(proposal.value), found.passage.text.slice(found.start, found.end).replaceAll(/\s+/gu, ' '), context);
    if (value === null) drop('not_in_quote');
    else facts[name] = { value, source: 'model', evidence: evidenceOf(found) };
  }
  const confirmed: FactMap = facts;
  return { topic, reason, product, facts: confirmed, picture: picture === null ? null : answer.picture, dropped };
}

function quoteFinder(passages: readonly Passage[], { unmask }: Mask): (quote: string) => FoundQuote | DropReason {
  return (quote) => {
    const found = findQuote(unmask(quote), passages);
    if (found === null || cutsCardNumber(found)) return 'quote_not_found';
    // A model that was talked into an answer quotes what talked it into it.
    return instructionsToMachines.test(found.passage.text.slice(Math.max(0, found.start - speechReach), found.end + speechReach)) ? 'speaks_to_machine' : found;
  };
}

/** Half a card number is not recognised as one any more, and would be shown. */
function cutsCardNumber({ passage, start, end }: FoundQuote): boolean {
  return hideCardNumbers(passage.text).slice(start, end) !== hideCardNumbers(passage.text.slice(start, end));
}

/** Around a quote in which the model is spoken to. Characters. */
const speechReach = 120;

function evidenceOf({ passage, start, end }: FoundQuote): string {
  return maskCardNumbers(passage.text.slice(start, end));
}

function sentencesOf({ passage, start, end }: FoundQuote, { sentences }: Examination): Sentence[] {
  return sentences.filter((sentence) => sentence.passage.text === passage.text && sentence.passage.source === passage.source && sentence.start < end && start < sentence.end);
}

/** "Not 20 credits": right before the quote the mail says no; "if I had paid on Monday": the clause only supposes. */
function isTurnedRound(found: FoundQuote, examination: Examination): boolean {
  const book = phraseBookOf(examination.facts.language);
  return sentencesOf(found, examination).some(({ tokens }) => {
    const first = tokens.findIndex((token) => token.end > found.start);
    const clauseStart = tokens.findLastIndex((token, index) => index <= first && token.afterBreak);
    const before = tokens.slice(Math.max(0, clauseStart), Math.max(0, first));
    const matches = (ids: ReadonlySet<number>, token: Sentence['tokens'][number]): boolean => [...ids].some((id) => book.words.matches(id, token));
    const last = before.at(-1);
    return (last !== undefined && matches(book.negations, last)) || before.some((token) => matches(book.conditionals, token));
  });
}

const conceptsOfTopic: Readonly<Partial<Record<string, readonly Concept[]>>> = {
  refund: ['want_refund', 'want_replacement', 'want_credits_back', ...reasons], technical_problem: ['technical_failure'], cancellation: ['want_cancel'], revision: ['want_revision', 'dissatisfied_result'],
  privacy: ['want_erasure', 'want_access', 'privacy_question', 'privacy_other', 'child_account'],
};

/** Below this likeness our own examples say that a sentence means something else altogether. */
const unlikely = 0.04;

/** Where we have examples of a language, the words that are quoted must at least remind of what they are said to mean. */
function isUnlikely(concepts: readonly string[] | undefined, found: FoundQuote, examination: Examination): boolean {
  const { language } = examination.facts;
  const book = isKnownWell(language) ? exampleBookOf(language) : null;
  if (book === null || concepts === undefined) return false;
  const quote = found.passage.text.slice(found.start, found.end);
  const texts = [quote, ...sentencesOf(found, examination).map(({ passage, start, end }) => passage.text.slice(start, end))];
  return !texts.some((text) => {
    const shares = likeness(text, book);
    return book.concepts.reduce((sum, concept, index) => sum + (concepts.includes(concept) ? (shares[index] ?? 0) : 0), 0) >= unlikely;
  });
}

