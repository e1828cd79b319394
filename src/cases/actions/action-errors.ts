import type { PromiseFinding } from '../../draft/check-promises.ts';
import { TriageError } from '../../errors.ts';

/** Somebody, or the customer, did something with the case since it was looked at. */
export class CaseChangedError extends TriageError {
  readonly code = 'case_changed';
  readonly retryable = false;
}

/** What was asked for cannot be done with the case as it stands. */
export class ActionRefusedError extends TriageError {
  readonly code = 'action_refused';
  readonly retryable = false;
}

/** The reply says what its decision does not back, and nobody gave a reason to say it nevertheless. */
export class PromisesUnbackedError extends TriageError {
  readonly code = 'promises_unbacked';
  readonly retryable = false;
  readonly findings: readonly PromiseFinding[];

  constructor(findings: readonly PromiseFinding[]) {
    super(`The reply says what the decision does not back: ${findings.map(({ text, message }) => `"${text}" (${message})`).join('; ')}.`);
    this.findings = findings;
  }
}
