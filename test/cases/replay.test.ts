import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openPackShelf, replayDecision, storedDecisions, type Replayed } from '../../src/cases/replay.ts';
import type { Store } from '../../src/cases/store.ts';
import { caseTag, fingerprintStart } from '../../src/draft/case-tag.ts';
import { hashFiles } from '../../src/packs/load-packs.ts';
import { demoDecisions } from './demo-decisions.ts';
import { sampleMail } from './sample-mail.ts';
import { type StoreServer, storeServers } from './stores.ts';

const { packs, mails } = await demoDecisions();
const decidedBy = (pack: string): number => mails.filter(({ decision }) => decision?.pack === pack).length;

describe.each(storeServers)('what the store on the $engine keeps of a decision', ({ start }) => {
  let server: StoreServer;
  let store: Store;
  beforeAll(async () => { server = await start(); });
  beforeEach(async () => { store = await server.open(); });
  afterEach(async () => { await store.close(); });
  afterAll(async () => { await server.stop(); });

  const replayAll = async (): Promise<Replayed[]> => {
    const shelf = openPackShelf(store);
    const all: Replayed[] = [];
    for await (const batch of storedDecisions(store, { merchant: null, sinceMs: null, newestOnly: false })) for (const stored of batch) all.push(await replayDecision(stored, shelf));
    return all;
  };
  const record = async (...some: Parameters<Store['recordMails']>[1][number][]) => await store.recordMails(store.beginRun(), some);

  it('gives back every file of a pack, by whose hash it is known, and keeps each file once', async () => {
    await Promise.all([store.keepPacks(packs), store.keepPacks(packs.toReversed())]);
    for (const { name, hash, files } of packs) {
      const kept = await store.readPack(hash);
      expect(kept).toMatchObject({ name, hash });
      expect(hashFiles(kept?.files ?? new Map())).toBe(hash);
      expect([...(kept?.files.keys() ?? [])]).toEqual([...files.keys()]);
    }
    const different = new Set(packs.flatMap(({ files }) => [...files.values()].map((content) => content.toString('base64'))));
    const rows = await store.database.query<{ n: number }>('SELECT count(*)::int AS n FROM refund_triage.pack_files');
    expect(rows[0]?.n).toBe(different.size);
    expect(await store.readPack('00')).toBeNull();
  });

  it('lets it be taken again to the same bytes, by its pack\'s hash', async () => {
    await store.keepPacks(packs);
    await record(...mails);
    const decided = mails.filter(({ decision }) => decision !== null);
    const replayed = await replayAll();
    expect(replayed.map(({ kind }) => kind)).toEqual(decided.map(() => 'identical'));
    expect(decided.length).toBeGreaterThan(15);
    for (const each of replayed) {
      const original = mails.find(({ fingerprint }) => fingerprint === each.stored.fingerprint);
      expect(each.kind === 'identical' && JSON.stringify(each.decision)).toBe(JSON.stringify(original?.decision));
    }
  });

  it('lets it be taken again whatever characters its facts have', async () => {
    await store.keepPacks(packs);
    const mail = mails.find(({ decision }) => decision?.rule === 'used-tokens' || decision?.outcome === 'partial_refund');
    if (mail?.facts === null || mail === undefined) throw new Error('the demo has such a mail');
    const odd = { ...mail.facts, values: { ...mail.facts.values, order_number: { value: '\0\ud83d\u2028"\\', source: 'body', evidence: 'a\0b \udc00' } } as const };
    await record({ ...mail, facts: odd });
    const [replayed] = await replayAll();
    expect(replayed).toMatchObject({ kind: 'identical', basis: { facts: { values: { order_number: odd.values.order_number } } } });
  });

  it('tells a decision that comes out otherwise, one without its pack, and one that was kept without its basis', async () => {
    await store.keepPacks(packs.filter(({ name }) => name !== 'winno'));
    await record(...mails);
    const stoneAi = packs.find(({ name }) => name === 'stone-ai');
    const path = 'stone-ai/policy.yaml';
    const changed = Buffer.from(stoneAi?.files.get(path)?.toString().replace('outage_hours > 72', 'outage_hours > 90') ?? '');
    await store.database.query('UPDATE refund_triage.pack_files SET content = $1 WHERE content = $2', [changed, stoneAi?.files.get(path)]);
    const ai3dgen = packs.find(({ name }) => name === 'ai3dgen')?.files.get('ai3dgen/policy.yaml');
    await store.database.query('UPDATE refund_triage.pack_files SET content = $1 WHERE content = $2', [Buffer.from('name: [of another release'), ai3dgen]);
    await store.database.query(`UPDATE refund_triage.decisions SET basis = NULL, digest = NULL WHERE pack = 'imgto3d'`);
    const kinds = new Map<string, number>();
    for (const each of await replayAll()) {
      const key = `${each.stored.pack} ${each.kind === 'cannot' ? each.why : each.kind}`;
      kinds.set(key, (kinds.get(key) ?? 0) + 1);
    }
    expect(Object.fromEntries(kinds)).toMatchObject({ 'winno missing': decidedBy('winno'), 'imgto3d no_basis': decidedBy('imgto3d'), 'ai3dgen not_understood': decidedBy('ai3dgen'), 'stone-ai different': 1, 'stone-ai identical': decidedBy('stone-ai') - 1 });
  });

  it('is another row where a mail read again tells other facts, and the newest counts', async () => {
    const [first] = mails;
    if (first?.facts === undefined || first.facts === null) throw new Error('there is a first');
    await record(first);
    await record(first);
    expect(await replayAll()).toHaveLength(1);
    await record({ ...first, facts: { ...first.facts, hasPhoto: !first.facts.hasPhoto } });
    const newest = await store.listDecisions({ after: 0, limit: 10, merchant: null, sinceMs: null, newestOnly: true, caseId: null });
    expect(await replayAll()).toHaveLength(2);
    expect(newest.map(({ basis }) => basis?.facts.hasPhoto)).toEqual([!first.facts.hasPhoto]);
  });

  it('is found by merchant, time and case', async () => {
    await record(...mails);
    const all = { after: 0, limit: 100, merchant: null, sinceMs: null, newestOnly: false, caseId: null };
    const ofWinno = await store.listDecisions({ ...all, merchant: 'winno' });
    expect(new Set(ofWinno.map(({ pack }) => pack))).toEqual(new Set(['winno']));
    const since = ofWinno[1]?.receivedAtMs ?? 0;
    for (const { receivedAtMs } of await store.listDecisions({ ...all, sinceMs: since })) expect(receivedAtMs).toBeGreaterThanOrEqual(since);
    const caseId = ofWinno[0]?.caseId ?? 0;
    expect((await store.listDecisions({ ...all, caseId })).map((each) => each.caseId)).toEqual([caseId]);
    expect(await store.findCase({ id: caseId })).toMatchObject({ id: caseId, fingerprint: ofWinno[0]?.fingerprint });
    expect(await store.findCase({ fingerprintStart: fingerprintStart(caseTag(ofWinno[0]?.fingerprint ?? '')) ?? '' })).toMatchObject({ id: caseId });
    expect(await store.findCase({ id: 999 })).toBeNull();
  });

  it('says nothing of a tag that two cases share', async () => {
    await record(sampleMail(1, { fingerprint: 'ab'.repeat(32) }), sampleMail(2, { fingerprint: `${'ab'.repeat(16)}${'cd'.repeat(16)}` }));
    expect(await store.findCase({ fingerprintStart: 'ababababab' })).toBeNull();
  });
});

it('a tag tells the fingerprint it was made of', () => {
  for (const fingerprint of ['0'.repeat(64), 'f'.repeat(64), '0123456789abcdef'.repeat(4)]) expect(fingerprintStart(caseTag(fingerprint).toLowerCase())).toBe(fingerprint.slice(0, 10));
  expect(['RT-', 'RT-ILOU0000', 'RT-123456789', 'XX-12345678', '12345678'].map(fingerprintStart)).toEqual([null, null, null, null, null]);
});
