import { AssignTag, CaseTag, ForTag, IfTag, Output, TypeGuards, UnlessTag, type Expression, type Template as LiquidTemplate, type Value } from 'liquidjs';
import { narrow, narrowEqual, variableOf, type Known } from './known-values.ts';
import type { Template } from './template.ts';

/** A value that a template puts in. */
export interface PutIn {
  /** `amount`; of a phrase of the merchant's the phrase's own. */
  readonly variable: string;
  readonly file: string;
  readonly line: number;
  /** May be nothing where it is put in, and has no default. */
  readonly mayBeNothing: boolean;
  /** The forms its `plural` names; null where it has none. */
  readonly pluralForms: readonly string[] | null;
}

/**
 * The values that the template puts in, as far as what is known of them lets a branch be reached: `{% if amount %}` guarantees the amount
 * within, and `{% when 'outage' %}` the rule. `texts` are the merchant's phrases.
 */
export function valuesPutIn(template: Template, known: Known, texts: ReadonlyMap<string, Template>): PutIn[] {
  return walk(template.parsed, known, { template, texts });
}

interface Place {
  readonly template: Template;
  readonly texts: ReadonlyMap<string, Template>;
}

function walk(nodes: readonly LiquidTemplate[], known: Known, place: Place): PutIn[] {
  return nodes.flatMap((node) => {
    if (node instanceof Output) return putIn(node, known, place);
    if (node instanceof IfTag) return walkBranches(node.branches, node.elseTemplates, known, place);
    if (node instanceof UnlessTag) {
      const [first, ...rest] = node.branches;
      const within = first === undefined ? null : narrow(first.value.initial, known, false);
      const without = first === undefined ? known : narrow(first.value.initial, known, true);
      return [...(within === null ? [] : walk(first?.templates ?? [], within, place)), ...(without === null ? [] : walkBranches(rest, node.elseTemplates, without, place))];
    }
    if (node instanceof CaseTag) return walkCase(node, known, place);
    if (node instanceof ForTag) return [...walk(node.templates, given(known, node.variable, 'forloop'), place), ...walk(node.elseTemplates ?? [], known, place)];
    if (node instanceof AssignTag) known = given(known, ...[...node.localScope()].map(({ content }) => content));
    return [];
  });
}

function walkBranches(branches: readonly { readonly value: Value; readonly templates: LiquidTemplate[] }[], otherwise: readonly LiquidTemplate[] | undefined, known: Known, place: Place): PutIn[] {
  const found: PutIn[] = [];
  let left: Known | null = known;
  for (const { value, templates } of branches) {
    if (left === null) return found;
    const within = narrow(value.initial, left, true);
    if (within !== null) found.push(...walk(templates, within, place));
    left = narrow(value.initial, left, false);
  }
  return left === null ? found : [...found, ...walk(otherwise ?? [], left, place)];
}

function walkCase({ value, branches, elseTemplates }: CaseTag, known: Known, place: Place): PutIn[] {
  const subject = soleVariable(value.initial);
  const found: PutIn[] = [];
  let left: Known | null = known;
  for (const { values, templates } of branches) {
    const constants = values.map((each) => constantOf(TypeGuards.isFilteredValueToken(each) ? each.initial.postfix[0] : each));
    const reached: Known | null = left;
    if (reached === null) return found;
    const within = constants.flatMap((constant) => narrowEqual(reached, subject, constant, true) ?? []);
    for (const each of within) found.push(...walk(templates, each, place));
    left = constants.reduce<Known | null>((rest, constant) => rest && narrowEqual(rest, subject, constant, false), reached);
  }
  return left === null ? found : [...found, ...walk(elseTemplates, left, place)];
}

function putIn({ value, token }: Output, known: Known, place: Place): PutIn[] {
  const variable = soleVariable(value.initial);
  if (variable === null) return [];
  const { template, texts } = place;
  if (variable.startsWith('texts.')) {
    const text = texts.get(variable.slice('texts.'.length));
    return text === undefined ? [] : walk(text.parsed, known, { template: text, texts: new Map() });
  }
  const plural = value.filters.find(({ name }) => name === 'plural');
  const isDefaulted = value.filters.some(({ name }) => name === 'default');
  return [{
    variable,
    file: template.place.file,
    line: template.place.line + token.input.slice(0, token.begin).split('\n').length - 1,
    mayBeNothing: !isDefaulted && known.get(variable)?.nothing === true,
    pluralForms: plural === undefined ? null : plural.args.flatMap((argument) => (Array.isArray(argument) ? (argument[0] ?? []) : [])),
  }];
}

function soleVariable({ postfix: [token, ...others] }: Expression): string | null {
  return others.length > 0 ? null : variableOf(token);
}

function constantOf(token: unknown): unknown {
  return TypeGuards.isQuotedToken(token) || TypeGuards.isNumberToken(token) ? token.content : null;
}

function given(known: Known, ...names: readonly string[]): Known {
  return new Map([...known, ...names.map((name) => [name, { nothing: false, values: null }] as const)]);
}
