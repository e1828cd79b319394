import { ownText, type Message, type Segment } from '../../message/message.ts';
import { findDates } from '../dates/dates.ts';
import { flags as allFlags, type Fact, type FactMap, type FactName, type Facts, type Flag, type Topic } from '../facts.ts';
import { asciiDigits, fold } from '../text/fold.ts';
import { hoursIn, namesCard, numberIn, resolutionIn, wholeNumberIn } from './form-answers.ts';
import { maskCardNumbers } from '../text/card-numbers.ts';
import { phraseBookOf } from '../languages/languages.ts';
import { findMoney } from '../sums/money.ts';
import { findGenerator, findPaymentMethod } from '../names/named-things.ts';
import { findHits } from '../text/phrases.ts';
import { splitSentences } from '../text/sentences.ts';
import { findSystems } from '../names/systems.ts';
import type { Vocabulary } from '../merchant/vocabulary.ts';

/** What a line of a form can ask for. */
export const formFields = [
  'account_email', 'order_number', 'transaction_id', 'generator', 'browser', 'os', 'occurred_at', 'paid_at', 'fulfilled_at', 'amount', 'payment_method',
  'credits_used', 'credits_total', 'credits_left', 'used_percent', 'revision_count', 'outage_hours', 'telegram_id', 'preferred_resolution', 'reason', 'description',
] as const satisfies readonly (FactName | 'reason' | 'description')[];
export type FormField = (typeof formFields)[number];

/** What a subject line can announce. */
export type AnnouncedTopic = Exclude<Topic, 'other' | 'machine'>;

/** The lines of a merchant's own forms and the beginnings of its subject lines, in every language of its replies; the keys are folded. */
export interface FormLabels {
  readonly fields: ReadonlyMap<string, FormField>;
  readonly subjects: ReadonlyMap<string, AnnouncedTopic>;
  /** ISO 639-1 of the languages that say it so. */
  readonly languages: ReadonlyMap<string, readonly string[]>;
}

/** A mail as far as it is no form, and what stood in the form. */
export interface TakenForm {
  /** The lines of the form are gone from it, but for the answers in whole sentences. */
  readonly rest: Message;
  readonly answers: ReadonlyMap<FormField, string>;
  /** What the subject announces by the merchant's convention, and the number behind it. */
  readonly announced: { readonly topic: AnnouncedTopic; readonly reference: string | null } | null;
  /** The language of form and subject line where the mail has hardly a word besides; else null. */
  readonly language: string | null;
}

/** What the subject of each of our mails ends in. */
const caseTag = /\[RT-[0-9A-Z]{4,12}\]/iu;

const maxLabelCharacters = 100;
/** A longer line is none of a form. */
const maxLineCharacters = 2_000;
const inSentences: ReadonlySet<FormField> = new Set(['reason', 'description', 'preferred_resolution']);

export function takeForm(message: Message, labels: FormLabels): TakenForm {
  const answers = new Map<FormField, string>();
  const said: string[] = [];
  const segments = message.segments.map((segment): Segment => (segment.kind === 'own' ? { ...segment, text: withoutForm(segment.text, labels, answers, said) } : segment));
  // Who types into the form that our mail quotes answers there; the form that we sent was empty. What a receipt or a notice of the merchant says, the customer did not.
  const quoted = new Map<FormField, string>();
  for (const { kind, text } of caseTag.test(message.subject) ? message.segments : []) if (kind === 'quote') withoutForm(text, labels, quoted, []);
  for (const [field, value] of quoted) {
    if (answers.has(field)) continue;
    answers.set(field, value);
    if (inSentences.has(field)) segments.push({ kind: 'own', text: value, question: null });
  }
  const rest = answers.size === 0 ? message : { ...message, segments: segments.filter(({ kind, text }) => kind !== 'own' || text.trim() !== '') };
  const announced = announcedBy(message.subject, labels);
  if (announced !== null) said.push(announced.words);
  const besides = ownText(rest).match(/\p{L}/gu)?.length ?? 0;
  return { rest, answers, announced, language: besides < minLettersToTell ? languageOf(said, labels) : null };
}

/** Fewer letters do not tell a language. */
const minLettersToTell = 40;

function languageOf(said: readonly string[], { languages }: FormLabels): string | null {
  const votes = new Map<string, number>();
  for (const words of said) for (const language of languages.get(words) ?? []) votes.set(language, (votes.get(language) ?? 0) + 1);
  const [first, second] = [...votes].toSorted((a, b) => b[1] - a[1]);
  return first !== undefined && first[1] > (second?.[1] ?? 0) ? first[0] : null;
}

/** The text without the lines of the form, whose answers are added; a reason or a description may go on in the next lines. */
function withoutForm(text: string, { fields }: FormLabels, answers: Map<FormField, string>, said: string[]): string {
  const kept: string[] = [];
  let open: FormField | null = null;
  for (const each of text.split('\n')) {
    const colon = each.length > maxLineCharacters ? -1 : each.search(/[:：]/u);
    const label = colon === -1 || colon > maxLabelCharacters ? '' : fold(labelIn(each.slice(0, colon)));
    const field = fields.get(label);
    if (field === undefined) {
      if (each.trim() === '') open = null;
      else if (open !== null) answers.set(open, `${answers.get(open) ?? ''} ${each.trim()}`);
      kept.push(each);
      continue;
    }
    const value = each.slice(colon + 1).replace(/^[\s_.…*]+/u, '').replace(/(?<![\s_*])[\s_*]+$/u, '');
    said.push(label);
    const isNew = value !== '' && !answers.has(field);
    if (isNew) answers.set(field, value);
    open = isNew && field !== 'preferred_resolution' && inSentences.has(field) ? field : null;
    if (value !== '' && inSentences.has(field)) kept.push(value);
  }
  return kept.join('\n');
}

/** Without the marks of a quote, a list or bold type. */
function labelIn(text: string): string {
  return text.replace(/^[>\s]+/u, '').replace(/^[-*•–]\s+/u, '').replace(/^\*+|\*+$/gu, '').trim();
}

const replyPrefix = /^(?:\s*(?:re|fwd?|fw|aw|wg|tr|rv|rif|odp|ynt|отв|ответ|адк|返信|회신|رد)\s*(?:\[\d+\])?\s*[:：])+\s*/iu;
const maxSubjectCharacters = 300;

const inOrder = new WeakMap<FormLabels['subjects'], readonly (readonly [string, AnnouncedTopic])[]>();

function longestFirst(subjects: FormLabels['subjects']): readonly (readonly [string, AnnouncedTopic])[] {
  const known = inOrder.get(subjects);
  if (known !== undefined) return known;
  const made = [...subjects].toSorted((a, b) => b[0].length - a[0].length);
  inOrder.set(subjects, made);
  return made;
}

/** What the convention of a subject line says the mail is about. Leniently: any case, any dash or none, brackets or a sign around the number. */
export function announcedBy(subject: string, { subjects }: FormLabels): (NonNullable<TakenForm['announced']> & { readonly words: string }) | null {
  const own = asciiDigits(subject.slice(0, maxSubjectCharacters).replace(replyPrefix, '').replace(/\s*\[RT-[0-9A-Z]{4,12}\]/giu, '')).trim();
  const folded = fold(own);
  for (const [words, topic] of longestFirst(subjects)) {
    if (!folded.startsWith(words) || /^\p{L}/u.test(folded.slice(words.length))) continue;
    const reference = /[\s:：\-–—―ー#№[(（「]([\p{L}]{0,6}[-_ ]?\d[\p{L}\p{N}_-]{2,40})[\])）」]?$/u.exec(own)?.[1];
    return { topic, reference: reference?.trim() ?? null, words };
  }
  return null;
}

export interface FormContext {
  readonly language: string;
  readonly message: Message;
  readonly vocabulary: Vocabulary;
}

/** The facts with what the form says: an answer on its own line beats what was read from sentences. */
export function addAnswers(facts: Facts, { answers, announced }: TakenForm, context: FormContext): Facts {
  if (answers.size === 0 && announced === null) return facts;
  const values: Record<string, Fact> = {};
  for (const [field, text] of answers) {
    const value = valueOf(field, text, context);
    if (value !== null) values[field] = { value, source: 'body', evidence: maskCardNumbers(text) };
  }
  const isNumbered = [facts.values.order_number, facts.values.transaction_id, values['order_number'], values['transaction_id']].some((known) => known !== undefined);
  if (!isNumbered && announced !== null && announced.reference !== null) {
    const name = context.vocabulary.order_numbers.length > 0 || context.vocabulary.products.includes('physical') ? 'order_number' : 'transaction_id';
    values[name] = { value: announced.reference, source: 'subject', evidence: announced.reference };
  }
  const merged: FactMap = { ...facts.values, ...values };
  return { ...facts, values: merged, described: facts.described || answers.has('description'), flags: flagsOf(facts, values, context.message) };
}

/** Another account than the sender's is what the flag is about, wherever it was named. */
function flagsOf(facts: Facts, values: Readonly<Record<string, Fact>>, { from }: Message): readonly Flag[] {
  const account = values['account_email']?.value;
  if (account === undefined || from === null) return facts.flags;
  return allFlags.filter((flag) => (flag === 'sender_mismatch' ? account !== from.address.toLowerCase() : facts.flags.includes(flag)));
}

function valueOf(field: FormField, text: string, { language, message, vocabulary }: FormContext): string | number | null {
  const book = phraseBookOf(language);
  const sentences = splitSentences([{ text, source: 'body', kind: 'own', question: null }], { unspaced: book.language.writing === 'unspaced', elision: book.language.elision === true });
  const hits = findHits(sentences, book);
  const plain = asciiDigits(text);
  switch (field) {
    case 'account_email':
      return /[\p{L}\p{N}][\p{L}\p{N}._%+-]{0,63}@[\p{L}\p{N}.-]{1,190}\.\p{L}{2,}/u.exec(text)?.[0].toLowerCase() ?? null;
    case 'order_number':
    case 'transaction_id':
      return /\d{3}/u.test(plain.replace(/\D/gu, '')) ? (/[\p{L}\p{N}][\p{L}\p{N}_\-/.]{2,60}(?: \d[\p{L}\p{N}_-]*)?/u.exec(plain)?.[0].replace(/[.\-/]+$/u, '') ?? null) : null;
    case 'generator':
      return findGenerator(sentences, hits, vocabulary)?.value ?? vocabulary.generators.find((name) => fold(text).includes(name)) ?? null;
    case 'browser':
    case 'os':
      return findSystems(sentences, book).find(({ kind }) => kind === field)?.value ?? null;
    case 'occurred_at':
    case 'paid_at':
    case 'fulfilled_at':
      return findDates(sentences, book, message.sentAt).find(({ ahead }) => !ahead)?.value ?? null;
    case 'amount':
      return findMoney(sentences, book)[0]?.value ?? null;
    case 'payment_method':
      return findPaymentMethod(sentences, hits, findMoney(sentences, book), null)?.value ?? (namesCard(text) ? 'card' : null);
    case 'telegram_id':
      return /@[A-Za-z]\w{3,31}|(?<!\d)\d{5,12}(?!\d)/u.exec(plain)?.[0] ?? (/^[A-Za-z]\w{4,31}$/u.test(plain.trim()) ? `@${plain.trim()}` : null);
    case 'preferred_resolution':
      return resolutionIn(hits, text);
    case 'credits_used':
    case 'credits_total':
    case 'credits_left':
    case 'revision_count':
      return wholeNumberIn(plain, book.language);
    case 'used_percent':
      return numberIn(plain, 100);
    case 'outage_hours':
      return hoursIn(plain, book.language);
    case 'reason':
    case 'description':
      // Read like the rest of the mail.
      return null;
    default:
      return field satisfies never;
  }
}
