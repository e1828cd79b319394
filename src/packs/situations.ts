import type { CompiledPolicy } from '../decision/compile-policy.ts';
import { representatives } from '../decision/completions.ts';
import type { Condition } from '../decision/condition.ts';
import type { Truth } from '../decision/three-valued.ts';
import type { Values, Variable } from '../decision/variables.ts';
import { topics } from '../facts/facts.ts';

/**
 * A situation: what a mail to a merchant can be about, by the values that its rules' conditions look at. What it does not name does not
 * matter; `undefined` is a fact that nobody knows.
 */
export type Situation = ReadonlyMap<string, Way>;
export type Way = Values[string] | undefined;

/** One thing that conditions look at, with one value for each way it can turn out that they tell apart. */
export interface Axis {
  readonly name: string;
  readonly ways: readonly Way[];
  /** The fact that is given where the value is known. */
  readonly fact: string | null;
}

// A search that takes longer is given up: nothing is said then.
const maxLooks = 100_000;
const maxFlagsCombined = 4;
const saidPrefix = 'said.';

/** All that the conditions can meet in mail to this merchant, in the order in which they look at it. */
export function axesOf(conditions: readonly (Condition | null)[], compiled: CompiledPolicy): readonly Axis[] {
  const given = conditions.filter((condition) => condition !== null);
  const variables = new Map(given.flatMap((condition) => condition.variables.map((variable) => [variable.name, variable] as const)));
  const axes = [...variables.values()].map((variable): Axis => {
    const ways = waysOf(variable, given, compiled);
    // Of the share that was used several facts tell, so it tells of none of them.
    return { name: variable.name, fact: variable.name === 'used_share' ? null : variable.fact, ways: variable.knownBy === null ? ways : [...ways, undefined] };
  });
  const followed = new Set(axes.map(({ fact }) => fact));
  const free = [...new Set(given.flatMap(({ said }) => [...said]))].filter((fact) => !followed.has(fact));
  return [...axes, ...free.map((fact): Axis => ({ name: `${saidPrefix}${fact}`, fact: null, ways: [true, false] }))];
}

function waysOf(variable: Variable, conditions: readonly Condition[], { policy: { reader, languages }, coversPrivacy }: CompiledPolicy): readonly Way[] {
  const constants = [...new Set(conditions.flatMap((condition) => [...(condition.constants.get(variable.name) ?? [])]))];
  switch (variable.domain.kind) {
    case 'yes_or_no':
      return [false, true];
    case 'number':
      return representatives(constants.filter((constant) => typeof constant === 'number'), variable.domain);
    case 'flags':
      return subsets(constants.map(String));
    case 'text':
      return variable.name === 'language' ? languages : [...constants, 'something else'];
    case 'choice':
      // A machine's mail and one that asks for nothing reach no rule.
      if (variable.name === 'topic') return topics.filter((topic) => topic !== 'machine' && topic !== 'other' && (topic !== 'privacy' || coversPrivacy) && (topic !== 'revision' || reader.products.includes('digital_service')));
      // A technical problem is one at every merchant.
      if (variable.name === 'reason') return [...new Set([...reader.reasons, 'technical_failure']), ''];
      if (variable.name === 'product') return reader.products.length === 1 && !coversPrivacy ? reader.products : [...reader.products, ''];
      return variable.name === 'generator' ? reader.generators : variable.domain.choices;
    default:
      return variable.domain satisfies never;
  }
}

function subsets(flags: readonly string[]): string[][] {
  if (flags.length > maxFlagsCombined) return [[], ...flags.map((flag) => [flag]), [...flags]];
  return flags.reduce<string[][]>((sets, flag) => [...sets, ...sets.map((set) => [...set, flag])], [[]]);
}

/**
 * A situation in which `goal` is true, and that names nothing it does not hang on; null where there is none, or none was found in time.
 * Where the goal is still unknown with every axis settled, `settle` judges.
 */
export function findSituation(axes: readonly Axis[], goal: (values: Values) => Truth, settle: (values: Values) => boolean = () => false): Situation | null {
  const chosen = new Map<string, Way>();
  let looks = 0;
  const seek = (index: number): boolean => {
    const axis = axes[index];
    if (axis === undefined) return settle(valuesOf(chosen, axes));
    for (const way of axis.ways) {
      if (++looks > maxLooks) return false;
      chosen.set(axis.name, way);
      if (!possible(chosen)) continue;
      const truth = goal(valuesOf(chosen, axes));
      if (truth === true || (truth === 'unknown' && seek(index + 1))) return true;
    }
    chosen.delete(axis.name);
    return false;
  };
  if (goal(valuesOf(chosen, axes)) === true) return chosen;
  if (!seek(0)) return null;
  const found = new Map(chosen);
  for (const [name, way] of found) {
    chosen.delete(name);
    if (goal(valuesOf(chosen, axes)) !== true) chosen.set(name, way);
  }
  return chosen;
}

// What a topic of privacy is about is told of no other; and it has neither reason nor product.
function possible(chosen: Situation): boolean {
  const topic = chosen.get('topic');
  if (topic === undefined) return true;
  const privacy = chosen.get('privacy');
  if (privacy !== undefined && (privacy !== '') !== (topic === 'privacy')) return false;
  return topic !== 'privacy' || ['reason', 'product'].every((name) => (chosen.get(name) ?? '') === '');
}

function valuesOf(chosen: Situation, axes: readonly Axis[]): Values {
  const values: Record<string, Values[string]> = {};
  const said: Record<string, boolean> = {};
  for (const [name, way] of chosen) {
    if (name.startsWith(saidPrefix)) said[name.slice(saidPrefix.length)] = way === true;
    else if (way !== undefined) values[name] = way;
  }
  for (const { name, fact } of axes) if (fact !== null && chosen.has(name)) said[fact] = chosen.get(name) !== undefined;
  return { ...values, said };
}

/** `topic = "refund", days_since_paid = 4`; a fact that nobody knows as `printed unknown`. */
export function describeSituation(situation: Situation): string {
  return [...situation].map(([name, way]) => (way === undefined ? `${name} unknown` : `${name} = ${JSON.stringify(way)}`)).join(', ');
}
