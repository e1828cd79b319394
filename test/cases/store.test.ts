import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { RecordedMail } from '../../src/cases/record-mails.ts';
import type { Store } from '../../src/cases/store.ts';
import { customerKey } from '../../src/thread.ts';
import { sampleDecision, sampleFacts, sampleMail } from './sample-mail.ts';
import { type StoreServer, storeServers } from './stores.ts';

describe.each(storeServers)('the store on the $engine', ({ start }) => {
  let server: StoreServer;
  let store: Store;
  beforeAll(async () => { server = await start(); });
  beforeEach(async () => { store = await server.open(); });
  afterEach(async () => { await store.close(); });
  afterAll(async () => { await server.stop(); });

  const count = async (table: string): Promise<number> => {
    const rows = await store.database.query<{ n: number }>(`SELECT count(*)::int AS n FROM refund_triage.${table}`);
    return rows[0]?.n ?? -1;
  };

  it('records a mail with its case, facts, evidence, decision and planned draft', async () => {
    const recorded = await record(store, store.beginRun(), [sampleMail(41)]);
    expect(recorded).toMatchObject([{ uid: 41, role: 'request', draft: 'append' }]);
    expect(await store.listCases({ limit: 10 })).toMatchObject([{
      state: 'needs_info', merchant: 'imgto3d', customer: 'anna@customer.example', outcome: 'need_info', rule: 'dissatisfied', missing: ['transaction_id'],
      draftSubject: 'Re: Refund please [RT-AAAA1111]', draftState: 'planned', quarantine: null,
    }]);
    const facts = await store.database.query('SELECT name, value, source, evidence FROM refund_triage.facts ORDER BY name');
    expect(facts).toEqual([
      { name: 'account_email', value: 'anna@customer.example', source: 'header', evidence: 'anna@customer.example' },
      { name: 'credits_used', value: 12, source: 'body', evidence: 'used 12 credits' },
      { name: 'promo_funds', value: false, source: 'body', evidence: 'no promo' },
    ]);
    const decisions = await store.database.query('SELECT pack_hash, trace, decision FROM refund_triage.decisions');
    expect(decisions).toEqual([{ pack_hash: 'ab12', trace: sampleDecision.trace, decision: sampleDecision }]);
  });

  it('knows what is left to do for each mail, and nothing once it is finished', async () => {
    await record(store, store.beginRun(), [sampleMail(1), sampleMail(2, { draft: null, state: 'ignored' })]);
    const draft = sampleMail(1).draft?.messageId ?? '';
    expect([...(await store.readLedger('support', '7', [1, 2, 3])).values()]).toEqual([
      { uid: 1, state: 'needs_info', finished: false, retryDue: false },
      { uid: 2, state: 'ignored', finished: false, retryDue: false },
    ]);
    expect(await store.listUnfinishedUids('support', '7')).toEqual([1, 2]);
    await store.finishMails('support', '7', { draftIds: [draft], uids: [1, 2] });
    expect(await store.listUnfinishedUids('support', '7')).toEqual([]);
    expect((await store.readLedger('support', '7', [1])).get(1)).toMatchObject({ finished: true });
    expect((await store.listCases({ limit: 1 }))[0]?.draftState).toBe('in_drafts');
  });

  it('joins a second copy of a mail to the first one\'s case without a second draft', async () => {
    const run = store.beginRun();
    const twin = sampleMail(8, { fingerprint: sampleMail(5).fingerprint });
    expect(await record(store, run, [sampleMail(5), twin])).toMatchObject([
      { uid: 5, role: 'request', draft: 'append' }, { uid: 8, role: 'copy', draft: 'elsewhere' },
    ]);
    await store.finishMails('support', '7', { draftIds: [sampleMail(5).draft?.messageId ?? ''], uids: [5, 8] });
    const elsewhere = sampleMail(3, { mailbox: 'sales', fingerprint: sampleMail(5).fingerprint });
    expect(await record(store, store.beginRun(), [elsewhere])).toMatchObject([{ uid: 3, role: 'copy', draft: 'placed' }]);
    expect([await count('cases'), await count('drafts'), await count('messages')]).toEqual([1, 1, 3]);
  });

  it('lets only one run at a time put a draft into Drafts, and the next one look there first', async () => {
    const one = store.beginRun();
    await record(store, one, [sampleMail(1)]);
    const other = store.beginRun();
    expect(await record(store, other, [sampleMail(1)])).toMatchObject([{ draft: 'elsewhere' }]);
    await one.end(false);
    expect(await record(store, other, [sampleMail(1)])).toMatchObject([{ draft: 'look_then_append' }]);
  });

  it('leaves a planned draft to the run that replaces it, and hands it back where that run came to nothing', async () => {
    const died = store.beginRun();
    const [request] = await record(store, died, [sampleMail(1)]);
    await died.end(false);
    const [found] = await store.database.query<{ version: number }>('SELECT version FROM refund_triage.cases');
    const followUp = sampleMail(2, { thread: { caseId: request?.caseId ?? 0, version: found?.version ?? 0, relation: 'follow_up' } });
    const replacing = store.beginRun();
    expect(await record(store, replacing, [followUp])).toMatchObject([{ role: 'follow_up', draft: 'append', replaces: [{ messageId: sampleMail(1).draft?.messageId, isBeingReplaced: true }] }]);
    // Else it would come into Drafts after the other had looked for it there.
    expect(await record(store, store.beginRun(), [sampleMail(1)])).toMatchObject([{ draft: 'elsewhere' }]);
    await replacing.end(false);
    expect(await record(store, store.beginRun(), [sampleMail(1)])).toMatchObject([{ draft: 'look_then_append' }]);
  });

  it('hands a planned draft on to the mail that came back under another UIDVALIDITY', async () => {
    const run = store.beginRun();
    await record(store, run, [sampleMail(1)]);
    await run.end(false);
    const again = sampleMail(90, { uidValidity: '8', fingerprint: sampleMail(1).fingerprint });
    expect(await record(store, store.beginRun(), [again])).toMatchObject([{ uid: 90, role: 'copy', draft: 'look_then_append' }]);
  });

  it('lets such a draft take the place of the drafts that its case had before, and of no newer one', async () => {
    const before = store.beginRun();
    const [request] = await record(store, before, [sampleMail(1)]);
    await store.finishMails('support', '7', { draftIds: [sampleMail(1).draft?.messageId ?? ''], uids: [1] });
    await before.end(true);
    const goesOn = async (uid: number): Promise<void> => {
      const run = store.beginRun();
      const [found] = await store.database.query<{ version: number }>('SELECT version FROM refund_triage.cases');
      await record(store, run, [sampleMail(uid, { thread: { caseId: request?.caseId ?? 0, version: found?.version ?? 0, relation: 'follow_up' } })]);
      await run.end(false);
    };
    await goesOn(2);
    await goesOn(3);
    const again = sampleMail(90, { uidValidity: '8', fingerprint: sampleMail(2).fingerprint });
    const [copy] = await record(store, store.beginRun(), [again]);
    expect(copy).toMatchObject({ role: 'copy', draft: 'look_then_append', replaces: [{ messageId: sampleMail(1).draft?.messageId, isBeingReplaced: true }] });
    expect(copy?.replaces).toHaveLength(1);
  });

  it('keeps an earlier decision beside a different newer one, and the newest draft text', async () => {
    const run = store.beginRun();
    await record(store, run, [sampleMail(1)]);
    await record(store, run, [sampleMail(1)]);
    expect(await count('decisions')).toBe(1);
    await run.end(false);
    const changed = sampleMail(1, { decision: { ...sampleDecision, outcome: 'deny', missing: [], packHash: 'cd34' }, state: 'ready' });
    await record(store, store.beginRun(), [{ ...changed, draft: changed.draft === null ? null : { ...changed.draft, text: 'No.' } }]);
    expect(await count('decisions')).toBe(2);
    expect((await store.listCases({ limit: 1 }))[0]).toMatchObject({ outcome: 'deny', state: 'ready' });
    expect(await store.database.query('SELECT text FROM refund_triage.drafts')).toEqual([{ text: 'No.' }]);
  });

  it('leaves a finished mail as it is when it is recorded again', async () => {
    await record(store, store.beginRun(), [sampleMail(1)]);
    await store.finishMails('support', '7', { draftIds: [sampleMail(1).draft?.messageId ?? ''], uids: [1] });
    expect(await record(store, store.beginRun(), [sampleMail(1, { state: 'review' })])).toEqual([]);
    expect((await store.listCases({ limit: 1 }))[0]?.state).toBe('needs_info');
  });

  it('records nothing of a batch of which one mail is refused', async () => {
    const impossible: unknown[] = [{ name: 'used_percent', value: 1, source: 'body', evidence: null }];
    const broken = sampleMail(2, { facts: { ...sampleFacts, values: Object.fromEntries(impossible.map((fact) => ['used_percent', fact])) } });
    await expect(store.recordMails(store.beginRun(), [sampleMail(1), broken])).rejects.toThrow(/null value in column "evidence"/);
    expect([await count('cases'), await count('messages'), await count('events')]).toEqual([0, 0, 0]);
  });

  it('takes NUL characters and halves of surrogate pairs out of what mails bring along', async () => {
    await record(store, store.beginRun(), [sampleMail(1, { subject: 'a\u0000b \ud83d c \ud83d\ude00', from: '\udc00x@y.example' })]);
    expect((await store.listCases({ limit: 1 }))[0]).toMatchObject({ subject: 'ab \ufffd c \ud83d\ude00', customer: '\ufffdx@y.example' });
  });

  it('shows a mail in quarantine with its reason, tries it again when the cause may pass, and releases it', async () => {
    const pointer = { mailbox: 'support', uidValidity: '7', uid: 6 };
    const unread = { ...pointer, messageId: null, from: null, subject: '', receivedAtMs: null };
    await store.quarantineMails([{ ...unread, code: 'quota_exceeded', reason: 'Drafts is full.', retryable: true }]);
    const line = (await store.listCases({ state: 'quarantined', limit: 10 }))[0];
    expect(line).toMatchObject({ state: 'quarantined', quarantine: { code: 'quota_exceeded', reason: 'Drafts is full.' } });
    expect(await store.listUnfinishedUids('support', '7')).toEqual([]);
    await store.database.query(`UPDATE refund_triage.quarantine SET retry_at = now() - interval '1 second'`);
    expect(await store.listUnfinishedUids('support', '7')).toEqual([6]);
    expect((await store.readLedger('support', '7', [6])).get(6)).toMatchObject({ finished: true, retryDue: true });
    expect(await record(store, store.beginRun(), [sampleMail(6)])).toMatchObject([{ uid: 6, role: 'request', draft: 'append' }]);
    expect(await store.listCases({ limit: 10 })).toMatchObject([{ state: 'needs_info', quarantine: null }]);
    expect(await count('quarantine')).toBe(0);
    const kinds = await store.database.query<{ kind: string }>('SELECT kind FROM refund_triage.events ORDER BY id');
    expect(kinds.map(({ kind }) => kind)).toEqual(['quarantined', 'released', 'recorded']);
  });

  it('takes a mail out of quarantine that began a case, though a mail that it goes on with was met meanwhile', async () => {
    const query = { fingerprint: sampleMail(6).fingerprint, messageId: sampleMail(6).messageId, answers: ['<mail-5@customer.example>'], tags: [], isOurs: false, customerKey: customerKey('anna@customer.example'), authentication: 'none' as const };
    const mail = sampleMail(6, { threadQuery: query });
    const run = store.beginRun();
    expect(await record(store, run, [mail])).toMatchObject([{ uid: 6, role: 'request' }]);
    await run.end(false);
    await store.quarantineMails([{ mailbox: 'support', uidValidity: '7', uid: 6, messageId: mail.messageId, from: null, subject: '', receivedAtMs: null, code: 'mailbox_quota_exceeded', reason: 'full', retryable: true }]);
    await record(store, store.beginRun(), [sampleMail(5)]);
    // As triage finds it, each time.
    expect(await store.findThread(query)).toBe(null);
    expect(await record(store, store.beginRun(), [mail])).toMatchObject([{ uid: 6, role: 'request', draft: 'look_then_append' }]);
  });

  it('waits longer each time a mail comes back into quarantine, a day at the most', async () => {
    const mail = { mailbox: 'support', uidValidity: '7', uid: 6, messageId: null, from: null, subject: '', receivedAtMs: null, code: 'quota_exceeded', reason: 'full', retryable: true };
    const hours: number[] = [];
    for (let times = 1; times <= 7; times += 1) {
      await store.quarantineMails([mail]);
      const rows = await store.database.query<{ hours: number }>('SELECT round(extract(epoch FROM retry_at - quarantined_at) / 3600)::int AS hours FROM refund_triage.quarantine');
      hours.push(rows[0]?.hours ?? 0);
    }
    expect(hours).toEqual([1, 2, 4, 8, 16, 24, 24]);
    await store.quarantineMails([{ ...mail, code: 'not_a_message', retryable: false }]);
    expect(await store.database.query('SELECT code, retry_at FROM refund_triage.quarantine')).toEqual([{ code: 'not_a_message', retry_at: null }]);
  });

  it('gives up a draft whose mail left the mailbox', async () => {
    await record(store, store.beginRun(), [sampleMail(1)]);
    await store.abandonMails('support', '7', [1]);
    expect((await store.listCases({ limit: 1 }))[0]?.draftState).toBe('abandoned');
    expect(await store.listUnfinishedUids('support', '7')).toEqual([]);
  });

  it('plans that draft again when the mail comes back under another UID, once', async () => {
    await record(store, store.beginRun(), [sampleMail(1)]);
    await store.abandonMails('support', '7', [1]);
    const again = { fingerprint: sampleMail(1).fingerprint, draft: sampleMail(1).draft };
    expect(await record(store, store.beginRun(), [sampleMail(8, again)])).toMatchObject([{ uid: 8, role: 'copy', draft: 'look_then_append' }]);
    expect((await store.listCases({ limit: 1 }))[0]?.draftState).toBe('planned');
    await store.finishMails('support', '7', { draftIds: [sampleMail(1).draft?.messageId ?? ''], uids: [8] });
    expect(await record(store, store.beginRun(), [sampleMail(9, again)])).toMatchObject([{ uid: 9, role: 'copy', draft: 'placed' }]);
  });

  it('leaves that draft to a copy that came before the mail was missed', async () => {
    const again = { fingerprint: sampleMail(1).fingerprint, draft: sampleMail(1).draft };
    const run = store.beginRun();
    await record(store, run, [sampleMail(1)]);
    expect(await record(store, store.beginRun(), [sampleMail(8, again)])).toMatchObject([{ uid: 8, role: 'copy', draft: 'elsewhere' }]);
    await store.finishMails('support', '7', { draftIds: [], uids: [8] });
    await run.end(false);
    await store.abandonMails('support', '7', [1]);
    expect(await store.listUnfinishedUids('support', '7')).toEqual([8]);
    expect(await record(store, store.beginRun(), [sampleMail(8, again)])).toMatchObject([{ uid: 8, role: 'copy', draft: 'look_then_append' }]);
  });

  it('leaves the draft of a mail in quarantine to a copy that can be read', async () => {
    const run = store.beginRun();
    await record(store, run, [sampleMail(1)]);
    await run.end(false);
    await store.quarantineMails([{ mailbox: 'support', uidValidity: '7', uid: 1, messageId: sampleMail(1).messageId, from: null, subject: '', receivedAtMs: null, code: 'worker_killed', reason: 'died', retryable: false }]);
    expect(await record(store, store.beginRun(), [sampleMail(8, { fingerprint: sampleMail(1).fingerprint, draft: sampleMail(1).draft })])).toMatchObject([{ uid: 8, draft: 'look_then_append' }]);
  });

  it('lets it be where its case was answered or closed meanwhile', async () => {
    await record(store, store.beginRun(), [sampleMail(1)]);
    await store.abandonMails('support', '7', [1]);
    await store.database.query(`UPDATE refund_triage.cases SET stage = 'waiting'`);
    expect(await record(store, store.beginRun(), [sampleMail(8, { fingerprint: sampleMail(1).fingerprint, draft: sampleMail(1).draft })])).toMatchObject([{ uid: 8, role: 'copy', draft: 'placed' }]);
  });

  it('counts what the same customer has asked before for the same reason, of the same merchant', async () => {
    const day = 86_400_000;
    const other = { ...sampleFacts, reason: 'changed_mind' as const };
    await record(store, store.beginRun(), [
      sampleMail(1), sampleMail(2, { receivedAtMs: sampleMail(1).receivedAtMs + day }), sampleMail(3, { facts: other }),
      sampleMail(4, { from: 'ben@customer.example' }), sampleMail(5, { merchant: 'winno' }),
    ]);
    const request = { merchant: 'imgto3d', customer: 'anna@customer.example', reason: 'dissatisfied_result' as const, fingerprint: sampleMail(9).fingerprint, receivedAtMs: sampleMail(1).receivedAtMs + 2 * day };
    expect(await store.countEarlierRequests(request)).toBe(2);
    expect(await store.countEarlierRequests({ ...request, fingerprint: sampleMail(2).fingerprint })).toBe(1);
    expect(await store.countEarlierRequests({ ...request, receivedAtMs: sampleMail(1).receivedAtMs })).toBe(0);
  });

  it('refuses to change, delete or empty the event log', async () => {
    await record(store, store.beginRun(), [sampleMail(1)]);
    for (const statement of ['UPDATE refund_triage.events SET kind = \'x\'', 'DELETE FROM refund_triage.events', 'TRUNCATE refund_triage.events']) {
      await expect(store.database.query(statement)).rejects.toThrow('the event log is append-only');
    }
    expect(await count('events')).toBe(1);
  });

  it('notes the first contact once and moves cursors forward only', async () => {
    const at = new Date('2026-03-17T10:00:00Z');
    await store.noteFirstContact({ mailbox: 'support', uidValidity: '7', uidNext: 101, at, since: null });
    const again = await store.noteFirstContact({ mailbox: 'support', uidValidity: '7', uidNext: 901, at: new Date(), since: null });
    expect(again).toEqual({
      mailbox: 'support', uidValidity: '7', epoch: 1, firstContactAt: at, floorUid: 100, datedUid: 100, oursSince: new Date('2026-03-17T09:59:00Z'),
      enqueuedUid: 100, settledUid: 100,
    });
    await store.advanceCursor('support', '7', { enqueuedUid: 150 });
    await store.advanceCursor('support', '7', { enqueuedUid: 120, settledUid: 110 });
    await store.advanceCursor('support', '6', { enqueuedUid: 999 });
    expect(await store.readCursor('support')).toMatchObject({ enqueuedUid: 150, settledUid: 110 });
    const next = await store.beginEpoch('support', '7', { uidValidity: '8', uidNext: 41 });
    expect(next).toMatchObject({ uidValidity: '8', epoch: 2, firstContactAt: at, floorUid: 0, datedUid: 40, enqueuedUid: 0, settledUid: 0 });
    expect(await store.beginEpoch('support', '7', { uidValidity: '8', uidNext: 50 })).toEqual(next);
  });

  it('starts from a day in the past where it is told to', async () => {
    const since = new Date('2026-03-01T00:00:00Z');
    const cursor = await store.noteFirstContact({ mailbox: 'support', uidValidity: '7', uidNext: 101, at: new Date('2026-03-17T10:00:00Z'), since });
    expect(cursor).toMatchObject({ floorUid: 0, datedUid: 100, oursSince: since, enqueuedUid: 0, settledUid: 0 });
  });

  it('counts how often a suspicious mail was begun', async () => {
    const pointer = { mailbox: 'support', uidValidity: '7', uid: 6 };
    expect([await store.countSuspect(pointer), await store.countSuspect(pointer)]).toEqual([1, 2]);
    await store.clearSuspect(pointer);
    expect(await store.countSuspect(pointer)).toBe(1);
  });

  it('says which of many UIDs were never met', async () => {
    await record(store, store.beginRun(), [sampleMail(2), sampleMail(4_000_000_000)]);
    expect(await store.listUnmetUids('support', '7', [1, 2, 3, 4_000_000_000])).toEqual([1, 3]);
    expect(await store.listUnmetUids('support', '8', [2])).toEqual([2]);
    await store.passOver('support', '7', [1]);
    expect(await store.listUnmetUids('support', '7', [1, 2, 3])).toEqual([3]);
  });

  it('keeps everything when it is closed and opened again', async () => {
    const location = await server.location();
    const before = await server.open(location);
    await record(before, before.beginRun(), [sampleMail(1)]);
    await before.close();
    const after = await server.open(location);
    try {
      expect(after.installationId).toBe(before.installationId);
      expect(await after.listUnfinishedUids('support', '7')).toEqual([1]);
      expect(await record(after, after.beginRun(), [sampleMail(1)])).toMatchObject([{ draft: 'look_then_append' }]);
    } finally {
      await after.close();
    }
  });

  it('refuses a database that a newer release has migrated', async () => {
    const location = await server.location();
    const newer = await server.open(location);
    await newer.database.query(`INSERT INTO refund_triage.migrations (version, name) VALUES (999, 'from the future')`);
    await newer.close();
    await expect(server.open(location)).rejects.toMatchObject({ code: 'store_too_new', retryable: false });
  });
});

/** What was recorded, where nothing stands in the way of it. */
async function record(store: Store, ...mails: Parameters<Store['recordMails']>): Promise<readonly RecordedMail[]> {
  const { recorded, stale, busy } = await store.recordMails(...mails);
  expect({ stale, busy }).toEqual({ stale: [], busy: [] });
  return recorded;
}
