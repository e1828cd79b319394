/**
 * Keeps what somebody types, ticks or chooses in the forms of a case until it is saved: in this tab, for this person. It comes back where it was after a session's end, a reload, or a
 * server that was away. Colleagues see who writes.
 */

const person = document.body.dataset.person ?? '';
const prefix = `typed ${person} `;

const typedTypes = ['text', 'number', 'date', 'checkbox'];

/** A field's key; null for one that is not filled in by people who work on a case. */
function keyOf(field) {
  const form = field.form?.getAttribute('action') ?? '';
  const isFilledIn = !(field instanceof HTMLInputElement) || typedTypes.includes(field.type);
  if (!isFilledIn || !form.startsWith('/cases/') || field.name === '') return null;
  // Each fact has a form of its own, with the same address.
  const fact = field.form.querySelector('input[type="hidden"][name="name"]')?.value ?? '';
  return `${prefix}${form} ${fact} ${field.name}`;
}

/** What is filled in, with its key: a field, or all boxes of one name. */
function entriesOf(root) {
  const entries = new Map();
  for (const field of root.querySelectorAll('textarea, input, select')) {
    const key = keyOf(field);
    if (key !== null) entries.set(key, { key, field, fields: [...(entries.get(key)?.fields ?? []), field] });
  }
  return [...entries.values()];
}

function valueOf({ field, fields }) {
  return field.type === 'checkbox' ? fields.filter(({ checked }) => checked).map(({ value }) => value).join('\n') : field.value;
}

/** As the page came. */
function givenValueOf({ field, fields }) {
  if (field.type === 'checkbox') return fields.filter(({ defaultChecked }) => defaultChecked).map(({ value }) => value).join('\n');
  return field instanceof HTMLSelectElement ? ([...field.options].find(({ defaultSelected }) => defaultSelected) ?? field.options[0])?.value ?? '' : field.defaultValue;
}

function fillIn({ field, fields }, value) {
  if (field.type === 'checkbox') for (const box of fields) box.checked = value.split('\n').includes(box.value);
  else field.value = value;
}

function canHold({ field }, value) {
  return !(field instanceof HTMLSelectElement) || [...field.options].some((option) => option.value === value);
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

function keep(entry, isSent) {
  // A full store is no reason to stop somebody from typing.
  try {
    sessionStorage.setItem(entry.key, JSON.stringify({ value: valueOf(entry), draft: hidden(entry.field, 'draft')?.value, revision: hidden(entry.field, 'revision')?.value, isSent }));
  } catch (error) {
    console.warn('typed words are not kept', error);
  }
}

// Whoever signs in next at this browser is to find nobody's words.
for (const key of keys()) if (!key.startsWith(prefix)) sessionStorage.removeItem(key);
if (document.querySelector('.toast[data-saved]') !== null) {
  for (const key of keys()) if (JSON.parse(sessionStorage.getItem(key)).isSent) sessionStorage.removeItem(key);
}

for (const entry of entriesOf(document)) {
  const kept = JSON.parse(sessionStorage.getItem(entry.key) ?? 'null');
  if (kept === null) continue;
  if (same(kept.value, givenValueOf(entry)) || !canHold(entry, kept.value)) sessionStorage.removeItem(entry.key);
  else bringBack(entry, kept);
}

function bringBack(entry, { value, draft, revision }) {
  const { field, fields, key } = entry;
  const before = hidden(field, 'revision')?.value;
  fillIn(entry, value);
  // Typed over an earlier revision, it is saved over that one only: what others saved meanwhile is put beside it.
  if (draft !== undefined && hidden(field, 'draft')?.value === draft) hidden(field, 'revision').value = revision;
  keep(entry, false);
  for (let fold = field.closest('details'); fold !== null; fold = fold.parentElement?.closest('details') ?? null) fold.open = true;
  const note = Object.assign(document.createElement('p'), { className: 'hint typed-back' });
  note.setAttribute('role', 'status');
  const discard = Object.assign(document.createElement('button'), { type: 'button', className: 'button quiet', textContent: document.body.dataset.typedDiscard ?? '' });
  discard.addEventListener('click', () => {
    sessionStorage.removeItem(key);
    fillIn(entry, givenValueOf(entry));
    if (before !== undefined) hidden(field, 'revision').value = before;
    field.dispatchEvent(new Event('input', { bubbles: true }));
    note.remove();
    fields[0].focus();
  });
  note.append(document.body.dataset.typedBack ?? '', ' ', discard);
  (field.closest('label') ?? field).after(note);
  field.dispatchEvent(new Event('input', { bubbles: true }));
}

document.addEventListener('input', ({ target }) => {
  const form = target instanceof HTMLElement && 'form' in target ? target.form : null;
  const entry = form === null ? undefined : entriesOf(form).find(({ fields }) => fields.includes(target));
  if (entry === undefined) return;
  if (same(valueOf(entry), givenValueOf(entry))) sessionStorage.removeItem(entry.key);
  else keep(entry, false);
  tellWriting();
});

document.addEventListener('submit', (event) => {
  const form = event.target;
  if (!(form instanceof HTMLFormElement)) return;
  if (form.getAttribute('action') === '/sign-out') for (const key of keys()) sessionStorage.removeItem(key);
  for (const entry of entriesOf(form)) if (sessionStorage.getItem(entry.key) !== null) keep(entry, true);
});

// Who writes ---------------------------------------------------------------------------------------------------------------------------------------

/** Says at once when somebody begins to write, or has let go of it; the page itself says it again as long as it is open. */
function tellWriting() {
  const viewers = document.getElementById('case-viewers');
  const mark = document.querySelector('#case-csrf [name="editing"]');
  if (viewers === null || mark === null) return;
  const isWriting = String(entriesOf(document).some(({ key }) => sessionStorage.getItem(key) !== null));
  if (mark.value === isWriting) return;
  mark.value = isWriting;
  viewers.dispatchEvent(new CustomEvent('desk:viewing'));
}
tellWriting();
