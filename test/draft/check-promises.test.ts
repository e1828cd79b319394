import { describe, expect, it } from 'vitest';
import type { Decision } from '../../src/decision/decision.ts';
import { checkPromises, type PromiseFinding } from '../../src/draft/check-promises.ts';
import { otherWords, planted } from './planted-promises.ts';
import { fact, someDecision, someFacts, someValues } from './some-cases.ts';

const deny = someDecision({ outcome: 'deny', rule: 'too-late', clause: '3.2' });
const discretionary = someDecision({ outcome: 'partial_refund', rule: 'partly-used', clause: '3.2', discretionary: true, amount: '12.50 EUR' });
const refund = someDecision({ outcome: 'full_refund', rule: 'charge-error', clause: '3.2', amount: '41.99 EUR', deadlines: [{ what: 'answer', by: '2026-11-27' }] });

const writtenAt = { epochMs: Date.UTC(2026, 10, 23, 9), offsetMinutes: 180 };
const policy = { deadlines: [{ what: 'answer' as const, business_days: 5, from: 'arrival' as const }, { what: 'payout' as const, business_days: 10, from: 'approval' as const }] };
const policyTexts = new Map([['en', 'Ask within 3 days of payment. We may refuse where more than 80% was used.']]);

function check(text: string, language: string, decision: Decision, facts = someFacts({ language })): readonly PromiseFinding[] {
  return checkPromises(text, language, { decision, facts, policy, policyTexts, clauseTitles: [], writtenAt });
}

describe.each(Object.entries(planted))('a reply in %s', (language, { denied, discretionary: outright, wrong, backed, refused }) => {
  it.each([...denied, ...(otherWords[language]?.denied ?? [])])('that promises beside a denial: %s', (sentence) => {
    expect(check(sentence, language, deny).filter(({ kind }) => kind === 'remedy')).not.toEqual([]);
  });

  it.each(outright)('that promises outright what is only at the merchant\'s discretion: %s', (sentence) => {
    expect(check(sentence, language, discretionary).map(({ kind }) => kind)).toEqual(['unconditional']);
  });

  it.each(wrong)('with a wrong %s: %s', (kind, sentence) => {
    expect(check(sentence, language, refund).map((finding) => finding.kind)).toContain(kind);
  });

  it.each(backed)('that says no more than the decision: %s', (sentence) => {
    expect(check(sentence, language, refund)).toEqual([]);
  });

  it.each(refused)('that promises nothing: %s', (sentence) => {
    expect(check(sentence, language, deny)).toEqual([]);
  });

  it.each(otherWords[language]?.refused ?? [])('that promises no remedy: %s', (sentence) => {
    expect(check(sentence, language, deny).filter(({ kind }) => kind === 'remedy')).toEqual([]);
  });
});

describe('what is found', () => {
  it('is named with its place in the reply, in the order of the reply', () => {
    const reply = 'Hello Anna,\n\nWe will refund you €49.99 by 20 November 2026.\n\nKind regards,\nSupport';
    const findings = check(reply, 'en', refund);
    expect(findings.map(({ kind, text }) => [kind, text])).toEqual([['sum', '€49.99'], ['date', '20 November 2026']]);
    for (const { start, end, text } of findings) expect(reply.slice(start, end)).toBe(text);
    expect(findings[0]?.message).toBe('the decision says 41.99 EUR');
  });

  it('is not looked for in what the reply quotes of the mail', () => {
    const quote = 'On 17 March 2026, 14:05, Anna wrote:\n> You promised: we will refund you $99 within 2 days.\n>\n> Anna';
    expect(check(`Unfortunately, we cannot refund this purchase.\n\n${quote}`, 'en', deny)).toEqual([]);
  });

  it('is a full refund where the decision is a partial one', () => {
    const partial = someDecision({ outcome: 'partial_refund', amount: '12.50 EUR' });
    expect(check('We will refund you €12.50.', 'en', partial)).toEqual([]);
    expect(check('We will refund you in full.', 'en', partial).map(({ message }) => message)).toEqual(['promises a full refund, but the decision is a partial one']);
  });

  it('is an outright promise while something is missing or to be looked up, and not one with a condition', () => {
    const incomplete = someDecision({ outcome: 'full_refund', missing: ['photo'] });
    expect(check('We will refund you.', 'en', incomplete)[0]?.message).toBe('promises a refund outright, but photo is still missing');
    expect(check('Once we have your photo, we will refund you.', 'en', incomplete)).toEqual([]);
    const unchecked = someDecision({ outcome: 'full_refund', agentChecks: ['balance'] });
    expect(check('We will refund you.', 'en', unchecked)[0]?.message).toBe('promises a refund outright, but balance is still to be looked up');
    expect(check('Once your balance has been checked, we will refund you.', 'en', unchecked)).toEqual([]);
  });

  it('is a sum without its currency right behind the promise', () => {
    expect(check('We will refund you 49.99.', 'en', refund).map(({ kind, text }) => [kind, text])).toEqual([['sum', '49.99']]);
    expect(check('We will refund you 41.99.', 'en', refund)).toEqual([]);
  });

  it('is no sum the customer named, unless it is promised', () => {
    const facts = someFacts({ values: { ...someValues, amount: fact('120.00 EUR'), amount_claimed: fact('41.99 EUR') } });
    expect(check('You paid €120 and ask for €41.99 back.', 'en', refund, facts)).toEqual([]);
    expect(check('We will refund you €120.', 'en', refund, facts).map(({ kind }) => kind)).toEqual(['sum']);
  });

  it('takes sums as the language writes them, in three decimals and in Stars too', () => {
    expect(check('Мы вернём вам 500 Telegram Stars.', 'ru', someDecision({ outcome: 'full_refund', amount: '500 XTR' }))).toEqual([]);
    expect(check('We will refund you KWD 12.345.', 'en', someDecision({ outcome: 'full_refund', amount: '12.345 KWD' }))).toEqual([]);
    expect(check('Devolveremos 1.234,50 €.', 'es', someDecision({ outcome: 'full_refund', amount: '1234.50 EUR' }))).toEqual([]);
    expect(check('Devolveremos 1.234,60 €.', 'es', someDecision({ outcome: 'full_refund', amount: '1234.50 EUR' })).map(({ kind }) => kind)).toEqual(['sum']);
  });

  it('repeats lengths of time and shares of the policy text', () => {
    expect(check('Requests within 3 days of payment are looked at; where more than 80% was used we may refuse.', 'en', deny)).toEqual([]);
    expect(check('Requests within 14 days are looked at.', 'en', deny).map(({ kind }) => kind)).toEqual(['period']);
    expect(check('We refuse where more than 60% was used.', 'en', deny).map(({ kind }) => kind)).toEqual(['share']);
  });

  it.each([
    ['en', 'As the bike has been ridden, we keep 15 % and refund the remaining 85%.'], ['fr', 'Nous retenons 15\u00A0% et remboursons le reste, soit 85\u202F%.'],
    ['pl', 'Zatrzymujemy 15 % i zwracamy resztę, czyli 85 %.'], ['tr', 'Ücretin %15 kadarını alıkoyuyor, kalan %85 kadarını iade ediyoruz.'],
  ])('takes what the rule keeps, and its rest, for shares of the decision: %s', (language, sentence) => {
    const decision = someDecision({ outcome: 'partial_refund', rule: 'ridden', clause: '1.3' });
    const backing = (percent: number) => ({ decision, facts: someFacts({ language }), policy: { ...policy, rules: [{ name: 'ridden', outcome: 'partial_refund' as const, clause: '1.3', requires: [], amount: ['paid' as const], discretionary: false, flags: [], keep_percent: percent }] }, policyTexts: new Map(), clauseTitles: [], writtenAt });
    expect(checkPromises(sentence, language, backing(15))).toEqual([]);
    expect(checkPromises(sentence, language, backing(20)).map(({ kind }) => kind)).toEqual(['share', 'share']);
  });

  it.each([['en', 'The voucher can be returned.'], ['pl', 'Niewykorzystany bon można oddać i otrzymać pełny zwrot.'], ['fr', 'Le cadeau peut être rendu.']])('sees no gift in what the customer gives back: %s', (language, sentence) => {
    expect(check(sentence, language, someDecision({ outcome: 'full_refund' }))).toEqual([]);
  });

  it('sees no gift in a voucher of which the clause speaks, and one in a voucher that is given', () => {
    const backing = { decision: someDecision({ outcome: 'full_refund', clause: '7.1' }), facts: someFacts(), policy, policyTexts: new Map([['en', '7. Gift vouchers\n7.1 A gift voucher can be given back within 30 days.']]), clauseTitles: [], writtenAt };
    expect(checkPromises('Bon: pełna kwota.', 'pl', backing)).toEqual([]);
    expect(checkPromises('Bon: pełna kwota.', 'pl', { ...backing, policyTexts: new Map() }).map(({ kind }) => kind)).toEqual(['remedy']);
    expect(checkPromises('We will send you a gift voucher.', 'en', backing).map(({ kind }) => kind)).toEqual(['remedy']);
  });

  it('holds a length of time against the payout only where it is one of paying out', () => {
    const texts = new Map([['en', 'Rentals that are cancelled less than 48 hours before they begin cost 50 %.']]);
    const backing = { decision: someDecision({ outcome: 'partial_refund' }), facts: someFacts(), policy, policyTexts: texts, clauseTitles: [], writtenAt };
    expect(checkPromises('As the rental begins in less than 48 hours, we refund the rest.', 'en', backing)).toEqual([]);
    expect(checkPromises('We refund the rest within 48 hours.', 'en', backing).map(({ kind }) => kind)).toEqual(['period']);
    expect(checkPromises('As the rental begins in less than 72 hours, we refund the rest.', 'en', backing).map(({ kind }) => kind)).toEqual(['period']);
  });

  it('knows a clause by its number, those above it, and its title in each language', () => {
    const named = someDecision({ outcome: 'deny', clause: 'Отказ в возврате' });
    const backing = { decision: named, facts: someFacts(), policy, policyTexts, clauseTitles: ['Refusal of a refund'], writtenAt };
    expect(checkPromises('We must decline (section “Refusal of a refund”).', 'en', backing)).toEqual([]);
    expect(checkPromises('Отказываем (раздел «Отказ в возврате»).', 'ru', backing)).toEqual([]);
    expect(checkPromises('We must decline (section “Partial refund”).', 'en', backing).map(({ kind }) => kind)).toEqual(['clause']);
    expect(check('This is excluded by section 3 of our policy.', 'en', deny)).toEqual([]);
    expect(check('This is excluded by § 3.2 and § 3.3.', 'en', deny).map(({ text }) => text)).toEqual(['3.3']);
  });

  it('is read in linear time', () => {
    const long = 'We will refund you soon, '.repeat(4_000);
    expect(check(long, 'en', deny).length).toBeGreaterThan(0);
  });
});
