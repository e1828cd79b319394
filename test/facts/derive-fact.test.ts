import { describe, expect, it } from 'vitest';
import { deriveFact, type DerivableFact } from '../../src/facts/derive-fact.ts';
import { merchant, tuesday } from './some-mail.ts';

function derive(name: DerivableFact, claimed: string, quote: string, language = 'en', shop = 'imgto3d'): unknown {
  return deriveFact(name, claimed, quote, { language, sentAt: tuesday, vocabulary: merchant(shop).vocabulary, isMerchants: (address) => address.endsWith('@imgto3d.ai') });
}

describe('a fact derived from a quote', () => {
  it.each<[DerivableFact, string, string, string, unknown]>([
    ['paid_at', '2026-03-16', 'yesterday', 'en', '2026-03-16'],
    ['paid_at', '2026-03-12', '12 марта', 'ru', '2026-03-12'],
    ['paid_at', '2026-03-12', '3月12日', 'ja', '2026-03-12'],
    ['paid_at', '2026-03-12', 'am 12. März', 'de', '2026-03-12'],
    ['occurred_at', '2026-03-12T14:05', 'on 12 March at 14:05', 'en', '2026-03-12T14:05'],
    ['occurred_at', '2026-03-12', 'on 12 March at 14:05', 'en', '2026-03-12T14:05'],
    ['amount', '1490 RUB', '1 490 руб.', 'ru', '1490 RUB'],
    ['amount_claimed', '49 BRL', 'R$ 49', 'pt', '49 BRL'],
    ['os', 'Windows', 'винде 11', 'ru', 'Windows 11'],
    ['browser', 'Firefox 120', 'with Firefox', 'en', 'Firefox'],
    ['account_email', 'Anna@Example.com', 'under anna@example.com', 'en', 'anna@example.com'],
    ['card_last4', '1234', 'Visa *1234', 'en', '1234'],
    ['payment_method', 'paypal', 'via PayPal', 'en', 'paypal'],
    ['transaction_id', 'pi_3Nabc12', 'the id pi_3Nabc12', 'en', 'pi_3Nabc12'],
    ['order_number', '№ SB-10482', 'SB-10482 it is', 'en', 'SB-10482'],
    ['credits_used', '120', 'burnt 120', 'en', 120],
    ['credits_used', '3', 'three of them', 'en', 3],
    ['credits_total', '1200', 'von 1.200', 'de', 1200],
    ['credits_left', '300', '٣٠٠ رصيد', 'ar', 300],
    ['used_percent', '40', '40 % gone', 'en', 40],
    ['outage_hours', '72', 'down for 3 days', 'en', 72],
    ['telegram_id', '123456789', 'id 123456789', 'en', '123456789'],
    ['generator', 'turbo', 'with Turbo', 'en', 'turbo'],
  ])('%s %s is read from "%s"', (name, claimed, quote, language, value) => {
    expect(derive(name, claimed, quote, language, name === 'telegram_id' || name === 'outage_hours' ? 'stone-ai' : 'imgto3d')).toBe(value);
  });

  it.each<[string, DerivableFact, string, string]>([
    ['another day than the quote names', 'paid_at', '2026-03-11', 'on 12 March'],
    ['a day from a quote without one', 'paid_at', '2026-03-12', 'when I paid'],
    ['a deadline', 'paid_at', '2026-03-20', 'until 20 March'],
    ['another sum', 'amount', '20 EUR', '19.90 EUR'],
    ['a sum without its currency', 'amount', '19.90', '19.90 EUR'],
    ['a number that is a sum', 'credits_used', '19', '19 EUR'],
    ['a count that is a share', 'credits_used', '40', '40 %'],
    ['a share that is a count', 'used_percent', '40', '40 credits'],
    ['a share above all', 'used_percent', '140', '140 %'],
    ['half a credit', 'credits_used', '1.5', '1.5'],
    ['less than nothing', 'credits_used', '-3', '3'],
    ['hours that are only a number', 'outage_hours', '72', 'about 72'],
    ['the merchant’s own address', 'account_email', 'support@imgto3d.ai', 'to support@imgto3d.ai'],
    ['a year as an order number', 'order_number', '2026', '12 March 2026'],
    ['a short number as an order number', 'order_number', '123', 'no 123'],
    ['another browser', 'browser', 'Chrome', 'with Firefox'],
    ['a browser that it was not', 'browser', 'Chrome', 'not Chrome but Firefox'],
    ['a generator the merchant does not have', 'generator', 'base', 'with Base'],
    ['nothing at all', 'credits_used', '', 'three'],
  ])('is not %s', (_what, name, claimed, quote) => {
    expect(derive(name, claimed, quote)).toBeNull();
  });
});
