import type { FastifyInstance, FastifyReply } from 'fastify';
import { type Account, type AccountFault, addAccount, listAccounts, makeSignInLink, readAccount, removeAccount, setRole } from './accounts.ts';
import { noteAccess } from './audit.ts';
import { button, form, linkButton, optionsOf, selectField, textField } from './controls.ts';
import type { DeskContext } from './desk-context.ts';
import { NotFoundError } from './desk-errors.ts';
import { fieldOf, idOf } from './form-fields.ts';
import { agentOf } from './gate.ts';
import { html, type HtmlValue } from './html.ts';
import { notice, panel } from './notices.ts';
import { sendPage } from './page.ts';
import { isRole, roles } from './roles.ts';
import { endSessions } from './sessions.ts';
import { signInLinkLifeMs, signInLinkUrl } from './sign-in-link.ts';
import { table } from './table.ts';
import { setToast } from './toast.ts';
import type { WordKey, Words } from './words.ts';

/** Who may sit at the desk: for admins. */

const admins = { config: { access: { role: 'admin' } } } as const;

export function peopleRoutes(app: FastifyInstance, desk: DeskContext): void {
  const { database } = desk.store;

  app.get('/people', admins, async (_request, reply) => await peoplePage(reply, desk, null));

  app.post('/people', admins, async (request, reply) => {
    const name = fieldOf(request, 'name').trim();
    const email = fieldOf(request, 'email').trim();
    const role = fieldOf(request, 'role');
    const added = await addAccount(database, { name, email: email === '' ? null : email, role: isRole(role) ? role : 'reader' });
    if (typeof added === 'string') return await peoplePage(reply, desk, { fault: added, name, email, role });
    await noteAccess(database, request, 'account.added', null, { user: added, role: isRole(role) ? role : 'reader' });
    return await linkPage(reply, desk, added);
  });

  app.post('/people/:id/role', admins, async (request, reply) => {
    const account = await accountIn(desk, idOf(request));
    const role = fieldOf(request, 'role');
    const { say } = request.words;
    const fault = isRole(role) ? await setRole(database, account.id, role) : 'gone';
    if (fault === null && isRole(role)) {
      await noteAccess(database, request, 'account.role_changed', null, { user: account.id, from: account.role, to: role });
      setToast(reply, desk, { text: say('people.roleChanged', { name: account.name, role: say(`role.${role}`) }) });
    } else if (fault !== null) setToast(reply, desk, { text: say(faultWords[fault]), tone: 'bad' });
    return await reply.redirect('/people', 303);
  });

  app.post('/people/:id/link', admins, async (request, reply) => {
    const account = await accountIn(desk, idOf(request));
    await noteAccess(database, request, 'account.link_made', null, { user: account.id });
    return await linkPage(reply, desk, account.id);
  });

  app.post('/people/:id/remove', admins, async (request, reply) => {
    const account = await accountIn(desk, idOf(request));
    const { say } = request.words;
    const fault = await removeAccount(database, account.id);
    if (fault === null) {
      await endSessions(database, account.id, null);
      await noteAccess(database, request, 'account.removed', null, { user: account.id });
    }
    setToast(reply, desk, fault === null ? { text: say('people.removed', { name: account.name }) } : { text: say(faultWords[fault]), tone: 'bad' });
    return await reply.redirect('/people', 303);
  });
}

const faultWords: Readonly<Record<AccountFault, WordKey>> = {
  name_taken: 'people.nameTaken', name_bad: 'people.nameBad', email_bad: 'people.emailBad', last_admin: 'people.lastAdmin', gone: 'people.gone',
};

async function accountIn(desk: DeskContext, id: number | null): Promise<Account> {
  const account = id === null ? null : await readAccount(desk.store.database, id);
  if (account === null) throw new NotFoundError('There is no such person.');
  return account;
}

interface Refused {
  readonly fault: AccountFault;
  readonly name: string;
  readonly email: string;
  readonly role: string;
}

async function peoplePage(reply: FastifyReply, desk: DeskContext, refused: Refused | null): Promise<FastifyReply> {
  const { words } = reply.request;
  const { say } = words;
  const people = await listAccounts(desk.store.database);
  const wrong = (field: 'name' | 'email'): string | null => (refused !== null && (refused.fault === 'email_bad') === (field === 'email') ? say(faultWords[refused.fault]) : null);
  return sendPage(reply, {
    title: say('people.title'), current: 'users', status: refused === null ? 200 : 422,
    content: html`<div class="page-head"><h1>${say('people.title')}</h1><p class="lead">${say('people.lead')}</p></div>
${panel(null, table(say('people.title'), [
  { label: say('people.name'), kind: 'heading', cell: (person: Account) => html`${person.name}${person.id === agentOf(reply.request).userId && html` <span class="chip accent">${say('people.you')}</span>`}` },
  { label: say('people.email'), cell: ({ email }) => email ?? '–' },
  { label: say('people.role'), cell: (person) => roleForm(reply, person, words) },
  { label: say('people.signedIn'), cell: ({ signedInAt }) => (signedInAt === null ? say('people.never') : html`<time datetime="${signedInAt.toISOString()}">${words.distance(signedInAt, desk.now())}</time>`) },
  { label: say('people.actions'), kind: 'actions', cell: (person) => actionsOf(reply, person, words) },
], people))}
${panel(say('people.add'), form(reply, '/people', html`
${textField({ name: 'name', label: say('people.name'), value: refused?.name ?? '', required: true, maxLength: 64, autocomplete: 'off', error: wrong('name') })}
${textField({ name: 'email', label: say('people.email'), type: 'email', value: refused?.email ?? '', maxLength: 254, autocomplete: 'off', hint: say('people.emailHint'), error: wrong('email') })}
${selectField({ name: 'role', label: say('people.role'), value: refused?.role ?? 'sender', choices: roles.map((role) => ({ value: role, label: `${say(`role.${role}`)}: ${say(`role.${role}.about`)}` })) })}
${button(say('people.add'), { look: 'primary' })}`, { className: 'stack narrow' }))}`,
  });
}

function roleForm(reply: FastifyReply, { id, name, role }: Account, { say }: Words): HtmlValue {
  return form(reply, `/people/${String(id)}/role`, html`
<select class="input small" name="role" aria-label="${say('people.roleOf', { name })}">${optionsOf(roles.map((value) => ({ value, label: say(`role.${value}`) })), role)}</select>
${button(say('shell.save'), { look: 'quiet', ariaLabel: `${say('shell.save')}: ${say('people.roleOf', { name })}` })}`, { className: 'inline' });
}

function actionsOf(reply: FastifyReply, { id, name }: Account, { say }: Words): HtmlValue {
  return html`<div class="inline">
${form(reply, `/people/${String(id)}/link`, button(say('people.newLink'), { look: 'quiet', ariaLabel: say('people.newLinkFor', { name }) }))}
${form(reply, `/people/${String(id)}/remove`, button(say('people.remove'), { look: 'danger', ariaLabel: say('people.removeName', { name }) }))}
</div>`;
}

async function linkPage(reply: FastifyReply, desk: DeskContext, userId: number): Promise<FastifyReply> {
  const { say, moment } = reply.request.words;
  const account = await accountIn(desk, userId);
  const until = new Date(desk.now().getTime() + signInLinkLifeMs);
  const url = signInLinkUrl(desk.settings.publicUrl ?? `${reply.request.protocol}://${reply.request.host}`, await makeSignInLink(desk.store.database, userId, until));
  const title = say('people.linkTitle', { name: account.name });
  return sendPage(reply, {
    title, current: 'users', width: 'narrow',
    content: html`<div class="page-head"><h1>${title}</h1></div>
${notice('accent', say('people.linkLead', { name: account.name, until: moment(until) }))}
<p><input class="input code" readonly value="${url}" aria-label="${title}" data-selects></p>
<p>${linkButton(say('shell.back'), '/people')}</p>`,
  });
}
