import * as client from 'openid-client';
import { z } from 'zod';
import { ProviderUnavailableError } from './desk-errors.ts';
import type { OidcSettings } from './desk-context.ts';
import { type Role, roles } from './roles.ts';

/** Sign-in with an OpenID Connect provider: authorization code flow with PKCE, state and nonce (OpenID Connect Core 1.0, 3.1; RFC 9700). */
export interface OidcProvider {
  /** Throws `ProviderUnavailableError` where it does not answer, or is not that issuer. */
  check(): Promise<void>;
  /** Where to send the browser, and what to keep until it comes back. */
  begin(redirectUri: string): Promise<{ url: string; kept: OidcAttempt }>;
  /** Whom the provider vouches for. Throws where the answer is not to what was asked, or not the provider's. */
  finish(currentUrl: URL, kept: OidcAttempt): Promise<OidcPerson>;
}

export const oidcAttemptSchema = z.object({ state: z.string(), nonce: z.string(), verifier: z.string() });
export type OidcAttempt = z.output<typeof oidcAttemptSchema>;

export interface OidcPerson {
  readonly issuer: string;
  readonly subject: string;
  readonly name: string;
  /** Only where the provider has made sure of it. */
  readonly email: string | null;
  /** The highest that the claim gives; null where it gives none. */
  readonly role: Role | null;
}

const timeoutSeconds = 10;

export function openOidcProvider(settings: OidcSettings): OidcProvider {
  let discovered: Promise<client.Configuration> | null = null;
  const configuration = async (): Promise<client.Configuration> => {
    discovered ??= discover(settings);
    try {
      return await discovered;
    } catch (error) {
      // The provider may be back at the next attempt.
      discovered = null;
      throw error;
    }
  };
  return {
    check: async () => {
      try {
        await configuration();
      } catch (error) {
        const cause = error instanceof Error && error.cause instanceof Error ? `: ${error.cause.message}` : '';
        throw new ProviderUnavailableError(`${settings.issuer}: ${error instanceof Error ? error.message : String(error)}${cause}`, { cause: error });
      }
    },
    begin: async (redirectUri) => {
      const kept = { state: client.randomState(), nonce: client.randomNonce(), verifier: client.randomPKCECodeVerifier() };
      const url = client.buildAuthorizationUrl(await configuration(), {
        redirect_uri: redirectUri, scope: 'openid profile email', state: kept.state, nonce: kept.nonce,
        code_challenge: await client.calculatePKCECodeChallenge(kept.verifier), code_challenge_method: 'S256',
      });
      return { url: url.href, kept };
    },
    finish: async (currentUrl, kept) => {
      const tokens = await client.authorizationCodeGrant(await configuration(), currentUrl, {
        pkceCodeVerifier: kept.verifier, expectedState: kept.state, expectedNonce: kept.nonce, idTokenExpected: true,
      });
      const claims = tokens.claims();
      if (claims === undefined) throw new Error('The provider sent no ID token.');
      return personOf(claims, settings);
    },
  };
}

async function discover({ issuer, clientId, clientSecret }: OidcSettings): Promise<client.Configuration> {
  const secret = clientSecret?.reveal();
  return await client.discovery(new URL(issuer), clientId, secret, secret === undefined ? client.None() : undefined, {
    timeout: timeoutSeconds,
    // The configuration allows http:// only for this machine, or where it says so.
    ...(issuer.startsWith('http:') ? { execute: [client.allowInsecureRequests] } : {}),
  });
}

function personOf(claims: client.IDToken, { roles: { claim, map } }: OidcSettings): OidcPerson {
  const text = (name: string): string | null => (typeof claims[name] === 'string' && claims[name].trim() !== '' ? claims[name].trim() : null);
  const email = claims['email_verified'] === true ? text('email') : null;
  const groups = [claims[claim]].flat().filter((group): group is string => typeof group === 'string');
  const held = new Set(groups.map((group) => (Object.hasOwn(map, group) ? map[group] : undefined)));
  return {
    issuer: claims.iss, subject: claims.sub, email,
    name: accountName(text('name') ?? text('preferred_username') ?? text('email') ?? claims.sub),
    role: roles.toReversed().find((role) => held.has(role)) ?? null,
  };
}

/** As `faultOfAccount` will have it. */
function accountName(text: string): string {
  const [beforeAt = ''] = text.replaceAll(/[\p{Cc}\p{Cf}]/gu, '').split('@');
  return beforeAt.trim().slice(0, 60).trim() || 'someone';
}
