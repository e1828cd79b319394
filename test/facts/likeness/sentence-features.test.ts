import { describe, expect, it } from 'vitest';
import { NumberTable } from '../../../src/facts/likeness/number-table.ts';
import { featuresOf, isPiece } from '../../../src/facts/likeness/sentence-features.ts';

function shared(a: string, b: string, unspaced = false): number {
  const of = new Set(featuresOf(a, unspaced));
  return featuresOf(b, unspaced).filter((feature) => of.has(feature)).length;
}

describe('the features of a sentence', () => {
  it('are the same each time, each once', () => {
    const features = featuresOf('Refund me, refund me, refund me.', false);

    expect(features).toEqual(featuresOf('Refund me, refund me, refund me.', false));
    expect(new Set(features).size).toBe(features.length);
  });

  it('do not mind capitals, accents, marks and which number it is', () => {
    expect(featuresOf('Pagué 12 euros.', false)).toEqual(featuresOf('PAGUE… 3450 euros', false));
  });

  it('are shared by the forms of a word, and not by another word', () => {
    expect(shared('подписка', 'подписку')).toBeGreaterThan(4);
    expect(shared('подписка', 'деньги')).toBe(0);
  });

  it('are shared by an Arabic word and the same behind its particles', () => {
    expect(shared('المجسم', 'وبالمجسم')).toBeGreaterThan(4);
    expect(shared('مال', 'بيت')).toBe(0);
  });

  it('tell pieces of a word from the word', () => {
    const features = featuresOf('refund', false);

    expect(features.filter((feature) => !isPiece(feature))).toHaveLength(3);
    expect(features.filter(isPiece).length).toBeGreaterThan(8);
  });

  it('are stretches of characters in unspaced writing, whatever stands between them', () => {
    expect(featuresOf('返金 希望', true)).toEqual(featuresOf('返金希望', true));
    expect(shared('返金を希望します', '返金してください', true)).toBeGreaterThan(0);
  });

  it.each([['no words', '…!?'], ['nothing', '']])('are none where there is %s', (_, text) => {
    expect(featuresOf(text, false)).toHaveLength(0);
    expect(featuresOf(text, true)).toHaveLength(0);
  });

  it('are bounded, however long the sentence', () => {
    const words = Array.from({ length: 50_000 }, (_, i) => `w${String.fromCharCode(97 + (i % 26))}${String.fromCharCode(97 + (Math.floor(i / 26) % 26))}`).join(' ');

    expect(featuresOf(words, false).length).toBeLessThanOrEqual(1200);
    expect(featuresOf(words.repeat(3), true).length).toBeLessThanOrEqual(1200);
  });
});

describe('a number table', () => {
  it('numbers keys in the order they come, also when it grows', () => {
    const table = new NumberTable();
    const keys = Array.from({ length: 20_000 }, (_, i) => Math.imul(i + 1, 0x9e3779b1) ^ i);
    const distinct = [...new Set([0, -1, 0x7fffffff, ...keys])];

    for (const [i, key] of distinct.entries()) expect(table.addOrGet(key)).toBe(i);
    for (const [i, key] of distinct.entries()) expect(table.addOrGet(key)).toBe(i);
    expect(table.size).toBe(distinct.length);
    expect(table.get(distinct[17] ?? 0)).toBe(17);
  });

  it('knows what it does not hold', () => {
    const table = new NumberTable();
    table.addOrGet(5);

    expect(table.get(6)).toBe(-1);
    expect(table.size).toBe(1);
  });
});
