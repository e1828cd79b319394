/** A token budget: what may be spent in a day (UTC) and on one case. What is on its way counts as spent until the server says what it took. */
export interface TokenBudget {
  /** Null where so much is not left. */
  readonly reserve: (caseKey: string, tokens: number, nowMs: number) => Reservation | null;
  readonly spentToday: (nowMs: number) => number;
}

export interface Reservation {
  /** What it took in the end. */
  readonly settle: (tokens: number) => void;
}

/** The least recently asked about are forgotten. */
const maxCases = 10_000;
const dayMs = 86_400_000;

export function openTokenBudget({ maxTokensPerDay, maxTokensPerCase }: { readonly maxTokensPerDay: number; readonly maxTokensPerCase: number }): TokenBudget {
  let day = -1;
  let spent = 0;
  const byCase = new Map<string, number>();
  const turnTo = (nowMs: number): void => {
    const today = Math.floor(nowMs / dayMs);
    if (today === day) return;
    day = today;
    spent = 0;
  };
  const charge = (caseKey: string, tokens: number): void => {
    const total = (byCase.get(caseKey) ?? 0) + tokens;
    byCase.delete(caseKey);
    byCase.set(caseKey, total);
    const [oldest] = byCase.keys();
    if (byCase.size > maxCases && oldest !== undefined) byCase.delete(oldest);
  };
  return {
    reserve: (caseKey, tokens, nowMs) => {
      turnTo(nowMs);
      if (spent + tokens > maxTokensPerDay || (byCase.get(caseKey) ?? 0) + tokens > maxTokensPerCase) return null;
      const reservedOn = day;
      spent += tokens;
      charge(caseKey, tokens);
      let isSettled = false;
      return {
        settle: (taken) => {
          if (isSettled) return;
          isSettled = true;
          if (reservedOn === day) spent += taken - tokens;
          charge(caseKey, taken - tokens);
        },
      };
    },
    spentToday: (nowMs) => {
      turnTo(nowMs);
      return spent;
    },
  };
}
