import { factNames, type Facts } from '../facts/facts.ts';
import { daysSince, type Arrival } from './days-since.ts';
import type { Policy } from './policy.ts';
import { usedShare } from './used-share.ts';
import { isOwnFactName, ownVariables, variables, type Values } from './variables.ts';

/** What `valuesOf` needs beside the facts. */
export interface MailContext extends Arrival {
  /** How many earlier requests for the same reason this sender has made; 0 where nobody keeps count. */
  readonly earlierRequestsForReason?: number;
}

// Never unknown: where nobody mentions them, they are not so.
const unmentioned = { account_blocked: false, promo_funds: false, partial_bundle: false, approved: false, revision_count: 0 };

/** Variables that count the days since a fact. */
export const momentVariables = [['days_since_paid', 'paid_at'], ['days_since_fulfilled', 'fulfilled_at'], ['days_since_occurred', 'occurred_at']] as const;

/** The values of all variables for one mail; those that nobody gave are absent. */
export function valuesOf(facts: Facts, context: MailContext, { days, reader }: Pick<Policy, 'days' | 'reader'>): Values {
  const said: Record<string, boolean> = {};
  const values: Record<string, Values[string]> = {
    ...unmentioned,
    topic: facts.topic,
    reason: facts.reason ?? '',
    product: facts.product ?? '',
    privacy: facts.privacy ?? '',
    language: facts.language,
    flags: facts.flags,
    earlier_requests: context.earlierRequestsForReason ?? 0,
    said,
  };
  for (const name of factNames) {
    const fact = facts.values[name];
    said[name] = fact !== undefined;
    if (fact !== undefined && variables.has(name)) values[name] = fact.value;
  }
  for (const { name, knownBy } of ownVariables(reader.facts)) {
    const fact = isOwnFactName(name) ? facts.own?.[name] : undefined;
    if (fact !== undefined) values[name] = fact.value;
    else if (knownBy === null) values[name] = false;
  }
  for (const [variable, name] of momentVariables) {
    const moment = facts.values[name]?.value;
    const passed = moment === undefined ? null : daysSince(moment, context, days);
    if (passed !== null) values[variable] = passed;
  }
  const share = usedShare(facts.values);
  if (share !== null) values['used_share'] = share.used.div(share.total).toNumber();
  return values;
}
