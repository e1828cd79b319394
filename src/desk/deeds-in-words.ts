import type { AuditEntry } from './audit.ts';
import { html, type Html, type HtmlValue } from './html.ts';
import { isWordKey, theirs } from './names-in-words.ts';
import { isRole } from './roles.ts';
import type { Words } from './words.ts';

/** What was done, in the desk's words; by its own name where an earlier release noted what this one does not know. */
export function deedInWords({ kind }: Pick<AuditEntry, 'kind'>, { say }: Words): HtmlValue {
  const key = `deed.${kind}`;
  return isWordKey(key) ? say(key) : html`<code>${kind}</code>`;
}

/** Which, and how: each part with its name. `people` has the names of the accounts that are still there. */
export function detailInWords(detail: AuditEntry['detail'], people: ReadonlyMap<number, string>, words: Words): Html[] {
  return Object.entries(detail).flatMap(([name, value]) => {
    const shown = valueInWords(name, value, people, words);
    const key = `deed.detail.${name}`;
    return shown === null ? [] : [html`${isWordKey(key) ? words.say(key) : name}: ${shown}`];
  });
}

function valueInWords(name: string, value: unknown, people: ReadonlyMap<number, string>, words: Words): HtmlValue {
  const { say } = words;
  if (name === 'query') return value === '' ? null : html`<a href="/?${String(value)}">${theirs(queryInWords(String(value)))}</a>`;
  if (name === 'user' && typeof value === 'number') return people.get(value) ?? value;
  // Counted from nought.
  if (name === 'place' && typeof value === 'number') return value + 1;
  if (typeof value === 'boolean') return say(`value.${value}`);
  if (Array.isArray(value)) return value.map((each) => nameOf('scope', String(each), words)).join(', ');
  if (typeof value !== 'string') return JSON.stringify(value);
  return isRole(value) ? say(`role.${value}`) : name === 'by' ? nameOf('deed.way', value, words) : theirs(value);
}

function nameOf(group: string, name: string, { say }: Words): string {
  const key = `${group}.${name}`;
  return isWordKey(key) ? say(key) : name;
}

function queryInWords(query: string): string {
  return Array.from(new URLSearchParams(query), ([name, value]) => `${name}=${value}`).join(' ');
}
