import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { findClause, findSentences } from '../../src/decision/policy-text.ts';
import { loadPacks } from '../../src/packs/load-packs.ts';

const packs = await loadPacks(fileURLToPath(new URL('../../templates', import.meta.url)));

const numberedText = `Refund policy
17 March 2026
1. General
We sell things.
2. When we refund
2.1. We refund:
- what is broken;
- what never came.
2.2 We refund
within 30 days of delivery. After that we do not.
3. How
(a) Write to us.
(b) Wait.
10. Rest
Nothing else.
`;

const linesOf = (text: string, clause: string) => findClause(text, clause).passages.map(({ lines }) => lines.map((line) => line.text));

describe('a clause is found', () => {
  it('by its number, with what lies under it and nothing that follows', () => {
    expect(linesOf(numberedText, '2.1')).toEqual([['2.1. We refund:', 'what is broken;', 'what never came.']]);
    expect(linesOf(numberedText, '1')).toEqual([['We sell things.']]);
    expect(findClause(numberedText, '2').passages).toMatchObject([{ cited: '2', heading: '2. When we refund', lines: { length: 4 } }]);
  });
  it('by its letter, whichever way that is written', () => {
    expect(linesOf(numberedText, '3b')).toEqual([['(b) Wait.']]);
    expect(linesOf(numberedText, '§ 3(b)')).toEqual([['(b) Wait.']]);
  });
  it('where the lines are wrapped', () => {
    expect(linesOf(numberedText, 'section 2.2')).toEqual([['2.2 We refund within 30 days of delivery. After that we do not.']]);
  });
  it('one of several, or of a range', () => {
    expect(findClause(numberedText, '2.1, 3a; 10').passages.map(({ cited }) => cited)).toEqual(['2.1', '3a', '10']);
    expect(findClause(numberedText, '1–3').passages.map(({ heading }) => heading)).toEqual(['1. General', '2. When we refund', '3. How']);
  });
  it('by its heading, of which it may leave out words, or by the label of an item', () => {
    const text = 'Вступление\n\nМы рады.\n\nЗапросы на возврат средств в течение 3 дней (исключения)\n\nПишите нам.\n\n  • Отказ в возврате: Мы можем отказать.\n\nОтмена подписки\n\nВ любое время.\n';
    expect(linesOf(text, 'Запросы на возврат в течение 3 дней')).toEqual([['Пишите нам.', 'Отказ в возврате: Мы можем отказать.']]);
    expect(findClause(text, 'Отказ в возврате').passages).toEqual([
      { cited: 'Отказ в возврате', heading: 'Запросы на возврат средств в течение 3 дней (исключения)', lines: [{ text: 'Отказ в возврате: Мы можем отказать.', isItem: true }] },
    ]);
    expect(linesOf(text, 'отмена подписки')).toEqual([['В любое время.']]);
  });
  it('never by a date that begins like a number', () => {
    expect(findClause('4 December 2025\n\nHello.\n\n17.03.2026 was a Tuesday.\n\n4. Refunds\nNo.\n', '4').passages).toMatchObject([{ heading: '4. Refunds', lines: [{ text: 'No.' }] }]);
    expect(findClause(numberedText, '17').notFound).toEqual(['17']);
  });
  it('or named among those that the text does not have', () => {
    expect(findClause(numberedText, '2.1, 2.7, Warranty')).toMatchObject({ passages: [{ cited: '2.1' }], notFound: ['2.7', 'Warranty'] });
    expect(findClause('', '1').notFound).toEqual(['1']);
  });
});

describe('the sentences of a clause', () => {
  it('come with the line that introduces their list', () => {
    const { passages } = findClause('2. Exceptions\nLong ago. No refunds:\n- Change of mind: you no longer want it. Sorry.\n- Colours: they differ.\nWrite to us. We answer.\n', '2');
    expect(findSentences(passages, ['no longer want'])).toEqual({ sentences: ['No refunds:', 'Change of mind: you no longer want it.'], notFound: [] });
    expect(findSentences(passages, ['we answer', 'we phone'])).toEqual({ sentences: ['We answer.'], notFound: ['we phone'] });
  });
});

describe.each(packs)('in the text of $name', ({ compiled, policyTexts }) => {
  const cited = compiled.rules.flatMap(({ name, clause, cases }) => (clause === null ? [] : cases.map((each) => ({ name, clause, says: each.says }))));

  it.each(cited)('$clause of $name is found, to the sentence', ({ clause, says }) => {
    for (const [language, text] of policyTexts) {
      const { passages, notFound } = findClause(text, clause);
      expect(notFound).toEqual([]);
      for (const { lines } of passages) expect(lines).not.toEqual([]);
      expect(findSentences(passages, says[language] ?? []).notFound).toEqual([]);
    }
    expect(Object.keys(says).filter((language) => !policyTexts.has(language))).toEqual([]);
  });
});
