import type { FastifyReply } from 'fastify';
import { csrfToken } from './csrf.ts';
import { csrfField } from './controls.ts';
import { html, type Html, type HtmlValue } from './html.ts';
import { queueBoardUrl } from '../monitoring/board-url.ts';
import { icon, type IconName } from './icons.ts';
import { keysDialog } from './keys-dialog.ts';
import { mayAct, type Role } from './roles.ts';
import { staticUrl } from './static-files.ts';
import { takeToast, type Toast } from './toast.ts';
import type { WordKey, Words } from './words.ts';

/** A page of the desk: what stands between navigation and foot. */
export interface Page {
  readonly title: string;
  /** The place in the navigation that it belongs to. */
  readonly current?: NavigationPlace;
  readonly content: HtmlValue;
  /** `narrow`: forms and texts · `wide` (the default): lists and cases · `alone`: without navigation, in the middle. */
  readonly width?: 'narrow' | 'wide' | 'alone';
  readonly status?: number;
  /** Kinds of news that the page hears of, beside `cases`. */
  readonly news?: string;
}

export type NavigationPlace = 'queue' | 'numbers' | 'users' | 'tokens' | 'audit' | 'account';

interface NavigationItem {
  readonly place: NavigationPlace;
  readonly href: string;
  readonly label: WordKey;
  readonly icon: IconName;
  readonly role: Role;
}

const navigation: readonly NavigationItem[] = [
  { place: 'queue', href: '/', label: 'shell.queue', icon: 'queue', role: 'reader' },
  { place: 'numbers', href: '/numbers', label: 'shell.numbers', icon: 'numbers', role: 'reader' },
  { place: 'users', href: '/people', label: 'shell.users', icon: 'people', role: 'admin' },
  { place: 'tokens', href: '/tokens', label: 'shell.tokens', icon: 'tokens', role: 'admin' },
  { place: 'audit', href: '/audit', label: 'shell.audit', icon: 'audit', role: 'admin' },
];

// No style sheet made by htmx, which the page's CSP would refuse; no script in what is swapped in; no request to other sites.
const htmxConfig = JSON.stringify({ includeIndicatorCSS: false, mode: 'same-origin', history: false });

/** Sends the page in the shell: head, navigation, toast, keyboard help. Returns the reply, for `return sendPage(…)` in a handler. */
export function sendPage(reply: FastifyReply, page: Page): FastifyReply {
  return sendHtml(reply.code(page.status ?? 200), documentOf(reply, page));
}

/** Sends a part of a page, for htmx to put into one. */
export function sendHtml(reply: FastifyReply, markup: Html): FastifyReply {
  return reply.type('text/html; charset=utf-8').header('cache-control', 'no-store').send(markup.toString());
}

function documentOf(reply: FastifyReply, { title, current, content, news, width = 'wide' }: Page): Html {
  const { agent, words } = reply.request;
  const { say } = words;
  const toast = takeToast(reply);
  return html`<!doctype html>
<html lang="${words.language}" dir="ltr">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<meta name="htmx-config" content="${htmxConfig}">
<title>${title} · refund-triage</title>
<link rel="icon" href="${staticUrl('icon.svg')}" type="image/svg+xml">
<link rel="stylesheet" href="${staticUrl('desk.css')}">
${agent !== null && html`<link rel="stylesheet" href="${staticUrl('cases.css')}">`}
${agent !== null && html`<script src="${staticUrl('htmx.min.js')}" defer></script>
<script src="${staticUrl('desk.js')}" type="module"></script>
<script src="${staticUrl('typed-words.js')}" type="module"></script>`}
</head>
<body class="${width === 'alone' ? 'alone' : 'desk'}"${agent !== null && html` hx-headers:inherited="${JSON.stringify({ 'csrf-token': csrfToken(reply) })}" data-lost="${say('shell.connectionLost')}"${news !== undefined && html` data-news="cases ${news}"`} data-person="${agent.userId}" data-typed-back="${say('kept.back')}" data-typed-discard="${say('kept.discard')}"`}>
<a class="skip" href="#content">${say('shell.skip')}</a>
${width !== 'alone' && agent !== null && header(reply, words, current, agent.role, agent.name)}
<main id="content" class="${width}" tabindex="-1">
${content}
</main>
<div id="toasts" class="toasts" role="status" aria-live="polite">${toast !== null && toastMarkup(reply, toast, words)}</div>
${agent !== null && width !== 'alone' && keysDialog(words)}
</body>
</html>
`;
}

function header(reply: FastifyReply, { say }: Words, current: NavigationPlace | undefined, role: Role, name: string): Html {
  const mark = (place: NavigationPlace): HtmlValue => place === current && html` aria-current="page"`;
  return html`<header class="bar">
<a class="brand" href="/"><span class="brand-mark" aria-hidden="true">${icon('check')}</span><span>refund-triage</span></a>
<nav class="places" aria-label="${say('shell.navigation')}">
<ul>
${navigation.filter((item) => mayAct(role, item.role)).map((item) => html`<li><a href="${item.href}"${mark(item.place)}>${icon(item.icon)}<span>${say(item.label)}</span></a></li>
`)}</ul>
</nav>
<details class="menu">
<summary aria-label="${say('shell.menu')}: ${name}">${icon('account')}<span class="menu-name">${name}</span></summary>
<div class="menu-list">
<p class="menu-who"><strong>${name}</strong><br>${say(`role.${role}`)}</p>
<a href="/account"${mark('account')}>${say('shell.account')}</a>
${mayAct(role, 'admin') && reply.server.doors.some(({ url }) => url === queueBoardUrl) && html`<a href="${queueBoardUrl}">${say('shell.queues')}</a>`}
<button type="button" class="scripted" data-opens="keys-dialog">${say('shell.keys')}</button>
<form method="post" action="/sign-out">${csrfField(reply)}<button type="submit">${say('shell.signOut')}</button></form>
</div>
</details>
</header>`;
}

/** Also for what arrives by htmx: put it into `#toasts`. */
export function toastMarkup(reply: FastifyReply, toast: Toast, { say }: Words): Html {
  const { undo } = toast;
  return html`<div class="toast ${toast.tone}"${toast.saved === true && html` data-saved`}${undo !== null && html` data-until="${undo.until}"`}>
<p>${toast.text}</p>
${undo !== null && html`<form method="post" action="${undo.action}">${csrfField(reply)}<button type="submit" class="button quiet" data-key="undo">${say('shell.undo')}</button></form>`}
</div>`;
}
