/**
 * What makes the desk quicker for those whose browser runs scripts: keys, dialogs, toasts, news. Everything works without it: each key presses a
 * button, follows a link or goes to a field that is on the page. No single key sends anything.
 */

document.documentElement.classList.add('scripted');

// Keys ---------------------------------------------------------------------------------------------------------------------------------------------

/** What a key looks for on the page, as `data-key`. */
const keyNames = { e: 'edit', z: 'undo', a: 'assign', s: 'snooze', '/': 'search' };
const sequenceMs = 1_500;
let pendingUntil = 0;

document.addEventListener('keydown', (event) => {
  if (event.defaultPrevented || event.isComposing) return;
  if (event.key === 'Enter' && (event.ctrlKey || event.metaKey) && !event.altKey) {
    if (!isDialogOpen()) useKey('approve', event);
    return;
  }
  if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target) || isDialogOpen()) return;
  if (pendingUntil > event.timeStamp && event.key === 'i') {
    pendingUntil = 0;
    event.preventDefault();
    location.assign('/');
    return;
  }
  pendingUntil = event.key === 'g' ? event.timeStamp + sequenceMs : 0;
  if (event.key === 'j' || event.key === 'k') moveBy(event.key === 'j' ? 1 : -1, event);
  else if (event.key === '?') openDialog('keys-dialog', event);
  else if (Object.hasOwn(keyNames, event.key)) useKey(keyNames[event.key], event);
});

/** A dialog's own fields and buttons have the keys while it is open. */
function isDialogOpen() {
  return document.querySelector('dialog[open]') !== null;
}

function isTyping(target) {
  if (!(target instanceof HTMLElement)) return false;
  if (target instanceof HTMLInputElement) return !['checkbox', 'radio', 'button', 'submit'].includes(target.type);
  return target.isContentEditable || target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement;
}

/** Buttons and links are pressed, fields are gone to, what is folded is opened. */
function useKey(name, event) {
  const target = [...document.querySelectorAll(`[data-key="${name}"]`)].find((element) => element.checkVisibility());
  if (target === undefined || target.matches(':disabled')) return;
  event.preventDefault();
  if (target instanceof HTMLDetailsElement) {
    target.open = true;
    target.querySelector('input:not([type="hidden"]), select, textarea, button')?.focus();
  } else if (target.matches('input, select, textarea')) {
    target.focus();
    if (target instanceof HTMLInputElement) target.select();
  } else target.click();
}

/** From one `[data-item]` to the next: its link has the focus, so that Enter opens it. On the page of one thing, to the next thing's page. */
function moveBy(step, event) {
  const items = [...document.querySelectorAll('[data-item]')].filter((item) => item.checkVisibility());
  if (items.length === 0) {
    document.querySelector(`main a[rel="${step > 0 ? 'next' : 'prev'}"]`)?.click();
    return;
  }
  event.preventDefault();
  const at = items.findIndex((item) => item.contains(document.activeElement));
  const next = items[at === -1 ? (step > 0 ? 0 : items.length - 1) : Math.min(items.length - 1, Math.max(0, at + step))];
  (next.matches('a, button, [tabindex]') ? next : next.querySelector('a, button, [tabindex]'))?.focus();
  next.scrollIntoView({ block: 'nearest' });
}

// Dialogs, menus, fields that are there to be copied -------------------------------------------------------------------------------------------------

document.addEventListener('click', (event) => {
  const target = event.target instanceof Element ? event.target : null;
  const opener = target?.closest('[data-opens]');
  if (opener) openDialog(opener.dataset.opens, event);
  for (const menu of openMenus()) if (opener || !menu.contains(target)) menu.open = false;
  if (target?.matches('dialog')) target.close();
});

document.addEventListener('keydown', (event) => {
  if (event.key !== 'Escape') return;
  for (const menu of openMenus()) {
    menu.open = false;
    menu.querySelector('summary')?.focus();
  }
});

document.addEventListener('focusin', (event) => {
  if (event.target instanceof HTMLInputElement && 'selects' in event.target.dataset) event.target.select();
});

/** What lies over the page while it is open. */
function openMenus() {
  return [...document.querySelectorAll('details.menu[open], main > .acts > .act[open], .facts td > .act[open]')].filter((menu) => getComputedStyle(menu.lastElementChild).position === 'absolute');
}

document.addEventListener('toggle', ({ target }) => {
  const menus = openMenus();
  if (menus.includes(target)) for (const menu of menus) if (menu !== target) menu.open = false;
}, true);

function openDialog(id, event) {
  const dialog = document.getElementById(id);
  if (!(dialog instanceof HTMLDialogElement) || dialog.open) return;
  event.preventDefault();
  dialog.showModal();
}

// Toasts -------------------------------------------------------------------------------------------------------------------------------------------

const toastMs = 10_000;
const toasts = document.getElementById('toasts');
if (toasts !== null) {
  for (const toast of toasts.children) retire(toast);
  new MutationObserver((changes) => {
    for (const { addedNodes } of changes) for (const node of addedNodes) if (node instanceof HTMLElement) retire(node);
  }).observe(toasts, { childList: true });
}

/** Takes a toast away when its time is over, but not from under a pointer or the keyboard. */
function retire(toast) {
  const until = Number(toast.dataset.until ?? 0);
  const remove = () => {
    if (toast.matches(':hover, :focus-within')) setTimeout(remove, 1_000);
    else toast.remove();
  };
  setTimeout(remove, until > 0 ? Math.max(0, until - Date.now()) : toastMs);
}

// News ---------------------------------------------------------------------------------------------------------------------------------------------

/**
 * Each piece of news becomes an event on the body, `desk:KIND`, with the data as `detail`: parts of the page ask for themselves anew by
 * `hx-trigger="desk:cases from:body"`. Only while the page is seen: a browser has few connections to one server.
 */
let source = null;
let missedNews = false;
let lostTimer = 0;
const lostAfterMs = 15_000;

function listen() {
  if (source !== null || document.visibilityState === 'hidden') return;
  source = new EventSource('/live');
  source.addEventListener('open', () => {
    clearTimeout(lostTimer);
    lostTimer = 0;
    document.getElementById('lost')?.remove();
    if (missedNews) tell('cases', { kind: 'cases', cases: [] });
    missedNews = false;
  });
  source.addEventListener('error', () => {
    missedNews = true;
    if (lostTimer === 0) lostTimer = setTimeout(showLost, lostAfterMs);
    // A refusal, such as of a session that has ended, ends the connection for good.
    if (source?.readyState === EventSource.CLOSED) source = null;
  });
  for (const kind of (document.body.dataset.news ?? 'cases').split(' ')) {
    source.addEventListener(kind, (message) => { tell(kind, JSON.parse(message.data)); });
  }
}

function tell(kind, detail) {
  document.body.dispatchEvent(new CustomEvent(`desk:${kind}`, { detail }));
  if (kind === 'viewing') {
    for (const part of document.querySelectorAll('[data-viewers]')) if (detail.cases.includes(Number(part.dataset.viewers))) part.dispatchEvent(new CustomEvent('desk:viewing'));
  }
  if (kind !== 'cases') return;
  // A part of the page that is about one case hears of that one.
  for (const part of document.querySelectorAll('[data-case]')) {
    if (detail.cases.length === 0 || detail.cases.includes(Number(part.dataset.case))) part.dispatchEvent(new CustomEvent('desk:case'));
  }
}

// Sentences that are put into a field --------------------------------------------------------------------------------------------------------------

document.addEventListener('click', (event) => {
  const inserter = event.target instanceof Element ? event.target.closest('[data-inserts]') : null;
  const choice = document.getElementById(inserter?.dataset.inserts ?? '');
  const field = document.getElementById(inserter?.dataset.into ?? '');
  if (!(choice instanceof HTMLSelectElement) || !(field instanceof HTMLTextAreaElement)) return;
  field.setRangeText(choice.value, field.selectionStart, field.selectionEnd, 'end');
  field.focus();
  field.dispatchEvent(new Event('input', { bubbles: true }));
});

function showLost() {
  const words = document.body.dataset.lost;
  if (words === undefined || document.getElementById('lost') !== null) return;
  const bar = Object.assign(document.createElement('p'), { id: 'lost', className: 'lost', textContent: words });
  bar.setAttribute('role', 'status');
  document.body.append(bar);
}

document.addEventListener('visibilitychange', () => {
  if (document.visibilityState !== 'hidden') {
    listen();
    return;
  }
  source?.close();
  source = null;
  missedNews = true;
});
listen();
