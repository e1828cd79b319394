import { readFile, readdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const top = fileURLToPath(new URL('../..', import.meta.url));

interface ErrorClass {
  readonly name: string;
  readonly parent: string;
  readonly abstract: boolean;
  readonly code: string | undefined;
}

async function errorClasses(): Promise<ErrorClass[]> {
  const paths = (await readdir(`${top}src`, { recursive: true })).filter((path) => path.endsWith('.ts'));
  const texts = await Promise.all(paths.map((path) => readFile(`${top}src/${path}`, 'utf8')));
  const all = texts.flatMap((text) =>
    [...text.matchAll(/^export (abstract )?class (\w+) extends (\w+) \{(?:\}|([^]*?)^\})/gm)].map(([, isAbstract, name = '', parent = '', body = '']) => ({
      name,
      parent,
      abstract: isAbstract !== undefined,
      code: /^ {2}readonly code = '(\w+)';/m.exec(body)?.[1],
    })),
  );
  const ours = new Set(['TriageError']);
  for (let before = 0; before < ours.size; ) {
    before = ours.size;
    for (const { name, parent } of all) if (ours.has(parent)) ours.add(name);
  }
  return all.filter(({ name, abstract }) => ours.has(name) && !abstract);
}

function byCodeUnits(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}

describe('the error codes', () => {
  it('are one to a class', async () => {
    const classes = await errorClasses();
    expect(classes.length).toBeGreaterThan(10);
    expect(classes.filter(({ code }) => code === undefined)).toEqual([]);
    expect(new Set(classes.map(({ code }) => code)).size).toBe(classes.length);
  });

  it('all stand in the README under "What happens when…", and no others', async () => {
    const readme = await readFile(`${top}README.md`, 'utf8');
    const [, section = ''] = readme.split('## What happens when…');
    const [table = ''] = section.split('\n## ');
    const documented = [...table.matchAll(/^\| `(\w+)` \|/gm)].map(([, code = '']) => code);
    expect(documented.toSorted(byCodeUnits)).toEqual((await errorClasses()).map(({ code = '' }) => code).toSorted(byCodeUnits));
  });
});
