import { z } from 'zod';
import type { DeskSettings } from './desk/desk-context.ts';
import { roles } from './desk/roles.ts';
import { isLoopback } from './mailbox/imap-options.ts';
import type { Secret } from './secret.ts';

/** The desk's part of the configuration: where it is served, how people reach it, and who lets them in. */
export interface DeskConfig {
  readonly host: string;
  readonly port: number;
  readonly settings: DeskSettings;
  /** The configuration says so; else it is the default, whose port another process on the machine may have taken. */
  readonly isAsked: boolean;
}

const url = z.string().regex(/^https?:\/\/[^\s/?#]+(\/[^\s?#]*)?$/, 'expected an address that begins with https:// or http://');

const oidcSchema = z
  .strictObject({
    issuer: url.describe('The provider, whose settings are found at /.well-known/openid-configuration below it.'),
    client_id: z.string().min(1),
    client_secret: z.string().min(1).optional().describe('Better: client_secret_file.'),
    client_secret_file: z.string().min(1).optional().describe('A file whose first line is the client secret. Without a secret, PKCE alone protects the exchange.'),
    roles: z
      .strictObject({
        claim: z.string().min(1).default('groups').describe('The claim of the ID token that tells who may do what: a text or a list.'),
        map: z.record(z.string().min(1), z.enum(roles)).describe('What the values of the claim stand for; of several the highest role counts. Someone without one of them does not get in.'),
      }),
  })
  .describe('Sign-in with an OpenID Connect provider.');

export const deskSchema = z
  .strictObject({
    host: z.string().min(1).default('127.0.0.1'),
    port: z.int().min(1).max(65_535).default(8_025),
    public_url: url.optional().describe('Where people reach the desk: https://desk.example.com, where a proxy keeps the certificate. Needed for a host other than this machine, and for sign-in with a provider.'),
    allow_http: z.boolean().default(false).describe('Allows http:// from other machines: for a network of your own.'),
    trusted_proxies: z.array(z.string().min(1)).default([]).describe('Addresses and networks of proxies whose X-Forwarded-For counts.'),
    idle_minutes: z.int().min(1).max(43_200).default(480).describe('A session ends after this long without a click.'),
    session_hours: z.int().min(1).max(8_760).default(168).describe('A session ends after this long in any case.'),
    oidc: oidcSchema.optional(),
  })
  .superRefine((desk, context) => {
    const issue = (path: string[], message: string): void => { context.addIssue({ code: 'custom', path, message }); };
    const isOpen = desk.public_url === undefined ? !isLoopback(desk.host) : !isSafe(desk.public_url);
    if (!isLoopback(desk.host) && desk.public_url === undefined) issue(['public_url'], 'a public_url is required where the host is not this machine');
    // Passwords and customers' mail over an open line are read by whoever listens.
    else if (isOpen && !desk.allow_http) issue(['public_url'], 'http:// is allowed only for this machine; use https://, or allow_http: true in a network of your own');
    if (desk.public_url !== undefined && new URL(desk.public_url).pathname !== '/') issue(['public_url'], 'the desk needs a host name of its own: leave out the path');
    if (desk.oidc === undefined) return;
    if (desk.public_url === undefined) issue(['public_url'], 'a public_url is required for sign-in with a provider');
    if (!isSafe(desk.oidc.issuer) && !desk.allow_http) issue(['oidc', 'issuer'], 'http:// is allowed only for this machine');
    if (desk.oidc.client_secret !== undefined && desk.oidc.client_secret_file !== undefined) issue(['oidc', 'client_secret'], 'give client_secret_file or client_secret, not both');
    if (Object.keys(desk.oidc.roles.map).length === 0) issue(['oidc', 'roles', 'map'], 'expected at least one value, or nobody gets in');
  });

type SecretReader = (value: string | undefined, valueFile: string | undefined, what: string) => Promise<Secret | null>;

/** Null where the desk is switched off. */
export async function deskOf(desk: z.output<typeof deskSchema> | null | undefined, secretOf: SecretReader): Promise<DeskConfig | null> {
  if (desk === null) return null;
  const file = desk ?? deskSchema.parse({});
  return {
    host: file.host, port: file.port, isAsked: desk !== undefined,
    settings: {
      publicUrl: file.public_url?.replace(/\/$/, '') ?? null,
      trustedProxies: file.trusted_proxies,
      idleMs: file.idle_minutes * 60_000,
      sessionMs: file.session_hours * 3_600_000,
      oidc: file.oidc === undefined ? null : {
        issuer: file.oidc.issuer, clientId: file.oidc.client_id, clientSecret: await secretOf(file.oidc.client_secret, file.oidc.client_secret_file, "the provider's client_secret"), roles: file.oidc.roles,
      },
    },
  };
}

function isSafe(address: string): boolean {
  if (!URL.canParse(address)) return true;
  const { protocol, hostname } = new URL(address);
  return protocol === 'https:' || isLoopback(hostname.replaceAll(/^\[|\]$/g, ''));
}
