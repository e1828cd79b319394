import { describe, expect, it } from 'vitest';
import { differences, readChains, runChains } from './run-chains.ts';

const chains = readChains();
const seen = await runChains(chains);

describe('chains of mails, as people and mail programs write them', () => {
  it('are in all twelve languages of the replies, from eleven mail programs', () => {
    expect(chains.size).toBeGreaterThanOrEqual(90);
    expect(new Set([...chains.values()].map(({ language }) => language)).size).toBe(12);
    expect(new Set([...chains.values()].flatMap(({ programs }) => programs)).size).toBeGreaterThanOrEqual(11);
  });

  it.each([...chains].map(([name, chain]) => [name, chain.scene, chain] as const))('%s: %s', (name, _, chain) => {
    const found = seen.get(name);
    if (found === undefined) throw new Error('the chain was not run');
    expect(differences(chain, found)).toEqual([]);
  });
});
