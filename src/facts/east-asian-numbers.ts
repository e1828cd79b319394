/** Numbers as Japanese and Korean write them out: 三月二十一日, 五時半, 열한 시 삼십 분, 二万五千円, 2만5천원. */

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

const unitValues: Readonly<Record<string, number>> = { 十: 10, 십: 10, 百: 100, 백: 100, 千: 1000, 천: 1000 };

/** A number with a unit in it: 1万2千, 二千五百, 이만 오천, 만5000. Not 数万, "tens of thousands", nor the end of a word (직원, 회원). */
export const numberOfUnits = `(?<![\\d.,何数幾${kanji}十百千万]|[가-힣](?<!총|약|월|각|는|은|만))(?:(?:\\d{1,4}(?:\\.\\d)?|[${kanji}${hangul}])?\\s?[十百千万십백천만]\\s?){1,7}(?:\\d,?\\d{3}|\\d{1,3}|[${kanji}]|[${hangul}])?`;

/** The value of what `numberOfUnits` matched. */
export function numberOfUnitsValue(written: string): number {
  let [sum, group, digit] = [0, 0, 0];
  for (const [piece] of written.replace(/[\s,]/g, '').matchAll(/\d+(?:\.\d)?|./gu)) {
    if (/\d/.test(piece)) digit = Number(piece);
    else if (piece === '万' || piece === '만') [sum, group, digit] = [sum + (group + digit || 1) * 10_000, 0, 0];
    else if (unitValues[piece] !== undefined) [group, digit] = [group + (digit || 1) * unitValues[piece], 0];
    else digit = smallNumberValue(piece);
  }
  return Math.round(sum + group + digit);
}
