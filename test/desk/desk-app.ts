import type { FastifyInstance, LightMyRequestResponse } from 'fastify';
import { pino } from 'pino';
import type { Store, StoreOptions } from '../../src/cases/store.ts';
import { addAccount } from '../../src/desk/accounts.ts';
import { buildDesk, type DeskRoutes } from '../../src/desk/app.ts';
import type { DeskContext, DeskSettings } from '../../src/desk/desk-context.ts';
import { openLiveHub } from '../../src/desk/live-hub.ts';
import { hashPassword } from '../../src/desk/passwords.ts';
import type { Role } from '../../src/desk/roles.ts';
import { type StoreServer, startServer } from '../cases/stores.ts';

/** A desk over a store of its own, with one account for each role; their password is `rightPassword`. */
export interface TestDesk {
  readonly app: FastifyInstance;
  readonly store: Store;
  readonly context: DeskContext;
  readonly users: Readonly<Record<Role, number>>;
  /** Signs in as the account of that role. */
  visit(role: Role): Promise<Visit>;
  close(): Promise<void>;
}

/** Someone's browser: keeps cookies, knows the CSRF token of the last page. */
export interface Visit {
  get(url: string, headers?: Readonly<Record<string, string>>): Promise<LightMyRequestResponse>;
  /** With the last page's CSRF token, unless `fields` has one. */
  post(url: string, fields?: Readonly<Record<string, string | readonly string[]>>): Promise<LightMyRequestResponse>;
  readonly cookies: Map<string, string>;
}

export const rightPassword = 'correct horse battery staple';
let rightHash: Promise<string> | null = null;

export const plainSettings: DeskSettings = { publicUrl: null, trustedProxies: [], idleMs: 3_600_000, sessionMs: 36_000_000, oidc: null };

export interface TestDeskOptions {
  readonly server?: StoreServer;
  readonly location?: StoreOptions;
  readonly settings?: Partial<DeskSettings>;
  readonly context?: Partial<DeskContext>;
  readonly more?: readonly DeskRoutes[];
}

export async function openTestDesk(options: TestDeskOptions = {}): Promise<TestDesk> {
  const server = options.server ?? (await startServer());
  const store = await server.open(options.location);
  const hub = await openLiveHub(store.database);
  const context: DeskContext = {
    store, hub, mailboxes: new Map(), packs: () => [], settings: { ...plainSettings, ...options.settings }, now: () => new Date(), logger: pino({ level: 'silent' }), ...options.context,
  };
  const app = await buildDesk(context, options.more);
  rightHash ??= hashPassword(rightPassword);
  const users: Record<string, number> = {};
  for (const role of ['reader', 'drafter', 'sender', 'admin'] as const) {
    const added = await addAccount(store.database, { name: nameOf[role], email: `${role}@desk.example`, role, passwordHash: await rightHash });
    users[role] = Number(added);
  }
  return {
    app, store, context, users: users as Record<Role, number>,
    visit: async (role) => {
      const visit = browse(app);
      await visit.get('/sign-in');
      const { statusCode } = await visit.post('/sign-in', { name: nameOf[role], password: rightPassword });
      if (statusCode !== 303) throw new Error(`signing in as ${role} gave ${String(statusCode)}`);
      await visit.get('/account');
      return visit;
    },
    close: async () => {
      await app.close();
      await hub.close();
      await store.close();
      if (options.server === undefined) await server.stop();
    },
  };
}

export const nameOf: Readonly<Record<Role, string>> = { reader: 'Rita', drafter: 'Dan', sender: 'Sofia', admin: 'Ada' };

/** A browser without anybody signed in. */
export function browse(app: FastifyInstance): Visit {
  const cookies = new Map<string, string>();
  let csrf = '';
  const keep = (response: LightMyRequestResponse): LightMyRequestResponse => {
    for (const { name, value, maxAge, expires } of response.cookies) {
      if (maxAge === 0 || (expires !== undefined && expires.getTime() <= Date.now())) cookies.delete(name);
      else cookies.set(name, value);
    }
    csrf = /name="_csrf" value="([^"]+)"/.exec(response.body)?.[1] ?? csrf;
    return response;
  };
  return {
    cookies,
    get: async (url, headers = {}) => keep(await app.inject({ method: 'GET', url, headers, cookies: Object.fromEntries(cookies) })),
    post: async (url, fields = {}) => {
      const body = new URLSearchParams();
      for (const [name, value] of Object.entries({ _csrf: csrf, ...fields })) for (const one of typeof value === 'string' ? [value] : value) body.append(name, one);
      return keep(await app.inject({ method: 'POST', url, payload: body.toString(), headers: { 'content-type': 'application/x-www-form-urlencoded' }, cookies: Object.fromEntries(cookies) }));
    },
  };
}
