/** What was met a short while ago: at most so many, for at most so long. */
export interface Recent {
  add(key: string): void;
  has(key: string): boolean;
}

export function openRecent(max: number, forMs: number): Recent {
  const untilMs = new Map<string, number>();
  return {
    add: (key) => {
      untilMs.delete(key);
      untilMs.set(key, performance.now() + forMs);
      for (const [oldest] of untilMs) if (untilMs.size > max) untilMs.delete(oldest);
    },
    has: (key) => (untilMs.get(key) ?? 0) > performance.now(),
  };
}
