import { createHash } from 'node:crypto';

const [cr, lf] = [0x0d, 0x0a];

/**
 * Lower-case hex SHA-256 of a mail's source with its line ends as CRLF, in which a Maildir and an IMAP server differ. An edited draft has another one, whatever
 * program edited it.
 */
export function sourceDigest(source: Buffer): string {
  return new SourceDigest().update(source).hex();
}

/** The same of a source that comes in pieces, however they are cut. */
export class SourceDigest {
  readonly #hash = createHash('sha256');
  #last = 0;

  update(piece: Buffer): this {
    let written = 0;
    for (let at = piece.indexOf(lf); at >= 0; at = piece.indexOf(lf, at + 1)) {
      if ((at === 0 ? this.#last : piece[at - 1]) === cr) continue;
      this.#hash.update(piece.subarray(written, at)).update('\r');
      written = at;
    }
    this.#hash.update(piece.subarray(written));
    this.#last = piece.at(-1) ?? this.#last;
    return this;
  }

  hex(): string {
    return this.#hash.digest('hex');
  }
}
