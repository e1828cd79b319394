import { describe, expect, it } from 'vitest';
import { ownFactsSchema } from '../../src/facts/own-facts.ts';

describe('a fact of a merchant\'s own', () => {
  it('needs no phrases where only the merchant knows it', () => {
    expect(ownFactsSchema.parse({ is_engraved: { about: 'the ring was engraved', known_by: 'merchant' } })).toEqual({ is_engraved: { about: 'the ring was engraved', known_by: 'merchant', yes: {}, no: {} } });
  });

  it('needs some where customers tell it', () => {
    for (const fact of [{ about: 'the box was opened' }, { about: 'the box was opened', known_by: 'customer' }]) {
      expect(ownFactsSchema.safeParse({ is_opened: fact }).error?.issues).toEqual([expect.objectContaining({ path: ['is_opened', 'yes'], message: expect.stringContaining('known_by: merchant') })]);
    }
  });
});
