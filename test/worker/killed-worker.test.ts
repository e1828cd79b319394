import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { typescriptNode } from '../servers/typescript-node.ts';
import { openStore } from '../../src/cases/store.ts';
import { MaildirMailbox } from '../../src/mailbox/maildir-mailbox.ts';
import { type MaildirView, openMaildirView } from './maildir-view.ts';
import type { Place } from './place.ts';
import { type QueueServer, queueServers } from './queue-servers.ts';
import { testMail } from './test-triage.ts';

const workerProcess = fileURLToPath(new URL('worker-process.ts', import.meta.url));
/** So often a mail alone is begun. */
const maxBegun = 10;
const idOf = (count: number): string => `<m${String(count)}@customer.example>`;

describe.each(queueServers)('a worker that is killed, with its queue on the $backend', ({ backend, start }) => {
  let server: QueueServer;
  let place: Place;
  let folder: string;
  let maildir: MaildirView;
  let children: ChildProcess[] = [];
  beforeAll(async () => { server = await start(); });
  beforeEach(async () => {
    place = await server.place();
    folder = mkdtempSync(join(tmpdir(), 'refund-triage-killed-'));
    maildir = await openMaildirView(join(folder, 'mail'));
  });
  afterEach(() => {
    for (const child of children) child.kill('SIGKILL');
    children = [];
    rmSync(folder, { recursive: true, force: true });
  });
  afterAll(async () => { await server.stop(); });

  const startWorker = (delayMs: number, maxStuckMs = 60_000): { child: ChildProcess; exited: Promise<number | null> } => {
    const child = spawn(typescriptNode, [workerProcess, JSON.stringify(place), maildir.path, String(delayMs), String(maxStuckMs)], { stdio: 'ignore' });
    children.push(child);
    return { child, exited: once(child, 'exit').then(() => child.exitCode) };
  };
  const draftsSoFar = (): number => {
    try {
      return readdirSync(join(maildir.path, '.Drafts', 'cur')).length;
    } catch {
      return 0;
    }
  };

  it('leaves exactly one draft for each mail that is due one, none lost, none doubled, keywords right', async () => {
    const mails = 60;
    for (let count = 1; count <= mails; count += 1) await maildir.deliver(testMail(`m${String(count)}`, count % 10 === 0 ? 'machine' : count % 7 === 0 ? 'files' : 'Refund please'));
    // Many kills, at many more moments, are what `npm run chaos` is for.
    const { child, exited } = startWorker(5);
    // At a random moment, but only after it got to work: a process killed while it starts proves little.
    while (draftsSoFar() === 0 && child.exitCode === null) await sleep(5);
    await sleep(Math.random() * 60);
    child.kill('SIGKILL');
    expect(await exited).toBeNull();
    expect(await startWorker(0).exited).toBe(0);

    const due = Array.from({ length: mails }, (_, index) => index + 1).filter((count) => count % 10 !== 0).map(idOf).toSorted();
    expect(maildir.answered()).toEqual(due);
    const keywords = await maildir.keywords();
    const wrong = [...keywords].filter(([id, found]) => found.join(' ') !== (due.includes(id) ? '$RefundTriage-NeedsInfo' : '$RefundTriage-Ignored'));
    expect(wrong).toEqual([]);
    expect(keywords.size).toBe(mails);
    expect(maildir.seen()).toEqual([]);
    const store = await openStore(place.store);
    try {
      const lines = await store.listCases({ limit: mails * 2 });
      expect(lines).toHaveLength(mails);
      expect(lines.filter(({ draftState, state }) => (state === 'ignored' ? draftState !== null : draftState !== 'in_drafts'))).toEqual([]);
    } finally {
      await store.close();
    }
  });

  // What follows is slow, and the same for every backend once the queue says that a batch was interrupted, which its own suite proves.
  const onServer = it.runIf(backend === 'PostgreSQL');
  onServer('puts mails that kill it, and one over which it is stuck, into quarantine after a few attempts, and answers all the others', async () => {
    const [mails, first] = [12, 7];
    const subjects = ['killer', 'late killer', 'endless'];
    for (let count = 1; count <= mails; count += 1) await maildir.deliver(testMail(`m${String(count)}`, subjects[count - first] ?? 'Refund please'));
    // The first has some attempts left, the others but the last one.
    const left = 4;
    const mailbox = new MaildirMailbox({ name: 'support', path: maildir.path });
    const { uidValidity } = await mailbox.open();
    await mailbox.close();
    const store = await openStore(place.store);
    for (let times = 1; times < maxBegun; times += 1) for (const uid of [...(times > maxBegun - left ? [] : [first]), first + 1, first + 2]) await store.countSuspect({ mailbox: 'support', uidValidity, uid });
    let starts = 0;
    for (let exit: number | null = null; exit !== 0; starts += 1) {
      expect(starts).toBeLessThan(20);
      exit = await startWorker(0, 1_000).exited;
    }
    expect(starts).toBeGreaterThan(left);
    expect(maildir.answered()).toHaveLength(mails - subjects.length);
    const quarantined = await store.listCases({ state: 'quarantined', limit: 10 });
    expect(quarantined.map(({ quarantine }) => quarantine?.code)).toEqual(subjects.map(() => 'worker_killed'));
    await store.close();
    const keywords = await maildir.keywords();
    for (const [index] of subjects.entries()) expect(keywords.get(idOf(first + index))).toEqual(['$RefundTriage-Review']);
  });

  onServer('looks no more into files that kill it, and answers their mail without', async () => {
    for (let count = 1; count <= 12; count += 1) await maildir.deliver(testMail(`m${String(count)}`, count === 5 ? 'files killer' : count % 3 === 0 ? 'files' : 'Refund please'));
    let starts = 0;
    for (let exit: number | null = null; exit !== 0; starts += 1) {
      expect(starts).toBeLessThan(10);
      exit = await startWorker(0).exited;
    }
    expect(starts).toBeGreaterThan(2);
    expect(maildir.answered()).toEqual(Array.from({ length: 12 }, (_, index) => idOf(index + 1)).toSorted());
    expect([...(await maildir.keywords()).values()].filter((found) => found.join(' ') !== '$RefundTriage-NeedsInfo')).toEqual([]);
  });

  onServer('shares the work with another process, and neither answers what the other did, though one of them is killed', async () => {
    for (let count = 1; count <= 60; count += 1) await maildir.deliver(testMail(`m${String(count)}`));
    const [first, second] = [startWorker(2), startWorker(2)];
    while (draftsSoFar() === 0) await sleep(5);
    first.child.kill('SIGKILL');
    expect(await second.exited).toBe(0);
    expect(maildir.answered()).toEqual(Array.from({ length: 60 }, (_, index) => idOf(index + 1)).toSorted());
    expect([...(await maildir.keywords()).values()].filter((found) => found.length !== 1)).toEqual([]);
  });
});
