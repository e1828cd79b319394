import { TriageError } from '../errors.ts';

/** Nobody is signed in, or the token counts no more. */
export class NotSignedInError extends TriageError {
  readonly code = 'not_signed_in';
  readonly retryable = false;
}

/** The role, or the token's scopes, do not allow it. */
export class NotAllowedError extends TriageError {
  readonly code = 'not_allowed';
  readonly retryable = false;
}

/** There is no such page, case or file. */
export class NotFoundError extends TriageError {
  readonly code = 'not_found';
  readonly retryable = false;
}

/** What was sent cannot be understood; nothing was changed. */
export class BadRequestError extends TriageError {
  readonly code = 'bad_request';
  readonly retryable = false;
}

/** The desk cannot listen on its host and port, or its settings do not allow it. */
export class DeskUnavailableError extends TriageError {
  readonly code = 'desk_unavailable';
  readonly retryable = false;
}

/** The OpenID Connect provider cannot be reached, or is not what the configuration says. */
export class ProviderUnavailableError extends TriageError {
  readonly code = 'provider_unavailable';
  readonly retryable = true;
}

/** The account cannot be made or changed so; the message says why. */
export class AccountError extends TriageError {
  readonly code = 'account_refused';
  readonly retryable = false;
}
