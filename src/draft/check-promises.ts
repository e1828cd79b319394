import type { Decision, Outcome } from '../decision/decision.ts';
import { findClause } from '../decision/policy-text.ts';
import type { Policy } from '../decision/policy.ts';
import { findDates } from '../facts/dates/dates.ts';
import type { Facts } from '../facts/facts.ts';
import { phraseBookOf } from '../facts/languages/languages.ts';
import { findMoney } from '../facts/sums/money.ts';
import { splitSentences, type Sentence } from '../facts/text/sentences.ts';
import type { Moment } from '../message/message.ts';
import { clausesBackedBy, findClauses } from './find-clauses.ts';
import { findPeriods, periodKey } from './find-periods.ts';
import { findPromises, speaksOfPayingOut, type FoundPromise } from './find-promises.ts';
import { foldText, type FoldedText } from './folded-text.ts';
import { localeFormat } from './locale-format.ts';
import { type PromiseFault, promiseFaultText } from './promise-faults.ts';
import { promisePatternsOf } from './promises/words-by-language.ts';

/** What a reply may rely on: the decision it carries out, and what the decision was made from. */
export interface PromiseBacking {
  readonly decision: Decision;
  readonly facts: Facts;
  /** Its deadlines, and what its rules keep; null where only the decision is known. */
  readonly policy: (Pick<Policy, 'deadlines'> & Partial<Pick<Policy, 'rules'>>) | null;
  /** The published text by language: lengths of time and shares named there may be repeated. */
  readonly policyTexts: ReadonlyMap<string, string>;
  /** What the decision's clause is called in other languages than the policy's own, from `clauseTitlesIn`. */
  readonly clauseTitles: readonly string[];
  /** When the reply is written: "tomorrow" is counted from it. */
  readonly writtenAt: Moment;
}

export type PromiseKind = 'sum' | 'share' | 'date' | 'period' | 'remedy' | 'unconditional' | 'clause';

type FaultValues = Readonly<Record<string, string>>;

/** One thing a reply says that its decision does not back. */
export interface PromiseFinding {
  readonly kind: PromiseKind;
  /** The words in question, as they stand in the reply. */
  readonly text: string;
  /** Offsets in the reply (in its NFC form). */
  readonly start: number;
  readonly end: number;
  /** Why it is not backed, for the person who is about to send it: in English, */
  readonly message: string;
  /** and as what any language can say. */
  readonly fault: PromiseFault;
  readonly values: FaultValues;
}

/**
 * Holds a reply, as drafted or as edited by a person, against its decision. Each sum, day, length of time, remedy and clause in it must be backed;
 * what is not is named, in the order of the text. What the reply quotes of the customer's mail (`> `) is not looked at. Pure.
 */
export function checkPromises(reply: string, language: string, backing: PromiseBacking): readonly PromiseFinding[] {
  // A blank for a no-break space leaves every offset where it was.
  const text = withoutQuote(reply.normalize('NFC')).replace(/[\u00A0\u202F]/gu, ' ');
  const book = phraseBookOf(language);
  const sentences = splitSentences([{ text, source: 'body', kind: 'own', question: null }], { unspaced: book.language.writing === 'unspaced', elision: book.language.elision === true });
  const findings = sentences.flatMap((sentence) => new SentenceCheck(text, sentence, language, backing).findings());
  return findings.toSorted((a, b) => a.start - b.start || a.end - b.end);
}

/** The quote and the line that introduces it, as blanks: offsets stay. */
function withoutQuote(text: string): string {
  const quote = /^[^\n]*\n{0,2}(?=>)|^>[^\n]*/gmu;
  return text.replace(quote, (line) => line.replace(/[^\n]/gu, ' '));
}

const granted: Readonly<Record<FoundPromise['remedy'], readonly Outcome[]>> = {
  refund: ['full_refund', 'partial_refund', 'refund_or_replacement'],
  replacement: ['replacement', 'refund_or_replacement'],
  credits: ['credit_compensation'],
  revision: ['revision'],
  cancellation: ['cancel_subscription'],
  extra: [],
};

class SentenceCheck {
  private readonly folded: FoldedText;
  private readonly promises: readonly FoundPromise[];
  private readonly text: string;
  private readonly sentence: Sentence;
  private readonly language: string;
  private readonly backing: PromiseBacking;

  constructor(text: string, sentence: Sentence, language: string, backing: PromiseBacking) {
    this.text = text;
    this.sentence = sentence;
    this.language = language;
    this.backing = backing;
    this.folded = foldText(text, sentence.start, sentence.end);
    this.promises = findPromises(this.folded, language);
  }

  findings(): PromiseFinding[] {
    return [...this.remedies(), ...this.sums(), ...this.shares(), ...this.dates(), ...this.periods(), ...this.clauses()];
  }

  private finding(kind: PromiseKind, start: number, end: number, fault: PromiseFault, values: FaultValues = {}): PromiseFinding {
    return { kind, text: this.text.slice(start, end).trim(), start, end, message: promiseFaultText(fault, values), fault, values };
  }

  /** From offsets in the folded sentence. */
  private at(kind: PromiseKind, start: number, end: number, fault: PromiseFault, values: FaultValues = {}): PromiseFinding {
    const { origin } = this.folded;
    return this.finding(kind, origin[start] ?? this.sentence.start, origin[end] ?? this.sentence.end, fault, values);
  }

  private get promisesMoney(): FoundPromise | undefined {
    return this.promises.find(({ remedy, strength }) => remedy === 'refund' && strength !== 'refused');
  }

  private remedies(): PromiseFinding[] {
    const { decision, facts } = this.backing;
    return this.promises.flatMap((promise) => {
      const { remedy, strength, start, end } = promise;
      if (strength === 'refused' || (strength === 'possible' && remedy !== 'extra')) return [];
      if (remedy === 'extra' && promise.bare && this.clauseNamesExtra()) return [];
      const cancelsOrder = remedy === 'cancellation' && facts.topic === 'cancellation' && (decision.outcome === 'full_refund' || decision.outcome === 'partial_refund');
      if (!granted[remedy].includes(decision.outcome) && !cancelsOrder) return [this.at('remedy', start, end, 'unbacked.remedy', { remedy, outcome: decision.outcome })];
      if (remedy === 'refund' && promise.full && decision.outcome === 'partial_refund') return [this.at('remedy', start, end, 'unbacked.full')];
      if (strength !== 'outright') return [];
      if (decision.discretionary) return [this.at('unconditional', start, end, 'unbacked.discretion', { remedy })];
      if (decision.missing.length > 0) return [this.at('unconditional', start, end, 'unbacked.missing', { remedy, facts: decision.missing.join(', ') })];
      if (decision.agentChecks.length > 0) return [this.at('unconditional', start, end, 'unbacked.checks', { remedy, facts: decision.agentChecks.join(', ') })];
      return [];
    });
  }

  /** A clause on vouchers is what a reply that names one speaks of. */
  private clauseNamesExtra(): boolean {
    const { decision: { clause }, policyTexts } = this.backing;
    if (clause === null) return false;
    return [...policyTexts].some(([language, text]) => findClause(text, clause).passages.some(({ lines }) => lines.some((line) => {
      const { folded } = foldText(line.text, 0, line.text.length);
      return new RegExp(promisePatternsOf(language).lists.extra.source, 'u').test(folded);
    })));
  }

  private sums(): PromiseFinding[] {
    const { decision, facts } = this.backing;
    const promised = this.promisesMoney !== undefined;
    const claimed = [facts.values.amount?.value, facts.values.amount_claimed?.value].flatMap((value) => value ?? []);
    const backed = [...(decision.amount === null ? [] : [decision.amount]), ...(promised ? [] : claimed)];
    return this.moneyMentions().flatMap(({ start, end, value }) => {
      if (backed.some((amount) => sameAmount(amount, value))) return [];
      if (decision.amount !== null) return [this.finding('sum', start, end, 'unbacked.sum_other', { amount: decision.amount })];
      return [this.finding('sum', start, end, promised ? 'unbacked.sum_none' : 'unbacked.sum_unknown')];
    });
  }

  /** Sums as the language's own format writes them first: the reader knows no "Telegram Stars" and takes three decimals for thousands. */
  private moneyMentions(): { start: number; end: number; value: string }[] {
    const { decision, facts } = this.backing;
    const format = localeFormat(this.language);
    const mentions: { start: number; end: number; value: string }[] = [];
    for (const value of new Set([decision.amount, facts.values.amount?.value, facts.values.amount_claimed?.value])) {
      if (value === null || value === undefined) continue;
      const written = format.money(value).replaceAll('\u00A0', ' ');
      for (let at = this.text.indexOf(written, this.sentence.start); at !== -1 && at < this.sentence.end; at = this.text.indexOf(written, at + written.length)) {
        if (!/\d[.,]?$/u.test(this.text.slice(Math.max(0, at - 2), at))) mentions.push({ start: at, end: at + written.length, value });
      }
    }
    for (const { start, end, value } of findMoney([this.sentence], phraseBookOf(this.language))) {
      if (!mentions.some((known) => known.start < end && start < known.end)) mentions.push({ start, end, value });
    }
    mentions.push(...this.bareSums(mentions));
    return mentions;
  }

  /** "We will refund you 50": a number right behind the promise, without its currency. */
  private bareSums(known: readonly { start: number; end: number }[]): { start: number; end: number; value: string }[] {
    const promise = this.promisesMoney;
    if (promise === undefined) return [];
    const { folded, origin } = this.folded;
    const match = /^(?:\s+\p{L}{1,8}){0,2}\s+(\d{1,6}[.,]\d{2}(?!\d)|\d{1,6}(?![\d:/-]|[.,]\d|\s+\p{L}))(?!\s*%)/u.exec(folded.slice(promise.end, promise.end + 40));
    if (match === null) return [];
    const digits = match[1] ?? '';
    const end = origin[promise.end + match[0].length] ?? this.sentence.end;
    const start = origin[promise.end + match[0].length - digits.length] ?? end - digits.length;
    if (known.some((other) => other.start < end && start < other.end)) return [];
    const currency = this.backing.decision.amount?.split(' ')[1] ?? '';
    return [{ start, end, value: `${digits.replace(',', '.')} ${currency}` }];
  }

  /** Shares in per cent: what the rule keeps and leaves, those of the policy text, and those the customer named. */
  private shares(): PromiseFinding[] {
    const { facts, policy, policyTexts, decision } = this.backing;
    const { folded } = this.folded;
    const used = facts.values.used_percent?.value;
    const rule = policy?.rules?.find(({ name }) => name === decision.rule);
    const kept = [rule?.keep_percent, ...(rule?.cases ?? []).map(({ keep_percent: percent }) => percent)];
    const decided = new Set([...kept, used].flatMap((share) => (share === undefined ? [] : [share, 100 - share])).map(String));
    if (decision.outcome === 'full_refund') decided.add('100');
    const told = new Set([...policyTexts.values()].flatMap((text) => sharesIn(text).map(({ share }) => share)));
    const outright = this.promises.some(({ remedy, strength }) => remedy === 'refund' && strength === 'outright');
    return sharesIn(folded).flatMap(({ share, start, end }) => {
      if (decided.has(share) || (told.has(share) && !outright)) return [];
      return [this.at('share', start, end, told.has(share) ? 'unbacked.share_of_policy' : 'unbacked.share')];
    });
  }

  private dates(): PromiseFinding[] {
    const { decision, facts, writtenAt } = this.backing;
    const { values } = facts;
    const deadlines = decision.deadlines.map(({ by }) => by);
    const happened = [values.paid_at, values.fulfilled_at, values.occurred_at].flatMap((fact) => (fact === undefined ? [] : [fact.value.slice(0, 10)]));
    const money = this.moneyMentions();
    const today = isoOf(writtenAt.epochMs + writtenAt.offsetMinutes * 60_000);
    const { origin } = this.folded;
    const lengths = findPeriods(this.folded, this.language).map((period) => ({ start: origin[period.start] ?? 0, end: origin[period.end] ?? 0 }));
    // "In 24 hours" names no 24th.
    const dated = findDates([this.sentence], phraseBookOf(this.language), writtenAt).filter((date) => ![...money, ...lengths.filter(({ end }) => end > date.end)].some((other) => other.start < date.end && date.start < other.end));
    const result = dated.flatMap(({ start, end, value, precision, ahead }) => {
      const day = value.slice(0, 10);
      if (deadlines.includes(day) || (!ahead && happened.includes(day))) return [];
      // "On Friday" is the coming one in a promise; the reader of mail takes it for the last one.
      if (precision === 'weekday' && deadlines.some((deadline) => daysBetween(day, deadline) % 7 === 0 && daysBetween(day, deadline) >= 0 && daysBetween(day, deadline) <= 7)) return [];
      const loose = precision === 'weekday' || precision === 'vague' || precision === 'relative';
      if (loose && !ahead && !this.promises.some(({ strength }) => strength === 'outright')) return [];
      if (day === today && !this.promises.some(({ strength }) => strength === 'outright')) return [];
      if (happened.includes(day) && day <= today) return [];
      return [deadlines.length === 0 ? this.finding('date', start, end, 'unbacked.day_none') : this.finding('date', start, end, 'unbacked.day_other', { days: deadlines.join(', ') })];
    });
    return [...result, ...this.soon().filter(({ start, end }) => !dated.some((date) => date.start < end && start < date.end))];
  }

  /** "Today", "tomorrow", "at once" beside an outright promise. */
  private soon(): PromiseFinding[] {
    if (!this.promises.some(({ strength }) => strength === 'outright')) return [];
    return this.promises[0]?.soon.map(([start, end]) => this.at('date', start, end, 'unbacked.day_none')) ?? [];
  }

  private periods(): PromiseFinding[] {
    const { policy, policyTexts, facts } = this.backing;
    const allowed = new Set(periodsOf(policyTexts));
    for (const { business_days } of policy?.deadlines ?? []) allowed.add(periodKey({ count: business_days, unit: 'business day' }));
    const outage = facts.values.outage_hours?.value;
    if (outage !== undefined) allowed.add(periodKey({ count: outage, unit: 'hour' }));
    const payout = policy?.deadlines.find(({ what }) => what === 'payout')?.business_days;
    const outright = this.promises.some(({ remedy, strength }) => remedy === 'refund' && strength === 'outright');
    const { origin } = this.folded;
    const dates = findDates([this.sentence], phraseBookOf(this.language), this.backing.writtenAt);
    return findPeriods(this.folded, this.language).flatMap((period) => {
      // "11月27日" is a day, not 27 of them.
      if (dates.some((date) => date.start < (origin[period.end] ?? 0) && (origin[period.end] ?? 0) <= date.end)) return [];
      const key = periodKey(period);
      const paysOut = outright && speaksOfPayingOut(this.folded, this.language, period.start);
      if (paysOut && payout !== undefined) return key === periodKey({ count: payout, unit: 'business day' }) ? [] : [this.at('period', period.start, period.end, 'unbacked.payout', { days: String(payout) })];
      if (allowed.has(key) && !(paysOut && period.unit !== 'business day')) return [];
      return [this.at('period', period.start, period.end, 'unbacked.period')];
    });
  }

  private clauses(): PromiseFinding[] {
    const { decision, clauseTitles } = this.backing;
    const backed = clausesBackedBy(decision.clause, clauseTitles);
    return findClauses(this.folded, this.language).flatMap(({ name, start, end }) => (backed.has(name) ? [] : [decision.clause === null ? this.at('clause', start, end, 'unbacked.clause_none') : this.at('clause', start, end, 'unbacked.clause_other', { clause: decision.clause })]));
  }
}

function sharesIn(text: string): { share: string; start: number; end: number }[] {
  return [...text.matchAll(/(?<![\d.,])(?:(\d{1,3}(?:[.,]\d+)?)\s?[%٪]|[%٪]\s?(\d{1,3}(?:[.,]\d+)?))/gu)].map((match) => (
    { share: plainDecimal((match[1] ?? match[2] ?? '').replace(',', '.')), start: match.index, end: match.index + match[0].length }
  ));
}

const textPeriods = new WeakMap<ReadonlyMap<string, string>, ReadonlySet<string>>();

/** Lengths of time that the published texts name; found once for each pack. */
function periodsOf(texts: ReadonlyMap<string, string>): ReadonlySet<string> {
  const known = textPeriods.get(texts);
  if (known) return known;
  const made = new Set([...texts].flatMap(([language, text]) => findPeriods(foldText(text, 0, text.length), language).map(periodKey)));
  textPeriods.set(texts, made);
  return made;
}

function sameAmount(one: string, other: string): boolean {
  const [a = '', currency] = one.split(' ');
  const [b = '', otherCurrency] = other.split(' ');
  return currency === otherCurrency && plainDecimal(a) === plainDecimal(b);
}

/** `20.00` as `20`. */
function plainDecimal(digits: string): string {
  return digits.includes('.') ? digits.replace(/\.?0+$/u, '') : digits;
}

function isoOf(epochMs: number): string {
  return new Date(epochMs).toISOString().slice(0, 10);
}

function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(`${to}T00:00Z`) - Date.parse(`${from}T00:00Z`)) / 86_400_000);
}
