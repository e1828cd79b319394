import { loadPolicy } from './load-policy.ts';
import { PackError } from './pack-error.ts';
import type { Pack } from './pack.ts';

/** A pack as it was kept: its files, by which a decision is taken again as it was taken then. */
export type StoredPack = Pick<Pack, 'name' | 'hash' | 'files'>;

/** As much of a pack as deciding and explaining need. */
export type DecidingPack = Pick<Pack, 'name' | 'hash' | 'compiled' | 'policyTexts'>;

export const policyFile = 'policy.yaml';

/** Throws `PackError` where this release no longer understands the policy. */
export function decidingPack({ name, hash, files }: StoredPack): DecidingPack {
  const path = `${name}/${policyFile}`;
  const { compiled, problems } = loadPolicy(files.get(path)?.toString('utf8') ?? '', path);
  if (compiled === null) throw new PackError(problems);
  return { name, hash, compiled, policyTexts: policyTextsIn(files, name) };
}

/** The merchant's published text by language: `policy.<language>.txt`. */
export function policyTextsIn(files: Pack['files'], name: string): ReadonlyMap<string, string> {
  const texts = new Map<string, string>();
  for (const [path, content] of files) {
    const language = path.startsWith(`${name}/`) ? /^policy\.([a-z]{2})\.txt$/u.exec(path.slice(name.length + 1))?.[1] : undefined;
    if (language !== undefined) texts.set(language, content.toString('utf8'));
  }
  return texts;
}
