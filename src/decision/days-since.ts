const hoursPerDay = 24;
const msPerHour = 3_600_000;
const msPerMinute = 60_000;
const dayLength = '2026-03-17'.length;
const minuteLength = '2026-03-17T14:05'.length;

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
  const passed = passedMs(moment, arrival, counted);
  return passed === null ? null : (passed.toMs - passed.fromMs) / msPerHour / hoursPerDay;
}

/** The same, with what it was counted from and to. */
export function timeSince(moment: string, arrival: Arrival, counted: 'exact' | 'calendar'): PassedTime | null {
  const passed = passedMs(moment, arrival, counted);
  if (passed === null) return null;
  const { fromMs, toMs, hours } = passed;
  const shown = hours ? clock : dayOf;
  return { days: (toMs - fromMs) / msPerHour / hoursPerDay, from: shown(fromMs), to: shown(toMs), counted: hours ? 'hours' : 'days' };
}

// Both in the writer's offset, as if that were UTC: wall clocks differ as moments do, since a mail has one offset.
function passedMs(moment: string, { receivedAtMs, offsetMinutes }: Arrival, counted: 'exact' | 'calendar'): { fromMs: number; toMs: number; hours: boolean } | null {
  const fromMs = Date.parse(moment.includes('T') ? `${moment}Z` : moment);
  // `Date` takes the thirtieth of February for the second of March.
  if (Number.isNaN(fromMs) || moment.length < dayLength || !new Date(fromMs).toISOString().startsWith(moment)) return null;
  const toMs = receivedAtMs + offsetMinutes * msPerMinute;
  if (moment.includes('T') && counted === 'exact') return { fromMs, toMs, hours: true };
  return { fromMs: startOfDay(fromMs), toMs: startOfDay(toMs), hours: false };
}

function startOfDay(ms: number): number {
  const msPerDay = hoursPerDay * msPerHour;
  return Math.floor(ms / msPerDay) * msPerDay;
}

function dayOf(ms: number): string {
  return new Date(ms).toISOString().slice(0, dayLength);
}

function clock(ms: number): string {
  const text = new Date(ms).toISOString();
  return `${text.slice(0, dayLength)} ${text.slice(dayLength + 1, ms % msPerMinute === 0 ? minuteLength : minuteLength + ':00'.length)}`;
}
