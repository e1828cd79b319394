import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { type Account, checkPassword, readSignInLink, takeSignInLink } from './accounts.ts';
import { noteDeed } from './audit.ts';
import { button, form, linkButton, textField } from './controls.ts';
import type { DeskContext } from './desk-context.ts';
import { fieldOf, pathPart, queryOf } from './form-fields.ts';
import { html, type Html, type HtmlValue } from './html.ts';
import { icon } from './icons.ts';
import { purgeWords } from './kept-words.ts';
import { notice } from './notices.ts';
import { sendPage } from './page.ts';
import { endSessionCookie, setSessionCookie } from './session-cookie.ts';
import { beginSession, endSession } from './sessions.ts';
import { countSignIn, forgetSignIn } from './sign-in-limits.ts';

/** How people get in and out: by password, by a link that works once; with their organisation in `oidc-routes.ts`. */

const anyone = { config: { access: 'anyone' } } as const;

export function signInRoutes(app: FastifyInstance, desk: DeskContext): void {
  const { database } = desk.store;

  app.get('/sign-in', anyone, async (request, reply) => {
    if (request.agent !== null) return await reply.redirect(safeTarget(queryOf(request, 'to')), 303);
    const said = queryOf(request, 'said');
    const { say } = request.words;
    return sendPage(reply, signInPage(reply, desk, {
      to: queryOf(request, 'to'),
      told: said === 'kept' ? notice('caution', say('kept.signIn')) : said === 'ended' ? notice('good', say('signIn.ended')) : said === 'oidc' ? notice('bad', say('signIn.oidcFailed')) : said === 'role' ? notice('bad', say('signIn.oidcNoRole')) : null,
    }));
  });

  let warned = false;
  app.post('/sign-in', anyone, async (request, reply) => {
    if (!warned && request.headers['x-forwarded-for'] !== undefined && desk.settings.trustedProxies.length === 0) {
      warned = true;
      desk.logger.warn('a proxy is in front of the desk, and desk: trusted_proxies does not name it: attempts to sign in are counted as if all came from it');
    }
    const attempt = { account: fieldOf(request, 'name').trim().slice(0, 300), address: request.ip };
    const { say } = request.words;
    const page = (told: Html, status: number): FastifyReply => sendPage(reply, { ...signInPage(reply, desk, { to: fieldOf(request, 'to'), name: attempt.account, told }), status });
    const pauseMs = await countSignIn(database, attempt, desk.now());
    if (pauseMs > 0) {
      const minutes = Math.ceil(pauseMs / 60_000);
      await noteDeed(database, null, 'sign_in.held', null, {});
      return page(notice('bad', say('signIn.tooMany', { n: minutes })), 429);
    }
    const account = await checkPassword(database, attempt.account, fieldOf(request, 'password'));
    if (account === null) {
      await noteDeed(database, null, 'sign_in.refused', null, {});
      return page(notice('bad', say('signIn.refused')), 403);
    }
    await forgetSignIn(database, attempt);
    return await admit(request, reply, desk, account, 'password', fieldOf(request, 'to'));
  });

  app.get('/sign-in/link/:token', anyone, async (request, reply) => {
    const account = await readSignInLink(database, pathPart(request, 'token'), desk.now());
    return sendPage(reply, linkPage(reply, account, pathPart(request, 'token')));
  });

  // Only a press of the button uses the link up: mail programs and chats open links to look at them.
  app.post('/sign-in/link/:token', anyone, async (request, reply) => {
    const account = await takeSignInLink(database, pathPart(request, 'token'), desk.now());
    if (account === null) return sendPage(reply, linkPage(reply, null, ''));
    return await admit(request, reply, desk, account, 'link', '/');
  });

  app.post('/sign-out', { config: { access: { role: 'reader' } } }, async (request, reply) => {
    if (request.agent?.through.kind === 'session') {
      await endSession(database, request.agent.through.digest);
      await noteDeed(database, request.agent, 'sign_out', null, {});
    }
    endSessionCookie(reply, desk);
    return await reply.redirect('/sign-in?said=ended', 303);
  });
}

/** Begins a session for someone who has shown who they are, and sends them on. The browser's earlier session, if any, ends. */
export async function admit(request: FastifyRequest, reply: FastifyReply, desk: DeskContext, account: Account, by: 'password' | 'link' | 'oidc', to: string): Promise<FastifyReply> {
  const { database } = desk.store;
  if (request.agent?.through.kind === 'session') await endSession(database, request.agent.through.digest);
  await purgeWords(database);
  const token = await beginSession(database, account.id, request.headers['user-agent'] ?? '', desk.settings, desk.now());
  await noteDeed(database, { userId: account.id, name: account.name }, 'sign_in', null, { by });
  setSessionCookie(reply, desk, token);
  return await reply.redirect(safeTarget(to), 303);
}

/** A path of ours to go on to. Not another site's address, in any spelling that a browser takes for one, and not what changes something. */
export function safeTarget(to: string): string {
  return /^\/(?![/\\])[\w\-./?=&%~+,:]*$/.test(to) && !to.startsWith('/sign-') && !to.startsWith('/live') ? to : '/';
}

interface SignInState {
  readonly to: string;
  readonly name?: string;
  readonly told: HtmlValue;
}

/** The way in, with something to say before it. */
export function signInPage(reply: FastifyReply, desk: DeskContext, { to, name = '', told }: SignInState): { title: string; width: 'alone'; content: Html } {
  const { say } = reply.request.words;
  const target = safeTarget(to);
  return {
    title: say('signIn.title'), width: 'alone',
    content: welcome(say('signIn.title'), say('signIn.lead'), html`
${told}
${form(reply, '/sign-in', html`
<input type="hidden" name="to" value="${target}">
${textField({ name: 'name', label: say('signIn.name'), value: name, autocomplete: 'username', required: true, maxLength: 300, autofocus: name === '' })}
${textField({ name: 'password', label: say('signIn.password'), type: 'password', autocomplete: 'current-password', required: true, maxLength: 256, autofocus: name !== '' })}
${button(say('signIn.submit'), { look: 'primary' })}`, { className: 'stack' })}
${desk.settings.oidc !== null && html`<p class="or"><span>${say('signIn.or')}</span></p>
<p>${linkButton(say('signIn.oidc'), `/sign-in/oidc${target === '/' ? '' : `?to=${encodeURIComponent(target)}`}`)}</p>`}`),
  };
}

function linkPage(reply: FastifyReply, account: Account | null, token: string): { title: string; width: 'alone'; status: number; content: Html } {
  const { say } = reply.request.words;
  if (account === null) {
    return { title: say('signIn.title'), width: 'alone', status: 404, content: welcome(say('signIn.title'), say('signIn.lead'), html`${notice('bad', say('link.gone'))}<p>${linkButton(say('signIn.title'), '/sign-in')}</p>`) };
  }
  const title = say('link.title', { name: account.name });
  return {
    title, width: 'alone', status: 200,
    content: welcome(title, say('link.lead'), form(reply, `/sign-in/link/${encodeURIComponent(token)}`, button(say('link.submit', { name: account.name }), { look: 'primary' }), { className: 'stack' })),
  };
}

function welcome(title: string, lead: string, content: HtmlValue): Html {
  return html`<div class="welcome">
<p class="brand"><span class="brand-mark" aria-hidden="true">${icon('check')}</span><span>refund-triage</span></p>
<h1>${title}</h1>
<p class="lead">${lead}</p>
${content}
</div>`;
}
