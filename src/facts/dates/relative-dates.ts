import { addMonths, dayFromNumber, dayNumber, weekdayOf } from './calendar.ts';
import { calendarWordsOf } from './calendar-words.ts';
import { fold } from '../text/fold.ts';
import { halfHoursAgo } from './half-hours-ago.ts';
import { smallNumber, smallNumberValue } from '../numbers/east-asian-numbers.ts';
import { literalPattern } from '../text/literal-pattern.ts';
import { numberInWords } from '../numbers/numbers-in-words.ts';
import { numeralValue } from '../text/numerals.ts';
import type { PhraseBook } from '../text/phrases.ts';
import { findStretches } from '../text/word-index.ts';
import type { Clock, Found, Unit } from './resolve-dates.ts';
import { sentenceText } from '../text/sentences.ts';
import type { Sentence } from '../text/sentences.ts';
import type { ClockTime } from './times.ts';
import { findSequences } from '../text/word-sequences.ts';

const indefinite = /^(?:few|several|some|many|quelques|plusieurs|algunos|algunas|unos|unas|varios|varias|alguns|algumas|uns|umas|alcuni|alcune|qualche|kilka|kilku|pare|birkac|несколько|некалькі|بضعه|عده)$/u;

/** Units of which there are several, without a number beside them. */
const manyUnits = /^(?:minutes|hours|days|weeks|months|years|minutos|horas|dias|semanas|meses|anos|heures|jours|semaines|mois|annees|ans|minuti|ore|giorni|settimane|mesi|anni|stunden|tagen|wochen|monaten|jahren|dni|tygodni|miesiecy|дней|дни|недель|месяцев|дзен|дні|тыдняу|месяцау|ايام|اسابيع|شهور|اشهر)$/u;
const comparing = /^[وبل]?(?:اكثر|اقل|ازيد)$/u;

/** "Half an hour ago": such a word names neither a number nor a unit. */
export function halfHourDates(sentence: Sentence, book: PhraseBook, clock: Clock): Found[] {
  return halfHoursAgo(sentence, book).flatMap(({ start, end, hours }) => {
    const date = goBack(hours, 'hour', clock);
    return date === null ? [] : [{ start, end, ...date }];
  });
}

export function agoDates(sentence: Sentence, book: PhraseBook, clock: Clock): Found[] {
  const { calendar } = book.language;
  const found: Found[] = [];
  const push = (start: number, end: number, count: number, unit: Unit): void => {
    const date = goBack(count, unit, clock);
    if (date) found.push({ start, end, ...date });
  };
  const { units } = calendarWordsOf(book);
  if (book.language.writing === 'unspaced') {
    const text = sentenceText(sentence);
    for (const [unit] of units) {
      for (const match of text.matchAll(agoPattern(calendar.units[unit], calendar.agoAfter))) {
        const written = match[1] ?? '';
        const count = numeralValue(written, book.language) ?? (/[十一二三四五六七八九십]/u.test(written) ? smallNumberValue(written) : Number(written));
        if (Number.isFinite(count)) push(sentence.start + match.index, sentence.start + match.index + match[0].length, count, unit);
      }
    }
    return found;
  }
  const { tokens } = sentence;
  for (const [index, token] of tokens.entries()) {
    const ids = book.words.lookup(token);
    const unit = ids.length === 0 ? undefined : units.find(([, id]) => ids.includes(id))?.[0];
    if (unit === undefined) continue;
    const behind = countBehind(sentence, index, book);
    if (behind !== null) {
      push(token.start, tokens[behind.last]?.end ?? 0, behind.value, unit);
      continue;
    }
    const number = countBefore(sentence, index, book);
    // "a few days ago" names no day.
    if (number === null && indefinite.test(tokens[index - 1]?.folded ?? '')) continue;
    const first = number?.index ?? index;
    // "3 gündür çalışmıyor": the unit itself says that it has lasted so long.
    if (number !== null && book.language.code === 'tr' && /^(?:dakikadir|saattir|gundur|haftadir)$/.test(token.folded)) {
      push(tokens[first]?.start ?? 0, token.end, number.value, unit);
      continue;
    }
    // "Desde hace días", "days ago": how many is not said.
    if (number === null && manyUnits.test(token.folded)) continue;
    // "Bom dia, antes de …": a greeting's day has nothing to do with what follows it.
    const afterEnd = tokens[index + 1]?.afterBreak === true ? undefined : calendar.agoAfter.map((words) => matchWords(words, sentence, index + 1, book)).find((end) => end !== null);
    if (afterEnd !== undefined && afterEnd !== null) {
      push(tokens[first]?.start ?? 0, tokens[afterEnd]?.end ?? 0, number?.value ?? 1, unit);
      continue;
    }
    // "قبل يوم 24" names the day of the month.
    if (number === null && tokens[index + 1]?.kind === 'number') continue;
    for (const words of calendar.agoBefore) {
      const length = words.split(/\s+/).length;
      for (const from of [first - length, first - length - 1]) {
        // "أكثر من أربعة أيام": more than so many, not since.
        if (from >= 0 && matchWords(words, sentence, from, book) !== null && !comparing.test(tokens[from - 1]?.folded ?? '')) {
          push(tokens[from]?.start ?? 0, token.end, number?.value ?? 1, unit);
          break;
        }
      }
    }
  }
  return found;
}

const agoPatterns = new Map<string, RegExp>();

/** 3日ほど前, 세 달 전; not 前払い, 전액, and not 9時10分前. */
function agoPattern(unit: string, after: readonly string[]): RegExp {
  const known = agoPatterns.get(unit);
  if (known) return known;
  const pattern = new RegExp(`(?<![時시]\\s?[\\d一二三四五六七八九十십]{0,2})(\\d{1,3}|${smallNumber}|[이삼사오]?십[일이삼사오육칠팔구]?|한|두|세|네|다섯|여섯|일곱|여덟|아홉|열|일(?=주))\\s?(?:${unit.split('|').map(literalPattern).join('|')})\\s?(?:ほど|くらい|ぐらい|쯤|정도)?\\s?(?:${after.map(literalPattern).join('|')})(?!払|後|回|倒|액|체|부(?!터)|자|화|혀|문|달|송|환)`, 'gu');
  agoPatterns.set(unit, pattern);
  return pattern;
}

function countBefore(sentence: Sentence, index: number, book: PhraseBook): { value: number; index: number } | null {
  for (const i of [index - 1, index - 2]) {
    const token = sentence.tokens[i];
    // "un par de días": the count stands before a preposition.
    const beside = sentence.tokens[i + 1];
    // "$24, an hour ago": no 24 hours.
    if (i < index - 1 && beside !== undefined && (beside.afterBreak || sentence.tokens[index]?.afterBreak === true || /^(?:an?|une?|una|uma|eine[rmn]?)$/.test(beside.folded))) return null;
    if (!token || (i < index - 1 && token.kind !== 'number' && !/^(?:de|d|di|of)$/.test(sentence.tokens[i + 1]?.folded ?? ''))) return null;
    if (token.kind === 'number') return { value: Number(token.folded), index: i };
    const spelled = numberInWords(sentence, i, book);
    if (spelled !== null) return { value: spelled.value, index: spelled.first };
    const value = numeralValue(token.folded, book.language);
    if (value !== null) return { value, index: i };
  }
  return null;
}

const withCountBehind: ReadonlySet<string> = new Set(['ru', 'be', 'uk']);

/** "Минут 20 назад", "дня три тому назад": about so many, where the number stands behind the unit. */
function countBehind(sentence: Sentence, index: number, book: PhraseBook): { value: number; last: number } | null {
  const [unit, token, next] = [sentence.tokens[index], sentence.tokens[index + 1], sentence.tokens[index + 2]];
  if (!withCountBehind.has(book.language.code) || unit === undefined || token === undefined || next === undefined || token.afterBreak || next.afterBreak) return null;
  const value = token.kind === 'number' ? Number(token.folded) : numeralValue(token.folded, book.language);
  if (value === null) return null;
  const last = book.language.calendar.agoAfter.map((words) => matchWords(words, sentence, index + 2, book)).find((end) => end !== null);
  return last === undefined || last === null ? null : { value, last };
}

/** The last token's index where these words stand from `from` on, else null. */
function matchWords(words: string, sentence: Sentence, from: number, book: PhraseBook): number | null {
  let index = from;
  for (const id of book.words.sequence(words)) {
    const token = sentence.tokens[index];
    if (!token || !book.words.matches(id, token)) return null;
    index++;
  }
  return index - 1;
}

function goBack(count: number, unit: Unit, clock: Clock): { day: number; precision: 'relative' | 'vague'; time?: ClockTime } | null {
  if (!Number.isFinite(count) || count < 0 || count > 1000) return null;
  switch (unit) {
    case 'minute':
    case 'hour': {
      const minutes = clock.now.hour * 60 + clock.now.minute - Math.round(count * (unit === 'hour' ? 60 : 1));
      const day = clock.today + Math.floor(minutes / 1440);
      const rest = ((minutes % 1440) + 1440) % 1440;
      return { day, precision: 'relative', time: { hour: Math.floor(rest / 60), minute: rest % 60 } };
    }
    case 'day':
      return { day: clock.today - Math.round(count), precision: 'relative' };
    case 'week':
      return { day: clock.today - Math.round(count * 7), precision: 'relative' };
    case 'month':
      return { day: dayNumber(addMonths(dayFromNumber(clock.today), -Math.round(count))), precision: 'vague' };
    case 'year':
      return { day: dayNumber(addMonths(dayFromNumber(clock.today), -Math.round(count * 12))), precision: 'vague' };
    default:
      return unit satisfies never;
  }
}

export function relativeDates(sentence: Sentence, book: PhraseBook, clock: Clock): Found[] {
  const found: Found[] = [];
  const { relativeDays } = book.language.calendar;
  if (sentence.characters === null) {
    for (const { order, first, last } of findSequences(calendarWordsOf(book).relative, sentence, book.words)) {
      if (comparing.test(sentence.tokens[first - 1]?.folded ?? '')) continue;
      found.push({ start: sentence.tokens[first]?.start ?? 0, end: sentence.tokens[last]?.end ?? 0, day: clock.today + (relativeDays[order]?.[1] ?? 0), precision: 'relative' });
    }
    return found;
  }
  for (const [phrase, days] of relativeDays) {
    for (const span of findWords(phrase, sentence, book)) found.push({ ...span, day: clock.today + days, precision: 'relative' });
  }
  return found;
}

/** Every place where consecutive words (spaced) or a stretch of characters (unspaced) stand in the sentence. */
function findWords(phrase: string, sentence: Sentence, book: PhraseBook): { start: number; end: number }[] {
  const found: { start: number; end: number }[] = [];
  if (sentence.characters !== null) {
    const { folded, origin } = sentence.characters;
    for (const [from, to] of findStretches(phrase, folded)) found.push({ start: origin[from] ?? 0, end: (origin[to] ?? 0) + 1 });
    return found;
  }
  for (const index of sentence.tokens.keys()) {
    const last = matchWords(phrase, sentence, index, book);
    if (last !== null) found.push({ start: sentence.tokens[index]?.start ?? 0, end: sentence.tokens[last]?.end ?? 0 });
  }
  return found;
}

export function weekdayDates(sentence: Sentence, book: PhraseBook, clock: Clock): Found[] {
  const { calendar } = book.language;
  const found: Found[] = [];
  const today = weekdayOf(clock.today);
  let lastWeek: boolean | null = null;
  const { weekdays, weekdayPairs } = calendarWordsOf(book);
  if (sentence.characters === null && weekdayPairs.every((pairs) => pairs.length === 0) && !sentence.tokens.some((token) => book.words.lookup(token).some((id) => weekdays.includes(id)))) return found;
  for (const [weekday, pattern] of calendar.weekdays.entries()) {
    const id = weekdays[weekday] ?? -1;
    const spans = sentence.characters !== null
      ? findWords(pattern, sentence, book)
      : sentence.tokens.filter((token) => token.kind === 'word' && book.words.matches(id, token) && !isEverydayWord(sentence, token, book.language.code)).map(({ start, end }) => ({ start, end }));
    if (sentence.characters === null) for (const words of weekdayPairs[weekday] ?? []) spans.push(...findWords(words, sentence, book));
    if (spans.length === 0) continue;
    lastWeek ??= calendar.last !== '' && hasLastWeek(sentence, book);
    const weekBefore = sentence.characters !== null && /先々週|先先週|지지난주|저저번주/u.test(sentence.characters.folded) ? 7 : 0;
    for (const span of spans) {
      if (book.language.code === 'pt' && portugueseOrdinal.test(fold(sentence.passage.text.slice(span.end, span.end + 14)))) continue;
      const back = (today - weekday + 7) % 7 || 7;
      // The weekday of the week before this one.
      const day = lastWeek || weekBefore > 0 ? clock.today - today - 7 + weekday - weekBefore : clock.today - back;
      found.push(withDayOfMonth(span, weekday, sentence, clock) ?? { ...span, day, precision: 'weekday' });
    }
  }
  return found;
}

const dayBehindWeekday = /^(?:-feira)?,?\s(?:(?:the|le|el|il|o|d[íi]a|dem|den|dnia)\s){0,2}(?<day>[12]?\d|3[01])(?:-?(?:st|nd|rd|th|го|га|е|ого|º|°|er|\.(?!\d)))?(?!\p{L}|\s?[%°$€£₽₺]|[.,:/-]?\d|\s?(?:h|hs|hrs|uhr|am|pm|a\.m|p\.m|ore|horas?|heures?|de la|da (?:manhã|tarde|noite)|di (?:sera|mattina)|du (?:soir|matin)|вечера|утра|вечара|раніцы|rano|wieczorem)(?!\p{L})|\s(?:[ck]r[eéè]d|кр[эе]д|tok[ei]n|токен|نقاط|نقطة|كريدي?ت|times?(?!\p{L})|ve[cz]es|volte|fois|razy|раз(?!\p{L})|defa|kere))/iu;
const dayBeforeWeekday = /(?<!\d)(?<day>[12]?\d|3[01])\s?[日일][、,]?\s?[のに]?[(（]?$/u;
/** How far back such a day is looked for, and how far ahead. */
const daysBack = 62;
const daysAhead = 31;
/** One that long ago is not meant where the same lies ahead. */
const longAgo = 20;

/** "El jueves 5", "Thursday 5th", "5일 목요일": where a day of this number fell on this weekday, that one is meant, and the number counts nothing. */
function withDayOfMonth(span: { start: number; end: number }, weekday: number, { passage: { text }, characters, end }: Sentence, clock: Clock): Found | null {
  const match = characters === null ? dayBehindWeekday.exec(text.slice(span.end, Math.min(end, span.end + 30))) : dayBeforeWeekday.exec(text.slice(Math.max(0, span.start - 8), span.start));
  const number = Number(match?.groups?.['day'] ?? 0);
  if (match === null || number === 0) return null;
  const isIt = (day: number): boolean => weekdayOf(day) === weekday && dayFromNumber(day).day === number;
  const before = Array.from({ length: daysBack }, (_, i) => clock.today - i).find(isIt);
  const after = Array.from({ length: daysAhead }, (_, i) => clock.today + 1 + i).find(isIt);
  const day = before === undefined || (after !== undefined && clock.today - before > longAgo) ? after : before;
  const stretch = characters === null ? { start: span.start, end: span.end + match[0].length } : { start: span.start - match[0].length, end: span.end };
  return day === undefined ? null : { ...stretch, day, precision: 'partial' };
}

/** Portuguese counts the days of the week: "quinta tentativa" is the fifth try. */
const portugueseOrdinal = /^\s(?:vez|tentativa|cobranca|mensagem|via|parte|compra|parcela|geracao|imagem|foto|opcao|assinatura|conta|transacao|versao|resposta|semana|etapa|pessoa|metade|mail|e-?mail)/;

/** "We sat down in the sun": three Latin letters are a weekday only where they are written as a name. */
function isEverydayWord({ passage: { text } }: Sentence, token: { start: number; end: number }, language: string): boolean {
  // "w czw", "na seg"
  const named = language === 'pl' ? /(?<!\p{L})we?\s$/iu : language === 'pt' ? /(?<!\p{L})n[ao]\s$/iu : null;
  return token.end - token.start <= 3 && /^[a-z]/.test(text.slice(token.start, token.end)) && named?.test(text.slice(Math.max(0, token.start - 4), token.start)) !== true;
}

function hasLastWeek(sentence: Sentence, book: PhraseBook): boolean {
  const { calendar } = book.language;
  const last = calendar.last.split('|');
  const weeks = calendar.units.week.split('|');
  if (sentence.characters !== null) return last.some((a) => weeks.some((b) => sentence.characters?.folded.includes(fold(a + b).replace(/\s/g, '')) === true));
  const lastId = book.words.add(calendar.last);
  const weekId = book.words.add(calendar.units.week);
  return sentence.tokens.some((token, i) => book.words.matches(weekId, token) && [sentence.tokens[i - 1], sentence.tokens[i + 1]].some((beside) => beside !== undefined && book.words.matches(lastId, beside)));
}

/** A part of this day that went by, in each language: "it has hung all morning", "с самого утра". */
const wholeParts: Readonly<Record<string, RegExp>> = {
  en: /\b(?:all|the whole|the entire)\s(?:morning|afternoon|evening|day)(?:\slong)?\b|\bsince\s(?:(?:the|early)\s){0,2}morning\b/iu,
  ru: /(?<!\p{L})(?:вс[её]\sутро|весь\sдень|целый\sдень|весь\sвечер|с\s(?:самого|раннего)\sутра)(?!\p{L})/iu,
  be: /(?<!\p{L})(?:(?:увесь|ўвесь|цэлы)\sдзень|усю\sраніцу|(?:з|ад)\s(?:самай\s)?раніцы)(?!\p{L})/iu,
  uk: /(?<!\p{L})(?:(?:увесь|весь|цілий)\sдень|(?:весь|увесь)\sранок|з\s(?:самого\s)?ранку)(?!\p{L})/iu,
  pl: /(?<!\p{L})(?:ca[łl]y\s(?:dzie[ńn]|ranek|wiecz[óo]r)|od\s(?:samego\s)?rana)(?!\p{L})/iu,
  de: /(?<!\p{L})den\sganzen\s(?:tag|morgen|vormittag|nachmittag|abend)(?!\p{L})/iu,
  fr: /(?<!\p{L})toute\sla\s(?:journ[ée]e|matin[ée]e|soir[ée]e)(?!\p{L})/iu,
  es: /(?<!\p{L})(?:tod[oa]\s(?:el\sd[íi]a|la\s(?:ma[ñn]ana|tarde))|desde\s(?:por\s)?la\sma[ñn]ana)(?!\p{L})/iu,
  it: /(?<!\p{L})(?:tutto\sil\s(?:giorno|pomeriggio)|tutta\sla\s(?:mattina|mattinata|giornata|sera))(?!\p{L})/iu,
  pt: /(?<!\p{L})(?:(?:o\sdia|a\s(?:manh[ãa]|tarde))\s(?:todo|toda|inteir[oa])|tod[oa]\s(?:o\sdia|a\s(?:manh[ãa]|tarde))|desde\scedo)(?!\p{L})/iu,
  tr: /(?<!\p{L})(?:b[üu]t[üu]n\s(?:g[üu]n|sabah)|sabahtan\sberi|sabahtan\sberidir)(?!\p{L})/iu,
  ar: /(?<!\p{L})(?:طوال|طول)\sاليوم(?!\p{L})|(?<!\p{L})من\s(?:الصبح|الصباح)(?!\p{L})/u,
  ja: /一日中|朝からずっと|午前中ずっと/u,
  ko: /하루\s?종일|온종일|아침부터|오전\s?내내/u,
};

/** Where no day is named, the one on which it goes on: only something that goes wrong does. */
export function lastingDate(sentence: Sentence, book: PhraseBook, clock: Clock): Found[] {
  const match = wholeParts[book.language.code]?.exec(sentence.passage.text.slice(sentence.start, sentence.end));
  return match ? [{ start: sentence.start + match.index, end: sentence.start + match.index + match[0].length, day: clock.today, precision: 'relative', lasting: true }] : [];
}
