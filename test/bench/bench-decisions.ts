import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { openPackShelf, replayDecision, storedDecisions } from '../../src/cases/replay.ts';
import { openStore, type Store } from '../../src/cases/store.ts';
import { decide } from '../../src/decision/decide.ts';
import { isFlip } from '../../src/decision/flip.ts';
import { makeReceipt } from '../../src/decision/receipt.ts';
import { loadPacks } from '../../src/packs/load-packs.ts';
import { triage } from '../../src/triage.ts';
import { toTriagedMail } from '../../src/worker/triage-mail.ts';

// npm run bench:decisions -- [--rounds N] [--cases N]: decisions and receipts a second on one core, over the facts of the corpus; and how long stored decisions take
// to be replayed from an embedded store.
const { values } = parseArgs({ options: { rounds: { type: 'string', default: '100' }, cases: { type: 'string', default: '100000' } } });
const corpus = fileURLToPath(new URL('../corpus', import.meta.url));
const packs = await loadPacks(fileURLToPath(new URL('../../templates', import.meta.url)));
const names = (await readdir(corpus)).filter((name) => name.endsWith('.eml')).toSorted();
const mails = await Promise.all(names.map(async (name, index) => {
  const source = await readFile(join(corpus, name));
  const result = await triage(source, { internalDate: new Date(0), bytes: source.length, partBytes: null, merchant: null }, { packs, authservIds: [], countEarlierRequests: null });
  return toTriagedMail({ mailbox: 'bench', uidValidity: '1', uid: index + 1 }, result);
}));
const requests = mails.flatMap(({ facts, merchant, decidedIn }) => {
  const pack = packs.find(({ name }) => name === merchant);
  return facts === null || decidedIn === null || pack === undefined ? [] : [{ facts, pack, context: decidedIn }];
});

const rounds = Number(values.rounds);
const decided = perCpuSecond(rounds, ({ facts, pack, context }) => decide(facts, pack.compiled, context));
const explained = perCpuSecond(Math.ceil(rounds / 10), ({ facts, pack, context }) => makeReceipt(facts, pack, context));
console.log(`${String(requests.length)} requests, one core: ${decided.toFixed(0)} decisions/s, ${explained.toFixed(0)} receipts/s`);

const folder = await mkdtemp(join(tmpdir(), 'refund-triage-bench-'));
try {
  const store = await openStore({ dataDir: folder });
  await store.keepPacks(packs);
  await store.recordMails(store.beginRun(), mails);
  const copies = Math.ceil(Number(values.cases) / requests.length) - 1;
  await multiply(store, copies);
  await timed('replayed, byte for byte', async () => await replayAll(store));
  await timed('decided by another version of their policy', async () => await compareAll(store));
  await store.close();
} finally {
  await rm(folder, { recursive: true, force: true });
}

/** The first round is not counted. */
function perCpuSecond(times: number, take: (request: (typeof requests)[number]) => unknown): number {
  requests.forEach(take);
  const before = process.cpuUsage();
  for (let round = 0; round < times; round += 1) requests.forEach(take);
  const { user, system } = process.cpuUsage(before);
  return (times * requests.length) / ((user + system) / 1e6);
}

/** The same decisions again, as of other mails. */
async function multiply({ database }: Store, times: number): Promise<void> {
  await database.query(
    `INSERT INTO refund_triage.messages (case_id, mailbox, uid_validity, uid, fingerprint, message_id, sender, subject, received_at, state)
     SELECT case_id, mailbox, uid_validity, uid + copy * 100000, fingerprint, message_id, sender, subject, received_at, state FROM refund_triage.messages, generate_series(1, $1) copy`,
    [times],
  );
  await database.query(
    `INSERT INTO refund_triage.decisions (message, outcome, rule, clause, discretionary, amount, missing, pack, pack_hash, trace, decision, basis, digest)
     SELECT m.id, d.outcome, d.rule, d.clause, d.discretionary, d.amount, d.missing, d.pack, d.pack_hash, d.trace, d.decision, d.basis, d.digest
     FROM refund_triage.decisions d JOIN refund_triage.messages o ON o.id = d.message JOIN refund_triage.messages m ON m.uid % 100000 = o.uid AND m.id <> o.id`,
  );
}

async function replayAll(store: Store): Promise<number> {
  const shelf = openPackShelf(store);
  let count = 0;
  for await (const batch of storedDecisions(store, { merchant: null, sinceMs: null, newestOnly: false })) {
    for (const stored of batch) {
      const { kind } = await replayDecision(stored, shelf);
      if (kind !== 'identical') throw new Error(`decision ${String(stored.id)}: ${kind}`);
      count += 1;
    }
  }
  return count;
}

async function compareAll(store: Store): Promise<number> {
  const compiled = new Map(packs.map((pack) => [pack.name, pack.compiled]));
  let count = 0;
  for await (const batch of storedDecisions(store, { merchant: null, sinceMs: null, newestOnly: true })) {
    for (const stored of batch) {
      const policy = compiled.get(stored.pack);
      if (policy === undefined || stored.basis === null) continue;
      isFlip(stored, decide(stored.basis.facts, policy, { ...stored.basis.context, packHash: 'other' }));
      count += 1;
    }
  }
  return count;
}

async function timed(what: string, work: () => Promise<number>): Promise<void> {
  const started = performance.now();
  const count = await work();
  const seconds = (performance.now() - started) / 1000;
  console.log(`${String(count)} stored decisions ${what}: ${seconds.toFixed(1)} s, ${(count / seconds).toFixed(0)}/s`);
}
