import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { openMailProbe } from '../../src/worker/mail-probe.ts';
import { TriageTimeoutError, WorkerKillerError } from '../../src/worker/worker-errors.ts';

const templatesDir = fileURLToPath(new URL('../../templates', import.meta.url));
const dyingProcess = new URL('dying-process.ts', import.meta.url);

function mail(source: Buffer) {
  return [source, { internalDate: new Date('2026-03-17T09:00:00Z'), bytes: source.length, partBytes: null, mailbox: 'support' }] as const;
}

describe('a probe', () => {
  it('lets a mail pass that can be read, and one that is refused', async () => {
    const probe = openMailProbe(() => templatesDir);
    await probe(...mail(await readFile(new URL('../corpus/mixed-child.eml', import.meta.url))));
    await probe(...mail(Buffer.from('\0\0\0')));
  }, 60_000);

  it('survives a mail that takes down its process, fills its memory or never ends', async () => {
    const probe = openMailProbe(() => templatesDir, { timeoutMs: 5_000, startMs: 60_000, heapMb: 64 }, dyingProcess);
    await expect(probe(...mail(Buffer.from('dies')))).rejects.toThrow(WorkerKillerError);
    await expect(probe(...mail(Buffer.from('greedy')))).rejects.toThrow(WorkerKillerError);
    await expect(probe(...mail(Buffer.from('endless')))).rejects.toThrow(TriageTimeoutError);
  }, 60_000);

  it('blames no mail for a process that does not come to reading it', async () => {
    const probe = openMailProbe(() => templatesDir, { timeoutMs: 60_000, startMs: 500, heapMb: 64 }, dyingProcess);
    await expect(probe(...mail(Buffer.from('late')))).rejects.toMatchObject({ code: 'triage_thread_ended', retryable: true });
  });
});
