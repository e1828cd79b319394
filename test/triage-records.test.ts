import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { explainReading } from '../src/commands/explained-reading.ts';
import { showExplanation } from '../src/commands/show-explanation.ts';
import { receiptText } from '../src/decision/receipt-text.ts';
import { makeReceipt } from '../src/decision/receipt.ts';
import { loadPacks } from '../src/packs/load-packs.ts';
import { laterRecords, openRecords, type MerchantRecords, type RecordsReader } from '../src/records/records-reader.ts';
import { recordsSchema } from '../src/records/records-settings.ts';
import { toReading, triage, type TriageResult } from '../src/triage.ts';

const packs = await loadPacks(fileURLToPath(new URL('../templates', import.meta.url)));
const folder = mkdtempSync(join(tmpdir(), 'refund-triage-records-'));
afterAll(() => { rmSync(folder, { recursive: true }); });

writeFileSync(join(folder, 'orders.csv'), [
  'Order,Payment,Email,Paid,Total,Currency,Used,Bought,Started,Printed',
  'WN-34021,TX-7741188,ben@post.example,2026-03-18,49.00,EUR,,,no,no',
  'WN-34022,TX-7741189,eve@post.example,2026-03-17,120.00,EUR,,,yes,no',
  'IM-1001,TX-7742001,camille@post.example,2026-03-16,24.00,EUR,42,120,,',
  'IM-1002,TX-7742002,twice@post.example,2026-03-08,24.00,EUR,0,120,,',
  'IM-1003,TX-7742003,twice@post.example,2026-03-16,48.00,EUR,0,240,,',
  'SB-10482,TX-7743001,maria@post.example,2026-03-10,34.90,EUR,,,,',
  'SB-10500,TX-7743002,maria@post.example,2026-03-11,20.00,EUR,,,,',
  'SB-10500,TX-7743003,maria@post.example,2026-03-12,30.00,EUR,,,,', '',
].join('\n'));
const settings = recordsSchema.parse({
  csv: { file: 'orders.csv' },
  fields: {
    order_number: 'Order', transaction_id: 'Payment', account_email: 'Email', paid_at: 'Paid', amount: { from: 'Total', currency_from: 'Currency' }, credits_used: 'Used', credits_total: 'Bought', work_started: 'Started', printed: 'Printed',
  },
});
const known = ['winno', 'imgto3d', 'storybookly'].map((merchant): MerchantRecords => ({ merchant, settings, saidIn: join(folder, 'config.yaml') }));
const records = openRecords(known, new Map());

interface Mail {
  readonly from?: string;
  readonly to?: string;
  readonly headers?: readonly string[];
  readonly text: string;
}

async function read({ from = 'ben@post.example', to = 'hello@winno.example', headers = [], text }: Mail, reader: RecordsReader | null = records): Promise<TriageResult> {
  const source = Buffer.from([`From: Somebody <${from}>`, `To: ${to}`, 'Subject: My order', `Message-ID: <1.${String(text.length)}@post.example>`, 'Date: Wed, 18 Mar 2026 10:00:00 +0000', ...headers, 'MIME-Version: 1.0', 'Content-Type: text/plain; charset=utf-8', '', text, ''].join('\r\n'));
  return await triage(source, { internalDate: new Date('2026-03-18T10:00:00Z'), bytes: source.length, partBytes: null, merchant: null }, { packs, authservIds: [], countEarlierRequests: null, records: reader });
}

function explained(result: TriageResult): string {
  const pack = packs.find(({ name }) => name === result.merchant);
  return pack === undefined || result.decidedIn === null ? '' : receiptText(makeReceipt(result.facts, pack, result.decidedIn));
}

const partly = { from: 'camille@post.example', to: 'support@imgto3d.ai' };

describe("the merchant's records", () => {
  it('answer what an agent would have to look up', async () => {
    const mail = { text: 'Please cancel my order WN-34021, I have changed my mind.' };
    expect((await read(mail, null)).decision).toMatchObject({ outcome: 'full_refund', amount: null, agentChecks: ['work_started'] });
    const result = await read(mail);
    expect(result).toMatchObject({ records: 'found', decision: { outcome: 'full_refund', rule: 'cancel-unstarted', amount: '49.00 EUR', agentChecks: [] } });
    expect(result.facts.values).toMatchObject({ work_started: { value: false, source: 'order', evidence: 'orders.csv: WN-34021, Started no' }, order_number: { value: 'WN-34021', source: 'order' } });
    expect(result.facts.flags).toEqual([]);
  });

  it('beat the customer, and both are named', async () => {
    const result = await read({ ...partly, text: 'I bought the Starter subscription on 16 March 2026 for 24.00 EUR, order IM-1001. I used 30 credits of 120 and do not need it any more. Please refund the rest.' });
    expect(result).toMatchObject({ records: 'found', facts: { flags: ['conflicting_facts'] } });
    expect(result.facts.values.credits_used).toEqual({ value: 42, source: 'order', evidence: 'orders.csv: IM-1001, Used 42', instead_of: { value: 30, source: 'body', evidence: '30' } });
    expect(explained(result)).toContain('24.00 EUR × 78 ÷ 120 = 15.60 EUR');
    expect(explained(result)).toMatch(/credits_used = 42 {2}← “orders\.csv: IM-1001, Used 42” \(order\).*\n +the customer says otherwise: 30 {2}← “30” \(body\)/u);
    expect(result.draft?.text).not.toContain('18.00');
    expect(showExplanation(explainReading('mail.eml', result, packs), false)).toMatch(/credits_used {10}42 {2}order: “orders\.csv: IM-1001, Used 42”\n {6}the customer says 30: “30” \(body\)/u);
  });

  it('go before a share that the customer tells', async () => {
    const result = await read({ ...partly, text: 'Please refund my order IM-1001 of 16 March 2026, I only used 5% of the credits and do not need it any more.' });
    expect(result.facts.flags).toContain('conflicting_facts');
    expect(result.facts.values.used_percent).toBeUndefined();
    expect(result.facts.values.credits_used?.instead_of).toMatchObject({ value: 5, source: 'body', evidence: expect.stringContaining('5') });
    expect(explained(result)).toContain('42 ÷ 120');
  });

  it('are no contradiction where they only say the same more or less exactly', async () => {
    const result = await read({ ...partly, text: 'I paid order IM-1001 on 16 March 2026 at 14:05, 24 EUR, and do not need it any more. Refund please.' });
    expect(result.facts.flags).toEqual([]);
    expect(result.facts.values).toMatchObject({ paid_at: { value: '2026-03-16T14:05', source: 'body' }, amount: { value: '24.00 EUR', source: 'order' } });
  });

  it('leave the sum of a wrong charge as what is asked back', async () => {
    const result = await read({ from: 'maria@post.example', to: 'hello@storybookly.app', text: 'You charged me the wrong amount for order SB-10482 on 10 March 2026: 5.00 EUR too much. Please refund it. Transaction TX-7743001.' });
    expect(result.facts.values).toMatchObject({ amount: { value: '34.90 EUR', source: 'order' }, amount_claimed: { value: '5.00 EUR', source: 'body' } });
    expect(result.decision?.amount).toBe('5.00 EUR');
  });

  it('are found by the number of the payment, also where the customer takes it for that of the order', async () => {
    const result = await read({ text: 'Please cancel my order, order number TX-7741188.' });
    expect(result).toMatchObject({ records: 'found', facts: { values: { order_number: { value: 'WN-34021', source: 'order' } }, flags: [] } });
  });

  it('are found by the sender where no number is given and exactly one order fits', async () => {
    expect(await read({ text: 'Please cancel my order, I have changed my mind.' })).toMatchObject({ records: 'found', decision: { missing: [] }, facts: { values: { order_number: { value: 'WN-34021' } } } });
  });

  it('are not guessed between several', async () => {
    const twice = { from: 'twice@post.example', to: 'support@imgto3d.ai' };
    const open = await read({ ...twice, text: 'Please refund my subscription, I do not need it any more.' });
    expect(open).toMatchObject({ records: 'several' });
    expect(Object.values(open.facts.values).map(({ source }) => source)).not.toContain('order');
    expect(await read({ ...twice, text: 'Please refund my subscription that I paid on 16 March 2026, I do not need it any more.' })).toMatchObject({ records: 'found', facts: { values: { order_number: { value: 'IM-1003' } } } });
    expect(await read({ ...twice, text: 'Please refund my subscription that I paid on 12 March 2026, I do not need it any more.' })).toMatchObject({ records: 'none' });
    expect(await read({ from: 'maria@post.example', to: 'hello@storybookly.app', text: 'My book of order SB-10500 came with a torn cover. I want a refund.' })).toMatchObject({ records: 'several' });
  });

  it('are found by the sender without a day of payment where they know of none', async () => {
    const undated = openRecords(known.map((each) => ({ ...each, settings: recordsSchema.parse({ csv: { file: 'orders.csv' }, fields: { order_number: 'Order', account_email: 'Email' } }) })), new Map());
    expect(await read({ ...partly, text: 'Please refund my subscription that I paid on 12 March 2026, I do not need it any more.' }, undated)).toMatchObject({ records: 'found' });
    expect(await read({ from: 'twice@post.example', to: 'support@imgto3d.ai', text: 'Please refund my subscription that I paid on 16 March 2026, I do not need it any more.' }, undated)).toMatchObject({ records: 'several' });
  });

  it('are not looked up by the sender where a number is given that they do not know', async () => {
    const result = await read({ text: 'Please cancel my order WN-99999.' });
    expect(result).toMatchObject({ records: 'none', facts: { values: { order_number: { value: 'WN-99999', source: 'body' } } }, decision: { agentChecks: ['work_started'] } });
  });

  it.each([
    ['belongs to another address', { text: 'Please cancel my order WN-34022.' }, /eve@post|120\.00|TX-7741189|2026-03-17/u, 'not_theirs'],
    ['belongs to another address, by its payment', { text: 'Please cancel my order, payment TX-7741189, and send the money back.' }, /eve@post|120\.00|34022|2026-03-17/u, 'not_theirs'],
    ['is asked for in the name of its owner, without its number', { text: 'Please cancel my order. My account email is eve@post.example.' }, /120\.00|34022|TX-7741189|2026-03-17/u, null],
    ['is asked for by its owner, with the answer to go elsewhere', { from: 'eve@post.example', headers: ['Reply-To: thief@post.example'], text: 'Please cancel my order WN-34022.' }, /120\.00|TX-7741189|2026-03-17/u, 'not_theirs'],
    ['is asked for by somebody who only says to be its owner', { from: 'eve@post.example', headers: ['Authentication-Results: mx.winno.example; dmarc=fail header.from=post.example'], text: 'Please cancel my order WN-34022.' }, /120\.00|TX-7741189|2026-03-17/u, 'not_theirs'],
  ])('tell nothing of an order that %s', async (_, mail, hidden, kind) => {
    const [alone, result] = [await read(mail, null), await read(mail)];
    expect(result.records).toBe(kind);
    expect(result.facts.values).toEqual(alone.facts.values);
    expect(result.decision).toEqual(alone.decision);
    expect(result.draft).toEqual(alone.draft);
    expect(JSON.stringify(toReading('mail.eml', result))).not.toMatch(hidden);
    expect(result.facts.flags).toContain('sender_mismatch');
  });

  it('tell whoever knows both the number and the address, who is told from the sender', async () => {
    expect(await read({ from: 'ben.work@office.example', text: 'Please cancel my order WN-34021, my account email is ben@post.example.' })).toMatchObject({ records: 'found', facts: { flags: ['sender_mismatch'] }, decision: { amount: '49.00 EUR' } });
  });

  it('are not asked about mail that makes no request', async () => {
    for (const text of ['Would you like to partner with us? WN-34021', 'Please erase all my personal data. WN-34021']) expect((await read({ text })).records).toBeNull();
  });

  it('are left to an agent where they do not answer, and nothing is guessed', async () => {
    const failures: string[] = [];
    const gone = openRecords(known.map((each) => ({ ...each, saidIn: join(folder, 'nowhere', 'config.yaml') })), new Map(), { onFailure: (merchant, error) => { failures.push(`${merchant}: ${error.message}`); } });
    const mail = { text: 'Please cancel my order WN-34021, I have changed my mind.' };
    const [alone, result] = [await read(mail, null), await read(mail, gone)];
    expect(result).toMatchObject({ records: 'unavailable', facts: alone.facts, draft: alone.draft, decision: { outcome: 'full_refund', agentChecks: ['work_started', 'records'] } });
    expect(explained(result)).toContain('to look up before sending: work_started, records');
    expect(failures).toEqual([`winno: ${join(folder, 'nowhere', 'orders.csv')}: there is no such file.`]);
  });

  it('can be left for later, where it is known which mails are to wait', async () => {
    expect((await read({ text: 'Please cancel my order WN-34021.' }, laterRecords(known))).records).toBe('later');
    expect((await read({ text: 'Would you like to partner with us?' }, laterRecords(known))).records).toBeNull();
    expect((await read({ to: 'refunds@stone-ai.example', text: 'Refund my balance.' }, laterRecords(known))).records).toBeNull();
  });
});
