import type { Moment } from '../../message/message.ts';
import { dayFromNumber, isoDay, weekdayOf } from './calendar.ts';
import { calendarWordsOf } from './calendar-words.ts';
import { holidayDates } from './holidays.ts';
import { dayOfMonthDates, namedMonthDates } from './named-dates.ts';
import { eastAsianDates, numericDates } from './numeric-dates.ts';
import { opensOnlyThen } from '../text/only-then.ts';
import { tokenAt } from '../text/phrases.ts';
import type { PhraseBook } from '../text/phrases.ts';
import { agoDates, halfHourDates, lastingDate, relativeDates, weekdayDates } from './relative-dates.ts';
import type { Clock, DatePrecision, Found } from './resolve-dates.ts';
import type { Sentence } from '../text/sentences.ts';
import { findSequences } from '../text/word-sequences.ts';
import { withTimesBehind } from './times-told-behind.ts';
import { findTimes } from './times.ts';
import type { ClockTime } from './times.ts';

/** A date the mail names, resolved against the day it was sent. */
export interface DateMention {
  readonly sentence: Sentence;
  readonly start: number;
  readonly end: number;
  readonly first: number;
  readonly last: number;
  readonly day: number;
  /** `2026-03-17` or `2026-03-17T14:05` */
  readonly value: string;
  readonly time: ClockTime | null;
  readonly precision: DatePrecision;
  /** It lies ahead, or is named as a deadline: nothing that has happened. */
  readonly ahead: boolean;
  /** "All morning": what went on so long. */
  readonly lasting?: true;
}

export function findDates(sentences: readonly Sentence[], book: PhraseBook, sentAt: Moment): DateMention[] {
  const local = new Date(sentAt.epochMs + sentAt.offsetMinutes * 60_000);
  const clock: Clock = {
    today: Math.floor(local.getTime() / 86_400_000),
    now: { hour: local.getUTCHours(), minute: local.getUTCMinutes() },
    order: dateOrder(book, sentAt.offsetMinutes),
  };
  const named = withTimesBehind(sentences.flatMap((sentence) => datesIn(sentence, book, clock)), sentences, book);
  return (book.language.calendar.sameDay ?? []).length === 0 || named.length === 0 ? [...named] : withSameDays(named, sentences, book);
}

/** "It failed on 6 November. I had bought them that same day." */
function withSameDays(named: readonly DateMention[], sentences: readonly Sentence[], book: PhraseBook): DateMention[] {
  const { sameDay } = calendarWordsOf(book);
  const meant = sentences.flatMap((sentence) => findSequences(sameDay, sentence, book.words).flatMap(({ first, last }, _, places): DateMention[] => {
    if (places.some((other) => other.first <= first && last <= other.last && other.last - other.first > last - first)) return [];
    const [start, end] = [sentence.tokens[first]?.start ?? 0, sentence.tokens[last]?.end ?? 0];
    const before = named.findLast((date) => !date.ahead && (date.sentence.index < sentence.index || (date.sentence === sentence && date.end <= start)));
    return before === undefined ? [] : [{ ...before, sentence, start, end, first, last, value: isoDay(dayFromNumber(before.day)), time: null, precision: 'relative' }];
  }));
  return [...named, ...meant].toSorted((a, b) => a.sentence.index - b.sentence.index || a.start - b.start);
}

/** English is written day first but in the Americas (and where their mail programs say so by their offset). */
function dateOrder(book: PhraseBook, offsetMinutes: number): Clock['order'] {
  const order = book.language.calendar.dateOrder;
  return order === 'mdy' && offsetMinutes > -180 ? 'dmy' : order;
}

function datesIn(sentence: Sentence, book: PhraseBook, clock: Clock): DateMention[] {
  const found = namedDays(sentence, book, clock);
  if (found.length === 0) found.push(...lastingDate(sentence, book, clock));
  if (found.length === 0) return [];
  found.sort((a, b) => a.start - b.start);
  const times = findTimes(sentence, book, found);
  return found.map((date) => {
    const first = tokenAt(sentence, date.start);
    const last = tokenAt(sentence, date.end - 1);
    const beside = nearestTime(date, found, times);
    // "A couple of hours ago (it was 22:15)": the hour itself is the better told.
    const time = date.time === undefined || (beside !== null && isToldAnew(date.time, beside)) ? beside : date.time;
    // "Last night at two" is this morning.
    const isPastMidnight = time !== null && time.hour < 5 && time.hour < clock.now.hour && date.day === clock.today - 1 && nightBehind.test(sentence.passage.text.slice(date.start, date.end));
    const day = isPastMidnight ? clock.today : date.day;
    const iso = isoDay(dayFromNumber(day));
    return {
      sentence, start: date.start, end: beside !== null && beside.end - date.end < 30 ? Math.max(date.end, beside.end) : date.end, first, last, day,
      value: time === null ? iso : `${iso}T${String(time.hour).padStart(2, '0')}:${String(time.minute).padStart(2, '0')}`,
      time, precision: date.precision, ...(date.lasting === true ? { lasting: true as const } : {}),
      ahead: date.day > clock.today || ((date.precision === 'partial' || date.precision === 'weekday') && toCome.test(sentence.passage.text.slice(Math.max(sentence.start, date.start - 80), date.start))) || (date.precision === 'partial' && book.language.code === 'tr' && toComeBehind.test(sentence.passage.text.slice(date.end, Math.min(sentence.end, date.end + 50)))) || (date.precision === 'partial' && feastAhead.test(sentence.passage.text.slice(sentence.start, date.start))) || date.nearFuture === true || (date.precision === 'weekday' && forThatDay.test(sentence.passage.text.slice(date.start, date.end))) || isDeadline(sentence, first, book, date.precision === 'relative' ? date.day - clock.today : null) || isDeadlineAfter(sentence, date.end, book),
    };
  });
}

function namedDays(sentence: Sentence, book: PhraseBook, clock: Clock): Found[] {
  const found = [...halfHourDates(sentence, book, clock), ...holidayDates(sentence, clock)];
  // Most sentences have neither a number nor a word of the calendar.
  const { tells } = calendarWordsOf(book);
  if (sentence.characters === null && !sentence.tokens.some((token) => tells(token))) return found;
  const add = (candidates: readonly Found[]): void => {
    for (const candidate of candidates) {
      if (!found.some((known) => known.start < candidate.end && candidate.start < known.end)) found.push(candidate);
    }
  };
  add(numericDates(sentence, clock));
  add(eastAsianDates(sentence, clock));
  add(namedMonthDates(sentence, book, clock));
  add(agoDates(sentence, book, clock));
  add(relativeDates(sentence, book, clock));
  add(dayOfMonthDates(sentence, book, clock));
  const weekdays = weekdayDates(sentence, book, clock).filter((weekday) => !found.some((date) => near(weekday, date) && !isAnother(weekday, date, sentence)));
  add(weekdays);
  return found;
}

/** "The wedding is on the 12th of June": no year, and it is still to come. */
const feastAhead = /\b(?:wedding|birthday|party|christening|baptism|anniversary|funeral|exhibition|fair|exam|recital|ceremony|launch|graduation|reunion|concert)\b[^.;!?]{0,20}?(?:\b(?:is|are|falls|will be)|['’]s)\s(?:on\s)?(?:the\s)?$/iu;

const nightBehind = /^(?:last\snight|anoche)$/iu;

/** "His card will be charged again on the 22nd": a verb of what is still to come, right before the day. */
const toCome = /(?:\b(?:will|['’]ll|going to|gonna|due to|set to|about to)\s(?:(?:only|soon|automatically|just|be|get|then|again)\s){0,3}(?:charg|bill|debit|renew|tak|deduct|collect|expire|end|start|go|draw|pull|hit|come|happen|fall|try)\w*\s(?:[\p{L}'’]+\s){0,4}|(?<!\p{L})(?:wird|werden)\s(?:\p{L}+\s){0,4}|(?<!\p{L})(?:sera|seront|va|vont|allez|prélèverez|débiterez|(?:se )?renouvellera)\s(?:[\p{L}'’]+\s){0,4}|(?<!\p{L})(?:verr[àa]|verranno|sar[àa]|saranno|addebiterete|prenderete|rinnover[àa])\s(?:[\p{L}'’]+\s){0,4}|(?<!\p{L})(?:vai|vão|será|serão|cobrarão|renovará)\s(?:\p{L}+\s){0,4}|(?<!\p{L})(?:cobrarán|cobraréis|renovará|van? a \p{L}+)\s(?:\p{L}+\s){0,4}|(?<!\p{L})(?:będzie|będą|zostanie|pobierzecie|odnowi)\s(?:\p{L}+\s){0,4}|(?<!\p{L})(?:будет|будут|спишет|спишется|спишут|спишете|снимут|снимете|продлится|будзе|будуць|спішацца|спішуць|спішаце|здымуць|спише|спишуть|спишеться)\s(?:\p{L}+\s){0,4})(?:(?:on|am|le|il|el|em|no|día|dia|on the|the)\s)?$/iu;

/** "Ayın 3'ünde yenilenecekmiş": Turkish verbs come last. "Yenilenecekti" was to be. */
const toComeBehind = /^['’]?\p{L}{0,5}\s(?:\p{L}+\s)?\p{L}+(?:ecek|acak)(?!t[iı])\p{L}*/u;

/** "Pazartesiye yetişecek": Turkish says "by Monday" and "for Monday" by the end of the word. */
const forThatDay = /^(?:pazartesiye|salıya|çarşambaya|carsambaya|perşembeye|persembeye|cumaya|cumartesiye|pazara)$/iu;

/** Both name the same moment, but for what "a couple of hours" leaves open. */
function isToldAnew(reckoned: ClockTime, told: ClockTime): boolean {
  return Math.abs((reckoned.hour - told.hour) * 60 + reckoned.minute - told.minute) <= 75;
}

/** A weekday and a date side by side are one: "Sunday, 5 April". */
function near(a: Stretch, b: Found): boolean {
  return b.precision !== 'relative' && b.precision !== 'vague' && (a.end <= b.start ? b.start - a.end <= 8 : a.start - b.end <= 8);
}

/** "On 20 February, on Saturday it came": a word between them, and the one is no such day of the week. */
function isAnother(weekday: Found, date: Found, { passage: { text } }: Sentence): boolean {
  return weekdayOf(weekday.day) !== weekdayOf(date.day) && /\p{L}/u.test(text.slice(Math.min(weekday.end, date.end), Math.max(weekday.start, date.start)));
}

interface Stretch {
  readonly start: number;
  readonly end: number;
}

function apart(a: Stretch, b: Stretch): number {
  return Math.max(b.start - a.end, a.start - b.end, 0);
}

function nearestTime(date: Found, dates: readonly Found[], times: readonly (ClockTime & Stretch)[]): (ClockTime & Stretch) | null {
  let best: (ClockTime & Stretch) | null = null;
  for (const time of times) {
    if (dates.some((other) => other !== date && apart(other, time) < apart(date, time))) continue;
    if (apart(date, time) > 60) continue;
    if (best === null || apart(date, time) < apart(date, best)) best = time;
  }
  return best;
}

/** "La prima: lunedì ho pagato", "prima il 3, poi il 5": only what is before *that* day is a deadline. */
const firstOfAll = /^(?:prima|antes)$/;
const ofThat = /^(?:d|di|de|del|dell|dello|della|dei|do|da|dos|das|che|que)$/;

/** `fromToday` in days, of a day told by its distance. */
function isDeadline(sentence: Sentence, first: number, book: PhraseBook, fromToday: number | null): boolean {
  const until = book.language.calendar.until;
  if (until === '' || opensOnlyThen.test(sentence.passage.text.slice(sentence.start, sentence.tokens[first]?.start))) return false;
  const id = book.words.add(until);
  const isPast = fromToday !== null && fromToday < 0;
  // "By mistake yesterday"
  const reach = isPast ? 1 : 2;
  for (let i = first - 1; i >= Math.max(0, first - reach); i--) {
    // "É o seguinte: hoje gerei …"; "next renewal: 5 March" is one.
    if (fromToday !== null && sentence.tokens[i + 1]?.afterBreak === true) break;
    const token = sentence.tokens[i];
    // "Przyszła 5 marca", "przyszły w piątek": what came came; "przyszły piątek" is the next one.
    if (token && book.words.matches(id, token) && !(token.folded.startsWith('przysz') && (isPast || i !== first - 1 || sentence.tokens[first]?.kind === 'number')) && !(firstOfAll.test(token.folded) && !ofThat.test(sentence.tokens[i + 1]?.folded ?? ''))) return true;
    if (token?.kind === 'number') break;
  }
  return false;
}

/** Japanese and Korean say `until` after the date. */
function isDeadlineAfter(sentence: Sentence, end: number, book: PhraseBook): boolean {
  const { until } = book.language.calendar;
  if (sentence.characters === null || until === '') return false;
  const after = sentence.passage.text.slice(end, end + 14).replace(/^\s*[(（][^)）]{1,3}[)）]/u, '').trimStart();
  return until.split('|').some((word) => after.startsWith(word));
}
