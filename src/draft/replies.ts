import { readFile, readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { loadPhrases, askNames, type PhraseFile, type Phrases } from './phrases.ts';
import { templateEngine, type Template, type TemplateNames } from './template.ts';
import { TemplateError } from './template-error.ts';
import { templateVariables } from './template-variables.ts';

/** Replies: a merchant's reply templates and phrases in every language that has them, compiled and checked. Made by `loadReplies`. */
export interface Replies {
  /** Languages of the policy in which replies can be written, English always among them. */
  readonly languages: readonly string[];
  readonly byLanguage: ReadonlyMap<string, LanguageReplies>;
  /** What a customer is answered from whose language has none. */
  readonly english: LanguageReplies;
}

export interface LanguageReplies {
  readonly language: string;
  readonly phrases: Phrases;
  /** By name: the merchant's own, else the shared ones. */
  readonly templates: ReadonlyMap<string, Template>;
}

/** Used whatever the rule: when something must be asked for, when several rules deny, and when no rule covers the request. */
export const sharedReplyNames = ['request-info', 'reminder', 'deny', 'human-review'] as const;

const replyVariables = new Set(Object.keys(templateVariables));

/**
 * Reads `packDir/replies/<language>/*.md` and `sharedDir` for those of `languages` that have templates, and English. The replies, or every
 * fault: a template that cannot be used, a language that lacks a reply that English has.
 */
export async function loadReplies(packDir: string, sharedDir: string, languages: readonly string[]): Promise<{ readonly replies: Replies | null; readonly faults: readonly TemplateError[] }> {
  const wanted = [...new Set([...languages, 'en'])];
  const files = await Promise.all(wanted.map((language) => readLanguage(language, packDir, sharedDir)));
  const faults: TemplateError[] = [];
  const answered = files.filter(({ language, ownReplies }) => ownReplies !== null || language === 'en');
  const compiled = new Map(answered.map((each) => [each, compileLanguage(each, faults)]));
  const byLanguage = new Map([...compiled].flatMap(([{ language }, replies]) => (replies === null ? [] : [[language, replies] as const])));
  const english = byLanguage.get('en');
  for (const [{ language, ownDir }, replies] of compiled) {
    for (const name of replies === null ? [] : (english?.templates.keys() ?? [])) {
      if (replies?.templates.has(name) !== true) faults.push(new TemplateError(`English has this reply, "${language}" does not`, join(ownDir, `${name}.md`), null));
    }
  }
  if (faults.length > 0 || english === undefined) return { replies: null, faults };
  return { replies: { languages: [...byLanguage.keys()], byLanguage, english }, faults };
}

/** What a clause of the policy is called in the languages of the replies. */
export function clauseTitlesIn({ byLanguage }: Replies, clause: string | null): readonly string[] {
  return clause === null ? [] : [...byLanguage.values()].flatMap(({ phrases }) => phrases.clauses.get(clause) ?? []);
}

/** A rule as far as its reply is concerned. */
export interface RuleOfReply {
  readonly name: string;
  /** The reply's name where it is not the rule's. */
  readonly reply?: string | undefined;
  readonly outcome?: string | undefined;
  readonly requires: readonly string[];
}

/** What the rules of a policy need of its replies and do not find, a sentence each, with the rule's name; replies that many rules lack are told in one. */
export function missingReplies(replies: Replies, rules: readonly RuleOfReply[]): { readonly rule: string; readonly message: string }[] {
  const asks: readonly string[] = askNames;
  const unasked = rules.flatMap(({ name: rule, requires }) => requires.filter((name) => !asks.includes(name)).map((name) => ({ rule, message: `rule "${rule}" requires "${name}", which no reply can ask for` })));
  // A rule that always asks needs no reply of its own.
  const silent = rules.filter((rule) => rule.outcome !== 'need_info' && !replies.english.templates.has(rule.reply ?? rule.name));
  const [first] = silent;
  if (first === undefined || silent.length < manyRules) return [...unasked, ...silent.map((rule) => ({ rule: rule.name, message: `rule "${rule.name}" has no reply: replies/en/${rule.reply ?? rule.name}.md is missing; ${waysOut(rule)}` }))];
  const files = [...new Set(silent.map((rule) => `${rule.reply ?? rule.name}.md`))];
  return [...unasked, { rule: first.name, message: `${String(silent.length)} rules have no reply: in replies/en these are missing: ${files.join(', ')}. Write them; or set \`reply: deny\` in a rule that denies, \`reply: human-review\` where a person decides, or the name of a reply that rules share` }];
}

const manyRules = 3;

function waysOut({ outcome, reply }: RuleOfReply): string {
  if (reply !== undefined) return 'write it, or correct the name';
  const ready = outcome === 'deny' ? 'deny' : outcome === 'human_review' ? 'human-review' : null;
  return ready === null ? 'write it, or set `reply:` to the name of one that this rule can share' : `write it, or set \`reply: ${ready}\`, which every pack has`;
}

interface LanguageFiles {
  readonly language: string;
  readonly ownDir: string;
  readonly sharedDir: string;
  readonly sharedPhrases: PhraseFile | null;
  readonly ownPhrases: PhraseFile | null;
  readonly sharedReplies: readonly PhraseFile[];
  /** Null where the merchant has no replies in this language. */
  readonly ownReplies: readonly PhraseFile[] | null;
}

async function readLanguage(language: string, packDir: string, shared: string): Promise<LanguageFiles> {
  const ownDir = join(packDir, 'replies', language);
  const sharedDir = join(shared, 'replies', language);
  const [sharedPhrases, ownPhrases, sharedReplies, ownReplies] = await Promise.all([
    readIfThere(join(shared, `${language}.yaml`)),
    readIfThere(join(ownDir, 'phrases.yaml')),
    readTemplates(sharedDir),
    readTemplates(ownDir),
  ]);
  return { language, ownDir, sharedDir, sharedPhrases, ownPhrases, sharedReplies: sharedReplies ?? [], ownReplies };
}

function compileLanguage({ language, ownDir, sharedDir, sharedPhrases, ownPhrases, sharedReplies, ownReplies }: LanguageFiles, faults: TemplateError[]): LanguageReplies | null {
  if (sharedPhrases === null) {
    faults.push(new TemplateError(`there are replies in "${language}" (${ownDir}), but not the phrases that all merchants share`, join(sharedDir, '..', '..', `${language}.yaml`), null));
    return null;
  }
  const engine = templateEngine(language);
  const phrases = loadPhrases(engine, sharedPhrases, ownPhrases, faults);
  const names: TemplateNames = { variables: replyVariables, texts: new Set(phrases.texts.keys()) };
  const templates = new Map<string, Template>();
  for (const { file, source } of [...sharedReplies, ...(ownReplies ?? [])]) {
    const name = basename(file, '.md');
    const before = faults.length;
    const template = engine.compile(source, { file, line: 1 }, names, faults);
    if ((name === 'request-info' || name === 'reminder') && faults.length === before && !template.variables.has('asks')) faults.push(new TemplateError('never says what is missing: {{ asks }} is not used', file, null));
    templates.set(name, template);
  }
  for (const name of sharedReplyNames) {
    if (!templates.has(name)) faults.push(new TemplateError('this reply is missing', join(sharedDir, `${name}.md`), null));
  }
  return { language, phrases, templates };
}

async function readTemplates(dir: string): Promise<PhraseFile[] | null> {
  let names: string[];
  try {
    names = await readdir(dir);
  } catch (error) {
    if (isNotFound(error)) return null;
    throw error;
  }
  const files = names.filter((name) => name.endsWith('.md') && !name.startsWith('.')).toSorted();
  return Promise.all(files.map(async (name) => ({ file: join(dir, name), source: await readFile(join(dir, name), 'utf8') })));
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
