import { TriageError } from '../errors.ts';

/** The file is no backup, is not whole, or was changed since. Nothing of it was taken over. */
export class BackupUnusableError extends TriageError {
  readonly code = 'backup_unusable';
  readonly retryable = false;
}

/** A backup is put into an empty store only. */
export class StoreNotEmptyError extends TriageError {
  readonly code = 'store_not_empty';
  readonly retryable = false;
}
