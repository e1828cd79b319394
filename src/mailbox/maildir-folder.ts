import { open, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { parseMaildirName } from './maildir-names.ts';

/** A file of a Maildir at the moment it was listed; another program may rename it at any time. */
export interface MaildirEntry {
  readonly base: string;
  readonly flags: string;
  readonly path: string;
}

/** The mails in `new/` and `cur/`, oldest name first. Of one that is just being moved from one to the other, the newer place. */
export async function listMaildir(folder: string): Promise<Map<string, MaildirEntry>> {
  const entries = new Map<string, MaildirEntry>();
  // In this order: a mail moved in between is met twice rather than not at all.
  for (const place of ['new', 'cur']) {
    for (const found of await readdir(join(folder, place), { withFileTypes: true })) {
      // No symbolic links, pipes or devices that someone put there to be read by us.
      if (!found.isFile() || found.name.startsWith('.')) continue;
      const { base, flags } = parseMaildirName(found.name);
      entries.set(base, { base, flags, path: join(folder, place, found.name) });
    }
  }
  return new Map([...entries].toSorted(([a], [b]) => compareNames(a, b)));
}

/** By the seconds and microseconds of delivery that names begin with, then by letters. */
function compareNames(a: string, b: string): number {
  const [aTime, bTime] = [Number.parseInt(a, 10), Number.parseInt(b, 10)];
  if (aTime !== bTime && !Number.isNaN(aTime) && !Number.isNaN(bTime)) return aTime - bTime;
  return a.localeCompare(b, 'en', { numeric: true });
}

const headerBytes = 64 * 1024;

/** Message-IDs of a folder's mails. A file's content never changes, so each is read once. */
export class MessageIdIndex {
  readonly #ids = new Map<string, string | null>();

  add(base: string, messageId: string): void {
    this.#ids.set(base, messageId);
  }

  async idsIn(folder: string): Promise<Set<string>> {
    const ids = new Set<string>();
    const entries = await listMaildir(folder);
    for (const base of this.#ids.keys()) if (!entries.has(base)) this.#ids.delete(base);
    for (const [base, entry] of entries) {
      if (!this.#ids.has(base)) this.#ids.set(base, await readMessageId(entry.path));
      const id = this.#ids.get(base);
      if (id != null) ids.add(id);
    }
    return ids;
  }
}

async function readMessageId(path: string): Promise<string | null> {
  const file = await open(path, 'r').catch(() => null);
  if (file === null) return null;
  try {
    const buffer = Buffer.alloc(headerBytes);
    const { bytesRead } = await file.read(buffer, 0, headerBytes, 0);
    const [header = ''] = buffer.toString('latin1', 0, bytesRead).split(/\r?\n\r?\n/, 1);
    return /^message-id:\s*(?<id><[^>]*>)/im.exec(header)?.groups?.['id'] ?? null;
  } finally {
    await file.close();
  }
}
