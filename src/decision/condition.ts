import { Environment, ParseError, type ASTNode } from '@marcbachmann/cel-js';
import type { FactName } from '../facts/facts.ts';
import { didYouMean } from '../nearest-name.ts';
import { evaluatorOf, type Evaluate } from './three-valued.ts';
import { incomparableFacts, saidNames, variables, type Domain, type Variable } from './variables.ts';

/**
 * A condition: a rule's `when`, in CEL. Only what compares a variable with a constant is allowed, joined by `&&`, `||`, `!` and `?:`:
 * so the values at which a condition can change are all written in it, and a decision can try every way an unknown fact could turn out.
 */
export interface Condition {
  readonly text: string;
  /** The variables it speaks of, `said` not among them. */
  readonly variables: readonly Variable[];
  /** The constants each variable is compared with, and the flags that are looked for in `flags`. */
  readonly constants: ReadonlyMap<string, ReadonlySet<string | number>>;
  /** The facts of which it only asks whether they were given, as `said.order_number`. */
  readonly said: ReadonlySet<FactName>;
  /** Three-valued: a variable that is absent makes unknown what hangs on it. */
  readonly evaluate: Evaluate;
  /** As it was parsed: only of the parts that are allowed. */
  readonly tree: ASTNode;
}

/** Why a text is no condition. Becomes a line of a `PackError`, which says where. */
export class ConditionFault extends Error {}

const celTypes: Record<Domain['kind'], string> = { yes_or_no: 'bool', number: 'double', choice: 'string', text: 'string', flags: 'list<string>' };

/** What conditions may speak of. */
export interface ConditionLanguage {
  readonly environment: Environment;
  readonly variables: ReadonlyMap<string, Variable>;
}

const commonEnvironment = new Environment({ limits: { maxAstNodes: 500, maxDepth: 50 } })
  .registerVariable('said', { schema: Object.fromEntries(saidNames.map((name) => [name, 'bool'])) })
  // CEL itself compares a double with a whole number by `<` but not by `==`.
  .registerOperator('double == int', (left: number, right: bigint) => left === Number(right));
for (const { name, domain } of variables.values()) commonEnvironment.registerVariable(name, celTypes[domain.kind]);
const common: ConditionLanguage = { environment: commonEnvironment, variables };

/** The common variables, and a merchant's own. */
export function conditionLanguageWith(own: readonly Variable[]): ConditionLanguage {
  if (own.length === 0) return common;
  const environment = commonEnvironment.clone();
  for (const { name, domain } of own) environment.registerVariable(name, celTypes[domain.kind]);
  return { environment, variables: new Map([...variables, ...own.map((variable) => [variable.name, variable] as const)]) };
}

/** Throws a `ConditionFault` for a syntax error, an unknown name, a constant that can never occur, or anything but a comparison. */
export function compileCondition(text: string, language: ConditionLanguage = common): Condition {
  const parsed = parse(text, language);
  const found: Found = { known: language.variables, variables: new Map(), constants: new Map(), said: new Set() };
  inspect(parsed.ast, found);
  const checked = parsed.check();
  if (!checked.valid) throw new ConditionFault(firstLine(checked.error?.message ?? 'does not fit together'));
  return { text, variables: [...found.variables.values()], constants: found.constants, said: found.said, evaluate: evaluatorOf(parsed.ast), tree: parsed.ast };
}

function parse(text: string, { environment }: ConditionLanguage) {
  try {
    return environment.parse(text);
  } catch (error) {
    if (error instanceof ParseError) throw new ConditionFault(firstLine(error.message));
    throw error;
  }
}

interface Found {
  readonly known: ReadonlyMap<string, Variable>;
  readonly variables: Map<string, Variable>;
  readonly constants: Map<string, Set<string | number>>;
  readonly said: Set<FactName>;
}

const comparisons = ['==', '!=', '<', '<=', '>', '>='] as const;
type Comparison = ASTNode & { op: (typeof comparisons)[number] };

function inspect(node: ASTNode, found: Found): void {
  if (node.op === '&&' || node.op === '||' || node.op === '?:') {
    for (const part of node.args) inspect(part, found);
  } else if (node.op === '!_') {
    inspect(node.args, found);
  } else if (node.op === 'value' && typeof node.args === 'boolean') {
    // `true` and `false` are conditions.
  } else if (node.op === 'id' && variableOf(node, found).domain.kind === 'yes_or_no') {
    // So is what can only be true or false.
  } else if (node.op === '.') {
    inspectSaid(node, found);
  } else if (node.op === 'in') {
    inspectMembership(node.args[0], node.args[1], found);
  } else if (isComparison(node)) {
    inspectComparison(node, found);
  } else {
    throw notAllowed(node);
  }
}

function isComparison(node: ASTNode): node is Comparison {
  return (comparisons as readonly string[]).includes(node.op);
}

function notAllowed(node: ASTNode): ConditionFault {
  return new ConditionFault(`\`${node.input.slice(node.start, node.end)}\` cannot stand here: a condition compares a variable with a constant.`);
}

function inspectSaid(node: ASTNode & { op: '.' }, found: Found): void {
  const [object, field] = node.args;
  if (object.op !== 'id' || object.args !== 'said') throw notAllowed(node);
  const fact = saidNames.find((name) => name === field);
  if (fact === undefined) throw new ConditionFault(`unknown fact "${field}".${didYouMean(field, saidNames)}`);
  found.said.add(fact);
}

function inspectMembership(left: ASTNode, right: ASTNode, found: Found): void {
  if (right.op === 'list') {
    for (const item of right.args) compare(variableOf(left, found), constantOf(item), '==', found);
    return;
  }
  const list = variableOf(right, found);
  if (list.domain.kind !== 'flags') throw new ConditionFault(`"${list.name}" is no list`);
  const flag = constantOf(left);
  allow(list, flag);
  if (typeof flag !== 'boolean') addConstant(list, flag, found);
}

function inspectComparison({ op: operator, args: [left, right] }: Comparison, found: Found): void {
  const turned = left.op === 'value' || left.op === '-_';
  compare(variableOf(turned ? right : left, found), constantOf(turned ? left : right), operator, found);
}

function compare(variable: Variable, constant: string | number | boolean, operator: string, found: Found): void {
  const ordered = operator !== '==' && operator !== '!=';
  if (ordered && variable.domain.kind !== 'number') throw new ConditionFault(`"${variable.name}" has no order: use ==, != or in`);
  allow(variable, constant);
  if (typeof constant !== 'boolean') addConstant(variable, constant, found);
}

function addConstant(variable: Variable, constant: string | number, found: Found): void {
  const constants = found.constants.get(variable.name) ?? new Set();
  found.constants.set(variable.name, constants.add(constant));
}

// A constant that the variable can never be is a slip of the pen that would make the rule silently dead.
function allow(variable: Variable, constant: string | number | boolean): void {
  const { name, domain } = variable;
  switch (domain.kind) {
    case 'yes_or_no':
      if (typeof constant !== 'boolean') throw new ConditionFault(`"${name}" is true or false`);
      return;
    case 'number':
      if (typeof constant !== 'number') throw new ConditionFault(`"${name}" is a number`);
      if (constant < 0 || constant > domain.max) throw new ConditionFault(`"${name}" is never ${constant}`);
      return;
    case 'choice':
    case 'flags':
      if (typeof constant !== 'string' || !domain.choices.includes(constant)) {
        throw new ConditionFault(`"${name}" is never "${constant}".${didYouMean(String(constant), domain.choices)}`);
      }
      return;
    case 'text':
      if (typeof constant !== 'string') throw new ConditionFault(`"${name}" is a text`);
      return;
    default:
      domain satisfies never;
  }
}

function variableOf(node: ASTNode, found: Found): Variable {
  if (node.op !== 'id') throw notAllowed(node);
  const name = node.args;
  const variable = found.known.get(name);
  if (variable === undefined) {
    const instead = incomparableFacts.get(name);
    const hint = instead === undefined ? didYouMean(name, [...found.known.keys(), 'said']) : ` It is not compared as it is: ${instead}.`;
    throw new ConditionFault(instead === undefined ? `unknown name "${name}".${hint}` : `"${name}" cannot stand here.${hint}`);
  }
  found.variables.set(name, variable);
  return variable;
}

function constantOf(node: ASTNode): string | number | boolean {
  if (node.op === '-_') {
    const negated = constantOf(node.args);
    if (typeof negated === 'number') return -negated;
  }
  if (node.op === 'value') {
    const value = node.args;
    if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
    if (typeof value === 'bigint') return Number(value);
  }
  throw notAllowed(node);
}

function firstLine(message: string): string {
  return message.split('\n', 1)[0] ?? message;
}
