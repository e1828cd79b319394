import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readFile, readdir, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadFittedBook } from '../../src/facts/likeness/fitted-book.ts';
import { languagesWithExamples } from '../../src/facts/languages/languages.ts';
import { examplesOf } from '../../src/facts/likeness/read-examples.ts';

const top = fileURLToPath(new URL('../..', import.meta.url));
const sample = join(top, 'src/demo/mails/07-imgto3d-fr-partly-used.eml');

/** The machine's own Node, not the one that the project brings for its development: the package has to run on what people have. */
function installedNode(): string {
  const folders = (process.env['PATH'] ?? '').split(delimiter).filter((folder) => !folder.includes('node_modules'));
  for (const node of folders.map((folder) => join(folder, 'node'))) {
    try {
      accessSync(node, constants.X_OK);
      return node;
    } catch {
      continue;
    }
  }
  return process.execPath;
}

let elsewhere: string;
let program: string;

// What `npm install ./refund-triage-….tgz` does, without a registry: the tarball's content in node_modules beside its dependencies, and no others.
beforeAll(async () => {
  elsewhere = await mkdtemp(join(tmpdir(), 'refund-triage-package-'));
  const pack = spawnSync('npm', ['pack', '--silent', '--pack-destination', elsewhere], { cwd: top, encoding: 'utf8' });
  expect([pack.status, pack.stderr, pack.status === 0 ? '' : pack.stdout]).toEqual([0, '', '']);
  const [tarball = ''] = (await readdir(elsewhere)).filter((name) => name.endsWith('.tgz'));
  expect(spawnSync('tar', ['-xzf', tarball], { cwd: elsewhere }).status).toBe(0);
  const modules = join(elsewhere, 'node_modules');
  await mkdir(join(modules, '.bin'), { recursive: true });
  await cp(join(elsewhere, 'package'), join(modules, 'refund-triage'), { recursive: true });
  const { dependencies } = await packageJson(join(modules, 'refund-triage'));
  for (const name of Object.keys(dependencies)) {
    await mkdir(dirname(join(modules, name)), { recursive: true });
    await symlink(join(top, 'node_modules', name), join(modules, name));
  }
  program = join(modules, '.bin', 'refund-triage');
  await symlink('../refund-triage/dist/main.js', program);
}, 120_000);

afterAll(async () => {
  await rm(elsewhere, { recursive: true });
});

async function packageJson(folder: string): Promise<{ version: string; dependencies: Record<string, string> }> {
  const content: unknown = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'));
  if (typeof content !== 'object' || content === null || !('version' in content) || !('dependencies' in content)) throw new Error('no package.json');
  return { version: String(content.version), dependencies: Object.fromEntries(Object.entries(content.dependencies ?? {})) };
}

function run(...args: string[]): { status: number | null; stdout: string; stderr: string } {
  return spawnSync(installedNode(), [program, ...args], { cwd: elsewhere, encoding: 'utf8', env: { PATH: process.env['PATH'], HOME: elsewhere }, timeout: 100_000 });
}

describe('the package, installed elsewhere', () => {
  it('holds the built program, the packs and the papers, and nothing else', async () => {
    const entries = await readdir(join(elsewhere, 'package'));
    expect(entries.toSorted()).toEqual(['LICENSE', 'README.md', 'dist', 'package.json', 'templates']);
    const built = await readdir(join(elsewhere, 'package', 'dist'), { recursive: true });
    expect(built.filter((name) => /\.ts$|tsconfig/.test(name))).toEqual([]);
    expect(built.filter((name) => name.endsWith('.eml')).length).toBeGreaterThanOrEqual(15);
  });

  it('brings the example books along, fitted', () => {
    const facts = pathToFileURL(join(elsewhere, 'package', 'dist', 'facts', '/'));
    expect(languagesWithExamples.filter((code) => loadFittedBook(code, examplesOf(code), facts) === null)).toEqual([]);
  });

  it('says its version', async () => {
    expect(run('--version')).toMatchObject({ status: 0, stdout: `${(await packageJson(top)).version}\n` });
  });

  it('reads a mail', () => {
    const { status, stdout, stderr } = run('read', sample);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(JSON.parse(stdout)).toMatchObject({ brand: 'imgto3d', language: 'fr', decision: { outcome: 'partial_refund', amount: '18.00 EUR' } });
  });

  it('lays out a pack beside itself, not within what a package manager owns, and finds nothing to mend in it', () => {
    const { status, stdout, stderr } = run('pack', 'new', 'bean-club', '--languages', 'fr');
    expect({ status, files: stdout.split('\n')[0] }).toEqual({ status: 0, files: join('templates', 'bean-club', 'policy.en.txt') });
    expect(stderr).toContain('templates_dir: templates in refund-triage.yaml');
    expect(run('pack', 'check', '--templates', 'templates')).toEqual(expect.objectContaining({ status: 0, stdout: 'bean-club: nothing to mend\n' }));
  });

  it('runs the demo and keeps what it makes outside of the package', () => {
    const { status, stdout, stderr } = run('demo', '--once');
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toContain('Draft');
    expect(existsSync(join(elsewhere, '.local', 'share', 'refund-triage', 'demo', 'Maildir', '.Drafts'))).toBe(true);
  });
});
