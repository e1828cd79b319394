import type { Fact, FactMap, FactName, Facts } from '../../src/facts/facts.ts';

/** Facts of a mail that says nothing but what is given; the sender's address is the account's, as the reader has it. */
export function someFacts(given: Partial<Omit<Facts, 'values'>> & { readonly values?: Readonly<Partial<Record<FactName, string | number | boolean>>> }): Facts {
  const { values = {}, ...others } = given;
  return {
    language: 'en', topic: 'refund', reason: null, product: null, described: true, hasScreenshot: false, hasPhoto: false, privacy: null, flags: [],
    ...others,
    values: factMap({ account_email: 'anna@mail.example', ...values }),
  };
}

function factMap(values: Readonly<Partial<Record<FactName, string | number | boolean>>>): FactMap {
  const facts: Record<string, Fact> = {};
  for (const [name, value] of Object.entries(values)) facts[name] = { value, source: name === 'account_email' ? 'header' : 'body', evidence: String(value) };
  return facts;
}
