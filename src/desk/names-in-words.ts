import type { Outcome } from '../decision/decision.ts';
import { flags, reasons, type Flag, type Reason } from '../facts/facts.ts';
import { chip, type Tone } from './chips.ts';
import { html, type Html } from './html.ts';
import { en } from './words/en.ts';
import type { WordKey, Words } from './words.ts';

/** What programs call by a name, such as `order_number`, in the desk's words. */

export function isWordKey(key: string): key is WordKey {
  return Object.hasOwn(en, key);
}

/** The words for `group.name`; the name itself where there are none, as of a fact that only one merchant has. */
export function nameOf(words: Words, group: 'fact' | 'reason' | 'topic' | 'product' | 'source' | 'event' | 'flag' | 'case.deadline', name: string): string {
  // Whether a fact was given at all, as rules ask.
  if (group === 'fact' && name.startsWith('said.')) return words.say('fact.said', { fact: nameOf(words, 'fact', name.slice('said.'.length)) });
  const key = `${group}.${name}`;
  return isWordKey(key) ? words.say(key) : name.replaceAll('_', ' ');
}

export function reasonName(words: Words, reason: string | null): string {
  return reason !== null && isReason(reason) ? words.say(`reason.${reason}`) : words.say('reason.none');
}

function isReason(text: string): text is Reason {
  return reasons.some((reason) => reason === text);
}

export function isFlag(text: string): text is Flag {
  return flags.some((flag) => flag === text);
}

export function outcomeName(words: Words, outcome: Outcome | null): string {
  return outcome === null ? words.say('outcome.none') : words.say(`outcome.${outcome}`);
}

const outcomeTones: Readonly<Partial<Record<Outcome, Tone>>> = {
  full_refund: 'good', partial_refund: 'good', replacement: 'good', refund_or_replacement: 'good', credit_compensation: 'good', deny: 'bad', need_info: 'caution', human_review: 'accent',
};

export function outcomeChip(words: Words, outcome: Outcome | null): Html {
  return chip(outcomeName(words, outcome), outcome === null ? 'neutral' : (outcomeTones[outcome] ?? 'neutral'));
}

const graveFlags: ReadonlySet<Flag> = new Set<Flag>(['chargeback', 'legal_threat', 'child_data', 'dangerous_attachment', 'privacy_request']);

export function flagChip(words: Words, flag: string): Html {
  return isFlag(flag) ? chip(words.say(`flag.${flag}`), graveFlags.has(flag) ? 'bad' : 'caution', words.say(`flag.${flag}.about`)) : chip(flag);
}

/** A value as people write it: `yes` for true. */
export function valueInWords(words: Words, value: unknown): string {
  if (value === true || value === false) return words.say(`value.${value}`);
  return typeof value === 'string' || typeof value === 'number' ? String(value) : JSON.stringify(value);
}

/** A fact's value as people say it: `card` is a bank card. What has no words, such as a number, stands as it is. */
export function factValueInWords(words: Words, name: string, value: unknown): string {
  if (typeof value !== 'string' || value === '') return valueInWords(words, value);
  switch (name) {
    case 'reason': return reasonName(words, value);
    case 'language': return words.languageName(value);
    case 'topic': case 'product': return nameOf(words, name, value);
    case 'payment_method': case 'preferred_resolution': {
      const key = `value.${value}`;
      return isWordKey(key) ? words.say(key) : value;
    }
    default: return value;
  }
}

/** What someone else wrote, set apart so that its direction turns nothing around it; letters that would turn it round itself are left out. */
export function theirs(text: string): Html {
  return html`<bdi>${text.replaceAll(/[\u202a-\u202e\u2066-\u2069\u200e\u200f\u061c]/gu, '')}</bdi>`;
}

const nearMs = 30 * 86_400_000;

/** `5 minutes ago`, `in 3 days`; the day itself where it is farther away. */
export function whenInWords(at: Date, now: Date, words: Words): string {
  return Math.abs(at.getTime() - now.getTime()) < nearMs ? words.distance(at, now) : words.day(at);
}
