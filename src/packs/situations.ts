import type { CompiledPolicy } from '../decision/compile-policy.ts';
import { representatives } from '../decision/completions.ts';
import type { Condition } from '../decision/condition.ts';
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

/** A condition that is to hold, or not to. Null stands for one that always holds. */
export interface Goal {
  readonly condition: Condition | null;
  readonly holds: boolean;
  /** It must be known so; else it is enough that nobody knows it to be otherwise. */
  readonly certain: boolean;
}

// A search that takes longer is given up: nothing is said then.
const maxLooks = 4_000;
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
      return distinct(possibleChoices(variable, reader, coversPrivacy), constants);
    default:
      return variable.domain satisfies never;
  }
}

function possibleChoices(variable: Variable, reader: CompiledPolicy['policy']['reader'], coversPrivacy: boolean): readonly string[] {
  // A machine's mail and one that asks for nothing reach no rule.
  if (variable.name === 'topic') return topics.filter((topic) => topic !== 'machine' && topic !== 'other' && (topic !== 'privacy' || coversPrivacy) && (topic !== 'revision' || reader.products.includes('digital_service')));
  // A technical problem is one at every merchant.
  if (variable.name === 'reason') return [...new Set([...reader.reasons, 'technical_failure']), ''];
  if (variable.name === 'product') return reader.products.length === 1 && !coversPrivacy ? reader.products : [...reader.products, ''];
  if (variable.name === 'generator') return reader.generators;
  return variable.domain.kind === 'choice' ? variable.domain.choices : [];
}

// Of all that no condition names one will do, but what a topic of privacy goes with.
function distinct(choices: readonly string[], named: readonly (string | number)[]): string[] {
  const other = choices.find((choice) => !named.includes(choice) && choice !== '' && choice !== 'privacy');
  return choices.filter((choice) => named.includes(choice) || choice === '' || choice === 'privacy' || choice === other);
}

function subsets(flags: readonly string[]): string[][] {
  if (flags.length > maxFlagsCombined) return [[], ...flags.map((flag) => [flag]), [...flags]];
  return flags.reduce<string[][]>((sets, flag) => [...sets, ...sets.map((set) => [...set, flag])], [[]]);
}

/**
 * A situation in which every goal is reached, and that names nothing they do not hang on; null where there is none, or none was found in
 * time. Where a goal may stay unknown, `settle` judges of the whole.
 */
export function findSituation(axes: readonly Axis[], goals: readonly Goal[], settle: (values: Values) => boolean = () => true): Situation | null {
  const byName = new Map(axes.map((axis) => [axis.name, axis]));
  const byFact = new Map(axes.flatMap((axis) => (axis.fact === null ? [] : [[axis.fact, axis] as const])));
  const looked = goals.map(({ condition }) => [
    ...(condition?.variables ?? []).map(({ name }) => byName.get(name)),
    ...[...(condition?.said ?? [])].map((fact) => byFact.get(fact) ?? byName.get(`${saidPrefix}${fact}`)),
  ]);
  const chosen = new Map<string, Way>();
  let looks = 0;

  // What the first goal that is still open looks at is tried next, so that what cannot be reached is seen early.
  const seek = (): boolean => {
    const values = valuesOf(chosen, axes);
    let next: Axis | undefined;
    for (const [index, { condition, holds, certain }] of goals.entries()) {
      const truth = condition?.evaluate(values) ?? true;
      if (truth === holds) continue;
      if (truth !== 'unknown') return false;
      const open = looked[index]?.find((axis) => axis !== undefined && !chosen.has(axis.name));
      if (open === undefined && certain) return false;
      next ??= open;
    }
    if (next === undefined) return settle(values);
    for (const way of next.ways) {
      if (++looks > maxLooks) return false;
      chosen.set(next.name, way);
      if (possible(chosen) && seek()) return true;
    }
    chosen.delete(next.name);
    return false;
  };
  if (!seek()) return null;
  const reached = (): boolean => {
    const values = valuesOf(chosen, axes);
    return goals.every(({ condition, holds, certain }) => (condition?.evaluate(values) ?? true) === holds || !certain);
  };
  if (goals.every(({ certain }) => certain)) {
    for (const [name, way] of new Map(chosen)) {
      chosen.delete(name);
      if (!reached()) chosen.set(name, way);
    }
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
