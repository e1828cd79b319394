import { describe, expect, it } from 'vitest';
import { phraseBookOf } from '../../../src/facts/languages/languages.ts';
import { readInCyrillic } from '../../../src/facts/text/transliterate.ts';
import { read, sentencesOf } from '../some-mail.ts';

const book = phraseBookOf('ru');

function words(text: string): string[] {
  return readInCyrillic(sentencesOf(text, book), book).flatMap(({ tokens }) => tokens.map((token) => token.folded));
}

describe('Russian in Latin letters', () => {
  it.each([
    ['vernite dengi', ['верните', 'деньги']],
    ['ne rabotaet', ['не', 'работает']],
    ['oshibka', ['ошибка']],
    ['podpisku', ['подписку']],
    ['kartoi', ['картой']],
  ])('is compared in Cyrillic: %s', (text, folded) => {
    expect(words(text)).toEqual(folded);
  });

  it('keeps names as they are', () => {
    expect(words('ne rabotaet Firefox')).toContain('firefox');
  });

  it('is left alone in a text that is mostly Cyrillic', () => {
    expect(words('Здравствуйте, у меня не работает ваш генератор, вот текст: error')).toContain('error');
  });

  it('keeps the letters of a number as they are', () => {
    expect(read('Kniga prishla mokraya, zakaz SB-10022, prishlite novuyu', 'storybookly').values.fulfilled_at).toBeUndefined();
  });

  it.each([
    ['U kotika na modeli pyat lap i net hvosta. Otdayte moi dengi.', 'dissatisfied_result'],
    ['Eti dengi ya ne platil, kto-to vzlomal moy akkaunt', 'unauthorized_payment'],
  ])('resembles what is told in Cyrillic: %s', (text, reason) => {
    expect(read(text)).toMatchObject({ language: 'ru', topic: 'refund', reason });
  });

  it('is read with every fact where it was written', () => {
    const facts = read('zdravstvuyte, vernite dengi za podpisku, mne ne nuzhno. oplatil vchera 1490 rub');

    expect(facts).toMatchObject({ language: 'ru', topic: 'refund' });
    expect(facts.values.paid_at).toMatchObject({ value: '2026-03-16', evidence: 'vchera' });
    expect(facts.values.amount).toMatchObject({ value: '1490 RUB', evidence: '1490 rub' });
  });

  it('is read of Belarusian in its Latin alphabet', () => {
    const { language, topic, product, values } = read('Dobry dzień! Učora kupiŭ padpisku za 12,50 €, ale jana mnie bolš nie patrebnaja. Viarnicie hrošy, kali łaska. Ničoha nie vykarystaŭ.', 'imgto3d');
    expect([language, topic, product, values.paid_at?.value]).toEqual(['be', 'refund', 'subscription', '2026-03-16']);
    expect(read('Dzień dobry, wczoraj kupiłem plan, proszę o zwrot pieniędzy.', 'imgto3d').language).toBe('pl');
  });
});
