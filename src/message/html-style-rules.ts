import { parseStyle, type Style } from './html-visibility.ts';

/**
 * The style sheets of an HTML mail, as far as they can hide text: rules with simple selectors (`p`, `.note`, `p.note`, `#note`) outside of
 * `@media`, which mails use for layouts of other screens.
 */
export class StyleRules {
  readonly #rules = new Map<string, Style>();
  #charsRead = 0;

  get isEmpty(): boolean {
    return this.#rules.size === 0;
  }

  add(sheet: string): void {
    this.#charsRead += sheet.length;
    if (this.#charsRead > maxSheetChars) return;
    const text = sheet.replaceAll(/<!--|-->/g, ' ');
    let position = 0;
    while (position < text.length && this.#rules.size < maxRules) {
      const open = text.indexOf('{', position);
      if (open < 0) return;
      const selectors = withoutComments(text.slice(position, open)).trim();
      const end = blockEnd(text, open);
      if (!selectors.startsWith('@') && selectors.length < 2000) this.#keep(selectors, text.slice(open + 1, end));
      position = end + 1;
    }
  }

  #keep(selectors: string, declarations: string): void {
    const style = parseStyle(declarations);
    if (style.size === 0) return;
    for (const selector of selectors.toLowerCase().split(',')) {
      const key = selector.trim();
      if (!/^[a-z0-9]*(?:[.#][a-z0-9_-]+)?$/.test(key) || key === '') continue;
      this.#rules.set(key, new Map([...(this.#rules.get(key) ?? []), ...style]));
    }
  }

  /** The element's style: rules by tag, class and id, then its own. */
  styleOf(tag: string, classes: string | undefined, id: string | undefined, inline: Style): Style {
    if (this.#rules.size === 0) return inline;
    const merged = new Map<string, string>(this.#rules.get(tag));
    const merge = (key: string): void => {
      const rule = this.#rules.get(key);
      if (rule !== undefined) for (const [name, value] of rule) merged.set(name, value);
    };
    for (const name of (classes ?? '').toLowerCase().split(/\s+/, 20)) {
      if (name === '') continue;
      merge(`.${name}`);
      merge(`${tag}.${name}`);
    }
    if (id !== undefined && id !== '') {
      merge(`#${id.toLowerCase()}`);
      merge(`${tag}#${id.toLowerCase()}`);
    }
    for (const [name, value] of inline) merged.set(name, value);
    return merged;
  }
}

const maxSheetChars = 300_000;
const maxRules = 3000;

/** The index of the brace that closes the one at `open`. */
function blockEnd(text: string, open: number): number {
  let depth = 0;
  for (let i = open; i < text.length; i++) {
    const char = text.charCodeAt(i);
    if (char === 0x7b) depth++;
    else if (char === 0x7d && --depth === 0) return i;
  }
  return text.length;
}

/** Found end by end: a pattern would look for the end of a comment that has none from each of its beginnings. */
function withoutComments(text: string): string {
  let kept = '';
  let position = 0;
  for (let open = text.indexOf('/*'); open !== -1; open = text.indexOf('/*', position)) {
    const close = text.indexOf('*/', open + 2);
    if (close === -1) break;
    kept += `${text.slice(position, open)} `;
    position = close + 2;
  }
  return kept + text.slice(position);
}
