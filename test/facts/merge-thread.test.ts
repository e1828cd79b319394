import { array, assert as assertProperty, boolean, constant, constantFrom, option, property, record, subarray, type Arbitrary } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { flags as allFlags, type Fact, type FactMap, type Facts, reasons } from '../../src/facts/facts.ts';
import { mergeThread, type OtherMail } from '../../src/facts/merge-thread.ts';

const nothing: Facts = { language: 'en', topic: 'other', reason: null, product: null, values: {}, described: false, hasScreenshot: false, hasPhoto: false, privacy: null, flags: [] };

function said(value: string, source: Fact['source'] = 'body'): Fact<string> {
  return { value, source, evidence: value };
}

function facts(values: FactMap, changes: Partial<Facts> = {}): Facts {
  return { ...nothing, topic: 'refund', values, ...changes };
}

/** The mails one after the other, a minute apart; the newest is read. */
function merged(...mails: readonly Facts[]): ReturnType<typeof mergeThread> {
  const timed = mails.map((mail, index) => ({ receivedAtMs: index * 60_000, facts: mail }));
  const newest = timed.at(-1);
  if (newest === undefined) throw new Error('no mails');
  return mergeThread(newest.facts, newest.receivedAtMs, timed.slice(0, -1));
}

/** Without what tells which of the mails is read. */
function plainly({ facts: { topic, reason, product, values, flags, described, hasScreenshot, hasPhoto, withdrawn } }: ReturnType<typeof mergeThread>): unknown {
  return { topic, reason, product, flags, described, hasScreenshot, hasPhoto, withdrawn, values: Object.fromEntries(Object.entries(values).map(([name, { value }]) => [name, value])) };
}

describe('the mails of a case, read together', () => {
  it('let what is said later win, and tell that it differs', () => {
    const { facts: together, contradicted, addsSomething } = merged(facts({ order_number: said('SB-10123') }), facts({ order_number: said('SB-10124') }));
    expect(together.values.order_number).toMatchObject({ value: 'SB-10124', source: 'body' });
    expect(together.flags).toEqual(['conflicting_facts']);
    expect([contradicted, addsSomething]).toEqual([['order_number'], true]);
  });

  it('keep what was said before, as said in the thread', () => {
    const { facts: together } = merged(facts({ order_number: said('SB-10123'), paid_at: said('2026-03-15T10:00') }), facts({ paid_at: said('2026-03-15') }));
    expect(together.values).toMatchObject({ order_number: { value: 'SB-10123', source: 'thread' }, paid_at: { value: '2026-03-15T10:00' } });
    expect(together.flags).toEqual([]);
  });

  it('take the sender’s address for the account only while nobody has named another', () => {
    const named = facts({ account_email: said('tom@home.example') });
    const fromWork = facts({ account_email: said('tom@work.example', 'header') });
    expect(merged(named, fromWork).facts).toMatchObject({ values: { account_email: { value: 'tom@home.example' } }, flags: [] });
    expect(merged(fromWork, named)).toMatchObject({ facts: { values: { account_email: { value: 'tom@home.example' } }, flags: [] }, addsSomething: true });
    expect(merged(fromWork, facts({ account_email: said('tom+refunds@work.example', 'header') }))).toMatchObject({ facts: { values: { account_email: { value: 'tom@work.example' } }, flags: [] }, addsSomething: false });
  });

  it('do not let a file overrule what was said', () => {
    const { facts: together, addsSomething } = merged(facts({ amount: said('19.90 EUR') }), facts({ amount: said('29.90 EUR', 'attachment') }));
    expect([together.values.amount?.value, addsSomething]).toEqual(['19.90 EUR', false]);
  });

  it('take a request back until something more is said', () => {
    const [request, withdrawal, thanks, news] = [facts({ order_number: said('SB-1') }), { ...nothing, withdrawn: true as const }, nothing, facts({ order_number: said('SB-2') })];
    expect(merged(request, withdrawal).facts).toMatchObject({ topic: 'refund', withdrawn: true });
    expect(merged(request, withdrawal, thanks).facts.withdrawn).toBe(true);
    expect(merged(request, withdrawal, news).facts.withdrawn).toBeUndefined();
  });

  it('stay about the money where a cancellation is asked for besides', () => {
    const { facts: together, asksAnew, addsSomething } = merged(facts({}, { reason: 'duplicate_charge' }), facts({}, { topic: 'cancellation' }));
    expect(together).toMatchObject({ topic: 'refund', reason: 'duplicate_charge', flags: ['several_requests'] });
    expect([asksAnew, addsSomething]).toEqual([false, true]);
  });

  it('are about the cancellation where an order of work is cancelled', () => {
    expect(merged(facts({}, { reason: 'dissatisfied_result', product: 'digital_service' }), facts({}, { topic: 'cancellation' })).facts.topic).toBe('cancellation');
  });

  it('go over to the child where an account turns out to be one’s', () => {
    expect(merged(facts({}, { reason: 'duplicate_charge' }), facts({}, { topic: 'privacy', privacy: 'child', flags: ['child_data'] })).facts).toMatchObject({ topic: 'privacy', privacy: 'child' });
  });

  it('keep the reason that was told when an angry line sounds like another', () => {
    expect(merged(facts({}, { reason: 'not_received' }), facts({}, { reason: 'dissatisfied_result' })).facts.reason).toBe('not_received');
    expect(merged(facts({}, { reason: 'changed_mind' }), facts({}, { reason: 'dissatisfied_result' }))).toMatchObject({ facts: { reason: 'changed_mind' }, addsSomething: false });
    expect(merged(facts({}, { reason: 'changed_mind' }), facts({ order_number: said('SB-1') }, { reason: 'damaged_in_transit' })).facts.reason).toBe('damaged_in_transit');
  });

  const fact = record({ value: constantFrom('SB-1', 'SB-2', 'SB-3'), source: constantFrom<Fact['source']>('body', 'subject', 'attachment'), evidence: constant('x') });
  const mail: Arbitrary<Facts> = record({
    topic: constantFrom<Facts['topic']>('refund', 'technical_problem', 'cancellation', 'privacy', 'other'), reason: option(constantFrom(...reasons)), product: constantFrom(null, 'physical' as const, 'subscription' as const),
    values: record({ order_number: fact, transaction_id: fact, paid_at: fact, browser: fact }, { requiredKeys: [] }), flags: subarray([...allFlags]), described: boolean(), hasScreenshot: boolean(), hasPhoto: boolean(),
  }).map((parts) => ({ ...nothing, ...parts }));
  const thread = array(mail, { minLength: 1, maxLength: 5 }).map((mails): OtherMail[] => mails.map((each, index) => ({ receivedAtMs: index * 1_000, facts: each })));

  it('say the same in whatever order they arrive', () => {
    assertProperty(property(thread, (mails) => {
      const readings = mails.map((each) => plainly(mergeThread(each.facts, each.receivedAtMs, mails.filter((other) => other !== each))));
      for (const reading of readings) expect(reading).toEqual(readings[0]);
    }), { numRuns: 300 });
  });

  it('lose no fact, no picture and no flag that is the case’s', () => {
    assertProperty(property(thread, (mails) => {
      const { facts: together } = merged(...mails.map((each) => each.facts));
      expect(Object.keys(together.values).toSorted()).toEqual([...new Set(mails.flatMap((each) => Object.keys(each.facts.values)))].toSorted());
      expect(together.hasPhoto).toBe(mails.some((each) => each.facts.hasPhoto));
      for (const flag of mails.flatMap((each) => each.facts.flags)) if (flag !== 'conflicting_facts' && flag !== 'encrypted') expect(together.flags).toContain(flag);
    }), { numRuns: 300 });
  });

  it('gain nothing from a mail that is read twice', () => {
    assertProperty(property(mail, (each) => {
      const twice = merged(each, each);
      expect(plainly(twice)).toEqual(plainly(merged(each)));
      expect([twice.addsSomething, twice.asksAnew, twice.contradicted]).toEqual([false, false, []]);
    }), { numRuns: 300 });
  });
});
