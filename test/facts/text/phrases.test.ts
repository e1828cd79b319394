import { describe, expect, it } from 'vitest';
import { compilePhraseBook, findHits } from '../../../src/facts/text/phrases.ts';
import type { Hit } from '../../../src/facts/text/phrases.ts';
import { phraseBookOf } from '../../../src/facts/languages/languages.ts';
import { bookWith, sentencesOf } from '../some-mail.ts';

/** Where a phrase is found in a text; the words it covers. */
function found(phrase: string, text: string): string[] {
  return hitsOf(phrase, text).map((hit) => text.slice(hit.start, hit.end));
}

function hitsOf(phrase: string, text: string): Hit[] {
  const book = bookWith({ want_refund: [phrase] });
  return findHits(sentencesOf(text, book), book);
}

describe('a phrase', () => {
  it.each([
    ['takes each alternative', 'broken|torn', 'It is torn', ['torn']],
    ['joins one alternative of several words', 'broken|turned_up', 'It turned up', ['turned up']],
    ['does not take half of such an alternative', 'broken|turned_up', 'It turned left', []],
    ['joins alternatives of several words with the words after them', 'turned_up|came broken', 'It came broken', ['came broken']],
    ['matches any ending', 'refund*', 'no refunding here', ['refunding']],
    ['matches any beginning', '*charged', 'They overcharged us', ['overcharged']],
    ['matches a piece within a word', '*charg*', 'I was supercharged', ['supercharged']],
    ['matches a whole word only, without a star', 'refund', 'refundable', []],
    ['sees no accents', 'deja', 'déjà', ['déjà']],
    ['sees no case', 'refund', 'REFUND', ['REFUND']],
    ['takes digits for #', 'pages # missing', 'pages 12 missing', ['pages 12 missing']],
    ['takes number words for #', 'pages # missing', 'pages twelve missing', ['pages twelve missing']],
    ['wants its words one right after the other', 'money back', 'money is back', []],
    ['allows three words in a gap', 'money .. back', 'money that is mine back', ['money that is mine back']],
    ['allows no more than three words in a gap', 'money .. back', 'money that is only mine back', []],
    ['keeps the order within a part', 'money .. back', 'back came the money', []],
    ['takes its parts in any order', 'charge* & twice', 'Twice I was charged', ['Twice I was charged']],
    ['wants all its parts', 'charge* & twice & card', 'charged twice', []],
    ['wants its parts near each other', 'charge* & twice', `charged ${'and so on '.repeat(6)} twice`, []],
    ['wants its parts in one sentence', 'charge* & twice', 'I was charged. Twice.', []],
    ['does not take one word for two parts', 'charge* & charged', 'charged', []],
    ['is off where an excluded word stands', 'charge* & twice - check*', 'I checked, charged twice', []],
    ['is off for each of several exclusions', 'error - by_error - no_error', 'bought by error', []],
    ['is off for its exclusion as a whole only', 'error - by_error', 'an error by you', ['error']],
  ])('%s', (_, phrase, text, covered) => {
    expect(found(phrase, text)).toEqual(covered);
  });

  it.each([['!refund', 3], ['refund', 1], ['? refund', 0.4]])('written %s weighs %d', (phrase, weight) => {
    expect(hitsOf(phrase, 'refund').map((hit) => hit.weight)).toEqual([weight]);
  });

  it('sees through a slip in a long word', () => {
    expect(found('subscription*', 'my subscirption')).toEqual(['subscirption']);
  });

  it('is found at each of its places', () => {
    expect(found('refund', 'refund, I said, refund')).toEqual(['refund', 'refund']);
  });

  it.each(['', '!', 'refund & ', 'refund & please - '])('with an empty part is refused, and the place named where it stands: "%s"', (phrase) => {
    expect(() => bookWith({ want_refund: [phrase] })).toThrow(/en.*want_refund/);
  });
});

describe('a negation', () => {
  it.each([['be', 'Ці нельга вярнуць мне грошы?'], ['ru', 'Не могли ли бы вы вернуть деньги?']])('that only makes a question polite turns nothing round (%s): %s', (language, text) => {
    const book = phraseBookOf(language);

    expect(findHits(sentencesOf(text, book), book).some((hit) => hit.concept === 'want_refund' && !hit.negated)).toBe(true);
  });

  it.each([
    ['right before the phrase', 'I do not want a refund', true],
    ['a few words before it', 'I do not really want a refund', true],
    ['far before it', 'I could not open the page and so I thought that I want a refund', false],
    ['cut off by a comma', 'No, I want a refund', false],
    ['opened by "if"', 'If not, I want a refund', false],
    ['behind it', 'I want a refund, not credits', false],
    ['nowhere', 'I want a refund', false],
  ])('%s: %s', (_, text, negated) => {
    expect(hitsOf('want .. refund', text).map((hit) => hit.negated)).toEqual([negated]);
  });

  it('that the phrase itself has turns nothing round', () => {
    expect(hitsOf('not .. working', 'It is not working').map((hit) => hit.negated)).toEqual([false]);
  });

  it('takes a demand back that stands before it', () => {
    const book = phraseBookOf('be');
    const hits = findHits(sentencesOf('Вяртаць грошы не трэба', book), book).filter((hit) => hit.concept === 'want_refund');

    expect(hits.length).toBeGreaterThan(0);
    expect(hits.every((hit) => hit.negated)).toBe(true);
  });
});

describe('a condition', () => {
  it.each([
    ['If it fails I want a refund', true],
    ['I want a refund if it fails', false],
    ['I want a refund', false],
  ])('makes what follows it hypothetical: %s', (text, conditional) => {
    expect(hitsOf('want .. refund', text).map((hit) => hit.conditional)).toEqual([conditional]);
  });
});

describe('a phrase of unspaced writing', () => {
  const ja = phraseBookOf('ja').language;

  function foundJa(phrase: string, text: string): { covered: string; negated: boolean; conditional: boolean }[] {
    const book = compilePhraseBook({ ...ja, phrases: { want_refund: [phrase] } });
    return findHits(sentencesOf(text, book), book).map(({ start, end, negated, conditional }) => ({ covered: text.slice(start, end), negated, conditional }));
  }

  it.each([
    ['is found within running text', '返金', 'すぐ返金して', ['返金']],
    ['is found across spaces', '返金', 'すぐ返 金して', ['返 金']],
    ['takes each alternative', '返金|払い戻し', '払い戻しを希望', ['払い戻し']],
    ['takes its parts in any order', '二重 & 請求', '請求が二重', ['請求が二重']],
    ['allows a gap of twelve characters', '二重 .. 請求', '二重に何度も請求', ['二重に何度も請求']],
    ['is off where an excluded stretch stands', '返金 - 返金ポリシー', '返金ポリシーを見た', []],
    ['is off before what must not follow', 'クレジット^カード', 'クレジットカードで', []],
    ['is on before anything else', 'クレジット^カード', 'クレジットで', ['クレジット']],
    ['is off behind what must not stand before it', '未~使用', '未使用', []],
    ['reads half-width kana', 'クレジット', 'ｸﾚｼﾞｯﾄ残り', ['ｸﾚｼﾞｯﾄ']],
  ])('%s', (_, phrase, text, covered) => {
    expect(foundJa(phrase, text).map((hit) => hit.covered)).toEqual(covered);
  });

  it('is negated by what follows it', () => {
    expect(foundJa('返金', '返金しません')).toMatchObject([{ negated: true }]);
    expect(foundJa('返金', '返金してください')).toMatchObject([{ negated: false }]);
  });

  it('is hypothetical before a word for "if"', () => {
    expect(foundJa('返金', '返金だったら連絡します')).toMatchObject([{ conditional: true }]);
    expect(foundJa('返金', '返金してください')).toMatchObject([{ conditional: false }]);
  });
});
