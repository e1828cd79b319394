import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { endianness } from 'node:os';
import type { ExampleBook } from './example-book.ts';
import { NumberTable } from './number-table.ts';
import { exampleConcept } from './read-examples.ts';

/**
 * A fitted example book as a file, `<code>.book` in `fitted`, written when the program is installed or built, so that not every process has to fit it anew.
 * It holds the key of what it was fitted from; under another key it is as good as absent.
 */

/** The folder `facts`, of TypeScript or of what was built from it. */
export const factsFolder = new URL('../', import.meta.url);

export function fittedBookFile(code: string, folder: URL): URL {
  return new URL(`likeness/fitted/${code}.book`, folder);
}

/** What the fitting consists of: an edit of any of them makes the files stale. */
export const fittingModules = [
  'facts', 'text/fold', 'text/keys-of', 'text/recent-words', 'likeness/example-book', 'likeness/number-table', 'likeness/read-examples', 'likeness/sentence-features',
];

const codeHashes = new Map<string, string>();

/** All that a language's book is fitted from, as one hash: its examples, the modules that fit it, and this machine's order of bytes. */
export function fittingKey(code: string, examples: Buffer, folder: URL): string {
  let codeHash = codeHashes.get(folder.href);
  if (codeHash === undefined) {
    const hash = createHash('sha256').update(endianness());
    for (const name of fittingModules) {
      const source = new URL(`${name}.ts`, folder);
      hash.update(readFileSync(existsSync(source) ? source : new URL(`${name}.js`, folder)));
    }
    codeHash = hash.digest('hex');
    codeHashes.set(folder.href, codeHash);
  }
  return createHash('sha256').update(`${codeHash}\n${code}\n`).update(examples).digest('hex');
}

/** In the order of the file: bytes of the names, rows, concepts, and 1 for unspaced writing. */
const headNumbers = 4;

/** Head, step, bias, the rows' features, weights; then the key and the concepts' names, a line each. */
export function toBytes({ concepts, rows, weights, step, bias, unspaced }: ExampleBook, key: string): Buffer {
  const names = Buffer.from([key, ...concepts].join('\n'));
  const parts = [Int32Array.of(names.length, rows.size, concepts.length, unspaced ? 1 : 0), Float64Array.of(step), bias, rows.keys(), weights, names];
  return Buffer.concat(parts.map(({ buffer, byteOffset, byteLength }) => Buffer.from(buffer, byteOffset, byteLength)));
}

/** The book in these bytes; null where they are not one of this key. The weights stay where they are. */
export function fromBytes(bytes: Uint8Array<ArrayBuffer>, key: string): ExampleBook | null {
  const { buffer, byteOffset } = bytes.byteOffset % 8 === 0 ? bytes : bytes.slice();
  let at = byteOffset + headNumbers * 4;
  if (bytes.length < headNumbers * 4) return null;
  const [nameBytes = 0, rowCount = 0, conceptCount = 0, unspaced = 0] = new Int32Array(buffer, byteOffset, headNumbers);
  if (bytes.length !== headNumbers * 4 + 8 + conceptCount * 4 + rowCount * 4 + rowCount * conceptCount + nameBytes) return null;
  const [step = 0] = new Float64Array(buffer, at, 1);
  const bias = new Float32Array(buffer, (at += 8), conceptCount);
  const features = new Int32Array(buffer, (at += conceptCount * 4), rowCount);
  const weights = new Int8Array(buffer, (at += rowCount * 4), rowCount * conceptCount);
  const [keyThere, ...names] = Buffer.from(buffer, at + weights.length, nameBytes).toString().split('\n');
  const concepts = names.flatMap((name) => exampleConcept(name) ?? []);
  if (keyThere !== key || concepts.length !== conceptCount) return null;
  return { concepts, rows: NumberTable.of(features), weights, step, bias, unspaced: unspaced === 1 };
}

/** The fitted book of a language; null where no file holds it, or a stale one, or one that cannot be read. */
export function loadFittedBook(code: string, examples: Buffer, folder = factsFolder): ExampleBook | null {
  const file = fittedBookFile(code, folder);
  if (!existsSync(file)) return null;
  try {
    return fromBytes(readFileSync(file), fittingKey(code, examples, folder));
  } catch {
    return null;
  }
}
