import { describe, expect, it } from 'vitest';
import { RecentWords } from '../../../src/facts/text/recent-words.ts';

describe('what is known of words', () => {
  it('stays as long as they keep coming, and takes no more room however many others come', () => {
    const known = new RecentWords<string | null>();
    known.set('refund', 'wanted');
    known.set('maybe', null);
    for (let count = 0; count < 100_000; count += 1) {
      known.set(`x${String(count)}`, 'made up');
      if (count % 5_000 === 0) expect([known.get('refund'), known.get('maybe')]).toEqual(['wanted', null]);
    }
    expect(known.size).toBeLessThanOrEqual(16_000);
    expect(known.get('x1')).toBeUndefined();
    expect(known.get('x99999')).toBe('made up');
    known.clear();
    expect([known.size, known.get('refund')]).toEqual([0, undefined]);
  });
});
