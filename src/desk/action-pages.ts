import type { FastifyReply } from 'fastify';
import type { DraftSaved } from '../cases/actions/save-draft.ts';
import type { PromiseFinding } from '../draft/check-promises.ts';
import { button, form, linkButton, textArea, textField } from './controls.ts';
import { html, type Html } from './html.ts';
import { notice } from './notices.ts';
import type { sendPage } from './page.ts';
import { findingInWords } from './refusal-in-words.ts';

/** Pages that ask something before a deed is done. Nothing was changed when they are shown. */

type Page = Parameters<typeof sendPage>[1];

interface AskedOf {
  readonly caseId: number;
  readonly version: number;
  readonly draft: string;
}

function known({ version, draft }: AskedOf, revision: number): Html {
  return html`<input type="hidden" name="version" value="${version}"><input type="hidden" name="draft" value="${draft}"><input type="hidden" name="revision" value="${revision}">`;
}

/** The reply says what its decision does not back: mend it, or say why it goes out. */
export function promisesPage(reply: FastifyReply, asked: AskedOf & { readonly revision: number; readonly findings: readonly PromiseFinding[] }): Page {
  const { say } = reply.request.words;
  const title = say('action.promises');
  return {
    title, current: 'queue', width: 'narrow', status: 422,
    content: html`<div class="page-head"><h1>${title}</h1></div>
${notice('caution', html`<ul class="findings">${asked.findings.map((finding) => html`<li><q dir="auto">${finding.text}</q> – ${findingInWords(finding, reply.request.words)}</li>`)}</ul>`)}
<p>${say('action.promisesLead')}</p>
${form(reply, `/cases/${String(asked.caseId)}/draft/send`, html`${known(asked, asked.revision)}${textField({ name: 'reason', label: say('action.reason'), required: true, maxLength: 1_000, autofocus: true })}
${button(say('action.sendAnyway'), { look: 'danger' })} ${linkButton(say('action.back'), `/cases/${String(asked.caseId)}`)}`)}`,
  };
}

/** Two people wrote at the same time: what both began with, what the other saved, and what this one wrote, to be put together. */
export function conflictPage(reply: FastifyReply, asked: AskedOf & { readonly conflict: Extract<DraftSaved, { kind: 'conflict' }>; readonly language: string }): Page {
  const { say } = reply.request.words;
  const { conflict, language, caseId } = asked;
  const title = say('action.conflict');
  const shown = (heading: string, text: string): Html => html`<section><h2>${heading}</h2><pre class="their-words" lang="${language}" dir="auto" tabindex="0">${text}</pre></section>`;
  return {
    title, current: 'queue', status: 409,
    content: html`<div class="page-head"><h1>${title}</h1><p class="lead">${say('action.conflictLead')}</p></div>
<div class="case-columns"><div class="case-column">${form(reply, `/cases/${String(caseId)}/draft/save`, html`${known(asked, conflict.revision)}
${textArea({ name: 'text', label: say('action.conflictMine'), value: conflict.mine, rows: 16, language, maxLength: 50_000 })}
${button(say('action.save'), { look: 'primary', name: 'deed', value: 'save' })} ${linkButton(say('action.back'), `/cases/${String(caseId)}`)}`)}</div>
<div class="case-column">${shown(say('action.conflictTheirs', { name: conflict.by ?? say('action.mailProgram') }), conflict.theirs)}${conflict.base !== null && shown(say('action.conflictBase'), conflict.base)}</div></div>`,
  };
}
