import type { CompiledPolicy, CompiledRule } from '../decision/compile-policy.ts';
import type { Condition } from '../decision/condition.ts';
import { isOwnFactName } from '../decision/variables.ts';
import { askNames } from '../draft/phrases.ts';
import type { FactName } from '../facts/facts.ts';
import type { Vocabulary } from '../facts/merchant/vocabulary.ts';
import { didYouMean } from '../nearest-name.ts';
import type { PolicyFinding } from './pack-finding.ts';

/** What rules hang on or require, but nobody is asked for, or nobody would read; and what they compare with that is never read for this merchant. */
export function lintQuestions(compiled: CompiledPolicy): PolicyFinding[] {
  return [...compiled.rules.flatMap((rule, index) => [...unasked(rule, index, compiled), ...unread(rule, index, compiled)]), ...unaskedReason(compiled)];
}

type Path = PolicyFinding['path'];

function unasked(rule: CompiledRule, index: number, { policy: { reader } }: CompiledPolicy): PolicyFinding[] {
  const required = new Set<string>(rule.cases.flatMap(({ requires }) => requires));
  const found = conditionsIn(rule, index).flatMap(({ condition, path }) => {
    const told = condition.variables.flatMap(({ knownBy, fact }) => (knownBy === 'customer' && fact !== null ? [fact] : []));
    return [
      ...told.filter((fact) => !isAskable(fact)).map((fact) => neverAsked(path, `hangs on "${fact}", which no reply can ask for: it stays unknown where the mail does not say it`)),
      ...told.flatMap((fact) => unreadBy(reader, fact)).map((why) => neverAsked(path, why)),
      ...[...condition.said].filter((fact) => !required.has(fact)).map((fact) => neverAsked(path, `asks whether "${fact}" was given, but no case of this rule requires it: nobody asks the customer for it`)),
    ];
  });
  const never = [...required].flatMap((name) => unreadBy(reader, name).map((why) => neverAsked(['rules', index, 'requires'], `requires what would be asked for again and again: ${why}`)));
  return [...found, ...never];
}

function neverAsked(path: Path, message: string): PolicyFinding {
  return { lint: 'never-asked', path, message };
}

function isAskable(name: string): boolean {
  return isOwnFactName(name) || askNames.some((known) => known === name);
}

const soldWith: Partial<Record<FactName, readonly Vocabulary['products'][number][]>> = {
  credits_used: ['credits', 'credit_pack', 'subscription'], credits_total: ['credits', 'credit_pack', 'subscription'], credits_left: ['credits', 'credit_pack', 'subscription'],
  used_percent: ['credits', 'credit_pack', 'subscription'], revision_count: ['digital_service'], work_started: ['digital_service'], printed: ['digital_service'],
  approved: ['digital_service'], promo_funds: ['balance', 'credits'], partial_bundle: ['physical'], preferred_resolution: ['physical'],
};

/** Why the reader never reads this for the merchant, or nothing. */
function unreadBy(reader: Vocabulary, name: string): string[] {
  const products = Object.entries(soldWith).find(([fact]) => fact === name)?.[1];
  if (products !== undefined && !products.some((product) => reader.products.includes(product))) {
    return [`"${name}" is read only for a merchant whose reader.products name ${products.map((product) => `"${product}"`).join(' or ')}`];
  }
  if (name === 'telegram_id' && !reader.telegram) return ['"telegram_id" is read only where reader.telegram is true'];
  if (name === 'generator' && reader.generators.length === 0) return ['"generator" is read only where reader.generators names some'];
  if (name === 'outage_hours' && !reader.reasons.includes('service_outage')) return ['"outage_hours" is read only where reader.reasons has "service_outage"'];
  return [];
}

// Constants that are words of the vocabulary, but not of this merchant's.
function unread(rule: CompiledRule, index: number, { policy: { reader } }: CompiledPolicy): PolicyFinding[] {
  const known: Readonly<Record<string, readonly string[]>> = { reason: [...reader.reasons, 'technical_failure', ''], product: [...reader.products, ''], generator: reader.generators };
  return conditionsIn(rule, index).flatMap(({ condition, path }) => [
    ...Object.entries(known).flatMap(([variable, names]) =>
      [...(condition.constants.get(variable) ?? [])]
        .filter((constant) => !names.includes(String(constant)))
        .map((constant): PolicyFinding => ({ lint: 'never-read', path, message: `"${constant}" is not among reader.${variable}s, so no mail is read so.${didYouMean(String(constant), names)}` })),
    ),
    ...condition.variables
      .flatMap(({ name, knownBy }) => (knownBy === null ? unreadBy(reader, name) : []))
      .map((why): PolicyFinding => ({ lint: 'never-read', path, message: why })),
  ]);
}

// Without a reason every rule that hangs on one is passed over.
function unaskedReason({ rules }: CompiledPolicy): PolicyFinding[] {
  const first = rules.flatMap((rule, index) => conditionsIn(rule, index)).find(({ condition }) => [...(condition.constants.get('reason') ?? [])].some((reason) => reason !== ''));
  if (first === undefined || rules.some(({ cases }) => cases.some(({ requires }) => requires.includes('reason')))) return [];
  return [{ lint: 'never-asked', path: first.path, message: 'hangs on the reason, but no rule requires "reason": a mail without one is never asked for it. Add a rule for reason == "" that requires it' }];
}

function conditionsIn(rule: CompiledRule, index: number): { readonly condition: Condition; readonly path: Path }[] {
  const own = rule.when === null ? [] : [{ condition: rule.when, path: ['rules', index, 'when'] }];
  return [...own, ...rule.cases.flatMap(({ when }, position) => (when === null ? [] : [{ condition: when, path: ['rules', index, 'cases', position, 'when'] }]))];
}
