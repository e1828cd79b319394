import type { FactName } from '../facts/facts.ts';
import type { Condition } from './condition.ts';
import type { Truth } from './three-valued.ts';
import type { Values } from './variables.ts';

/** A ground: one value that a rule's truth rests on. Together the grounds settle it, whatever else were the case; none can be spared. */
export interface Ground {
  /** The variable, or `said.order_number`. */
  readonly name: string;
  readonly value: string | number | boolean | readonly string[];
}

/** Why the conditions, taken together, are true or false. Of several ways to tell, the one that the conditions name first. */
export function groundsOf(conditions: readonly Condition[], values: Values): Ground[] {
  const truth = together(conditions, values);
  if (truth === 'unknown') return [];
  const said = [...new Set(conditions.flatMap((condition) => [...condition.said]))];
  const names = [...new Set(conditions.flatMap(({ variables }) => variables.map(({ name }) => name)))].filter((name) => name in values);
  const needed: Record<string, Values[string]> = { ...values };
  for (const name of [...(said.length === 0 ? [] : ['said']), ...names.toReversed()]) {
    const value = needed[name];
    if (value === undefined) continue;
    delete needed[name];
    if (together(conditions, needed) !== truth) needed[name] = value;
  }
  return [
    ...names.flatMap((name) => groundFrom(name, needed[name])),
    ...('said' in needed ? said.map((name) => ({ name: `said.${name}`, value: isSaid(name, values) })) : []),
  ];
}

function groundFrom(name: string, value: Values[string] | undefined): Ground[] {
  if (value === undefined || (typeof value === 'object' && !isList(value))) return [];
  return [{ name, value }];
}

function isList(value: object): value is readonly string[] {
  return Array.isArray(value);
}

function isSaid(name: FactName, values: Values): boolean {
  return Reflect.get(Object(values['said']), name) === true;
}

/** True where all are, false where one is. */
export function together(conditions: readonly Condition[], values: Values): Truth {
  const truths = conditions.map((condition) => condition.evaluate(values));
  if (truths.includes(false)) return false;
  return truths.includes('unknown') ? 'unknown' : true;
}
