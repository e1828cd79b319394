import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { markEvidence } from '../../src/desk/evidence-marks.ts';

const mark = (text: string, words: string): string => markEvidence(text, [{ name: 'order_number', words }], 7, (name) => name).markup.toString();

describe('the words of a fact', () => {
  it.each(['ORD-2026-0093481-XK', 'order (no. 5) [a|b] {2} ^x$ \\d+ *?/', 'الطلب ORD-2026-0093481-XK', '注文番号はＡＢ２０２６－００９３４８１'])('are marked where they stand: %s', (words) => {
    expect(mark(`before ${words} after`, words)).toMatch(/^before <span id="words-7-order_number" class="words-start"><\/span><a class="evidence" href="#fact-order_number" title="order_number"><mark>.*<\/mark><\/a> after$/u);
  });

  it('are found in whatever text they were taken from, and no sign in them stands for another', () => {
    fc.assert(fc.property(fc.string({ unit: 'grapheme-ascii', minLength: 1, maxLength: 40 }).filter((words) => words.trim().length > 2), fc.string({ unit: 'grapheme-ascii', maxLength: 20 }), (words, around) => {
      expect(mark(`${around} ${words} ${around}`, words)).toContain('<mark>');
    }));
    expect(mark('a1b', 'a.b')).not.toContain('<mark>');
  });
});
