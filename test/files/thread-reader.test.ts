import { describe, expect, it } from 'vitest';
import { defaultLookLimits } from '../../src/files/look-limits.ts';
import { openThreadReader } from '../../src/files/thread-reader.ts';
import { docxOf } from './files-on-hand.ts';

describe('the reading thread', () => {
  it('that cannot be started costs one file its text, not the next ones', async () => {
    let starts = 0;
    const limits = {
      ...defaultLookLimits,
      // Read where the limits are copied for the thread: so the first one does not come to life.
      get documentChars(): number {
        if (++starts === 1) throw new Error('no thread for now');
        return defaultLookLimits.documentChars;
      },
    };
    const thread = openThreadReader(limits);
    const task = { format: 'packed_text', bytes: docxOf(['Total 9 EUR']) } as const;
    const [first, second] = await Promise.all([thread.read(task, 10_000), thread.read(task, 10_000)]);
    await thread.close();

    expect(first).toEqual({ document: null, screen: null, notes: ['unreadable'] });
    expect(second.document?.text).toContain('Total 9 EUR');
  });
});
