import { parentPort, workerData } from 'node:worker_threads';
import { openLetterReader, type LetterReader } from './letter-reader.ts';
import { readPackedText } from './packed-text.ts';
import { readPdfText } from './pdf-text.ts';
import type { LookLimits } from './look-limits.ts';
import type { ReadingTask, ReadingResult } from './thread-reader.ts';

/** Runs in a thread of its own: what a file makes the libraries do can keep it busy, fill its memory or end it, and touches nothing else. */
const limits: LookLimits = workerData;
const port = parentPort;
let letterReader: Promise<LetterReader> | null = null;

port?.on('message', (task: ReadingTask) => void answer(task));

async function answer(task: ReadingTask): Promise<void> {
  const result = await read(task).catch((): ReadingResult => ({ document: null, screen: null, notes: ['unreadable'] }));
  port?.postMessage(result);
}

async function read({ format, bytes }: ReadingTask): Promise<ReadingResult> {
  switch (format) {
    case 'picture': {
      letterReader ??= openLetterReader();
      const screen = (await letterReader).read(bytes);
      return { document: null, screen, notes: screen === null ? ['unreadable'] : [] };
    }
    case 'pdf':
      return { screen: null, ...(await readPdfText(bytes, { pages: limits.documentPages, chars: limits.documentChars })) };
    case 'packed_text':
      return { screen: null, ...readPackedText(bytes, { unpackedBytes: limits.unpackedBytes, chars: limits.documentChars }) };
    default:
      return format satisfies never;
  }
}
