import { Big } from 'big.js';
import type { Flip, RuleChange, RuleSight } from '../decision/flip.ts';
import type { GrantedMoney } from '../decision/granted-money.ts';
import { formatMoney, parseMoney } from '../decision/money.ts';

/** A flip as it is listed, with the case it is of. */
export interface ListedFlip extends Flip {
  readonly case: number;
  readonly tag: string;
  readonly received_at: string;
}

/** What a changed policy does to stored requests. */
export interface Comparison {
  readonly merchant: string;
  readonly decisions: number;
  readonly flips: number;
  /** Decided the same for the customer, by another rule or asking for other things. */
  readonly otherwise: number;
  readonly cannot: number;
  readonly before: GrantedMoney;
  readonly after: GrantedMoney;
}

/** What came of taking decisions again by their own packs. */
export function verificationText(counts: { identical: number; different: number; cannot: number }, reasons: { no_basis: number; missing: number; not_understood: number }): string {
  const all = counts.identical + counts.different + counts.cannot;
  return [
    `${decisions(all)} taken again: ${String(counts.identical)} the same, byte for byte${counts.different === 0 ? '' : `, ${String(counts.different)} with other bytes`}.`,
    ...(reasons.no_basis === 0 ? [] : [`${decisions(reasons.no_basis)} could not: an earlier release kept them without what they rested on.`]),
    ...(reasons.missing === 0 ? [] : [`${decisions(reasons.missing)} could not: the pack that took them is not in the store.`]),
    ...(reasons.not_understood === 0 ? [] : [`${decisions(reasons.not_understood)} could not: this release no longer understands the pack that took them.`]),
    '',
  ].join('\n');
}

/** What a changed policy does to stored requests, for a person. */
export function comparisonText({ merchant, flips, decisions: all, otherwise, cannot, before, after }: Comparison, kinds: readonly { readonly count: number; readonly listed: readonly ListedFlip[] }[]): string {
  const blocks = [
    `${String(flips)} of ${decisions(all)} on mail to ${merchant} would be another one.`,
    ...kinds.toSorted((a, b) => b.count - a.count).map(kindText),
    moneyText(before, after),
    [
      ...(otherwise === 0 ? [] : [`${String(otherwise)} with the same outcome and sum rest on another rule or ask for other things.`]),
      ...(cannot === 0 ? [] : [`${decisions(cannot)} of an earlier release could not be taken again.`]),
    ].join('\n'),
  ];
  return `${blocks.filter((block) => block !== '').join('\n\n')}\n`;
}

function decisions(count: number): string {
  return count === 1 ? '1 decision' : `${String(count)} decisions`;
}

function kindText({ count, listed }: { readonly count: number; readonly listed: readonly ListedFlip[] }): string {
  const [first] = listed;
  if (first === undefined) return '';
  const more = count - listed.length;
  return [
    `${String(count)} × ${decidedText(first.before)} → ${decidedText(first.after)}`,
    ...listed.flatMap(({ case: caseId, tag, received_at: receivedAt, before, after, why }) => [
      `  case ${String(caseId)}, ${tag}, of ${receivedAt.slice(0, '2026-03-17'.length)}${before.amount === after.amount ? '' : `: ${before.amount ?? 'no sum'} → ${after.amount ?? 'no sum'}`}`,
      ...why.flatMap(changeLines).map((line) => `    ${line}`),
    ]),
    ...(more === 0 ? [] : [`  and ${String(more)} more; --json lists them all`]),
  ].join('\n');
}

function decidedText({ outcome, rule }: Flip['before']): string {
  return `${outcome.replaceAll('_', ' ')} (${rule ?? 'no one rule'})`;
}

function changeLines({ rule, before, after }: RuleChange): string[] {
  const sameWhen = before.when === after.when;
  return [
    truthText(before) === truthText(after) ? `${rule}: ${truthText(after)} in both` : `${rule}: ${truthText(before)} → ${truthText(after)}`,
    ...(sameWhen ? [] : [`  was when ${before.when ?? 'anything'}`, `  now when ${after.when ?? 'anything'}`]),
    ...sinceLines(after.grounds.length > 0 ? after : before),
  ];
}

function truthText({ holds, unknownFacts, outcome }: RuleSight): string {
  switch (holds) {
    case true:
      return outcome === null ? 'holds' : `holds, for ${outcome.replaceAll('_', ' ')}`;
    case false:
      return 'does not hold';
    case 'unknown':
      return `not known without ${unknownFacts.join(', ')}`;
    case 'not_tried':
      return 'not reached';
    case 'absent':
      return 'no such rule';
    default:
      return holds satisfies never;
  }
}

function sinceLines({ grounds }: RuleSight): string[] {
  if (grounds.length === 0) return [];
  return [`  since ${grounds.map(({ name, value, arithmetic }) => `${name} = ${String(value)}${arithmetic === null ? '' : ` (${arithmetic})`}`).join(', ')}`];
}

function moneyText(before: GrantedMoney, after: GrantedMoney): string {
  const sumsBefore = byCurrency(before);
  const sumsAfter = byCurrency(after);
  const currencies = [...new Set([...sumsBefore.keys(), ...sumsAfter.keys()])].toSorted();
  const lines = currencies.map((currency) => {
    const [was, is] = [sumsBefore.get(currency) ?? nothing, sumsAfter.get(currency) ?? nothing];
    const moved = is.minus(was);
    const sum = (value: Big): string => formatMoney({ value, currency });
    return `  ${sum(was)} → ${sum(is)}${moved.eq(0) ? '' : ` (${moved.gt(0) ? '+' : '−'}${sum(moved.abs())})`}`;
  });
  if (before.withoutSum > 0 || after.withoutSum > 0) lines.push(`  refunds whose sum is not known: ${String(before.withoutSum)} → ${String(after.withoutSum)}`);
  return lines.length === 0 ? '' : ['Money granted, before and after:', ...lines].join('\n');
}

const nothing = new Big(0);

function byCurrency({ sums }: GrantedMoney): Map<string, Big> {
  return new Map(sums.flatMap((sum) => {
    const money = parseMoney(sum);
    return money === null ? [] : [[money.currency, money.value]];
  }));
}
