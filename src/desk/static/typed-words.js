/**
 * Keeps what somebody types into the forms of a case until it is saved: in this tab, for this person. It comes back where it was after a session's end, a reload, or a
 * server that was away. Colleagues see who writes.
 */

const person = document.body.dataset.person ?? '';
const prefix = `typed ${person} `;

/** A field's key; null for one that is no typed words of a case. */
function keyOf(field) {
  const form = field.form?.getAttribute('action') ?? '';
  const isText = field instanceof HTMLTextAreaElement || (field instanceof HTMLInputElement && ['text', 'number'].includes(field.type));
  if (!isText || !form.startsWith('/cases/') || field.name === '') return null;
  // Each fact has a form of its own, with the same address.
  const fact = field.form.querySelector('input[type="hidden"][name="name"]')?.value ?? '';
  return `${prefix}${form} ${fact} ${field.name}`;
}

function fieldsOf(root) {
  return [...root.querySelectorAll('textarea, input')].flatMap((field) => {
    const key = keyOf(field);
    return key === null ? [] : [{ field, key }];
  });
}

function same(one, other) {
  return one.replaceAll('\r\n', '\n').trim() === other.replaceAll('\r\n', '\n').trim();
}

function hidden(field, name) {
  return field.form.querySelector(`input[type="hidden"][name="${name}"]`);
}

function keys() {
  return Object.keys(sessionStorage).filter((key) => key.startsWith('typed '));
}

function keep(field, key, isSent) {
  // A full store is no reason to stop somebody from typing.
  try {
    sessionStorage.setItem(key, JSON.stringify({ value: field.value, draft: hidden(field, 'draft')?.value, revision: hidden(field, 'revision')?.value, isSent }));
  } catch (error) {
    console.warn('typed words are not kept', error);
  }
}

// Whoever signs in next at this browser is to find nobody's words.
for (const key of keys()) if (!key.startsWith(prefix)) sessionStorage.removeItem(key);
if (document.querySelector('.toast[data-saved]') !== null) {
  for (const key of keys()) if (JSON.parse(sessionStorage.getItem(key)).isSent) sessionStorage.removeItem(key);
}

for (const { field, key } of fieldsOf(document)) {
  const kept = JSON.parse(sessionStorage.getItem(key) ?? 'null');
  if (kept === null) continue;
  if (same(kept.value, field.defaultValue)) sessionStorage.removeItem(key);
  else bringBack(field, key, kept);
}

function bringBack(field, key, { value, draft, revision }) {
  const before = hidden(field, 'revision')?.value;
  field.value = value;
  // Typed over an earlier revision, it is saved over that one only: what others saved meanwhile is put beside it.
  if (draft !== undefined && hidden(field, 'draft')?.value === draft) hidden(field, 'revision').value = revision;
  keep(field, key, false);
  for (let fold = field.closest('details'); fold !== null; fold = fold.parentElement?.closest('details') ?? null) fold.open = true;
  const note = Object.assign(document.createElement('p'), { className: 'hint typed-back' });
  note.setAttribute('role', 'status');
  const discard = Object.assign(document.createElement('button'), { type: 'button', className: 'button quiet', textContent: document.body.dataset.typedDiscard ?? '' });
  discard.addEventListener('click', () => {
    sessionStorage.removeItem(key);
    field.value = field.defaultValue;
    if (before !== undefined) hidden(field, 'revision').value = before;
    field.dispatchEvent(new Event('input', { bubbles: true }));
    note.remove();
    field.focus();
  });
  note.append(document.body.dataset.typedBack ?? '', ' ', discard);
  field.after(note);
  field.dispatchEvent(new Event('input', { bubbles: true }));
}

document.addEventListener('input', (event) => {
  const key = event.target instanceof HTMLElement && 'form' in event.target ? keyOf(event.target) : null;
  if (key === null) return;
  if (same(event.target.value, event.target.defaultValue)) sessionStorage.removeItem(key);
  else keep(event.target, key, false);
  tellWriting();
});

document.addEventListener('submit', (event) => {
  const form = event.target;
  if (!(form instanceof HTMLFormElement)) return;
  if (form.getAttribute('action') === '/sign-out') for (const key of keys()) sessionStorage.removeItem(key);
  for (const { field, key } of fieldsOf(form)) if (sessionStorage.getItem(key) !== null) keep(field, key, true);
});

// Who writes ---------------------------------------------------------------------------------------------------------------------------------------

/** Says at once when somebody begins to write, or has let go of it; the page itself says it again as long as it is open. */
function tellWriting() {
  const viewers = document.getElementById('case-viewers');
  const mark = document.querySelector('#case-csrf [name="editing"]');
  if (viewers === null || mark === null) return;
  const isWriting = String(fieldsOf(document).some(({ key }) => sessionStorage.getItem(key) !== null));
  if (mark.value === isWriting) return;
  mark.value = isWriting;
  viewers.dispatchEvent(new CustomEvent('desk:viewing'));
}
tellWriting();
