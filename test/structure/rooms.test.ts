import { readFile, readdir } from 'node:fs/promises';
import { dirname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const sourceDir = fileURLToPath(new URL('../../src', import.meta.url));

/** In the order of the flow. A room imports itself and earlier ones. Files right under `src` belong to the room whose list names them. */
const rooms: readonly { readonly name: string; readonly files?: readonly string[] }[] = [
  { name: 'foundation', files: ['errors.ts', 'nearest-name.ts', 'checked-yaml.ts', 'secret.ts', 'circuit-breaker.ts'] },
  { name: 'message' },
  { name: 'mailbox' },
  { name: 'files' },
  { name: 'facts' },
  { name: 'model' },
  { name: 'records' },
  { name: 'decision' },
  { name: 'draft' },
  { name: 'packs' },
  { name: 'triage', files: ['reading.ts', 'thread.ts', 'triage.ts'] },
  { name: 'database' },
  { name: 'cases' },
  { name: 'sending' },
  { name: 'worker' },
  { name: 'monitoring' },
  { name: 'desk' },
  { name: 'config', files: ['config.ts', 'config-schema.ts', 'config-environment.ts', 'config-records.ts', 'config-desk.ts', 'config-sending.ts'] },
  { name: 'demo' },
  { name: 'commands' },
  { name: 'main', files: ['main.ts'] },
];

/** The corners of the room `facts`, from what a fact is to a reading; the files right in it that stand before them all. */
const corners = ['text', 'numbers', 'likeness', 'languages', 'merchant', 'sums', 'dates', 'counts', 'names', 'forms', 'requests'];
const beforeCorners = ['facts.ts'];

function isInFacts(path: string): boolean {
  return path.startsWith('facts/');
}

function cornerOf(path: string): number {
  const [, first = '', ...rest] = path.split('/');
  if (rest.length > 0) return corners.indexOf(first);
  return beforeCorners.includes(first) ? -1 : corners.length;
}

function roomOf(path: string): number {
  const [first = '', ...rest] = path.split('/');
  return rooms.findIndex((room) => (rest.length > 0 ? room.name === first && room.files === undefined : room.files?.includes(first)));
}

const files = await sourceFiles();

async function sourceFiles(): Promise<{ path: string; text: string; imports: string[] }[]> {
  const entries = await readdir(sourceDir, { recursive: true });
  const paths = entries.filter((path) => path.endsWith('.ts')).toSorted();
  return Promise.all(
    paths.map(async (path) => {
      const text = await readFile(join(sourceDir, path), 'utf8');
      const specifiers = [...text.matchAll(/(?:\bfrom\s+|\bimport\s*\(?\s*)'(\.{1,2}\/[^']+)'/g)].map((match) => match[1] ?? '');
      return { path, text, imports: specifiers.map((specifier) => normalize(join(dirname(path), specifier))) };
    }),
  );
}

describe('the house', () => {
  it('has a room for every source file', () => {
    expect(files.length).toBeGreaterThan(20);
    expect(files.filter((file) => roomOf(file.path) === -1).map((file) => file.path)).toEqual([]);
  });

  it('flows one way: each room imports itself and earlier rooms only', () => {
    const backwards = files.flatMap((file) =>
      file.imports
        .filter((target) => target.endsWith('.ts') && roomOf(target) > roomOf(file.path))
        .map((target) => `${file.path} imports ${target}`),
    );
    expect(backwards).toEqual([]);
  });

  it('flows one way within the largest room as well', () => {
    const backwards = files.filter(({ path }) => isInFacts(path)).flatMap(({ path, imports }) =>
      imports.filter((target) => isInFacts(target) && target.endsWith('.ts') && cornerOf(target) > cornerOf(path)).map((target) => `${path} imports ${target}`),
    );
    expect(backwards).toEqual([]);
    expect(new Set(files.filter(({ path }) => isInFacts(path)).map(({ path }) => cornerOf(path)))).toEqual(new Set([-1, ...corners.keys(), corners.length]));
  });

  it('imports no room from outside of src', () => {
    expect(files.flatMap((file) => file.imports.filter((target) => target.startsWith('..') && target !== '../package.json'))).toEqual([]);
  });

  it('reads the environment in the entry point only', () => {
    const readers = files.filter((file) => /process\s*(\.\s*env|\[)/.test(file.text)).map((file) => file.path);
    expect(readers).toEqual(['main.ts']);
  });
});
