import type { FoldedText } from './folded-text.ts';
import { promisePatternsOf, type PromisePatterns, type WordList } from './promises/words-by-language.ts';

/** A promise found in a sentence of a reply: of what, and how firmly. */
export interface FoundPromise {
  readonly remedy: 'refund' | 'replacement' | 'credits' | 'revision' | 'cancellation' | 'extra';
  /** `outright`: "we will refund" · `conditional`: "once confirmed, …" · `possible`: "may" · `refused`: a rule told in a sentence that refuses. */
  readonly strength: 'outright' | 'conditional' | 'possible' | 'refused';
  /** All of the money. */
  readonly full: boolean;
  /** Offsets in the folded sentence. */
  readonly start: number;
  readonly end: number;
  /** Only named: no verb in the sentence gives it. */
  readonly bare: boolean;
  /** Words such as "tomorrow" in the same sentence. */
  readonly soon: readonly (readonly [start: number, end: number])[];
}

type Remedy = FoundPromise['remedy'];

interface Stretch {
  readonly start: number;
  readonly end: number;
}

const maxGapCharacters = 60;
const negationReachCharacters = 28;
const negationAfterCharacters = 14;

export function findPromises({ folded }: FoldedText, language: string): FoundPromise[] {
  const patterns = promisePatternsOf(language);
  const known = new Map<WordList, readonly Stretch[]>();
  // Each list is looked for once in a sentence, and most sentences promise nothing.
  const hits: Hits = (list) => {
    const before = known.get(list);
    const found = before ?? hitsOf(folded, patterns.lists[list]);
    if (before === undefined) known.set(list, found);
    return found;
  };
  if (promising.every((list) => hits(list).length === 0)) return [];
  const conditional = hits('conditions').length > 0;
  const possible = hits('maybes').length > 0;
  const refusing = hits('refusing').length > 0;
  const soon = hits('soon').map(({ start, end }) => [start, end] as const);
  const found: FoundPromise[] = [];
  for (const clause of clausesOf(folded, hits)) {
    const full = within(hits('full'), clause).length > 0;
    for (const { remedy, start, end, told } of promisesIn(folded, clause, hits)) {
      if (isNegated(folded, clause, start, end, patterns)) continue;
      const strength = possible ? 'possible' : conditional || told ? (refusing ? 'refused' : 'conditional') : 'outright';
      if (!found.some((other) => other.remedy === remedy && other.start <= end && start <= other.end)) found.push({ remedy, strength, full, start, end, bare: false, soon });
    }
  }
  // Verbs of promising are many: a bare mention promises too, where nothing in the sentence says otherwise.
  if (found.length === 0 && !conditional && !possible && !refusing && !/[?？؟:：]\s*$/u.test(folded) && (['spokenOf', 'negatedBefore', 'negatedAfter'] as const).every((list) => hits(list).length === 0)) {
    for (const [list, remedy] of [['named', 'refund'], ['extra', 'extra'], ['replacement', 'replacement']] as const) {
      if (remedy === 'extra' && hits('handedBack').length > 0) continue;
      for (const { start, end } of hits(list).slice(0, 1)) found.push({ remedy, strength: 'outright', full: hits('full').length > 0, start, end, bare: true, soon });
    }
  }
  return found;
}

type Hits = (list: WordList) => readonly Stretch[];

const promising = ['refunding', 'giving', 'entitling', 'replacing', 'revising', 'cancelling', 'named', 'extra', 'replacement'] as const satisfies readonly WordList[];

function hitsOf(folded: string, pattern: RegExp): Stretch[] {
  return Array.from(folded.matchAll(pattern), (match) => ({ start: match.index, end: match.index + match[0].length }));
}

function within(stretches: readonly Stretch[], clause: Stretch): Stretch[] {
  return stretches.filter(({ start, end }) => start >= clause.start && end <= clause.end);
}

/** Whether the clause of the sentence in which `at` lies promises, or names, money. */
export function speaksOfPayingOut({ folded }: FoldedText, language: string, at: number): boolean {
  const { lists } = promisePatternsOf(language);
  const clause = clausesOf(folded, (list) => hitsOf(folded, lists[list])).find(({ start, end }) => start <= at && at < end);
  if (clause === undefined) return false;
  const said = folded.slice(clause.start, clause.end);
  return hitsOf(said, sums).length > 0 || (['refunding', 'giving', 'refund', 'named'] as const).some((list) => hitsOf(said, lists[list]).length > 0);
}

/** Parts of the sentence between commas, colons, dashes and "but": what is negated in one is not in the next. */
function clausesOf(folded: string, hits: Hits): Stretch[] {
  const breaks = [...Array.from(folded.matchAll(/[,;:](?=\s)|[、，；：،؛;:()]|\s[-–—]\s/gu), (match) => match.index), ...hits('conjunctions').map(({ start }) => start)].toSorted((a, b) => a - b);
  const clauses: Stretch[] = [];
  let start = 0;
  for (const end of [...breaks, folded.length]) {
    if (folded.slice(start, end).trim() !== '') clauses.push({ start, end });
    start = end;
  }
  return clauses;
}

const outrightLists: readonly (readonly [WordList, Remedy])[] = [['replacing', 'replacement'], ['revising', 'revision'], ['cancelling', 'cancellation']];
const nounLists: readonly (readonly [WordList, Remedy])[] = [['extra', 'extra'], ['refund', 'refund'], ['replacement', 'replacement'], ['credits', 'credits'], ['revision', 'revision']];
const sums = /(?:[$€£¥₽₩₺]|\b(?:usd|eur|gbp|rub|byn|pln|try|brl|jpy|krw)\b)\s?\d|\d[\d.,\s]*\s?(?:[$€£¥₽₩₺円원]|руб|usd|eur|gbp|rub|byn|zl\b|pln|tl\b|dollar|euro|долл|евро)/gu;

interface Candidate extends Stretch {
  readonly remedy: Remedy;
  /** What a policy provides for is told, not promised. */
  readonly told: boolean;
}

function promisesIn(folded: string, clause: Stretch, hits: Hits): Candidate[] {
  const found: Candidate[] = [];
  const nouns = nounLists.flatMap(([list, remedy]) => within(hits(list), clause).map((stretch) => ({ ...stretch, remedy })));
  const money = within(hitsOf(folded, sums), clause).map((stretch) => ({ ...stretch, remedy: 'refund' as const }));
  for (const [list, remedy] of outrightLists) found.push(...within(hits(list), clause).map((stretch) => ({ ...stretch, remedy, told: false })));
  for (const verb of within(hits('refunding'), clause)) {
    const apart = nouns.filter(({ start, end }) => end <= verb.start || start >= verb.end);
    const credits = apart.find(({ remedy }) => remedy === 'credits');
    const cash = money.length > 0 || apart.some(({ remedy }) => remedy === 'refund');
    found.push({ ...verb, remedy: credits !== undefined && !cash ? 'credits' : 'refund', told: false });
  }
  const news = within(hits('news'), clause);
  for (const list of ['giving', 'entitling'] as const) {
    for (const verb of within(hits(list), clause)) {
      if (found.some((known) => known.start < verb.end && verb.start < known.end && known.remedy !== 'revision')) continue;
      const [object] = [...nouns, ...money].filter(({ start, end }) => gap(verb, { start, end }) <= maxGapCharacters && (end <= verb.start || start >= verb.end)).toSorted((a, b) => rank(a, verb) - rank(b, verb));
      if (object === undefined) continue;
      if (news.some((other) => gap(verb, other) <= gap(verb, object))) continue;
      found.push({ remedy: object.remedy, start: Math.min(verb.start, object.start), end: Math.max(verb.end, object.end), told: list === 'entitling' });
    }
  }
  return found;
}

/** The nearest object counts; of two in one place ("bonus credits") the one that is listed first. */
function rank(object: Stretch & { remedy: Remedy }, verb: Stretch): number {
  return gap(verb, object) * 10 + nounLists.findIndex(([, remedy]) => remedy === object.remedy);
}

function gap(a: Stretch, b: Stretch): number {
  return Math.max(b.start - a.end, a.start - b.end, 0);
}

function isNegated(folded: string, clause: Stretch, start: number, end: number, { lists }: PromisePatterns): boolean {
  const before = folded.slice(Math.max(clause.start, start - negationReachCharacters), end);
  const after = folded.slice(end, Math.min(clause.end, end + negationAfterCharacters));
  return new RegExp(lists.negatedBefore.source, 'u').test(before) || new RegExp(lists.negatedAfter.source, 'u').test(after);
}
