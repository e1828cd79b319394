import { describe, expect, it } from 'vitest';
import { readRange } from '../../src/desk/byte-range.ts';

describe('what part of a file is asked for', () => {
  it.each([
    [undefined, 'whole'], ['bytes=0-', '0-10'], ['bytes=0-1', '0-2'], ['bytes=4-7', '4-8'], ['bytes=4-99', '4-10'], ['bytes=-3', '7-10'], ['bytes=-99', '0-10'], ['Bytes=2-2', '2-3'],
    ['bytes=10-', 'beyond'], ['bytes=-0', 'beyond'], ['bytes=7-4', 'whole'], ['bytes=0-1,4-5', 'whole'], ['bytes=-', 'whole'], ['lines=0-1', 'whole'], ['bytes=a-b', 'whole'],
  ])('%j of ten bytes: %s', (range, expected) => {
    const asked = readRange(range, undefined, '"1"', 10);
    expect(asked.kind === 'part' ? `${String(asked.start)}-${String(asked.end)}` : asked.kind).toBe(expected);
  });

  it('is the whole of it for a browser that knows another file under that address', () => {
    expect(readRange('bytes=0-1', '"2"', '"1"', 10)).toEqual({ kind: 'whole' });
    expect(readRange('bytes=0-1', '"1"', '"1"', 10)).toEqual({ kind: 'part', start: 0, end: 2 });
  });
});
