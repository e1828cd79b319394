import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Agent } from './agent.ts';
import { readApiToken } from './api-tokens.ts';
import type { DeskContext } from './desk-context.ts';
import { NotAllowedError, NotSignedInError } from './desk-errors.ts';
import { mayAct, type Role, type Scope } from './roles.ts';
import { endSessionCookie, sessionCookie } from './session-cookie.ts';
import { readSession } from './sessions.ts';
import { languageFromHeader, type Words, wordsIn } from './words.ts';

/**
 * The desk's door. Each route says who may come in (`config: { access }`); one that does not say cannot be made. Before any handler runs, whoever
 * asks has been recognised, allowed, and, where a browser asks to change something, has shown the page's token.
 */
export type Access =
  /** Sign-in, health and static files. */
  | 'anyone'
  /** People with this role or a higher one. */
  | { readonly role: Role }
  /** Programs with a token for `scope`; people with that scope's role as well, with the page's token where they change something. */
  | { readonly role: Role; readonly scope: Scope };

export interface Door {
  readonly method: string;
  readonly url: string;
  readonly access: Access;
}

declare module 'fastify' {
  interface FastifyContextConfig {
    access?: Access;
  }
  interface FastifyInstance {
    /** Every route of the desk, and who may come in. */
    readonly doors: readonly Door[];
  }
  interface FastifyRequest {
    /** Who asks; null where nobody is signed in, which only routes for anyone ever see. */
    agent: Agent | null;
    /** The desk's words for whoever asks. */
    readonly words: Words;
    csrf: string | null;
    /** Their session has ended; what they sent is read, so that it is kept, and goes to no handler. */
    isBarred: boolean;
  }
}

const harmlessMethods: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS']);

export function registerGate(app: FastifyInstance, desk: DeskContext): void {
  app.decorateRequest('agent', null);
  app.decorateRequest('isBarred', false);
  app.decorateRequest('words', {
    getter(this: FastifyRequest): Words {
      return wordsIn(this.agent?.language ?? languageFromHeader(this.headers['accept-language']), this.agent?.timeZone ?? null);
    },
  });

  const doors: Door[] = [];
  app.decorate('doors', doors);
  app.addHook('onRoute', (route) => {
    const access = route.config?.access;
    if (access === undefined) throw new TypeError(`${String(route.method)} ${route.url} does not say who may come in.`);
    for (const method of [route.method].flat()) doors.push({ method, url: route.url, access });
  });

  app.addHook('onRequest', async (request, reply) => {
    // What leads nowhere is told to anyone; the page of someone who is signed in keeps its frame.
    const access = request.is404 ? 'anyone' : (request.routeOptions.config.access ?? { role: 'admin' });
    request.agent = await recognise(request, reply, desk, access);
    if (access === 'anyone') return;
    // Our cookie comes with no form of another site (SameSite), so that none can leave words here.
    request.isBarred = request.agent === null && request.routeOptions.config.keepsWords !== undefined && request.headers.authorization === undefined && sessionCookie(request, desk) !== null;
    if (!request.isBarred) checkAccess(request.agent, access);
  });

  app.addHook('preHandler', (request, reply, done) => {
    if (request.isBarred) done(new NotSignedInError('Sign in first.'));
    else if (request.is404 || harmlessMethods.has(request.method) || request.agent?.through.kind === 'token') done();
    else app.csrfProtection(request, reply, done);
  });
}

/** Who is at the desk, in a handler of a route that is not for anyone. Throws `NotSignedInError`. */
export function agentOf(request: FastifyRequest): Agent {
  if (request.agent === null) throw new NotSignedInError('Nobody is signed in.');
  return request.agent;
}

/** For what only some of those who may use a route may do. Throws `NotAllowedError`. */
export function requireRole(request: FastifyRequest, role: Role): Agent {
  const agent = agentOf(request);
  if (!mayAct(agent.role, role)) throw new NotAllowedError(`That asks for the role ${role}.`);
  return agent;
}

/** The same for programs: with a token it must be for `scope`. Throws `NotAllowedError`. */
export function requireScope(request: FastifyRequest, scope: Scope): Agent {
  const agent = agentOf(request);
  if (agent.through.kind === 'token' && !agent.through.scopes.includes(scope)) throw new NotAllowedError(`The token is not for ${scope}.`);
  return agent;
}

async function recognise(request: FastifyRequest, reply: FastifyReply, desk: DeskContext, access: Access): Promise<Agent | null> {
  // Whoever brings a token is not known by a cookie as well: a page of another site can send the one, not the other.
  const bearer = /^Bearer +(\S+)$/i.exec(request.headers.authorization ?? '')?.[1];
  if (bearer !== undefined) return access !== 'anyone' && 'scope' in access ? await readApiToken(desk.store.database, bearer, desk.now()) : null;
  const token = sessionCookie(request, desk);
  if (token === null) return null;
  const agent = await readSession(desk.store.database, token, desk.settings, desk.now());
  // Until what they typed is kept, the cookie says whose it is.
  if (agent === null && request.routeOptions.config.keepsWords === undefined && request.headers['hx-request'] === undefined) endSessionCookie(reply, desk);
  return agent;
}

function checkAccess(agent: Agent | null, access: Exclude<Access, 'anyone'>): void {
  if (agent === null) throw new NotSignedInError('Sign in first.');
  if (!mayAct(agent.role, access.role)) throw new NotAllowedError(`That asks for the role ${access.role}.`);
  if (agent.through.kind === 'token' && (!('scope' in access) || !agent.through.scopes.includes(access.scope))) {
    throw new NotAllowedError('The token is not for that.');
  }
}
