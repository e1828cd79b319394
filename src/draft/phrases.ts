import { z } from 'zod';
import { describeIssues, keyText, parseYaml, type YamlProblem, type YamlSource } from '../checked-yaml.ts';
import { reasons } from '../facts/facts.ts';
import { formFields, type FormField } from '../facts/forms/read-form.ts';
import { ownFactName } from '../facts/merchant/own-facts.ts';
import { TemplateError } from './template-error.ts';
import { templateVariables } from './template-variables.ts';
import type { Template, TemplateEngine, TemplateNames } from './template.ts';

/**
 * Phrases: what every reply of a language is put together from, in `templates/shared/<language>.yaml`. A merchant says some of them its
 * own way in `templates/<merchant>/replies/<language>/phrases.yaml`, and adds texts its replies share.
 */

/** What can be asked of a customer. The time of day is asked for where only a date is known, another screenshot where one was sent that lacks what it is there to show. */
export const askNames = [
  'account_email', 'order_number', 'transaction_id', 'generator', 'browser', 'os', 'occurred_at', 'time_of_day', 'paid_at', 'fulfilled_at', 'amount',
  'amount_claimed', 'payment_method', 'credits_used', 'credits_total', 'credits_left', 'used_percent', 'revision_count', 'outage_hours',
  'telegram_id', 'preferred_resolution', 'screenshot', 'screenshot_with_address_bar', 'screenshot_with_error', 'screenshot_with_both', 'photo', 'description', 'reason',
] as const;
export type AskName = (typeof askNames)[number];

/** What a mail asks for where it gives no reason, or none is needed. */
const requestNames = ['refund', 'technical_problem', 'cancellation', 'revision', 'privacy'] as const;
const understoodNames = [...reasons, ...requestNames] as const;
export type UnderstoodName = (typeof understoodNames)[number];

/** Systems on which a picture of the screen is taken each in its own way. */
const screenNames = ['windows', 'macos', 'ios', 'android', 'linux', 'other'] as const;
export type ScreenName = (typeof screenNames)[number];

/** What a mail can be announced as in its subject. */
export const subjectLineNames = ['refund', 'technical_problem', 'cancellation', 'revision', 'privacy'] as const;
export type SubjectLineName = (typeof subjectLineNames)[number];

/** Words of the page that tells customers how to write. */
const conventionWords = ['title', 'intro', 'subject', 'details', 'attach', 'open', 'screenshot', 'photo'] as const;
export type ConventionWord = (typeof conventionWords)[number];

const phrase = z.string().trim().min(1);
/** Words that a customer copies and the reader knows again: no markup, no colon. */
const label = z.string().trim().min(2).max(60).regex(/^[^:：{}*\n]+$/u, 'must be plain words without a colon');
const phrasesShape = {
  /** `Hello Maria,` */
  greeting_named: phrase,
  greeting: phrase,
  signature: phrase,
  understood: z.record(z.enum(understoodNames), phrase),
  reference_order: phrase,
  reference_transaction: phrase,
  asks_intro: phrase,
  asks: z.record(z.enum(askNames), phrase),
  /** How a picture of the whole screen is taken. */
  screenshot_how: z.record(z.enum(screenNames), phrase),
  form_intro: phrase,
  form_link: phrase,
  form: z.record(z.enum(formFields), label),
  subject_lines: z.record(z.enum(subjectLineNames), label),
  conventions: z.record(z.enum(conventionWords), phrase),
  after_info: phrase,
  next_step: phrase,
  next_step_by: phrase,
  note_card_number: phrase,
  note_several_requests: phrase,
  note_dangerous_attachment: phrase,
  /** `On 17 March 2026, 14:05, Maria wrote:` */
  quote_intro: phrase,
  subject_empty: phrase,
};
export const phrasesSchema = z.strictObject(phrasesShape);
export type PhraseSources = z.infer<typeof phrasesSchema>;

export const merchantPhrasesSchema = z.strictObject({
  ...z.strictObject({
    ...phrasesShape, understood: z.partialRecord(z.enum(understoodNames), phrase), asks: z.partialRecord(z.enum(askNames), phrase),
    screenshot_how: z.partialRecord(z.enum(screenNames), phrase), form: z.partialRecord(z.enum(formFields), label), subject_lines: z.partialRecord(z.enum(subjectLineNames), label), conventions: z.partialRecord(z.enum(conventionWords), phrase),
  }).partial().shape,
  /** What the clauses of the policy are called in this language, by the name the policy gives them. */
  clauses: z.record(z.string().min(1), phrase).optional(),
  /** The merchant's own phrases, for its replies as `texts.name`. */
  texts: z.record(z.string().regex(/^[a-z][a-z0-9_]*$/u), phrase).optional(),
  /** How the customer is asked for the merchant's own facts, by their names. */
  questions: z.record(z.string().regex(ownFactName, 'must be the name of an own fact: is_…, has_… or was_…'), phrase).optional(),
});

const flatNames = [
  'greeting_named', 'greeting', 'signature', 'reference_order', 'reference_transaction', 'asks_intro', 'form_intro', 'form_link', 'after_info', 'next_step', 'next_step_by',
  'note_card_number', 'note_several_requests', 'note_dangerous_attachment', 'quote_intro', 'subject_empty',
] as const satisfies readonly (keyof PhraseSources)[];
type FlatName = (typeof flatNames)[number];

/** Compiled phrases of one language and merchant. The schema sees to it that each name of a map is in it. */
export interface Phrases {
  readonly flat: ReadonlyMap<FlatName, Template>;
  readonly understood: ReadonlyMap<UnderstoodName, Template>;
  /** By what is asked for, own facts of the merchant among it. */
  readonly asks: ReadonlyMap<string, Template>;
  readonly screenshotHow: ReadonlyMap<ScreenName, Template>;
  readonly form: ReadonlyMap<FormField, string>;
  readonly subjectLines: ReadonlyMap<SubjectLineName, string>;
  readonly conventions: ReadonlyMap<ConventionWord, Template>;
  /** Titles of the policy's clauses in this language. */
  readonly clauses: ReadonlyMap<string, string>;
  /** The merchant's own, by their names. */
  readonly texts: ReadonlyMap<string, Template>;
}

/** Names that a phrase may use beside or instead of a reply's variables. */
const ownVariables: Partial<Record<FlatName, readonly string[]>> = { greeting_named: ['name'], quote_intro: ['date', 'sender'] };
/** These are put into replies, so they cannot be made from each other. */
const composed: readonly string[] = ['understood', 'reference', 'asks', 'after_info', 'next_step', 'texts'];
const plainVariables = new Set(Object.keys(templateVariables).filter((name) => !composed.includes(name)));

export interface PhraseFile {
  readonly file: string;
  readonly source: string;
}

/** Every fault of both files is added to `faults`; phrases of a file with one are not to be used. */
export function loadPhrases(engine: TemplateEngine, shared: PhraseFile, own: PhraseFile | null, faults: TemplateError[]): Phrases {
  const sharedSources = parseShared(shared, faults);
  const ownSources = own === null ? null : parsePhrases(merchantPhrasesSchema, own, faults);

  const compile = (path: readonly string[], name: FlatName | null): Template => {
    const ownText = ownSources === null ? undefined : stringAt(ownSources.value, path);
    const text = ownText ?? stringAt(sharedSources?.value, path) ?? '';
    const [file, locate] = ownText === undefined ? [shared.file, sharedSources?.locate] : [own?.file ?? shared.file, ownSources?.locate];
    const extra = name === null ? undefined : ownVariables[name];
    const names: TemplateNames = { variables: extra === undefined ? plainVariables : new Set([...extra, 'merchant']), texts: new Set() };
    return engine.compile(text, { file, line: locate?.(path).line ?? 1 }, names, faults);
  };
  const word = (path: readonly string[]): string => stringAt(ownSources?.value, path) ?? stringAt(sharedSources?.value, path) ?? '';
  return {
    flat: new Map(flatNames.map((name) => [name, compile([name], name)])),
    understood: new Map(understoodNames.map((name) => [name, compile(['understood', name], null)])),
    asks: new Map([
      ...askNames.map((name) => [name, compile(['asks', name], null)] as const),
      ...Object.keys(ownSources?.value.questions ?? {}).map((name) => [name, compile(['questions', name], null)] as const),
    ]),
    screenshotHow: new Map(screenNames.map((name) => [name, compile(['screenshot_how', name], null)])),
    form: new Map(formFields.map((name) => [name, word(['form', name])])),
    subjectLines: new Map(subjectLineNames.map((name) => [name, word(['subject_lines', name])])),
    conventions: new Map(conventionWords.map((name) => [name, compile(['conventions', name], null)])),
    clauses: new Map(Object.entries(ownSources?.value.clauses ?? {})),
    texts: new Map(Object.keys(ownSources?.value.texts ?? {}).map((name) => [name, compile(['texts', name], null)])),
  };
}

/** One phrase as Markdown, every value escaped. */
export function say(phrases: Phrases, name: FlatName, values: object): string {
  return phrases.flat.get(name)?.render(values) ?? '';
}

/** One phrase as plain text, for a line that no Markdown renderer sees. */
export function sayPlainly(phrases: Phrases, name: FlatName, values: object): string {
  return phrases.flat.get(name)?.renderPlain(values) ?? '';
}

type Parsed<Schema extends z.ZodType> = { readonly value: z.infer<Schema>; readonly locate: YamlSource['locate'] };

const parsed = new Map<string, Parsed<typeof phrasesSchema>>();
const maxParsed = 100;

/** The shared phrases of a language are every pack's: parsed for the first one. */
function parseShared(shared: PhraseFile, faults: TemplateError[]): Parsed<typeof phrasesSchema> | null {
  const known = parsed.get(shared.source);
  if (known !== undefined) return known;
  const fresh = parsePhrases(phrasesSchema, shared, faults);
  if (parsed.size >= maxParsed) parsed.clear();
  if (fresh !== null) parsed.set(shared.source, fresh);
  return fresh;
}

function parsePhrases<Schema extends z.ZodType>(schema: Schema, { file, source }: PhraseFile, faults: TemplateError[]): Parsed<Schema> | null {
  const yaml = parseYaml(source);
  const fail = (problems: readonly YamlProblem[]): null => {
    for (const { path, message, line } of problems) faults.push(new TemplateError(`${path.length === 0 ? '' : `${keyText(path)}: `}${message}`, file, line || null));
    return null;
  };
  if (yaml.problems.length > 0) return fail(yaml.problems);
  const checked = schema.safeParse(yaml.value);
  if (!checked.success) return fail(describeIssues(checked.error, schema, yaml.value, yaml.locate));
  return { value: checked.data, locate: yaml.locate };
}

function stringAt(value: unknown, path: readonly string[]): string | undefined {
  let node = value;
  for (const key of path) {
    if (typeof node !== 'object' || node === null || !Object.hasOwn(node, key)) return undefined;
    node = Reflect.get(node, key);
  }
  return typeof node === 'string' ? node : undefined;
}
