import { dayFromNumber, dayNumber, isRealDay } from './calendar.ts';
import type { Day } from './calendar.ts';
import type { ClockTime } from './times.ts';
import type { PhraseBook } from '../text/phrases.ts';

/** How sure it is to be a date at all and to be this one: an absolute date with its year beats a weekday. */
export type DatePrecision = 'full' | 'partial' | 'relative' | 'weekday' | 'vague';

/** A stretch of the mail that names a day, as the readers of the several ways to write one give it. Days count from 1970-01-01. */
export interface Found {
  readonly start: number;
  readonly end: number;
  readonly day: number;
  readonly precision: DatePrecision;
  /** Resolved to the past although the nearest such date lies ahead. */
  readonly nearFuture?: boolean;
  /** So long has it gone on: the day of no purchase and no delivery. */
  readonly lasting?: true;
  /** Carries its own time ("3 hours ago"). */
  readonly time?: ClockTime;
}

/** The day the mail was written, as its writer's calendar has it. */
export interface Clock {
  readonly today: number;
  readonly now: ClockTime;
  readonly order: 'dmy' | 'mdy' | 'ymd';
}

export type Unit = keyof PhraseBook['language']['calendar']['units'];

/** Day and month in the order that gives a real day, and one that is past. */
export function resolveOrder(a: number, b: number, year: number, clock: Clock): Day | null {
  const dayFirst = { year, month: b, day: a };
  const monthFirst = { year, month: a, day: b };
  const [preferred, other] = clock.order === 'mdy' ? [monthFirst, dayFirst] : [dayFirst, monthFirst];
  if (isRealDay(preferred) && (dayNumber(preferred) <= clock.today + 1 || !isRealDay(other) || dayNumber(other) > clock.today + 1)) return preferred;
  return isRealDay(other) ? other : isRealDay(preferred) ? preferred : null;
}

/** The same for a date without its year. */
export function resolveYearless(a: number, b: number, clock: Clock): { day: number; nearFuture: boolean } | null {
  const dayFirst = withYear({ month: b, day: a }, clock);
  const monthFirst = withYear({ month: a, day: b }, clock);
  const [preferred, other] = clock.order === 'dmy' ? [dayFirst, monthFirst] : [monthFirst, dayFirst];
  if (preferred && (!preferred.nearFuture || !other || other.nearFuture)) return preferred;
  return other ?? preferred;
}

/** The nearest such day that is not ahead; `nearFuture` where the one ahead is much nearer. */
export function withYear({ month, day }: { month: number; day: number }, clock: Clock): { day: number; nearFuture: boolean } | null {
  const year = dayFromNumber(clock.today).year;
  let best: number | null = null;
  let ahead: number | null = null;
  for (let candidate = year - 4; candidate <= year + 1; candidate++) {
    if (!isRealDay({ year: candidate, month, day })) continue;
    const number = dayNumber({ year: candidate, month, day });
    // A writer east of their mail program's clock may already be in tomorrow.
    if (number <= clock.today) best = number;
    else ahead ??= number;
  }
  if (best === null) return null;
  return { day: best, nearFuture: ahead !== null && ahead - clock.today <= 45 && clock.today - best > 200 };
}
