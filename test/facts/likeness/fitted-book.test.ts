import { appendFileSync, cpSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { fitExampleBook, likeness } from '../../../src/facts/likeness/example-book.ts';
import { factsFolder, fittedBookFile, fittingKey, fittingModules, fromBytes, loadFittedBook, toBytes } from '../../../src/facts/likeness/fitted-book.ts';
import { keepExampleBooks } from '../../../src/facts/languages/keep-example-books.ts';
import { languagesWithExamples, phraseBookOf } from '../../../src/facts/languages/languages.ts';
import { examplesOf, readExamples } from '../../../src/facts/likeness/read-examples.ts';

const source = fileURLToPath(factsFolder);
const elsewhere = mkdtempSync(join(tmpdir(), 'refund-triage-fitted-'));
afterAll(() => {
  rmSync(elsewhere, { recursive: true });
});

/** The modules of the room, without what was fitted from them. */
function copyOfFacts(): URL {
  const folder = mkdtempSync(join(elsewhere, 'facts-'));
  for (const name of fittingModules) cpSync(join(source, `${name}.ts`), join(folder, `${name}.ts`));
  return pathToFileURL(`${folder}/`);
}

describe('a fitted book in a file', () => {
  it.each(['tr', 'pl', 'ko'])('in %s is, byte for byte, what the examples give when they are fitted now', (code) => {
    const examples = examplesOf(code);
    const key = fittingKey(code, examples, factsFolder);
    const fitted = fitExampleBook(readExamples(code), phraseBookOf(code).language);
    const loaded = loadFittedBook(code, examples);

    expect(loaded).not.toBeNull();
    expect(loaded && toBytes(loaded, key).equals(toBytes(fitted, key))).toBe(true);
    expect(loaded?.concepts).toEqual(fitted.concepts);
    for (const sentence of Object.values(readExamples(code)).map(([first = '']) => first)) expect(loaded && likeness(sentence, loaded)).toEqual(likeness(sentence, fitted));
  });

  it('is there for each language that has examples', () => {
    expect(languagesWithExamples.filter((code) => loadFittedBook(code, examplesOf(code)) === null)).toEqual([]);
  });

  it('counts for nothing once an example is edited', () => {
    expect(loadFittedBook('tr', Buffer.concat([examplesOf('tr'), Buffer.from('Bir cümle daha.\n')]))).toBeNull();
  });

  it('counts for nothing where it is cut short, empty or of another format', () => {
    const key = fittingKey('tr', examplesOf('tr'), factsFolder);
    const whole = new Uint8Array(readFileSync(fittedBookFile('tr', factsFolder)));

    expect(fromBytes(whole, key)).not.toBeNull();
    for (const bytes of [whole.slice(0, -1), whole.slice(0, 7), new Uint8Array(0), new TextEncoder().encode('no book at all, but long enough')]) expect(fromBytes(bytes, key)).toBeNull();
  });

  it('is read wherever in memory it lies', () => {
    const key = fittingKey('tr', examplesOf('tr'), factsFolder);
    const file = readFileSync(fittedBookFile('tr', factsFolder));
    const shifted = new Uint8Array(file.length + 1);
    shifted.set(file, 1);
    const book = fromBytes(shifted.subarray(1), key);

    expect(book && toBytes(book, key).equals(file)).toBe(true);
  });
});

describe('keeping the example books', () => {
  it('writes all of them into a copy of the folder, and only where they are stale', async () => {
    const folder = copyOfFacts();
    await keepExampleBooks(folder);
    const first = readdirSync(new URL('likeness/fitted/', folder)).toSorted();
    expect(first).toEqual(languagesWithExamples.map((code) => `${code}.book`).toSorted());
    expect(loadFittedBook('tr', examplesOf('tr'), folder)).not.toBeNull();

    rmSync(fittedBookFile('ko', folder));
    const untouched = readFileSync(fittedBookFile('tr', folder));
    await keepExampleBooks(folder);
    expect(loadFittedBook('ko', examplesOf('ko'), folder)).not.toBeNull();
    expect(readFileSync(fittedBookFile('tr', folder)).equals(untouched)).toBe(true);
  });

  it.each(fittingModules)('takes an edit of %s for another fitting', (name) => {
    const [copied, edited] = [copyOfFacts(), copyOfFacts()];
    appendFileSync(new URL(`${name}.ts`, edited), '\n');

    expect(fittingKey('tr', examplesOf('tr'), copied)).toBe(fittingKey('tr', examplesOf('tr'), factsFolder));
    expect(fittingKey('tr', examplesOf('tr'), edited)).not.toBe(fittingKey('tr', examplesOf('tr'), factsFolder));
  });

  it('knows every module that the fitting runs through', () => {
    const reached = new Set<string>();
    const follow = (name: string): void => {
      if (reached.has(name)) return;
      reached.add(name);
      const text = readFileSync(join(source, `${name}.ts`), 'utf8');
      for (const [, path = ''] of text.matchAll(/^import \{.*from '(\.{1,2}\/[^']+)\.ts'/gm)) follow(join(dirname(name), path));
    };
    follow('likeness/example-book');
    follow('likeness/read-examples');

    expect([...reached].toSorted()).toEqual(fittingModules.toSorted());
  });
});
