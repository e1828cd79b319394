import { Temporal } from 'temporal-polyfill';
import { holidayPlaceFault, publicHolidays, type HolidayOn } from './public-holidays.ts';

/** A business calendar: on which days a merchant works. Days are counted in its time zone. */
export interface BusinessCalendar {
  readonly timeZone: string;
  /** Days of the week that are free, 1 for Monday to 7 for Sunday. */
  readonly weekend: ReadonlySet<number>;
  /** Null where the pack names no country: then public holidays count as any other day, since no policy says whose. */
  readonly holidayOn: HolidayOn | null;
  /** Days (`2026-12-24`) that are free beside them. */
  readonly daysOff: ReadonlySet<string>;
  /** Days that are worked though they fall on a weekend or a holiday. */
  readonly workingDays: ReadonlySet<string>;
}

const sunday = 7;

export const weekdays = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const;

/** A merchant's calendar as its `policy.yaml` gives it. */
export interface CalendarSettings {
  readonly country?: string | undefined;
  readonly state?: string | undefined;
  readonly region?: string | undefined;
  readonly weekend: readonly (typeof weekdays)[number][];
  readonly days_off: readonly string[];
  readonly working_days: readonly string[];
}

/** What is wrong with a calendar's place, and under which key; null where nothing is. */
export function calendarFault({ country, state, region }: CalendarSettings): { readonly key: string; readonly message: string } | null {
  if (country === undefined) return state === undefined && region === undefined ? null : { key: 'country', message: 'a state or region is part of a country: give it' };
  const message = holidayPlaceFault({ country, state, region });
  if (message === null) return null;
  return { key: [['region', region] as const, ['state', state] as const].find(([, value]) => value !== undefined)?.[0] ?? 'country', message };
}

/** The calendar that the settings describe; without settings, Monday to Friday without holidays. */
export function businessCalendar(timeZone: string, settings?: CalendarSettings): BusinessCalendar {
  if (settings === undefined) return { timeZone, weekend: new Set([6, 7]), holidayOn: null, daysOff: new Set(), workingDays: new Set() };
  const { country, state, region, weekend, days_off: daysOff, working_days: workingDays } = settings;
  return {
    timeZone,
    weekend: new Set(weekend.map((name) => weekdays.indexOf(name) + 1)),
    holidayOn: country === undefined ? null : publicHolidays({ country, state, region }, timeZone),
    daysOff: new Set(daysOff),
    workingDays: new Set(workingDays),
  };
}

/** Business days counted from a moment. */
export interface CountedDays {
  /** The day of the moment in the merchant's time zone (`2026-11-20`), which is not counted itself. */
  readonly from: string;
  /** The last day counted. */
  readonly by: string;
  /** Free days passed over that are no weekend, with the holiday's name. */
  readonly holidays: readonly { readonly day: string; readonly name: string }[];
}

/** The day that lies `businessDays` after the moment, and what was passed over on the way. */
export function countBusinessDays(epochMs: number, businessDays: number, calendar: BusinessCalendar): CountedDays {
  const from = Temporal.Instant.fromEpochMilliseconds(epochMs).toZonedDateTimeISO(calendar.timeZone).toPlainDate().toString();
  const day = new Date(from);
  let date = from;
  const holidays: { day: string; name: string }[] = [];
  for (let counted = 0; counted < businessDays; ) {
    day.setUTCDate(day.getUTCDate() + 1);
    date = day.toISOString().slice(0, from.length);
    const isWeekend = calendar.weekend.has(day.getUTCDay() || sunday);
    const holiday = calendar.workingDays.has(date) ? null : (calendar.holidayOn?.(date) ?? (calendar.daysOff.has(date) ? 'day off' : null));
    if (holiday !== null && !isWeekend) holidays.push({ day: date, name: holiday });
    if (calendar.workingDays.has(date) || (!isWeekend && holiday === null)) counted += 1;
  }
  return { from, by: date, holidays };
}

/** The moment at which a day (`2026-11-20`) is over in this time zone; epoch milliseconds. */
export function endOfDay(day: string, timeZone: string): number {
  return Temporal.PlainDate.from(day).add({ days: 1 }).toZonedDateTime(timeZone).epochMilliseconds;
}
