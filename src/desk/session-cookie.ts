import type { FastifyReply, FastifyRequest } from 'fastify';
import type { DeskContext } from './desk-context.ts';
import { rememberedMs } from './sessions.ts';

const cookieName = 'refund_triage_session';

/** Whether browsers reach the desk by TLS, so that its cookies are never sent without. */
export function isSecure(desk: Pick<DeskContext, 'settings'>): boolean {
  return desk.settings.publicUrl?.startsWith('https:') === true;
}

/** `__Host-`: no other host of the same domain can set it (RFC 6265bis, 4.1.3.2); browsers take such names by TLS only. */
function nameFor(secure: boolean): string {
  return secure ? `__Host-${cookieName}` : cookieName;
}

/** The session's token as the browser sent it, with our signature on it; else null. */
export function sessionCookie(request: FastifyRequest, desk: DeskContext): string | null {
  const cookie = request.cookies[nameFor(isSecure(desk))];
  if (cookie === undefined) return null;
  const { valid, value } = request.unsignCookie(cookie);
  return valid ? value : null;
}

/** The cookie outlives its session for as long as that is remembered, in which time it opens nothing. */
export function setSessionCookie(reply: FastifyReply, desk: DeskContext, token: string): void {
  const secure = isSecure(desk);
  reply.setCookie(nameFor(secure), token, { path: '/', httpOnly: true, sameSite: 'lax', secure, signed: true, maxAge: Math.floor((desk.settings.sessionMs + rememberedMs) / 1_000) });
}

export function endSessionCookie(reply: FastifyReply, desk: DeskContext): void {
  const secure = isSecure(desk);
  reply.clearCookie(nameFor(secure), { path: '/', httpOnly: true, sameSite: 'lax', secure });
}
