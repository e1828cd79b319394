import { addMonths, dayFromNumber, dayNumber, isRealDay } from './calendar.ts';
import { smallKoreanNumber, smallNumber, smallNumberValue } from '../numbers/east-asian-numbers.ts';
import { resolveOrder, resolveYearless, withYear } from './resolve-dates.ts';
import type { Clock, Found } from './resolve-dates.ts';
import { sentenceText } from '../text/sentences.ts';
import type { Sentence } from '../text/sentences.ts';

export function numericDates(sentence: Sentence, clock: Clock): Found[] {
  const text = sentenceText(sentence);
  const found: Found[] = [];
  if (!/\d/.test(text)) return found;
  for (const match of text.matchAll(/(?<![\d.,/:-])(\d{4})([-/.])\s?(\d{1,2})\2\s?(\d{1,2})(?![\d])/g)) {
    const day = { year: Number(match[1]), month: Number(match[3]), day: Number(match[4]) };
    if (isRealDay(day)) found.push({ start: sentence.start + match.index, end: sentence.start + match.index + match[0].length, day: dayNumber(day), precision: 'full' });
  }
  // 26.3.2, but not iOS 26.3.2
  for (const match of clock.order === 'ymd' ? text.matchAll(/(?<![\d.,/:-])(?<!(?:ios|os|chrome|safari|firefox|edge|version|ver\.?|バージョン|버전|크롬|사파리)\s?)(2\d)([./-])\s?(\d{1,2})\2\s?(\d{1,2})(?![\d.]\d|\d)/giu) : []) {
    const day = { year: 2000 + Number(match[1]), month: Number(match[3]), day: Number(match[4]) };
    if (isRealDay(day)) found.push({ start: sentence.start + match.index, end: sentence.start + match.index + match[0].length, day: dayNumber(day), precision: 'full' });
  }
  for (const match of text.matchAll(/(?<![\d.,/:-])(\d{1,2})([./-])\s?(\d{1,2})\2\s?(\d{4}|\d{2})(?![\d./-]?\d)/g)) {
    const year = Number(match[4]) + (match[4]?.length === 2 ? 2000 : 0);
    const day = resolveOrder(Number(match[1]), Number(match[3]), year, clock);
    if (day) found.push({ start: sentence.start + match.index, end: sentence.start + match.index + match[0].length, day: dayNumber(day), precision: 'full' });
  }
  for (const match of text.matchAll(/(?<![\d.,/:%$€£*-])(\d{1,2})([./])(?:(?<=\.)\s(?=\d{1,2}\.?\s?[가-힣(]))?(\d{1,2})(?![\d.,/:%]?\d|\s?[%€$£₽])/g)) {
    const [a = '', b = ''] = [match[1], match[3]];
    // "17.6" is a version, "12.03" a date: with a full stop both halves must have two digits, or the day one.
    const before = text.slice(Math.max(0, match.index - 14), match.index).trimEnd();
    // "am 6.6."
    const isGerman = text[match.index + match[0].length] === '.' ? /(?<!\p{L})(?:am|vom|den|dem|zum|seit|ab|bis)$/iu.test(before) : /(?<!\p{L}|i\s)(?:am|vom|dnia|dniu)$/iu.test(before);
    if (match[2] === '.' && b.length !== 2 && !isGerman && !/\s/.test(match[0])) continue;
    if (Number(a) === 0 || Number(b) === 0) continue;
    // "At 6.15pm"
    if (match[2] === '.' && /^\s?[ap]\.?\s?m(?!\p{L})/iu.test(text.slice(match.index + match[0].length))) continue;
    // "2/3 of it", "24/7", "9/10"
    if (match[2] === '/' && /^(24\/7|1\/2|1\/3|2\/3|1\/4|3\/4)$/.test(match[0]) && !/^\s?(?:[(（]?[月火水木金土日월화수목금토일][)）曜요]|に|の[朝昼夜]|付|에|일|결제|구매|購入)/u.test(text.slice(match.index + match[0].length))) continue;
    // "saat 10.05", "o 10.05"
    if (match[2] === '.' && b.length === 2 && /(?<!\p{L})(?:saat|godz\p{L}*\.?|o|około|ok\.|um|kl)$/iu.test(before)) continue;
    // A card's expiry is no event.
    if (match[2] === '/' && /\d{4}[ -]\d{4}$|\d{12}$/.test(before)) continue;
    if (/(?:exp|expir\w*|valid\w*|thru|срок|действ\p{L}*|тэрмін|дзейн\p{L}*|caduc\w*|venc\w*|scad\w*|ważn\p{L}*|wygas\p{L}*|gültig|expire|skt|kullanma(?: tarihi)?|(?:ت|ي)?(?:خلص|نتهي|سالي)|صلاحي[ةه]\p{L}*|صالح[ةه]?(?: حتى| لغاية)?|有効期限|유효\s?기간)(?:は|は、|은|는)?\.?:?$/iu.test(before)) continue;
    if (match[2] === '.' && /(?:[A-Za-z]{3,}|[:=~]|[а-я]{5,}|[가-힣]{3,}|[ァ-ヶ]{3,})$/iu.test(before) && !/(?:vom|den|dia|día|dnia|giorno|fecha|data|date|дата|числа|дата:)\s*:?$/iu.test(before) && /(?:chrome|firefox|safari|edge|opera|windows|android|ios|macos|os|версия|version|v|хром\S*|сафари|браузер\S*|クローム|サファリ|エッジ|バージョン|크롬|사파리|엣지|웨일|버전)$/iu.test(before)) continue;
    const resolved = resolveYearless(Number(a), Number(b), clock);
    if (resolved) found.push({ start: sentence.start + match.index, end: sentence.start + match.index + match[0].length, precision: 'partial', ...resolved });
  }
  return found;
}

/** 2026年3月17日, 三月二十一日, 先月の5日, 3월 17일 */
const eastAsianDate = new RegExp(String.raw`(?:(?:令和\s?(?<reiwa>${smallNumber}|元)|(?<year>\d{4}|\d{2})|(?<thisYear>今年|올해)|(?<lastYear>昨年|去年|작년))\s?(?:年|년)?\s?(?:の)?\s?)?(?:(?<lastMonth>先月|前月|지난\s?달|저번\s?달)|(?<thisMonth>今月|当月|이번\s?달|이달)|(?<month>${smallNumber}|(?:십[일이]?|[일이삼사오육유칠팔구시])(?=월\s?(?:${smallKoreanNumber})\s?일))\s?(?:月|월))\s?(?:の)?\s?(?<day>${smallNumber}|${smallKoreanNumber})\s?(?:日|일)`, 'gu');

export function eastAsianDates(sentence: Sentence, clock: Clock): Found[] {
  const text = sentenceText(sentence);
  const found: Found[] = [];
  if (!/[日일]/u.test(text)) return found;
  for (const match of text.matchAll(eastAsianDate)) {
    const groups = match.groups ?? {};
    const today = dayFromNumber(clock.today);
    const day = smallNumberValue(groups['day'] ?? '');
    const span = { start: sentence.start + match.index, end: sentence.start + match.index + match[0].length };
    if (groups['lastMonth'] !== undefined || groups['thisMonth'] !== undefined) {
      const base = addMonths({ ...today, day: 1 }, groups['lastMonth'] !== undefined ? -1 : 0);
      if (isRealDay({ ...base, day })) found.push({ ...span, day: dayNumber({ ...base, day }), precision: 'partial' });
      continue;
    }
    const month = smallNumberValue((groups['month'] ?? '').replace('유', '육').replace('시', '십'));
    let year: number | null = null;
    if (groups['reiwa'] !== undefined) year = 2018 + (groups['reiwa'] === '元' ? 1 : smallNumberValue(groups['reiwa']));
    else if (groups['year'] !== undefined && /年|년/.test(match[0])) year = Number(groups['year']) + (groups['year'].length === 2 ? 2000 : 0);
    else if (groups['thisYear'] !== undefined) year = today.year;
    else if (groups['lastYear'] !== undefined) year = today.year - 1;
    if (year !== null) {
      if (isRealDay({ year, month, day })) found.push({ ...span, day: dayNumber({ year, month, day }), precision: 'full' });
    } else {
      const resolved = withYear({ month, day }, clock);
      if (resolved) found.push({ ...span, ...resolved, precision: 'partial' });
    }
  }
  return found;
}
