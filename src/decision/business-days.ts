import { Temporal } from 'temporal-polyfill';

const friday = 5;

/**
 * The day (`2026-11-27`) that lies `businessDays` after the moment, in the time zone. Saturdays and Sundays do not count; public
 * holidays do, since no policy says whose.
 */
export function businessDaysAfter(epochMs: number, businessDays: number, timeZone: string): string {
  let day = Temporal.Instant.fromEpochMilliseconds(epochMs).toZonedDateTimeISO(timeZone).toPlainDate();
  for (let counted = 0; counted < businessDays; ) {
    day = day.add({ days: 1 });
    if (day.dayOfWeek <= friday) counted += 1;
  }
  return day.toString();
}
