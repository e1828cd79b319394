import { TriageError } from '../errors.ts';

/** A reply template or a file of phrases that cannot be used: an unknown variable, filter or tag, a phrase that is missing. */
export class TemplateError extends TriageError {
  readonly code = 'bad_template';
  readonly retryable = false;
  /** The message without file and line. */
  readonly problem: string;
  readonly file: string;
  /** 1-based; null where the fault is that the file or a part of it is missing. */
  readonly line: number | null;

  constructor(problem: string, file: string, line: number | null, options?: ErrorOptions) {
    super(`${file}${line === null ? '' : `:${line}`}: ${problem}`, options);
    this.problem = problem;
    this.file = file;
    this.line = line;
  }
}
