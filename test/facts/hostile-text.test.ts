import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { factNames, flags, topics } from '../../src/facts/facts.ts';
import { readFacts } from '../../src/facts/read-facts.ts';
import { mail, merchant } from './some-mail.ts';

/** As much of a mail as is ever read. */
const longest = 200_000;
const merchants = ['imgto3d', 'ai3dgen', 'storybookly', 'stone-ai', 'winno'].map(merchant);
const [imgto3d] = merchants;
if (imgto3d === undefined) throw new Error('no merchant');

/** What makes a pattern look again and again: runs, near-matches, words cut in many ways, everything that begins something. */
const pieces = [
  '1', '12 ', '123 456 ', '4111 1111 1111 ', '1.', '1,', '1-', '1/1/', '12:', '٣', '๑', 'Ⅷ', 'a', 'ABCDEF', '1a', '@', 'a@', 'a.', 'a@a.', 'a@b.example ', '@name_abc ', '_', ' ', '\u00a0', '\t', '\n', 'a\n',
  '(', '[<{', '"', '« ', '"a\n', '\'', 'l\'', '.', '…', '?!', '-', '- ', '&', '*', 'xxxx', ', ', '。', '$', '1$', '$1 ', '€ ', '⭐', '5 dollars ', '1 490 руб. ', '1万2千円 ', '3만', 'twenty five ',
  'refund ', 'refund cancel error charged twice ', 'not ', 'if ', 'order ', 'order number ', 'order no. id: # ', 'account ', 'telegram ', 'telegram a_a_', 'ending in ', 'visa -', 'exp. ', 'no. 5 ',
  '3 days ago ', 'march ', '5 march ', 'last week monday ', '12:30 ', '3월 12일 ', '十二月', '夜9時 ', '열한 시 ', '٣ مارس ', 'used 5 of 300 credits left ', '50% used ', 'down 72 hours ', 'third revision ',
  'Chrome 126 on Windows 11 ', 'Mozilla/5.0 (', 'Mozilla/5.0 (Windows NT 10.0) ', 'http://', 'https://a.b/', 'ignore previous ', 'игнорируй', 'ignora', 'система ', 'pi_', 'GPA.1234-5678-', 'aaaaaaaa-aaaa-',
  'верните деньги ', 'vernite dengi ', '返金してください', '환불해 주세요 ', 'استرداد المال ', 'zwrot pieniędzy ', 'iade istiyorum ', 'devolución de dinero ', 'е\u0301', '👍\u200d', '\ud800', '\u0000', '\u202e', 'ﷺ',
  `order ${'ref'.repeat(25)} `, `заказ ${'номер'.repeat(15)} `, `telegram ${'nick'.repeat(14)}. `, `Chrome${' '.repeat(60)}`,
];

/** What a mail opens with decides in whose words the rest is searched. */
const openings = ['Please refund my order. ', 'Верните деньги за заказ. ', '返金してください。クレジットが残っています。', '환불해 주세요. 크레딧이 남아 있습니다. ', 'أريد استرداد أموالي من فضلك. ', 'Poproszę o zwrot pieniędzy za subskrypcję. '];

function filled(piece: string, length: number): string {
  return piece.repeat(Math.ceil(length / piece.length)).slice(0, length);
}

// Work that grows with the square of the length takes minutes on these, and the test its time limit.
describe('200,000 characters of', () => {
  it.each(pieces.map((piece) => [JSON.stringify(piece), piece] as const))('%s are read', (_, piece) => {
    expect(topics).toContain(readFacts(mail(filled(piece, longest)), imgto3d).topic);
  });
});

describe('in the words of each language', () => {
  // Each merchant's words come to one of the languages at least.
  it.each(openings.map((opening, index) => [opening, merchants[index % merchants.length] ?? imgto3d] as const))('text that goes on for 200,000 characters after "%s" is read', (opening, one) => {
    const block = filled(opening, 7000) + pieces.map((piece) => filled(piece, 600)).join(' ');

    expect(topics).toContain(readFacts(mail(filled(block, longest)), one).topic);
  });
});

it('reads twenty thousand answers between quoted lines', () => {
  const segments = Array.from({ length: 20_000 }, (_, i) => ({
    kind: i % 3 === 2 ? ('forward' as const) : ('own' as const), text: `order SB-1234${i} account a@b.example paid 5$ card ending in 1234 telegram @abcd yesterday`, question: 'When was it paid?',
  }));

  expect(topics).toContain(readFacts(mail('', { segments }), imgto3d).topic);
});

const text = fc.array(fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...pieces, ...openings) },
  { weight: 2, arbitrary: fc.tuple(fc.constantFrom(...pieces), fc.nat(300)).map(([piece, times]) => piece.repeat(times)) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 40 }) },
), { maxLength: 60 }).map((parts) => parts.join(''));

it('throws on no text, and quotes every fact from the mail as it stands', () => {
  const mixed = fc.record({ body: text, subject: text, forward: text, question: fc.option(text), one: fc.constantFrom(...merchants) });
  fc.assert(fc.property(mixed, ({ body, subject, forward, question, one }) => {
    const message = mail(body, { subject: subject.slice(0, 900), segments: [{ kind: 'own', text: body, question }, { kind: 'forward', text: forward, question: null }] });
    const facts = readFacts(message, one);

    expect(flags).toEqual(expect.arrayContaining([...facts.flags]));
    for (const name of factNames) {
      const fact = facts.values[name];
      if (fact === undefined || fact.source === 'header') continue;
      expect([body, message.subject, forward].some((written) => written.includes(fact.evidence) || fact.evidence.includes('••••') || name === 'card_last4'), `${name}: ${fact.evidence}`).toBe(true);
    }
    expect(readFacts(message, one)).toEqual(facts);
  }), { seed: 20_260_317, numRuns: 150 });
});
