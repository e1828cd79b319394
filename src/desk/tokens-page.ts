import type { FastifyInstance, FastifyReply } from 'fastify';
import { type ApiToken, listApiTokens, makeApiToken, revokeApiToken } from './api-tokens.ts';
import { noteAccess } from './audit.ts';
import { button, checkBox, form, linkButton, selectField, textField } from './controls.ts';
import type { DeskContext } from './desk-context.ts';
import { NotFoundError } from './desk-errors.ts';
import { fieldOf, idOf, listOf } from './form-fields.ts';
import { agentOf } from './gate.ts';
import { html } from './html.ts';
import { emptyState, notice, panel } from './notices.ts';
import { sendPage } from './page.ts';
import { isScope, type Scope, scopes } from './roles.ts';
import { table } from './table.ts';
import { setToast } from './toast.ts';

/** The tokens of programs that use the API: for admins. */

const admins = { config: { access: { role: 'admin' } } } as const;
const lives = [30, 90, 365] as const;
const maxNameLength = 64;
const dayMs = 86_400_000;

export function tokensRoutes(app: FastifyInstance, desk: DeskContext): void {
  const { database } = desk.store;

  app.get('/tokens', admins, async (_request, reply) => await tokensPage(reply, desk, {}));

  app.post('/tokens', admins, async (request, reply) => {
    const { say } = request.words;
    const name = fieldOf(request, 'name').trim();
    const wanted = listOf(request, 'scope').filter(isScope);
    const days = lives.find((life) => String(life) === fieldOf(request, 'days')) ?? null;
    const faults = { name: name === '' || name.length > maxNameLength ? say('tokens.nameBad') : null, scopes: wanted.length === 0 ? say('tokens.scopesNone') : null };
    if (faults.name !== null || faults.scopes !== null) return await tokensPage(reply, desk, { name, chosen: wanted, faults });
    const expiresAt = days === null ? null : new Date(desk.now().getTime() + days * dayMs);
    const token = await makeApiToken(database, { userId: agentOf(request).userId, name, scopes: wanted, expiresAt });
    await noteAccess(database, request, 'token.made', null, { name, scopes: wanted });
    const title = say('tokens.made', { name });
    return sendPage(reply, {
      title, current: 'tokens', width: 'narrow',
      content: html`<div class="page-head"><h1>${title}</h1></div>
${notice('accent', say('tokens.madeLead'))}
<p><input class="input code" readonly value="${token}" aria-label="${title}" data-selects></p>
<p>${linkButton(say('shell.back'), '/tokens')}</p>`,
    });
  });

  app.post('/tokens/:id/revoke', admins, async (request, reply) => {
    const id = idOf(request);
    const name = id === null ? null : await revokeApiToken(database, id);
    if (name === null) throw new NotFoundError('There is no such token.');
    await noteAccess(database, request, 'token.revoked', null, { name });
    setToast(reply, desk, { text: request.words.say('tokens.revoked', { name }) });
    return await reply.redirect('/tokens', 303);
  });
}

interface TokenForm {
  readonly name?: string;
  readonly chosen?: readonly Scope[];
  readonly faults?: { readonly name: string | null; readonly scopes: string | null };
}

async function tokensPage(reply: FastifyReply, desk: DeskContext, { name = '', chosen = ['cases:read'], faults }: TokenForm): Promise<FastifyReply> {
  const { say, day, distance } = reply.request.words;
  const tokens = await listApiTokens(desk.store.database);
  return sendPage(reply, {
    title: say('tokens.title'), current: 'tokens', status: faults === undefined ? 200 : 422,
    content: html`<div class="page-head"><h1>${say('tokens.title')}</h1><p class="lead">${say('tokens.lead')}</p></div>
${tokens.length === 0 ? emptyState(say('tokens.none'), say('tokens.noneLead')) : panel(null, table(say('tokens.title'), [
  { label: say('tokens.name'), kind: 'heading', cell: (token: ApiToken) => token.name },
  { label: say('tokens.scopes'), cell: (token) => html`<span class="chips">${token.scopes.map((scope) => html`<span class="chip neutral">${say(`scope.${scope}`)}</span>`)}</span>` },
  { label: say('tokens.owner'), cell: ({ owner }) => owner },
  { label: say('tokens.used'), cell: ({ usedAt }) => (usedAt === null ? say('people.never') : distance(usedAt, desk.now())) },
  { label: say('tokens.expires'), cell: ({ expiresAt }) => (expiresAt === null ? say('tokens.expiresNever') : day(expiresAt)) },
  { label: say('people.actions'), kind: 'actions', cell: (token) => form(reply, `/tokens/${String(token.id)}/revoke`, button(say('tokens.revoke'), { look: 'danger', ariaLabel: say('tokens.revokeName', { name: token.name }) })) },
], tokens))}
${panel(say('tokens.add'), form(reply, '/tokens', html`
${textField({ name: 'name', label: say('tokens.name'), value: name, required: true, maxLength: maxNameLength, autocomplete: 'off', error: faults?.name ?? null })}
<fieldset${typeof faults?.scopes === 'string' && html` aria-describedby="error-scopes"`}><legend>${say('tokens.scopes')}</legend>
${scopes.map((scope) => checkBox({ name: 'scope', value: scope, label: say(`scope.${scope}`), checked: chosen.includes(scope) }))}
${typeof faults?.scopes === 'string' && html`<p class="error" id="error-scopes">${faults.scopes}</p>`}
</fieldset>
${selectField({ name: 'days', label: say('tokens.validFor'), value: '90', choices: [...lives.map((life) => ({ value: String(life), label: say('tokens.days', { n: life }) })), { value: '', label: say('tokens.expiresNever') }] })}
${button(say('tokens.add'), { look: 'primary' })}`, { className: 'stack narrow' }))}`,
  });
}
