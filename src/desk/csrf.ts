import csrfProtection from '@fastify/csrf-protection';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

/**
 * Tokens by which a page of another site cannot make the browser of someone who is signed in act for it. A token belongs to a session, and
 * to a secret in a cookie: that of one session is none for another.
 */

const cookieName = '_csrf';

export async function registerCsrf(app: FastifyInstance, options: { secret: Buffer; secure: boolean }): Promise<void> {
  app.decorateRequest('csrf', null);
  await app.register(csrfProtection, {
    cookieKey: cookieName,
    cookieOpts: { path: '/', sameSite: 'lax', httpOnly: true, secure: options.secure, signed: true },
    csrfOpts: { hmacKey: options.secret, userInfo: true },
    getUserInfo: ownerOf,
    logLevel: 'debug',
  });
}

/** The token for the forms of this reply's page. */
export function csrfToken(reply: FastifyReply): string {
  reply.request.csrf ??= reply.generateCsrf({ userInfo: ownerOf(reply.request) });
  return reply.request.csrf;
}

function ownerOf(request: FastifyRequest): string {
  return request.agent?.through.kind === 'session' ? request.agent.through.digest : 'nobody';
}
