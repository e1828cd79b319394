import { TriageError } from '../errors.ts';

/** What can go wrong between us and the server that mail is sent by. No message ever holds a password. */
export abstract class SmtpError extends TriageError {}

/** The server cannot be reached, does not answer in time, or dropped the connection before it had the mail. */
export class SmtpUnreachableError extends SmtpError {
  readonly code = 'smtp_unreachable';
  readonly retryable = true;
}

/** The server refused the user name or the password. Mail waits: it is a matter of the configuration, not of the mail. */
export class SmtpLoginError extends SmtpError {
  readonly code = 'smtp_login_refused';
  readonly retryable = true;
}

/** No TLS could be agreed on: the certificate is not trusted, or the server has no STARTTLS. */
export class SmtpTlsError extends SmtpError {
  readonly code = 'smtp_tls_failed';
  readonly retryable = true;
}

/** `security: none` towards a host that is not this machine. */
export class SmtpPlaintextError extends SmtpError {
  readonly code = 'smtp_plaintext_refused';
  readonly retryable = false;
}

/** The server takes the mail later, it says (RFC 5321, 4.2.1: 4xx). */
export class SmtpDeferredError extends SmtpError {
  readonly code = 'smtp_deferred';
  readonly retryable = true;
}

/** The server refuses the mail or its recipient for good (5xx). */
export class SmtpRefusedError extends SmtpError {
  readonly code = 'smtp_refused';
  readonly retryable = false;
}

/** The mail was handed over and no answer came: it may be on its way, or not. Never sent again by itself. */
export class SendUncertainError extends SmtpError {
  readonly code = 'send_uncertain';
  readonly retryable = false;
}

/** The store no longer wants the mail sent by this process; the server was not given it. */
export class SendCalledOffError extends SmtpError {
  readonly code = 'send_called_off';
  readonly retryable = true;
}
