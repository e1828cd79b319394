import type { Secret } from '../secret.ts';

/** The server that a mailbox's answers are sent by. */
export interface SmtpSettings {
  readonly host: string;
  readonly port: number;
  /** `none` is refused for other machines. */
  readonly security: 'tls' | 'starttls' | 'none';
  /** Null where the server asks for no name. */
  readonly user: string | null;
  readonly password: Secret | null;
  /** PEM certificates to trust beside the system's. */
  readonly ca: string | null;
  /** Whether a copy of what was sent is put into Sent: `auto` does so unless the server is known to do it itself. */
  readonly saveSent: 'auto' | 'always' | 'never';
}

/** Servers that put a copy of what they are given into Sent themselves, and would have two of it. */
const keepsCopies = /(?:^|\.)(?:smtp\.gmail\.com|smtp-relay\.gmail\.com|smtp\.googlemail\.com|smtp\.office365\.com|smtp-mail\.outlook\.com|outlook\.office365\.com)$/iu;

export function savesSent({ saveSent, host }: Pick<SmtpSettings, 'saveSent' | 'host'>): boolean {
  return saveSent === 'always' || (saveSent === 'auto' && !keepsCopies.test(host));
}
