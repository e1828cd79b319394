import { array, assert, constantFrom, integer, oneof, property, string, stringMatching, tuple } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openMask } from '../../src/model/mask.ts';

const digit = integer({ min: 0, max: 9 }).map(String);
const digits = (length: number) => array(digit, { minLength: length, maxLength: length }).map((list) => list.join(''));
const word = constantFrom('please', 'refund', 'верните', 'деньги', 'card', 'is', 'my', '返金', 'お願い', '환불', 'استرداد', '49.90', 'EUR', '17.03.2026', '14:05', ',', '-', '.', '\n', '(', ')', '⟦NAME_1⟧', '⟦', '⟧');
const words = array(word, { maxLength: 8 }).map((list) => list.join(' '));
const anyText = oneof(words, string({ unit: 'binary', maxLength: 60 }), string({ maxLength: 60 }));
const localPart = stringMatching(/^[a-z][a-z0-9._+-]{0,12}[a-z0-9]$/);
const email = tuple(localPart, stringMatching(/^[a-z][a-z0-9-]{0,8}[a-z0-9]$/), constantFrom('com', 'by', 'co.uk', 'рф')).map(([local, host, top]) => `${local}@${host}.${top}`);
const card = tuple(digits(16), constantFrom('', ' ', '-', '\u00a0', '.', '\u200b', '\n')).map(([all, gap]) => (all.match(/.{4}/g) ?? []).join(gap));
const phone = oneof(
  tuple(digits(3), digits(3), digits(2), digits(2)).map(([a, b, c, d]) => `+7 (${a}) ${b}-${c}-${d}`),
  tuple(digits(3), digits(3), digits(4)).map(([a, b, c]) => `(${a}) ${b}-${c}`),
  tuple(digits(4), digits(4)).map(([a, b]) => `010-${a}-${b}`),
  array(digits(2), { minLength: 4, maxLength: 4 }).map((pairs) => `06 ${pairs.join(' ')}`),
  digits(10).map((rest) => `8${rest}`),
  digits(9).map((rest) => `+375${rest}`),
);
const givenNames = ['Anna', 'Анна', 'Aleś', 'Wiśniewska', 'Müller', '田中太郎', '김민수', 'فاطمة', "O'Brien", 'Łukasz', 'İpek', 'van der Berg'];

/** What is left once the placeholders are taken out. */
function visible(masked: string): string {
  return masked.replaceAll(/⟦[A-Z]+_\d+⟧/g, '\u0000');
}

describe('masking', () => {
  it('turns back into the very same text, whatever the text is', () => {
    assert(property(array(oneof(anyText, email, card, phone, constantFrom(...givenNames)), { maxLength: 6 }), (parts) => {
      const text = parts.join(' ');
      const { mask, unmask } = openMask(givenNames);
      expect(unmask(mask(text))).toBe(text);
    }), { numRuns: 500 });
  });

  it('turns several texts of one mail back, whichever was masked first', () => {
    assert(property(anyText, anyText, email, (a, b, address) => {
      const { mask, unmask } = openMask([]);
      const [first, second] = [mask(`${a} ${address}`), mask(`${address} ${b}`)];
      expect([unmask(second), unmask(first)]).toEqual([`${address} ${b}`, `${a} ${address}`]);
    }), { numRuns: 200 });
  });

  it('lets no address out', () => {
    assert(property(words, email, words, (before, address, after) => {
      expect(visible(openMask([]).mask(`${before} ${address} ${after}`))).not.toContain(address);
    }), { numRuns: 300 });
  });

  it('lets no card number out, however its digits are set apart', () => {
    assert(property(words, card, words, (before, number, after) => {
      const shown = visible(openMask([]).mask(`${before} ${number} ${after}`));
      const plain = number.replaceAll(/\D/g, '');
      expect(shown).not.toContain(number);
      for (let at = 0; at + 6 <= plain.length; at++) expect(shown).not.toContain(plain.slice(at, at + 6));
    }), { numRuns: 500 });
  });

  it('lets no card number out that is written in Arabic or full-width digits', () => {
    assert(property(card, constantFrom(0x0660, 0xff10), (number, zero) => {
      const written = number.replaceAll(/\d/g, (one) => String.fromCodePoint(zero + Number(one)));
      expect(visible(openMask([]).mask(`карта ${written}!`))).not.toMatch(/[٠-٩０-９]/);
    }), { numRuns: 200 });
  });

  it('lets no phone number out', () => {
    assert(property(words, phone, words, (before, number, after) => {
      expect(visible(openMask([]).mask(`${before} tel ${number} ${after}`))).not.toContain(number);
      expect(visible(openMask([]).mask(`${before} ${number} ${after}`))).not.toContain(number);
    }), { numRuns: 500 });
  });

  it('lets no known name out, in whatever case', () => {
    assert(property(words, constantFrom('Anna', 'Анна', 'Wiśniewska', 'Müller', 'Łukasz', 'Kowalski').chain((name) => constantFrom(name, name.toLowerCase(), name.toUpperCase())), words, (before, name, after) => {
      const shown = visible(openMask(givenNames.concat('Jan Kowalski')).mask(`${before} ${name}, ${after}`));
      expect(shown.toLowerCase()).not.toContain(name.toLowerCase());
    }), { numRuns: 300 });
  });

  it.each([
    ['Меня зовут Сергей Иванов, верните деньги', ['Сергей', 'Иванов']],
    ['My name is Priya Natarajan and I paid twice', ['Priya', 'Natarajan']],
    ['Je m’appelle Chloé Dubois.', ['Chloé', 'Dubois']],
    ['田中花子と申します。返金をお願いします。', ['田中花子']],
    ['제 이름은 박지훈 입니다. 환불해 주세요.', ['박지훈']],
    ['Ich heiße Jürgen Groß und möchte mein Geld zurück', ['Jürgen', 'Groß']],
  ])('finds the names that the mail introduces: %s', (text, names) => {
    const masked = openMask([]).mask(text);
    for (const name of names) expect(masked).not.toContain(name);
  });

  it('masks a name in its other cases', () => {
    expect(openMask(['Анна Петрова']).mask('Заказ Анны Петровой, для Анне')).not.toMatch(/Анн|Петров/);
    expect(openMask(['김민수']).mask('민수입니다')).not.toContain('민수');
  });

  it('leaves dates, times, sums and counts: they are what is asked about', () => {
    const text = 'Am 17.03.2026 um 14:05 bezahlt, 2026-03-18 nochmal, 49,90 EUR, 120 von 300 Credits, 1 490 руб.';
    expect(openMask(['Jürgen']).mask(text)).toBe(text);
  });

  it('gives the same words the same placeholder', () => {
    const { mask } = openMask([]);
    expect(mask('a@example.com, b@example.com, a@example.com')).toBe('⟦EMAIL_1⟧, ⟦EMAIL_2⟧, ⟦EMAIL_1⟧');
  });

  it('takes no placeholder of the customer for one of ours', () => {
    const { mask, unmask } = openMask([]);
    const masked = mask('⟦EMAIL_1⟧ and a@example.com');
    expect(unmask(masked)).toBe('⟦EMAIL_1⟧ and a@example.com');
    expect(unmask('⟦EMAIL_7⟧')).toBe('⟦EMAIL_7⟧');
  });

  it('masks a card together with its code', () => {
    expect(visible(openMask([]).mask('4276 1234 1234 1234 CVV: 123'))).not.toMatch(/\d{3}/);
  });

  it('reads hostile text in linear time', () => {
    for (const text of ['1 '.repeat(100_000), '(((('.repeat(50_000), 'a@'.repeat(100_000), 'a.'.repeat(100_000), '+'.repeat(200_000), 'Анна '.repeat(40_000), '12.03.'.repeat(30_000), 'Dear '.repeat(40_000)]) {
      const { mask, unmask } = openMask(['Анна Петрова']);
      expect(unmask(mask(text))).toBe(text);
    }
  }, 20_000);
});
