import cookie from '@fastify/cookie';
import formBody from '@fastify/formbody';
import helmet from '@fastify/helmet';
import rateLimit from '@fastify/rate-limit';
import { fastify, type FastifyInstance } from 'fastify';
import { accountRoutes } from './account-page.ts';
import { auditRoutes } from './audit-page.ts';
import { actionRoutes } from './action-routes.ts';
import { apiRoutes } from './api/api-routes.ts';
import { caseControls } from './case-controls.ts';
import { caseRoutes } from './case-page.ts';
import { registerCsrf } from './csrf.ts';
import type { DeskContext } from './desk-context.ts';
import { readDeskSecret } from './desk-secrets.ts';
import { registerErrorPages } from './error-pages.ts';
import { registerGate } from './gate.ts';
import { liveRoutes } from './live-routes.ts';
import { numbersRoutes } from './numbers-page.ts';
import { oidcRoutes } from './oidc-routes.ts';
import { peopleRoutes } from './people-page.ts';
import { queueRoutes } from './queue-page.ts';
import { isSecure } from './session-cookie.ts';
import { signInRoutes } from './sign-in-page.ts';
import { registerStaticFiles } from './static-files.ts';
import { tokensRoutes } from './tokens-page.ts';

/** Adds pages to the desk. Each route says in `config: { access }` who may come in. */
export type DeskRoutes = (app: FastifyInstance, desk: DeskContext) => void | Promise<void>;

const routes: readonly DeskRoutes[] = [queueRoutes, (app, desk) => { caseRoutes(caseControls(desk))(app, desk); }, actionRoutes, apiRoutes, numbersRoutes, signInRoutes, oidcRoutes, accountRoutes, peopleRoutes, tokensRoutes, auditRoutes, liveRoutes];

const maxBodyBytes = 1_048_576;
/** A request that comes in drop by drop holds no connection for longer. */
const maxRequestMs = 30_000;
/** By address, over all routes: far more than a person clicks. */
const maxRequestsPerMinute = 6_000;

/** The desk, ready to listen. `more` are routes beside its own, such as health. Throws `StoreUnavailableError`. */
export async function buildDesk(desk: DeskContext, more: readonly DeskRoutes[] = []): Promise<FastifyInstance> {
  const app = fastify({ bodyLimit: maxBodyBytes, trustProxy: desk.settings.trustedProxies.length > 0 ? [...desk.settings.trustedProxies] : false, logger: false, return503OnClosing: true, requestTimeout: maxRequestMs, forceCloseConnections: true });
  const secure = isSecure(desk);
  await app.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"], scriptSrc: ["'self'"], styleSrc: ["'self'"], imgSrc: ["'self'", 'data:'], mediaSrc: ["'self'"], connectSrc: ["'self'"], frameSrc: ["'self'"],
        formAction: ["'self'"], frameAncestors: ["'none'"], baseUri: ["'none'"],
      },
    },
    strictTransportSecurity: secure ? { maxAge: 31_536_000, includeSubDomains: false } : false,
    frameguard: { action: 'deny' },
    referrerPolicy: { policy: 'no-referrer' },
  });
  await app.register(rateLimit, { global: true, max: maxRequestsPerMinute, timeWindow: 60_000 });
  await app.register(cookie, { secret: (await readDeskSecret(desk.store.database, 'cookies')).toString('base64') });
  await app.register(formBody);
  await registerCsrf(app, { secret: await readDeskSecret(desk.store.database, 'csrf'), secure });
  registerGate(app, desk);
  registerErrorPages(app, desk);
  await registerStaticFiles(app);
  for (const addRoutes of [...routes, ...more]) await addRoutes(app, desk);
  if (!app.hasRoute({ method: 'GET', url: '/healthz' })) {
    app.get('/healthz', { config: { access: 'anyone' } }, async (_request, reply) => await reply.header('cache-control', 'no-store').send({ status: 'ok' }));
  }
  return app;
}
