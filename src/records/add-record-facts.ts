import { factNames, flags as allFlags, type Fact, type FactMap, type FactName, type Facts, type Flag, type OwnFactName, type Reason } from '../facts/facts.ts';
import { ownFactName } from '../facts/merchant/own-facts.ts';
import { loosely } from './compare-keys.ts';
import type { LookUp } from './look-up.ts';
import type { OrderRecord } from './read-record.ts';

/**
 * Adds what the records say: facts of source `order`, which beat the customer's words. Where they differ the fact keeps both, and the flag is `conflicting_facts`. Of an order that is not theirs nothing
 * is added but the flag `sender_mismatch`. Pure.
 */
export function addRecordFacts(facts: Facts, lookedUp: LookUp | null): Facts {
  if (lookedUp === null) return facts;
  if (lookedUp.kind === 'not_theirs') return { ...facts, flags: raise(facts, 'sender_mismatch') };
  if (lookedUp.kind !== 'found') return facts;
  const { record } = lookedUp;
  const said = withoutOtherShare(facts.values, record);
  const values: { -readonly [Name in FactName]?: FactMap[Name] } = { ...said.values };
  const asked = sumAskedBack(facts, record);
  let isConflicting = said.against !== null;
  const settle = <Value extends Fact['value']>(name: string, ours: Fact<Value>, theirs: Fact | undefined): Fact<Value> => {
    if (theirs === undefined || agree(name, ours.value, theirs.value)) return ours;
    isConflicting = true;
    return { ...ours, instead_of: withoutMore(theirs) };
  };
  for (const name of factNames) {
    const ours = record.facts[name];
    const theirs = isOtherNumber(name, facts.values[name], record) ? undefined : facts.values[name];
    if (ours === undefined || (name === 'amount' && asked !== null) || (theirs !== undefined && isFiner(theirs.value, ours.value))) continue;
    Object.assign(values, { [name]: settle<Fact['value']>(name, ours, theirs) });
  }
  const [share] = shareNames.filter((name) => values[name]?.source === 'order');
  if (said.against !== null && share !== undefined) Object.assign(values, { [share]: { ...values[share], instead_of: withoutMore(said.against) } });
  if (asked !== null) Object.assign(values, { amount: record.facts.amount, amount_claimed: asked });
  const own: Partial<Record<OwnFactName, Fact<boolean>>> = { ...facts.own };
  for (const [name, ours] of Object.entries(record.own)) if (isOwn(name) && ours !== undefined) own[name] = settle<boolean>(name, ours, facts.own?.[name]);
  return { ...facts, values, ...(Object.keys(own).length === 0 ? {} : { own }), flags: isConflicting ? raise(facts, 'conflicting_facts') : facts.flags };
}

/** Customers take the number of the payment for that of the order, and the reverse. */
function isOtherNumber(name: FactName, theirs: Fact | undefined, { facts: { order_number: order, transaction_id: transaction } }: OrderRecord): boolean {
  if (theirs === undefined || (name !== 'order_number' && name !== 'transaction_id')) return false;
  const other = name === 'order_number' ? transaction : order;
  return other !== undefined && loosely(String(theirs.value)) === loosely(other.value);
}

const wrongCharges: ReadonlySet<Reason | null> = new Set<Reason | null>(['duplicate_charge', 'wrong_amount', 'duplicate_debit']);

/** Of a wrong charge the only sum that is named is mostly the part that was wrong; where the order's own sum is known to be a higher one, it is no contradiction but what is asked back. */
function sumAskedBack({ reason, values: { amount, amount_claimed: claimed } }: Facts, { facts: { amount: paid } }: OrderRecord): FactMap['amount'] | null {
  if (amount === undefined || claimed !== undefined || paid === undefined || !wrongCharges.has(reason)) return null;
  const [[named, currency], [whole, paidCurrency]] = [amount.value.split(' '), paid.value.split(' ')];
  return currency === paidCurrency && Number(named) < Number(whole) ? amount : null;
}

function withoutMore({ value, source, evidence }: Fact): NonNullable<Fact['instead_of']> {
  return { value, source, evidence };
}

function isOwn(name: string): name is OwnFactName {
  return ownFactName.test(name);
}

function raise(facts: Facts, flag: Flag): Flag[] {
  return allFlags.filter((each) => each === flag || facts.flags.includes(each));
}

const shareNames = ['used_percent', 'credits_used', 'credits_total', 'credits_left'] as const;

/**
 * How much was used can be told in several ways, and a share goes before counts. Where the records tell it, the customer's other way of telling it must not go before theirs.
 */
function withoutOtherShare(values: FactMap, { facts }: OrderRecord): { readonly values: FactMap; readonly against: Fact | null } {
  const ours = shareOf(facts);
  if (ours === null) return { values, against: null };
  const theirs = shareOf(values);
  const kept = Object.fromEntries(Object.entries(values).filter(([name]) => !shareNames.some((each) => each === name)));
  // A share that is told in whole per cent is right by half of one.
  const differs = theirs !== null && Math.abs(theirs - ours) > 0.005;
  const dropped = shareNames.find((name) => values[name] !== undefined && facts[name] === undefined);
  return { values: kept, against: differs && dropped !== undefined ? (values[dropped] ?? null) : null };
}

function shareOf({ used_percent: percent, credits_used: used, credits_total: total, credits_left: left }: FactMap): number | null {
  if (percent !== undefined) return percent.value / 100;
  if (used !== undefined && total !== undefined && total.value > 0) return used.value / total.value;
  if (left !== undefined && total !== undefined && total.value > 0) return (total.value - left.value) / total.value;
  if (used !== undefined && left !== undefined && used.value + left.value > 0) return used.value / (used.value + left.value);
  return used?.value === 0 ? 0 : left?.value === 0 ? 1 : null;
}

function agree(name: string, ours: Fact['value'], theirs: Fact['value']): boolean {
  if (typeof ours !== 'string' || typeof theirs !== 'string') return ours === theirs;
  if (name === 'amount') {
    const [[number, currency], [otherNumber, otherCurrency]] = [ours.split(' '), theirs.split(' ')];
    return currency === otherCurrency && Number(number) === Number(otherNumber);
  }
  if (name === 'order_number' || name === 'transaction_id') return loosely(ours) === loosely(theirs);
  // A day agrees with a time on that day.
  if (isMoment(ours) && isMoment(theirs)) return ours.startsWith(theirs) || theirs.startsWith(ours);
  return ours.toLowerCase() === theirs.toLowerCase();
}

function isMoment(text: string): boolean {
  return /^\d{4}-\d\d-\d\d(?:T|$)/u.test(text);
}

/** The customer's time of day stands where the records know only the day. */
function isFiner(theirs: Fact['value'], ours: Fact['value']): boolean {
  return typeof theirs === 'string' && typeof ours === 'string' && isMoment(ours) && theirs.length > ours.length && theirs.startsWith(ours);
}
