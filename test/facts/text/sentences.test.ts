import { describe, expect, it } from 'vitest';
import { splitSentences } from '../../../src/facts/text/sentences.ts';
import { passage } from '../some-mail.ts';

function cut(text: string, unspaced = false): string[] {
  return splitSentences([passage(text)], { unspaced, elision: false }).map(({ start, end }) => text.slice(start, end).trim());
}

function words(text: string, writing = { unspaced: false, elision: false }): string[] {
  return splitSentences([passage(text)], writing).flatMap(({ tokens }) => tokens.map((token) => token.folded));
}

describe('sentences end', () => {
  it.each([
    ['at full stops, question and exclamation marks', 'It broke. Why? Help!', ['It broke.', 'Why?', 'Help!']],
    ['behind a closing quote', 'He said "no." Then he left.', ['He said "no."', 'Then he left.']],
    ['at a line end', 'Hello\nI want a refund', ['Hello', 'I want a refund']],
    ['behind the short words of chats', 'pagué con apple pay. después nada', ['pagué con apple pay.', 'después nada']],
    ['before a number', 'I paid twice. 200 credits are left', ['I paid twice.', '200 credits are left']],
    ['at the Arabic question mark', 'أين أموالي؟ أريدها', ['أين أموالي؟', 'أريدها']],
  ])('%s', (_, text, sentences) => {
    expect(cut(text)).toEqual(sentences);
  });

  it('behind an hour of the day, before a capital', () => {
    expect(cut('It was 9 p.m. Then it failed.')).toEqual(['It was 9 p.m.', 'Then it failed.']);
  });

  it('at the ideographic full stop', () => {
    expect(cut('返金してください。お願いします。', true)).toEqual(['返金してください。', 'お願いします。']);
  });
});

describe('sentences go on', () => {
  it.each([
    ['behind the day before a German month', 'Sie kam am 2. Februar 2026 an', 'bezahlt am 12. März'],
    ['behind an abbreviation', 'Order No. 5512 came late', 'ok. 18:15 zapłaciłem'],
    ['behind what announces more', 'I want the difference, i.e. $174', 'some, e.g. "Nova"', 'за approx. 30 minutes, т.е. «час»'],
    ['within a version or a sum', 'Chrome 126.0.1 took 19.90 EUR', 'v2.1 is out'],
    ['over a wrapped line', 'I bought the starter plan on the fourth of March and\nsince then nothing works', 'I paid for the plan that you advertise as the best,\nbut it fails'],
  ])('%s', (_, ...texts) => {
    for (const text of texts) expect(cut(text)).toEqual([text]);
  });

  it('within a Korean date', () => {
    expect(cut('2026. 3. 12. 결제했습니다', true)).toEqual(['2026. 3. 12. 결제했습니다']);
  });
});

describe('a word', () => {
  it('keeps its apostrophe out of sight', () => {
    expect(words('I don\'t')).toEqual(['i', 'dont']);
  });

  it('is cut at the apostrophe where the language elides', () => {
    expect(words('l\'abonnement d’hier', { unspaced: false, elision: true })).toEqual(['l', 'abonnement', 'd', 'hier']);
  });

  it('stands by itself beside kana and Hangul when it is Latin', () => {
    expect(words('Chromeで', { unspaced: true, elision: false })).toContain('chrome');
    expect(words('Windows에서', { unspaced: true, elision: false })).toContain('windows');
  });

  it('knows whether a comma, a bracket or a dash stands before it', () => {
    const [sentence] = splitSentences([passage('no, thanks (really) - bye')], { unspaced: false, elision: false });

    expect(sentence?.tokens.map((token) => [token.folded, token.afterBreak])).toEqual([['no', false], ['thanks', true], ['really', true], ['bye', true]]);
  });

  it('is no word where it is an address or a number', () => {
    const [sentence] = splitSentences([passage('write a.b@c.example or https://d.example/e 12')], { unspaced: false, elision: false });

    expect(sentence?.tokens.map((token) => token.kind)).toEqual(['word', 'address', 'word', 'address', 'number']);
  });
});

it('cuts a sentence that never ends', () => {
  expect(cut('word '.repeat(1000)).every((sentence) => sentence.length <= 800)).toBe(true);
});

it('counts sentences through all passages', () => {
  const sentences = splitSentences([passage('Refund', { source: 'subject' }), passage('One. Two.')], { unspaced: false, elision: false });

  expect(sentences.map(({ index, passage: { source } }) => [index, source])).toEqual([[0, 'subject'], [1, 'body'], [2, 'body']]);
});
