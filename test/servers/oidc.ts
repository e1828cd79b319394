import { generateKeyPairSync } from 'node:crypto';
import { createServer } from 'node:http';
import { Provider } from 'oidc-provider';
import { freeLoopbackPort } from './ports.ts';

/** An OpenID Connect provider of our own on loopback, with one client and people who are signed in by their name alone. */
export interface OidcServer {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** Goes through the provider's pages as this person, from the address that the client sent the browser to; returns the one it sends it back to. */
  signIn(authorizationUrl: string, subject: string): Promise<string>;
  stop(): Promise<void>;
}

export interface OidcClaims {
  readonly name?: string;
  readonly email?: string;
  readonly email_verified?: boolean;
  readonly groups?: readonly string[] | string;
}

export async function startOidc(redirectUri: string, people: Readonly<Record<string, OidcClaims>>): Promise<OidcServer> {
  const port = await freeLoopbackPort();
  const issuer = `http://127.0.0.1:${String(port)}`;
  const client = { client_id: 'desk', client_secret: 'a secret of the client, long enough', redirect_uris: [redirectUri], id_token_signed_response_alg: 'ES256' as const };
  const provider = new Provider(issuer, {
    clients: [client],
    claims: { openid: ['sub', 'groups'], profile: ['name', 'preferred_username'], email: ['email', 'email_verified'] },
    conformIdTokenClaims: false,
    features: { devInteractions: { enabled: true } },
    jwks: { keys: [generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ format: 'jwk' })] },
    ttl: { Interaction: 600, Session: 600, Grant: 600, AccessToken: 600, IdToken: 600, AuthorizationCode: 60 },
    pkce: { required: () => true },
    findAccount: (_context, sub) => ({ accountId: sub, claims: () => ({ sub, ...people[sub] }) }),
    cookies: { keys: ['a key for cookies'] },
    renderError: (context, out) => { context.body = JSON.stringify(out); },
  });
  const handle = provider.callback();
  const server = createServer((request, response) => { void handle(request, response); });
  await new Promise<void>((resolve) => { server.listen(port, '127.0.0.1', resolve); });
  return {
    issuer, clientId: client.client_id, clientSecret: client.client_secret,
    signIn: async (authorizationUrl, subject) => await walk(authorizationUrl, subject, redirectUri),
    stop: async () => {
      server.closeAllConnections();
      await new Promise<void>((resolve) => { server.close(() => { resolve(); }); });
    },
  };
}

/** As a browser would: follows redirects with cookies, and fills in the login and consent forms. */
async function walk(from: string, subject: string, redirectUri: string): Promise<string> {
  const cookies = new Map<string, string>();
  let url = from;
  let body: URLSearchParams | null = null;
  for (let step = 0; step < 20; step += 1) {
    const response: Response = await fetch(url, {
      redirect: 'manual', headers: { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') }, ...(body === null ? {} : { method: 'POST', body }),
    });
    for (const cookie of response.headers.getSetCookie()) {
      const [name = '', value = ''] = (cookie.split(';')[0] ?? '').split(/=(.*)/s);
      cookies.set(name, value);
    }
    const next = response.headers.get('location');
    body = null;
    if (next !== null) {
      url = new URL(next, url).href;
      if (url.startsWith(redirectUri)) return url;
      continue;
    }
    const page = await response.text();
    const prompt = /name="prompt" value="(\w+)"/.exec(page)?.[1];
    if (prompt === undefined) throw new Error(`The provider says: ${page.slice(0, 500)}`);
    url = new URL(/<form[^>]* action="([^"]+)"/.exec(page)?.[1] ?? url, url).href;
    body = new URLSearchParams(prompt === 'login' ? { prompt, login: subject, password: 'anything' } : { prompt });
  }
  throw new Error('The provider sends in circles.');
}
