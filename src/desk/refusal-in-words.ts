import type { RefusalError } from '../cases/actions/action-errors.ts';
import { outcomes } from '../decision/decision.ts';
import type { PromiseFinding } from '../draft/check-promises.ts';
import { isWordKey, nameOf, outcomeName } from './names-in-words.ts';
import type { Words } from './words.ts';

/** Why something was not done, in the words of whoever asked for it. */
export function refusalInWords({ refusal, values }: RefusalError, words: Words): string {
  return words.say(refusal, valuesInWords(values, words));
}

/** Why the decision does not back what a reply says. Those that an earlier release noted have only their English. */
export function findingInWords({ message, fault, values }: Pick<PromiseFinding, 'message'> & Partial<Pick<PromiseFinding, 'fault' | 'values'>>, words: Words): string {
  return fault === undefined ? message : words.say(fault, valuesInWords(values ?? {}, words));
}

function valuesInWords(values: Readonly<Record<string, string>>, words: Words): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, valueInWords(name, value, words)]));
}

function valueInWords(name: string, value: string, words: Words): string {
  switch (name) {
    case 'fact': return nameOf(words, 'fact', value);
    case 'facts': return value.split(', ').map((each) => nameOf(words, 'fact', each)).join(', ');
    case 'outcome': return outcomeName(words, outcomes.find((each) => each === value) ?? null);
    case 'state': case 'remedy': {
      const key = `${name === 'state' ? 'draft' : name}.${value}`;
      return isWordKey(key) ? words.say(key) : value;
    }
    default: return value;
  }
}
