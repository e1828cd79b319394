import { readFileSync } from 'node:fs';
import type { Examples } from './example-book.ts';
import { reasons } from '../facts.ts';
import type { Concept } from '../text/language-data.ts';

/** What examples can say: reasons, requests, threats, and nothing of all that. */
export const exampleConcepts = [
  ...reasons, 'want_refund', 'want_replacement', 'want_cancel', 'already_cancelled', 'want_revision', 'want_erasure', 'want_access', 'want_credits_back', 'privacy_question',
  'privacy_other', 'child_account', 'other_question', 'nothing_asked', 'chargeback', 'legal_threat', 'account_blocked', 'promo_funds', 'nothing',
] as const satisfies readonly (Concept | 'nothing')[];

export type ExampleConcept = (typeof exampleConcepts)[number];

export function exampleConcept(name: string): ExampleConcept | undefined {
  return exampleConcepts.find((one) => one === name);
}

/** The file of a language's example sentences. */
export function examplesOf(code: string): Buffer {
  return readFileSync(new URL(`./examples/${code}.txt`, import.meta.url));
}

/**
 * The example sentences of a language, from `examples/<code>.txt`: a line "== concept" opens a section, each line below it is a sentence.
 * @throws {Error} where the file names a concept that no example can be of
 */
export function readExamples(code: string, text = examplesOf(code).toString()): Examples {
  const sections = new Map<ExampleConcept, string[]>();
  let open: string[] = [];
  for (const [index, line] of text.split('\n').entries()) {
    const name = /^==\s*(.*?)\s*$/.exec(line)?.[1];
    if (name === undefined) {
      if (line !== '') open.push(line);
      continue;
    }
    const concept = exampleConcept(name);
    if (concept === undefined) throw new Error(`examples/${code}.txt:${String(index + 1)}: no example can be of "${name}"`);
    open = sections.get(concept) ?? [];
    sections.set(concept, open);
  }
  return Object.fromEntries(sections);
}
