import type { Message, SegmentKind } from '../message/message.ts';
import type { Candidate, Refusal } from './text/candidate.ts';
import { weighConcepts } from './requests/concept-scores.ts';
import { products, reasons } from './facts.ts';
import type { Facts, FactName } from './facts.ts';
import { exampleBookOf } from './languages/languages.ts';
import type { Concept } from './text/language-data.ts';
import { examineMail } from './read-facts.ts';
import type { ReadingMerchant } from './read-facts.ts';
import type { Passage } from './text/sentences.ts';

/**
 * An explanation: the whole mail from top to bottom, and where in it everything was found that the facts rest on, with what was looked at and refused. Made for people
 * who doubt a fact; `readFacts` does not need it.
 */
export interface Explanation {
  /** The subject, then the segments of the body. */
  readonly parts: readonly ExplainedPart[];
  /** What spoke for a topic, a reason, a product, or a flag. */
  readonly signs: readonly Sign[];
  readonly candidates: readonly PlacedCandidate[];
}

export interface ExplainedPart {
  readonly kind: 'subject' | SegmentKind;
  readonly text: string;
  /** Our question that these words answer. */
  readonly question: string | null;
}

/** A stretch of a part, by offsets in its text. */
export interface Place {
  readonly part: number;
  readonly start: number;
  readonly end: number;
}

export interface PlacedCandidate extends Place {
  readonly name: FactName;
  readonly value: Candidate['value'];
  readonly refused: Refusal | null;
}

/** A phrase that was found, or a sentence that is like those in which people say this. */
export interface Sign extends Place {
  readonly concept: Concept;
  readonly weight: number;
  readonly by: 'phrase' | 'likeness';
  /** Null where it counts. */
  readonly refused: Extract<Refusal, 'negated' | 'forwarded'> | null;
}

/** What people want, why, and of what; not the words that only tie a date or a number to something. */
const judged: ReadonlySet<Concept> = new Set<Concept>([
  'want_refund', 'want_replacement', 'want_credits_back', 'want_cancel', 'already_cancelled', 'want_revision', 'want_erasure', 'want_access', 'privacy_question', 'privacy_other',
  'child_account', 'chargeback', 'legal_threat', ...reasons, ...products.map((product) => `product_${product}` as const),
]);

/** Long threads: history beyond this is shown, but not searched for candidates. */
const maxSearchedParts = 20;
const maxSearchedChars = 20_000;

/** `merchant` is null for a mail to none of ours: then there are parts alone. Pure. */
export function explainFacts(message: Message, merchant: ReadingMerchant | null): Explanation {
  const hasSubject = message.subject !== '';
  const parts: ExplainedPart[] = [
    ...(hasSubject ? [{ kind: 'subject' as const, text: message.subject, question: null }] : []),
    ...message.segments.map(({ kind, text, question }) => ({ kind, text, question })),
  ];
  if (merchant === null) return { parts, signs: [], candidates: [] };
  const { passages, sentences, hits, candidates, facts } = examineMail(message, merchant);
  const placeOf = placesOf(message, passages);
  const signs: Sign[] = [];
  for (const { concept, weight, negated, sentence: { passage }, start, end } of hits) {
    if (judged.has(concept)) signs.push({ ...placeOf(passage, start, end), concept, weight, by: 'phrase', refused: negated ? 'negated' : passage.kind === 'forward' ? 'forwarded' : null });
  }
  const examples = exampleBookOf(facts.language);
  for (const sentence of sentences) {
    for (const [concept, weight] of weighConcepts(new Map(), [sentence], [], examples, merchant.vocabulary)) {
      if (judged.has(concept)) signs.push({ ...placeOf(sentence.passage, sentence.start, sentence.end), concept, weight, by: 'likeness', refused: null });
    }
  }
  const placed = candidates.map(({ name, value, refused, passage, start, end }): PlacedCandidate => ({ name, value, refused, ...placeOf(passage, start, end) }));
  return { parts, signs, candidates: withoutEchoes([...placed, ...setAside(message, merchant, facts, hasSubject ? 1 : 0)]) };
}

/** Where a passage's offsets lie in the parts: passages are the subject without its "Re:", and the segments that are read. */
function placesOf(message: Message, passages: readonly Passage[]): (passage: Passage, start: number, end: number) => Place {
  const shift = message.subject === '' ? 0 : 1;
  const read = message.segments.flatMap(({ kind }, index) => (kind === 'own' || kind === 'forward' ? [index + shift] : []));
  const places = new Map<Passage, { part: number; offset: number }>();
  let next = 0;
  for (const passage of passages) places.set(passage, passage.source === 'subject' ? { part: 0, offset: message.subject.length - passage.text.length } : { part: read[next++] ?? 0, offset: 0 });
  return (passage, start, end) => {
    const { part, offset } = places.get(passage) ?? { part: 0, offset: 0 };
    return { part, start: start + offset, end: end + offset };
  };
}

/** What would have been read in the parts that were set aside, had they been the customer's own words. */
function setAside(message: Message, merchant: ReadingMerchant, facts: Facts, shift: number): PlacedCandidate[] {
  if (message.machine !== null || message.encrypted) return [];
  const found: PlacedCandidate[] = [];
  const searched = message.segments.map((segment, index) => ({ segment, part: index + shift })).filter(({ segment: { kind } }) => kind !== 'own' && kind !== 'forward').slice(0, maxSearchedParts);
  for (const { segment, part } of searched) {
    const text = segment.text.slice(0, maxSearchedChars);
    const { candidates } = examineMail({ ...message, subject: '', segments: [{ kind: 'own', text, question: null }], languageHints: [facts.language] }, merchant);
    for (const { name, value, start, end, refused } of candidates) {
      if (refused === null || refused === 'unversioned') found.push({ name, value, part, start, end, refused: 'set_aside' });
    }
  }
  return found;
}

/** One candidate for each place and fact: a number with and without the word before it is one. What became the fact comes before its echoes. */
function withoutEchoes(candidates: readonly PlacedCandidate[]): PlacedCandidate[] {
  const kept: PlacedCandidate[] = [];
  for (const candidate of candidates.toSorted((a, b) => Number(a.refused !== null) - Number(b.refused !== null))) {
    if (!kept.some((other) => other.name === candidate.name && other.value === candidate.value && other.part === candidate.part && other.start < candidate.end && candidate.start < other.end)) kept.push(candidate);
  }
  return kept.toSorted((a, b) => a.part - b.part || a.start - b.start || b.end - a.end);
}
