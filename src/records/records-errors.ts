import { TriageError } from '../errors.ts';

/** The merchant's records cannot be reached, or do not answer in time. */
export class RecordsUnavailableError extends TriageError {
  readonly code = 'records_unavailable';
  readonly retryable = true;
}

/** What was reached is not what the settings say: no such column, no JSON, a query that is refused, a secret that is not set. */
export class RecordsUnusableError extends TriageError {
  readonly code = 'records_unusable';
  readonly retryable = true;
}
