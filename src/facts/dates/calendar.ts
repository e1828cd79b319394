/** Plain calendar arithmetic on days; a day is counted from 1970-01-01. */
export interface Day {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

const msPerDay = 86_400_000;

export function dayNumber({ year, month, day }: Day): number {
  return Math.round(Date.UTC(year, month - 1, day) / msPerDay);
}

export function dayFromNumber(number: number): Day {
  const date = new Date(number * msPerDay);
  return { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() };
}

export function isRealDay({ year, month, day }: Day): boolean {
  if (year < 1990 || year > 2199 || month < 1 || month > 12 || day < 1 || day > 31) return false;
  return dayFromNumber(dayNumber({ year, month, day })).day === day;
}

/** Monday is 0. */
export function weekdayOf(number: number): number {
  return (((number + 3) % 7) + 7) % 7;
}

/** The same day of the month some months away, or the month's last day. */
export function addMonths({ year, month, day }: Day, months: number): Day {
  const index = year * 12 + (month - 1) + months;
  const target = { year: Math.floor(index / 12), month: (index % 12) + 1 };
  for (let candidate = day; candidate > 27; candidate--) if (isRealDay({ ...target, day: candidate })) return { ...target, day: candidate };
  return { ...target, day: Math.min(day, 28) };
}

/** `2026-03-17` */
export function isoDay({ year, month, day }: Day): string {
  return `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
}
