import { TriageError } from '../../errors.ts';

/** The store has no such case. */
export class CaseNotFoundError extends TriageError {
  readonly code = 'case_not_found';
  readonly retryable = false;
}

/** The store has the case and no decision of it that can be taken again. */
export class DecisionNotKeptError extends TriageError {
  readonly code = 'decision_not_kept';
  readonly retryable = false;
}
