import { responseCode } from './imap-command.ts';
import {
  DraftTooLargeError, FolderMissingError, MailboxConnectionError, MailboxError, MailboxLoginError, MailboxRefusedError, MailboxTlsError, QuotaExceededError,
} from './mailbox-errors.ts';

/** What is said in an error's message. The secrets are cut out of whatever the server said. */
export interface ErrorContext {
  readonly mailbox: string;
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly folder: string;
  readonly secret: string | null;
}

/** The fields ImapFlow puts on its errors. */
interface ImapFailure {
  readonly message?: string;
  readonly code?: string;
  readonly authenticationFailed?: boolean;
  readonly serverResponseCode?: string;
  readonly responseStatus?: string;
  readonly responseText?: string;
  readonly mailboxMissing?: boolean;
}

const tlsCodes =
  /^(?:ERR_TLS|ERR_SSL|CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_(?:VERIFY|GET)|UPGRADE_TIMEOUT|STARTTLS_INJECTION|EPROTO)|^HOSTNAME_MISMATCH$/;
/** RFC 5530 codes and wordings of a refusal that passes by itself. */
const passing = /^(?:UNAVAILABLE|LIMIT|INUSE|SERVERBUG)$/;
const passingText = /temporar|too many|try again|unavailable|rate.?limit|throttl/i;

/** Makes one of our errors of whatever ImapFlow, TLS or the socket threw. */
export function toMailboxError(thrown: unknown, context: ErrorContext): MailboxError {
  if (thrown instanceof MailboxError) return thrown;
  const failure = readFailure(thrown);
  const where = `${context.mailbox} (${context.host}:${context.port})`;
  const text = withoutSecret(failure.responseText ?? failure.message ?? String(thrown), context.secret);
  const code = failure.serverResponseCode?.toUpperCase() ?? '';
  const refused = failure.responseStatus === 'NO' || failure.responseStatus === 'BAD';

  if (failure.authenticationFailed === true) {
    if (passing.test(code) || passingText.test(text)) return new MailboxConnectionError(`${where} takes no logins at the moment: ${text}`);
    return new MailboxLoginError(
      `${where} refused the login of ${context.user}: ${text}. Check the user name and the password (many providers want an app password here).`,
    );
  }
  if (failure.mailboxMissing === true || (refused && (code === 'NONEXISTENT' || code === 'TRYCREATE'))) {
    return new FolderMissingError(`${where} has no folder "${context.folder}": ${text}`);
  }
  if (code === 'OVERQUOTA' || (refused && /quota/i.test(text))) return new QuotaExceededError(`${where} is full: ${text}`);
  if (code === 'APPENDLIMIT' || code === 'TOOBIG') return new DraftTooLargeError(`${where} takes no draft of this size: ${text}`);
  if (tlsCodes.test(failure.code ?? '') || /STARTTLS/i.test(text)) {
    return new MailboxTlsError(`${where}: no TLS connection (${failure.code ?? 'STARTTLS'}): ${text}. Check security, host name and certificate.`);
  }
  if (refused) return new MailboxRefusedError(`${where} refused a command: ${text}`);
  return new MailboxConnectionError(`${where} cannot be reached (${failure.code ?? 'connection lost'}): ${text}`);
}

function readFailure(thrown: unknown): ImapFailure {
  if (typeof thrown !== 'object' || thrown === null) return {};
  const text = (key: string): string | undefined => {
    const value: unknown = Reflect.get(thrown, key);
    return typeof value === 'string' ? value : undefined;
  };
  const entries = {
    message: text('message'), code: text('code'), serverResponseCode: text('serverResponseCode') ?? responseCode(Reflect.get(thrown, 'response'))[0],
    responseStatus: text('responseStatus'), responseText: text('responseText'),
  };
  return {
    ...Object.fromEntries(Object.entries(entries).filter(([, value]) => value !== undefined)),
    authenticationFailed: Reflect.get(thrown, 'authenticationFailed') === true,
    mailboxMissing: Reflect.get(thrown, 'mailboxMissing') === true,
  };
}

function withoutSecret(text: string, secret: string | null): string {
  const line = text.replaceAll(/\s+/g, ' ').slice(0, 300);
  return secret === null || secret === '' ? line : line.replaceAll(secret, '…');
}
