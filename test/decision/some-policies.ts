import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { compilePolicy, type CompiledPolicy } from '../../src/decision/compile-policy.ts';
import { decide } from '../../src/decision/decide.ts';
import type { Decision } from '../../src/decision/decision.ts';
import { policySchema } from '../../src/decision/policy.ts';
import { loadPolicy } from '../../src/packs/load-policy.ts';
import { someFacts } from './some-facts.ts';

const templates = fileURLToPath(new URL('../../templates/', import.meta.url));

/** The policy of one of the merchants under templates/. */
export function merchantPolicy(name: string): CompiledPolicy {
  const { compiled, problems } = loadPolicy(readFileSync(`${templates}${name}/policy.yaml`, 'utf8'), name);
  if (compiled === null) throw new Error(JSON.stringify(problems));
  return compiled;
}

/** A made-up merchant with these rules. */
export function policyOf(rules: readonly object[], more: object = {}): CompiledPolicy {
  const policy = policySchema.parse({
    name: 'made-up', display_name: 'Made Up', addresses: ['hello@made-up.example'], from: { name: 'Made Up', address: 'hello@made-up.example' },
    languages: ['en'], time_zone: 'UTC', reader: { products: ['credits'], reasons: ['changed_mind'] },
    rules: rules.map((rule, index) => ({ name: `rule-${index + 1}`, clause: null, ...rule })),
    ...more,
  });
  const { compiled, faults } = compilePolicy(policy);
  if (compiled === null) throw new Error(JSON.stringify(faults));
  return compiled;
}

/** Friday, 20 March 2026, noon in Moscow. */
export const arrival = { receivedAtMs: Date.UTC(2026, 2, 20, 9, 0), offsetMinutes: 180, packHash: 'ab'.repeat(32) };

export function decideFor(policy: CompiledPolicy, given: Parameters<typeof someFacts>[0], context: Partial<Parameters<typeof decide>[2]> = {}): Decision {
  return decide(someFacts(given), policy, { ...arrival, ...context });
}
