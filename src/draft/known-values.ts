import { TypeGuards, type Expression } from 'liquidjs';

/** What is known of a template's variables at some place in it, by their names. Of one that is not there nothing is known. */
export type Known = ReadonlyMap<string, KnownValue>;

export interface KnownValue {
  /** It may be nothing: null. */
  readonly nothing: boolean;
  /** What it can be beside nothing; null where that is not known. */
  readonly values: ReadonlySet<unknown> | null;
}

/** What is known where the condition has the given truth; null where it cannot have it. */
export function narrow(condition: Expression, known: Known, truth: boolean): Known | null {
  const tree = treeOf(condition);
  return tree === null ? known : narrowTree(tree, known, truth);
}

type Tree =
  | { readonly kind: 'variable'; readonly name: string }
  | { readonly kind: 'constant'; readonly value: unknown }
  | { readonly kind: 'not'; readonly of: Tree }
  | { readonly kind: 'both'; readonly operator: string; readonly left: Tree; readonly right: Tree };

// Liquid keeps a condition as a stack machine's program. Null for what it does not hold.
function treeOf({ postfix }: Expression): Tree | null {
  const stack: Tree[] = [];
  for (const token of postfix) {
    const operator = TypeGuards.isOperatorToken(token) ? token.operator : null;
    if (operator === null) {
      const name = variableOf(token);
      if (name !== null) stack.push({ kind: 'variable', name });
      else if (TypeGuards.isQuotedToken(token) || TypeGuards.isNumberToken(token)) stack.push({ kind: 'constant', value: token.content });
      else if (TypeGuards.isLiteralToken(token)) stack.push({ kind: 'constant', value: token.literal === 'true' ? true : token.literal === 'false' ? false : null });
      else return null;
      continue;
    }
    const right = stack.pop();
    if (right === undefined) return null;
    if (operator === 'not') {
      stack.push({ kind: 'not', of: right });
      continue;
    }
    const left = stack.pop();
    if (left === undefined) return null;
    stack.push({ kind: 'both', operator, left, right });
  }
  return stack.length === 1 ? (stack[0] ?? null) : null;
}

/** `amount`, `merchant.name`; null for what is no plain variable. */
export function variableOf(token: unknown): string | null {
  if (!TypeGuards.isPropertyAccessToken(token) || token.variable !== undefined) return null;
  const parts = token.props.map((part) => (TypeGuards.isWordToken(part) || TypeGuards.isQuotedToken(part) ? part.content : null));
  return parts.includes(null) ? null : parts.join('.');
}

function narrowTree(tree: Tree, known: Known, truth: boolean): Known | null {
  switch (tree.kind) {
    case 'variable':
      return narrowTruth(known, tree.name, truth);
    case 'constant':
      return (tree.value !== null && tree.value !== false) === truth ? known : null;
    case 'not':
      return narrowTree(tree.of, known, !truth);
    case 'both':
      return narrowBoth(tree, known, truth);
    default:
      return tree satisfies never;
  }
}

function narrowBoth({ operator, left, right }: Tree & { kind: 'both' }, known: Known, truth: boolean): Known | null {
  if (operator === 'and' || operator === 'or') {
    // Both have the same truth, or it is one of the two that has it.
    const together = (operator === 'and') === truth;
    const first = narrowTree(left, known, truth);
    if (together) return first === null ? null : narrowTree(right, first, truth);
    return join(first, narrowTree(right, known, truth));
  }
  const [variable, constant] = left.kind === 'variable' ? [left, right] : [right, left];
  if (variable.kind !== 'variable' || constant.kind !== 'constant') return known;
  if (operator === '==' || operator === '!=') return narrowEqual(known, variable.name, constant.value, (operator === '==') === truth);
  // Nothing is neither more nor less than anything, and contains nothing.
  return truth ? narrowTruth(known, variable.name, true) : known;
}

function narrowTruth(known: Known, name: string, truth: boolean): Known | null {
  const value = known.get(name);
  if (value === undefined) return known;
  if (truth) {
    const values = value.values === null ? null : new Set([...value.values].filter((each) => each !== false));
    return values?.size === 0 ? null : withValue(known, name, { nothing: false, values });
  }
  const isFalse = value.values?.has(false) === true;
  return value.nothing || isFalse ? withValue(known, name, { nothing: value.nothing, values: new Set(isFalse ? [false] : []) }) : null;
}

/** What is known where the variable is the constant, or is not; null where it cannot be so. */
export function narrowEqual(known: Known, name: string | null, constant: unknown, equal: boolean): Known | null {
  const value = name === null ? undefined : known.get(name);
  if (name === null || value === undefined) return known;
  if (constant === null) return equal === value.nothing || (value.nothing && value.values?.size !== 0) ? withValue(known, name, equal ? { nothing: true, values: new Set() } : { ...value, nothing: false }) : null;
  if (equal) return value.values === null || value.values.has(constant) ? withValue(known, name, { nothing: false, values: new Set([constant]) }) : null;
  const values = value.values === null ? null : new Set([...value.values].filter((each) => each !== constant));
  return values?.size === 0 && !value.nothing ? null : withValue(known, name, { ...value, values });
}

function withValue(known: Known, name: string, value: KnownValue): Known {
  return new Map([...known, [name, value]]);
}

function join(one: Known | null, other: Known | null): Known | null {
  if (one === null || other === null) return one ?? other;
  return new Map([...one].map(([name, value]) => {
    const also = other.get(name);
    if (also === undefined) return [name, value] as const;
    const values = value.values === null || also.values === null ? null : new Set([...value.values, ...also.values]);
    return [name, { nothing: value.nothing || also.nothing, values }] as const;
  }));
}
