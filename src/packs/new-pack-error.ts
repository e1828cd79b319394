import { TriageError } from '../errors.ts';

/** A pack cannot be laid out: its name is none, a folder is in the way, or a language has no phrases to build on. */
export class NewPackError extends TriageError {
  readonly code = 'pack_not_made';
  readonly retryable = false;
}
