import type { CountedFrom } from '../decision/receipt.ts';
import type { RefundSum } from '../decision/refund-amount.ts';
import type { PassedSince } from '../decision/tell-value.ts';
import type { Words } from './words.ts';

/** How sums, days and deadlines were come by, in the desk's words. */

export function sumInWords({ kind, text, isRounded }: RefundSum, { say }: Words): string {
  if (kind !== 'part') return say(`sum.${kind}`, { sum: text });
  return isRounded ? say('sum.rounded', { sum: text }) : text;
}

export function deadlineInWords({ from, businessDays, holidays = [], timeZone }: CountedFrom, words: Words): string {
  const { say } = words;
  if (from === undefined) return say('counted.fromApproval', { n: businessDays });
  const free = holidays.map(({ day, name }) => say('counted.holiday', { day: dayOf(day, words), name })).join('');
  return say('counted.fromArrival', { n: businessDays, day: dayOf(from, words), zone: timeZone }) + free;
}

export function passedInWords({ days, from, to, counted, offset }: PassedSince, { say, language }: Words): string {
  if (counted === 'days') return say('passed.days', { n: days, from, to });
  const decimal = new Intl.NumberFormat(language, { maximumFractionDigits: 4 });
  return say('passed.hours', { from, to, offset, hours: decimal.format(days * 24), days: decimal.format(days) });
}

/** A day of the merchant's calendar, which is no moment: shown as it is wherever one sits. */
export function dayOf(by: string, { language }: Words): string {
  const at = new Date(`${by.slice(0, 10)}T12:00:00Z`);
  return Number.isNaN(at.getTime()) ? by : new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeZone: 'UTC' }).format(at);
}
