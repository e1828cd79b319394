import { randomUUID } from 'node:crypto';
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { TriageError } from '../errors.ts';
import { linkButton } from './controls.ts';
import type { DeskContext } from './desk-context.ts';
import { idOf } from './form-fields.ts';
import { html, type HtmlValue } from './html.ts';
import { keepWords, type KeptForm, typedForm } from './kept-words.ts';
import { notice } from './notices.ts';
import { sendPage } from './page.ts';
import { sessionCookie } from './session-cookie.ts';
import { readSessionOwner } from './sessions.ts';
import { safeTarget, signInPage } from './sign-in-page.ts';
import type { WordKey } from './words.ts';

/** What goes wrong, told on a page, or as JSON to programs. Only a fault of ours gets a number, by which it is found in the log. */

type Fault = '400' | '403' | '404' | '409' | '429' | '500' | '503' | 'csrf';

const statusOf: Readonly<Record<string, Fault>> = {
  not_allowed: '403', not_found: '404', bad_request: '400', case_not_found: '404', case_changed: '409', store_unavailable: '503',
  FST_CSRF_MISSING_SECRET: 'csrf', FST_CSRF_INVALID_TOKEN: 'csrf',
};

export function registerErrorPages(app: FastifyInstance, desk: DeskContext): void {
  app.setNotFoundHandler(async (request, reply) => await tell(request, reply, '404', 'not_found', null));
  app.setErrorHandler(async (error: FastifyError, request, reply) => {
    if (error instanceof TriageError && error.code === 'not_signed_in') return await sendToSignIn(request, reply, desk);
    const fault = faultOf(error);
    if (fault !== '500' && fault !== '503') {
      const kept = fault === 'csrf' && request.agent !== null ? await keepTyped(request, desk, request.agent.userId) : false;
      return await tell(request, reply, fault, error.code, error instanceof TriageError ? error.message : null, { kept });
    }
    const id = randomUUID();
    desk.logger.error({ id, route: request.routeOptions.url ?? null, method: request.method, code: error.code, reason: error.message, stack: error.stack }, 'the desk could not answer');
    return await tell(request, reply, fault, error instanceof TriageError ? error.code : 'unexpected_error', null, { id });
  });
}

function faultOf(error: FastifyError): Fault {
  const known = statusOf[error.code];
  if (known !== undefined) return known;
  if (error instanceof TriageError) return error.retryable ? '503' : '400';
  const status = error.statusCode ?? 500;
  if (status === 429) return '429';
  if (status === 404) return '404';
  return status >= 400 && status < 500 ? '400' : '500';
}

/** A browser is shown the way in, and brought back afterwards, with what was typed into a form; programs and scripts are told. */
async function sendToSignIn(request: FastifyRequest, reply: FastifyReply, desk: DeskContext): Promise<FastifyReply> {
  if (wantsJson(request) || request.headers.authorization !== undefined) {
    return await reply.code(401).header('www-authenticate', 'Bearer').send({ error: { code: 'not_signed_in', message: 'Sign in, or send a token that is for this.' } });
  }
  const to = pageBehind(request);
  const signIn = to === '/' ? '/sign-in' : `/sign-in?to=${encodeURIComponent(to)}`;
  if (request.headers['hx-request'] !== undefined) return await reply.code(401).header('hx-redirect', signIn).send();
  const typed = request.isBarred ? typedForm(request) : null;
  if (typed === null) return await reply.redirect(signIn, 303);
  const token = sessionCookie(request, desk);
  const owner = token === null ? null : await readSessionOwner(desk.store.database, token);
  if (owner !== null && await keepTyped(request, desk, owner)) return await reply.redirect(`${signIn}&said=kept`, 303);
  return sendPage(reply, { ...signInPage(reply, desk, { to, told: notice('caution', html`<p>${request.words.say('kept.copy')}</p>${wordsToCopy(typed)}`) }), status: 401 });
}

/** Nobody has a place for them now. */
export function wordsToCopy({ form, fields }: KeptForm): HtmlValue {
  return Object.entries(fields).filter(([name]) => name !== 'draft' && name !== 'revision').map(([name, values]) => html`<pre class="their-words" tabindex="0" dir="auto" aria-label="${`${form}: ${name}`}">${values.join('\n')}</pre>`);
}

async function keepTyped(request: FastifyRequest, desk: DeskContext, userId: number): Promise<boolean> {
  const caseId = idOf(request);
  return caseId !== null && await keepWords(desk.store.database, userId, caseId, typedForm(request));
}

/** The page that somebody was at: the one they asked for; that of the form that they sent; that which asked for a part of itself. */
function pageBehind(request: FastifyRequest): string {
  if (request.headers['hx-request'] !== undefined) {
    const url = request.headers['hx-current-url'];
    const shown = typeof url === 'string' && URL.canParse(url) ? new URL(url) : null;
    return shown === null ? '/' : safeTarget(`${shown.pathname}${shown.search}`);
  }
  if (request.method === 'GET') return request.url;
  const pattern = (request.routeOptions.url ?? '').split('/');
  const path = request.url.replace(/\?.*$/u, '').split('/');
  for (let length = pattern.length; length > 1; length -= 1) {
    const url = pattern.slice(0, length).join('/');
    if (request.server.doors.some((door) => door.method === 'GET' && door.url === url)) return safeTarget(path.slice(0, length).join('/'));
  }
  return '/';
}

interface Told {
  /** By which a fault of ours is found in the log. */
  readonly id?: string;
  /** What was typed is kept at its case. */
  readonly kept?: boolean;
}

async function tell(request: FastifyRequest, reply: FastifyReply, fault: Fault, code: string, message: string | null, { id, kept = false }: Told = {}): Promise<FastifyReply> {
  const status = fault === 'csrf' ? 403 : Number(fault);
  if (wantsJson(request)) return await reply.code(status).send({ error: { code, message: message ?? request.words.say(`error.${fault}`), ...(id === undefined ? {} : { id }) } });
  const { say } = request.words;
  const title = say(`error.${fault}`);
  return sendPage(reply, {
    title, status, width: request.agent === null ? 'alone' : 'narrow',
    content: html`<div class="fault">
<p class="fault-status" aria-hidden="true">${status}</p>
<h1>${title}</h1>
<p>${say(`error.${fault}.lead` satisfies WordKey)}</p>
${id !== undefined && html`<p class="muted">${say('error.id', { id })}</p>`}
${kept && html`<p>${say('kept.atCase')}</p><p>${linkButton(say('kept.toCase'), `/cases/${String(idOf(request))}`, { look: 'primary' })}</p>`}
<p>${linkButton(say('error.home'), '/', { look: kept ? 'plain' : 'primary' })}</p>
</div>`,
  });
}

function wantsJson(request: FastifyRequest): boolean {
  return request.url.startsWith('/api/') || request.agent?.through.kind === 'token' || request.headers.accept?.includes('application/json') === true;
}
