import { fileURLToPath } from 'node:url';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { conditionsOf } from '../../src/decision/compile-policy.ts';
import { decide } from '../../src/decision/decide.ts';
import { groundsOf, together } from '../../src/decision/grounds.ts';
import { receiptText } from '../../src/decision/receipt-text.ts';
import { makeReceipt, type Receipt } from '../../src/decision/receipt.ts';
import { valuesOf } from '../../src/decision/values-of.ts';
import { loadPacks } from '../../src/packs/load-packs.ts';
import { someFacts } from './some-facts.ts';
import { arrival, policyOf } from './some-policies.ts';

const packs = await loadPacks(fileURLToPath(new URL('../../templates', import.meta.url)));

function receiptAt(merchant: string, given: Parameters<typeof someFacts>[0], context = arrival): Receipt {
  const pack = packs.find(({ name }) => name === merchant);
  if (pack === undefined) throw new Error(merchant);
  return makeReceipt(someFacts(given), pack, context);
}

const halfUsed = { reason: 'changed_mind', product: 'subscription', values: { paid_at: '2026-03-18T12:00', amount: '24.99 EUR', credits_used: 50, credits_total: 120 } } as const;

function lessFifteenPercent(amount: readonly string[], values: Parameters<typeof someFacts>[0]['values']): Receipt {
  const compiled = policyOf([{ outcome: 'partial_refund', amount, keep_percent: 15 }]);
  return makeReceipt(someFacts({ values: { amount: '59.90 EUR', ...values } }), { compiled, policyTexts: new Map() }, arrival);
}

describe('a receipt', () => {
  it('shows how the sum comes about', () => {
    expect(receiptAt('imgto3d', halfUsed).amount).toEqual({
      value: '14.58 EUR', arithmetic: '24.99 EUR × 70 ÷ 120 = 14.58 EUR, rounded half-up', sum: { kind: 'part', text: '24.99 EUR × 70 ÷ 120 = 14.58 EUR', isRounded: true },
    });
    const exact = { ...halfUsed, values: { ...halfUsed.values, amount: '29 EUR', credits_total: 200 } };
    expect(receiptAt('imgto3d', exact).amount?.arithmetic).toBe('29.00 EUR × 150 ÷ 200 = 21.75 EUR');
    const percent = { ...halfUsed, values: { paid_at: '2026-03-18', amount: '1000 JPY', used_percent: 33.3 } };
    expect(receiptAt('imgto3d', percent).amount?.arithmetic).toBe('1000 JPY × 66.7 ÷ 100 = 667 JPY');
    expect(receiptAt('imgto3d', { reason: 'technical_failure' }).amount).toBeNull();
  });

  it('shows what the merchant keeps', () => {
    expect(lessFifteenPercent(['paid'], {}).amount?.arithmetic).toBe('59.90 EUR × 85 ÷ 100 = 50.92 EUR, rounded half-up');
    expect(lessFifteenPercent(['unused_part'], { credits_used: 50, credits_total: 200 })).toMatchObject({
      amount: { arithmetic: '59.90 EUR × 150 ÷ 200 × 85 ÷ 100 = 38.19 EUR, rounded half-up' }, decision: { amount: '38.19 EUR' },
    });
  });

  it('has the merchant\'s own facts as well', () => {
    const facts = { is_opened: { about: 'it was opened', known_by: 'customer', yes: { en: ['opened'] } }, is_engraved: { about: 'it is engraved', yes: { en: ['engraved'] } } };
    const compiled = policyOf([{ when: 'is_engraved', outcome: 'deny' }, { when: 'is_opened', outcome: 'deny' }, { outcome: 'full_refund' }], { reader: { products: ['physical'], reasons: ['changed_mind'], facts } });
    const opened = { ...someFacts({}), own: { is_opened: { value: true, source: 'body', evidence: 'I opened it' } } } as const;
    const receipt = makeReceipt(opened, { compiled, policyTexts: new Map() }, arrival);
    expect(receipt.rules.map(({ holds, grounds }) => [holds, grounds])).toEqual([
      [false, [{ name: 'is_engraved', value: false, arithmetic: null, facts: [] }]], [true, [{ name: 'is_opened', value: true, arithmetic: null, facts: ['is_opened'] }]],
    ]);
    expect(receipt.facts.at(-1)).toEqual({ name: 'is_opened', value: true, source: 'body', evidence: 'I opened it', usedFor: ['rule-2'] });
  });

  it('says of each rule what settled it, with its sums of days and shares', () => {
    const { rules } = receiptAt('imgto3d', halfUsed);
    expect(rules.map(({ rule, holds, applies }) => [rule, holds, applies])).toEqual([
      ['technical-problem', false, false], ['cancel-subscription', false, false], ['credit-pack', false, false], ['billing-error', false, false], ['too-late', false, false],
      ['mostly-used', false, false], ['unused', false, false], ['partly-used', true, true],
    ]);
    expect(rules.find(({ rule }) => rule === 'too-late')?.grounds).toEqual([
      { name: 'days_since_paid', value: 2, arithmetic: 'from 2026-03-18 12:00 to 2026-03-20 12:00 (UTC+03:00): 48 hours ÷ 24 = 2 days', passed: { days: 2, from: '2026-03-18 12:00', to: '2026-03-20 12:00', counted: 'hours', offset: 'UTC+03:00' }, facts: ['paid_at'] },
    ]);
    expect(rules.at(-1)?.grounds.map(({ name, arithmetic }) => [name, arithmetic])).toEqual([['topic', null], ['used_share', '50 ÷ 120']]);
  });

  it('counts whole days where the policy does', () => {
    const { rules } = receiptAt('stone-ai', { reason: 'unused_balance', product: 'balance', values: { paid_at: '2026-03-05T23:50' } });
    expect(rules.find(({ rule }) => rule === 'unused-late')?.grounds).toMatchObject([{ name: 'reason' }, { value: 15, arithmetic: 'from 2026-03-05 to 2026-03-20: 15 days' }]);
  });

  it('names the facts that it used, and for what', () => {
    const { facts } = receiptAt('imgto3d', halfUsed);
    expect(facts.map(({ name, usedFor }) => [name, usedFor])).toEqual([
      ['account_email', []], ['paid_at', ['too-late']], ['amount', ['amount']],
      ['credits_used', ['mostly-used', 'unused', 'partly-used', 'amount']], ['credits_total', ['mostly-used', 'unused', 'partly-used', 'amount']],
    ]);
  });

  it('quotes the sentences of the clause, in the customer\'s language where the policy was published in that', () => {
    expect(receiptAt('stone-ai', { reason: 'unused_balance', language: 'en', values: { paid_at: '2026-02-10' } }).clauses).toEqual([
      {
        rule: 'older-than-30-days', clause: '3.1', language: 'ru', headings: ['3. Когда возврат невозможен'], notFound: [],
        sentences: ['Возврат средств не осуществляется в следующих случаях:', 'если с момента последнего пополнения баланса прошло более 30 календарных дней;'],
      },
    ]);
    const compiled = policyOf([{ outcome: 'deny', clause: '1', says: { pl: ['Nie zwracamy'] } }]);
    const policyTexts = new Map([['en', '1. Refunds\nNone. Sorry.\n'], ['pl', '1. Zwroty\nNie zwracamy. Przepraszamy.\n']]);
    const quoted = (language: string) => makeReceipt(someFacts({ language }), { compiled, policyTexts }, arrival).clauses.map((each) => [each.language, each.sentences]);
    expect(quoted('pl')).toEqual([['pl', ['Nie zwracamy.']]]);
    expect(quoted('en')).toEqual([['en', ['None. Sorry.']]]);
    expect(quoted('fr')).toEqual([['en', ['None. Sorry.']]]);
  });

  it('shows how each deadline was counted', () => {
    const deadlines = [{ what: 'answer', business_days: 5, from: 'arrival' }, { what: 'payout', business_days: 1, from: 'approval' }];
    const compiled = policyOf([{ when: 'topic == "cancellation"', outcome: 'deny' }, { outcome: 'full_refund' }], { deadlines, time_zone: 'Europe/Minsk', calendar: { country: 'BY' } });
    const context = { ...arrival, receivedAtMs: Date.parse('2026-04-28T09:00:00Z') };
    const pack = { compiled, policyTexts: new Map<string, string>() };
    expect(makeReceipt(someFacts({}), pack, context).deadlines).toEqual([
      { what: 'answer', by: '2026-05-06', arithmetic: 'arrived on 2026-04-28 (Europe/Minsk); 5 business days after that day, not counting weekends, nor 2026-05-01 (Labour Day)', counted: { from: '2026-04-28', businessDays: 5, holidays: [{ day: '2026-05-01', name: 'Labour Day' }], timeZone: 'Europe/Minsk' } },
      { what: 'payout', by: null, arithmetic: '1 business day after the day of approval', counted: { businessDays: 1, timeZone: 'Europe/Minsk' } },
    ]);
    expect(makeReceipt(someFacts({ topic: 'cancellation' }), pack, context).deadlines.map(({ what }) => what)).toEqual(['answer']);
  });

  it('tells which rules are still possible, and what they hang on', () => {
    const { decision, rules } = receiptAt('stone-ai', { reason: 'service_outage', values: {} });
    expect(decision.outcome).toBe('need_info');
    expect(rules.filter(({ applies }) => applies).map(({ rule, holds, unknownFacts, grounds }) => [rule, holds, unknownFacts, grounds])).toEqual([
      ['older-than-30-days', 'unknown', ['paid_at'], []], ['outage', 'unknown', ['outage_hours'], []],
    ]);
  });

  it('tells what is asked for, whether it was given, and why it is asked for', () => {
    const { requirements } = receiptAt('stone-ai', { reason: 'service_outage', values: { payment_method: 'card', amount_claimed: '3.00 USD' } });
    expect(requirements).toEqual([
      { name: 'amount', isMet: true, because: 'required' }, { name: 'paid_at', isMet: false, because: 'required' }, { name: 'payment_method', isMet: true, because: 'required' },
      { name: 'reason', isMet: true, because: 'required' }, { name: 'telegram_id', isMet: false, because: 'required' }, { name: 'outage_hours', isMet: false, because: 'required' },
    ]);
    const hanging = makeReceipt(someFacts({}), { compiled: policyOf([{ when: 'outage_hours > 5', outcome: 'full_refund' }, { outcome: 'investigate' }]), policyTexts: new Map() }, arrival);
    expect(hanging.requirements).toEqual([{ name: 'outage_hours', isMet: false, because: 'hangs_on' }]);
    expect(receiptText(hanging)).toContain('to ask the customer for: outage_hours (the decision hangs on it)\n');
    expect(receiptAt('stone-ai', { reason: 'used_balance' }).requirements).toEqual([]);
  });

  it('asks for all that the decision lacks, and for nothing else', () => {
    for (const { name } of packs) for (const reason of ['changed_mind', 'service_outage', 'dissatisfied_result', null] as const) {
      const { requirements, decision } = receiptAt(name, { reason, flags: ['legal_threat'] });
      expect(requirements.filter(({ isMet }) => !isMet).map((each) => each.name)).toEqual(decision.missing);
    }
  });

  it('tells what the merchant reads the request as', () => {
    expect(receiptAt('stone-ai', { topic: 'cancellation' }).request).toMatchObject({ topic: 'cancellation', readAs: { topic: 'refund', reason: 'unused_balance' } });
    expect(receiptAt('stone-ai', { reason: 'unused_balance' }).request.readAs).toBeNull();
  });

  it('says so where no rule was asked', () => {
    expect(receiptAt('winno', { topic: 'machine' })).toMatchObject({ withoutRules: 'machine', rules: [], clauses: [], deadlines: [] });
    expect(receiptText(receiptAt('winno', { topic: 'privacy' }))).toContain("the policy's rules do not speak of privacy");
  });

  it('can be read by a person', () => {
    expect(receiptText(receiptAt('imgto3d', halfUsed))).toMatchInlineSnapshot(`
      "Decision
        partial refund, by the rule partly-used (clause Частичный возврат)
        the policy leaves it to the merchant
        amount: 24.99 EUR × 70 ÷ 120 = 14.58 EUR, rounded half-up
        given, of what the policy asks for: account_email, reason, paid_at

      Policy
        clause Частичный возврат (ru, Запросы на возврат средств в течение 3 дней (исключительные случаи)), for the rule partly-used:
          | Частичный возврат: Если вы использовали часть приобретенных кредитов до запроса на возврат, мы осуществим частичный возврат пропорционально количеству неиспользованных кредитов.

      Request
        arrived 2026-03-20T12:00:00+03:00, in en: topic refund, reason changed_mind, product subscription

      Facts
        account_email = anna@mail.example  ← “anna@mail.example” (header)
        paid_at = 2026-03-18T12:00  ← “2026-03-18T12:00” (body), for too-late
        amount = 24.99 EUR  ← “24.99 EUR” (body), for amount
        credits_used = 50  ← “50” (body), for mostly-used, unused, partly-used, amount
        credits_total = 120  ← “120” (body), for mostly-used, unused, partly-used, amount

      Rules
        no   technical-problem
               when reason == "technical_failure"
               since reason = changed_mind
        no   cancel-subscription
               when topic == "cancellation"
               since topic = refund
        no   credit-pack
               when product == "credit_pack"
               since product = subscription
        no   billing-error
               when reason in ["duplicate_charge", "wrong_amount", "unauthorized_payment"]
               since reason = changed_mind
        no   too-late
               when topic == "refund" && days_since_paid > 3
               since days_since_paid = 2 (from 2026-03-18 12:00 to 2026-03-20 12:00 (UTC+03:00): 48 hours ÷ 24 = 2 days)
        no   mostly-used
               when topic == "refund" && used_share > 0.8
               since used_share = 0.4167 (50 ÷ 120)
        no   unused
               when topic == "refund" && used_share == 0
               since used_share = 0.4167 (50 ÷ 120)
        yes  partly-used  ← decides
               when topic == "refund" && used_share <= 0.8
               since topic = refund, used_share = 0.4167 (50 ÷ 120)

      Pack
        imgto3d, abababababababababababababababababababababababababababababababab
      "
    `);
  });
});

describe('the grounds of a rule', () => {
  it('settle it by themselves, and none can be spared', () => {
    const rules = packs.flatMap(({ compiled }) => compiled.rules.flatMap(({ cases }) => cases.map(conditionsOf)));
    const facts = fc.record({
      topic: fc.constantFrom('refund', 'cancellation', 'revision', 'privacy'), reason: fc.constantFrom(null, 'changed_mind', 'dissatisfied_result', 'service_outage', 'duplicate_charge'),
      product: fc.constantFrom('physical', 'credits', 'balance', 'digital_service'), flags: fc.constantFrom([], ['chargeback'] as const),
      values: fc.record({
        paid_at: fc.constantFrom('2026-03-19', '2026-02-01'), outage_hours: fc.constantFrom(10, 60, 90), credits_used: fc.constantFrom(0, 90), credits_total: fc.constant(100),
        printed: fc.boolean(), work_started: fc.boolean(), preferred_resolution: fc.constantFrom('refund', 'replacement'),
      }, { requiredKeys: [] }),
    }, { requiredKeys: ['topic'] });
    fc.assert(fc.property(fc.constantFrom(...rules), facts, (conditions, given) => {
      const values = valuesOf(someFacts(given), arrival, policyOf([{ outcome: 'deny' }]).policy);
      const truth = together(conditions, values);
      const grounds = groundsOf(conditions, values);
      const names = grounds.map(({ name }) => (name.startsWith('said.') ? 'said' : name));
      const only = (some: readonly string[]) => Object.fromEntries(Object.entries(values).filter(([name]) => some.includes(name)));
      if (truth === 'unknown') expect(grounds).toEqual([]);
      else expect(together(conditions, only(names))).toBe(truth);
      for (const name of new Set(names)) expect(together(conditions, only(names.filter((each) => each !== name)))).toBe('unknown');
    }), { numRuns: 2000 });
  });
});

it('a receipt has the decision that was taken, and the trace that it kept', () => {
  for (const { compiled, policyTexts } of packs) {
    const facts = someFacts({ reason: 'dissatisfied_result' });
    const { decision, rules } = makeReceipt(facts, { compiled, policyTexts }, arrival);
    expect(decision).toEqual(decide(facts, compiled, arrival));
    expect(rules.map(({ rule, holds, unknownFacts }) => ({ rule, holds, unknownFacts }))).toEqual(decision.trace);
  }
});
