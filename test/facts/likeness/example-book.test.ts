import { describe, expect, it } from 'vitest';
import { fitExampleBook, likeness } from '../../../src/facts/likeness/example-book.ts';
import type { ExampleBook, Examples } from '../../../src/facts/likeness/example-book.ts';
import { exampleBookOf, phraseBookOf } from '../../../src/facts/languages/languages.ts';

const spaced = { writing: 'spaced' } as const;

function says(sentence: string, book: ExampleBook): string | undefined {
  const p = likeness(sentence, book);
  return book.concepts[p.indexOf(Math.max(...p))];
}

const few: Examples = {
  technical_failure: ['The page hangs at ninety percent.', 'It crashes whenever I press the button.', 'The screen stays white.'],
  want_refund: ['Send me my money back.', 'I would like to be repaid in full.', 'Return what I paid.'],
  nothing: ['Good morning to you all.', 'Thanks for reading this.', 'I found you through a friend.'],
};

describe('an example book', () => {
  const book = fitExampleBook(few, spaced);

  it('knows its own examples', () => {
    for (const [concept, sentences] of Object.entries(few)) for (const sentence of sentences) expect(says(sentence, book)).toBe(concept);
  });

  it.each([
    ['The button crashes and the page stays white.', 'technical_failure'],
    ['I want my money repaid.', 'want_refund'],
    ['Good morning and thanks.', 'nothing'],
  ])('tells what resembles them: %s', (sentence, concept) => {
    expect(says(sentence, book)).toBe(concept);
  });

  it('shares one whole among its concepts', () => {
    for (const sentence of ['The screen stays white.', 'xyzzy', '', '1234']) expect(likeness(sentence, book).reduce((a, b) => a + b, 0)).toBeCloseTo(1, 4);
  });

  it('is fitted the same each time', () => {
    expect(likeness('It crashes on my white screen.', fitExampleBook(few, spaced))).toEqual(likeness('It crashes on my white screen.', book));
  });

  it('reads unspaced writing by its characters', () => {
    const ja = fitExampleBook({ technical_failure: ['画面が真っ白です', '固まって動きません'], want_refund: ['お金を返してください', '返金を希望します'] }, { writing: 'unspaced' });

    expect(says('画面が固まって真っ白', ja)).toBe('technical_failure');
    expect(says('お金の返金を希望', ja)).toBe('want_refund');
  });
});

describe('the shipped example books', () => {
  const codes = ['en', 'ru', 'be', 'es', 'fr', 'it', 'pt', 'pl', 'tr', 'ja', 'ko', 'ar'].filter((code) => exampleBookOf(code) !== null);

  it('are there for most of the languages', () => {
    expect(codes.length).toBeGreaterThanOrEqual(8);
  });

  it.each(codes)('in %s are fitted once', (code) => {
    expect(exampleBookOf(code)).toBe(exampleBookOf(code));
    expect(exampleBookOf(code)?.unspaced).toBe(phraseBookOf(code).language.writing === 'unspaced');
  });

  it.each(codes)('in %s have examples that say none of the things', (code) => {
    expect(exampleBookOf(code)?.concepts).toContain('nothing');
  });

  it.each([
    ['en', 'The wheel keeps spinning and then it throws me out.', 'technical_failure'],
    ['en', 'My name is Anna and I live in Leeds with my two cats.', 'nothing'],
    ['ru', 'Колёсико крутится, а потом меня выкидывает.', 'technical_failure'],
  ])('in %s tell what no phrase was written for: %s', (code, sentence, concept) => {
    const book = exampleBookOf(code);

    expect(book && says(sentence, book)).toBe(concept);
  });
});
