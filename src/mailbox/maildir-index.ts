import { constants } from 'node:fs';
import { open, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { isCode, withFileLock } from './file-lock.ts';

/**
 * The UIDs of a Maildir: a text file in it, `refund-triage-uids`, that is only ever appended to. Its first line names the format and the UIDVALIDITY,
 * each further one gives a UID to a file name (without its flags). A last line without its end was cut by a crash and does not count.
 */
export interface MaildirIndex {
  readonly uidValidity: string;
  /** The UID that the next mail gets. */
  readonly uidNext: number;
  uidOf(base: string): number | undefined;
  baseOf(uid: number): string | undefined;
}

const fileName = 'refund-triage-uids';
const formatLine = /^refund-triage-uids 1 (?<validity>[1-9]\d*)$/;

export class MaildirUids implements MaildirIndex {
  readonly #path: string;
  #uids = new Map<string, number>();
  #bases = new Map<number, string>();
  #validity = '';
  #next = 1;
  #queue: Promise<unknown> = Promise.resolve();
  #loaded = { inode: -1, bytes: -1 };

  constructor(maildir: string) {
    this.#path = join(maildir, fileName);
  }

  get uidValidity(): string {
    return this.#validity;
  }
  get uidNext(): number {
    return this.#next;
  }
  uidOf(base: string): number | undefined {
    return this.#uids.get(base);
  }
  baseOf(uid: number): string | undefined {
    return this.#bases.get(uid);
  }

  /** Reads what others have written, and gives UIDs to the names that have none, in the order given. Safe among processes. */
  assign(bases: readonly string[]): Promise<void> {
    const result = this.#queue.then(() => this.#assign(bases));
    this.#queue = result.catch(() => undefined);
    return result;
  }

  async #assign(bases: readonly string[]): Promise<void> {
    await this.#load();
    if (this.#validity !== '' && bases.every((base) => this.#uids.has(base))) return;
    await withFileLock(`${this.#path}.lock`, async () => {
      await this.#load();
      const fresh = bases.filter((base) => !this.#uids.has(base));
      let lines = '';
      if (this.#validity === '') {
        this.#validity = String(Date.now());
        lines = `refund-triage-uids 1 ${this.#validity}\n`;
      }
      for (const base of fresh) {
        lines += `${this.#next} ${base}\n`;
        this.#add(this.#next, base);
      }
      const file = await open(this.#path, constants.O_WRONLY | constants.O_CREAT, 0o600);
      try {
        // Written at the end of what is valid: the remains of a write that a crash cut short are replaced.
        const at = Math.max(this.#loaded.bytes, 0);
        const data = Buffer.from(lines);
        await file.truncate(at);
        await file.write(data, 0, data.length, at);
        // A UID must not come back for another mail after a power failure.
        await file.sync();
        this.#loaded = { inode: (await file.stat()).ino, bytes: at + data.length };
      } finally {
        await file.close();
      }
    });
  }

  async #load(): Promise<void> {
    const found = await stat(this.#path).catch((error: unknown) => {
      if (isCode(error, 'ENOENT')) return null;
      throw error;
    });
    if (found !== null && found.ino === this.#loaded.inode && found.size === this.#loaded.bytes) return;
    const text = found === null ? '' : await readFile(this.#path, 'utf8');
    const valid = text.slice(0, text.lastIndexOf('\n') + 1);
    const [first = '', ...lines] = valid.split('\n');
    this.#uids = new Map();
    this.#bases = new Map();
    this.#next = 1;
    this.#validity = formatLine.exec(first)?.groups?.['validity'] ?? '';
    // Without a readable first line nothing in it can be trusted: a new UIDVALIDITY begins.
    this.#loaded = { inode: found?.ino ?? -1, bytes: this.#validity === '' ? 0 : Buffer.byteLength(valid) };
    if (this.#validity === '') return;
    for (const line of lines) {
      const at = line.indexOf(' ');
      const uid = Number(line.slice(0, at));
      if (at > 0 && Number.isSafeInteger(uid) && uid >= this.#next) this.#add(uid, line.slice(at + 1));
    }
  }

  #add(uid: number, base: string): void {
    this.#uids.set(base, uid);
    this.#bases.set(uid, base);
    this.#next = uid + 1;
  }
}
