import { Worker } from 'node:worker_threads';
import type { MerchantRecords } from '../records/records-reader.ts';
import type { EarlierRequests, TriageResult } from '../triage.ts';
import type { Thread, ThreadQuery } from '../thread.ts';
import type { TriageMail } from './triage-mail.ts';
import { TriageThreadError } from './worker-errors.ts';

/** What a triage thread works with from its start. */
export interface TriageThreadSettings {
  readonly templatesDir: string;
  readonly authservIds: readonly string[];
  /** By mailbox the only merchant whose mail comes there. */
  readonly merchants: ReadonlyMap<string, string | null>;
  /** Whose orders can be looked up, though not by the thread. */
  readonly records: readonly MerchantRecords[];
}

/** What the store is asked by a mail on its way. */
export interface StoreQuestions {
  readonly findThread: (query: ThreadQuery) => Promise<Thread | null>;
  readonly countEarlierRequests: (request: EarlierRequests) => Promise<number>;
}

export type StoreQuestion = { readonly what: 'thread'; readonly query: ThreadQuery } | { readonly what: 'history'; readonly request: EarlierRequests };

/** What is said to a triage thread, and what it says. Numbers tell mails, and questions, from each other. */
export type ToThread =
  | { readonly kind: 'triage'; readonly mail: number; readonly source: Uint8Array; readonly context: Parameters<TriageMail>[1] }
  | { readonly kind: 'answer'; readonly question: number; readonly answer: Thread | number | null }
  | { readonly kind: 'no_answer'; readonly question: number; readonly reason: string };
export type FromThread =
  | { readonly kind: 'ready'; readonly packHashes: readonly string[] }
  | { readonly kind: 'ask'; readonly question: number; readonly asked: StoreQuestion }
  | { readonly kind: 'triaged'; readonly mail: number; readonly result: Omit<TriageResult, 'draftSource'>; readonly draft: Uint8Array | null }
  | { readonly kind: 'failed'; readonly mail: number };

export interface TriageThreadsOptions extends TriageThreadSettings {
  /** Hashes of the packs that were read from `templatesDir`: a thread that finds others there is not used. */
  readonly packHashes: readonly string[];
  /** At most so many; none are ever started where it is 0. */
  readonly threads: number;
  /** Triages in this thread: until the others have started, while they have enough in hand, and what they could not. */
  readonly triageHere: TriageMail;
  readonly questions: StoreQuestions;
}

/** Triage spread over threads once much mail waits; they end when there was none for a while. */
export interface TriageThreads {
  /** Throws what `triageHere` throws, and `TriageThreadError` where a thread ended with the mail in hand. */
  readonly triage: TriageMail;
  /** How many threads have started. */
  readonly ready: () => number;
  readonly close: () => Promise<void>;
}

/** So many mails in so short a time do not come in by themselves: more of them wait. A thread takes a second of work to start and a few hundred megabytes, which fewer are not worth. */
const pressMails = 60;
const pressWithinMs = 5_000;
const idleMs = 60_000;
/** One to work on, and the next ones at hand. */
const mailsInHand = 3;
/** Less than a mail is given on the whole: of the mails in hand when a thread is stuck, each is tried again alone, and only the one that does it again is to blame. */
const stuckMs = 45_000;
const heapMb = 1_024;

const thisFile = import.meta.url;
const defaultProgram = new URL(`./triage-thread${thisFile.slice(thisFile.lastIndexOf('.'))}`, thisFile);

export function openTriageThreads(options: TriageThreadsOptions, program = defaultProgram): TriageThreads {
  let hands: readonly Hand[] = [];
  let inFlight = 0;
  let counted = { mails: 0, fromMs: 0 };
  let isOver = options.threads === 0;
  let idleTimer: NodeJS.Timeout | undefined;
  const dismiss = async (): Promise<void> => {
    clearTimeout(idleTimer);
    counted = { mails: 0, fromMs: 0 };
    const leaving = hands;
    hands = [];
    await Promise.all(leaving.map(async (hand) => { await hand.end(); }));
  };
  const takeOn = (): void => {
    if (isOver || hands.length > 0) return;
    const nowMs = performance.now();
    counted = nowMs - counted.fromMs > pressWithinMs ? { mails: 1, fromMs: nowMs } : { ...counted, mails: counted.mails + 1 };
    if (counted.mails < pressMails) return;
    hands = Array.from({ length: options.threads }, () => startHand(options, program, (hand, isOfUse) => {
      hands = hands.filter((each) => each !== hand);
      isOver ||= !isOfUse;
    }));
  };
  return {
    triage: async (source, context) => {
      inFlight += 1;
      clearTimeout(idleTimer);
      try {
        takeOn();
        const hand = hands.filter(({ canTake }) => canTake()).toSorted((a, b) => a.load() - b.load()).at(0);
        return (await hand?.triage(source, context)) ?? (await options.triageHere(source, context));
      } finally {
        inFlight -= 1;
        if (inFlight === 0 && hands.length > 0) idleTimer = setTimeout(() => void dismiss(), idleMs).unref();
      }
    },
    ready: () => hands.filter(({ isReady }) => isReady()).length,
    close: async () => {
      isOver = true;
      await dismiss();
    },
  };
}

/** One thread, as those see it who give it mail. */
interface Hand {
  readonly isReady: () => boolean;
  readonly canTake: () => boolean;
  readonly load: () => number;
  /** Null where the thread could not triage it, and it is to be tried here, to see why. Throws `TriageThreadError`. */
  readonly triage: (...mail: Parameters<TriageMail>) => Promise<TriageResult | null>;
  readonly end: () => Promise<void>;
}

interface InHand {
  readonly resolve: (result: TriageResult | null) => void;
  readonly reject: (error: Error) => void;
  readonly timer: NodeJS.Timeout;
}

/** `onEnd` hears of its end; it was of no use where it never became ready, or has other packs than we. */
function startHand({ packHashes, questions, templatesDir, authservIds, merchants, records }: TriageThreadsOptions, program: URL, onEnd: (hand: Hand, isOfUse: boolean) => void): Hand {
  const settings: TriageThreadSettings = { templatesDir, authservIds, merchants, records };
  const thread = new Worker(program, { workerData: settings, env: {}, resourceLimits: { maxOldGenerationSizeMb: heapMb } });
  const inHand = new Map<number, InHand>();
  let mails = 0;
  let isReady = false;
  let hasEnded = false;
  const say = (message: ToThread): void => { if (!hasEnded) thread.postMessage(message, []); };
  const end = async (isOfUse = true): Promise<void> => {
    if (hasEnded) return;
    hasEnded = true;
    onEnd(hand, isOfUse);
    for (const { reject, timer } of inHand.values()) {
      clearTimeout(timer);
      reject(new TriageThreadError('The thread that was reading the mail ended before it had read it.'));
    }
    inHand.clear();
    await thread.terminate();
  };
  const settle = (mail: number, result: TriageResult | null): void => {
    const waiting = inHand.get(mail);
    inHand.delete(mail);
    clearTimeout(waiting?.timer);
    waiting?.resolve(result);
    // An idle thread does not keep the process.
    if (inHand.size === 0) thread.unref();
  };
  const answer = async (question: number, asked: StoreQuestion): Promise<void> => {
    try {
      say({ kind: 'answer', question, answer: await ask(asked, questions) });
    } catch (error) {
      say({ kind: 'no_answer', question, reason: error instanceof Error ? error.message : String(error) });
    }
  };
  const hear = (message: FromThread): void => {
    switch (message.kind) {
      case 'ready':
        isReady = message.packHashes.join() === packHashes.join();
        if (!isReady) void end(false);
        return;
      case 'ask':
        void answer(message.question, message.asked);
        return;
      case 'triaged':
        settle(message.mail, asHere(message.result, message.draft));
        return;
      case 'failed':
        settle(message.mail, null);
        return;
      default:
        message satisfies never;
    }
  };
  const hand: Hand = {
    isReady: () => isReady && !hasEnded,
    canTake: () => isReady && !hasEnded && inHand.size < mailsInHand,
    load: () => inHand.size,
    triage: async (source, context) => await new Promise((resolve, reject) => {
      mails += 1;
      inHand.set(mails, { resolve, reject, timer: setTimeout(() => void end(), stuckMs) });
      thread.ref();
      say({ kind: 'triage', mail: mails, source, context });
    }),
    end,
  };
  thread.on('message', hear).on('error', () => void end(isReady)).on('exit', () => void end(isReady));
  thread.unref();
  return hand;
}

async function ask(asked: StoreQuestion, { findThread, countEarlierRequests }: StoreQuestions): Promise<Thread | number | null> {
  return asked.what === 'thread' ? await findThread(asked.query) : await countEarlierRequests(asked.request);
}

function asHere(result: Omit<TriageResult, 'draftSource'>, draft: Uint8Array | null): TriageResult {
  return {
    ...result,
    draftSource: () => {
      if (draft === null) throw new Error('this mail has no draft');
      return Buffer.from(draft.buffer, draft.byteOffset, draft.byteLength);
    },
  };
}
