import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { decide } from '../../src/decision/decide.ts';
import { doubtsThatMatter } from '../../src/decision/facts-that-matter.ts';
import type { Doubts } from '../../src/facts/doubts.ts';
import { derivableFacts } from '../../src/facts/derive-fact.ts';
import type { FactMap, Facts } from '../../src/facts/facts.ts';
import { loadPacks } from '../../src/packs/load-packs.ts';

const packs = await loadPacks(fileURLToPath(new URL('../../templates', import.meta.url)));

function open(merchant: string, parts: Partial<Facts>, doubts: Partial<Doubts>): Doubts | null {
  const pack = packs.find(({ name }) => name === merchant);
  if (pack === undefined) throw new Error(`there is no merchant called ${merchant}`);
  const facts: Facts = { language: 'en', topic: 'refund', reason: null, product: 'subscription', values: {}, described: true, hasScreenshot: false, hasPhoto: false, privacy: null, flags: [], ...parts };
  const decision = decide(facts, pack.compiled, { receivedAtMs: Date.UTC(2026, 2, 17, 9), offsetMinutes: 0, packHash: pack.hash });
  return doubtsThatMatter({ topic: false, reason: false, product: false, facts: [...derivableFacts], ...doubts }, decision, pack.compiled);
}

const email: FactMap = { account_email: { value: 'a@customer.example', source: 'header', evidence: 'a@customer.example' } };

describe('doubts that matter', () => {
  it('are about what the decision lacks', () => {
    expect(open('imgto3d', { reason: 'changed_mind', values: email }, {})?.facts).toEqual(['paid_at', 'amount', 'amount_claimed', 'credits_used', 'credits_total', 'credits_left', 'used_percent']);
    expect(open('imgto3d', { reason: 'changed_mind', values: { ...email, paid_at: { value: '2026-03-16', source: 'body', evidence: 'yesterday' } } }, {})?.facts).not.toContain('paid_at');
  });

  it('are none where nothing in doubt could change the decision', () => {
    expect(open('imgto3d', { reason: 'changed_mind', values: { ...email, paid_at: { value: '2026-01-16', source: 'body', evidence: 'in January' } } }, {})).toBeNull();
    expect(open('imgto3d', { topic: 'cancellation' }, {})).toBeNull();
  });

  it('are about all that matters to the merchant where it is open what the mail wants', () => {
    const facts = open('stone-ai', { topic: 'other', product: null }, { topic: true })?.facts;
    expect(facts).toEqual(expect.arrayContaining(['telegram_id', 'paid_at', 'amount', 'payment_method', 'outage_hours']));
    expect(facts).not.toContain('browser');
    expect(facts).not.toContain('order_number');
  });

  it('are about one number as about the other that does for it', () => {
    expect(open('storybookly', { reason: 'duplicate_charge', product: 'credits', values: { ...email, paid_at: { value: '2026-03-16', source: 'body', evidence: 'yesterday' } } }, {})?.facts).toEqual(expect.arrayContaining(['order_number', 'transaction_id']));
    expect(open('storybookly', { reason: 'defective_item', product: 'physical', values: { ...email, order_number: { value: 'SB-1', source: 'body', evidence: 'SB-1' } } }, {})?.facts ?? []).not.toContain('order_number');
  });

  it('keep a doubt about the reason by itself', () => {
    expect(open('imgto3d', { values: email }, { reason: true, facts: [] })).toEqual({ topic: false, reason: true, product: false, facts: [] });
  });
});
