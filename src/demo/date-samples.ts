/** The samples as if they had been written these days. Each mail moves by whole weeks, so that days of the week stay what they are, and with it the days that its words name and the orders of its customer. */

const dayMs = 86_400_000;
const weekMs = 7 * dayMs;
/** So far from its own date lie the days that a mail names. */
const namedWithinDays = 62;

/** So many days later a mail was written in the week before `now`. A mail that is younger stays where it is. */
export function daysToLastWeek(source: string, now: Date): number {
  return Math.max(0, Math.floor((now.getTime() - writtenAt(source).getTime()) / weekMs)) * 7;
}

/** The `Date` header of a sample. */
export function writtenAt(source: string): Date {
  return new Date(dateHeader(source).date);
}

function dateHeader(source: string): { readonly date: string; readonly offset: string } {
  const [, date, offset] = /^Date: (.*([+-]\d{4}))$/mu.exec(source) ?? [];
  if (date === undefined || offset === undefined) throw new Error('a sample has no date');
  return { date, offset };
}

/** The mail, written so many days later. `language` is that of its words, ISO 639-1. */
export function writtenLater(source: string, language: string, days: number): string {
  if (days === 0) return source;
  const { date, offset } = dateHeader(source);
  const offsetMs = Number(`${offset[0] ?? '+'}1`) * (Number(offset.slice(1, 3)) * 60 + Number(offset.slice(3, 5))) * 60_000;
  // As the clock on the wall showed it.
  const local = new Date(Date.parse(date) + offsetMs);
  const names = namedDays(local, language, days);
  const named = new RegExp(`(?<!\\d)(?:${[...names.keys()].toSorted((a, b) => b.length - a.length).join('|')})(?!\\d)`, 'gu');
  return source.replace(date, () => later(local, days).toUTCString().replace('GMT', offset)).replaceAll(named, (name) => names.get(name) ?? name);
}

/** How the language writes days around this one, and what it writes of those that lie so many days later. */
function namedDays(around: Date, language: string, days: number): ReadonlyMap<string, string> {
  const [year, month, day] = [{ year: 'numeric' }, { month: 'long' }, { day: 'numeric' }] as const;
  const forms = [{ ...day, ...month, ...year }, { ...day, ...month }].map((form) => new Intl.DateTimeFormat(language, { ...form, timeZone: 'UTC' }));
  const names = new Map<string, string>();
  for (let from = -namedWithinDays; from <= namedWithinDays; from += 1) {
    for (const form of forms) names.set(nameOf(form, later(around, from)), nameOf(form, later(around, from + days)));
  }
  return names;
}

/** In Russian, the year has its abbreviation behind it, which letters leave out. */
function nameOf(form: Intl.DateTimeFormat, day: Date): string {
  return form.format(day).replace(' г.', '');
}

function later(date: Date, days: number): Date {
  return new Date(date.getTime() + days * dayMs);
}

/** Orders, one a line, each moved by as many days as `daysOf` says for the e-mail address in it. Days are written as `2026-03-08` or `08.03.2026`. */
export function orderedLater(orders: string, daysOf: (email: string) => number): string {
  return orders.split('\n').map((line) => {
    const days = daysOf(/[\w.]+@[\w.-]+/u.exec(line)?.[0] ?? '');
    const move = (iso: string): string => later(new Date(`${iso}T00:00:00Z`), days).toISOString().slice(0, 10);
    return line.replaceAll(/\b\d{4}-\d\d-\d\d/gu, move).replaceAll(/\b(\d\d)\.(\d\d)\.(\d{4})\b/gu, (_, day: string, month: string, year: string) => move(`${year}-${month}-${day}`).split('-').toReversed().join('.'));
  }).join('\n');
}
