import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { approveDraft } from '../../src/cases/actions/approve-draft.ts';
import { closeCase } from '../../src/cases/actions/close-case.ts';
import { markNotARequest } from '../../src/cases/actions/mark-not-a-request.ts';
import { mergeCases } from '../../src/cases/actions/merge-cases.ts';
import { readWorkedCase } from '../../src/cases/actions/worked-case.ts';
import { openNumbersReader } from '../../src/cases/lists/case-numbers.ts';
import { findNeighbours, listQueue, type QueueCursor, type QueueFilter, type QueueLine } from '../../src/cases/lists/case-queue.ts';
import { noteSent, readOutbox } from '../../src/cases/outbox.ts';
import type { Store } from '../../src/cases/store.ts';
import { fillWithCases } from '../bench/many-cases.ts';
import { type StoreServer, storeServers } from './stores.ts';

/** More than a search looks up one by one. */
const cases = 2_600;

function ids(lines: readonly QueueLine[]): number[] {
  return lines.map(({ id }) => id);
}

function sum(parts: readonly { readonly requests: number }[]): number {
  return parts.reduce((total, { requests }) => total + requests, 0);
}

describe.each(storeServers)('with thousands of cases on the $engine', ({ start }) => {
  let server: StoreServer;
  let store: Store;
  beforeAll(async () => {
    server = await start();
    store = await server.open();
    await fillWithCases(store, cases);
  });
  afterAll(async () => {
    await store.close();
    await server.stop();
  });

  const listAll = async (filter: QueueFilter): Promise<QueueLine[]> => {
    const lines: QueueLine[] = [];
    let after: QueueCursor | null = null;
    do {
      const page = await listQueue(store.database, filter, { limit: 700, ...(after === null ? {} : { after }) });
      lines.push(...page.lines);
      after = page.next;
    } while (after !== null);
    return lines;
  };

  it('a search finds what it should, few or many, in the queue’s order', async () => {
    const all = await listAll({ stage: null });
    expect(all.length).toBeGreaterThan(2_400);
    for (const [search, isFound] of [
      ['customer', ({ customer }: QueueLine) => customer?.startsWith('customer') === true], ['customer17', ({ customer }: QueueLine) => customer?.startsWith('customer17') === true],
      ['CUSTOMER17 refund', ({ customer, subject }: QueueLine) => customer?.startsWith('customer17') === true && /\brefund/iu.test(subject)], ['zzzzqq', () => false],
    ] as const) {
      const found = await listAll({ stage: null, search });
      const wanted = all.filter(isFound);
      // A word of the subject may stand in the facts as well.
      if (search.includes(' ')) expect(ids(found)).toEqual(expect.arrayContaining(ids(wanted)));
      else expect(ids(found)).toEqual(ids(wanted));
      expect(ids(await listAll({ stage: 'open', search }))).toEqual(ids(found.filter(({ stage }) => stage === 'open')));
      const [one, two, three] = found;
      if (one !== undefined && two !== undefined && three !== undefined) expect(await findNeighbours(store.database, { stage: null, search }, two.id)).toEqual({ before: one.id, after: three.id });
    }
    const [some] = all;
    expect(ids((await listQueue(store.database, { stage: null, search: `#${String(some?.id)}` }, { limit: 50 })).lines)).toContain(some?.id);
  });

  it('the numbers of each part add up to the whole', async () => {
    const period = { firstDay: '2020-01-01', lastDay: new Date(Date.now() + 86_400_000).toISOString().slice(0, 10), merchant: null, timeZone: 'Europe/Minsk' };
    const reader = openNumbersReader();
    const numbers = await reader.read(store.database, period);
    const [counted] = await store.database.query<{ count: number }>(`SELECT count(*)::int AS count FROM refund_triage.messages m JOIN refund_triage.cases c ON c.id = m.case_id WHERE m.role = 'request' AND c.state <> 'ignored'`);
    expect(numbers.requests).toBe(counted?.count);
    for (const parts of [numbers.byMerchant, numbers.byReason, numbers.byLanguage, numbers.byOutcome]) expect(sum(parts)).toBe(numbers.requests);
    expect(numbers.arrivals.reduce((total, { count }) => total + count, 0)).toBe(numbers.requests);
    expect(numbers.arrivals.every(({ day }, index, days) => /^\d{4}-\d\d-\d\d$/u.test(day) && (days[index - 1]?.day ?? '') < day)).toBe(true);
    expect(numbers.byMerchant.map(({ requests }) => requests)).toEqual(numbers.byMerchant.map(({ requests }) => requests).toSorted((a, b) => b - a));
    expect(numbers.missing[0]?.count).toBeGreaterThan(0);
    expect(numbers.money.map(({ currency }) => currency)).toContain('USD');
    for (const { refunded, denied, pending } of numbers.money) for (const value of [refunded, denied, pending]) expect(value).toMatch(/^\d+(?:\.\d+)?$/u);
    const merchant = numbers.byMerchant[0]?.name ?? '';
    expect((await reader.read(store.database, { ...period, merchant })).requests).toBe(numbers.byMerchant[0]?.requests);
    const none = await reader.read(store.database, { ...period, lastDay: period.firstDay });
    expect(none).toMatchObject({ requests: 0, toDraft: null, byMerchant: [], arrivals: [{ day: '2020-01-01', count: 0, answered: 0 }], missing: [], money: [] });
  });

  it('numbers that were counted before follow what happens', async () => {
    const { database } = store;
    const period = { firstDay: '2020-01-01', lastDay: new Date(Date.now() + 86_400_000).toISOString().slice(0, 10), merchant: 'stone-ai', timeZone: 'Asia/Tokyo' };
    const counted = openNumbersReader();
    const before = await counted.read(database, period);
    expect(before).toMatchObject({ sent: 0, toAnswer: null });

    const { lines } = await listQueue(database, { stage: 'open', merchant: 'stone-ai', outcome: 'full_refund' }, { limit: 5 });
    const [sent = 0, closed = 0, noRequest = 0, merged = 0, into = 0] = ids(lines);
    const worked = await readWorkedCase(database, sent);
    if (worked?.draft == null) throw new Error('the case has no draft');
    const { outboxId } = await approveDraft(database, { caseId: sent, version: worked.version, by: 'Olga', draft: worked.draft.messageId, revision: worked.draft.revision, unbacked: [], reason: null, holdMs: 0 });
    const outbox = await readOutbox(database, outboxId);
    if (outbox === null) throw new Error('nothing is in the outbox');
    await noteSent(database, outbox, { by: 'person', response: null, alsoKnownAs: [], person: 'Olga' });
    await closeCase(database, { caseId: closed, version: null, by: 'Olga', reason: null });
    await markNotARequest(database, { caseId: noRequest, version: null, by: 'Olga' });
    await mergeCases(database, { caseId: merged, into, version: null, by: 'Olga', pack: null });

    const after = await counted.read(database, period);
    expect(after).toMatchObject({ requests: before.requests - 2, sent: 1, sentUnedited: 1, toAnswer: { count: 1 } });
    expect(after.byOutcome.find(({ name }) => name === 'full_refund')).toMatchObject({ sent: 1, toAnswer: after.toAnswer });
    expect(after).toEqual(await openNumbersReader().read(database, period));
  });
});
