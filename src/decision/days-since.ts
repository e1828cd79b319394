import { Temporal } from 'temporal-polyfill';

const hoursPerDay = 24;
const msPerHour = 3_600_000;
const msPerMinute = 60_000;

/** When a mail arrived, and the UTC offset its writer lives by. */
export interface Arrival {
  readonly receivedAtMs: number;
  /** Of the mail's `Date` header, minutes east of UTC. */
  readonly offsetMinutes: number;
}

/** The time from a moment to the arrival of a mail. */
export interface PassedTime {
  readonly days: number;
  /** `2026-03-17 14:05` and `2026-03-20 09:00`, or days where whole days are counted; both in the writer's offset. */
  readonly from: string;
  readonly to: string;
  readonly counted: 'hours' | 'days';
}

/**
 * Days from `moment` (`2026-03-17` or `2026-03-17T14:05`, local to the writer) to the mail's arrival: hours / 24 when it has a time of
 * day, else, or where the policy counts calendar days, the difference of calendar days in the writer's offset. Null for what is no date.
 */
export function daysSince(moment: string, arrival: Arrival, counted: 'exact' | 'calendar'): number | null {
  return timeSince(moment, arrival, counted)?.days ?? null;
}

/** The same, with what it was counted from and to. */
export function timeSince(moment: string, arrival: Arrival, counted: 'exact' | 'calendar'): PassedTime | null {
  const hasTime = moment.includes('T');
  const offsetMs = arrival.offsetMinutes * msPerMinute;
  try {
    const arrived = Temporal.Instant.fromEpochMilliseconds(arrival.receivedAtMs + offsetMs).toZonedDateTimeISO('UTC');
    if (hasTime && counted === 'exact') {
      const wallClock = Temporal.PlainDateTime.from(moment, { overflow: 'reject' });
      const epochMs = wallClock.toZonedDateTime('UTC').epochMilliseconds - offsetMs;
      return { days: (arrival.receivedAtMs - epochMs) / msPerHour / hoursPerDay, from: clock(wallClock), to: clock(arrived.toPlainDateTime()), counted: 'hours' };
    }
    const from = Temporal.PlainDate.from(moment, { overflow: 'reject' });
    const to = arrived.toPlainDate();
    return { days: from.until(to, { largestUnit: 'day' }).days, from: from.toString(), to: to.toString(), counted: 'days' };
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

function clock(moment: Temporal.PlainDateTime): string {
  return moment.toString({ smallestUnit: moment.second === 0 ? 'minute' : 'second' }).replace('T', ' ');
}
