import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { closeCase } from '../../src/cases/actions/close-case.ts';
import type { DecisionBasis } from '../../src/cases/stored-decisions.ts';
import { triageMailWith } from '../../src/commands/triage-mail.ts';
import { loadPacks } from '../../src/packs/load-packs.ts';
import { runWorker } from '../../src/worker/run-worker.ts';
import { startEmbedded } from '../cases/stores.ts';
import { openWorkerBench, type WorkerBench } from '../worker/worker-bench.ts';

/** What is expected of one mail of a chain; what is left out is not judged. `case` counts the cases that the chain opens. */
export interface ExpectedMail {
  readonly case: number;
  readonly role: string;
  readonly topic?: string;
  readonly reason?: string | null;
  /** Without `description`. */
  readonly missing?: readonly string[];
  readonly outcome?: string;
  readonly state?: string;
  /** A draft was written for it. */
  readonly draft?: boolean;
  /** All flags, and some of them. */
  readonly flags?: readonly string[];
  readonly flagged?: readonly string[];
  /** Of all mails of the case up to this one. */
  readonly facts?: Readonly<Record<string, string | number | boolean>>;
}

/** A folder of mails with what is to become of them: `expected.json`. */
export interface Chain {
  readonly scene: string;
  readonly merchant: string;
  readonly language: string;
  readonly programs: readonly string[];
  /** `before`: what one of us does with the draft before the mail comes. `together`: it comes with the one above it. */
  readonly mails: readonly { readonly file: string; readonly before?: 'sent' | 'closed' | 'edited'; readonly together?: boolean; readonly expect: ExpectedMail }[];
  /** Which mails' drafts lie in Drafts at the end; the first is 1. */
  readonly live: readonly number[];
  /** The cases' stages at the end. */
  readonly stages?: Readonly<Record<string, string>>;
}

/** What became of a mail, in the words of `ExpectedMail`. */
export type SeenMail = Required<Omit<ExpectedMail, 'flagged' | 'facts'>> & { readonly facts: Readonly<Record<string, string | number | boolean>> };

export interface SeenChain {
  readonly mails: readonly SeenMail[];
  readonly live: readonly number[];
  readonly stages: Readonly<Record<string, string>>;
}

const folder = fileURLToPath(new URL('chains', import.meta.url));

export function readChains(): ReadonlyMap<string, Chain> {
  return new Map(readdirSync(folder).toSorted().map((name) => {
    const chain: Chain = JSON.parse(readFileSync(join(folder, name, 'expected.json'), 'utf8'));
    return [name, chain];
  }));
}

interface Row {
  readonly uid: number;
  readonly case_id: number;
  readonly stage: string;
  readonly role: string;
  readonly state: string;
  readonly outcome: string | null;
  readonly missing: readonly string[] | null;
  readonly basis: string | null;
  readonly flags: readonly string[] | null;
  readonly draft_id: string | null;
}

/** Lets all chains come into one mailbox, first mails first, and tells what became of every mail. */
export async function runChains(chains: ReadonlyMap<string, Chain>): Promise<ReadonlyMap<string, SeenChain>> {
  const packs = await loadPacks(fileURLToPath(new URL('../../templates', import.meta.url)));
  const stores = await startEmbedded();
  const bench = await openWorkerBench(await stores.location());
  try {
    const rounds = Math.max(...Array.from(chains.values(), roundsOf).flat()) + 1;
    const work = async (): Promise<void> => { await runOnce(bench, packs); };
    for (let round = 0; round < rounds; round += 1) {
      const due = [...chains].flatMap(([name, chain]) => chain.mails.flatMap((mail, index) => (roundsOf(chain)[index] === round ? [{ name, index, mail }] : [])));
      await actBefore(due.map(({ name, mail }) => ({ name, before: mail.before })), bench, work);
      for (const { name, mail } of due) await bench.maildir.deliver(readFileSync(join(folder, name, mail.file)));
      await work();
    }
    return await see(chains, bench);
  } finally {
    await bench.clear();
    await stores.stop();
  }
}

function roundsOf({ mails }: Chain): number[] {
  let round = -1;
  return mails.map(({ together }) => (together === true ? round : (round += 1)));
}

async function runOnce({ store, mailbox, stop, fates }: WorkerBench, packs: Awaited<ReturnType<typeof loadPacks>>): Promise<void> {
  const options = { authservIds: [], merchants: new Map<string, string | null>(), countEarlierRequests: store.countEarlierRequests, findThread: store.findThread };
  await runWorker({
    store, mailboxes: [{ mailbox, since: new Date(0) }], triage: triageMailWith(packs, options), redisUrl: null, once: true, signal: stop.signal, concurrency: 2,
    queue: { backoffMs: 30, attempts: 2, lockMs: 3_000 }, events: { onMail: (fate) => { fates.push(fate); } },
  });
}

/** What one of us does with the drafts: sends the newest from a mail program, closes the case besides, or begins to write in it. */
async function actBefore(due: readonly { name: string; before: string | undefined }[], bench: WorkerBench, work: () => Promise<void>): Promise<void> {
  const acting = due.filter(({ before }) => before !== undefined);
  if (acting.length === 0) return;
  const rows = await readRows(bench);
  const places = await readPlaces(bench);
  const drafts = readDrafts(bench);
  const rowsOf = (name: string): Row[] => rows.filter(({ uid }) => places.get(uid)?.name === name);
  for (const { name, before } of acting) {
    const draft = rowsOf(name).toReversed().flatMap(({ draft_id: id }) => drafts.get(id ?? '') ?? [])[0];
    if (draft === undefined) continue;
    if (before === 'edited') writeFileSync(draft.path, draft.source.replace(/\r?\n\r?\n(?!.*Content-)/s, '\r\n\r\n(!) '));
    else {
      await bench.mailbox.saveSent({ messageId: idOf(draft.source), source: Buffer.from(draft.source) });
      rmSync(draft.path);
    }
  }
  await work();
  for (const { name } of acting.filter(({ before }) => before === 'closed')) {
    const [row] = await bench.store.database.query<{ stage: string }>('SELECT stage FROM refund_triage.cases WHERE id = $1', [rowsOf(name)[0]?.case_id]);
    if (row?.stage !== 'closed') await closeCase(bench.store.database, { caseId: rowsOf(name)[0]?.case_id ?? 0, version: null, by: 'Olga', reason: null });
  }
}

async function readRows({ store }: WorkerBench): Promise<Row[]> {
  return await store.database.query<Row>(
    `SELECT m.uid, m.case_id, c.stage, m.role, m.state, d.outcome, d.missing, d.basis, (SELECT array_agg(f) FROM jsonb_array_elements_text(d.decision -> 'flags') f) AS flags,
       (SELECT message_id FROM refund_triage.drafts WHERE message = m.id) AS draft_id
     FROM refund_triage.messages m JOIN refund_triage.cases c ON c.id = m.case_id
     LEFT JOIN LATERAL (SELECT * FROM refund_triage.decisions WHERE message = m.id ORDER BY id DESC LIMIT 1) d ON true ORDER BY m.uid`,
  );
}

/** Which mail of which chain lies under a UID, by the trace that the receiving server left on it. */
async function readPlaces({ mailbox }: WorkerBench): Promise<ReadonlyMap<number, { readonly name: string; readonly index: number }>> {
  await mailbox.open();
  const places = new Map<number, { name: string; index: number }>();
  for await (const { uid, source } of mailbox.fetch(await mailbox.listUidsAfter(0))) {
    const [, name = '', number = ''] = /^Received: [^\n]* id ([\w-]+)-(\d+);/m.exec(source.toString('latin1')) ?? [];
    places.set(uid, { name, index: Number(number) - 1 });
  }
  return places;
}

function readDrafts({ maildir }: WorkerBench): ReadonlyMap<string, { readonly path: string; readonly source: string }> {
  return new Map(['new', 'cur'].flatMap((place) => {
    const directory = join(maildir.path, '.Drafts', place);
    return existsSync(directory) ? readdirSync(directory).map((name) => ({ path: join(directory, name), source: readFileSync(join(directory, name), 'utf8') })) : [];
  }).map((draft) => [idOf(draft.source), draft]));
}

function idOf(source: string): string {
  return /^Message-ID:\s*(<.*>)/mi.exec(source)?.[1] ?? '';
}

async function see(chains: ReadonlyMap<string, Chain>, bench: WorkerBench): Promise<ReadonlyMap<string, SeenChain>> {
  const [rows, places, drafts] = [await readRows(bench), await readPlaces(bench), readDrafts(bench)];
  return new Map([...chains].map(([name, chain]) => {
    const own = chain.mails.map((_, index) => rows.find(({ uid }) => places.get(uid)?.name === name && places.get(uid)?.index === index));
    const cases = [...new Set(own.flatMap((row) => row?.case_id ?? []))].toSorted((one, other) => one - other);
    const mails = own.map((row) => seenMail(row, cases));
    const live = own.flatMap((row, index) => (row?.draft_id !== null && drafts.has(row?.draft_id ?? '') ? [index + 1] : []));
    const stages = Object.fromEntries(own.flatMap((row) => (row === undefined ? [] : [[String(cases.indexOf(row.case_id) + 1), row.stage]])));
    return [name, { mails, live, stages }];
  }));
}

function seenMail(row: Row | undefined, cases: readonly number[]): SeenMail {
  const basis: DecisionBasis | null = row?.basis === null || row?.basis === undefined ? null : JSON.parse(row.basis);
  const facts = Object.fromEntries(Object.entries(basis?.facts.values ?? {}).map(([name, fact]) => [name, fact.value]));
  return {
    case: row === undefined ? 0 : cases.indexOf(row.case_id) + 1, role: row?.role ?? 'unknown', topic: basis?.facts.topic ?? '', reason: basis?.facts.reason ?? null,
    missing: (row?.missing ?? []).filter((name) => name !== 'description'), outcome: row?.outcome ?? '', state: row?.state ?? '', draft: row?.draft_id !== null && row?.draft_id !== undefined,
    flags: [...new Set([...(basis?.facts.flags ?? []), ...(row?.flags ?? [])])], facts,
  };
}

/** Where what was seen is not what was expected, one line a difference. */
export function differences(chain: Chain, seen: SeenChain): string[] {
  const found = chain.mails.flatMap(({ expect }, index) => {
    const mail = seen.mails[index];
    const tell = (what: string, expected: unknown, got: unknown): string[] => (JSON.stringify(expected) === JSON.stringify(got) ? [] : [`mail ${String(index + 1)}, ${what}: ${JSON.stringify(got)} instead of ${JSON.stringify(expected)}`]);
    if (mail === undefined) return [`mail ${String(index + 1)} is gone`];
    return [
      ...(['case', 'role', 'topic', 'reason', 'outcome', 'state', 'draft'] as const).flatMap((name) => (expect[name] === undefined ? [] : tell(name, expect[name], mail[name]))),
      ...(['missing', 'flags'] as const).flatMap((name) => (expect[name] === undefined ? [] : tell(name, expect[name].toSorted(), mail[name].toSorted()))),
      ...(expect.flagged ?? []).flatMap((flag) => tell(`flag ${flag}`, true, mail.flags.includes(flag))),
      ...Object.entries(expect.facts ?? {}).flatMap(([name, value]) => tell(name, value, mail.facts[name] ?? null)),
    ];
  });
  const ends = JSON.stringify(seen.live) === JSON.stringify(chain.live) ? [] : [`drafts in Drafts: of ${JSON.stringify(seen.live)} instead of ${JSON.stringify(chain.live)}`];
  const stages = Object.entries(chain.stages ?? {}).flatMap(([name, stage]) => (seen.stages[name] === stage ? [] : [`case ${name} is ${String(seen.stages[name])} instead of ${stage}`]));
  return [...found, ...ends, ...stages];
}
