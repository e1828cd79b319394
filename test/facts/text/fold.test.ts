import { describe, expect, it } from 'vitest';
import { asciiDigits, fold, foldUnspaced, foldWord } from '../../../src/facts/text/fold.ts';

describe('folding', () => {
  it.each([
    ['upper case', 'REFUND', 'refund'],
    ['Latin accents', 'Reémbolso, dévolution, zwróćcie, çalışmıyor', 'reembolso, devolution, zwroccie, calismiyor'],
    ['letters that are no accented ones', 'złoty Straße œuvre', 'zloty strasse oeuvre'],
    ['both Turkish i', 'İADE ısrar', 'iade israr'],
    ['ё', 'ещё', 'еще'],
    ['apostrophes of every shape', 'don\'t don’t donʼt', 'dont dont dont'],
    ['soft hyphens', 're\u00adfund', 'refund'],
    ['full-width letters', 'ＡＢＣ１２', 'abc12'],
    ['Arabic letters with and without their marks', 'أريد إعادة الى', 'اريد اعاده الي'],
    ['Arabic vowel signs and stretches', 'مُشْتَرَكـــة', 'مشتركه'],
    ['digits of other scripts', '٢٠٢٦ ۲۰۲۶ २०२६ ๒๐๒๖', '2026 2026 2026 2026'],
  ])('levels %s', (_, written, folded) => {
    expect(fold(written)).toBe(folded);
  });

  it.each([['й', 'й'], ['ў', 'ў'], ['が', 'が'], ['환', '환']])('keeps %s, which is a letter of its own', (written, folded) => {
    expect(fold(written)).toBe(folded);
  });

  it('reads Latin letters within a Cyrillic word as the Cyrillic ones they look like', () => {
    expect(foldWord('вярнiце')).toBe(fold('вярніце'));
    expect(foldWord('возвpaт')).toBe(fold('возврат'));
    expect(foldWord('Chrome')).toBe('chrome');
  });
});

describe('folding unspaced writing', () => {
  it('drops white space and knows where each character came from', () => {
    const { folded, origin } = foldUnspaced('返 金\nして');

    expect(folded).toBe('返金して');
    expect(origin).toEqual([0, 2, 4, 5, 6]);
  });

  it('joins half-width kana with their voicing marks', () => {
    const { folded, origin } = foldUnspaced('ｸﾚｼﾞｯﾄ1');

    expect(folded).toBe('クレジット1');
    expect(origin.length).toBe(folded.length + 1);
    expect('ｸﾚｼﾞｯﾄ1'.slice(origin[5])).toBe('1');
  });
});

describe('digits as ASCII', () => {
  it.each([['３／１２', '3/12'], ['٣ مارس', '3 مارس'], ['１４：０５', '14:05'], ['50％', '50%'], ['١٬٢٠٠٫٥٠٪', '1,200.50%']])('reads %s as %s, each character where it was', (written, ascii) => {
    expect(asciiDigits(written)).toBe(ascii);
    expect(ascii).toHaveLength(written.length);
  });

  it('leaves digits beyond the basic plane as they are, so that offsets stay', () => {
    expect(asciiDigits('𝟏𝟐 12')).toBe('𝟏𝟐 12');
  });
});
