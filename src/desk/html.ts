/**
 * HTML that is safe to send: made by the `html` tag, which escapes everything put into it except other `Html`. So text from a mail can never become
 * markup by being forgotten; only `trustedHtml` lets markup in, and says so.
 */
export class Html {
  readonly #markup: string;

  /** Only for this file: elsewhere it is made by `html` and `trustedHtml`. */
  constructor(markup: string) {
    this.#markup = markup;
  }

  toString(): string {
    return this.#markup;
  }
}

/** `null`, `undefined` and `false` put in nothing, so that `condition && html…` works; lists are joined without a gap. */
export type HtmlValue = Html | string | number | bigint | null | undefined | false | readonly HtmlValue[];

const checkedTemplates = new WeakSet<TemplateStringsArray>();

/** Escaped for text and for quoted attribute values alike. Throws `TypeError` where a value would stand in an attribute without quotes. */
export function html(strings: TemplateStringsArray, ...values: readonly HtmlValue[]): Html {
  if (!checkedTemplates.has(strings)) checkQuotes(strings);
  let markup = strings[0] ?? '';
  for (const [index, value] of values.entries()) markup += markupOf(value) + (strings[index + 1] ?? '');
  return new Html(markup);
}

/** Markup that is already safe: the output of a sanitiser or of a template of ours. Never text that somebody wrote. */
export function trustedHtml(markup: string): Html {
  return new Html(markup);
}

/** An attribute without a value, such as ` disabled`, with the space before it; nothing where `on` is false. */
export function flag(name: 'checked' | 'selected' | 'disabled' | 'required' | 'hidden' | 'open' | 'autofocus' | 'readonly', on: boolean): Html {
  return new Html(on ? ` ${name}` : '');
}

function markupOf(value: HtmlValue): string {
  if (value === null || value === undefined || value === false) return '';
  if (value instanceof Html) return value.toString();
  if (typeof value === 'object') return value.map(markupOf).join('');
  return escapeHtml(String(value));
}

const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

export function escapeHtml(text: string): string {
  return text.replaceAll(/[&<>"']/g, (character) => escapes[character] ?? '');
}

// In `<a href=${x}>` a space in x would begin another attribute, such as an event handler.
function checkQuotes(strings: TemplateStringsArray): void {
  let inTag = false;
  let quote = '';
  for (const part of strings.slice(0, -1)) {
    for (const { 0: character, index } of part.matchAll(/["'<>]/g)) {
      if (quote !== '') quote = character === quote ? '' : quote;
      else if (character === '>') inTag = false;
      else if (character !== '<') quote = inTag ? character : '';
      else inTag = /^<[a-z]/i.test(part.slice(index, index + 2));
    }
    if (inTag && quote === '' && /=\s*$/.test(part)) throw new TypeError(`An attribute's value needs quotes: …${part.slice(-30)}`);
  }
  checkedTemplates.add(strings);
}
