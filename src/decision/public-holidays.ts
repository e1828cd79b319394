import { createRequire } from 'node:module';
import { Temporal } from 'temporal-polyfill';
import type Holidays from 'date-holidays';

/** Where a merchant's public holidays are kept: ISO 3166 codes, as date-holidays knows them. */
export interface HolidayPlace {
  readonly country: string;
  readonly state?: string | undefined;
  readonly region?: string | undefined;
}

/** The name of the public holiday on a day (`2026-05-01`), in English; null where there is none. */
export type HolidayOn = (day: string) => string | null;

// Loaded for merchants that name a country, and only then: the whole world's holidays take a sixth of a second.
let library: typeof Holidays | null = null;
function holidaysLibrary(): typeof Holidays {
  if (library !== null) return library;
  const loaded: unknown = createRequire(import.meta.url)('date-holidays');
  if (!isLibrary(loaded)) throw new TypeError('date-holidays has no class of holidays');
  library = loaded;
  return loaded;
}

function isLibrary(loaded: unknown): loaded is typeof Holidays {
  return typeof loaded === 'function';
}

/** What is wrong with the place, or null where its holidays are known. */
export function holidayPlaceFault({ country, state, region }: HolidayPlace): string | null {
  const Library = holidaysLibrary();
  const known = new Library();
  if (!Object.hasOwn(known.getCountries(), country)) return `no holidays are known of a country "${country}": give its ISO 3166 code, such as PL`;
  if (state === undefined) return region === undefined ? null : 'a region is part of a state: give both';
  const states = known.getStates(country) as Record<string, string> | null | undefined;
  if (states === null || states === undefined || !Object.hasOwn(states, state)) return `no holidays are known of "${state}" in ${country}${listed(states)}`;
  const regions = known.getRegions(country, state) as Record<string, string> | null | undefined;
  if (region === undefined || (regions !== null && regions !== undefined && Object.hasOwn(regions, region))) return null;
  return `no holidays are known of "${region}" in ${country}-${state}${listed(regions)}`;
}

function listed(places: Readonly<Record<string, string>> | null | undefined): string {
  const names = Object.keys(places ?? {});
  return names.length === 0 ? ', which has no such parts' : `: known are ${names.join(', ')}`;
}

/** The public holidays of a place, by days of the time zone. A holiday that lasts from sunset to sunset is on the day whose noon it has. */
export function publicHolidays({ country, state, region }: HolidayPlace, timeZone: string): HolidayOn {
  const Library = holidaysLibrary();
  const holidays = new Library({ country, ...(state === undefined ? {} : { state }), ...(region === undefined ? {} : { region }) }, { timezone: timeZone, types: ['public'] });
  const years = new Map<number, ReadonlyMap<string, string>>();
  return (day) => {
    const year = Number(day.slice(0, 4));
    let known = years.get(year);
    if (known === undefined) {
      // One that began in the last days of the year before can still last.
      known = new Map([...holidays.getHolidays(year - 1, 'en'), ...holidays.getHolidays(year, 'en')].flatMap(({ start, end, name }) => daysWithNoonIn(start, end, timeZone).map((date) => [date, name])));
      years.set(year, known);
    }
    return known.get(day) ?? null;
  };
}

function daysWithNoonIn(start: Date, end: Date, timeZone: string): string[] {
  const days: string[] = [];
  let day = Temporal.Instant.fromEpochMilliseconds(start.getTime()).toZonedDateTimeISO(timeZone).toPlainDate();
  for (;; day = day.add({ days: 1 })) {
    const noonMs = day.toZonedDateTime({ timeZone, plainTime: '12:00' }).epochMilliseconds;
    if (noonMs >= end.getTime()) return days;
    if (noonMs >= start.getTime()) days.push(day.toString());
  }
}
