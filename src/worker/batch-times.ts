import type { Lane } from './mail-queue.ts';

/** How long a batch of mails took, from taking it up to its end, and each stage of the way. */
export interface BatchTimes {
  readonly mailbox: string;
  readonly lane: Lane;
  readonly mails: number;
  /** Of the wall clock, in milliseconds. */
  readonly startedAtMs: number;
  readonly durationMs: number;
  readonly stages: readonly StageTime[];
  /** The code of what it failed with, and will be tried again or split for; null where it came to its end. */
  readonly failure: string | null;
}

/**
 * `fetch`: waiting for the mail server · `triage`: reading one mail and deciding on it · `record`: what was made of the mails is written to the store · `draft`: drafts are put into
 * Drafts · `mark`: keywords are set · `finish`: the ledger is closed.
 */
export const stages = ['fetch', 'triage', 'record', 'draft', 'mark', 'finish'] as const;
export type Stage = (typeof stages)[number];

export interface StageTime {
  readonly stage: Stage;
  readonly startedAtMs: number;
  readonly durationMs: number;
}

/** Notes the times of one batch. */
export interface Stopwatch {
  readonly time: <Result>(stage: Stage, work: () => Promise<Result>) => Promise<Result>;
  readonly note: (stage: Stage, startedAtMs: number, durationMs: number) => void;
  readonly stop: () => Pick<BatchTimes, 'startedAtMs' | 'durationMs' | 'stages'>;
}

export function startStopwatch(): Stopwatch {
  const startedAtMs = wallClockMs();
  const noted: StageTime[] = [];
  const note: Stopwatch['note'] = (stage, from, durationMs) => { noted.push({ stage, startedAtMs: from, durationMs }); };
  return {
    note,
    time: async (stage, work) => {
      const from = wallClockMs();
      try {
        return await work();
      } finally {
        note(stage, from, wallClockMs() - from);
      }
    },
    stop: () => ({ startedAtMs, durationMs: wallClockMs() - startedAtMs, stages: noted }),
  };
}

/** With fractions, and never turned back while the process lives. */
export function wallClockMs(): number {
  return performance.timeOrigin + performance.now();
}
