import { possibleFacts } from '../facts/doubts.ts';
import { factNames, type FactMap, type Facts } from '../facts/facts.ts';
import type { Told } from '../facts/read-facts.ts';
import type { Vocabulary } from '../facts/merchant/vocabulary.ts';
import type { SecondReading } from './second-reading.ts';

type Addition = Pick<SecondReading, 'topic' | 'reason' | 'product' | 'facts'>;

/**
 * Our reading with what the second one adds: request, reason and product where they were in doubt, and facts that we did not find. What we found ourselves stays. `reread` is our own reader, told what
 * the mail is about.
 */
export function mergeReadings(facts: Facts, second: Addition, vocabulary: Vocabulary, reread: (told: Told) => Facts): Facts {
  const told = toldBy(facts, second);
  const read = Object.keys(told).length === 0 ? facts : reread(told);
  const possible: readonly string[] = possibleFacts(vocabulary, read.topic);
  const added: FactMap = Object.fromEntries(factNames.flatMap((name) => (possible.includes(name) && second.facts[name] !== undefined ? [[name, second.facts[name]] as const] : [])));
  return { ...read, values: { ...added, ...read.values } };
}

/** A technical problem and a technical failure are the same thing. A reason makes a request of a mail that seemed to make none. */
function toldBy({ topic: was, reason: knownReason, product: knownProduct }: Facts, { topic: askedFor, reason: why, product }: Addition): Told {
  const topic = askedFor?.value ?? (why === null ? was : why.value === 'technical_failure' ? 'technical_problem' : was === 'other' ? 'refund' : was);
  const reason = topic === 'technical_problem' ? 'technical_failure' : topic === 'privacy' || topic === 'other' ? null : (why?.value ?? (knownReason === 'technical_failure' ? null : knownReason));
  return {
    ...(topic === was ? {} : { topic }),
    ...(reason === knownReason ? {} : { reason }),
    ...(product === null || product.value === knownProduct ? {} : { product: product.value }),
    ...((topic === 'privacy') === (was === 'privacy') ? {} : { privacy: topic === 'privacy' ? ('other' as const) : null }),
  };
}
