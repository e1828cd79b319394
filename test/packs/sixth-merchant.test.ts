import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { lintPack } from '../../src/packs/lint-pack.ts';
import { readPacks } from '../../src/packs/load-packs.ts';
import { toReading, triage } from '../../src/triage.ts';

/*
 * A merchant that the program has never heard of: goods with a window of thirty days and a restocking fee, engraved items, clearance sales,
 * and a subscription. All of it is in its folder.
 */
const here = fileURLToPath(new URL('sixth-merchant', import.meta.url));
const templates = join(here, 'templates');
const { packs, problems } = await readPacks(templates);

async function read(name: string) {
  const source = await readFile(join(here, 'mails', `${name}.eml`));
  const context = { internalDate: new Date(0), bytes: source.length, partBytes: null, merchant: null };
  return toReading(name, await triage(source, context, { packs, authservIds: [], countEarlierRequests: null }));
}

describe('a sixth merchant', () => {
  it('is a folder in which there is nothing to mend', async () => {
    expect(problems).toEqual([]);
    expect((await Promise.all(packs.map((pack) => lintPack(pack, join(templates, pack.name))))).flat()).toEqual([]);
  });

  it.each<[mail: string, outcome: string, rule: string | null, more: { amount?: string; missing?: string[]; agent_checks?: string[] }]>([
    ['en-return-unopened', 'full_refund', 'return', { amount: '89.00 EUR' }],
    ['en-return-opened', 'partial_refund', 'return-opened', { amount: '110.42 EUR' }],
    ['en-return-unsaid', 'need_info', null, { missing: ['is_opened'] }],
    ['en-return-late', 'deny', 'return-too-late', {}],
    ['en-day-thirty', 'full_refund', 'return', { amount: '60.00 EUR' }],
    ['en-engraved', 'deny', 'engraved', {}],
    ['en-engraved-broken', 'replacement', 'faulty-item', { missing: ['photo'] }],
    ['en-clearance', 'deny', 'clearance', {}],
    ['en-renewal', 'full_refund', 'renewal', { amount: '24.00 EUR' }],
    ['en-renewal-unknown', 'cancel_subscription', 'cancel-subscription', { agent_checks: ['was_shipped'] }],
    ['en-cancel', 'cancel_subscription', 'cancel-subscription', {}],
    ['en-no-reason', 'need_info', 'reason-unknown', { missing: ['reason', 'order_number'] }],
    ['fr-return-unsaid', 'need_info', null, { missing: ['is_opened'] }],
    ['fr-return-opened', 'partial_refund', 'return-opened', { amount: '67.92 EUR' }],
    ['fr-engraved', 'deny', 'engraved', {}],
    ['de-return-late', 'deny', 'return-too-late', {}],
  ])('decides %s as its policy says: %s', async (mail, outcome, rule, { amount = null, missing = [], agent_checks: checks = [] }) => {
    const { brand, decision, missing: asked, draft } = await read(mail);
    expect({ brand, outcome: decision.outcome, rule: decision.rule, amount: decision.amount, asked, checks: decision.agent_checks })
      .toEqual({ brand: 'brass-kettle', outcome, rule, amount, asked: missing, checks });
    expect(draft?.language).toBe(mail.startsWith('fr') ? 'fr' : 'en');
  });

  it('is told its own facts with the words they were read from', async () => {
    const { facts } = await read('en-engraved');
    expect(facts).toMatchObject({ is_opened: { value: false, source: 'body', evidence: expect.stringContaining('opened') }, is_engraved: { value: true, evidence: 'engraved with' } });
    expect(facts).not.toHaveProperty('was_on_sale');
  });

  it('asks for an own fact in the customer\'s language, by the pack\'s own question', async () => {
    expect((await read('en-return-unsaid')).draft?.text).toContain('- Whether you have opened or used it, because opened items cost a restocking fee.');
    expect((await read('fr-return-unsaid')).draft?.text).toContain('- Si vous l’avez ouvert ou utilisé');
  });

  it('names the sum that is left after the fee', async () => {
    const text = (await read('fr-return-opened')).draft?.text;
    expect(text).toContain('frais de remise en stock de 15 % ; vous recevrez donc 67,92\u00a0€');
  });
});
