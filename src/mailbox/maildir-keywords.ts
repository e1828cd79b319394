import { existsSync } from 'node:fs';
import { chmod, chown, readFile, rename, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isCode, withFileLock } from './file-lock.ts';

/**
 * The keywords of a Maildir as Dovecot keeps them: the letters a–z among a file's flags stand for the names in `dovecot-keywords`, one a line with
 * its number (0 is a). So a Dovecot over the same Maildir shows our keywords, and we its own.
 */
export class MaildirKeywords {
  readonly #maildir: string;

  constructor(maildir: string) {
    this.#maildir = maildir;
  }

  /** Letter to name. */
  async read(): Promise<ReadonlyMap<string, string>> {
    const text = await readFile(join(this.#maildir, 'dovecot-keywords'), 'utf8').catch((error: unknown) => {
      if (isCode(error, 'ENOENT')) return '';
      throw error;
    });
    const names = new Map<string, string>();
    for (const line of text.split('\n')) {
      const entry = /^(?<number>\d{1,2}) (?<name>\S+)$/.exec(line.trim())?.groups;
      const letter = letterOf(Number(entry?.['number'] ?? 26));
      if (entry?.['name'] !== undefined && letter !== null) names.set(letter, entry['name']);
    }
    return names;
  }

  /** The keyword's letter, given out now if it has none; null when all 26 are taken. */
  async letterFor(keyword: string): Promise<string | null> {
    const known = find(await this.read(), keyword);
    if (known !== null) return known;
    // Dovecot writes this file under the lock of its list of UIDs.
    const lock = existsSync(join(this.#maildir, 'dovecot-uidlist')) ? 'dovecot-uidlist.lock' : 'dovecot-keywords.lock';
    return withFileLock(join(this.#maildir, lock), async () => {
      const names = new Map(await this.read());
      const again = find(names, keyword);
      if (again !== null) return again;
      for (let number = 0; number < 26; number += 1) {
        const letter = letterOf(number);
        if (letter === null || names.has(letter)) continue;
        names.set(letter, keyword);
        const lines = [...names].map(([key, name]) => `${key.charCodeAt(0) - 97} ${name}\n`).join('');
        const aside = join(this.#maildir, `dovecot-keywords.${process.pid}.tmp`);
        const path = join(this.#maildir, 'dovecot-keywords');
        await writeFile(aside, lines, { mode: 0o600 });
        // The mail server must still be able to read it when we run as someone else.
        const like = await stat(path).catch(() => stat(join(this.#maildir, 'cur')));
        await chmod(aside, like.mode & 0o666);
        if (process.getuid?.() === 0) await chown(aside, like.uid, like.gid);
        await rename(aside, path);
        return letter;
      }
      return null;
    });
  }
}

function find(names: ReadonlyMap<string, string>, keyword: string): string | null {
  for (const [letter, name] of names) if (name.toLowerCase() === keyword.toLowerCase()) return letter;
  return null;
}

function letterOf(number: number): string | null {
  return Number.isInteger(number) && number >= 0 && number < 26 ? String.fromCharCode(97 + number) : null;
}
