import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { didYouMean } from '../nearest-name.ts';
import { bundledSharedDir, sharedFolder } from './load-packs.ts';
import { NewPackError } from './new-pack-error.ts';

const examplePack = fileURLToPath(new URL('new-pack', import.meta.url));
const schemaFile = fileURLToPath(new URL('policy.schema.json', import.meta.url));

/**
 * Lays out a folder `name` under `dir`: the example pack under that name, and its replies in the languages, beside English. Returns the files.
 * @throws {NewPackError} where the name cannot be a pack's, a file is in the way, or a language has no phrases to build on
 */
export async function layOutPack(name: string, languages: readonly string[], dir: string): Promise<string[]> {
  if (!/^[a-z0-9]+(-[a-z0-9]+)*$/u.test(name) || name === sharedFolder) throw new NewPackError(`"${name}" cannot be a pack's name: it must be lower-case words joined by hyphens, such as my-shop`);
  const sharedDir = await phrasesDir(dir);
  const others = [...new Set(languages)].filter((language) => language !== 'en');
  const known = (await readdir(sharedDir)).flatMap((file) => /^([a-z]{2})\.yaml$/u.exec(file)?.[1] ?? []);
  const unknown = others.filter((language) => !known.includes(language));
  if (unknown.length > 0) {
    throw new NewPackError(`there are no phrases in ${unknown.map((language) => `"${language}"`).join(', ')} yet.${didYouMean(unknown[0] ?? '', known)} There are ${known.join(', ')}; for another write ${sharedFolder}/<language>.yaml and ${sharedFolder}/replies/<language>/ first`);
  }
  const folder = join(dir, name);
  const contents = await exampleFiles(name, others, folder);
  for (const language of others) for (const [file, content] of await firstReplies(language, contents, sharedDir)) contents.set(file, content);
  await mkdir(dir, { recursive: true });
  try {
    await mkdir(folder);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') throw new NewPackError(`${folder} is there already`, { cause: error });
    throw error;
  }
  for (const [file, content] of contents) {
    await mkdir(dirname(join(folder, file)), { recursive: true });
    await writeFile(join(folder, file), content);
  }
  return [...contents.keys()].map((file) => join(folder, file));
}

async function phrasesDir(dir: string): Promise<string> {
  const own = join(dir, sharedFolder);
  return (await readdir(own).then((files) => files.length > 0, () => false)) ? own : bundledSharedDir;
}

async function exampleFiles(name: string, languages: readonly string[], folder: string): Promise<Map<string, string>> {
  const title = name.split('-').map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join(' ');
  const files = await readdir(examplePack, { recursive: true, withFileTypes: true });
  const contents = new Map<string, string>();
  for (const entry of files.filter((each) => each.isFile())) {
    const path = join(entry.parentPath, entry.name);
    const text = (await readFile(path, 'utf8'))
      .replaceAll('my-shop', name)
      .replaceAll('My Shop', title)
      .replace('languages: [en]', `languages: [${['en', ...languages].join(', ')}]`)
      .replace('$schema=policy.schema.json', `$schema=${relative(folder, schemaFile).split(sep).join('/')}`);
    contents.set(relative(examplePack, path).split(sep).join('/'), text);
  }
  return new Map([...contents].toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

const denials = ['return-too-late'];

// What all merchants share says nothing wrong, but nothing of this policy either.
async function firstReplies(language: string, contents: ReadonlyMap<string, string>, sharedDir: string): Promise<[string, string][]> {
  const [deny, review] = await Promise.all(['deny.md', 'human-review.md'].map((file) => readFile(join(sharedDir, 'replies', language, file), 'utf8')));
  return [...contents.keys()].flatMap((file): [string, string][] => {
    const reply = /^replies\/en\/(.+)\.md$/u.exec(file)?.[1];
    if (reply === undefined) return [];
    const note = `{% # Say here what replies/en/${reply}.md says. Until then this reply names no clause and promises nothing. %}\n`;
    return [[`replies/${language}/${reply}.md`, `${note}${(denials.includes(reply) ? deny : review) ?? ''}`]];
  });
}
