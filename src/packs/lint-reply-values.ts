import { conditionsOf, type CompiledPolicy, type RuleCase } from '../decision/compile-policy.ts';
import type { Known, KnownValue } from '../draft/known-values.ts';
import type { LanguageReplies } from '../draft/replies.ts';
import { sharedReplyNames } from '../draft/replies.ts';
import { valuesPutIn, type PutIn } from '../draft/template-values.ts';
import type { Template } from '../draft/template.ts';
import { didYouMean } from '../nearest-name.ts';
import type { Pack } from './pack.ts';
import type { PackFinding, PolicyFinding } from './pack-finding.ts';
import { missingPluralForms } from './plural-forms.ts';
import { knownOfCase, knownWithoutRule } from './reply-values.ts';

/**
 * What is wrong with the replies of a pack that can be used: a reply that is no rule's, a value put in that its rule does not guarantee, a plural
 * without a form that the language needs. `folder` is the pack's.
 */
export function lintReplyValues({ compiled, replies }: Pack, folder: string): PackFinding[] {
  return [...replies.byLanguage.values()].flatMap((language) => [...orphans(language, compiled, folder), ...lintLanguage(language, compiled)]);
}

/** Languages of the policy in which nobody would be answered, or in which an own fact is not read or not asked for. */
export function lintLanguages({ compiled, policy: { languages, reader }, replies }: Pack): PolicyFinding[] {
  const looked = new Set(compiled.rules.flatMap(({ cases }) => cases.flatMap(conditionsOf)).flatMap(({ variables }) => variables.map(({ name }) => name)));
  const own = Object.entries(reader.facts ?? {}).flatMap(([name, { known_by: knownBy, yes }]): PolicyFinding[] => {
    const path = ['reader', 'facts', name];
    if (!looked.has(name)) return [{ lint: 'never-asked', path, message: 'no rule looks at it' }];
    const unread = languages.filter((language) => yes[language] === undefined).map((language): PolicyFinding => ({ lint: 'never-read', path: [...path, 'yes'], message: `there are no phrases in "${language}", so no mail in it is read so` }));
    const unasked = [...replies.byLanguage.values()].filter(({ phrases }) => knownBy === 'customer' && !phrases.asks.has(name))
      .map(({ language }): PolicyFinding => ({ lint: 'never-asked', path, message: `nobody asks for it in "${language}": put a question into replies/${language}/phrases.yaml, questions: { ${name}: … }` }));
    return [...unread, ...unasked];
  });
  return [...own, ...unansweredLanguages(languages, replies)];
}

function unansweredLanguages(languages: readonly string[], replies: Pack['replies']): PolicyFinding[] {
  return languages.flatMap((language, index): PolicyFinding[] =>
    replies.byLanguage.has(language) ? [] : [{ lint: 'reply', path: ['languages', index], message: `there are no replies in "${language}" (replies/${language}/): its customers would be answered in English` }]);
}

function orphans({ templates }: LanguageReplies, { policy: { rules } }: CompiledPolicy, folder: string): PackFinding[] {
  const used = rules.map(({ name, reply }) => reply ?? name);
  return [...templates].flatMap(([name, { place: { file } }]) => {
    if (!file.startsWith(folder) || used.includes(name) || sharedReplyNames.some((shared) => shared === name)) return [];
    return [finding('reply', file, null, `no rule has the reply "${name}".${didYouMean(name, [...used, ...sharedReplyNames])}`)];
  });
}

function lintLanguage({ language, templates, phrases }: LanguageReplies, compiled: CompiledPolicy): PackFinding[] {
  const { rules, policy } = compiled;
  const seen: { readonly value: PutIn; readonly rule: string | null }[] = [];
  const look = (template: Template | undefined, known: Known, rule: string | null) => {
    if (template !== undefined) seen.push(...valuesPutIn(template, known, phrases.texts).map((value) => ({ value, rule })));
  };
  for (const [index, rule] of rules.entries()) {
    const reply = policy.rules[index]?.reply ?? rule.name;
    for (const each of rule.cases) {
      if (each.outcome !== 'need_info') look(templates.get(reply), knownOfCase(each, index, compiled, 'complete'), rule.name);
      if (asks(each)) look(templates.get('request-info'), knownOfCase(each, index, compiled, 'asking'), rule.name);
    }
  }
  look(templates.get('request-info'), knownWithoutRule('need_info', compiled), null);
  look(templates.get('deny'), knownWithoutRule('deny', compiled), null);
  look(templates.get('human-review'), knownWithoutRule('human_review', compiled), null);
  const answered = knownWithoutRule('human_review', compiled);
  for (const template of [...phrases.understood.values(), ...phrases.asks.values(), ...phrases.texts.values()]) look(template, anything, null);
  for (const [name, template] of phrases.flat) look(template, phraseKnown(name, answered), null);
  return [...unguarded(seen), ...plurals(seen, language)];
}

// Of these the value that a phrase puts in is judged where the phrase is put in; here only its plurals are.
const anything: Known = new Map();
const given: KnownValue = { nothing: false, values: null };

function phraseKnown(name: string, answered: Known): Known {
  if (name === 'reference_order') return new Map([...answered, ['order_number', given]]);
  if (name === 'reference_transaction') return new Map([...answered, ['transaction_id', given]]);
  return name === 'next_step_by' ? new Map([...answered, ['answer_by', given]]) : answered;
}

function asks({ requires, outcome }: RuleCase): boolean {
  return requires.length > 0 || outcome === 'need_info';
}

function unguarded(seen: readonly { readonly value: PutIn; readonly rule: string | null }[]): PackFinding[] {
  const places = new Map<string, { readonly value: PutIn; readonly rules: Set<string> }>();
  for (const { value, rule } of seen) {
    if (!value.mayBeNothing) continue;
    const key = `${value.file}:${value.line}:${value.variable}`;
    const place = places.get(key) ?? { value, rules: new Set() };
    place.rules.add(rule === null ? 'where no rule decides' : `for the rule ${rule}`);
    places.set(key, place);
  }
  return [...places.values()].map(({ value: { variable, file, line }, rules }) =>
    finding('unguarded', file, line, `{{ ${variable} }} may be nothing ${[...rules].join(', ')}: put it into {% if ${variable} %}…{% endif %}, give it a default, or have the rule require it`));
}

function plurals(seen: readonly { readonly value: PutIn }[], language: string): PackFinding[] {
  const places = new Map(seen.flatMap(({ value }) => (value.pluralForms === null ? [] : [[`${value.file}:${value.line}:${value.variable}`, { ...value, forms: value.pluralForms }] as const])));
  return [...places.values()].flatMap(({ variable, file, line, forms }) => {
    const missing = missingPluralForms(language, forms, variable);
    return missing.length === 0 ? [] : [finding('plural', file, line, `{{ ${variable} | plural }} lacks ${missing.map(({ form, example }) => `"${form}", as for ${example}`).join('; ')}`)];
  });
}

function finding(lint: PackFinding['lint'], file: string, line: number | null, message: string): PackFinding {
  return { lint, file, line, column: null, key: '', message };
}
