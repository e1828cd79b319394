import { factNames, products, reasons, topics, type Fact, type Facts, type FactName, type OwnFactName } from '../../facts/facts.ts';
import type { Pack } from '../../packs/pack.ts';
import { ActionRefusedError } from './action-errors.ts';

/** Everything that a person can know better than the reading. */
export type EditableName = FactName | OwnFactName | 'topic' | 'reason' | 'product' | 'described' | 'screenshot' | 'photo';
export type EditedValue = string | number | boolean | null;

export interface FactEdit {
  readonly name: EditableName;
  /** Null: it is not known after all. */
  readonly value: EditedValue;
  readonly by: string;
}

const numeric: ReadonlySet<string> = new Set<FactName>(['credits_used', 'credits_total', 'credits_left', 'revision_count', 'used_percent', 'outage_hours']);
const yesOrNo: ReadonlySet<string> = new Set<EditableName>(['promo_funds', 'account_blocked', 'partial_bundle', 'work_started', 'printed', 'approved', 'described', 'screenshot', 'photo']);
const shapes: Readonly<Partial<Record<EditableName, { readonly pattern: RegExp; readonly like: string }>>> = {
  amount: { pattern: /^\d{1,12}(?:\.\d{1,3})? [A-Z]{3}$/u, like: '19.90 EUR' }, amount_claimed: { pattern: /^\d{1,12}(?:\.\d{1,3})? [A-Z]{3}$/u, like: '19.90 EUR' },
  occurred_at: { pattern: /^\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2})?$/u, like: '2026-03-17 or 2026-03-17T14:05' }, paid_at: { pattern: /^\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2})?$/u, like: '2026-03-17' },
  fulfilled_at: { pattern: /^\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2})?$/u, like: '2026-03-17' }, card_last4: { pattern: /^\d{4}$/u, like: '4242' },
  account_email: { pattern: /^[^\s@]+@[^\s@]+$/u, like: 'anna@example.com' }, preferred_resolution: { pattern: /^(?:refund|replacement)$/u, like: 'refund or replacement' },
};
const lists: Readonly<Partial<Record<EditableName, readonly string[]>>> = { topic: topics, reason: reasons, product: products };
const maxCharacters = 200;

/** Which facts of a merchant's cases can be edited. */
export function editableNames(pack: Pick<Pack, 'vocabulary'>): readonly EditableName[] {
  return ['topic', 'reason', 'product', ...factNames, ...ownNames(pack), 'described', 'screenshot', 'photo'];
}

function ownNames({ vocabulary }: Pick<Pack, 'vocabulary'>): readonly OwnFactName[] {
  return Object.keys(vocabulary.facts ?? {}).filter((name): name is OwnFactName => /^(?:is|has|was)_/u.test(name));
}

/** Whether the fact is `true` or `false`. */
export function isYesOrNo(name: EditableName, pack: Pick<Pack, 'vocabulary'>): boolean {
  return yesOrNo.has(name) || ownNames(pack).some((own) => own === name);
}

/** What someone typed, as the fact's value. Throws `ActionRefusedError` where the fact cannot have it. */
export function parseFactValue(name: EditableName, text: string, pack: Pick<Pack, 'vocabulary'>): EditedValue {
  const value = text.trim();
  if (value === '') {
    if (name === 'topic') throw new ActionRefusedError('refused.fact_topic');
    return yesOrNo.has(name) && !factNames.some((each) => each === name) ? false : null;
  }
  const list = lists[name];
  if (list !== undefined && !list.includes(value)) throw new ActionRefusedError('refused.fact_list', { fact: name, choices: list.join(', ') });
  if (numeric.has(name)) {
    const number = Number(value.replace(',', '.'));
    if (!Number.isFinite(number) || number < 0 || number > 1e9) throw new ActionRefusedError('refused.fact_number', { fact: name });
    return number;
  }
  if (isYesOrNo(name, pack)) {
    if (value !== 'true' && value !== 'false') throw new ActionRefusedError('refused.fact_yes_or_no', { fact: name });
    return value === 'true';
  }
  const shape = shapes[name];
  if (shape !== undefined && !shape.pattern.test(value)) throw new ActionRefusedError('refused.fact_shape', { fact: name, like: shape.like });
  if (name.endsWith('_at') && Number.isNaN(Date.parse(value))) throw new ActionRefusedError('refused.fact_day', { value });
  return name === 'account_email' ? value.toLowerCase().slice(0, maxCharacters) : value.slice(0, maxCharacters);
}

type Beside = Exclude<EditableName, FactName | OwnFactName>;

const beside: Readonly<Record<Beside, { readonly read: (facts: Facts) => EditedValue; readonly write: (facts: Facts, value: EditedValue) => Facts }>> = {
  topic: {
    read: ({ topic }) => topic,
    write: (facts, value) => ({ ...facts, topic: topics.find((each) => each === value) ?? facts.topic, privacy: value === 'privacy' ? (facts.privacy ?? 'request') : null }),
  },
  reason: { read: ({ reason }) => reason, write: (facts, value) => ({ ...facts, reason: reasons.find((each) => each === value) ?? null }) },
  product: { read: ({ product }) => product, write: (facts, value) => ({ ...facts, product: products.find((each) => each === value) ?? null }) },
  described: { read: ({ described }) => described, write: (facts, value) => ({ ...facts, described: value === true }) },
  screenshot: { read: ({ hasScreenshot }) => hasScreenshot, write: (facts, value) => ({ ...facts, hasScreenshot: value === true }) },
  photo: { read: ({ hasPhoto }) => hasPhoto, write: (facts, value) => ({ ...facts, hasPhoto: value === true }) },
};

function isBeside(name: EditableName): name is Beside {
  return name in beside;
}

function isFactName(name: string): name is FactName {
  return factNames.some((each) => each === name);
}

/** The facts with what a person knows better. What they say is no contradiction of the mail's. */
export function applyFactEdit(facts: Facts, { name, value, by }: FactEdit): Facts {
  if (isBeside(name)) return beside[name].write(facts, value);
  const fact = value === null ? {} : { [name]: { value, source: 'agent', evidence: by } satisfies Fact };
  if (isFactName(name)) return { ...facts, values: { ...without(facts.values, name), ...fact } };
  return { ...facts, own: { ...without(facts.own ?? {}, name), ...fact } };
}

function without<Values extends object>(values: Values, name: keyof Values): Omit<Values, keyof Values> {
  const { [name]: _, ...others } = values;
  return others;
}

export function valueOf(facts: Facts, name: EditableName): EditedValue {
  return isBeside(name) ? beside[name].read(facts) : (factOf(facts, name)?.value ?? null);
}

export function factOf({ values, own }: Pick<Facts, 'values' | 'own'>, name: EditableName): Fact | undefined {
  if (isBeside(name)) return undefined;
  return isFactName(name) ? values[name] : own?.[name];
}
