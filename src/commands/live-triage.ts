import type { RunWorkerOptions } from '../worker/run-worker.ts';
import type { TriageMail } from '../worker/triage-mail.ts';

/** The ways in which the worker triages mail; each null where nobody goes it. */
export type Triages = Required<Pick<RunWorkerOptions, 'triage' | 'triageWithRecords' | 'triageWithFiles' | 'triageWithSecondReader'>>;

/** Triages that rest on the same packs, with what must be closed when they are no longer used. */
export interface Generation extends Triages {
  readonly close: () => Promise<void>;
}

/** Triages that can be replaced while mail is on its way through them: what was begun with the old ones ends with them, and then they are closed. */
export interface LiveTriages extends Triages {
  readonly replace: (next: Generation) => void;
  readonly close: () => Promise<void>;
}

export function openLiveTriages(first: Generation): LiveTriages {
  let current = countedFrom(first);
  const through = (way: keyof Triages): TriageMail => async (source, context) => {
    const { generation, isBeginning, hasEnded } = current;
    isBeginning();
    try {
      // A way that was there at the start is there: the worker has a queue for it. Where the new packs need it no more, the plain way does as well.
      return await (generation[way] ?? generation.triage)(source, context);
    } finally {
      hasEnded();
    }
  };
  const ifThere = (way: 'triageWithRecords' | 'triageWithFiles' | 'triageWithSecondReader'): TriageMail | null => (first[way] === null ? null : through(way));
  return {
    triage: through('triage'),
    triageWithRecords: ifThere('triageWithRecords'),
    triageWithFiles: ifThere('triageWithFiles'),
    triageWithSecondReader: ifThere('triageWithSecondReader'),
    replace: (next) => {
      const before = current;
      current = countedFrom(next);
      before.retire();
    },
    close: async () => { await current.generation.close(); },
  };
}

interface Counted {
  readonly generation: Generation;
  readonly isBeginning: () => void;
  readonly hasEnded: () => void;
  /** Closed as soon as nothing goes through it any more. */
  readonly retire: () => void;
}

function countedFrom(generation: Generation): Counted {
  let onTheirWay = 0;
  let isRetired = false;
  const closeWhenDone = (): void => {
    if (isRetired && onTheirWay === 0) void generation.close().catch(() => undefined);
  };
  return {
    generation,
    isBeginning: () => { onTheirWay += 1; },
    hasEnded: () => {
      onTheirWay -= 1;
      closeWhenDone();
    },
    retire: () => {
      isRetired = true;
      closeWhenDone();
    },
  };
}
