import type { Answer } from './answer.ts';

/** An answer cache: what the model said to the very same question, so that a mail that is read again costs nothing. Holds placeholders, no private words. */
export interface AnswerCache {
  /** The known answer, or the one that is on its way; else asks. An answer that failed is not kept. */
  readonly answerTo: (key: string, ask: () => Promise<Answer | null>) => Promise<{ readonly answer: Answer | null; readonly isCached: boolean }>;
}

const maxAnswers = 1_000;

export function openAnswerCache(): AnswerCache {
  const known = new Map<string, Answer>();
  const asked = new Map<string, Promise<Answer | null>>();
  return {
    answerTo: async (key, ask) => {
      const answer = known.get(key);
      if (answer !== undefined) return { answer, isCached: true };
      const onItsWay = asked.get(key);
      if (onItsWay !== undefined) return { answer: await onItsWay, isCached: true };
      const asking = ask();
      asked.set(key, asking);
      try {
        const given = await asking;
        if (given !== null) known.set(key, given);
        const [oldest] = known.keys();
        if (known.size > maxAnswers && oldest !== undefined) known.delete(oldest);
        return { answer: given, isCached: false };
      } finally {
        asked.delete(key);
      }
    },
  };
}
