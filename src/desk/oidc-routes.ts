import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { admitFromOidc, findOidcAccount } from './accounts.ts';
import { noteDeed } from './audit.ts';
import type { DeskContext } from './desk-context.ts';
import { queryOf } from './form-fields.ts';
import { type OidcAttempt, oidcAttemptSchema, openOidcProvider } from './oidc.ts';
import { isSecure } from './session-cookie.ts';
import { endSessions } from './sessions.ts';
import { admit, safeTarget } from './sign-in-page.ts';

const backPath = '/sign-in/oidc/back';
const cookieName = 'refund_triage_oidc';
const attemptSeconds = 600;
const anyone = { config: { access: 'anyone' } } as const;
const keptSchema = oidcAttemptSchema.extend({ to: z.string() });

/** Sign-in with the organisation's provider, where the configuration names one. */
export function oidcRoutes(app: FastifyInstance, desk: DeskContext): void {
  const { oidc, publicUrl } = desk.settings;
  if (oidc === null || publicUrl === null) return;
  const { database } = desk.store;
  const provider = openOidcProvider(oidc);

  const refuse = async (reply: FastifyReply, said: 'oidc' | 'role', reason: string): Promise<FastifyReply> => {
    desk.logger.warn({ reason }, 'sign-in with the provider did not work');
    await noteDeed(database, null, 'sign_in.refused', null, { by: 'oidc' });
    return await reply.redirect(`/sign-in?said=${said}`, 303);
  };

  app.get('/sign-in/oidc', anyone, async (request, reply) => {
    try {
      const { url, kept } = await provider.begin(`${publicUrl}${backPath}`);
      keep(reply, desk, { ...kept, to: safeTarget(queryOf(request, 'to')) });
      return await reply.redirect(url, 303);
    } catch (error) {
      return await refuse(reply, 'oidc', reasonOf(error));
    }
  });

  app.get(backPath, anyone, async (request, reply) => {
    const kept = takeKept(request, reply);
    if (kept === null) return await refuse(reply, 'oidc', 'the browser came back without what it had been given');
    try {
      const person = await provider.finish(new URL(request.url, publicUrl), kept);
      if (person.role === null) {
        // Whoever was taken out of the group is out at once, also where they are signed in already.
        const known = await findOidcAccount(database, person);
        if (known !== null) await endSessions(database, known.id, null);
        return await refuse(reply, 'role', 'the claim gives no role');
      }
      return await admit(request, reply, desk, await admitFromOidc(database, { ...person, role: person.role }), 'oidc', kept.to);
    } catch (error) {
      return await refuse(reply, 'oidc', reasonOf(error));
    }
  });
}

function keep(reply: FastifyReply, desk: DeskContext, kept: OidcAttempt & { to: string }): void {
  reply.setCookie(cookieName, Buffer.from(JSON.stringify(kept)).toString('base64url'), { path: '/sign-in/oidc', httpOnly: true, sameSite: 'lax', secure: isSecure(desk), signed: true, maxAge: attemptSeconds });
}

function takeKept(request: FastifyRequest, reply: FastifyReply): (OidcAttempt & { to: string }) | null {
  const cookie = request.cookies[cookieName];
  reply.clearCookie(cookieName, { path: '/sign-in/oidc' });
  if (cookie === undefined) return null;
  const { valid, value } = request.unsignCookie(cookie);
  return valid ? keptSchema.parse(JSON.parse(Buffer.from(value, 'base64url').toString())) : null;
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? `${error.message}: ${error.cause.message}` : error.message;
}
