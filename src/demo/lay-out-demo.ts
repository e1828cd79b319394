import { existsSync } from 'node:fs';
import { readFile, readdir, rename, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createMaildir, deliverToMaildir } from '../mailbox/maildir-delivery.ts';

const samplesDir = fileURLToPath(new URL('mails', import.meta.url));

/** Where a demo keeps everything it makes. */
export interface DemoPlace {
  readonly dir: string;
  /** A Maildir with the sample mails in `new/`. */
  readonly maildir: string;
  readonly store: string;
}

/**
 * Lays the sample mails into a Maildir of their own, the first time only: a second start finds the mailbox as it was left. The Maildir appears
 * whole or not at all.
 */
export async function layOutDemo(dir: string): Promise<DemoPlace> {
  const place = { dir: resolve(dir), maildir: join(resolve(dir), 'Maildir'), store: join(resolve(dir), 'store') };
  if (existsSync(place.maildir)) return place;
  const unfinished = join(place.dir, `.Maildir-${process.pid}`);
  await createMaildir(unfinished);
  for (const name of await sampleNames()) await deliverToMaildir(unfinished, await readFile(join(samplesDir, name)));
  try {
    await rename(unfinished, place.maildir);
  } catch (error) {
    await rm(unfinished, { recursive: true });
    if (!existsSync(place.maildir)) throw error;
  }
  return place;
}

export async function sampleNames(): Promise<string[]> {
  return (await readdir(samplesDir)).filter((name) => name.endsWith('.eml')).toSorted();
}
