/**
 * The base of every error this service raises on purpose. `code` is stable (the README lists every one under "What happens when…");
 * `retryable` says whether the same work may succeed later: the queue tries again, else the case goes to quarantine.
 */
export abstract class TriageError extends Error {
  abstract readonly code: string;
  abstract readonly retryable: boolean;

  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = new.target.name;
  }
}
