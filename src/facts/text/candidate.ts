import type { FactName, FactValues } from '../facts.ts';
import type { Passage } from './sentences.ts';

/**
 * A candidate: a stretch of the mail that a fact could be read from, with what became of it. Kept, so that whoever doubts a fact sees what else
 * there was and why it was not taken.
 */
export interface Candidate {
  readonly name: FactName;
  readonly value: FactValues[FactName];
  readonly passage: Passage;
  /** Offsets in the passage's text. */
  readonly start: number;
  readonly end: number;
  /** Null for the one that became the fact. */
  readonly refused: Refusal | null;
}

/** Why a candidate is not the fact. */
export type Refusal =
  /** another one says the same */
  | 'repeated'
  /** another one stands nearer to the words that speak of it, or is told more exactly */
  | 'weaker'
  /** as good as the one that was taken, and says otherwise: the fact is conflicting */
  | 'rival'
  /** the mail says that it is not so: "not Chrome but Firefox" */
  | 'negated'
  /** told as what could be: "if I had paid yesterday" */
  | 'hypothetical'
  /** lies ahead, or is named as a deadline */
  | 'ahead'
  /** nothing around it says what it stands for */
  | 'untied'
  /** said not to have been paid, or to be a fee */
  | 'not_paid'
  /** stands in a mail that is passed on, and the customer's own words say more */
  | 'forwarded'
  /** a name that is also an everyday word, or beside the point, without a version */
  | 'unversioned'
  /** an address of the merchant itself */
  | 'merchants_own'
  /** nothing that this merchant or this kind of request knows */
  | 'irrelevant'
  /** stands in what was set aside: history, a signature, a footer */
  | 'set_aside';

/** How clearly the mail says it. Lower is clearer; the unit is that of the fact's own measure, mostly characters to the word that ties it. */
export interface Weighed extends Omit<Candidate, 'refused'> {
  readonly cost: number;
}

/** What makes a candidate that was not taken another saying of the same, or a rival of it. */
export interface Settling {
  readonly isRival: (other: Weighed) => boolean;
  readonly isSame?: (taken: Weighed, other: Weighed) => boolean;
}

/** Logs what became of the candidates of one fact: the one that was taken, and why the others were not. */
export function settle(taken: Weighed | undefined, all: readonly Weighed[], log: Candidate[], { isRival, isSame = hasSameValue }: Settling): void {
  for (const one of all) {
    const { name, value, passage, start, end } = one;
    log.push({ name, value, passage, start, end, refused: taken === undefined ? 'untied' : one === taken ? null : isSame(taken, one) ? 'repeated' : isRival(one) ? 'rival' : 'weaker' });
  }
}

function hasSameValue(taken: Weighed, other: Weighed): boolean {
  return typeof taken.value === 'string' && typeof other.value === 'string' ? taken.value.toLowerCase() === other.value.toLowerCase() : taken.value === other.value;
}

/** Two candidates of a fact say different things, and nothing decides between them. */
export function hasRivals(log: readonly Candidate[]): boolean {
  return log.some(({ refused }) => refused === 'rival');
}

const choice = /^[\s,]*(?:or|или|або|ці|чи|o|u|ou|oder|lub|albo|czy|veya|ya da|か|または|もしくは|이나|또는|أو)[\s,]*(?:(?:on|the|at|el|le|il|na|em|am)\s)?$/iu;

/** "3 or 5 March": what stands between two of them leaves it open. */
export function isChoice(between: string): boolean {
  return choice.test(between);
}

const denial = /(?:^|[^\p{L}])(?:not|не|ня|no|non|nicht|pas|não|nie|ليس|ليست|لا)\s+(?:\p{L}{1,3}\s+){0,2}$/iu;
/** "No sábado, mas …": in Portuguese that is no "no". */
const portugueseContrast = /^\P{L}*mas\s/iu;
const portugueseDenial = /(?:^|[^\p{L}])(?:não|nao|nem)\s+(?:\p{L}{1,3}\s+){0,2}$/iu;
const contrast = /^["'»”)\]\s,]{0,4}(?:but|а|але|sino|mais|ma|mas|a|ale|lecz|sondern|بل)\s/iu;
const denialBehind = /^["'»”)\]\s]{0,3}(?:değil|ではなく|じゃなく|でなく|[이가]?\s?아니라|[이가]?\s?아니고|[을를]?\s?말고)/iu;

/** "Chrome değil": what ends here is denied by the word behind it. */
export function isDeniedBehind(text: string, end: number): boolean {
  return denialBehind.test(text.slice(end, end + 12));
}

/** "Not SB-10482 but SB-10483", "3 Mart değil 5 Mart": what stands between `start` and `end` is put right by what follows. */
export function isPutRight(text: string, start: number, end: number): boolean {
  const after = text.slice(end, end + 12);
  const before = text.slice(Math.max(0, start - 32), start);
  return isDeniedBehind(text, end) || (contrast.test(after) && (portugueseContrast.test(after) ? portugueseDenial : denial).test(before));
}
