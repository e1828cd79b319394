/** Why a reply's words are not backed by its decision, in English; `{name}` stands for a value. The desk says it in its own languages, and calls remedies, outcomes and facts by their names there. */
export const promiseFaults = {
  'unbacked.remedy': 'promises {remedy}, but the decision is "{outcome}"',
  'unbacked.full': 'promises a full refund, but the decision is a partial one',
  'unbacked.discretion': 'promises {remedy} outright, but the decision is at the merchant\'s discretion',
  'unbacked.missing': 'promises {remedy} outright, but {facts} is still missing',
  'unbacked.checks': 'promises {remedy} outright, but {facts} is still to be looked up',
  'unbacked.sum_none': 'the decision names no sum',
  'unbacked.sum_unknown': 'no such sum is in the decision or in the mail',
  'unbacked.sum_other': 'the decision says {amount}',
  'unbacked.share_of_policy': 'the policy names this share, but the decision does not',
  'unbacked.share': 'neither the policy nor the mail names this share',
  'unbacked.day_none': 'the decision names no such day',
  'unbacked.day_other': 'the decision names {days}',
  'unbacked.payout': 'the policy gives {days} business days for a payout',
  'unbacked.period': 'the policy names no such length of time',
  'unbacked.clause_none': 'the decision rests on no clause',
  'unbacked.clause_other': 'the decision rests on {clause}',
} as const satisfies Readonly<Record<string, string>>;

export type PromiseFault = keyof typeof promiseFaults;

const remedyNames: Readonly<Record<string, string>> = {
  refund: 'a refund', replacement: 'a replacement', credits: 'credits', revision: 'a revision', cancellation: 'a cancellation', extra: 'something beyond the policy (a discount, a gift)',
};

export function promiseFaultText(fault: PromiseFault, values: Readonly<Record<string, string>>): string {
  return promiseFaults[fault].replaceAll(/\{(\w+)\}/gu, (_, name: string) => {
    const value = values[name] ?? '';
    return name === 'remedy' ? (remedyNames[value] ?? value) : value;
  });
}
