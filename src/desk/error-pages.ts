import { randomUUID } from 'node:crypto';
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { TriageError } from '../errors.ts';
import { linkButton } from './controls.ts';
import type { DeskContext } from './desk-context.ts';
import { html } from './html.ts';
import { sendPage } from './page.ts';
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
    if (error instanceof TriageError && error.code === 'not_signed_in') return await sendToSignIn(request, reply);
    const fault = faultOf(error);
    if (fault !== '500' && fault !== '503') return await tell(request, reply, fault, error.code, error instanceof TriageError ? error.message : null);
    const id = randomUUID();
    desk.logger.error({ id, route: request.routeOptions.url ?? null, method: request.method, code: error.code, reason: error.message, stack: error.stack }, 'the desk could not answer');
    return await tell(request, reply, fault, error instanceof TriageError ? error.code : 'unexpected_error', null, id);
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

/** A browser that opens a page is shown the way in, and brought back afterwards; programs and scripts are told. */
async function sendToSignIn(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  if (wantsJson(request) || request.headers.authorization !== undefined) {
    return await reply.code(401).header('www-authenticate', 'Bearer').send({ error: { code: 'not_signed_in', message: 'Sign in, or send a token that is for this.' } });
  }
  if (request.headers['hx-request'] !== undefined) return await reply.code(401).header('hx-redirect', '/sign-in').send();
  return await reply.redirect(request.method === 'GET' && request.url !== '/' ? `/sign-in?to=${encodeURIComponent(request.url)}` : '/sign-in', 303);
}

async function tell(request: FastifyRequest, reply: FastifyReply, fault: Fault, code: string, message: string | null, id: string | null = null): Promise<FastifyReply> {
  const status = fault === 'csrf' ? 403 : Number(fault);
  if (wantsJson(request)) return await reply.code(status).send({ error: { code, message: message ?? request.words.say(`error.${fault}`), ...(id === null ? {} : { id }) } });
  const { say } = request.words;
  const title = say(`error.${fault}`);
  return sendPage(reply, {
    title, status, width: request.agent === null ? 'alone' : 'narrow',
    content: html`<div class="fault">
<p class="fault-status" aria-hidden="true">${status}</p>
<h1>${title}</h1>
<p>${say(`error.${fault}.lead` satisfies WordKey)}</p>
${id !== null && html`<p class="muted">${say('error.id', { id })}</p>`}
<p>${linkButton(say('error.home'), '/', { look: 'primary' })}</p>
</div>`,
  });
}

function wantsJson(request: FastifyRequest): boolean {
  return request.url.startsWith('/api/') || request.agent?.through.kind === 'token' || request.headers.accept?.includes('application/json') === true;
}
