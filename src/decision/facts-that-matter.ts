import type { Doubts } from '../facts/doubts.ts';
import { factNames, type FactName } from '../facts/facts.ts';
import { conditionsOf, type CompiledPolicy } from './compile-policy.ts';
import type { Decision } from './decision.ts';
import { refunds } from './refund-amount.ts';
import { variables } from './variables.ts';

const shareFacts = ['credits_used', 'credits_total', 'credits_left', 'used_percent'] as const satisfies readonly FactName[];
const sumFacts = ['amount', 'amount_claimed'] as const satisfies readonly FactName[];


/** The doubts that could still change something: of the facts those that the decision lacks; all that matter to the merchant where it is open what the mail wants. Null where there are none. */
export function doubtsThatMatter({ topic, reason, product, facts }: Doubts, decision: Decision, compiled: CompiledPolicy): Doubts | null {
  const matter = topic || reason || product ? factsThatMatter(compiled) : openFacts(decision, compiled);
  const left: Doubts = { topic, reason, product, facts: facts.filter((name) => matter.has(name)) };
  return topic || reason || product || left.facts.length > 0 ? left : null;
}

/** Facts that nobody gave and that could still change the decision or its sum, or what the reply asks for. Other facts are not worth a second look. */
function openFacts({ missing, agentChecks, amount, outcome, trace }: Decision, { policy }: CompiledPolicy): ReadonlySet<FactName> {
  const open = [...missing, ...agentChecks, ...trace.flatMap(({ unknownFacts }) => unknownFacts), ...(amount === null && (refunds.has(outcome) || outcome === 'need_info') ? sumFacts : [])];
  return factsAmong(open.flatMap((name) => [name, ...substitutesOf(name, policy.same_as)]));
}

/** Every fact that some rule of the merchant compares or requires: what could matter where it is open which rule applies. */
function factsThatMatter({ rules, policy }: CompiledPolicy): ReadonlySet<FactName> {
  const compared = rules.flatMap(({ cases }) => cases.flatMap(conditionsOf)).flatMap((condition) => condition.variables.map(({ name }) => variables.get(name)?.fact ?? name));
  const required = rules.flatMap(({ cases }) => cases.flatMap(({ requires, amount }) => [...requires, ...(amount.length > 0 ? sumFacts : [])]));
  return factsAmong([...compared, ...required.flatMap((name) => [name, ...substitutesOf(name, policy.same_as)])]);
}

function substitutesOf(name: string, sameAs: CompiledPolicy['policy']['same_as']): readonly string[] {
  return Object.entries(sameAs).find(([required]) => required === name)?.[1] ?? [];
}

/** The used share follows from any two of its facts. */
function factsAmong(found: readonly string[]): ReadonlySet<FactName> {
  const isShare = found.some((name) => shareFacts.some((share) => share === name));
  return new Set(factNames.filter((name) => (found.includes(name) || (isShare && shareFacts.some((share) => share === name)))));
}
