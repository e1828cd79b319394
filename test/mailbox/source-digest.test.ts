import { createHash } from 'node:crypto';
import { array, assert, constantFrom, nat, property } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SourceDigest, sourceDigest } from '../../src/mailbox/source-digest.ts';

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

describe('the digest of a source', () => {
  it('is the SHA-256 of it with CRLF, however its lines end', () => {
    expect(sourceDigest(Buffer.from('A: b\r\n\r\nHello\r\n'))).toBe(sha256('A: b\r\n\r\nHello\r\n'));
    expect(sourceDigest(Buffer.from('\nA: b\n\r\nHello\n'))).toBe(sha256('\r\nA: b\r\n\r\nHello\r\n'));
    expect(sourceDigest(Buffer.from('Hello\r'))).not.toBe(sourceDigest(Buffer.from('Hello\r\n')));
    expect(sourceDigest(Buffer.alloc(0))).toBe(sha256(''));
  });

  it('is the same wherever the source is cut', () => {
    assert(
      property(array(constantFrom('a', '\n', '\r\n', '\r', '\r\r\n'), { maxLength: 40 }), array(nat(80), { maxLength: 5 }), (words, cuts) => {
        const source = Buffer.from(words.join(''));
        const digest = new SourceDigest();
        let start = 0;
        for (const end of [...cuts.map((cut) => cut % (source.length + 1)).toSorted((a, b) => a - b), source.length]) {
          digest.update(source.subarray(start, end));
          start = end;
        }
        expect(digest.hex()).toBe(sourceDigest(source));
      }),
    );
  });
});
