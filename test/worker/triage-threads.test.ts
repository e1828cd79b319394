import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { triageMailWith } from '../../src/commands/triage-mail.ts';
import { loadPacks } from '../../src/packs/load-packs.ts';
import { NotAMessageError } from '../../src/message/not-a-message-error.ts';
import type { Packs } from '../../src/packs/pack.ts';
import type { TriageMail } from '../../src/worker/triage-mail.ts';
import { openTriageThreads, type TriageThreads } from '../../src/worker/triage-threads.ts';

const templatesDir = fileURLToPath(new URL('../../templates', import.meta.url));
const corpus = fileURLToPath(new URL('../corpus', import.meta.url));
const context = { internalDate: new Date('2026-03-14T12:00:00Z'), bytes: 4_096, partBytes: null, mailbox: 'support' };
const questions = {
  findThread: async () => await Promise.resolve(null),
  countEarlierRequests: async () => await Promise.resolve(2),
};

let packs: Packs;
let sources: readonly Buffer[];
let threads: TriageThreads | null = null;

beforeAll(async () => {
  packs = await loadPacks(templatesDir);
  const names = (await readdir(corpus)).filter((name) => name.endsWith('.eml')).toSorted().slice(0, 40);
  sources = await Promise.all(names.map(async (name) => await readFile(join(corpus, name))));
});
afterEach(async () => {
  await threads?.close();
  threads = null;
});

function openThreads(triageHere: TriageMail, more: { readonly packHashes?: readonly string[] } = {}, program?: URL): TriageThreads {
  threads = openTriageThreads({ templatesDir, authservIds: [], merchants: new Map(), records: [], packHashes: packs.map(({ hash }) => hash), threads: 1, triageHere, questions, ...more }, program);
  return threads;
}

/** Mail upon mail, as from a backlog, until `isEnough`. Errors that mails met with. */
async function pressOn({ triage }: TriageThreads, isEnough: () => boolean): Promise<unknown[]> {
  const errors: unknown[] = [];
  while (!isEnough()) {
    await Promise.all([triage(Buffer.alloc(0), context), triage(Buffer.alloc(0), context)]).catch((error: unknown) => { errors.push(error); });
    await sleep(1);
  }
  return errors;
}

describe('triage in threads', () => {
  it('comes to the same as triage here, answers of the store included', async () => {
    const here = triageMailWith(packs, { authservIds: [], merchants: new Map(), ...questions });
    const some = await here(sources[0] ?? Buffer.alloc(0), context);
    let isPressing = true;
    const open = openThreads(async () => {
      if (!isPressing) throw new Error('this was for the thread');
      return await Promise.resolve(some);
    });
    await pressOn(open, () => open.ready() > 0);
    isPressing = false;
    for (const source of sources) {
      const { draftSource, ...result } = await open.triage(source, context);
      const { draftSource: draftSourceHere, ...expected } = await here(source, context);
      expect(result).toEqual(expected);
      if (expected.draft !== null) expect(draftSource().equals(draftSourceHere())).toBe(true);
    }
  });

  it('tells of a mail that cannot be read by the error that it meets here', async () => {
    const here = triageMailWith(packs, { authservIds: [], merchants: new Map(), ...questions });
    const some = await here(sources[0] ?? Buffer.alloc(0), context);
    const open = openThreads(async (source, known) => (source.length === 0 ? some : await here(source, known)));
    await pressOn(open, () => open.ready() > 0);
    await expect(open.triage(Buffer.from('\0\0\0'), context)).rejects.toThrow(NotAMessageError);
  });

  it('says of mails that a thread died with that they are to be tried again, and goes on here', async () => {
    const some = await triageMailWith(packs, { authservIds: [], merchants: new Map(), ...questions })(sources[0] ?? Buffer.alloc(0), context);
    const open = openThreads(async () => await Promise.resolve(some), {}, new URL('dying-thread.ts', import.meta.url));
    let wasReady = false;
    const errors = await pressOn(open, () => {
      wasReady ||= open.ready() > 0;
      return wasReady && open.ready() === 0;
    });
    expect(errors[0]).toMatchObject({ code: 'triage_thread_ended', retryable: true });
    expect(await open.triage(Buffer.alloc(0), context)).toBe(some);
  });

  it('starts none for a few mails, and uses none that found other packs', async () => {
    const some = await triageMailWith(packs, { authservIds: [], merchants: new Map(), ...questions })(sources[0] ?? Buffer.alloc(0), context);
    const open = openThreads(async () => await Promise.resolve(some), { packHashes: ['other'] });
    for (let mail = 0; mail < 20; mail += 1) expect(await open.triage(Buffer.alloc(0), context)).toBe(some);
    const until = performance.now() + 3_000;
    await pressOn(open, () => performance.now() > until);
    expect(open.ready()).toBe(0);
  });
});
