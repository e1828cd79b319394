import type { Moment } from './message.ts';

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/** Minutes east of UTC. RFC 5322, 4.3, and names that are met beyond it. */
const zones: Readonly<Record<string, number>> = {
  ut: 0, utc: 0, gmt: 0, z: 0, wet: 0, bst: 60, cet: 60, met: 60, cest: 120, mest: 120, eet: 120, eest: 180, msk: 180, msd: 240, trt: 180,
  edt: -240, est: -300, cdt: -300, cst: -360, mdt: -360, mst: -420, pdt: -420, pst: -480, akst: -540, hst: -600, brt: -180, ist: 330, jst: 540, kst: 540,
};

const rfcDate =
  /^(?:[^\d,]{0,30},?\s*)?(\d{1,2})[\s.-]+([A-Za-z]{3})[A-Za-z.]*[\s.,-]+(\d{2,4})[,\s]+(\d{1,2})[:.](\d{2})(?:[:.](\d{2})(?:[.,]\d+)?)?\s*(AM|PM)?\s*([+-]\s?\d{1,2}:?\d{2}|[A-Za-z]{1,5})?/i;
// `date(1)` and asctime: "Thu Aug 14 02:46:49 2003".
const asctimeDate = /^[A-Za-z]{3,9},?\s+([A-Za-z]{3})[a-z]*\s+(\d{1,2}),?\s+(\d{1,2}):(\d{2})(?::(\d{2}))?\s+(?:([A-Za-z]{1,5}|[+-]\d{4})\s+)?(\d{4})(?:\s+([+-]\d{4}))?/;
const isoDate = /^(\d{4})-(\d{2})-(\d{2})(?:[T\s]+(\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?\s*(Z|[+-]\d{2}:?\d{2})?)?/i;

function offsetOf(zone: string | undefined): number {
  if (zone === undefined) return 0;
  const numeric = /^([+-])\s?(\d{1,2}):?(\d{2})$/.exec(zone);
  if (numeric === null) return zones[zone.toLowerCase()] ?? 0;
  const minutes = Number(numeric[2]) * 60 + Number(numeric[3]);
  // No place on Earth is further from UTC than 14 hours.
  return minutes > 14 * 60 ? 0 : numeric[1] === '-' ? -minutes : minutes;
}

function moment(year: number, month: number, day: number, hour: number, minute: number, second: number, offsetMinutes: number): Moment | null {
  if (month < 0 || month > 11 || day < 1 || day > 31 || hour > 24 || minute > 59 || second > 60) return null;
  const epochMs = Date.UTC(year, month, day, hour, minute, second) - offsetMinutes * 60_000;
  return Number.isFinite(epochMs) ? { epochMs, offsetMinutes } : null;
}

// RFC 5322, 4.3: two digits below 50 are of this century, three digits count from 1900.
function fullYear(digits: string): number {
  const year = Number(digits);
  if (digits.length >= 4) return year;
  return digits.length === 2 && year < 50 ? 2000 + year : 1900 + year;
}

/** A date-time of a mail header (RFC 5322, 3.3 and 4.3), or null. Never the machine's own time zone. */
export function parseMailDate(raw: string): Moment | null {
  const text = raw.slice(0, 200).replaceAll(/\([^()]*\)/g, ' ').replaceAll(/\s+/g, ' ').trim();
  const rfc = rfcDate.exec(text);
  if (rfc !== null) {
    const [, day, month, year, hourText, minute, second, half, zone] = rfc;
    let hour = Number(hourText);
    if (half !== undefined) hour = (hour % 12) + (/p/i.test(half) ? 12 : 0);
    return moment(fullYear(year ?? ''), months.indexOf((month ?? '').toLowerCase()), Number(day), hour, Number(minute), Number(second ?? 0), offsetOf(zone));
  }
  const asctime = asctimeDate.exec(text);
  if (asctime !== null) {
    const [, month, day, hour, minute, second, zone, year, offset] = asctime;
    return moment(Number(year), months.indexOf((month ?? '').toLowerCase()), Number(day), Number(hour), Number(minute), Number(second ?? 0), offsetOf(offset ?? zone));
  }
  const iso = isoDate.exec(text);
  if (iso !== null) {
    const [, year, month, day, hour, minute, second, zone] = iso;
    return moment(Number(year), Number(month) - 1, Number(day), Number(hour ?? 0), Number(minute ?? 0), Number(second ?? 0), offsetOf(zone));
  }
  return null;
}

const earliestMs = Date.UTC(1990, 0, 1);
const dayMs = 86_400_000;

export interface MailTimes {
  readonly sentAt: Moment;
  readonly receivedAtMs: number;
  readonly notes: readonly string[];
}

/**
 * When a mail was sent and when it arrived. A server's `Received` beats the mailbox's date beats the sender's word; a `Date` that
 * lies more than two days after the arrival, or before 1990, is not believed.
 */
export function readTimes(date: string | null, received: readonly string[], internalDate: Date | null, fallbackDate: Date): MailTimes {
  const notes: string[] = [];
  const parsed = date === null ? null : parseMailDate(date);
  if (date === null) notes.push('no_date');
  else if (parsed === null) notes.push('bad_date');
  let dateMoment = parsed;
  if (dateMoment !== null && dateMoment.epochMs < earliestMs) {
    notes.push('date_before_1990');
    dateMoment = null;
  }
  let arrivedMs: number | null = null;
  for (const field of received) {
    const stamp = parseMailDate(field.slice(field.lastIndexOf(';') + 1).trim());
    if (stamp !== null && stamp.epochMs >= earliestMs) {
      arrivedMs = stamp.epochMs;
      break;
    }
  }
  const mailboxMs = internalDate !== null && internalDate.getTime() >= earliestMs ? internalDate.getTime() : null;
  const knownMs = arrivedMs ?? mailboxMs;
  if (dateMoment !== null && knownMs !== null && dateMoment.epochMs > knownMs + 2 * dayMs) {
    notes.push('date_in_future');
    dateMoment = null;
  }
  // With nobody's word but the sender's, this machine's clock only refuses what no clock that is merely wrong would say.
  if (dateMoment !== null && knownMs === null && dateMoment.epochMs > fallbackDate.getTime() + 366 * dayMs) {
    notes.push('date_in_future');
    dateMoment = null;
  }
  const receivedAtMs = arrivedMs ?? dateMoment?.epochMs ?? mailboxMs ?? fallbackDate.getTime();
  return { sentAt: dateMoment ?? { epochMs: receivedAtMs, offsetMinutes: 0 }, receivedAtMs, notes };
}
