import { parentPort, workerData } from 'node:worker_threads';
import { loadPacks } from '../packs/load-packs.ts';
import { laterRecords } from '../records/records-reader.ts';
import type { Thread } from '../thread.ts';
import { triage } from '../triage.ts';
import type { FromThread, StoreQuestion, ToThread, TriageThreadSettings } from './triage-threads.ts';

/** Runs in a thread of its own, beside others: triages the mails that it is given, and has the store asked by those who have it. */
const settings: TriageThreadSettings = workerData;
const packs = await loadPacks(settings.templatesDir);
const records = settings.records.length === 0 ? null : laterRecords(settings.records);
const asking = new Map<number, { readonly resolve: (answer: Thread | number | null) => void; readonly reject: (error: Error) => void }>();
let questions = 0;

parentPort?.on('message', (message: ToThread) => {
  if (message.kind === 'triage') {
    void triageHere(message);
    return;
  }
  const waiting = asking.get(message.question);
  asking.delete(message.question);
  if (message.kind === 'answer') waiting?.resolve(message.answer);
  else waiting?.reject(new Error(message.reason));
});
say({ kind: 'ready', packHashes: packs.map(({ hash }) => hash) });

function say(message: FromThread, moved: ArrayBuffer[] = []): void {
  parentPort?.postMessage(message, moved);
}

async function ask(asked: StoreQuestion): Promise<Thread | number | null> {
  questions += 1;
  const question = questions;
  return await new Promise((resolve, reject) => {
    asking.set(question, { resolve, reject });
    say({ kind: 'ask', question, asked });
  });
}

async function triageHere({ mail, source, context: { mailbox, ...context } }: Extract<ToThread, { kind: 'triage' }>): Promise<void> {
  try {
    const { draftSource, ...result } = await triage(Buffer.from(source.buffer, source.byteOffset, source.byteLength), { ...context, merchant: settings.merchants.get(mailbox) ?? null }, {
      packs, authservIds: settings.authservIds, records,
      findThread: async (query) => {
        const found = await ask({ what: 'thread', query });
        return typeof found === 'number' ? null : found;
      },
      countEarlierRequests: async (request) => Number(await ask({ what: 'history', request })),
    });
    // A copy of its own size: small buffers share one.
    const draft = result.draft === null ? null : Uint8Array.from(draftSource());
    say({ kind: 'triaged', mail, result, draft }, draft === null ? [] : [draft.buffer]);
  } catch {
    // Errors lose their class on the way: whoever gave the mail triages it again and meets this one there.
    say({ kind: 'failed', mail });
  }
}
