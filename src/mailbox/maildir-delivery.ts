import { mkdir, open, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { maildirName, uniqueMaildirName } from './maildir-names.ts';

/** Makes a Maildir (`tmp`, `new`, `cur`), and a Maildir++ folder of it where `folder` is named; what is there already stays. */
export async function createMaildir(maildir: string, folder?: string): Promise<string> {
  const path = folder === undefined ? maildir : join(maildir, `.${folder}`);
  for (const name of ['tmp', 'new', 'cur']) await mkdir(join(path, name), { recursive: true, mode: 0o700 });
  if (folder !== undefined) await writeFile(join(path, 'maildirfolder'), '', { flag: 'a' });
  return path;
}

/**
 * Puts a mail into a Maildir so that no reader ever sees half of it: written and synced in `tmp/`, then renamed. Into `new/` as a delivery
 * does, or into `cur/` when it comes with flags. Returns the file's name without flags.
 */
export async function deliverToMaildir(maildir: string, source: Buffer, flags?: string): Promise<string> {
  const base = uniqueMaildirName();
  const aside = join(maildir, 'tmp', base);
  const file = await open(aside, 'wx', 0o600);
  try {
    await file.writeFile(source);
    await file.sync();
  } catch (error) {
    await rm(aside, { force: true });
    throw error;
  } finally {
    await file.close();
  }
  await rename(aside, flags === undefined ? join(maildir, 'new', base) : join(maildir, 'cur', maildirName(base, flags)));
  return base;
}
