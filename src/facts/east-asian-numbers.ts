/** Numbers below a hundred as Japanese and Korean write them out: 三月二十一日, 五時半, 열한 시 삼십 분. */

const kanji = '一二三四五六七八九';
const hangul = '일이삼사오육칠팔구';

/** Stretches of a regular expression: digits or kanji, digits or Hangul. */
export const smallNumber = `(?:\\d{1,2}|[${kanji}]?十[${kanji}]?|[${kanji}])`;
export const smallKoreanNumber = `(?:\\d{1,2}|[${hangul}]?\\s?십\\s?[${hangul}]?|[${hangul}])`;

/** The value of what one of them matched. */
export function smallNumberValue(written: string): number {
  if (/^\d+$/.test(written)) return Number(written);
  const [tens, ones] = written.replace(/\s/g, '').split(/[十십]/u);
  const value = (digit: string | undefined): number => (digit === undefined || digit === '' ? 0 : Math.max(kanji.indexOf(digit), hangul.indexOf(digit)) + 1);
  return ones === undefined ? value(tens) : (tens === '' ? 10 : value(tens) * 10) + value(ones);
}
