import type { Facts } from '../facts/facts.ts';
import type { Message } from '../message/message.ts';
import { strictly, thoseAskedFor } from './compare-keys.ts';
import { maxOrders, type OrderSource } from './order-source.ts';
import { readRecord, type OrderRecord } from './read-record.ts';
import type { RecordKey, RecordsSettings } from './records-settings.ts';

/**
 * What a lookup came to. `found` one order, the customer's · `none` no such order · `several` more than one fits, so none is taken · `not_theirs` it belongs to another address, or whose the mail is
 * cannot be trusted · `unavailable` the records did not answer · `later` they were not asked yet
 */
export type LookUp =
  | { readonly kind: 'found'; readonly record: OrderRecord }
  | { readonly kind: 'none' | 'several' | 'not_theirs' | 'unavailable' | 'later' };

/** A question to the records: tried in this order until one has an answer. */
export interface Question {
  readonly key: RecordKey;
  readonly value: string;
}

/** What of a mail its order can be looked up by; nothing where it makes no request. An address is asked for only where no number is given: a number that is not known may be misspelt, and another order is not that one. */
export function questionsOf(message: Message, facts: Facts, keys: readonly RecordKey[]): Question[] {
  if (facts.topic === 'machine' || facts.topic === 'other' || facts.topic === 'privacy' || facts.flags.includes('encrypted')) return [];
  const { order_number: order, transaction_id: transaction } = facts.values;
  // Customers take the one number for the other.
  const numbers: (Question | null)[] = [
    order === undefined ? null : { key: 'order_number', value: order.value },
    transaction === undefined ? null : { key: 'transaction_id', value: transaction.value },
    order === undefined ? null : { key: 'transaction_id', value: order.value },
    transaction === undefined ? null : { key: 'order_number', value: transaction.value },
  ];
  const given = numbers.filter((each) => each !== null);
  // Whoever names another address than their own must know the order's number as well.
  const sender = [undefined, message.from?.address].includes(facts.values.account_email?.value) ? senderOf(message) : null;
  const questions: Question[] = given.length > 0 || sender === null ? given : [{ key: 'account_email', value: sender }];
  return questions.filter(({ key }, index) => keys.includes(key) && questions.findIndex((each) => each.key === key && each.value === questions[index]?.value) === index);
}

/** Null where the mail was sent by somebody else, as far as the receiving server could tell. */
function senderOf({ from, authentication }: Message): string | null {
  return authentication === 'fail' ? null : (from?.address ?? null);
}

/** Throws what the source throws. */
export async function lookUp(source: OrderSource, settings: RecordsSettings, timeZone: string, message: Message, facts: Facts, signal: AbortSignal): Promise<LookUp | null> {
  const questions = questionsOf(message, facts, source.keys);
  if (questions.length === 0) return null;
  const context = { sourceName: source.name, timeZone: settings.time_zone ?? timeZone, offsetMinutes: message.sentAt.offsetMinutes };
  for (const { key, value } of questions) {
    const orders = thoseAskedFor(await source.find(key, value, signal), key, value, settings.fields);
    if (orders.length === 0) continue;
    if (orders.length > maxOrders) return { kind: 'several' };
    const records = distinct(orders.map((order) => readRecord(order, settings, context)));
    const fitting = key === 'account_email' ? paidThen(records, facts) : exactly(records, key, value);
    const [record] = fitting;
    if (record === undefined) return { kind: 'none' };
    if (fitting.length > 1) return { kind: 'several' };
    return isTheirs(record, message, facts) ? { kind: 'found', record } : { kind: 'not_theirs' };
  }
  return { kind: 'none' };
}

/** Written just so, where there are some that are. */
function exactly(records: readonly OrderRecord[], key: RecordKey, value: string): readonly OrderRecord[] {
  const same = records.filter(({ facts }) => facts[key] !== undefined && strictly(facts[key].value) === strictly(value));
  return same.length > 0 ? same : records;
}

function distinct(records: readonly OrderRecord[]): OrderRecord[] {
  return [...new Map(records.map((record) => [JSON.stringify([...Object.entries(record.facts), ...Object.entries(record.own)].map(([name, fact]) => [name, fact?.value])), record])).values()];
}

const dayLength = '2026-03-17'.length;

/** Paid on the day that the customer names, where one is named and the records know of days. */
function paidThen(records: readonly OrderRecord[], { values: { paid_at: said } }: Facts): readonly OrderRecord[] {
  if (said === undefined || records.every(({ facts }) => facts.paid_at === undefined)) return records;
  return records.filter(({ facts }) => facts.paid_at?.value.slice(0, dayLength) === said.value.slice(0, dayLength));
}

/**
 * An order whose record names an address is let in for mail from that address, and for mail that names both the order's number and that address. Mail that is not from whom it says, and mail whose answer
 * would go to a third address, could be anybody's.
 */
function isTheirs({ facts: { account_email: owner } }: OrderRecord, message: Message, { values }: Facts): boolean {
  if (owner === undefined) return true;
  const sender = senderOf(message);
  if (sender === null) return false;
  const isKnown = (address: string): boolean => address === owner.value || address === sender;
  if (message.replyTo !== null && !isKnown(message.replyTo.address)) return false;
  return sender === owner.value || values.account_email?.value === owner.value;
}
