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
  return ones === undefined ? digitValue(tens) : (tens === '' ? 10 : digitValue(tens) * 10) + digitValue(ones);
}

function digitValue(digit = ''): number {
  return digit === '' ? 0 : Math.max(kanji.indexOf(digit), hangul.indexOf(digit)) + 1;
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

/** 8割, 8割5分: tenths; not 2割引, "two tenths off". */
export const tenthsBehind = /^\s?割(?:\s?([1-9])分)?(?!引|増|安|高|れ|り)/u;

const dayNouns: Readonly<Record<string, number>> = { 하루: 1, 이틀: 2, 사흘: 3, 나흘: 4, 닷새: 5, 엿새: 6, 이레: 7, 여드레: 8, 아흐레: 9, 열흘: 10, 보름: 15 };
/** Beside such a noun it is how long something lasted, not when it was: 하루 전. */
const dayNounPattern = new RegExp(`(?<![가-힣])(${Object.keys(dayNouns).join('|')})(?=\\s?(?:동안|내내|종일|꼬박|간|째|넘|이상|이나|하고|가까이|정도 (?:동안|먹통|다운|중단|장애)))`, 'gu');
const kanjiCount = new RegExp(`(?<![${kanji}十百千万\\d第])([${kanji}]?十[${kanji}]?|[${kanji}])(?:割(?:([${kanji}])分)?(?!引|増|安|高)|(?=回(?!線|答|数|復|収|転)|度(?!に|合)|日間|日(?=と|も|、|落|止|ずっと|以上|使|つな|繋)|時間|週間|枚|個|クレジット))`, 'gu');
/** From two on: 한번 is mostly "once" in "give it a try". */
const koreanCounts = ['두', '세', '네', '다섯', '여섯', '일곱', '여덟', '아홉', '열'];
const koreanTimes = new RegExp(`(?<![가-힣])(${koreanCounts.join('|')})(?=(?:번|차례|회)(?!호|째\\s?[줄칸페]))`, 'gu');
const koreanWeeks = /(?<![가-힣\d])(일|이|삼|한|두|세)\s?(?=주일?(?:\s?(?:동안|내내|간|째|넘|이상|이나|가까이)))/gu;

/** 三回, 丸二日, 八割, 네번이나, 이틀 동안: numbers without digits beside what they count. Not 一度も直って, "not once". */
export function countsWrittenOut(text: string): { value: number; start: number; end: number; percent: boolean }[] {
  const found: { value: number; start: number; end: number; percent: boolean }[] = [];
  for (const match of text.matchAll(kanjiCount)) {
    const [written, count = '', tenth] = match;
    const percent = written.length > count.length;
    const value = smallNumberValue(count);
    if (value === 1 && /^[回度]も/u.test(text.slice(match.index + 1))) continue;
    found.push({ value: percent ? value * 10 + (tenth === undefined ? 0 : smallNumberValue(tenth)) : value, start: match.index, end: match.index + written.length, percent });
  }
  for (const match of text.matchAll(koreanTimes)) found.push({ value: koreanCounts.indexOf(match[1] ?? '') + 2, start: match.index, end: match.index + (match[1]?.length ?? 0), percent: false });
  for (const match of text.matchAll(dayNounPattern)) found.push({ value: dayNouns[match[1] ?? ''] ?? 0, start: match.index, end: match.index + match[0].length, percent: false });
  for (const match of text.matchAll(koreanWeeks)) found.push({ value: { 한: 1, 두: 2, 세: 3 }[match[1] ?? ''] ?? smallNumberValue(match[1] ?? ''), start: match.index, end: match.index + match[0].trimEnd().length, percent: false });
  return found;
}

export function isDayNoun(written: string): boolean {
  return dayNouns[written] !== undefined;
}
