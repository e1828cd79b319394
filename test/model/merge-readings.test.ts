import { describe, expect, it } from 'vitest';
import type { Fact, Facts } from '../../src/facts/facts.ts';
import { readFacts, type Told } from '../../src/facts/read-facts.ts';
import { mergeReadings } from '../../src/model/merge-readings.ts';
import type { SecondReading } from '../../src/model/second-reading.ts';
import { shop, someMail } from './some-mail.ts';

type Addition = Pick<SecondReading, 'topic' | 'reason' | 'product' | 'facts'>;
const nothing: Addition = { topic: null, reason: null, product: null, facts: {} };
const byModel = <Value extends string | number>(value: Value): Fact<Value> => ({ value, source: 'model', evidence: String(value) });

async function merged(text: string, addition: Partial<Addition>): Promise<{ readonly before: Facts; readonly after: Facts }> {
  const { message, facts } = await someMail(text);
  const reread = (told: Told): Facts => readFacts(message, shop, told);
  return { before: facts, after: mergeReadings(facts, { ...nothing, ...addition }, shop.vocabulary, reread) };
}

describe('two readings', () => {
  it('are ours where the second one adds nothing', async () => {
    const { before, after } = await merged('Please refund me, I was charged twice on 12 March.', {});
    expect(after).toEqual(before);
  });

  it('keep what we found ourselves, and add what we did not', async () => {
    const { after } = await merged('Please refund the plan that I bought on 12 March.', { facts: { paid_at: byModel('2026-01-01'), amount: byModel('19.90 EUR') } });
    expect(after.values.paid_at).toMatchObject({ value: '2026-03-12', source: 'body' });
    expect(after.values.amount).toEqual(byModel('19.90 EUR'));
  });

  it('read the mail again by what it is about: the day is that of the failure then', async () => {
    const { before, after } = await merged('Het model van 12 March lukt niet.', { topic: { value: 'technical_problem', evidence: 'lukt niet' } });
    expect(before.values.occurred_at).toBeUndefined();
    expect(after).toMatchObject({ topic: 'technical_problem', reason: 'technical_failure', values: { occurred_at: { value: '2026-03-12', source: 'body' } } });
  });

  it('make a request of a mail that gives a reason for one', async () => {
    const { after } = await merged('Het is twee keer gegaan.', { reason: { value: 'duplicate_charge', evidence: 'twee keer' } });
    expect(after).toMatchObject({ topic: 'refund', reason: 'duplicate_charge' });
  });

  it('leave no reason to a mail that asks for nothing', async () => {
    const { after } = await merged('Please refund me, I was charged twice.', { topic: { value: 'other', evidence: 'Please' } });
    expect(after).toMatchObject({ topic: 'other', reason: null });
  });

  it('send what is about privacy to a person', async () => {
    const { after } = await merged('Wat doet u met mijn foto’s?', { topic: { value: 'privacy', evidence: 'mijn foto’s' } });
    expect(after).toMatchObject({ topic: 'privacy', privacy: 'other', reason: null });
  });

  it('drop a fact that mail of this kind cannot hold', async () => {
    const { after } = await merged('Please refund me, I was charged twice.', { facts: { browser: byModel('Chrome 126') } });
    expect(after.values.browser).toBeUndefined();
  });
});
