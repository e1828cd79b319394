import { fold } from '../text/fold.ts';
import type { Token } from '../text/sentences.ts';

/** Days of the month in words: "the twenty-third of May", "пятого числа", "le cinq", "في الثالث والعشرين من مايو", "Mart'ın yirmi üçünde". */
interface DayWords {
  /** From the first to the tenth; `|` between ways to say one. Then from the eleventh to the nineteenth. */
  readonly ones: string;
  readonly teens: string;
  /** The twentieth and the thirtieth, and how they begin what is more; `_` is the place of the ones. */
  readonly tens: readonly [twentieth: string, thirtieth: string, more: string, moreThanThirty: string];
  /** The ones as they stand behind or before tens, where they are others. */
  readonly joined?: string;
  /** Where no month is named. Tested on the two words before, and on the word behind. */
  readonly opens?: RegExp;
  readonly closes?: RegExp;
  /** What may follow one that was opened, where a number of something could stand. The end of a clause always may. */
  readonly goesOn?: RegExp;
  /** A smaller one as often counts or names something else. */
  readonly least?: number;
  /** From the eleventh on they need nothing beside them, but for what must not follow. */
  readonly unless?: RegExp;
  /** They stand behind their month, with this between. */
  readonly behindMonth?: RegExp;
}

/** What such an ordinal numbers in Russian, Belarusian and Ukrainian: "одиннадцатого класса", "пятнадцатого заказа". A month is read elsewhere. */
const slavicNouns = /^(?:раз|класс?|кл\p{L}|век|стаг|стол|этаж|пове?рх|паверх|кредит|крэдыт|модел|мадэл|заказ|замо|айфон|iphone|стран|старон|сторін|глав|частк|част|номер|нумар|дом|будин|мая|май|трав|[яс]нв|студ|лют|фев|мар|сак|апр|кр|кв|июн|ию|іюн|чэр|чер|лип|ліп|ав|жн|се[нр]|сент|вер|ок|ка|жо|но|лі|ли|де|сн|гр)/u;

const days: Readonly<Record<string, DayWords>> = {
  en: {
    ones: 'first second third fourth fifth sixth seventh eighth ninth tenth', teens: 'eleventh twelfth|twelvth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth', tens: ['twentieth', 'thirtieth', 'twenty _', 'thirty _'],
    opens: /(?:^| )on the$/u, behindMonth: /^the$/u, goesOn: /^(?:and|but|i|we|you|he|she|it|they|my|the|for|with|at|by|from|then|so|because|when|as|via|using|of|in)$/u,
  },
  de: {
    ones: 'ersten zweiten dritten vierten fünften sechsten siebten|siebenten achten neunten zehnten', teens: 'elften zwölften dreizehnten vierzehnten fünfzehnten sechzehnten siebzehnten achtzehnten neunzehnten', tens: ['zwanzigsten', 'dreißigsten', '_undzwanzigsten', '_unddreißigsten'],
    joined: 'ein zwei drei vier fünf sechs sieben acht neun', opens: /(?:^| )am$/u, goesOn: /^(?:habe|hab|haben|hat|wurde|wurden|ist|bin|war|und|kam|ging|des|dieses)$/u,
  },
  ru: { ones: 'первого второго третьего четвертого пятого шестого седьмого восьмого девятого десятого', teens: 'одиннадцатого двенадцатого тринадцатого четырнадцатого пятнадцатого шестнадцатого семнадцатого восемнадцатого девятнадцатого', tens: ['двадцатого', 'тридцатого', 'двадцать _', 'тридцать _'], closes: /^числа$/u, unless: slavicNouns },
  be: { ones: 'першага другога|другага трэцяга чацвёртага пятага шостага сёмага восьмага дзявятага|дзевятага дзясятага|дзесятага', teens: 'адзінаццатага дванаццатага трынаццатага чатырнаццатага пятнаццатага шаснаццатага семнаццатага васямнаццатага|васемнаццатага дзевятнаццатага', tens: ['дваццатага', 'трыццатага', 'дваццаць _', 'трыццаць _'], closes: /^(?:чысла|числа)$/u, unless: slavicNouns },
  uk: { ones: 'першого другого третього четвертого пʼятого шостого сьомого восьмого девʼятого десятого', teens: 'одинадцятого дванадцятого тринадцятого чотирнадцятого пʼятнадцятого шістнадцятого сімнадцятого вісімнадцятого девʼятнадцятого', tens: ['двадцятого', 'тридцятого', 'двадцять _', 'тридцять _'], closes: /^числа$/u, unless: slavicNouns },
  pl: { ones: 'pierwszego drugiego trzeciego czwartego piątego szóstego siódmego ósmego dziewiątego dziesiątego', teens: 'jedenastego dwunastego trzynastego czternastego piętnastego szesnastego siedemnastego osiemnastego dziewiętnastego', tens: ['dwudziestego', 'trzydziestego', 'dwudziestego _', 'trzydziestego _'], opens: /(?:^| )dni[au]$/u, closes: /^(?:dnia|bm)$/u, unless: /^(?:sty|lut|mar|kwi|maj|cze|lip|sie|wrz|paz|lis|gru|raz|kredyt|model|wiek|punkt|rozdzial)/u },
  es: { ones: 'primero|uno dos tres cuatro cinco seis siete ocho nueve diez', teens: 'once doce trece catorce quince dieciséis diecisiete dieciocho diecinueve', tens: ['veinte', 'treinta', 'veinti_', 'treinta y _'], joined: 'uno|ún dos tres cuatro cinco seis siete ocho nueve', opens: /^(?!(?:al|por|cada|un|buen)(?: |$)).*(?:^| )dia$/u },
  fr: { ones: 'premier deux trois quatre cinq six sept huit neuf dix', teens: 'onze douze treize quatorze quinze seize dix_sept dix_huit dix_neuf', tens: ['vingt', 'trente', 'vingt _', 'trente _'], joined: 'et_un deux trois quatre cinq six sept huit neuf', opens: /(?:^| )le$/u, goesOn: /^(?:j|je|on|nous|il|elle|et|mais|pour|par|avec|vers|du|de|a|au)$/u },
  it: { ones: 'primo due tre quattro cinque sei sette otto nove dieci', teens: 'undici dodici tredici quattordici quindici sedici diciassette diciotto diciannove', tens: ['venti', 'trenta', 'vent_', 'trent_'], joined: 'uno|unesimo idue idré|itre|atre iquattro|aquattro icinque|acinque isei|asei isette|asette otto inove|anove', opens: /(?:^| )(?:il|giorno)$/u, goesOn: /^(?:ho|abbiamo|e|ma|per|con|alle|verso|di|del|mi|ci|è)$/u, least: 2 },
  pt: { ones: 'primeiro|um dois três quatro cinco seis sete oito nove dez', teens: 'onze doze treze catorze|quatorze quinze dezesseis|dezasseis dezessete|dezassete dezoito dezenove|dezanove', tens: ['vinte', 'trinta', 'vinte e _', 'trinta e _'], opens: /^(?!(?:ao|por|cada|um|bom)(?: |$)).*(?:^| )dia$/u },
  tr: { ones: 'birinde ikisinde üçünde dördünde beşinde altısında yedisinde sekizinde dokuzunda onunda', teens: 'on_birinde on_ikisinde on_üçünde on_dördünde on_beşinde on_altısında on_yedisinde on_sekizinde on_dokuzunda', tens: ['yirmisinde', 'otuzunda', 'yirmi _', 'otuz _'], opens: /(?:^| )ayin$/u, behindMonth: /^(?:in|un|ayinin)$/u },
  ar: {
    ones: 'الاول|اول الثاني|التاني|تنين|اتنين|اثنين الثالث|التالت|تلاته|ثلاثه الرابع|اربعه الخامس|خمسه السادس|سته السابع|سبعه الثامن|التامن|تمانيه|ثمانيه|تمنيه|تمن التاسع|تسعه|تسع العاشر|عشره|عشر',
    teens: 'الحادي_عشر|حداشر|احدعش|حدعش|حداش الثاني_عشر|اتناشر|اثنعش|طنعش|اطنعش|طناش الثالث_عشر|تلتاشر|ثلطعش|تلطعش|تلطاش الرابع_عشر|اربعتاشر|اربعطعش|ربعطاش الخامس_عشر|خمستاشر|خمسطعش|خمسطاش السادس_عشر|ستاشر|سطعش|سطاش السابع_عشر|سبعتاشر|سبعطعش|سبعطاش الثامن_عشر|تمنتاشر|تمنطعش|ثمنطعش|تمنطاش التاسع_عشر|تسعتاشر|تسعطعش|تسعطاش',
    tens: ['العشرين|العشرون|عشرين', 'الثلاثين|الثلاثون|تلاتين|ثلاثين', '_ والعشرين|_ والعشرون|_ وعشرين', '_ والثلاثين|_ والثلاثون|_ وتلاتين|_ وثلاثين'],
    joined: 'الحادي|واحد الثاني|اتنين|اثنين|تنين الثالث|تلاته|ثلاثه الرابع|اربعه الخامس|خمسه السادس|سته السابع|سبعه الثامن|تمانيه|ثمانيه|تمنيه التاسع|تسعه', opens: /(?:^| )(?:يوم|بتاريخ|نهار|بيوم)$/u, least: 3,
  },
};

/** "В половине одиннадцатого": an hour. */
const ofHour = /^(?:пол|половин\p{L}*|четверт\p{L}*|минут\p{L}*|палов\p{L}*|чвэрц\p{L}*|хвілін\p{L}*|чверт\p{L}*|хвилин\p{L}*|wpol)$/u;

const longest = 3;

/** "بتلاتة تشرين": on the third. */
const arabicPrefixes = ['', 'ب', 'ل', 'و'];

const known = new Map<string, ReadonlyMap<string, number>>();

function wordsOf(code: string, { ones, teens, tens, joined = ones }: DayWords): ReadonlyMap<string, number> {
  const made = known.get(code);
  if (made) return made;
  const words = new Map<string, number>();
  const put = (written: string, day: number): void => {
    for (const one of written.split('|')) for (const before of code === 'ar' ? arabicPrefixes : ['']) words.set(fold(before + one.replaceAll('_', ' ')), day);
  };
  for (const [i, one] of ones.split(' ').entries()) put(one, i + 1);
  for (const [i, teen] of teens.split(' ').entries()) put(teen, i + 11);
  const [twentieth, thirtieth, more, moreThanThirty] = tens;
  put(twentieth, 20);
  put(thirtieth, 30);
  const behind = joined.split(' ').slice(0, 9);
  for (const [i, each] of behind.entries()) for (const one of each.split('|')) for (const way of more.split('|')) put(way.replace('_', one), i + 21);
  for (const one of behind[0]?.split('|') ?? []) for (const way of moreThanThirty.split('|')) put(way.replace('_', one), 31);
  known.set(code, words);
  return words;
}

const lastWords = new Map<string, ReadonlySet<string>>();

/** Whether a day may end in this word. */
export function endsDayInWords(folded: string, code: string): boolean {
  const own = days[code];
  if (own === undefined) return false;
  const made = lastWords.get(code) ?? new Set([...wordsOf(code, own).keys()].map((words) => words.slice(words.lastIndexOf(' ') + 1)));
  lastWords.set(code, made);
  return made.has(folded);
}

export interface DayInWords {
  readonly value: number;
  readonly first: number;
  readonly last: number;
}

/** The longest that ends at this word (`step` -1) or begins with it. */
export function dayInWords(tokens: readonly Token[], index: number, step: 1 | -1, code: string): DayInWords | null {
  const own = days[code];
  if (own === undefined) return null;
  const words = wordsOf(code, own);
  for (let length = longest; length > 0; length--) {
    const first = step === 1 ? index : index - length + 1;
    const stretch = first < 0 ? [] : tokens.slice(first, first + length);
    if (stretch.length < length || stretch.some((token, i) => token.kind !== 'word' || (i > 0 && token.afterBreak))) continue;
    const value = words.get(stretch.map(({ folded }) => folded).join(' '));
    if (value !== undefined) return { value, first, last: first + length - 1 };
  }
  return null;
}

/** "The second March payment", "you may first": so few count something as often. */
const leastSure = 5;

/** Whether one that ends right before a month, or behind an `of` there, is a day of it. */
export function isOfMonth(tokens: readonly Token[], { value, first }: DayInWords, isJoined: boolean, code: string): boolean {
  return code !== 'en' || isJoined || value >= leastSure || tokens[first - 1]?.folded === 'on';
}

/** One that stands behind its month: "Mart'ın üçünde", "March the fifth", "March fifth". */
export function dayBehindMonth(tokens: readonly Token[], month: number, code: string): DayInWords | null {
  const { behindMonth } = days[code] ?? {};
  const next = tokens[month + 1];
  if (behindMonth === undefined || next === undefined || next.afterBreak) return null;
  if (behindMonth.test(next.folded)) return dayInWords(tokens, month + 2, 1, code);
  const day = code === 'en' ? dayInWords(tokens, month + 1, 1, code) : null;
  const behind = day === null ? undefined : tokens[day.last + 1];
  return day !== null && (day.value >= leastSure || behind === undefined || behind.afterBreak) ? day : null;
}

/** Those whose month is not named. */
export function daysAlone(tokens: readonly Token[], code: string): DayInWords[] {
  const own = days[code];
  if (own === undefined) return [];
  const { opens, closes, goesOn, unless, least = 1 } = own;
  const found: DayInWords[] = [];
  for (let index = 0; index < tokens.length; index++) {
    const day = dayInWords(tokens, index, 1, code);
    if (day === null || day.value < least) continue;
    const [before, opening, next] = [tokens[index - 2], tokens[index - 1], tokens[day.last + 1]];
    const isOpened = opening !== undefined && tokens[index]?.afterBreak !== true && opens?.test(`${before?.folded ?? ''} ${opening.folded}`.trim()) === true
      && (goesOn === undefined || next === undefined || next.afterBreak || (next.kind === 'word' && goesOn.test(next.folded)));
    const isClosed = next !== undefined && !next.afterBreak && closes?.test(next.folded) === true;
    const needsNothing = unless !== undefined && day.value > 10 && !ofHour.test(opening?.folded ?? '') && (next === undefined || !unless.test(next.folded));
    if (!isOpened && !isClosed && !needsNothing) continue;
    found.push({ ...day, first: isOpened && opening !== undefined ? index - 1 : index, last: isClosed ? day.last + 1 : day.last });
    index = day.last;
  }
  return found;
}
