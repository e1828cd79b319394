import { fold } from '../text/fold.ts';
import type { PhraseBook } from '../text/phrases.ts';
import type { Sentence, Token } from '../text/sentences.ts';

/**
 * Times of day told by halves and quarters of an hour: "quarter to eleven", "полдевятого", "halb neun", "dokuz buçukta". Each language has its own words for the
 * hours and its own ways to put the minutes beside them.
 */
interface SpokenClock {
  /** The hours from one to twelve; each a word pattern (`|`, and `*` at the end). */
  readonly hours: readonly string[];
  /** The hours as ordinals or in another case, where a way needs them. */
  readonly others?: readonly string[];
  readonly minutes: Readonly<Record<string, number>>;
  readonly ways: readonly Way[];
}

/**
 * Words one after another: `{h}` an hour in words or digits, `{w}` in words only, `{o}` one of the other words, `{m}` minutes; `word?` may be missing. `to`: so many minutes before
 * the hour, `past`: after it, `next`: of the hour that ends then ("четверть девятого"). An `unsure` way may also count things ("половина второго тома"): it needs a word for
 * "at" before it or a part of the day beside it.
 */
interface Way {
  readonly words: string;
  readonly minutes: 'to' | 'past' | 'next';
  readonly unsure?: true;
  /** It is an hour where a part of the day follows: "الثمنية متاع العشية". */
  readonly partBehind?: true;
  /** Where the words say them themselves. */
  readonly fixed?: number;
  /** Where no word of it is the hour's number: "в час дня". */
  readonly hour?: number;
}

const clocks: Readonly<Record<string, SpokenClock>> = {
  en: {
    hours: ['one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten', 'eleven', 'twelve'],
    minutes: { five: 5, ten: 10, twenty: 20, 'twenty five': 25 },
    ways: [
      { words: 'quarter to|til|till|before {h}', minutes: 'to', fixed: 15 }, { words: 'quarter past|after {h}', minutes: 'past', fixed: 15 }, { words: 'half past {h}', minutes: 'past', fixed: 30 },
      { words: '{m} minutes|mins|min to|til|till|before|past|after {h}', minutes: 'past', unsure: true }, { words: '{m} to|til|till {h}', minutes: 'to', unsure: true }, { words: '{m} past {h}', minutes: 'past', unsure: true },
      { words: 'half {w}', minutes: 'past', fixed: 30, unsure: true },
    ],
  },
  ru: {
    hours: ['час|часа', 'два', 'три', 'четыре', 'пять', 'шесть', 'семь', 'восемь', 'девять', 'десять', 'одиннадцать', 'двенадцать'],
    others: ['первого', 'второго', 'третьего', 'четвертого', 'пятого', 'шестого', 'седьмого', 'восьмого', 'девятого', 'десятого', 'одиннадцатого', 'двенадцатого'],
    minutes: { 'четверти|четверть': 15, 'пяти|пять': 5, 'десяти|десять': 10, 'пятнадцати|пятнадцать': 15, 'двадцати|двадцать': 20, 'двадцати пяти|двадцать пять': 25 },
    ways: [
      { words: 'в|во|около|примерно|к|ближе_к|после час|часа|часу', minutes: 'past', fixed: 0, hour: 1, partBehind: true },
      { words: 'пол{o}', minutes: 'next', fixed: 30 }, { words: 'пол {o}', minutes: 'next', fixed: 30 }, { words: 'половин* {o}', minutes: 'next', fixed: 30, unsure: true },
      { words: 'без {m} минут? {h}', minutes: 'to' }, { words: '{m} минут {o}', minutes: 'next' }, { words: '{m} {o}', minutes: 'next', unsure: true },
    ],
  },
  be: {
    hours: ['гадзіна|адна', 'дзве|друг*', 'тры|трэц*', 'чатыры|чацверт*', 'пяць|пят*', 'шэсць|шост*', 'сем|сем*', 'восем|восьм*', 'дзевяць|дзявят*|дзевят*', 'дзесяць|дзясят*|дзесят*', 'адзінаццаць|адзінаццат*', 'дванаццаць|дванаццат*'],
    others: ['перш*', 'друг*', 'трэц*', 'чацверт*', 'пят*', 'шост*', 'сем*', 'восьм*|васьм*', 'дзявят*|дзевят*', 'дзясят*|дзесят*', 'адзінаццат*', 'дванаццат*'],
    minutes: { 'чвэрці|чвэрць': 15, 'пяці|пяць': 5, 'дзесяці|дзесяць': 10, 'пятнаццаці|пятнаццаць': 15, 'дваццаці|дваццаць': 20 },
    ways: [
      { words: 'а|каля|прыкладна|пасля|к першай? гадзіне|гадзіны', minutes: 'past', fixed: 0, hour: 1, partBehind: true },
      { words: 'а|каля|прыкладна|пасля|к {o} гадзіне|гадзіны', minutes: 'past', fixed: 0, partBehind: true }, { words: 'а|каля|прыкладна|пасля|к {o}', minutes: 'past', fixed: 0, partBehind: true },
      { words: 'палов* на? {o}', minutes: 'next', fixed: 30, unsure: true }, { words: 'пал{o}', minutes: 'next', fixed: 30, unsure: true },
      { words: 'без|за {m} хвілін? {h}', minutes: 'to' }, { words: '{m} хвілін? на {o}', minutes: 'next' },
    ],
  },
  uk: {
    hours: ['година|перша', 'друга', 'третя', 'четверта', 'пята', 'шоста', 'сьома', 'восьма', 'девята', 'десята', 'одинадцята', 'дванадцята'],
    others: ['перш*', 'друг*', 'трет*', 'четверт*', 'пят*', 'шост*', 'сьом*', 'восьм*', 'девят*', 'десят*', 'одинадцят*', 'дванадцят*'],
    minutes: { чверть: 15, пять: 5, десять: 10, пятнадцять: 15, двадцять: 20 },
    ways: [{ words: 'о|близько|біля|після першій|першої? годині|години', minutes: 'past', fixed: 0, hour: 1, partBehind: true }, { words: 'пів на {o}', minutes: 'next', fixed: 30 }, { words: 'за {m} хвилин? {w}', minutes: 'to' }, { words: '{m} хвилин? на {o}', minutes: 'next' }, { words: '{m} хвилин? по {o}', minutes: 'past' }],
  },
  pl: {
    hours: ['pierwsza', 'druga', 'trzecia', 'czwarta', 'piąta', 'szósta', 'siódma', 'ósma', 'dziewiąta', 'dziesiąta', 'jedenasta', 'dwunasta'],
    others: ['pierwszej', 'drugiej', 'trzeciej', 'czwartej', 'piątej', 'szóstej', 'siódmej', 'ósmej', 'dziewiątej', 'dziesiątej', 'jedenastej', 'dwunastej'],
    minutes: { kwadrans: 15, 'pięć|piec': 5, dziesięć: 10, piętnaście: 15, dwadzieścia: 20, 'dwadzieścia pięć': 25 },
    ways: [{ words: 'wpół|pół|w_pół do {o}', minutes: 'next', fixed: 30 }, { words: 'wpół|w_pół do {h}', minutes: 'next', fixed: 30 }, { words: 'za {m} minut? {w}', minutes: 'to' }, { words: 'za kwadrans {h}', minutes: 'to', fixed: 15 }, { words: '{m} minut? po {o}', minutes: 'past' }, { words: 'kwadrans po {h}', minutes: 'past', fixed: 15 }],
  },
  de: {
    hours: ['eins|ein', 'zwei', 'drei', 'vier', 'fünf', 'sechs', 'sieben', 'acht', 'neun', 'zehn', 'elf', 'zwölf'],
    minutes: { viertel: 15, fünf: 5, zehn: 10, zwanzig: 20 },
    ways: [{ words: 'halb {h}', minutes: 'next', fixed: 30 }, { words: 'dreiviertel {h}', minutes: 'next', fixed: 45 }, { words: 'viertel vor {h}', minutes: 'to', fixed: 15 }, { words: 'viertel nach {h}', minutes: 'past', fixed: 15 }, { words: '{m} minuten? vor {h}', minutes: 'to', unsure: true }, { words: '{m} minuten? nach {h}', minutes: 'past', unsure: true }],
  },
  es: {
    hours: ['una', 'dos', 'tres', 'cuatro', 'cinco', 'seis', 'siete', 'ocho', 'nueve', 'diez', 'once', 'doce'],
    minutes: { cuarto: 15, cinco: 5, diez: 10, veinte: 20, veinticinco: 25, media: 30 },
    ways: [{ words: '{h} menos {m}', minutes: 'to', unsure: true }, { words: 'un? {m} minutos? para las|la {h}', minutes: 'to' }, { words: '{h} y {m}', minutes: 'past', unsure: true }],
  },
  pt: {
    hours: ['uma', 'duas', 'três', 'quatro', 'cinco', 'seis', 'sete', 'oito', 'nove', 'dez', 'onze', 'doze|meio_dia'],
    minutes: { quarto: 15, cinco: 5, dez: 10, quinze: 15, vinte: 20, meia: 30 },
    ways: [{ words: 'à|pela|por_volta_da uma da', minutes: 'past', fixed: 0, hour: 1, unsure: true }, { words: '{m} minutos? para|pras as|a|o|à? {h}', minutes: 'to', unsure: true }, { words: '{h} menos um? {m}', minutes: 'to', unsure: true }, { words: '{h} horas|h? e um? {m}', minutes: 'past', unsure: true }],
  },
  it: {
    hours: ['una', 'due', 'tre', 'quattro', 'cinque', 'sei', 'sette', 'otto', 'nove', 'dieci', 'undici', 'dodici|mezzogiorno'],
    minutes: { quarto: 15, cinque: 5, dieci: 10, venti: 20, venticinque: 25, 'mezza|mezzo': 30, 'tre quarti': 45 },
    ways: [{ words: '{h} meno un? {m}', minutes: 'to', unsure: true }, { words: 'un quarto alle|all {h}', minutes: 'to', fixed: 15 }, { words: 'verso|circa|per|dopo l una e un? mezza|mezzo', minutes: 'past', fixed: 30, hour: 1 }, { words: 'verso|circa|dopo l una', minutes: 'past', fixed: 0, hour: 1 }, { words: '{h} e un? {m}', minutes: 'past', unsure: true }],
  },
  fr: {
    hours: ['une', 'deux', 'trois', 'quatre', 'cinq', 'six', 'sept', 'huit', 'neuf', 'dix', 'onze', 'douze|midi'],
    minutes: { quart: 15, cinq: 5, dix: 10, vingt: 20, 'demi|demie': 30 },
    ways: [{ words: '{h} heures|heure|h moins le? {m}', minutes: 'to' }, { words: 'midi moins le? {m}', minutes: 'to' }, { words: '{h} heures|heure|h et {m}', minutes: 'past' }, { words: '{w} heures|heure {m}', minutes: 'past', unsure: true }],
  },
  tr: {
    hours: ['bir', 'iki', 'üç', 'dört', 'beş', 'altı', 'yedi', 'sekiz', 'dokuz', 'on', 'on_bir|onbir', 'on_iki|oniki'],
    others: ['bire|biri', 'ikiye|ikiyi', 'üçe|üçü', 'dörde|dördü', 'beşe|beşi', 'altıya|altıyı', 'yediye|yediyi', 'sekize|sekizi', 'dokuza|dokuzu', 'ona|onu', 'on_bire|onbire|on_biri|onbiri', 'on_ikiye|onikiye|on_ikiyi|onikiyi'],
    minutes: { çeyrek: 15, beş: 5, on: 10, yirmi: 20 },
    ways: [{ words: '{h} buçukta|buçuktu|buçuktan', minutes: 'past', fixed: 30 }, { words: '{h} buçuk', minutes: 'past', fixed: 30, unsure: true }, { words: '{o} {m} kala', minutes: 'to' }, { words: '{o} {m} geçe|geçiyordu', minutes: 'past' }, { words: '{h} a|e|ya|ye {m} kala', minutes: 'to' }, { words: '{h} ı|i|u|ü|yı|yi {m} geçe|geçiyordu', minutes: 'past' }, { words: '{w} gibi|civarı|civarında|civarlarında|sularında|suları|sıralarında|sıraları', minutes: 'past', fixed: 0, unsure: true }, { words: '{w}de|da|te|ta', minutes: 'past', fixed: 0, unsure: true }],
  },
  ar: {
    hours: ['الواحده|الوحده|واحده|وحده', 'الثانيه|اثنين|ثنتين|تنتين|اتنين|الجوج', 'الثالثه|الثلاثه|التلاته|ثلاثه|ثلاث|تلاته', 'الرابعه|الاربعه|اربعه|اربع', 'الخامسه|الخمسه|خمسه|خمس', 'السادسه|السته|سته|ست', 'السابعه|السبعه|سبعه|سبع', 'الثامنه|الثمنيه|الثمانيه|التمنيه|التمانيه|ثمانيه|تمانيه|تمنيه|ثمان', 'التاسعه|التسعه|تسعه|تسع', 'العاشره|العشره|عشره|عشر', 'احدعش|حداشر|الحداش|حداش|الحاديه_عشره|الحاديه_عشر', 'اثنعش|طنعش|اتناشر|الطناش|طناش|الثانيه_عشره|الثانيه_عشر'],
    others: ['الواحده', 'الثانيه', 'الثالثه', 'الرابعه', 'الخامسه', 'السادسه', 'السابعه', 'الثامنه', 'التاسعه', 'العاشره', 'الحاديه_عشره|الحاديه_عشر', 'الثانيه_عشره|الثانيه_عشر'],
    minutes: { 'نص|نصف|النصف|ونص|ونصف|والنصف': 30, 'ربع|ربعا|الربع|وربع|والربع': 15, 'ثلث|ثلثا|تلت|الثلث|وثلث|وتلت|والثلث': 20, 'خمس|خمسه|وخمس|وخمسه|خمس دقايق|وخمس دقايق': 5, 'عشر|عشره|وعشر|وعشره|وعشر دقايق': 10 },
    ways: [{ words: 'في تمام? {o} الا {m}', minutes: 'to' }, { words: 'في تمام? {o} و? {m}', minutes: 'past' }, { words: 'تمام {o}', minutes: 'past', fixed: 0 }, { words: 'في {o}', minutes: 'past', fixed: 0, unsure: true }, { words: '{h} الا {m}', minutes: 'to', unsure: true }, { words: '{h} و? {m}', minutes: 'past', unsure: true }, { words: '{w}', minutes: 'past', fixed: 0, partBehind: true }],
  },
};

interface CompiledWay {
  readonly pattern: RegExp;
  readonly way: Way;
}

interface CompiledClock {
  readonly ways: readonly CompiledWay[];
  readonly valueOfHour: (word: string) => number;
  readonly valueOfMinutes: (word: string) => number;
}

const compiledClocks = new Map<string, CompiledClock | null>();

/** A pattern's alternatives as a regular expression over folded words with single blanks between them. */
function alternatives(pattern: string): string {
  return pattern.split('|').map((one) => fold(one).replaceAll('_', ' ').replaceAll('*', '[^ ]*')).join('|');
}

function clockOf(language: string): CompiledClock | null {
  const known = compiledClocks.get(language);
  if (known !== undefined) return known;
  const clock = clocks[language];
  const compiled = clock === undefined ? null : compileClock(clock);
  compiledClocks.set(language, compiled);
  return compiled;
}

/** The longer first, so that "on iki" is not ten. */
function anyOf(patterns: readonly string[]): string {
  return patterns.flatMap((pattern) => alternatives(pattern).split('|')).toSorted((a, b) => b.length - a.length).join('|');
}

function compileClock({ hours, others = [], minutes, ways }: SpokenClock): CompiledClock {
  const digits = '1[0-2]|0?[1-9]';
  const pieces: Readonly<Record<string, string>> = {
    '{h}': `(?<hour>${anyOf(hours)}|${digits})`, '{w}': `(?<hour>${anyOf(hours)})`, '{o}': `(?<hour>${anyOf(others)})`, '{m}': `(?<minutes>${anyOf(Object.keys(minutes))}|[0-5]?\\d)`,
  };
  const sourceOf = (word: string): string => {
    const optional = word.endsWith('?');
    const source = word.replace(/\?$/, '').split(/(\{[a-z]\})/).map((piece) => pieces[piece] ?? (piece === '' ? '' : `(?:${alternatives(piece)})`)).join('');
    return optional ? `(?:${source} )?` : `${source} `;
  };
  const values = [...hours.map((pattern, i) => [new RegExp(`^(?:${alternatives(pattern)})$`, 'u'), i + 1] as const), ...others.map((pattern, i) => [new RegExp(`^(?:${alternatives(pattern)})$`, 'u'), i + 1] as const)];
  const shares = Object.entries(minutes).map(([pattern, value]) => [new RegExp(`^(?:${alternatives(pattern)})$`, 'u'), value] as const);
  return {
    ways: ways.map((way) => ({ way, pattern: new RegExp(`(?<= )${way.words.split(' ').map(sourceOf).join('').trimEnd()}(?= )`, 'gu') })),
    valueOfHour: (word) => valueIn(values, word),
    valueOfMinutes: (word) => valueIn(shares, word),
  };
}

function valueIn(table: readonly (readonly [RegExp, number])[], word: string): number {
  return /^\d+$/.test(word) ? Number(word) : (table.find(([pattern]) => pattern.test(word))?.[1] ?? Number.NaN);
}

const joining = /^(?:ديال|متاع|تاع|بتاع|نتاع|د|من|في)$/u;

/** A noun that an Arabic ordinal may belong to. */
const ordinalBehind = /^[وبفل]?ال(?!بارحه$|ليله$|ساعه$|جمعه$|عشيه$)\p{L}{2,}ه$/u;

export interface SpokenTime {
  readonly hour: number;
  readonly minute: number;
  /** Offsets in the passage's text. */
  readonly start: number;
  readonly end: number;
}

/** The hour from 0 to 12, not yet shifted by the part of the day; `isPartOfDay` and `isCounted` are asked about the words beside. Spaced writing only. */
export function spokenTimes(sentence: Sentence, book: PhraseBook, isPartOfDay: (token: Token) => boolean, isCounted: (index: number) => boolean): SpokenTime[] {
  const clock = clockOf(book.language.code);
  const { tokens } = sentence;
  if (clock === null || tokens.length > 400) return [];
  const starts: number[] = [];
  let folded = ' ';
  for (const token of tokens) {
    starts.push(folded.length);
    folded += `${token.folded} `;
  }
  const at = book.language.calendar.at === '' ? null : book.words.add(book.language.calendar.at);
  const found: SpokenTime[] = [];
  for (const { way, pattern } of clock.ways) {
    for (const match of folded.matchAll(pattern)) {
      const first = starts.indexOf(match.index);
      const last = starts.findLastIndex((start) => start < match.index + match[0].length);
      const [opening, closing] = [tokens[first], tokens[last]];
      if (opening === undefined || closing === undefined || tokens.slice(first + 1, last + 1).some((token) => token.afterBreak)) continue;
      const beside = [tokens[last + 1], tokens[last + 2], tokens[last + 3], tokens[first - 1], ...(way.words.startsWith('في') ? [tokens[first - 2]] : [])];
      const before = tokens[first - 1];
      if (way.unsure && !(before !== undefined && at !== null && book.words.matches(at, before)) && !beside.some((token) => token !== undefined && isPartOfDay(token))) continue;
      // "ديال الليل": one word may stand between.
      if (way.partBehind && ![tokens[last + 1], joining.test(tokens[last + 1]?.folded ?? '') ? tokens[last + 2] : undefined].some((token) => token !== undefined && !token.afterBreak && isPartOfDay(token))) continue;
      // "المحاولة الثالثة ظهر خطأ": the third try.
      if (isCounted(last) || (way.partBehind && ordinalBehind.test(before?.folded ?? ''))) continue;
      const { hour: hourWord = '', minutes: minuteWord = '' } = match.groups ?? {};
      const hour = way.hour ?? clock.valueOfHour(hourWord);
      const minutes = way.fixed ?? clock.valueOfMinutes(minuteWord);
      if (!(hour >= 1 && hour <= 12 && (minutes > 0 || way.fixed === 0) && minutes < 60)) continue;
      const isBefore = way.minutes === 'to' || / (?:to|til|till|before) /.test(match[0]);
      const total = (hour % 12) * 60 + (way.minutes === 'next' ? minutes - 60 : isBefore ? -minutes : minutes);
      const clocked = (total + 720) % 720;
      found.push({ hour: Math.floor(clocked / 60) === 0 ? 12 : Math.floor(clocked / 60), minute: clocked % 60, start: opening.start, end: closing.end });
    }
  }
  return found;
}
