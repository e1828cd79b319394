import { z } from 'zod';
import type { Fact, OwnFactName } from '../facts.ts';
import { maskCardNumbers } from '../text/card-numbers.ts';
import type { LanguageData } from '../text/language-data.ts';
import { compilePhraseBook, findHits, type Hit, type PhraseBook } from '../text/phrases.ts';
import type { Sentence } from '../text/sentences.ts';

/**
 * A merchant's own facts: what its policy hangs on and the common vocabulary has no word for, such as whether the box was opened. Each is true or
 * false, and read by phrases that the pack brings (`reader.facts` in `policy.yaml`), in the grammar of `language-data.ts`.
 */
const phraseSchema = z.string().refine((written) => written.replace(/^[!?]\s*/u, '').split(/ [&-] /u).every((part) => part.trim() !== ''), 'is empty, or has an empty part');
const byLanguage = z.record(z.string().regex(/^[a-z]{2}$/, 'must be an ISO 639-1 code'), z.array(phraseSchema).min(1));

export const ownFactName = /^(?:is|has|was)_[a-z0-9]+(?:_[a-z0-9]+)*$/;

export const ownFactsSchema = z.record(
  z.string().regex(ownFactName, 'must begin with is_, has_ or was_'),
  z.strictObject({
    about: z.string().min(1).describe('What it says where it is true: "the box was opened"'),
    known_by: z.enum(['customer', 'merchant']).optional().describe('Who is asked where a decision hangs on it; without it nobody is, and it is false where the mail does not say it'),
    yes: byLanguage.default({}).describe('By language: phrases that say so; not needed where known_by is "merchant"'),
    no: byLanguage.default({}).describe('By language: phrases that say it is not so, beside a negated phrase of "yes"'),
  }).refine(({ known_by: knownBy, yes }) => knownBy === 'merchant' || Object.keys(yes).length > 0, { path: ['yes'], message: 'is missing: phrases by which it is read, by language. Only a fact with `known_by: merchant` needs none' }),
);
export type OwnFacts = z.infer<typeof ownFactsSchema>;
export type FoundOwnFacts = Readonly<Partial<Record<OwnFactName, Fact<boolean>>>>;

type OwnFact = OwnFacts[string];

const books = new WeakMap<OwnFact, Map<string, PhraseBook>>();

export interface ReadOwnFacts {
  readonly found: FoundOwnFacts;
  /** The mail says of one of them that it is so and that it is not: it stays unknown. */
  readonly isConflicting: boolean;
}

/** What the sentences say of the merchant's own facts: of several sayings the first that is a plain statement. */
export function findOwnFacts(sentences: readonly Sentence[], own: OwnFacts, language: LanguageData): ReadOwnFacts {
  const said = sentences.filter(({ passage }) => passage.kind === 'own');
  const found: Record<string, Fact<boolean>> = {};
  let isConflicting = false;
  for (const [name, fact] of Object.entries(own)) {
    const hits = findHits(said, bookOf(fact, language)).filter(({ conditional }) => !conditional);
    const [hit] = hits;
    if (hit === undefined) continue;
    if (contradict(hits)) {
      isConflicting = true;
      continue;
    }
    const { passage } = hit.sentence;
    found[name] = { value: (hit.concept === 'own_fact') !== hit.negated, source: passage.source, evidence: maskCardNumbers(passage.text.slice(hit.start, hit.end)) };
  }
  return { found, isConflicting };
}

function isApart(one: Hit, other: Hit): boolean {
  return one.sentence !== other.sentence || one.end <= other.start || other.end <= one.start;
}

/** A phrase of "yes" and one of "no", both said plainly and apart: in "still in the sealed box" one may lie within the other. */
function contradict(hits: readonly Hit[]): boolean {
  const plain = hits.filter(({ negated }) => !negated);
  return plain.some((yes) => yes.concept === 'own_fact' && plain.some((no) => no.concept === 'own_fact_not' && isApart(yes, no)));
}

function bookOf(fact: OwnFact, language: LanguageData): PhraseBook {
  const known = books.get(fact) ?? new Map<string, PhraseBook>();
  books.set(fact, known);
  const phrases = { own_fact: fact.yes[language.code] ?? [], own_fact_not: fact.no[language.code] ?? [] };
  const book = known.get(language.code) ?? compilePhraseBook({ ...language, phrases });
  known.set(language.code, book);
  return book;
}
