import { TriageError } from '../errors.ts';

/** Another process has the data directory open. The embedded database serves one process at a time. */
export class StoreInUseError extends TriageError {
  readonly code = 'store_in_use';
  readonly retryable = false;
}

/** The database cannot be reached, or went away in the middle of the work. */
export class StoreUnavailableError extends TriageError {
  readonly code = 'store_unavailable';
  readonly retryable = true;
}

/** The database was migrated by a newer release than this one. */
export class StoreTooNewError extends TriageError {
  readonly code = 'store_too_new';
  readonly retryable = false;
}
