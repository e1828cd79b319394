import type { FastifyReply } from 'fastify';
import { csrfToken } from './csrf.ts';
import { flag, html, type Html, type HtmlValue } from './html.ts';

/** Buttons, fields and forms. Every form that changes something is made by `form`, which carries the CSRF token. */

export type ButtonLook = 'primary' | 'plain' | 'quiet' | 'danger';

/** Submits the form around it. `name` and `value` tell several buttons of a form apart. */
export function button(label: HtmlValue, options: { look?: ButtonLook; name?: string; value?: string; ariaLabel?: string; key?: string; disabled?: boolean } = {}): Html {
  return html`<button type="submit" class="button ${options.look ?? 'plain'}"${named(options.name, options.value)}${attribute('aria-label', options.ariaLabel)}${attribute('data-key', options.key)}${flag('disabled', options.disabled ?? false)}>${label}</button>`;
}

/** A link that looks like a button. */
export function linkButton(label: HtmlValue, href: string, options: { look?: ButtonLook; key?: string } = {}): Html {
  return html`<a class="button ${options.look ?? 'plain'}" href="${href}"${attribute('data-key', options.key)}>${label}</a>`;
}

/** A form that is sent by POST to `action`, with the CSRF token. */
export function form(reply: FastifyReply, action: string, content: HtmlValue, options: { className?: string; id?: string; ariaLabel?: string } = {}): Html {
  return html`<form method="post" action="${action}"${attribute('class', options.className)}${attribute('id', options.id)}${attribute('aria-label', options.ariaLabel)}>
${csrfField(reply)}${content}
</form>`;
}

export function csrfField(reply: FastifyReply): Html {
  return html`<input type="hidden" name="_csrf" value="${csrfToken(reply)}">`;
}

export interface FieldOptions {
  readonly name: string;
  readonly label: string;
  readonly value?: string;
  readonly type?: 'text' | 'email' | 'password' | 'search' | 'date' | 'datetime-local' | 'number';
  readonly autocomplete?: string;
  readonly hint?: string;
  /** What is wrong with it; it is read out with the field. */
  readonly error?: string | null;
  readonly required?: boolean;
  readonly autofocus?: boolean;
  readonly maxLength?: number;
}

export function textField(options: FieldOptions): Html {
  const { name, label, value = '', type = 'text' } = options;
  return labelled(options, html`<input class="input" id="field-${name}" name="${name}" type="${type}" value="${value}"${attribute('autocomplete', options.autocomplete)}${attribute('maxlength', options.maxLength)}${described(options)}${flag('required', options.required ?? false)}${flag('autofocus', options.autofocus ?? false)}${type === 'password' || type === 'email' ? html` autocapitalize="none" spellcheck="false"` : null}>`, label);
}

export function textArea(options: Omit<FieldOptions, 'type' | 'autocomplete'> & { readonly rows?: number; readonly language?: string; readonly direction?: 'ltr' | 'rtl' | 'auto' }): Html {
  const { name, label, value = '' } = options;
  // A newline right after the tag is not part of the value, so that one at the value's beginning is kept (HTML, 13.1.2.5).
  return labelled(options, html`<textarea class="input" id="field-${name}" name="${name}" rows="${options.rows ?? 6}"${attribute('lang', options.language)} dir="${options.direction ?? 'auto'}"${attribute('maxlength', options.maxLength)}${described(options)}${flag('required', options.required ?? false)}>
${value}</textarea>`, label);
}

export interface Choice {
  readonly value: string;
  readonly label: string;
  readonly language?: string;
}

export function selectField(options: Omit<FieldOptions, 'type'> & { readonly choices: readonly Choice[] }): Html {
  const { name, label, value = '' } = options;
  return labelled(options, html`<select class="input" id="field-${name}" name="${name}"${described(options)}>${optionsOf(options.choices, value)}</select>`, label);
}

export function optionsOf(choices: readonly Choice[], value: string): Html {
  return html`${choices.map((choice) => html`<option value="${choice.value}"${attribute('lang', choice.language)}${flag('selected', choice.value === value)}>${choice.label}</option>`)}`;
}

export function checkBox(options: { readonly name: string; readonly value: string; readonly label: HtmlValue; readonly checked?: boolean }): Html {
  return html`<label class="check"><input type="checkbox" name="${options.name}" value="${options.value}"${flag('checked', options.checked ?? false)}><span>${options.label}</span></label>`;
}

/** ` name="value"` with the space before it, or nothing where there is no value. `name` is a constant of ours. */
export function attribute(name: string, value: string | number | null | undefined): Html | null {
  return value === null || value === undefined ? null : html` ${name}="${value}"`;
}

function named(name: string | undefined, value: string | undefined): HtmlValue {
  return [attribute('name', name), attribute('value', value)];
}

function labelled({ name, hint, error }: Pick<FieldOptions, 'name' | 'hint' | 'error'>, control: Html, label: string): Html {
  return html`<div class="field${typeof error === 'string' ? ' wrong' : ''}">
<label for="field-${name}">${label}</label>
${control}
${hint !== undefined && html`<p class="hint" id="hint-${name}">${hint}</p>`}
${typeof error === 'string' && html`<p class="error" id="error-${name}">${error}</p>`}
</div>`;
}

function described({ name, hint, error }: Pick<FieldOptions, 'name' | 'hint' | 'error'>): HtmlValue {
  const ids = [...(hint === undefined ? [] : [`hint-${name}`]), ...(typeof error === 'string' ? [`error-${name}`] : [])];
  return [ids.length > 0 && html` aria-describedby="${ids.join(' ')}"`, typeof error === 'string' && html` aria-invalid="true"`];
}
