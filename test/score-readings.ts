import type { Reading } from '../src/reading.ts';

/**
 * Compares readings with the gold beside the mails. The rules of gold stand in `corpus/README.md`: a key that is left out is not judged, `{"any": […]}`
 * accepts each, `{"optional": v}` may be absent, `"*"` is not judged, and a fact of null must be absent.
 */
export type Gold = Readonly<Record<string, unknown>> & { readonly facts?: Readonly<Record<string, unknown>> };

export interface MailScore {
  readonly name: string;
  readonly language: string;
  /** What is wrong, in words; empty where the whole mail is right. */
  readonly errors: readonly string[];
}

interface FactTally {
  right: number;
  /** Read and wrong, or read and not there. */
  wrong: number;
  missed: number;
}

export interface Score {
  readonly mails: readonly MailScore[];
  /** Shares from 0 to 1: each judged field, `facts_precision`, `facts_recall`, `facts_f1`, `whole`. */
  readonly figures: Readonly<Record<string, number>>;
  readonly byFact: ReadonlyMap<string, Readonly<FactTally>>;
  /** Mails that are wholly right, and all of them. */
  readonly byLanguage: ReadonlyMap<string, { readonly whole: number; readonly all: number }>;
}

/** Facts that are not judged where gold does not name them. */
const leftOpen = new Set(['account_email', 'amount_claimed', 'used_percent']);
const plainFields = ['brand', 'language', 'topic', 'reason', 'product', 'outcome', 'amount'] as const;

/** Gold and reading of each mail by its name; a mail without a reading is wrong in everything. */
export function scoreReadings(golds: ReadonlyMap<string, Gold>, readings: ReadonlyMap<string, Reading>): Score {
  const judged = new Map<string, { right: number; all: number }>();
  const byFact = new Map<string, FactTally>();
  const byLanguage = new Map<string, { whole: number; all: number }>();
  const mails: MailScore[] = [];
  for (const [name, gold] of golds) {
    const reading = readings.get(name);
    const errors: string[] = [];
    const judge = (field: string, right: boolean, error: string): void => {
      const tally = entry(judged, field, () => ({ right: 0, all: 0 }));
      tally.all += 1;
      if (right) tally.right += 1;
      else errors.push(error);
    };
    for (const field of plainFields) {
      if (!(field in gold)) continue;
      const value = valueOf(reading, field);
      judge(field, reading !== undefined && isSame(field, gold[field], value), `${field}: want ${JSON.stringify(gold[field])}, got ${JSON.stringify(value)}`);
    }
    for (const field of ['missing', 'flags'] as const) {
      if (!(field in gold)) continue;
      const wanted = alternatives(gold[field]).map((list) => asSet(list, field));
      const got = asSet(reading?.[field] ?? [], field);
      judge(field, reading !== undefined && wanted.includes(got), `${field}: want ${wanted.join(' or ') || 'none'}, got ${got || 'none'}`);
    }
    judgeFacts(gold, reading, byFact, errors);
    if ('draft_language' in gold) {
      const language = reading?.draft?.language ?? null;
      judge('draft_language', language === gold['draft_language'], `draft language: want ${String(gold['draft_language'])}, got ${String(language)}`);
    }
    if (gold['no_draft'] === true) judge('no_draft', reading?.draft === null, 'a draft where none is due');
    const language = typeof gold['language'] === 'string' ? gold['language'] : '?';
    const tally = entry(byLanguage, language, () => ({ whole: 0, all: 0 }));
    tally.all += 1;
    if (errors.length === 0) tally.whole += 1;
    mails.push({ name, language, errors });
  }
  const figures: Record<string, number> = {};
  for (const [field, { right, all }] of judged) figures[field] = right / all;
  return { mails, byFact, byLanguage, figures: { ...figures, ...factFigures(byFact), whole: share(mails.filter(({ errors }) => errors.length === 0).length, mails.length) } };
}

function judgeFacts(gold: Gold, reading: Reading | undefined, byFact: Map<string, FactTally>, errors: string[]): void {
  const facts: Readonly<Record<string, { readonly value: unknown; readonly source: string } | undefined>> = reading?.facts ?? {};
  const tallyOf = (name: string): FactTally => entry(byFact, name, () => ({ right: 0, wrong: 0, missed: 0 }));
  for (const [name, wanted] of Object.entries(gold.facts ?? {})) {
    const got = facts[name]?.value;
    if (wanted === '*' || (got === undefined && mayBeAbsent(wanted))) continue;
    const tally = tallyOf(name);
    if (got !== undefined && wanted !== null && isSame(name, wanted, got)) {
      tally.right += 1;
      continue;
    }
    if (got !== undefined) tally.wrong += 1;
    if (!mayBeAbsent(wanted)) tally.missed += 1;
    errors.push(`${name}: want ${wanted === null ? 'none' : JSON.stringify(wanted)}, got ${JSON.stringify(got) ?? 'none'}`);
  }
  for (const [name, fact] of Object.entries(facts)) {
    if (fact === undefined || gold.facts === undefined || name in gold.facts || leftOpen.has(name) || (fact.source !== 'body' && fact.source !== 'subject' && fact.source !== 'model')) continue;
    tallyOf(name).wrong += 1;
    errors.push(`${name}: not in gold, got ${JSON.stringify(fact.value)}`);
  }
}

function factFigures(byFact: ReadonlyMap<string, FactTally>): Record<string, number> {
  const tallies = [...byFact.values()];
  const sum = (of: (tally: FactTally) => number): number => tallies.reduce((total, tally) => total + of(tally), 0);
  const right = sum((tally) => tally.right);
  const precision = share(right, right + sum((tally) => tally.wrong));
  const recall = share(right, right + sum((tally) => tally.missed));
  return { facts_precision: precision, facts_recall: recall, facts_f1: share(2 * precision * recall, precision + recall) };
}

function share(part: number, whole: number): number {
  return whole === 0 ? 0 : part / whole;
}

function entry<Value>(map: Map<string, Value>, key: string, make: () => Value): Value {
  const value = map.get(key) ?? make();
  map.set(key, value);
  return value;
}

function valueOf(reading: Reading | undefined, field: (typeof plainFields)[number]): unknown {
  if (reading === undefined) return null;
  return field === 'outcome' || field === 'amount' ? reading.decision[field] : reading[field];
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function alternatives(gold: unknown): unknown[] {
  return isRecord(gold) && Array.isArray(gold['any']) ? gold['any'] : [gold];
}

function mayBeAbsent(gold: unknown): boolean {
  return gold === null || (isRecord(gold) && ('optional' in gold || alternatives(gold).includes(null)));
}

/** What is asked for is compared without `description`: whether a mail says what happened is a matter of taste. */
function asSet(list: unknown, field: 'missing' | 'flags'): string {
  const names = Array.isArray(list) ? list.map(String) : [];
  return [...new Set(names)].filter((name) => field === 'flags' || name !== 'description').toSorted().join(', ');
}

function isSame(name: string, gold: unknown, got: unknown): boolean {
  if (isRecord(gold) && 'optional' in gold) return got === null || got === undefined || isSame(name, gold['optional'], got);
  if (isRecord(gold) && 'any' in gold) return alternatives(gold).some((one) => isSame(name, one, got));
  const [a, b] = [plain(gold), plain(got)];
  if (a === b) return true;
  if (typeof a !== 'string' || typeof b !== 'string') return false;
  // `Windows 10.0.2` is as good as `Windows 10`.
  if (name === 'browser' || name === 'os') return b.startsWith(`${a}.`) || a.startsWith(`${b}.`);
  if (name === 'amount' || name === 'amount_claimed') return isSameSum(a, b);
  // Gold of a day accepts any time on it; gold with a time wants it.
  if (name.endsWith('_at')) return a.slice(0, 16) === b.slice(0, 16) || (a.length === 10 && b.slice(0, 10) === a);
  return false;
}

function isSameSum(a: string, b: string): boolean {
  const [number, ...currency] = a.split(/\s+/);
  const [otherNumber, ...otherCurrency] = b.split(/\s+/);
  return Number(number) === Number(otherNumber) && currency.join(' ') === otherCurrency.join(' ');
}

function plain(value: unknown): unknown {
  if (value === undefined) return null;
  if (typeof value !== 'string') return value;
  const text = value.trim().toLowerCase();
  return /^\d+(?:\.\d+)?$/.test(text) && text.length < 9 ? Number(text) : text;
}
