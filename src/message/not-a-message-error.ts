import { TriageError } from '../errors.ts';

/** The bytes are no RFC 5322 message: an empty file, binary junk, or text without a single header field of mail. */
export class NotAMessageError extends TriageError {
  readonly code = 'not_a_message';
  readonly retryable = false;
}
