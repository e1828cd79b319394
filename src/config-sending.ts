import { z } from 'zod';
import { isLoopback } from './mailbox/imap-options.ts';
import type { Secret } from './secret.ts';
import type { SmtpSettings } from './sending/smtp-settings.ts';
import { webhookEvents, type WebhookSettings } from './sending/webhook-settings.ts';

/** What a configuration file can say of sending, and of whom to tell. */

const path = z.string().min(1);

export const smtpSchema = z
  .strictObject({
    host: z.string().min(1),
    port: z.int().min(1).max(65_535).optional().describe('465 for tls, 587 for starttls, 25 for none, when left out.'),
    security: z.enum(['tls', 'starttls', 'none']).default('tls').describe('none is refused unless the host is this machine.'),
    user: z.string().min(1).optional().describe('Left out where the server asks for none.'),
    password: z.string().min(1).optional().describe('Better: password_file.'),
    password_file: path.optional().describe('A file whose first line is the password.'),
    ca_file: path.optional().describe("PEM certificates to trust beside the system's, for a server with its own."),
    save_sent: z.enum(['auto', 'always', 'never']).default('auto').describe('Whether a copy of what was sent is put into Sent. auto: unless the server is known to do so itself, as those of Gmail and Microsoft 365 are.'),
  })
  .superRefine(({ security, host, user, password, password_file: file }, context) => {
    if (security === 'none' && !isLoopback(host)) context.addIssue({ code: 'custom', path: ['security'], message: 'none is allowed only for this machine; use tls or starttls' });
    if (password !== undefined && file !== undefined) context.addIssue({ code: 'custom', path: ['password_file'], message: 'give password_file or password, not both' });
    if (user !== undefined && password === undefined && file === undefined) context.addIssue({ code: 'custom', path: ['password_file'], message: 'a password_file or a password is required with a user' });
    if (user === undefined && (password !== undefined || file !== undefined)) context.addIssue({ code: 'custom', path: ['user'], message: 'is required with a password' });
  })
  .describe('The server that approved replies are sent by. Without one nothing can be sent from the desk; drafts lie in Drafts as ever.');

export const webhookSchema = z
  .strictObject({
    url: z.url({ protocol: /^https?$/ }).describe('https://…; http:// only for this machine.'),
    secret: z.string().min(16).optional().describe('Better: secret_file.'),
    secret_file: path.optional().describe('A file whose first line is the secret that deliveries are signed with, of at least 16 characters.'),
    events: z.array(z.enum(webhookEvents)).min(1).default([...webhookEvents]).describe('Which of them are told; all of them when left out.'),
  })
  .superRefine(({ url, secret, secret_file: file }, context) => {
    if ((secret === undefined) === (file === undefined)) context.addIssue({ code: 'custom', path: ['secret_file'], message: 'a secret_file or a secret is required, and not both' });
    // Case numbers and outcomes over an open line are read, and changed, by whoever listens.
    if (URL.canParse(url) && new URL(url).protocol === 'http:' && !isLoopback(new URL(url).hostname)) context.addIssue({ code: 'custom', path: ['url'], message: 'http:// is allowed only for this machine; use https://' });
  });

type SecretOf = (value: string | undefined, file: string | undefined, what: string) => Promise<Secret | null>;

const usualPorts = { tls: 465, starttls: 587, none: 25 } as const;

/** Throws `ConfigError`, `ConfigFileError` as `secretOf` and `readCertificates` do. */
export async function smtpOf(smtp: z.output<typeof smtpSchema> | undefined, secretOf: SecretOf, readCertificates: (file: string) => Promise<string>): Promise<SmtpSettings | null> {
  if (smtp === undefined) return null;
  const { host, port, security, user, password, password_file: file, ca_file: certificates, save_sent: saveSent } = smtp;
  return {
    host, port: port ?? usualPorts[security], security, user: user ?? null, password: await secretOf(password, file, 'the password for sending'),
    ca: certificates === undefined ? null : await readCertificates(certificates), saveSent,
  };
}

export async function webhooksOf(webhooks: readonly z.output<typeof webhookSchema>[], secretOf: SecretOf): Promise<readonly WebhookSettings[]> {
  const settings: WebhookSettings[] = [];
  for (const { url, secret: said, secret_file: file, events } of webhooks) {
    const secret = await secretOf(said, file, `the secret of the webhook ${url}`);
    if (secret !== null) settings.push({ url, secret, events });
  }
  return settings;
}
