import { Big } from 'big.js';
import { Temporal } from 'temporal-polyfill';
import type { Outcome } from '../../decision/decision.ts';
import type { Sql } from '../../database/database.ts';
import { openRequestBook } from './request-book.ts';
import type { RequestLine, RequestTraits } from './request-lines.ts';

/** Numbers over the requests that arrived in a period: how many, how fast they were answered, what came of them, and where people decided otherwise than the policy. */
export interface CaseNumbers {
  readonly requests: number;
  /** By the day, `2026-11-23`, in the time zone that was asked for: every day of the period. */
  readonly arrivals: readonly { readonly day: string; readonly count: number; readonly answered: number }[];
  /** Null where there was none. */
  readonly toDraft: Spread | null;
  readonly toAnswer: Spread | null;
  readonly sent: number;
  /** Of those sent, as the program wrote them. */
  readonly sentUnedited: number;
  readonly byMerchant: readonly Share[];
  readonly byReason: readonly Share[];
  readonly byLanguage: readonly Share[];
  readonly byOutcome: readonly Share[];
  /** What the first decision found missing; most often first. */
  readonly missing: readonly { readonly name: string; readonly count: number }[];
  readonly money: readonly Money[];
  readonly overrides: readonly OverriddenRule[];
}

/** Seconds within which a half, and nine of ten, were done. */
export interface Spread {
  readonly count: number;
  readonly medianSeconds: number;
  readonly p90Seconds: number;
}

export interface Share {
  /** Null: none is known. */
  readonly name: string | null;
  readonly requests: number;
  readonly toDraft: Spread | null;
  readonly toAnswer: Spread | null;
  readonly sent: number;
  readonly sentUnedited: number;
}

/** Decimal texts, exact. */
export interface Money {
  readonly currency: string;
  /** Granted, and the customer was told so. */
  readonly refunded: string;
  /** What customers asked for or paid, and were denied. */
  readonly denied: string;
  /** Granted, and not told yet. */
  readonly pending: string;
}

export interface OverriddenRule {
  readonly rule: string | null;
  readonly from: Outcome;
  readonly to: Outcome;
  readonly count: number;
  /** Requests of the period that the rule decided, then or later. */
  readonly decided: number;
}

export interface NumbersFilter {
  /** Days such as `2026-11-23`; both belong to the period. */
  readonly firstDay: string;
  readonly lastDay: string;
  /** Null for all. */
  readonly merchant: string | null;
  /** IANA name, such as `Europe/Minsk`. */
  readonly timeZone: string;
}

/** Counts requests, for one process. */
export interface NumbersReader {
  /** As of now. Throws `StoreUnavailableError`. */
  read(sql: Sql, filter: NumbersFilter): Promise<CaseNumbers>;
}

/** The first question is slow where there are many requests in its period: they are read once. */
export function openNumbersReader(): NumbersReader {
  const book = openRequestBook();
  return {
    read: async (sql, filter) => {
      const days = daysOf(filter);
      return countNumbers(await book.linesSince(sql, days.starts[0] ?? 0), days, filter.merchant);
    },
  };
}

interface Days {
  readonly names: readonly string[];
  /** When each begins, and the end of the last one; milliseconds since 1970. */
  readonly starts: readonly number[];
}

function daysOf({ firstDay, lastDay, timeZone }: NumbersFilter): Days {
  const [names, starts]: [string[], number[]] = [[], []];
  const last = Temporal.PlainDate.from(lastDay);
  let day = Temporal.PlainDate.from(firstDay);
  for (; Temporal.PlainDate.compare(day, last) <= 0; day = day.add({ days: 1 })) {
    names.push(day.toString());
    starts.push(day.toZonedDateTime(timeZone).epochMilliseconds);
  }
  return { names, starts: [...starts, day.toZonedDateTime(timeZone).epochMilliseconds] };
}

/** The place of the last start that is not after the moment; -1 where all are. */
function placeOf(starts: readonly number[], ms: number): number {
  let [low, high] = [0, starts.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((starts[middle] ?? 0) <= ms) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

function countNumbers(lines: Iterable<RequestLine>, { names, starts }: Days, merchant: string | null): CaseNumbers {
  const days = names.map((day) => ({ day, count: 0, answered: 0 }));
  const tally = new Map<RequestTraits, Sort>();
  for (const { arrivedMs, draftedAfterMs, answeredAfterMs, traits } of lines) {
    const day = days[placeOf(starts, arrivedMs)];
    if (day === undefined || (merchant !== null && traits.merchant !== merchant)) continue;
    const sort = tally.get(traits) ?? { count: 0, toDraft: [], toAnswer: [] };
    tally.set(traits, sort);
    day.count += 1;
    sort.count += 1;
    if (answeredAfterMs !== null) {
      day.answered += 1;
      sort.toAnswer.push(answeredAfterMs);
    }
    if (draftedAfterMs !== null) sort.toDraft.push(draftedAfterMs);
  }
  const byMerchant = sharesOf(tally, ({ merchant: name }) => name);
  const all = byMerchant.reduce((sum, { requests, sent, sentUnedited }) => ({ requests: sum.requests + requests, sent: sum.sent + sent, sentUnedited: sum.sentUnedited + sentUnedited }), { requests: 0, sent: 0, sentUnedited: 0 });
  return {
    ...all, arrivals: days, toDraft: spreadOf([...tally.values()].map((sort) => sort.toDraft)), toAnswer: spreadOf([...tally.values()].map((sort) => sort.toAnswer)), byMerchant, byReason: sharesOf(tally, ({ reason }) => reason), byLanguage: sharesOf(tally, ({ language }) => language),
    byOutcome: sharesOf(tally, ({ outcome }) => outcome), missing: missingIn(tally), money: moneyIn(tally), overrides: overridesIn(tally),
  };
}

/** Requests with the same traits; milliseconds. */
interface Sort {
  count: number;
  readonly toDraft: number[];
  readonly toAnswer: number[];
}
type Tally = ReadonlyMap<RequestTraits, Sort>;

/** Between the two values that lie about the place, as PostgreSQL's `percentile_cont` has it. */
function spreadOf(parts: readonly (readonly number[])[]): Spread | null {
  const figures = parts.flat();
  if (figures.length === 0) return null;
  const ordered = Float64Array.from(figures).toSorted();
  const rank = (share: number): number => {
    const place = share * (ordered.length - 1);
    const [below, above] = [ordered[Math.floor(place)] ?? 0, ordered[Math.ceil(place)] ?? 0];
    return (below + (above - below) * (place - Math.floor(place))) / 1_000;
  };
  return { count: figures.length, medianSeconds: rank(0.5), p90Seconds: rank(0.9) };
}

function sharesOf(tally: Tally, nameOf: (traits: RequestTraits) => string | null): Share[] {
  const groups = new Map<string | null, (readonly [RequestTraits, Sort])[]>();
  for (const entry of tally) {
    const name = nameOf(entry[0]);
    const group = groups.get(name) ?? [];
    group.push(entry);
    groups.set(name, group);
  }
  const countOf = (group: readonly (readonly [RequestTraits, Sort])[], isMeant: (traits: RequestTraits) => boolean): number => group.reduce((sum, [traits, { count }]) => sum + (isMeant(traits) ? count : 0), 0);
  return Array.from(groups, ([name, group]): Share => ({
    name, requests: countOf(group, () => true), sent: countOf(group, ({ isSent }) => isSent), sentUnedited: countOf(group, ({ isUnedited }) => isUnedited),
    toDraft: spreadOf(group.map(([, { toDraft }]) => toDraft)), toAnswer: spreadOf(group.map(([, { toAnswer }]) => toAnswer)),
  })).toSorted((a, b) => b.requests - a.requests || byName(a.name, b.name));
}

/** What has no name stands last. */
function byName(one: string | null, other: string | null): number {
  if (one === null || other === null) return Number(one === null) - Number(other === null);
  return one < other ? -1 : Number(one > other);
}

const maxMissing = 15;
const maxOverrides = 30;

function missingIn(tally: Tally): CaseNumbers['missing'] {
  const counts = new Map<string, number>();
  for (const [{ missing }, { count }] of tally) for (const name of missing) counts.set(name, (counts.get(name) ?? 0) + count);
  return Array.from(counts, ([name, count]) => ({ name, count })).toSorted((a, b) => b.count - a.count || byName(a.name, b.name)).slice(0, maxMissing);
}

const noMoney = { refunded: Big(0), denied: Big(0), pending: Big(0) };

function moneyIn(tally: Tally): Money[] {
  const sums = new Map<string, typeof noMoney>();
  for (const [{ money }, { count }] of tally) {
    const [, value, currency] = /^(\d+(?:\.\d+)?) ([A-Z]{3})$/u.exec(money?.amount ?? '') ?? [];
    if (money === null || value === undefined || currency === undefined) continue;
    const sum = sums.get(currency) ?? noMoney;
    sums.set(currency, { ...sum, [money.kind]: sum[money.kind].plus(Big(value).times(count)) });
  }
  const total = ({ refunded, denied, pending }: typeof noMoney): Big => refunded.plus(denied).plus(pending);
  return Array.from(sums).toSorted(([one, a], [other, b]) => total(b).cmp(total(a)) || byName(one, other))
    .map(([currency, { refunded, denied, pending }]) => ({ currency, refunded: refunded.toFixed(), denied: denied.toFixed(), pending: pending.toFixed() }));
}

function overridesIn(tally: Tally): OverriddenRule[] {
  const decided = new Map<string | null, number>();
  const found = new Map<string, OverriddenRule>();
  for (const [{ rules, overrides }, { count }] of tally) {
    for (const rule of rules) decided.set(rule, (decided.get(rule) ?? 0) + count);
    for (const [rule, from, to] of overrides) {
      const key = JSON.stringify([rule, from, to]);
      found.set(key, { rule, from, to, count: (found.get(key)?.count ?? 0) + count, decided: 0 });
    }
  }
  return Array.from(found.values(), (each) => ({ ...each, decided: decided.get(each.rule) ?? 0 })).toSorted((a, b) => b.count - a.count || byName(a.rule, b.rule)).slice(0, maxOverrides);
}
