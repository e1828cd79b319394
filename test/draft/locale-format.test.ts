import { describe, expect, it } from 'vitest';
import { localeFormat } from '../../src/draft/locale-format.ts';
import { escapeMarkdown, renderMarkdown } from '../../src/draft/markdown.ts';

const spaced = (text: string) => text.replaceAll('\u00A0', ' ');
const money = (language: string, amount: string) => spaced(localeFormat(language).money(amount));

describe('money', () => {
  it('is written as the language writes it', () => {
    expect(money('en', '22.77 USD')).toBe('$22.77');
    expect(money('ru', '1490.00 RUB')).toBe('1 490,00 ₽');
    expect(money('be', '9.99 EUR')).toBe('9,99 €');
    expect(money('ko', '22233 KRW')).toBe('₩22,233');
    expect(money('pt', '29.98 BRL')).toBe('R$ 29,98');
    expect(money('ar', '20.00 USD')).toBe('20.00 USD');
  });

  it('keeps every decimal that was given, exactly', () => {
    expect(money('en', '0.845 USD')).toBe('$0.845');
    expect(money('en', '90071992547409.93 USD')).toBe('$90,071,992,547,409.93');
  });

  it('knows units that are no currency', () => {
    expect(money('ru', '250 XTR')).toBe('250 Telegram Stars');
    expect(money('en', '40 USDT')).toBe('40 USDT');
    expect(money('ru', '12.5 TON')).toBe('12,5 TON');
  });

  it('leaves alone what is no sum', () => {
    for (const text of ['', 'twenty USD', '20', '20 usd', '1,5 USD']) expect(money('en', text)).toBe(text);
  });
});

it('writes days in words, without a full stop of their own', () => {
  expect(localeFormat('ru').date('2026-11-27')).toBe('27 ноября 2026 года');
  expect(localeFormat('be').date('2026-11-27T14:05')).toBe('27 лістапада 2026 года');
  expect(localeFormat('en').date('2026-11-27')).toBe('27 November 2026');
  expect(localeFormat('ja').date('2026-11-27')).toBe('2026年11月27日');
  expect(localeFormat('ar').date('2026-11-27')).toBe('27 نوفمبر 2026');
  expect(localeFormat('en').date('soon')).toBe('soon');
});

it('writes a moment by the writer\'s own clock', () => {
  expect(localeFormat('en').dateTime(Date.UTC(2026, 10, 27, 22, 30), 180)).toBe('28 November 2026, 01:30');
});

it('knows plural forms and lists', () => {
  expect([1, 2, 5, 11, 21, 1.5].map((count) => localeFormat('be').pluralCategory(count))).toEqual(['one', 'few', 'many', 'many', 'one', 'other']);
  expect(localeFormat('ru').list(['а', 'б', 'в'])).toBe('а, б и в');
});

describe('Markdown', () => {
  it('is the same words as text and as HTML', () => {
    const { text, html } = renderMarkdown('Hello\\\nyou\n\n- **One**, first\n- two\n\n1. a\n2. b\n\n[Help](https://shop.example/help)');
    expect(text).toBe('Hello\nyou\n\n- One, first\n- two\n\n1. a\n2. b\n\nHelp (https://shop.example/help)\n');
    expect(html).toContain('<li><strong>One</strong>, first</li>');
    expect(html).toContain('<a href="https://shop.example/help">Help</a>');
  });

  it('lets no HTML through', () => {
    expect(renderMarkdown('<script>x</script> <b>y</b>').html).not.toMatch(/<script|<b>/u);
  });

  it('takes an escaped value as it stands, whatever it holds', () => {
    for (const value of ['a*b*_c_`d`', '[x](y)', '<http://evil.example>', '&lt;b&gt;', '# x', '1. x', '- x', '![x](y)', '\\', '~~x~~', '| a |', 'a\\*b']) {
      const { text, html } = renderMarkdown(`Order ${escapeMarkdown(value)}.`);
      expect(text).toBe(`Order ${value}.\n`);
      expect(html).toMatch(/^<p>[^<]*<\/p>$/u);
      expect(renderMarkdown(escapeMarkdown(value)).html).toMatch(/^<p>[^<]*<\/p>$/u);
    }
  });

  it('puts an escaped value on one line, and cuts a long one', () => {
    expect(escapeMarkdown('a\r\n\r\nb\u2028c\u0000d\u202Ee')).toBe('a b c de');
    expect(escapeMarkdown('x'.repeat(10_000))).toHaveLength(200);
  });
});
