import { html, type Html, type HtmlValue } from './html.ts';

/** How a chip speaks: by its words first, by its colour only beside them. */
export type Tone = 'neutral' | 'accent' | 'good' | 'caution' | 'bad';

/** A small label for a state, a flag, an outcome. `title` explains it where it is short. */
export function chip(label: HtmlValue, tone: Tone = 'neutral', title?: string): Html {
  return html`<span class="chip ${tone}"${title !== undefined && html` title="${title}"`}>${label}</span>`;
}

export function chips(items: readonly Html[]): Html {
  return html`<span class="chips">${items}</span>`;
}
