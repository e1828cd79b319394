import { html, type Html } from './html.ts';
import type { WordKey, Words } from './words.ts';

/** What the keys do, which `static/desk.js` listens to. No single key sends anything. */
const keys: readonly { readonly keys: readonly string[]; readonly join?: 'keys.or' | 'keys.then'; readonly does: WordKey }[] = [
  { keys: ['j', 'k'], join: 'keys.or', does: 'keys.move' },
  { keys: ['Enter'], does: 'keys.open' },
  { keys: ['e'], does: 'keys.edit' },
  { keys: ['Ctrl Enter', '⌘ Enter'], join: 'keys.or', does: 'keys.approve' },
  { keys: ['z'], does: 'keys.undo' },
  { keys: ['a'], does: 'keys.assign' },
  { keys: ['s'], does: 'keys.snooze' },
  { keys: ['/'], does: 'keys.search' },
  { keys: ['g', 'i'], join: 'keys.then', does: 'keys.goQueue' },
  { keys: ['?'], does: 'keys.help' },
];

export function keysDialog({ say }: Words): Html {
  return html`<dialog id="keys-dialog" aria-labelledby="keys-title">
<h2 id="keys-title">${say('keys.title')}</h2>
<dl class="keys">
${keys.map((entry) => html`<div><dt>${entry.keys.map((key, index) => html`${index > 0 && html` ${say(entry.join ?? 'keys.or')} `}<kbd>${key}</kbd>`)}</dt><dd>${say(entry.does)}</dd></div>
`)}</dl>
<form method="dialog"><button class="button plain" type="submit">${say('shell.close')}</button></form>
</dialog>`;
}
