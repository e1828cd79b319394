import type { FastifyInstance, FastifyReply } from 'fastify';
import { type Account, checkPassword, readAccount, setPassword, setPreferences } from './accounts.ts';
import { noteAccess } from './audit.ts';
import { button, form, selectField, textField } from './controls.ts';
import type { DeskContext } from './desk-context.ts';
import { NotAllowedError } from './desk-errors.ts';
import { fieldOf } from './form-fields.ts';
import { agentOf } from './gate.ts';
import { html, type HtmlValue } from './html.ts';
import { panel } from './notices.ts';
import { sendPage } from './page.ts';
import { faultOfPassword, hashPassword, maxPasswordLength, minPasswordLength } from './passwords.ts';
import { programName } from './program-name.ts';
import { endSessions, listSessions, type Session } from './sessions.ts';
import { countSignIn, forgetSignIn } from './sign-in-limits.ts';
import { table } from './table.ts';
import { setToast } from './toast.ts';
import { deskLanguageNames, deskLanguages, isDeskLanguage, type Words, wordsIn } from './words.ts';

/** What each person sets for themselves: language, time zone, password; and where they are signed in. */

const everyone = { config: { access: { role: 'reader' } } } as const;

export function accountRoutes(app: FastifyInstance, desk: DeskContext): void {
  const { database } = desk.store;

  app.get('/account', everyone, async (_request, reply) => await accountPage(reply, desk, {}));

  app.post('/account/preferences', everyone, async (request, reply) => {
    const agent = agentOf(request);
    const language = fieldOf(request, 'language');
    const timeZone = fieldOf(request, 'time_zone');
    const chosen = { language: isDeskLanguage(language) ? language : null, timeZone: timeZones().includes(timeZone) ? timeZone : null };
    await setPreferences(database, agent.userId, chosen);
    const words = chosen.language === null ? request.words : wordsIn(chosen.language, chosen.timeZone);
    setToast(reply, desk, { text: words.say('shell.saved') });
    return await reply.redirect('/account', 303);
  });

  app.post('/account/password', everyone, async (request, reply) => {
    const agent = agentOf(request);
    const { say } = request.words;
    const account = await readAccount(database, agent.userId);
    const wanted = fieldOf(request, 'new_password');
    // Who leaves the organisation is to be out; a password of their own here would keep them in.
    if (account === null || account.fromOidc) throw new NotAllowedError('This account signs in with the organisation.');
    if (account.hasPassword) {
      const attempt = { account: account.name, address: request.ip };
      const pauseMs = await countSignIn(database, attempt, desk.now());
      if (pauseMs > 0) return await accountPage(reply, desk, { current: say('signIn.tooMany', { n: Math.ceil(pauseMs / 60_000) }) });
      if ((await checkPassword(database, account.name, fieldOf(request, 'current_password'))) === null) return await accountPage(reply, desk, { current: say('account.passwordWrong') });
      await forgetSignIn(database, attempt);
    }
    const fault = faultOfPassword(wanted, agent.name);
    if (fault !== null) return await accountPage(reply, desk, { wanted: faultWords(fault, request.words) });
    await setPassword(database, agent.userId, await hashPassword(wanted));
    await endSessions(database, agent.userId, agent.through.kind === 'session' ? agent.through.digest : null);
    await noteAccess(database, request, 'account.password_changed');
    setToast(reply, desk, { text: say('account.passwordChanged') });
    return await reply.redirect('/account', 303);
  });

  app.post('/account/sessions/end', everyone, async (request, reply) => {
    const agent = agentOf(request);
    const ended = await endSessions(database, agent.userId, agent.through.kind === 'session' ? agent.through.digest : null);
    await noteAccess(database, request, 'account.sessions_ended', null, { ended });
    setToast(reply, desk, { text: request.words.say('account.othersEnded', { n: ended }) });
    return await reply.redirect('/account', 303);
  });
}

interface PasswordFaults {
  readonly current?: string;
  readonly wanted?: string;
}

async function accountPage(reply: FastifyReply, desk: DeskContext, faults: PasswordFaults): Promise<FastifyReply> {
  const { database } = desk.store;
  const agent = agentOf(reply.request);
  const { words } = reply.request;
  const account = await readAccount(database, agent.userId);
  const sessions = await listSessions(database, agent.userId, desk.settings, desk.now());
  return sendPage(reply, {
    title: words.say('account.title'), current: 'account', width: 'narrow', status: faults.current === undefined && faults.wanted === undefined ? 200 : 422,
    content: html`<div class="page-head"><h1>${words.say('account.title')}</h1><p class="lead">${agent.name} · ${words.say(`role.${agent.role}`)}: ${words.say(`role.${agent.role}.about`)}</p></div>
${preferencesPanel(reply, words)}
${account !== null && passwordPanel(reply, account, faults, words)}
${sessionsPanel(reply, sessions, desk.now(), words)}`,
  });
}

function preferencesPanel(reply: FastifyReply, { say }: Words): HtmlValue {
  const agent = agentOf(reply.request);
  return panel(say('account.preferences'), form(reply, '/account/preferences', html`
${selectField({
  name: 'language', label: say('account.language'), value: agent.language ?? '',
  choices: [{ value: '', label: say('account.languageOfBrowser') }, ...deskLanguages.map((code) => ({ value: code, label: deskLanguageNames[code], language: code }))],
})}
${selectField({
  name: 'time_zone', label: say('account.timeZone'), value: agent.timeZone ?? '',
  choices: [{ value: '', label: say('account.timeZoneOfServer', { zone: new Intl.DateTimeFormat().resolvedOptions().timeZone }) }, ...timeZones().map((zone) => ({ value: zone, label: zone.replaceAll('_', ' ') }))],
})}
${button(say('shell.save'), { look: 'primary' })}`, { className: 'stack' }));
}

function passwordPanel(reply: FastifyReply, account: Account, faults: PasswordFaults, { say }: Words): HtmlValue {
  if (account.fromOidc) return panel(say('account.password'), html`<p class="muted">${say('account.organisation')}</p>`);
  return panel(say('account.password'), html`
${!account.hasPassword && html`<p class="muted">${say('account.noPassword')}</p>`}
${form(reply, '/account/password', html`
<input type="text" name="username" value="${account.name}" autocomplete="username" hidden>
${account.hasPassword && textField({ name: 'current_password', label: say('account.currentPassword'), type: 'password', autocomplete: 'current-password', required: true, maxLength: maxPasswordLength, error: faults.current ?? null })}
${textField({ name: 'new_password', label: say('account.newPassword'), type: 'password', autocomplete: 'new-password', required: true, maxLength: maxPasswordLength, hint: say('account.newPasswordHint', { n: minPasswordLength }), error: faults.wanted ?? null })}
${button(account.hasPassword ? say('account.changePassword') : say('account.setPassword'))}`, { className: 'stack' })}`);
}

function sessionsPanel(reply: FastifyReply, sessions: readonly Session[], now: Date, { say, moment, distance }: Words): HtmlValue {
  const { through } = agentOf(reply.request);
  const isThis = (session: Session): boolean => through.kind === 'session' && session.digest === through.digest;
  return panel(say('account.sessions'), html`${table(say('account.sessions'), [
    { label: say('account.program'), kind: 'heading', cell: (session) => html`${programName(session.program)}${isThis(session) && html` <span class="chip accent">${say('account.thisSession')}</span>`}` },
    { label: say('account.since'), cell: ({ createdAt }) => html`<time datetime="${createdAt.toISOString()}">${moment(createdAt)}</time>` },
    { label: say('account.lastSeen'), cell: ({ seenAt }) => html`<time datetime="${seenAt.toISOString()}">${distance(seenAt, now)}</time>` },
  ], sessions)}
${sessions.length > 1 && form(reply, '/account/sessions/end', button(say('account.endOthers')))}`);
}

function faultWords(fault: 'short' | 'long' | 'common', { say }: Words): string {
  switch (fault) {
    case 'short': return say('account.passwordShort', { n: minPasswordLength });
    case 'long': return say('account.passwordLong', { n: maxPasswordLength });
    case 'common': return say('account.passwordCommon');
    default: return fault satisfies never;
  }
}

function timeZones(): readonly string[] {
  return Intl.supportedValuesOf('timeZone');
}
