import { describe, expect, it } from 'vitest';
import { phraseBookOf } from '../../src/facts/languages.ts';
import { findTimes } from '../../src/facts/times.ts';
import { sentencesOf } from './some-mail.ts';

function times(language: string, text: string): string[] {
  const book = phraseBookOf(language);
  return sentencesOf(text, book).flatMap((sentence) => findTimes(sentence, book, [])).map(({ hour, minute }) => `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`);
}

describe('a time of day', () => {
  it.each([
    ['en', 'at 14:05', '14:05'],
    ['en', 'at 14:05:33', '14:05'],
    ['en', 'at 2:05 pm', '14:05'],
    ['en', 'at 2.05 p.m.', '14:05'],
    ['en', 'around 9pm', '21:00'],
    ['en', 'at 12 am', '00:00'],
    ['en', 'at 12:30 pm', '12:30'],
    ['en', 'at 9 in the evening', '21:00'],
    ['en', 'at nine in the morning', '09:00'],
    ['en', 'at 5 o\'clock', '05:00'],
    ['en', 'around noon', '12:00'],
    ['en', 'just after midnight', '00:00'],
    ['ru', 'в 21:30', '21:30'],
    ['ru', 'около 9 вечера', '21:00'],
    ['ru', 'в 9 утра', '09:00'],
    ['ru', 'в полдень', '12:00'],
    ['be', 'а 9 вечара', '21:00'],
    ['es', 'a las 21:30', '21:30'],
    ['es', 'a las 9 de la noche', '21:00'],
    ['es', 'a las nueve y media', '09:30'],
    ['es', 'a las 9 y media de la noche', '21:30'],
    ['fr', 'à 21h30', '21:30'],
    ['fr', 'vers 21h', '21:00'],
    ['fr', 'à 9h du soir', '21:00'],
    ['fr', 'à 9 heures et demie', '09:30'],
    ['it', 'alle 9 di sera', '21:00'],
    ['it', 'alle 9 e mezza', '09:30'],
    ['it', 'alle 21.30', '21:30'],
    ['pt', 'às 21h', '21:00'],
    ['pt', 'às 9 da noite', '21:00'],
    ['pt', 'às 21h30', '21:30'],
    ['pl', 'o 18:15', '18:15'],
    ['pl', 'o 9 wieczorem', '21:00'],
    ['pl', 'o 11 w nocy', '23:00'],
    ['pl', 'o 2 w nocy', '02:00'],
    ['tr', 'saat 20.00', '20:00'],
    ['tr', 'akşam 9 gibi', '21:00'],
    ['ja', '午後9時30分', '21:30'],
    ['ja', '夜9時ごろ', '21:00'],
    ['ja', '夜9時半', '21:30'],
    ['ja', '深夜1時', '01:00'],
    ['ja', '昼の1時', '13:00'],
    ['ja', '１４：０５', '14:05'],
    ['ko', '오후 9시 반', '21:30'],
    ['ko', '밤 11시쯤', '23:00'],
    ['ko', '밤 열한 시쯤', '23:00'],
    ['ko', '새벽 2시', '02:00'],
    ['ar', 'الساعة 9 مساء', '21:00'],
    ['ar', 'الساعة التاسعة مساءً', '21:00'],
    ['ar', 'الساعة ٩:٣٠ صباحا', '09:30'],
  ])('is read in %s: %s', (language, text, time) => {
    expect(times(language, text)).toEqual([time]);
  });

  it.each([
    ['a length', 'en', 'it hung for 3 hours'],
    ['a version', 'en', 'iOS 17.6'],
    ['a sum', 'en', 'at 9.50 EUR'],
    ['a ratio beyond the clock', 'en', '16:95'],
    ['an hour beyond the day', 'en', 'at 26'],
    ['a percentage', 'en', 'at 99%'],
    ['Japanese hours', 'ja', '3時間待った'],
    ['Korean hours', 'ko', '3시간 기다렸어요'],
    ['the afternoon', 'fr', 'cet après-midi'],
  ])('is not seen in %s (%s: %s)', (_, language, text) => {
    expect(times(language, text)).toEqual([]);
  });
});
