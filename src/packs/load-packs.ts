import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join, relative, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { keyText, parseYaml } from '../checked-yaml.ts';
import { missingReplies, loadReplies } from '../draft/replies.ts';
import type { CompiledPolicy } from '../decision/compile-policy.ts';
import { loadPolicy } from './load-policy.ts';
import { policyFile, policyTextsIn } from './stored-pack.ts';
import type { Pack, Packs } from './pack.ts';
import { PackError, type PackProblem } from './pack-error.ts';

export const sharedFolder = 'shared';
/** What comes with the program for all packs. */
export const bundledSharedDir = fileURLToPath(new URL('../../templates/shared', import.meta.url));

interface SharedFiles {
  readonly dir: string;
  readonly files: readonly string[];
}

/**
 * Reads every merchant's folder under `dir`; what lies in `dir/shared` belongs to all of them. Where there is no such folder, the one that comes
 * with the program does.
 * @throws {PackError} with every problem of all packs
 */
export async function loadPacks(dir: string): Promise<Packs> {
  const { packs, problems } = await readPacks(dir);
  if (problems.length > 0) throw new PackError(problems);
  return packs;
}

/**
 * As `loadPacks`: the packs that can be used, the names of all, and every problem.
 * @throws {PackError} where there are none to read
 */
export async function readPacks(dir: string): Promise<{ readonly packs: Packs; readonly names: readonly string[]; readonly problems: readonly PackProblem[] }> {
  const folders = await foldersIn(dir);
  const sharedDir = folders.includes(sharedFolder) ? join(dir, sharedFolder) : bundledSharedDir;
  const shared = await filesUnder(sharedDir);
  const names = folders.filter((name) => name !== sharedFolder);
  if (names.length === 0) throw new PackError([{ file: dir, line: null, column: null, key: '', message: 'there is no merchant\'s folder here' }]);

  const problems: PackProblem[] = [];
  const packs: Pack[] = [];
  for (const name of names) {
    const pack = await loadPack(dir, name, { dir: sharedDir, files: shared }, problems);
    if (pack !== null) packs.push(pack);
  }
  problems.push(...doubledAddresses(packs, dir));
  return { packs: Object.freeze(packs), names, problems: eachOnce(problems) };
}

// A fault in what all packs share is every pack's.
function eachOnce(problems: readonly PackProblem[]): PackProblem[] {
  return [...new Map(problems.map((problem) => [JSON.stringify(problem), problem])).values()];
}

async function loadPack(dir: string, name: string, shared: SharedFiles, problems: PackProblem[]): Promise<Pack | null> {
  const folder = join(dir, name);
  const file = join(folder, policyFile);
  const files = await filesUnder(folder);
  if (!files.includes(file)) {
    problems.push({ file, line: null, column: null, key: '', message: 'this file is missing' });
    return null;
  }
  const source = await readFile(file, 'utf8');
  const { compiled, problems: found } = loadPolicy(source, file);
  problems.push(...found);
  if (compiled === null) {
    problems.push(...replyProblems(await loadReplies(folder, shared.dir, languagesOf(files, folder))));
    return null;
  }
  const { policy } = compiled;
  const problemAt = (path: readonly (string | number)[], message: string): PackProblem => ({ file, ...parseYaml(source).locate(path), key: keyText(path), message });
  if (policy.name !== name) problems.push(problemAt(['name'], `must be the name of the folder, "${name}"`));

  const { replies, faults } = await loadReplies(folder, shared.dir, policy.languages);
  problems.push(...replyProblems({ faults }));
  if (replies === null) return null;
  const lacking = missingReplies(replies, rulesWithReplies(compiled));
  problems.push(...lacking.map(({ rule, message }) => problemAt(['rules', policy.rules.findIndex((each) => each.name === rule)], message)));
  // Orders come and go, and are no part of the policy: they are neither kept nor hashed with it.
  const orders = policy.records?.csv === undefined ? null : resolve(folder, policy.records.csv.file);
  const contents = new Map([...await readContents(files.filter((each) => resolve(each) !== orders), dir, ''), ...await readContents(shared.files, shared.dir, `${sharedFolder}/`)]);
  const policyTexts = policyTextsIn(contents, name);
  return Object.freeze({ name, policy, compiled, vocabulary: policy.reader, policyTexts, replies, files: contents, hash: hashFiles(contents) });
}

function replyProblems({ faults }: Pick<Awaited<ReturnType<typeof loadReplies>>, 'faults'>): PackProblem[] {
  return faults.map(({ file, line, problem }) => ({ file, line, column: null, key: '', message: problem }));
}

// Those that have replies, where the policy cannot say.
function languagesOf(files: readonly string[], folder: string): string[] {
  return [...new Set(files.flatMap((file) => /^replies[/\\]([a-z]{2})[/\\]/u.exec(relative(folder, file))?.[1] ?? []))];
}

function rulesWithReplies({ policy }: CompiledPolicy) {
  return policy.rules.map((rule) => ({ ...rule, requires: [...rule.requires, ...(rule.cases ?? []).flatMap(({ requires }) => requires ?? [])] }));
}

// Mail to one address can be one merchant's only.
function doubledAddresses(packs: readonly Pack[], dir: string): PackProblem[] {
  const owners = new Map<string, string>();
  return packs.flatMap(({ name, policy }) =>
    [...new Set([...policy.addresses, ...policy.domains])].flatMap((address) => {
      const owner = owners.get(address);
      if (owner === undefined) owners.set(address, name);
      if (owner === undefined) return [];
      return [{ file: join(dir, name, policyFile), line: null, column: null, key: 'addresses', message: `"${address}" is ${owner}'s already` }];
    }),
  );
}

async function readContents(files: readonly string[], dir: string, prefix: string): Promise<Map<string, Buffer>> {
  const contents = new Map<string, Buffer>();
  for (const file of files) contents.set(prefix + relative(dir, file).split(sep).join('/'), await readFile(file));
  return contents;
}

/** The hash of a pack with these files. Names and sizes go in as well, so that no two different packs are the same stream of bytes. */
export function hashFiles(files: Pack['files']): string {
  const hash = createHash('sha256');
  for (const [path, content] of files) hash.update(`${path}\0${content.length}\0`).update(content);
  return hash.digest('hex');
}

async function foldersIn(dir: string): Promise<string[]> {
  try {
    const entries = await readdir(dir, { withFileTypes: true });
    return entries.filter((entry) => entry.isDirectory() && !entry.name.startsWith('.')).map(({ name }) => name).toSorted();
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR'))) throw error;
    throw new PackError([{ file: dir, line: null, column: null, key: '', message: 'there is no such folder' }]);
  }
}

// Sorted by path; what an editor or a file manager hides beside the files is none of the pack's.
async function filesUnder(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true });
  return entries
    .filter((entry) => entry.isFile() && !relative(folder, join(entry.parentPath, entry.name)).split(sep).some((part) => part.startsWith('.')))
    .map((entry) => join(entry.parentPath, entry.name))
    .toSorted();
}
