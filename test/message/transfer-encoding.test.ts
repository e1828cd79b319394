import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeTransfer, decodeTransferStream, type TransferEncoding } from '../../src/message/transfer-encoding.ts';

async function* pieces(body: Buffer, cuts: readonly number[]): AsyncGenerator<Buffer> {
  const places = [...new Set(cuts.map((cut) => cut % (body.length + 1)))].toSorted((a, b) => a - b);
  let start = 0;
  for (const end of [...places, body.length]) {
    yield body.subarray(start, end);
    start = end;
  }
}

async function decode(body: Buffer, encoding: TransferEncoding, cuts: readonly number[]): Promise<string> {
  const decoded: Buffer[] = [];
  for await (const piece of decodeTransferStream(pieces(body, cuts), encoding)) decoded.push(piece);
  return Buffer.concat(decoded).toString('latin1');
}

const cuts = fc.array(fc.nat(5_000), { maxLength: 8 });

describe('a body that comes in pieces', () => {
  it('is decoded as it would be at once, wherever base64 is cut', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 900 }), fc.constantFrom('\r\n', '\n', ' \r\n\r\n', '!\n'), cuts, async (bytes, lineBreak, at) => {
        const body = Buffer.from(Buffer.from(bytes).toString('base64').replaceAll(/.{40}/g, `$&${lineBreak}`));
        expect(await decode(body, 'base64', at)).toBe(Buffer.from(bytes).toString('latin1'));
      }),
    );
  });

  it('is decoded as it would be at once, wherever quoted-printable is cut', async () => {
    const piece = fc.constantFrom('a=C3=BC', '=', '=\r\n', '=  \r\n', '\r\n', '=3', '=zz', 'word ', '=\n', '==41');
    await fc.assert(
      fc.asyncProperty(fc.array(piece, { maxLength: 200 }), cuts, async (words, at) => {
        const body = Buffer.from(words.join(''));
        expect(await decode(body, 'quoted-printable', at)).toBe(decodeTransfer(body, 'quoted-printable', body.length).toString('latin1'));
      }),
    );
    const endless = Buffer.from('=41b'.repeat(50_000));
    expect(await decode(endless, 'quoted-printable', [65_537, 70_001, 140_002, 199_999])).toBe('Ab'.repeat(50_000));
  });

  it('is left as it is where it is not encoded', async () => {
    expect(await decode(Buffer.from('=41 is not decoded'), 'identity', [2, 5])).toBe('=41 is not decoded');
  });
});
