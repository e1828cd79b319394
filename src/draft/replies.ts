import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { loadPhrases, askNames, type PhraseFile, type Phrases } from './phrases.ts';
import { TemplateEngine, type Template, type TemplateNames } from './template.ts';
import { TemplateError } from './template-error.ts';
import { templateVariables } from './template-variables.ts';

/** Replies: a merchant's reply templates and phrases in every language that has them, compiled and checked. Made by `loadReplies`. */
export interface Replies {
  /** Languages of the policy in which replies can be written, English always among them. */
  readonly languages: readonly string[];
  readonly byLanguage: ReadonlyMap<string, LanguageReplies>;
}

export interface LanguageReplies {
  readonly language: string;
  readonly phrases: Phrases;
  /** By name: the merchant's own, else the shared ones. */
  readonly templates: ReadonlyMap<string, Template>;
}

/** Used whatever the rule: when something must be asked for, when several rules deny, and when no rule covers the request. */
export const sharedReplyNames = ['request-info', 'deny', 'human-review'] as const;

const replyVariables = new Set(Object.keys(templateVariables));

/**
 * Reads `packDir/replies/<language>/*.md` and `sharedDir` for those of `languages` that have templates, and English.
 * @throws {TemplateError} where a template cannot be used, or a language lacks a reply that English has
 */
export async function loadReplies(packDir: string, sharedDir: string, languages: readonly string[]): Promise<Replies> {
  const byLanguage = new Map<string, LanguageReplies>();
  for (const language of new Set([...languages, 'en'])) {
    const ownDir = join(packDir, 'replies', language);
    const own = await filesIn(ownDir);
    const shared = await readIfThere(join(sharedDir, `${language}.yaml`));
    if (own === null && language !== 'en') continue;
    if (shared === null) throw new TemplateError(`there are replies in "${language}", but no shared phrases`, join(sharedDir, `${language}.yaml`), null);
    byLanguage.set(language, await loadLanguage(language, ownDir, own ?? [], join(sharedDir, 'replies', language), shared));
  }
  requireSameReplies(byLanguage, packDir);
  return { languages: [...byLanguage.keys()], byLanguage };
}

/** A rule as far as its reply is concerned. */
export interface RuleOfReply {
  readonly name: string;
  /** The reply's name where it is not the rule's. */
  readonly reply?: string | undefined;
  readonly outcome?: string | undefined;
  readonly requires: readonly string[];
}

/** What the rules of a policy need of its replies and do not find, one sentence each. */
export function missingReplies(replies: Replies, rules: readonly RuleOfReply[]): string[] {
  const english = replies.byLanguage.get('en');
  const asks: readonly string[] = askNames;
  return rules.flatMap((rule) => {
    const reply = rule.reply ?? rule.name;
    const problems = rule.requires.filter((name) => !asks.includes(name)).map((name) => `rule "${rule.name}" requires "${name}", which no reply can ask for`);
    // A rule that always asks needs no reply of its own.
    if (rule.outcome !== 'need_info' && english?.templates.has(reply) !== true) problems.push(`rule "${rule.name}" has no reply: replies/en/${reply}.md is missing`);
    return problems;
  });
}

async function loadLanguage(language: string, ownDir: string, own: readonly string[], sharedDir: string, shared: PhraseFile): Promise<LanguageReplies> {
  const engine = new TemplateEngine(language);
  const phrases = loadPhrases(engine, shared, await readIfThere(join(ownDir, 'phrases.yaml')));
  const names: TemplateNames = { variables: replyVariables, texts: new Set(phrases.texts.keys()) };
  const templates = new Map<string, Template>();
  const files = new Map<string, string>();
  for (const [dir, list] of [[sharedDir, (await filesIn(sharedDir)) ?? []], [ownDir, own]] as const) {
    for (const name of list.filter((file) => file.endsWith('.md'))) files.set(name.slice(0, -'.md'.length), join(dir, name));
  }
  for (const [name, file] of [...files].toSorted(([left], [right]) => (left < right ? -1 : 1))) {
    const template = engine.compile(await readFile(file, 'utf8'), { file, line: 1 }, names);
    if (name === 'request-info' && !template.variables.has('asks')) throw new TemplateError('never says what is missing: {{ asks }} is not used', file, null);
    templates.set(name, template);
  }
  for (const name of sharedReplyNames) {
    if (!templates.has(name)) throw new TemplateError(`the reply "${name}" is missing`, join(sharedDir, `${name}.md`), null);
  }
  return { language, phrases, templates };
}

function requireSameReplies(byLanguage: ReadonlyMap<string, LanguageReplies>, packDir: string): void {
  const english = byLanguage.get('en');
  for (const { language, templates } of byLanguage.values()) {
    for (const name of english?.templates.keys() ?? []) {
      if (!templates.has(name)) throw new TemplateError(`English has this reply, "${language}" does not`, join(packDir, 'replies', language, `${name}.md`), null);
    }
  }
}

async function filesIn(dir: string): Promise<string[] | null> {
  try {
    return (await readdir(dir)).toSorted();
  } catch (error) {
    if (isNotFound(error)) return null;
    throw error;
  }
}

async function readIfThere(file: string): Promise<PhraseFile | null> {
  try {
    return { file, source: await readFile(file, 'utf8') };
  } catch (error) {
    if (isNotFound(error)) return null;
    throw error;
  }
}

function isNotFound(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}
