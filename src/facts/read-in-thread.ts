import type { Message } from '../message/message.ts';
import { ownText } from '../message/message.ts';
import { detectLanguage } from './languages/detect-language.ts';
import { factNames } from './facts.ts';
import type { FactMap, FactName, Facts } from './facts.ts';
import { mergeThread, type OtherMail } from './merge-thread.ts';
import { examineMail, readFacts, type Examination, type ReadingMerchant, type Told } from './read-facts.ts';

/**
 * What a mail claims that goes on with earlier ones (oldest first): a date alone is the payment's where a payment is what the case is about, and of two order numbers the one that
 * nobody has named yet is meant. What the mail asks for is still read from it alone. Pure.
 */
export function readInThread(message: Message, merchant: ReadingMerchant, earlier: readonly OtherMail[], told: Told = {}): Facts {
  const last = earlier.at(-1);
  if (last === undefined || message.machine !== null || message.encrypted) return readFacts(message, merchant, told);
  const before = mergeThread(last.facts, last.receivedAtMs, earlier.slice(0, -1)).facts;
  const spoken = spokenIn(message, before.language, merchant.languages);
  const alone = examineMail(message, merchant, told, spoken);
  const facts = withoutUltimatum(withCorrections(alone, before));
  if (told.topic !== undefined || facts.withdrawn === true || before.topic === 'other' || before.topic === 'machine') return facts;
  if (facts.topic !== 'other') return before.product === null || facts.product === before.product || facts.topic !== before.topic ? facts : withAnswers(facts, readFacts(message, merchant, { topic: facts.topic, reason: facts.reason, product: before.product }, spoken).values, ['preferred_resolution']);
  const { topic, reason, product, privacy } = before;
  const answered = examineMail(message, merchant, { topic, reason, product, privacy }, spoken);
  const open = factNames.filter((name) => before.values[name] === undefined || name === 'preferred_resolution');
  return withAnswers(facts, { ...bareDate(message, answered), ...withoutUltimatum({ ...answered.facts, topic: facts.topic }).values }, open);
}

/** Who answers a question says hardly more than the answer; "yesterday" has to stand quite alone. In words. */
const maxAnswerWords = 10;
const maxWordsAroundDay = 4;
const dateNames: ReadonlySet<FactName> = new Set(['occurred_at', 'paid_at', 'fulfilled_at']);

/** "On 15 March.": the only date of so short an answer is the one that the case is about. Not "answer today, or I go to my bank". */
function bareDate(message: Message, { facts, candidates }: Examination): FactMap {
  const dates = candidates.filter(({ name, passage, refused }) => dateNames.has(name) && passage.kind === 'own' && passage.source === 'body' && (refused === null || refused === 'untied'));
  const [date] = dates;
  if (date === undefined || date.refused === null || dates.length > 1) return {};
  const text = ownText(message);
  const evidence = date.passage.text.slice(date.start, date.end);
  const words = text.match(/[\p{L}\p{N}]+/gu) ?? [];
  if (words.length > (/\p{N}/u.test(evidence) ? maxAnswerWords : maxWordsAroundDay) || /[?？؟]/u.test(text) || isThreat(facts)) return {};
  return { [date.name]: { value: date.value, source: date.passage.source, evidence } };
}

function isThreat({ flags }: Facts): boolean {
  return flags.includes('chargeback') || flags.includes('legal_threat');
}

/** "Answer today, or I go to my bank": a day that only a word names is the one by which something is wanted. */
function withoutUltimatum(facts: Facts): Facts {
  if (facts.topic !== 'other' || !isThreat(facts)) return facts;
  const values: FactMap = Object.fromEntries(Object.entries(facts.values).filter(([name, { evidence }]) => /\p{N}/u.test(evidence) || ![...dateNames].some((date) => date === name)));
  return { ...facts, values };
}

/** Facts that the mail has only as an answer. */
function withAnswers(facts: Facts, answered: FactMap, names: readonly FactName[]): Facts {
  const found: FactMap = Object.fromEntries(names.flatMap((name) => (facts.values[name] === undefined && answered[name] !== undefined ? [[name, answered[name]]] : [])));
  return { ...facts, values: { ...facts.values, ...found } };
}

/** What customers mistype, and put right by naming both. */
const mistyped: readonly FactName[] = ['order_number', 'transaction_id', 'telegram_id'];

/** "Not SB-10123, it is SB-10124", where the case knows SB-10123. */
function withCorrections({ facts, candidates }: Examination, before: Facts): Facts {
  const corrected: FactMap = Object.fromEntries(mistyped.flatMap((name) => {
    const [known, taken] = [before.values[name], facts.values[name]];
    if (known === undefined || taken === undefined || !isSame(known.value, taken.value)) return [];
    const others = candidates.filter((other) => other.name === name && other.passage.kind === 'own' && (other.refused === 'weaker' || other.refused === 'rival') && !isSame(other.value, known.value));
    const [other] = others;
    if (other === undefined || others.some(({ value }) => !isSame(value, other.value))) return [];
    return [[name, { value: other.value, source: other.passage.source, evidence: other.passage.text.slice(other.start, other.end) }]];
  }));
  return { ...facts, values: { ...facts.values, ...corrected } };
}

function isSame(one: unknown, other: unknown): boolean {
  return String(one).toLowerCase() === String(other).toLowerCase();
}

/** Languages that a line or two do not tell apart. */
const siblings: readonly (readonly string[])[] = [['es', 'it', 'pt', 'fr'], ['ru', 'be', 'uk']];
/** So little says nothing: a number, a browser's name. In letters. */
const minLetters = 20;
const shortLetters = 80;

/** The case's language for a mail too short to tell its own; else null. */
function spokenIn(message: Message, known: string, languages: readonly string[]): string | null {
  const text = ownText(message);
  const letters = text.match(/\p{L}/gu)?.length ?? 0;
  if (letters < minLetters && !/[\p{Script=Hangul}\p{Script=Hiragana}\p{Script=Arabic}]/u.test(text)) return known;
  if (letters > shortLetters) return null;
  const detected = detectLanguage(message, text, languages);
  return siblings.some((group) => group.includes(known) && group.includes(detected)) ? known : null;
}
