import type { ASTNode } from '@marcbachmann/cel-js';
import type { Values } from './variables.ts';

/** What a condition says of the values: `unknown` where it hangs on one that is absent. */
export type Truth = boolean | 'unknown';
export type Evaluate = (values: Values) => Truth;

/**
 * A condition that was found to be allowed, as a function. CEL's own evaluation says the same, `&&` and `||` absorbing the error that an
 * absent variable raises (a test holds the two against each other); but an error made and caught takes sixty times as long.
 */
export function evaluatorOf(node: ASTNode): Evaluate {
  if (node.op === '&&') return conjunction(evaluatorOf(node.args[0]), evaluatorOf(node.args[1]));
  if (node.op === '||') return negation(conjunction(negation(evaluatorOf(node.args[0])), negation(evaluatorOf(node.args[1]))));
  if (node.op === '!_') return negation(evaluatorOf(node.args));
  if (node.op === '?:') return choice(evaluatorOf(node.args[0]), evaluatorOf(node.args[1]), evaluatorOf(node.args[2]));
  if (node.op === 'value') return node.args === true ? always : never;
  if (node.op === 'id') return about(node.args, (value) => value === true);
  if (node.op === '.') return given(node.args[1]);
  if (node.op === 'in') return membership(node.args[0], node.args[1]);
  if (node.op === '==' || node.op === '!=' || node.op === '<' || node.op === '<=' || node.op === '>' || node.op === '>=') return comparison(node.op, node.args[0], node.args[1]);
  throw new Error(`"${node.op}" was to be refused`);
}

const always: Evaluate = () => true;
const never: Evaluate = () => false;

function choice(condition: Evaluate, then: Evaluate, otherwise: Evaluate): Evaluate {
  return (values) => {
    const truth = condition(values);
    return truth === 'unknown' ? truth : truth ? then(values) : otherwise(values);
  };
}

function given(fact: string): Evaluate {
  return ({ said }) => {
    const value: unknown = Reflect.get(Object(said), fact);
    return value === undefined ? 'unknown' : value === true;
  };
}

function conjunction(left: Evaluate, right: Evaluate): Evaluate {
  return (values) => {
    const first = left(values);
    if (first === false) return false;
    const second = right(values);
    return second === false ? false : first === true && second === true ? true : 'unknown';
  };
}

function negation(inner: Evaluate): Evaluate {
  return (values) => {
    const truth = inner(values);
    return truth === 'unknown' ? truth : !truth;
  };
}

function about(name: string, holds: (value: unknown) => boolean): Evaluate {
  return (values) => {
    const value = values[name];
    return value === undefined ? 'unknown' : holds(value);
  };
}

function membership(left: ASTNode, right: ASTNode): Evaluate {
  if (right.op === 'list') {
    const items = new Set<unknown>(right.args.map(constant));
    return about(nameOf(left), (value) => items.has(value));
  }
  const item = constant(left);
  return about(nameOf(right), (list) => Array.isArray(list) && list.includes(item));
}

const turned = { '==': '==', '!=': '!=', '<': '>', '<=': '>=', '>': '<', '>=': '<=' } as const;

function comparison(operator: keyof typeof turned, left: ASTNode, right: ASTNode): Evaluate {
  if (left.op !== 'id') return comparison(turned[operator], right, left);
  const wanted = constant(right);
  const name = left.args;
  switch (operator) {
    case '==':
      return about(name, (value) => value === wanted);
    case '!=':
      return about(name, (value) => value !== wanted);
    case '<':
      return about(name, (value) => Number(value) < Number(wanted));
    case '<=':
      return about(name, (value) => Number(value) <= Number(wanted));
    case '>':
      return about(name, (value) => Number(value) > Number(wanted));
    case '>=':
      return about(name, (value) => Number(value) >= Number(wanted));
    default:
      return operator satisfies never;
  }
}

function nameOf(node: ASTNode): string {
  if (node.op !== 'id') throw new Error(`"${node.op}" was to be refused`);
  return node.args;
}

function constant(node: ASTNode): unknown {
  if (node.op === '-_') return -Number(constant(node.args));
  return typeof node.args === 'bigint' ? Number(node.args) : node.args;
}
