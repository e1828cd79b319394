import { describe, expect, it } from 'vitest';
import { findDates } from '../../../src/facts/dates/dates.ts';
import type { DateMention } from '../../../src/facts/dates/dates.ts';
import { phraseBookOf } from '../../../src/facts/languages/languages.ts';
import { moment, sentencesOf, tuesday } from '../some-mail.ts';

function mentions(language: string, text: string, sentAt = tuesday): DateMention[] {
  const book = phraseBookOf(language);
  return findDates(sentencesOf(text, book), book, sentAt);
}

function dates(language: string, text: string, sentAt = tuesday): string[] {
  return mentions(language, text, sentAt).map((mention) => mention.value);
}

// All of these were written on Tuesday, 17 March 2026, at noon.
describe('a date with its year', () => {
  it.each([
    ['en', 'I paid on March 5, 2026 by card', '2026-03-05'],
    ['en', 'on the 5th of March 2026', '2026-03-05'],
    ['en', '5 Mar 2026', '2026-03-05'],
    ['en', 'bought 2026-03-05', '2026-03-05'],
    ['en', 'bought 2026/03/05', '2026-03-05'],
    ['ru', 'оплатил 5 марта 2026 года', '2026-03-05'],
    ['ru', 'оплатил 05.03.2026', '2026-03-05'],
    ['ru', 'оплатил 05.03.26', '2026-03-05'],
    ['be', 'аплаціла 5 сакавіка 2026 г.', '2026-03-05'],
    ['es', 'pagué el 5 de marzo de 2026', '2026-03-05'],
    ['es', 'pagué el 05/03/2026', '2026-03-05'],
    ['fr', 'payé le 5 mars 2026', '2026-03-05'],
    ['fr', 'payé le 1er mars 2026', '2026-03-01'],
    ['it', 'ho pagato il 5 marzo 2026', '2026-03-05'],
    ['it', 'ho pagato il 5/3/2026', '2026-03-05'],
    ['pt', 'paguei em 5 de março de 2026', '2026-03-05'],
    ['pl', 'zapłaciłem 5 marca 2026 r.', '2026-03-05'],
    ['pl', 'zapłaciłem 05.03.2026', '2026-03-05'],
    ['tr', '5 Mart 2026 tarihinde ödedim', '2026-03-05'],
    ['tr', '05.03.2026 tarihinde ödedim', '2026-03-05'],
    ['ja', '2026年3月5日に購入しました', '2026-03-05'],
    ['ja', '令和8年3月5日に購入しました', '2026-03-05'],
    ['ja', '2026/3/5に購入しました', '2026-03-05'],
    ['ja', '２０２６年３月５日に購入しました', '2026-03-05'],
    ['ko', '2026년 3월 5일에 결제했습니다', '2026-03-05'],
    ['ko', '2026. 3. 5. 결제했습니다', '2026-03-05'],
    ['ko', '2026-03-05 결제', '2026-03-05'],
    ['ar', 'دفعت في ٥ مارس ٢٠٢٦', '2026-03-05'],
    ['ar', 'دفعت في 5 مارس 2026', '2026-03-05'],
    ['ar', 'دفعت يوم 5/3/2026', '2026-03-05'],
  ])('is read in %s: %s', (language, text, value) => {
    expect(dates(language, text)).toEqual([value]);
    expect(mentions(language, text)[0]?.precision).toBe('full');
  });

  it.each([
    ['三月十日に購入しました', ['2026-03-10']],
    ['昨年の十月二十日に購入しました', ['2025-10-20']],
    ['十二日に購入しました', ['2026-03-12']],
    ['十五日前に購入しました', ['2026-03-02']],
    ['一日に三回購入しました', []],
    ['昨日の9時10分前に止まりました', ['2026-03-16T08:50']],
    ['昨日の九時二十分前に止まりました', ['2026-03-16T08:40']],
  ])('written out in kanji: %s', (text, values) => {
    expect(dates('ja', text)).toEqual(values);
  });

  it.each([['삼월 오일에 결제했어요', ['2026-03-05']], ['유월 십이일에 결제했어요', ['2025-06-12']], ['십이일 전에 결제했어요', ['2026-03-05']], ['크레딧 이월 안 되나요', []]])('written out in Hangul: %s', (text, values) => {
    expect(dates('ko', text)).toEqual(values);
  });

  it('in the first year of an era', () => {
    expect(dates('ja', '令和元年6月2日', moment('2019-06-10T12:00', 540))).toEqual(['2019-06-02']);
  });
});

describe('a date without its year', () => {
  it.each([
    ['en', 'paid on March 5', '2026-03-05'],
    ['en', "paid on New Year's Day", '2026-01-01'],
    ['es', 'pagué en Nochevieja', '2025-12-31'],
    ['fr', 'payé à la Saint-Valentin', '2026-02-14'],
    ['ja', '元日に購入しました', '2026-01-01'],
    ['ru', 'оплатил 5 марта', '2026-03-05'],
    ['ru', 'оплатил 05.03 картой', '2026-03-05'],
    ['be', 'аплаціла 5 сакавіка', '2026-03-05'],
    ['es', 'pagué el 5 de marzo', '2026-03-05'],
    ['fr', 'payé le 5 mars', '2026-03-05'],
    ['it', 'pagato il 5 marzo', '2026-03-05'],
    ['pt', 'paguei em 5 de março', '2026-03-05'],
    ['pl', 'zapłaciłem 5 marca', '2026-03-05'],
    ['tr', '5 Mart\'ta ödedim', '2026-03-05'],
    ['ja', '3月5日に購入しました', '2026-03-05'],
    ['ja', '三月十二日に購入しました', '2026-03-12'],
    ['ja', '3/12に購入しました', '2026-03-12'],
    ['ko', '3월 12일에 결제했어요', '2026-03-12'],
    ['ko', '3.12 결제했어요', '2026-03-12'],
    ['ar', 'دفعت في ١٢ مارس', '2026-03-12'],
    ['ar', 'دفعت في 12 آذار', '2026-03-12'],
  ])('is the last such day, in %s: %s', (language, text, value) => {
    expect(dates(language, text)).toEqual([value]);
  });

  it('lies in the year before when it is written after New Year', () => {
    expect(dates('en', 'paid on 28 December', moment('2026-01-03T12:00'))).toEqual(['2025-12-28']);
    expect(dates('ru', 'оплатил 30 декабря', moment('2026-01-02T12:00', 180))).toEqual(['2025-12-30']);
    expect(dates('ja', '12月31日に購入', moment('2026-01-02T12:00', 540))).toEqual(['2025-12-31']);
  });

  it.each([
    ['en', 'charged half an hour ago', '2026-03-17T11:30'],
    ['en', 'charged two and a half hours ago', '2026-03-17T09:30'],
    ['en', 'bought it ($24, an hour ago, by card)', '2026-03-17T11:00'],
    ['ru', 'списали полчаса назад', '2026-03-17T11:30'],
    ['be', 'спісалі паўгадзіны таму', '2026-03-17T11:30'],
    ['de', 'vor einer halben Stunde abgebucht', '2026-03-17T11:30'],
    ['fr', 'débité il y a une heure et demie', '2026-03-17T10:30'],
    ['es', 'me cobraron hace media hora', '2026-03-17T11:30'],
    ['tr', 'yarım saat önce çekildi', '2026-03-17T11:30'],
    ['ja', '1時間半前に支払いました', '2026-03-17T10:30'],
    ['ko', '한 시간 반 전에 결제했습니다', '2026-03-17T10:30'],
  ])('is so many hours ago, in %s: %s', (language, text, value) => {
    expect(dates(language, text)).toEqual([value]);
  });

  it.each([
    ['en', 'charged last night at 2:30', '2026-03-17T02:30'],
    ['en', 'charged last night at 11', '2026-03-16T23:00'],
    ['es', 'me cobraron anoche a las 2', '2026-03-17T02:00'],
  ])('is this morning behind last midnight, in %s: %s', (language, text, value) => {
    expect(dates(language, text)).toEqual([value]);
  });

  it.each([
    ['en', 'his card will be charged again on the 2nd', true],
    ['en', 'they charged me on Monday', false],
    ['en', 'it will not start since Monday', false],
    ['en', 'as you will see I paid on Monday', false],
    ['de', 'meine Karte wird am 2. April wieder belastet', true],
    ['fr', 'ma carte sera débitée le 2', true],
    ['ru', 'карту спишут снова 2 числа', true],
  ])('lies ahead behind a verb of what is to come, in %s: %s', (language, text, ahead) => {
    expect(mentions(language, text).map((mention) => mention.ahead)).toEqual([ahead]);
  });

  it('lies ahead when that is far nearer', () => {
    expect(mentions('en', 'my plan renews 2 April').map((mention) => mention.ahead)).toEqual([true]);
  });

  it('is the 29th of February of the last leap year', () => {
    expect(dates('en', 'paid on 29 February')).toEqual(['2024-02-29']);
  });
});

describe('an all-numeric date', () => {
  it.each([
    ['day first in Europe', 'en', '03/11/2025', 60, '2025-11-03'],
    ['month first in America', 'en', '03/11/2025', -300, '2025-03-11'],
    ['day first in America where it can be nothing else', 'en', '25/11/2025', -300, '2025-11-25'],
    ['month first in Europe where it can be nothing else', 'en', '11/25/2025', 60, '2025-11-25'],
    ['not ahead where the other way round it has been', 'en', '04/03/2026', -300, '2026-03-04'],
    ['day first in Spanish, whatever the clock', 'es', '03/11/2025', -300, '2025-11-03'],
  ])('is read %s', (_, language, text, offsetMinutes, value) => {
    expect(dates(language, `paid ${text}`, moment('2026-03-17T12:00', offsetMinutes))).toEqual([value]);
  });

  it.each([
    ['a version', 'en', 'Chrome 126.0.3 on Windows 11'],
    ['a system version', 'en', 'iOS 17.6 here'],
    ['a fraction', 'en', 'used 2/3 of it'],
    ['every day of the week', 'en', 'you promise support 24/7'],
    ['a card\'s expiry', 'en', 'the card exp. 11/27'],
    ['a card\'s expiry in Russian', 'ru', 'срок 11/27'],
    ['an impossible day', 'en', 'on 31.02.2026'],
    ['a phone number', 'en', 'call 12.34.56.78.90'],
  ])('is not seen in %s', (_, language, text) => {
    expect(dates(language, text)).toEqual([]);
  });
});

describe('a day told by today', () => {
  it.each([
    ['en', 'yesterday', '2026-03-16'],
    ['en', 'the day before yesterday', '2026-03-15'],
    ['en', 'this morning', '2026-03-17'],
    ['en', '3 days ago', '2026-03-14'],
    ['en', 'three days ago', '2026-03-14'],
    ['en', 'two weeks ago', '2026-03-03'],
    ['en', 'a week ago', '2026-03-10'],
    ['ru', 'вчера', '2026-03-16'],
    ['ru', 'позавчера', '2026-03-15'],
    ['ru', '3 дня назад', '2026-03-14'],
    ['ru', 'неделю назад', '2026-03-10'],
    ['be', 'учора', '2026-03-16'],
    ['be', 'пазаўчора', '2026-03-15'],
    ['be', 'тры дні таму', '2026-03-14'],
    ['es', 'ayer', '2026-03-16'],
    ['es', 'anteayer', '2026-03-15'],
    ['es', 'hace tres días', '2026-03-14'],
    ['fr', 'hier', '2026-03-16'],
    ['fr', 'avant-hier', '2026-03-15'],
    ['fr', 'il y a trois jours', '2026-03-14'],
    ['it', 'ieri', '2026-03-16'],
    ['it', 'l\'altro ieri', '2026-03-15'],
    ['it', 'tre giorni fa', '2026-03-14'],
    ['pt', 'ontem', '2026-03-16'],
    ['pt', 'anteontem', '2026-03-15'],
    ['pt', 'há três dias', '2026-03-14'],
    ['pl', 'wczoraj', '2026-03-16'],
    ['pl', 'przedwczoraj', '2026-03-15'],
    ['pl', 'trzy dni temu', '2026-03-14'],
    ['tr', 'dün', '2026-03-16'],
    ['tr', 'evvelsi gün', '2026-03-15'],
    ['tr', 'üç gün önce', '2026-03-14'],
    ['ja', '昨日', '2026-03-16'],
    ['ja', '一昨日', '2026-03-15'],
    ['ja', '3日前', '2026-03-14'],
    ['ko', '어제', '2026-03-16'],
    ['ko', '그저께', '2026-03-15'],
    ['ko', '3일 전', '2026-03-14'],
    ['ar', 'أمس', '2026-03-16'],
    ['ar', 'أول أمس', '2026-03-15'],
    ['ar', 'قبل ثلاثة أيام', '2026-03-14'],
  ])('is read in %s: %s', (language, text, value) => {
    expect(dates(language, text)).toEqual([value]);
  });

  it('is not the day of a greeting', () => {
    expect(dates('pt', 'Bom dia, antes de assinar queria saber o preço')).toEqual([]);
    expect(dates('it', 'Buon giorno, prima di abbonarmi vorrei sapere il prezzo')).toEqual([]);
    expect(dates('pt', 'paguei um dia antes')).toEqual(['2026-03-16']);
  });

  it('is the writer\'s own day, not the server\'s', () => {
    expect(dates('ja', '昨日', { epochMs: Date.UTC(2026, 2, 16, 20), offsetMinutes: 540 })).toEqual(['2026-03-16']);
    expect(dates('en', 'yesterday', { epochMs: Date.UTC(2026, 2, 17, 3), offsetMinutes: -420 })).toEqual(['2026-03-15']);
  });

  it('counts months by the calendar', () => {
    expect(dates('en', 'a month ago', moment('2026-03-31T12:00'))).toEqual(['2026-02-28']);
  });

  it('carries its time where it is counted in hours', () => {
    expect(dates('en', '3 hours ago')).toEqual(['2026-03-17T09:00']);
    expect(dates('ru', '20 минут назад')).toEqual(['2026-03-17T11:40']);
    expect(dates('en', '13 hours ago')).toEqual(['2026-03-16T23:00']);
  });
});

describe('a day of the month in words', () => {
  it.each([
    ['en', 'Third of February I paid', ['2026-02-03']], ['en', 'paid on the twenty-third of February', ['2026-02-23']], ['en', 'paid on February the eleventh', ['2026-02-11']], ['en', 'paid on March fifth', ['2026-03-05']],
    ['en', 'paid on the fifth by card', ['2026-03-05']], ['en', 'I paid on the fifth attempt', []], ['en', 'the second March payment', []], ['en', 'you may first want to look', []],
    ['de', 'am dreiundzwanzigsten Februar bezahlt', ['2026-02-23']], ['ru', 'оплатил двадцать пятого числа', ['2026-02-25']], ['ru', 'в начале января, пятого числа, оплатил', ['2026-01-05']], ['be', 'аплаціла пятага чысла', ['2026-03-05']], ['pl', 'zapłaciłem dwunastego', ['2026-03-12']], ['pl', 'po lekturze piętnastego rozdziału', []],
    ['es', 'pagué el día cinco', ['2026-03-05']], ['fr', "le cinq j'ai payé", ['2026-03-05']], ['fr', 'le cinq modèles', []], ['it', 'ho pagato il giorno cinque', ['2026-03-05']], ['pt', 'paguei no dia vinte e três', ['2026-02-23']],
    ['tr', 'Şubat\'ın yirmi üçünde ödedim', ['2026-02-23']], ['tr', 'ayın beşinde ödedim', ['2026-03-05']],
    ['ar', 'دفعت في التاسع من فبراير', ['2026-02-09']], ['ar', 'دفعت في الثالث والعشرين من فبراير', ['2026-02-23']], ['ar', 'دفعت يوم خمسة وعشرين فبراير', ['2026-02-25']], ['ar', 'دفعت يوم خمسة', ['2026-03-05']], ['ar', 'من يوم واحد', []],
  ] as const)('is read in %s: %s', (language, text, values) => {
    expect(dates(language, text)).toEqual(values);
  });
});

describe('a day of a month that was named before it', () => {
  it.each([['I topped up in January (the 9th, by card).'], ['It was in January, the 9th.'], ['It was in January, on the 9th.']])('is of that month: %s', (text) => {
    expect(dates('en', text)).toEqual(['2026-01-09']);
  });
});

describe('the same day', () => {
  it.each([
    ['It failed on 6 March. I had bought them that same day.', ['2026-03-06', '2026-03-06']],
    ['I bought them the very same day.', []],
    ['It is due by 20 March 2026, and I was charged twice on the same day.', ['2026-03-20']],
  ])('is the one named last: %s', (text, expected) => {
    expect(dates('en', text)).toEqual(expected);
  });
});

describe('a feast without its year', () => {
  it.each([
    ['the wedding is on the 12th of February', true],
    ['the wedding was on the 12th of February', false],
  ])('lies ahead where it still "is": %s', (text, ahead) => {
    expect(mentions('en', text).map((mention) => mention.ahead)).toEqual([ahead]);
  });
});

describe('a weekday', () => {
  it.each([
    ['es', 'el jueves 5 compré créditos', '2026-03-05'],
    ['pt', 'na quinta-feira, 5, comprei créditos', '2026-03-05'],
    ['it', 'giovedì 5 ho pagato', '2026-03-05'],
    ['fr', 'jeudi 5 j’ai payé', '2026-03-05'],
    ['en', 'I paid on Thursday the 5th', '2026-03-05'],
    ['ar', 'يوم الخميس 5 دفعت', '2026-03-05'],
    ['ko', '5일 목요일에 결제했습니다', '2026-03-05'],
    ['es', 'el viernes 9 de la noche', '2026-03-13T21:00'],
    ['en', 'on Saturday 3 credits vanished', '2026-03-14'],
    ['en', 'yesterday at 6.15pm', '2026-03-16T18:15'],
    ['pt', 'É o seguinte: hoje gerei um vaso', '2026-03-17'],
  ])('is told with its day of the month, or beside another number, in %s: %s', (language, text, value) => {
    expect(dates(language, text)).toEqual([value]);
    expect(mentions(language, text).every(({ ahead }) => !ahead)).toBe(true);
  });

  it('lies ahead where only one ahead has its day', () => {
    expect(mentions('es', 'el viernes 3 es el cumple').map(({ ahead }) => ahead)).toEqual([true]);
  });

  it.each([
    ['en', 'on Monday', '2026-03-16'],
    ['en', 'on Tuesday', '2026-03-10'],
    ['en', 'on Friday', '2026-03-13'],
    ['en', 'last Friday', '2026-03-13'],
    ['en', 'on Monday last week', '2026-03-09'],
    ['ru', 'в пятницу', '2026-03-13'],
    ['ru', 'на прошлой неделе в пятницу', '2026-03-13'],
    ['ru', 'в понедельник на прошлой неделе', '2026-03-09'],
    ['be', 'у пятніцу', '2026-03-13'],
    ['es', 'el viernes pasado', '2026-03-13'],
    ['fr', 'vendredi dernier', '2026-03-13'],
    ['it', 'venerdì scorso', '2026-03-13'],
    ['pt', 'na sexta-feira passada', '2026-03-13'],
    ['pl', 'w zeszły piątek', '2026-03-13'],
    ['tr', 'geçen cuma', '2026-03-13'],
    ['ja', '先週の金曜日', '2026-03-13'],
    ['ja', '先々週の金曜日', '2026-03-06'],
    ['ko', '지난주 금요일', '2026-03-13'],
    ['ja', '先週の月曜', '2026-03-09'],
    ['ar', 'يوم الجمعة الماضي', '2026-03-13'],
  ])('is the last such day, in %s: %s', (language, text, value) => {
    expect(dates(language, text)).toEqual([value]);
  });

  it('beside a date says no more than the date', () => {
    expect(dates('en', 'on Thursday, 5 March')).toEqual(['2026-03-05']);
    expect(dates('ja', '3月12日（木）に購入')).toEqual(['2026-03-12']);
  });

  it.each([['en', 'We sat in the sun'], ['pt', 'é a quinta tentativa']])('is not seen in everyday words: %s, %s', (language, text) => {
    expect(dates(language, text)).toEqual([]);
  });
});

describe('a day of the month', () => {
  it.each([
    ['en', 'on the 5th', '2026-03-05'],
    ['en', 'on the 28th', '2026-02-28'],
    ['ru', '5 го числа', '2026-03-05'],
    ['es', 'el día 5', '2026-03-05'],
    ['fr', 'le 5', '2026-03-05'],
  ])('is the last such day, in %s: %s', (language, text, value) => {
    expect(dates(language, `${text} `)).toEqual([value]);
  });

  it.each([['es', 'el 3D'], ['it', 'il 20 %'], ['fr', 'le 3,50']])('is not seen in %s: %s', (language, text) => {
    expect(dates(language, text)).toEqual([]);
  });

  it.each([['ja', '先月20日に購入', '2026-02-20'], ['ja', '今月3日に購入', '2026-03-03'], ['ko', '지난달 20일에 결제', '2026-02-20'], ['ko', '이번달 3일에 결제', '2026-03-03']])('of a month told by this one, in %s: %s', (language, text, value) => {
    expect(dates(language, text)).toEqual([value]);
  });
});

describe('a date and its time', () => {
  it.each([
    ['en', 'on March 5 at 14:05', '2026-03-05T14:05'],
    ['en', 'yesterday around 9 pm', '2026-03-16T21:00'],
    ['ru', 'вчера в 21:30', '2026-03-16T21:30'],
    ['es', 'anteayer a las 9 de la noche', '2026-03-15T21:00'],
    ['fr', 'hier à 21h30', '2026-03-16T21:30'],
    ['it', 'ieri alle 9 di sera', '2026-03-16T21:00'],
    ['pt', 'ontem às 21h', '2026-03-16T21:00'],
    ['pl', 'w zeszły piątek ok. 18:15', '2026-03-13T18:15'],
    ['tr', 'dün akşam 9 gibi', '2026-03-16T21:00'],
    ['ja', '先週の金曜の夜9時ごろ', '2026-03-13T21:00'],
    ['ja', '昨日の午後3時15分', '2026-03-16T15:15'],
    ['ko', '그저께 밤 11시쯤', '2026-03-15T23:00'],
    ['ar', 'أول أمس الساعة التاسعة مساءً', '2026-03-15T21:00'],
  ])('are read together in %s: %s', (language, text, value) => {
    expect(dates(language, text)).toEqual([value]);
  });

  it('are read together where the hour is first reckoned and then told', () => {
    expect(dates('es', 'hace un par de horas (serían las 10:15)')).toEqual(['2026-03-17T10:15']);
    expect(dates('en', '2 hours ago it worked, at 8 am not')).toEqual(['2026-03-17T10:00']);
  });

  it.each([
    ['de', 'am 6.3. gekauft', '2026-03-06'],
    ['de', 'am 6.3 gekauft', '2026-03-06'],
    ['pl', 'dnia 6.3 kupiłem', '2026-03-06'],
  ])('has no need of a nought in %s: %s', (language, text, value) => {
    expect(dates(language, text)).toEqual([value]);
  });

  it.each([
    ['3 gündür çalışmıyor', '2026-03-14'],
    ['iki haftadır bekliyorum', '2026-03-03'],
    ['3 saattir açılmıyor', '2026-03-17T09:00'],
  ])('tells since when in Turkish: %s', (text, value) => {
    expect(dates('tr', text)).toEqual([value]);
  });

  it('each keep to the nearer one', () => {
    expect(dates('en', 'paid on March 5 at 10:00, it crashed on March 7 at 18:30')).toEqual(['2026-03-05T10:00', '2026-03-07T18:30']);
  });
});

describe('what has not happened', () => {
  it.each([
    ['en', 'please answer by March 10'],
    ['en', 'it expires 2026-03-10'],
    ['en', 'my next bill is on 2026-04-17'],
    ['ru', 'ответьте до 10 марта'],
    ['ja', '3月10日までに返事をください'],
    ['ko', '3월 10일까지 답변 주세요'],
  ])('lies ahead, in %s: %s', (language, text) => {
    expect(mentions(language, text).map((mention) => mention.ahead)).toEqual([true]);
  });

  it('is no deadline where a plain date stands', () => {
    expect(mentions('en', 'paid on March 10').map((mention) => mention.ahead)).toEqual([false]);
  });
});

describe('a bare hour right behind a date', () => {
  it.each([
    ['pl', 'Wczoraj o 21 opłaciłem abonament', ['2026-03-16T21:00']],
    ['pl', 'dzis ok 9 odpalilem turbo', ['2026-03-17T09:00']],
    ['ru', 'Вчера в 21 оплатил подписку', ['2026-03-16T21:00']],
    ['es', 'Ayer a las 21 pagué la suscripción', ['2026-03-16T21:00']],
    ['de', 'Gestern um 21 bezahlt', ['2026-03-16T21:00']],
  ])('is its time in %s: %s', (language, text, values) => {
    expect(dates(language, text)).toEqual(values);
  });

  it.each([
    ['pl', 'Dziś około 17 kredytów zużyłem', ['2026-03-17']],
    ['pl', 'Wczoraj około 3 dni temu', ['2026-03-16']],
    ['ru', 'Вчера около 20 рублей списали', ['2026-03-16']],
    ['en', 'Yesterday at 30% it stopped', ['2026-03-16']],
  ])('is none where it counts something in %s: %s', (language, text, values) => {
    expect(dates(language, text).filter((value) => values.includes(value))).toEqual(values);
  });

  it('is no part of a German date with both its stops', () => {
    expect(dates('de', 'Auf meiner Karte ist am 6.3. eine Abbuchung über 25 €.')).toEqual(['2026-03-06']);
    expect(dates('de', 'Es ist iOS 17.6. Danke.')).toEqual([]);
  });
});

describe('a length of time', () => {
  it.each([
    ['ru', 'минут 20 назад', '2026-03-17T11:40'],
    ['ru', 'купил часа два назад', '2026-03-17T10:00'],
    ['ru', 'дня три тому назад', '2026-03-14'],
    ['be', 'хвілін 20 таму', '2026-03-17T11:40'],
    ['uk', 'днів п\'ять тому', '2026-03-12'],
  ])('may have its number behind it in %s: %s', (language, text, value) => {
    expect(dates(language, text)).toEqual([value]);
  });

  it.each([
    ['es', 'Desde hace días no funciona'],
    ['en', 'It broke days ago'],
    ['fr', 'Il y a des jours, il y a jours'],
    ['ar', 'انقطعت أكثر من أربعة أيام'],
    ['ru', 'минут 20, назад дороги нет'],
  ])('names no day without its number, nor as a mere measure, in %s: %s', (language, text) => {
    expect(dates(language, text)).toEqual([]);
  });
});

describe('a weekday', () => {
  it('lies ahead where Turkish says that something is for it', () => {
    expect(mentions('tr', 'pazartesiye yetişecek bir ödevim var').map(({ ahead }) => ahead)).toEqual([true]);
    expect(mentions('tr', 'pazartesi günü ödedim').map(({ ahead }) => ahead)).toEqual([false]);
  });

  it('is one in Portuguese without its "feira"', () => {
    expect(dates('pt', 'Paguei na segunda')).toEqual(['2026-03-16']);
  });
});
