import { TriageError } from '../errors.ts';

/** One thing that is wrong with a pack, and where. */
export interface PackProblem {
  readonly file: string;
  /** From 1; null where the fault is in no line, such as a file that is missing. */
  readonly line: number | null;
  readonly column: number | null;
  /** `rules[3].when`; empty where the fault is in no key. */
  readonly key: string;
  readonly message: string;
}

/** Packs that cannot be used. Has every problem of all of them, so that they can be put right at once. */
export class PackError extends TriageError {
  readonly code = 'bad_pack';
  readonly retryable = false;
  readonly problems: readonly PackProblem[];

  constructor(problems: readonly PackProblem[]) {
    super(problems.map(problemText).join('\n'));
    this.problems = problems;
  }
}

function problemText({ file, line, column, key, message }: PackProblem): string {
  const place = [file, line, column].filter((part) => part !== null).join(':');
  return key === '' ? `${place}: ${message}` : `${place}: ${key}: ${message}`;
}
