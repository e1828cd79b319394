import type { Tone } from './chips.ts';
import { html, type Html, type HtmlValue } from './html.ts';
import { icon } from './icons.ts';

/** Something to know before going on. `bad` and `caution` are read out at once. */
export function notice(tone: Tone, content: HtmlValue): Html {
  const urgent = tone === 'bad' || tone === 'caution';
  return html`<div class="notice ${tone}"${urgent && html` role="alert"`}>${icon(urgent ? 'warning' : 'check')}<div>${content}</div></div>`;
}

/** What stands where a list would, when there is nothing in it. */
export function emptyState(title: string, lead: string, action: HtmlValue = null): Html {
  return html`<div class="empty">${icon('empty')}<h2>${title}</h2><p>${lead}</p>${action}</div>`;
}

/** A part of a page with a heading of its own; null where the page's own says enough. */
export function panel(title: HtmlValue | null, content: HtmlValue, options: { id?: string; actions?: HtmlValue } = {}): Html {
  return html`<section class="panel"${options.id !== undefined && html` id="${options.id}"`}>
${title !== null && html`<div class="panel-head"><h2>${title}</h2>${options.actions}</div>`}
${content}
</section>`;
}
