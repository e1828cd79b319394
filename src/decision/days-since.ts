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

/**
 * Days from `moment` (`2026-03-17` or `2026-03-17T14:05`, local to the writer) to the mail's arrival: hours / 24 when it has a time of
 * day, else, or where the policy counts calendar days, the difference of calendar days in the writer's offset. Null for what is no date.
 */
export function daysSince(moment: string, arrival: Arrival, counted: 'exact' | 'calendar'): number | null {
  const hasTime = moment.includes('T');
  const offsetMs = arrival.offsetMinutes * msPerMinute;
  try {
    if (hasTime && counted === 'exact') {
      const wallClock = Temporal.PlainDateTime.from(moment, { overflow: 'reject' });
      const epochMs = wallClock.toZonedDateTime('UTC').epochMilliseconds - offsetMs;
      return (arrival.receivedAtMs - epochMs) / msPerHour / hoursPerDay;
    }
    const arrived = Temporal.Instant.fromEpochMilliseconds(arrival.receivedAtMs + offsetMs).toZonedDateTimeISO('UTC').toPlainDate();
    return Temporal.PlainDate.from(moment, { overflow: 'reject' }).until(arrived, { largestUnit: 'day' }).days;
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}
