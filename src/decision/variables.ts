import { factNames, flags, products, reasons, topics, type FactName, type OwnFactName } from '../facts/facts.ts';
import type { OwnFacts } from '../facts/merchant/own-facts.ts';

/**
 * A variable: what a rule's condition can speak of. Some stand for a fact, some are derived from facts. One whose value nobody gave
 * is unknown; the domain says what values it could still turn out to have.
 */
export interface Variable {
  readonly name: string;
  readonly domain: Domain;
  /** Who could tell where the mail does not; null where the value is always known. */
  readonly knownBy: 'customer' | 'merchant' | null;
  /** The fact that is asked for, or looked up by an agent, to learn it; null where the value is always known. */
  readonly fact: FactName | OwnFactName | null;
}

export type Domain =
  | { readonly kind: 'yes_or_no' }
  | { readonly kind: 'number'; readonly max: number; readonly whole: boolean }
  /** One of a closed list. */
  | { readonly kind: 'choice'; readonly choices: readonly string[] }
  | { readonly kind: 'text' }
  | { readonly kind: 'flags'; readonly choices: readonly string[] };

export const generators = ['free', 'turbo', 'base', 'pro', 'ultra'] as const;
export const paymentMethods = ['card', 'sbp', 'crypto', 'ton', 'telegram_stars', 'paypal', 'apple_pay', 'google_pay'] as const;
export const resolutions = ['refund', 'replacement'] as const;

const yesOrNo: Domain = { kind: 'yes_or_no' };
const text: Domain = { kind: 'text' };
const wholeNumber: Domain = { kind: 'number', max: Infinity, whole: true };
const anyNumber: Domain = { kind: 'number', max: Infinity, whole: false };
const choice = (...choices: string[]): Domain => ({ kind: 'choice', choices });

const given = (name: string, domain: Domain): Variable => ({ name, domain, knownBy: null, fact: null });
const told = (name: FactName, domain: Domain): Variable => ({ name, domain, knownBy: 'customer', fact: name });
const lookedUp = (name: string, domain: Domain, fact: FactName): Variable => ({ name, domain, knownBy: 'merchant', fact });
const derived = (name: string, domain: Domain, fact: FactName): Variable => ({ name, domain, knownBy: 'customer', fact });

/** Every variable but `said`, by name. A topic, reason or product that the mail lacks is the empty text, which is a known value. */
export const variables: ReadonlyMap<string, Variable> = new Map(
  [
    given('topic', choice(...topics)),
    given('reason', choice(...reasons, '')),
    given('product', choice(...products, '')),
    given('privacy', choice('request', 'question', 'child', 'other', '')),
    given('language', text),
    given('flags', { kind: 'flags', choices: flags }),
    // How many earlier requests for the same reason this sender has made.
    given('earlier_requests', wholeNumber),
    // Nobody mentions these unless they are so: never unknown.
    given('account_blocked', yesOrNo),
    given('promo_funds', yesOrNo),
    given('partial_bundle', yesOrNo),
    given('approved', yesOrNo),
    given('revision_count', wholeNumber),
    told('account_email', text),
    told('order_number', text),
    told('transaction_id', text),
    told('generator', choice(...generators)),
    told('browser', text),
    told('os', text),
    told('payment_method', choice(...paymentMethods)),
    told('card_last4', text),
    told('credits_total', wholeNumber),
    told('credits_left', wholeNumber),
    told('outage_hours', anyNumber),
    told('telegram_id', text),
    told('preferred_resolution', choice(...resolutions)),
    lookedUp('credits_used', wholeNumber, 'credits_used'),
    lookedUp('used_percent', { kind: 'number', max: 100, whole: false }, 'credits_used'),
    // 0 to 1, from whichever of the four facts above tell it.
    lookedUp('used_share', { kind: 'number', max: 1, whole: false }, 'credits_used'),
    lookedUp('work_started', yesOrNo, 'work_started'),
    lookedUp('printed', yesOrNo, 'printed'),
    derived('days_since_paid', anyNumber, 'paid_at'),
    derived('days_since_fulfilled', anyNumber, 'fulfilled_at'),
    derived('days_since_occurred', anyNumber, 'occurred_at'),
  ].map((variable) => [variable.name, variable]),
);

/** The variables of a merchant's own facts. One that nobody is asked for is false where the mail does not say it. */
export function ownVariables(own: OwnFacts | undefined): Variable[] {
  return Object.entries(own ?? {}).flatMap(([name, { known_by: knownBy }]) =>
    isOwnFactName(name) ? [{ name, domain: yesOrNo, knownBy: knownBy ?? null, fact: knownBy === undefined ? null : name }] : []);
}

export function isOwnFactName(name: string): name is OwnFactName {
  return /^(?:is|has|was)_/u.test(name);
}

/** Facts that no condition compares, with what to write instead. */
export const incomparableFacts: ReadonlyMap<string, string> = new Map([
  ['paid_at', 'use days_since_paid'],
  ['fulfilled_at', 'use days_since_fulfilled'],
  ['occurred_at', 'use days_since_occurred'],
  ['amount', 'use said.amount'],
  ['amount_claimed', 'use said.amount_claimed'],
]);

/** `said.order_number` is true where the fact was given: never unknown. */
export const saidNames: readonly FactName[] = factNames;

/** Values of the variables of one mail; an unknown one is absent. */
export type Values = Readonly<Record<string, string | number | boolean | readonly string[] | Readonly<Record<string, boolean>>>>;
