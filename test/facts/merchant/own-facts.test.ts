import { describe, expect, it } from 'vitest';
import { phraseBookOf } from '../../../src/facts/languages/languages.ts';
import { findOwnFacts, ownFactsSchema } from '../../../src/facts/merchant/own-facts.ts';
import { splitSentences } from '../../../src/facts/text/sentences.ts';

const own = ownFactsSchema.parse({ is_ridden: { about: 'the bike was ridden', known_by: 'customer', yes: { en: ['ridden|rode', '# & km'] }, no: { en: ['never & ridden|rode', 'unridden|unused', 'still & box'] } } });

function read(text: string) {
  const { found, isConflicting } = findOwnFacts(splitSentences([{ text, source: 'body', kind: 'own', question: null }], { unspaced: false, elision: false }), own, phraseBookOf('en').language);
  return { value: found.is_ridden?.value ?? null, isConflicting };
}

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

describe('of a mail that says a merchant\'s own fact is so and is not', () => {
  it.each(['The bike is unused. I rode it to work twice.', 'I rode it to work twice. It is still in the box.', 'It is unused, 30 km in all.'])('nothing is taken: %s', (text) => {
    expect(read(text)).toEqual({ value: null, isConflicting: true });
  });

  it.each<[string, boolean]>([
    ['I have never ridden it. It is unused.', false],
    ['It is unused. If I had ridden it, I would keep it.', false],
    ['I have not ridden it, it is still in the box.', false],
    ['I rode it to work, and again 30 km.', true],
  ])('what only one of them says plainly is taken: %s', (text, value) => {
    expect(read(text)).toEqual({ value, isConflicting: false });
  });
});

function isWorn(phrase: string, text: string): boolean {
  const facts = ownFactsSchema.parse({ is_wear_part: { about: 'it is a wear part', yes: { en: [phrase] } } });
  return findOwnFacts(splitSentences([{ text, source: 'body', kind: 'own', question: null }], { unspaced: false, elision: false }), facts, phraseBookOf('en').language).found.is_wear_part?.value ?? false;
}

it('of parts, words within a bar go together before words that follow each other', () => {
  expect(isWorn('brake pads|brake pad|chain', 'The brake pads are worn.')).toBe(false);
  expect(isWorn('brake pads|brake pad|chain', 'The brake pads chain.')).toBe(true);
  const right = 'brake_pads|brake_pad|chain & worn|broken|snapped - chain_store';
  expect(isWorn(right, 'The brake pads are worn.')).toBe(true);
  expect(isWorn(right, 'My chain store order came broken.')).toBe(false);
});
