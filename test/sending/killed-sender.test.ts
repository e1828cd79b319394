import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openStore } from '../../src/cases/store.ts';
import type { WorkedCase } from '../../src/cases/actions/worked-case.ts';
import { startPostgres } from '../servers/postgres.ts';
import { typescriptNode } from '../servers/typescript-node.ts';
import { corpusMail, type DeskPlace, startDeskPlace, until } from './desk-place.ts';

const senderProcess = fileURLToPath(new URL('sender-process.ts', import.meta.url));
let postgres: Awaited<ReturnType<typeof startPostgres>>;
let place: DeskPlace;
let databaseUrl: string;
const children: ChildProcess[] = [];

beforeAll(async () => {
  postgres = await startPostgres();
  databaseUrl = await postgres.createDatabase();
  place = await startDeskPlace(async () => await openStore({ databaseUrl, maxConnections: 4 }));
});
afterAll(async () => {
  for (const child of children) child.kill('SIGKILL');
  await place.stop();
  await postgres.stop();
});

async function startProcess(): Promise<ChildProcess> {
  const { dovecot, smtp } = place;
  const child = spawn(typescriptNode, [senderProcess, databaseUrl, String(dovecot.port), dovecot.user, dovecot.password, String(smtp.port), smtp.user, smtp.password], { stdio: ['ignore', 'pipe', 'inherit'] });
  children.push(child);
  await once(child.stdout, 'data');
  return child;
}

async function kill(child: ChildProcess): Promise<void> {
  const ended = once(child, 'exit');
  child.kill('SIGKILL');
  await ended;
}

let count = 0;

async function newCase(): Promise<WorkedCase> {
  count += 1;
  return await place.receive(corpusMail('stone-ai-en-used-tokens').replace(/^Message-ID: <[^>]+>/mu, `Message-ID: <killed-${String(count)}@mail.example>`).replaceAll(/(?<=^From: .*<)[^@]+@/gmu, `killed${String(count)}@`));
}

function takenOf({ draft }: WorkedCase): number {
  return place.smtp.taken.filter(({ source }) => source.includes(draft?.messageId ?? '?')).length;
}

describe('a sender that is killed', () => {
  it('between handing over and the answer leaves the reply uncertain: the next one does not send it again', async () => {
    const worked = await newCase();
    place.smtp.behave('hang');
    const child = await startProcess();
    await place.approve(worked);
    await place.smtp.whenHanging(1);
    await kill(child);
    place.smtp.release();
    const next = place.startSender();
    await until(async () => (await place.outbox(worked.id))[0]?.state === 'uncertain', 'the reply is uncertain');
    await next.stop();
    expect([takenOf(worked), (await place.outbox(worked.id)).length]).toEqual([1, 1]);
  });

  it('at any moment sends nothing twice and loses nothing', async () => {
    const cases: WorkedCase[] = [];
    for (let made = 0; made < 8; made += 1) cases.push(await newCase());
    place.smtp.behave();
    for (const worked of cases) await place.approve(worked);
    for (const delayMs of [15, 60, 140]) {
      const child = await startProcess();
      await sleep(delayMs);
      await kill(child);
    }
    const last = place.startSender();
    const states = await until(async () => {
      const rows = await Promise.all(cases.map(async ({ id }) => (await place.outbox(id))[0]));
      return rows.every((row) => row?.state === 'uncertain' || (row?.state === 'sent' && row.settled)) && rows.map((row) => row?.state);
    }, 'every reply has its fate');
    await last.stop();
    const taken = cases.map(takenOf);
    expect(taken.every((times, index) => (states[index] === 'sent' ? times === 1 : times <= 1))).toBe(true);
  });
});
