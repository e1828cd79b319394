import { fold } from '../facts/text/fold.ts';
import { formFields, type FormField, type FormLabels } from '../facts/forms/read-form.ts';
import type { Phrases, SubjectLineName } from './phrases.ts';
import type { Replies } from './replies.ts';

const lineOf: Readonly<Partial<Record<string, FormField>>> = { time_of_day: 'occurred_at', amount_claimed: 'amount' };

/** The lines to fill in for what is asked, each with its colon: `Order number:`. None for what must be attached. */
export function formLines(phrases: Phrases, asked: readonly string[]): string[] {
  const names = asked.flatMap((name) => lineOf[name] ?? formFields.find((known) => known === name) ?? []);
  // As the language writes it: the introduction of the form ends in one.
  const colon = /\s?[:：]$/u.exec(phrases.flat.get('form_intro')?.renderPlain({}) ?? '')?.[0] ?? ':';
  return [...new Set(names)].map((name) => `${phrases.form.get(name) ?? ''}${colon}`);
}

/** A mail that is ready but for what its writer knows. */
export interface ReadyMail {
  readonly to: string;
  readonly subject: string;
  /** Lines end in `\n`. */
  readonly body: string;
}

/** RFC 6068, 2 and 5: all but plain letters and digits is percent-encoded, line breaks as %0D%0A. */
export function mailtoLink({ to, subject, body }: ReadyMail): string {
  return `mailto:${percentEncode(to).replace('%40', '@')}?subject=${percentEncode(subject)}&body=${percentEncode(body)}`;
}

function percentEncode(text: string): string {
  return encodeURIComponent(text.replace(/\r?\n/gu, '\r\n')).replace(/[!'()*]/gu, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);
}

const labelsOf = new WeakMap<Replies, FormLabels>();

/** How a merchant's forms and subject lines are known again, in whichever of its languages they are filled in. */
export function formLabels(replies: Replies): FormLabels {
  const known = labelsOf.get(replies);
  if (known) return known;
  const fields = new Map<string, FormField>();
  const subjects = new Map<string, SubjectLineName>();
  const languages = new Map<string, string[]>();
  const add = (language: string, words: string): string => {
    const folded = fold(words);
    languages.set(folded, [...(languages.get(folded) ?? []), language]);
    return folded;
  };
  for (const [language, { phrases }] of replies.byLanguage) {
    for (const [name, label] of phrases.form) fields.set(add(language, label), name);
    for (const [name, words] of phrases.subjectLines) subjects.set(add(language, words), name);
  }
  const made = { fields, subjects, languages };
  labelsOf.set(replies, made);
  return made;
}
