import { TriageError } from '../errors.ts';

/** Reading one mail did not come to an end in time. */
export class TriageTimeoutError extends TriageError {
  readonly code = 'triage_timeout';
  readonly retryable = false;
}

/** The thread or process that was to read the mail came to an end by another mail, or did not start in time. */
export class TriageThreadError extends TriageError {
  readonly code = 'triage_thread_ended';
  readonly retryable = true;
}

/** The process died over this mail again and again. */
export class WorkerKillerError extends TriageError {
  readonly code = 'worker_killed';
  readonly retryable = false;
}

/** A fault of ours: an error that nobody raised on purpose. */
export class UnexpectedError extends TriageError {
  readonly code = 'unexpected_error';
  readonly retryable = false;
}

/** The queue cannot be reached. */
export class QueueUnavailableError extends TriageError {
  readonly code = 'queue_unavailable';
  readonly retryable = true;
}
