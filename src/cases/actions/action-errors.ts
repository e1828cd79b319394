import type { PromiseFinding } from '../../draft/check-promises.ts';
import { TriageError } from '../../errors.ts';
import { type Refusal, refusals, type RefusalValues, refusalText } from './refusals.ts';

/** What a person is told in their own language: the key of the sentence and what is put into it. The message is the same in English. */
export abstract class RefusalError extends TriageError {
  readonly refusal: Refusal;
  readonly values: RefusalValues;

  constructor(refusal: Refusal, values: RefusalValues = {}, options?: ErrorOptions) {
    super(refusalText(refusals[refusal], values), options);
    this.refusal = refusal;
    this.values = values;
  }
}

/** Somebody, or the customer, did something with the case since it was looked at. */
export class CaseChangedError extends RefusalError {
  readonly code = 'case_changed';
  readonly retryable = false;
}

/** What was asked for cannot be done with the case as it stands. */
export class ActionRefusedError extends RefusalError {
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
