import type { FastifyInstance } from 'fastify';
import { listAccounts } from './accounts.ts';
import { type AuditEntry, listAudit, noteAccess } from './audit.ts';
import { linkButton } from './controls.ts';
import { deedInWords, detailInWords } from './deeds-in-words.ts';
import type { DeskContext } from './desk-context.ts';
import { queryOf } from './form-fields.ts';
import { html } from './html.ts';
import { emptyState, panel } from './notices.ts';
import { sendPage } from './page.ts';
import { table } from './table.ts';

const pageLength = 100;

/** Who looked at what: for admins. */
export function auditRoutes(app: FastifyInstance, desk: DeskContext): void {
  app.get('/audit', { config: { access: { role: 'admin' } } }, async (request, reply) => {
    const { say, moment } = request.words;
    const before = numberIn(queryOf(request, 'before'));
    const caseId = numberIn(queryOf(request, 'case'));
    await noteAccess(desk.store.database, request, 'audit.opened', null, caseId === null ? {} : { case: caseId });
    const entries = await listAudit(desk.store.database, { ...(before === null ? {} : { before }), ...(caseId === null ? {} : { caseId }), limit: pageLength });
    const people = new Map((await listAccounts(desk.store.database)).map(({ id, name }) => [id, name]));
    const last = entries.length === pageLength ? entries.at(-1) : undefined;
    return sendPage(reply, {
      title: say('audit.title'), current: 'audit',
      content: html`<div class="page-head"><h1>${say('audit.title')}</h1><p class="lead">${say('audit.lead')}</p></div>
${entries.length === 0 ? emptyState(say('audit.none'), say('audit.lead')) : panel(null, table(say('audit.title'), [
  { label: say('audit.when'), cell: ({ at }: AuditEntry) => html`<time datetime="${at.toISOString()}">${moment(at)}</time>` },
  { label: say('audit.who'), cell: ({ userName, token }) => html`${userName ?? say('audit.nobody')}${token !== null && html` <span class="chip neutral">${token}</span>`}` },
  { label: say('audit.what'), cell: (entry) => html`<div class="anywhere">${deedInWords(entry, request.words)}${detailInWords(entry.detail, people, request.words).map((part) => html` <span class="muted">· ${part}</span>`)}</div>` },
  { label: say('audit.case'), cell: ({ caseId: about }) => (about === null ? '–' : html`<a href="/cases/${about}">${about}</a>`) },
], entries))}
${last !== undefined && html`<p>${linkButton(say('audit.older'), `/audit?before=${String(last.id)}${caseId === null ? '' : `&case=${String(caseId)}`}`)}</p>`}`,
    });
  });
}

function numberIn(text: string): number | null {
  return /^[1-9]\d{0,14}$/.test(text) ? Number(text) : null;
}
