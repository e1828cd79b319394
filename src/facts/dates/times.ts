import type { PhraseBook } from '../text/phrases.ts';
import { sentenceText } from '../text/sentences.ts';
import type { Sentence, Token } from '../text/sentences.ts';
import { spokenTimes } from './spoken-times.ts';
import { asciiDigits, fold } from '../text/fold.ts';
import { smallKoreanNumber, smallNumber, smallNumberValue } from '../numbers/east-asian-numbers.ts';
import { numeralValue } from '../text/numerals.ts';
import { compileSequences, findSequences } from '../text/word-sequences.ts';
import type { WordSequences } from '../text/word-sequences.ts';

/** A time of day, in the writer's own clock. */
export interface ClockTime {
  readonly hour: number;
  readonly minute: number;
}

interface Span {
  readonly start: number;
  readonly end: number;
}

/** Words for noon and midnight, numbered once for each phrase book. */
interface Twelves {
  readonly hours: readonly number[];
  readonly sequences: WordSequences;
}

const twelves = new WeakMap<PhraseBook, Twelves>();

function twelvesOf(book: PhraseBook): Twelves {
  const known = twelves.get(book);
  if (known) return known;
  const { noon, midnight } = book.language.calendar;
  const [noons = [], midnights = []] = [noon, midnight].map((pattern) => (pattern === '' ? [] : pattern.split('|').map((one) => one.replaceAll('_', ' '))));
  const compiled = { hours: [...noons.map(() => 12), ...midnights.map(() => 0)], sequences: compileSequences([...noons, ...midnights], book.words) };
  twelves.set(book, compiled);
  return compiled;
}

/** The times of day a sentence names, apart from the spans that are dates already. */
export function findTimes(sentence: Sentence, book: PhraseBook, taken: readonly Span[]): (ClockTime & Span)[] {
  const { calendar } = book.language;
  const found: (ClockTime & Span)[] = [];
  const text = sentenceText(sentence);
  const add = (hour: number, minute: number, start: number, end: number, beside: string): void => {
    const span = { start: sentence.start + start, end: sentence.start + end };
    if ([...taken, ...found].some((other) => other.start < span.end && span.start < other.end)) return;
    const shifted = shift(hour, beside, calendar);
    if (shifted <= 24 && minute < 60) found.push({ hour: shifted === 24 ? 0 : shifted, minute, ...span });
  };
  const around = (start: number, end: number): string => nearWords(sentence, start + sentence.start, end + sentence.start);
  if (sentence.characters === null) {
    const isPartOfDay = ({ folded }: { folded: string }): boolean => nightWords.has(folded) || longNightWords.has(folded) || isOneOf(folded, calendar.morning) || isOneOf(folded, calendar.evening);
    const isCountedIn = (index: number): boolean => {
      const next = sentence.tokens[index + 1];
      return next?.kind === 'word' && !next.afterBreak && !isPartOfDay(next) && isCounted(sentence, index, book);
    };
    for (const { hour, minute, start, end } of spokenTimes(sentence, book, isPartOfDay, isCountedIn)) {
      add(hour, minute, start - sentence.start, end - sentence.start, nearWords(sentence, start, end));
    }
  }

  for (const match of text.matchAll(/(?<![\d:.,/])([01]?\d|2[0-4])(?::|\s?[hH]\s?|：)([0-5]\d)(?!\d)(?::[0-5]\d)?(?:\s?([ap])\.?\s?m\b\.?)?/gi)) {
    const part = sentence.characters === null ? undefined : partOfDay.exec(text.slice(0, match.index))?.[1];
    add(withMeridiem(Number(match[1]), match[3] ?? (part?.toLowerCase() === 'pm' ? 'p' : part?.toLowerCase() === 'am' ? 'a' : undefined)), Number(match[2]), match.index, match.index + match[0].length, match[3] === undefined ? (part ?? around(match.index, match.index + match[0].length)) : '');
  }
  for (const match of text.matchAll(/(?<![\d:.,/])(1[0-2]|0?[1-9])(?:\.([0-5]\d))?\s?([ap])\.?\s?m\b\.?/gi)) {
    add(withMeridiem(Number(match[1]), match[3]), Number(match[2] ?? 0), match.index, match.index + match[0].length, '');
  }
  // 夜9時30分, 오후 9시 반, 夕方五時半
  for (const match of text.matchAll(eastAsianTime)) {
    const [, part, written = '', tens, half] = match;
    const end = match.index + match[0].length;
    // 一時は, 一時的に: for a while
    if (part === undefined && half === undefined && tens === undefined && !/\d/.test(written) && !/^\s?(?:頃|ころ|ごろ|過ぎ|すぎ|ぴったり|ちょうど|前(?!後))/u.test(text.slice(end, end + 5))) continue;
    const hour = smallNumberValue(written);
    const minutes = tens === undefined ? (half === undefined ? 0 : 30) : smallNumberValue(tens);
    // 9時10分前, 9시 10분 전
    const isTo = tens !== undefined && minutes > 0 && /^\s?(?:前(?!後)|전(?!후))/u.test(text.slice(end, end + 3));
    // The part of the day may belong to the date's word (昨夜9時, 어젯밤 9시).
    add(isTo ? (hour + 23) % 24 : hour, isTo ? 60 - minutes : minutes, match.index + (part?.length ?? 0), end, part ?? '');
  }
  // 밤 열한 시쯤
  for (const match of sentence.characters === null ? [] : text.matchAll(nativeKoreanTime)) {
    if (match[1] === undefined && /[가-힣]/u.test(text[match.index - 1] ?? '')) continue;
    add(koreanHours.indexOf(match[2] ?? '') + 1, match[4] === undefined ? smallNumberValue(match[3] ?? '0') : 30, match.index + (match[1]?.length ?? 0), match.index + match[0].length, match[1] ?? '');
  }
  // 正午, 정오; not 설정 오류
  for (const match of sentence.characters === null ? [] : text.matchAll(eastAsianNoon)) add(/[正정]/u.test(match[0]) ? 12 : 0, 0, match.index, match.index + match[0].length, '');
  if (sentence.characters === null) {
    // "at 9", "21h", "около 9 вечера", "saat 20.00"
    const at = calendar.at === '' ? null : book.words.add(calendar.at);
    const oclock = calendar.oclock === '' ? null : book.words.add(calendar.oclock);
    const morning = calendar.morning === '' ? null : book.words.add(calendar.morning);
    const evening = calendar.evening === '' ? null : book.words.add(calendar.evening);
    for (const [index, token] of sentence.tokens.entries()) {
      const before = sentence.tokens[index - 1];
      // "a las nueve": a number word is an hour only after such a word.
      const hour = token.kind === 'number' ? (token.folded.length > 2 ? null : Number(token.folded)) : at !== null && before !== undefined && book.words.matches(at, before) ? numeralValue(token.folded, book.language) : null;
      // "All burnt to nothing", "в ноль", "do zera"
      if (hour === null || !Number.isInteger(hour) || hour > 24 || (hour === 0 && token.kind !== 'number')) continue;
      // "El viernes 13 por la tarde" is a day, "el viernes 9 de la noche" an hour.
      if (before !== undefined && token.kind === 'number' && daysBehindWeekday.has(book.language.code) && isWeekday(before, book) && !/^\s?(?:h|hs|ore|horas?|heures?|de\sla|del|di|da|du|[:.]\d)(?!\p{L})/iu.test(sentence.passage.text.slice(token.end, token.end + 8))) continue;
      // "las 9 de la noche", "9h du soir": up to two particles before the part of the day.
      const beforeIsAt = before !== undefined && at !== null && book.words.matches(at, before);
      const isParticle = (word: string): boolean => particles.has(word) || (beforeIsAt && /^(?:at|last)$/.test(word));
      let partAt = index + 1;
      while (partAt <= index + 3 && isParticle(sentence.tokens[partAt]?.folded ?? '')) partAt++;
      const part = sentence.tokens[partAt];
      const next = partAt > index + 1 && part !== undefined && ((morning !== null && book.words.matches(morning, part)) || (evening !== null && book.words.matches(evening, part))) ? part : sentence.tokens[index + 1];
      const glue = sentence.passage.text.slice(token.end, next?.start ?? token.end);
      const byOclock = next !== undefined && oclock !== null && /^\s?$/.test(glue) && book.words.matches(oclock, next);
      const byPart = next !== undefined && (/^\s?$/.test(glue) || next !== sentence.tokens[index + 1]) && ((morning !== null && book.words.matches(morning, next)) || (evening !== null && book.words.matches(evening, next)));
      // "à 1 749 €"
      const isDecimal = /^(?:[.,]\d|[ \u00a0\u202f]\d{3}(?!\d))/.test(asciiDigits(sentence.passage.text.slice(token.end, token.end + 5)));
      const byAt = !isDecimal && beforeIsAt && (token.end === sentence.end || !/^[\p{L}%°$€£]/u.test(sentence.passage.text.slice(token.end).trimStart()) || byOclock || byPart);
      // "Wczoraj o 21 opłaciłem": behind a date such a word needs no more.
      const byDate = !isDecimal && token.kind === 'number' && beforeIsAt && taken.some((date) => date.end <= before.start && before.start - date.end <= 4) && !isCounted(sentence, index, book);
      // "Сегодня утром около девяти", "ieri sera verso le 21": the part of the day may stand before.
      const earlier = beforeIsAt ? sentence.tokens[index - 1 - hourWordsBefore(sentence, index, book.language.code)] : undefined;
      const byPartBefore = !isDecimal && earlier !== undefined && earlier !== before && ((morning !== null && book.words.matches(morning, earlier)) || (evening !== null && book.words.matches(evening, earlier)) || nightWords.has(earlier.folded) || longNightWords.has(earlier.folded)) && !isCounted(sentence, index, book);
      const minutes = minutesAfter.exec(asciiDigits(sentence.passage.text.slice(token.end, token.end + 12)));
      const past = beforeIsAt || byOclock ? pastTheHour.exec(sentence.passage.text.slice(token.end, token.end + 30)) : null;
      if (past && !minutes) add(hour, past[1] === undefined ? (past[2] === undefined ? 30 : 15) : Number(past[1]), token.start - sentence.start, token.end + past[0].length - sentence.start, nearWords(sentence, token.start, token.end + past[0].length));
      else if (minutes && (beforeIsAt || isDottedTime(sentence, index, book))) add(hour, Number(minutes[1]), token.start - sentence.start, token.end + minutes[0].length - sentence.start, around(token.start - sentence.start, token.end - sentence.start));
      else if (byPart || (byOclock && beforeIsAt) || (byOclock && (!isDuration(sentence, index, book) || (glue === '' && hour >= 6 && next?.folded === 'h'))) || byAt || byDate || byPartBefore) {
        // "At 9 last night": the night is the date's.
        const isOfDate = next !== undefined && taken.some((date) => date.start < next.end && next.start < date.end);
        const last = (byPart || byOclock) && !isOfDate ? next : token;
        add(hour, 0, token.start - sentence.start, (last?.end ?? token.end) - sentence.start, around(token.start - sentence.start, token.end - sentence.start));
      }
    }
    const { hours, sequences } = twelvesOf(book);
    for (const { order, first, last } of findSequences(sequences, sentence, book.words)) {
      // "après-midi" is no noon.
      if (/^(?:apres|apre|aprem)$/.test(sentence.tokens[first - 1]?.folded ?? '')) continue;
      const end = sentence.tokens[last]?.end ?? 0;
      // "Midi et demi", "minuit et quart"
      const past = pastTwelve.exec(sentence.passage.text.slice(end, end + 12));
      add(hours[order] ?? 0, past === null ? 0 : past[1] === undefined ? 30 : 15, (sentence.tokens[first]?.start ?? 0) - sentence.start, end + (past?.[0].length ?? 0) - sentence.start, '');
    }
  }
  return found.map((time) => ({ ...time, hour: found.find((other) => isSaidAgain(time, other, sentence.passage.text))?.hour ?? time.hour }));
}

/** "At half past two (14:30)": the other half of the day, side by side. */
function isSaidAgain(time: ClockTime & Span, other: ClockTime & Span, text: string): boolean {
  return other.hour === time.hour + 12 && other.minute === time.minute && !/[\p{L}\p{N}]/u.test(text.slice(Math.min(time.end, other.end), Math.max(time.start, other.start)));
}

/** "21.30 gibi", "21.30'da": in Turkish as often as a sum. */
function isDottedTime({ tokens, passage: { text } }: Sentence, index: number, { language, words }: PhraseBook): boolean {
  const [hour, minutes, next] = [tokens[index], tokens[index + 1], tokens[index + 2]];
  return language.code === 'tr' && hour !== undefined && minutes?.kind === 'number' && minutes.start === hour.end + 1 && next !== undefined && !next.afterBreak && /^['’ʼ\s]?$/.test(text.slice(minutes.end, next.start)) && words.matches(words.add(language.calendar.oclock), next);
}

/** Words that stand before an hour; an article does with a preposition before it, or an accent: "verso le 21", "a las 9", "às 9", not "le 3 immagini". */
const beforeHours = /^(?:alle|all|dalle|ore|pelas|o|godz|godzinie|um|at|а|о|об|الساعه)$/u;
/** They stand before any number: "about 3 models". One in words is an hour. */
const approximate = /^(?:kolo|okolo|ok|vers|gegen|around|about|каля|близько|біля|коло)$/u;
const articles = /^(?:le|las|as|das)$/u;
const beforeArticles = /^(?:verso|a|sobre|hacia|volta|cerca|perto)$/u;

/** How many words right before a number say that it is an hour; 0 where none does. */
function hourWordsBefore({ tokens, passage }: Sentence, index: number, language: string): number {
  const [word, before, beforeThat] = [tokens[index - 1], tokens[index - 2], tokens[index - 3]];
  if (word === undefined) return 0;
  if (language === 'fr' && word.folded === 'a') return 1;
  if (articles.test(word.folded)) {
    if (before !== undefined && beforeArticles.test(before.folded)) return before.folded === 'volta' && beforeThat?.folded === 'por' ? 3 : 2;
    return /[àá]/iu.test(passage.text.slice(word.start, word.end)) || (word.folded === 'as' && Number(tokens[index]?.folded) > 12) ? 1 : 0;
  }
  if (language !== 'ru' && !beforeHours.test(word.folded) && !(approximate.test(word.folded) && tokens[index]?.kind === 'word')) return 0;
  return word.folded === 'ore' && before?.folded === 'alle' ? 2 : 1;
}

/** "o 17 kredytów", "ok 3 dni": a number of something. */
function isCounted(sentence: Sentence, index: number, book: PhraseBook): boolean {
  const next = sentence.tokens[index + 1];
  if (next === undefined || /^\s?[%°$€£₽₺₴]/u.test(sentence.passage.text.slice(sentence.tokens[index]?.end ?? 0))) return next !== undefined;
  const { units } = book.language.calendar;
  return next.kind !== 'word' || /^(?:[ck]r[eéaэ]d|кр[эе]дит|token|токен|point|punkt|pkt|jeton)/iu.test(next.folded) || [...Object.values(units), ...Object.values(book.language.money)].some((word) => word !== '' && book.words.matches(book.words.add(word), next));
}

/** "3 hours" is a length, "at 3 h" a time: a number of hours counts as a length when the word is also the unit's and no `at` stands before. */
function isDuration(sentence: Sentence, index: number, book: PhraseBook): boolean {
  const next = sentence.tokens[index + 1];
  return next !== undefined && book.words.matches(book.words.add(book.language.calendar.units.hour), next);
}

function withMeridiem(hour: number, letter: string | undefined): number {
  if (letter === undefined) return hour;
  if (letter.toLowerCase() === 'p') return hour < 12 ? hour + 12 : hour;
  return hour === 12 ? 0 : hour;
}

/** "9.50" and "9:50", but no sum. */
const minutesAfter = /^[.:]\s?([0-5]\d)(?!\d|[.]\d|\s?(?:[€$£₽₺₴%]|(?:zł|eur|usd|gbp|pln|brl|руб|дол|лир|lir|dol|tl)))/iu;

/** Between an hour and the part of the day: "9 de la noche", "9 di sera", "9 du soir". */
const particles = new Set(['de', 'w', 'la', 'da', 'do', 'di', 'del', 'della', 'du', 'in', 'the', 'l', 'por', 'pela', 'apres', 'heures', 'heure', 'h', 'horas', 'hrs', 'hs', 'en']);
/** "9 y media", "21 e 10", "9h et quart", "9 e mezza". */
const daysBehindWeekday: ReadonlySet<string> = new Set(['es', 'fr', 'it', 'pt']);

function isWeekday(token: Token, { words, language }: PhraseBook): boolean {
  return language.calendar.weekdays.some((pattern) => words.matches(words.add(pattern), token));
}

const pastTwelve = /^\s(?:et|y|e)\s(?:demie?|medi[ao]|mezz[ao]|mei[ao]|(quart|cuarto|un\squarto))(?!\p{L})/iu;
const pastTheHour = /^\s?(?:h\s|heures?\s|horas?\s)?\s?(?:y|e|et)\s(?:([0-5]\d)(?!\d)(?!\s?[%€$])(?:\s?(?:min\p{L}*))?|medi[ao]|meia|mezz[ao]|demie?|(un quarto|cuarto|quart))(?!\p{L})/iu;

/** The three words after a time and the five before it, nearest first, folded. */
function nearWords(sentence: Sentence, start: number, end: number): string {
  const before = sentence.tokens.filter((token) => token.end <= start).slice(-5).toReversed();
  const after = sentence.tokens.filter((token) => token.start >= end).slice(0, 3);
  return [...after, ...before].map((token) => token.folded).join(' ');
}

const eastAsianTime = new RegExp(String.raw`(?<![\d一二三四五六七八九十何同])(午前|午後|早朝|朝|昼|夕方|夜|深夜|晩|오전|오후|아침|점심|낮|저녁|밤|새벽|[AaPp][Mm])?(?:の|に|에)?\s?(2[0-4]|[01]?\d|二?十[一二三四五六七八九]?|[一二三四五六七八九])\s?(?:時(?!間|点|代|期|刻|短|限|折|々)|시(?!간|리즈))(?:\s?(?:(${smallNumber})\s?(?:分|분)|(半|반)))?`, 'gu');
const eastAsianNoon = /正午|零時(?!間)|(?<![가-힣])(?:정오|자정)(?=에|쯤|경|무렵|즈음|부터|까지|께|이|을|를|\s|[,.]|$)/gu;
const nativeKoreanTime = new RegExp(String.raw`(오전|오후|아침|점심|낮|저녁|밤|새벽)?\s?(열한|열두|열|한|두|세|네|다섯|여섯|일곱|여덟|아홉)\s?시(?:\s?(?:(${smallKoreanNumber})\s?분|(반)))?(?=\s?(?:쯤|경|에|반|정각|정도|이후|넘|분)|[\s,.])`, 'gu');
const partOfDay = /(午前|午後|早朝|朝|昼|夕方|夜|深夜|晩|오전|오후|아침|점심|낮|저녁|밤|새벽|(?<![A-Za-z])[AaPp][Mm])(?:の|に|에)?\s?$/u;
const koreanHours = ['한', '두', '세', '네', '다섯', '여섯', '일곱', '여덟', '아홉', '열', '열한', '열두'];
const eastAsianEvening = new Set(['午後', '昼', '夕方', '夜', '深夜', '晩', '오후', '점심', '저녁', '밤', '낮', 'pm', 'PM', 'Pm']);

/** "11 w nocy" is before midnight, "2 w nocy" after it. */
const nightWords = new Set(['nocy', 'gece', 'gecesi', 'ليلا', 'بالليل', 'الليل', 'بليل', 'باليل', 'لليل', 'nachts', 'nacht', 'ночі', 'вночі', 'ночи', 'ночью', 'ночы', 'ноччу', 'уночы', 'notte', 'stanotte', 'nuit'].map((word) => fold(word)));
/** The nights that begin with the evening: "6 at night", "las 6 de la noche"; but "3 in the night". */
const longNightWords = new Set(['night', 'nite', 'noche', 'anoche', 'noite']);

/** The meal in the middle of the day, folded. */
const mealWords = new Set(['lunch', 'lunchtime', 'обеда', 'обедом', 'обіду', 'обідом', 'абеду', 'абеда', 'абедам', 'obiedzie', 'obiadem', 'obiadu', 'mittagessen', 'dejeuner', 'almuerzo', 'almorzar', 'comer', 'pranzo', 'almoco'].map((word) => fold(word)));

/** The hour of the day that an hour is by the words beside a stretch: 14 of two "after lunch". */
export function hourBeside(hour: number, { sentence, start, end }: { readonly sentence: Sentence; readonly start: number; readonly end: number }, { language: { calendar } }: PhraseBook): number {
  return sentence.characters === null ? shift(hour, nearWords(sentence, start, end), calendar) : hour;
}

function shift(hour: number, beside: string, calendar: PhraseBook['language']['calendar']): number {
  if (beside === '' || hour > 12) return hour;
  if (eastAsianEvening.has(beside)) {
    if (/^[夜深晩밤]/u.test(beside)) return hour === 12 ? 0 : hour >= 5 ? hour + 12 : hour;
    if (/^[昼낮점]/u.test(beside)) return hour < 6 ? hour + 12 : hour;
    return hour < 12 ? hour + 12 : hour;
  }
  const words = beside.split(' ');
  for (const word of words) {
    if (nightWords.has(word) || longNightWords.has(word)) return hour === 12 ? 0 : hour >= (longNightWords.has(word) ? 5 : 7) ? hour + 12 : hour;
    // Nobody has lunch at night: "after lunch, about three", "before lunch, at ten".
    if (mealWords.has(word)) return hour >= 1 && hour <= 6 ? hour + 12 : hour;
    if (isOneOf(word, calendar.morning)) return hour === 12 ? 0 : hour;
    if (isOneOf(word, calendar.evening)) return hour >= 1 && hour < 12 ? hour + 12 : hour;
  }
  return hour;
}

/** Whether a folded word matches a pattern such as `morning|mañan*`. */
function isOneOf(word: string, pattern: string): boolean {
  return pattern !== '' && pattern.split('|').some((one) => (one.endsWith('*') ? word.startsWith(fold(one.slice(0, -1))) : word === fold(one)));
}
