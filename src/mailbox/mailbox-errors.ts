import { TriageError } from '../errors.ts';

/** What can go wrong between us and a mailbox. No message ever holds a password. */
export abstract class MailboxError extends TriageError {}

/** The server cannot be reached, does not answer in time, or dropped the connection. */
export class MailboxConnectionError extends MailboxError {
  readonly code = 'mailbox_unreachable';
  readonly retryable = true;
}

/** The server refused the user name or the password. */
export class MailboxLoginError extends MailboxError {
  readonly code = 'mailbox_login_refused';
  readonly retryable = false;
}

/** No TLS could be agreed on: the certificate is not trusted, or the server has no STARTTLS. */
export class MailboxTlsError extends MailboxError {
  readonly code = 'mailbox_tls_failed';
  readonly retryable = false;
}

/** `security: none` towards a host that is not this machine. */
export class MailboxPlaintextError extends MailboxError {
  readonly code = 'mailbox_plaintext_refused';
  readonly retryable = false;
}

/** The watched folder is not there (any more). It may come back. */
export class FolderMissingError extends MailboxError {
  readonly code = 'mailbox_folder_missing';
  readonly retryable = true;
}

/** The folder was made anew: UIDs listed before mean nothing now. `open()` gives the new state. */
export class UidValidityChangedError extends MailboxError {
  readonly code = 'mailbox_uidvalidity_changed';
  readonly retryable = true;
}

/** The mailbox is full; the draft can be stored when there is room again. */
export class QuotaExceededError extends MailboxError {
  readonly code = 'mailbox_quota_exceeded';
  readonly retryable = true;
}

/** The server takes no draft of this size. */
export class DraftTooLargeError extends MailboxError {
  readonly code = 'mailbox_draft_too_large';
  readonly retryable = false;
}

/** The server (or the file system) refused a command for another reason. */
export class MailboxRefusedError extends MailboxError {
  readonly code = 'mailbox_refused';
  readonly retryable = true;
}

/** The mailbox was closed by us while something was still asked of it. */
export class MailboxClosedError extends MailboxError {
  readonly code = 'mailbox_closed';
  readonly retryable = true;
}
