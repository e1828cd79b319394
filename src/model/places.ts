/** Places: so many questions are on their way at once, the others wait for one to come free, but no longer than they may. */
export interface Places {
  /** Resolves to what gives the place back; null where none came free before the signal, or too many wait already. */
  readonly take: (signal: AbortSignal) => Promise<(() => void) | null>;
}

const maxWaiting = 500;

export function openPlaces(count: number): Places {
  let free = count;
  const waiting: (() => void)[] = [];
  const giveBack = (): (() => void) => {
    let isGiven = false;
    return () => {
      if (isGiven) return;
      isGiven = true;
      const next = waiting.shift();
      if (next === undefined) free += 1;
      else next();
    };
  };
  return {
    take: async (signal) => {
      if (signal.aborted) return null;
      if (free > 0) {
        free -= 1;
        return giveBack();
      }
      if (waiting.length >= maxWaiting) return null;
      return await new Promise((resolve) => {
        const called = (): void => {
          signal.removeEventListener('abort', gaveUp);
          resolve(giveBack());
        };
        const gaveUp = (): void => {
          waiting.splice(waiting.indexOf(called), 1);
          resolve(null);
        };
        waiting.push(called);
        signal.addEventListener('abort', gaveUp, { once: true });
      });
    },
  };
}
