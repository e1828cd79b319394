import { EventEmitter, once } from 'node:events';
import { describe, expect, it } from 'vitest';
import { type Generation, openLiveTriages } from '../../src/commands/live-triage.ts';
import type { TriageMail } from '../../src/worker/triage-mail.ts';
import { testMail, testTriage } from '../worker/test-triage.ts';

const context = { internalDate: new Date(0), bytes: 1, partBytes: null, mailbox: 'support', again: false };

interface Made extends Generation {
  readonly asked: string[];
  isClosed: boolean;
}

/** Triages that say which of them was asked; `until` holds them up. */
function generation(name: string, { until = Promise.resolve(), hasRecords = true }: { until?: Promise<unknown>; hasRecords?: boolean } = {}): Made {
  const asked: string[] = [];
  const way = (kind: string): TriageMail => async (source, given) => {
    asked.push(`${name} ${kind}`);
    await until;
    return await testTriage()(source, given);
  };
  const made: Made = {
    asked, isClosed: false, triage: way('plain'), triageWithRecords: hasRecords ? way('records') : null, triageWithFiles: way('files'), triageWithSecondReader: null,
    close: async () => {
      made.isClosed = true;
      await Promise.resolve();
    },
  };
  return made;
}

describe('triages that are replaced while mail is on its way', () => {
  it('end with the ones before what was begun with them, which are closed then and not sooner', async () => {
    const gate = new EventEmitter();
    const first = generation('first', { until: once(gate, 'open') });
    const second = generation('second');
    const live = openLiveTriages(first);
    const begun = live.triage(testMail('m1'), context);
    live.replace(second);
    await live.triageWithFiles?.(testMail('m2'), context);
    expect({ first: first.asked, second: second.asked, isClosed: first.isClosed }).toEqual({ first: ['first plain'], second: ['second files'], isClosed: false });
    gate.emit('open');
    await begun;
    expect([first.isClosed, second.isClosed]).toEqual([true, false]);
    await live.close();
    expect(second.isClosed).toBe(true);
  });

  it('close at once those that nothing goes through', async () => {
    const first = generation('first');
    const live = openLiveTriages(first);
    await expect(live.triage(Buffer.from('x'), context)).resolves.toBeDefined();
    live.replace(generation('second'));
    expect(first.isClosed).toBe(true);
  });

  it('keep the ways that were there at the start, as the worker has queues for them', async () => {
    const live = openLiveTriages(generation('first'));
    expect(live.triageWithSecondReader).toBeNull();
    const second = generation('second', { hasRecords: false });
    live.replace(second);
    await live.triageWithRecords?.(testMail('m1'), context);
    expect(second.asked).toEqual(['second plain']);
  });
});
