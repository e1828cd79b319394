import { setTimeout as sleep } from 'node:timers/promises';
import { openCircuitBreaker } from '../circuit-breaker.ts';
import type { OrderSource, RawOrder } from './order-source.ts';
import { RecordsUnavailableError } from './records-errors.ts';

const maxAttempts = 3;
const firstBackoffMs = 200;
const maxAnswers = 1_000;

/**
 * The same source with patience and a memory: what may yet succeed is tried again, with growing pauses; an answer counts for a while; and a source that failed several times in a row is left
 * alone for half a minute, then longer. A failure is not remembered as an answer.
 */
export function withPatience(source: OrderSource, { cacheMs, now = Date.now }: { readonly cacheMs: number; readonly now?: () => number }): OrderSource {
  const breaker = openCircuitBreaker();
  const known = new Map<string, { readonly untilMs: number; readonly orders: readonly RawOrder[] }>();
  const asked = new Map<string, Promise<readonly RawOrder[]>>();

  const ask: OrderSource['find'] = async (key, value, signal) => {
    for (let attempt = 1; ; attempt += 1) {
      if (!breaker.mayPass(now())) throw new RecordsUnavailableError(`${source.name} failed several times and is left alone for a while.`);
      try {
        const orders = await source.find(key, value, signal);
        breaker.succeeded();
        return orders;
      } catch (error) {
        breaker.failed(now());
        if (!(error instanceof RecordsUnavailableError) || attempt >= maxAttempts || signal.aborted) throw error;
        if (!(await sleep(firstBackoffMs * 4 ** (attempt - 1) * (0.5 + Math.random()), true, { signal }).catch(() => false))) throw error;
      }
    }
  };

  return {
    ...source,
    find: async (key, value, signal) => {
      const question = `${key} ${value}`;
      const answer = known.get(question);
      if (answer !== undefined && answer.untilMs > now()) return answer.orders;
      const onItsWay = asked.get(question);
      if (onItsWay !== undefined) return await onItsWay;
      const asking = ask(key, value, signal);
      asked.set(question, asking);
      try {
        const orders = await asking;
        known.delete(question);
        if (cacheMs > 0) known.set(question, { untilMs: now() + cacheMs, orders });
        const [oldest] = known.keys();
        if (known.size > maxAnswers && oldest !== undefined) known.delete(oldest);
        return orders;
      } finally {
        asked.delete(question);
      }
    },
  };
}
