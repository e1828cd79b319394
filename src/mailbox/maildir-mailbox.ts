import { watch as watchFiles } from 'node:fs';
import type { FSWatcher } from 'node:fs';
import { open, rename, stat } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { AnswerQuery, FoundAnswer, OwnDraft, RemovedCopies, RemovedDraft, SentCursor, SentPage } from './answer.ts';
import { isCode } from './file-lock.ts';
import { backOffMs } from './imap-watch.ts';
import { deliverToMaildir } from './maildir-delivery.ts';
import { listMaildir, MessageIdIndex } from './maildir-folder.ts';
import type { MaildirEntry } from './maildir-folder.ts';
import { MaildirFolders } from './maildir-folders.ts';
import { MaildirUids } from './maildir-index.ts';
import { MaildirKeywords } from './maildir-keywords.ts';
import { maildirName } from './maildir-names.ts';
import { openMaildirFile, openMaildirMail } from './maildir-opened.ts';
import type { ConnectionEvent, FetchDepth, FetchedMail, Mailbox, MailboxState, NewDraft, OpenedContent } from './mailbox.ts';
import { triageKeywords } from './mailbox.ts';
import { FolderMissingError, MailboxClosedError, MailboxError, MailboxRefusedError, QuotaExceededError, UidValidityChangedError } from './mailbox-errors.ts';
import { readSlimFile } from './slim-file.ts';
import { sourceDigest } from './source-digest.ts';

export interface MaildirMailboxOptions {
  readonly name: string;
  /** The folder with `new`, `cur` and `tmp`; Drafts and Sent are Maildir++ folders in it. */
  readonly path: string;
  /** As people write it; found by its usual names, else made, where it is not given. */
  readonly draftsFolder?: string;
  /** Found like Drafts; made when something is to be put there. */
  readonly sentFolder?: string;
  readonly maxMessageBytes?: number;
  /** How often the folder is read even when no file event came: network file systems send none. */
  readonly rescanIntervalMs?: number;
  readonly retryMinMs?: number;
  readonly retryMaxMs?: number;
}

/** Several files are copied in at once: the folder is read when the events pause. */
const settleMs = 30;
/** A subject that stands further down, below very long Received fields, is not looked for. */
const subjectWithinBytes = 16 * 1024;
/** A file that was written to more recently may still be being copied (`cp mail.eml new/`): it counts a moment later. */
const stillWrittenMs = 150;

/**
 * A Maildir on this machine's file system. UIDs come from an index file in it (`maildir-index.ts`), keywords are letters in the file names as Dovecot has them.
 * A mail stays in `new/` until it gets a keyword; then it moves to `cur/`, as under any mail server, and is as unread as before.
 */
export class MaildirMailbox implements Mailbox {
  readonly name: string;
  readonly #options: MaildirMailboxOptions;
  readonly #path: string;
  readonly #uids: MaildirUids;
  readonly #keywords: MaildirKeywords;
  readonly #draftIds = new MessageIdIndex();
  readonly #folders: MaildirFolders;
  #state: MailboxState | null = null;
  #entries = new Map<string, MaildirEntry>();
  #closed = false;
  #unsettled = false;

  constructor(options: MaildirMailboxOptions) {
    this.name = options.name;
    this.#options = options;
    this.#path = options.path;
    this.#uids = new MaildirUids(options.path);
    this.#keywords = new MaildirKeywords(options.path);
    this.#folders = new MaildirFolders(options.path, { drafts: options.draftsFolder, sent: options.sentFolder });
  }

  async open(): Promise<MailboxState> {
    return this.#run(async () => {
      this.#state = null;
      await this.#scan();
      const [drafts, sent] = [await this.#folders.make('drafts'), await this.#folders.find('sent')];
      const letters = await this.#keywords.read();
      const known = new Set([...letters.values()].map((name) => name.toLowerCase()));
      const needed = Object.values(triageKeywords).filter((keyword) => !known.has(keyword.toLowerCase()));
      this.#state = Object.freeze({
        uidValidity: this.#uids.uidValidity,
        uidNext: this.#uids.uidNext,
        keywordsAllowed: letters.size + needed.length <= 26,
        draftsFolder: drafts.name,
        sentFolder: sent?.name ?? null,
      });
      return this.#state;
    });
  }

  async listUidsAfter(afterUid: number): Promise<number[]> {
    return this.#run(async () => {
      await this.#scan();
      return this.#present().filter((uid) => uid > afterUid);
    });
  }

  async listUidsSince(since: Date): Promise<number[]> {
    return this.#run(async () => {
      await this.#scan();
      const dayStart = new Date(since).setUTCHours(0, 0, 0, 0);
      const uids: number[] = [];
      for (const uid of this.#present()) {
        const found = await this.#withFile(uid, (entry) => stat(entry.path));
        if (found !== null && found.mtimeMs >= dayStart) uids.push(uid);
      }
      return uids;
    });
  }

  async readSubjects(uids: readonly number[]): Promise<ReadonlyMap<number, Buffer>> {
    return this.#run(async () => {
      const subjects = new Map<number, Buffer>();
      for (const uid of uids) {
        const beginning = await this.#withFile(uid, (entry) => readBeginning(entry.path, subjectWithinBytes));
        if (beginning !== null) subjects.set(uid, beginning);
      }
      return subjects;
    });
  }

  async *fetch(uids: readonly number[], depth: FetchDepth = 'beginnings'): AsyncIterable<FetchedMail> {
    const names = await this.#run(async () => {
      await this.#scan();
      return this.#keywords.read();
    });
    for (const uid of uids) {
      const mail = await this.#run(() => this.#withFile(uid, (entry) => this.#read(uid, entry, names, depth)));
      if (mail !== null) yield mail;
    }
  }

  async findDrafts(messageIds: readonly string[]): Promise<ReadonlySet<string>> {
    if (messageIds.length === 0) return new Set();
    return this.#run(async () => {
      const present = await this.#draftIds.idsIn((await this.#folders.make('drafts')).path);
      return new Set(messageIds.filter((id) => present.has(id)));
    });
  }

  async appendDrafts(drafts: readonly NewDraft[]): Promise<readonly OwnDraft[]> {
    return this.#run(async () => {
      const folder = (await this.#folders.make('drafts')).path;
      return Promise.all(
        drafts.map(async ({ messageId, source }) => {
          this.#draftIds.add(await deliverToMaildir(folder, source, 'DS'), messageId);
          return { messageId, digest: sourceDigest(source) };
        }),
      );
    });
  }

  async addKeyword(uids: readonly number[], keyword: string): Promise<void> {
    if (uids.length === 0) return;
    await this.#run(async () => {
      const letter = await this.#keywords.letterFor(keyword);
      if (letter !== null) await this.#setFlags(uids, (flags) => (flags.includes(letter) ? flags : flags + letter));
    });
  }

  async removeKeyword(...[uids, keyword]: Parameters<Mailbox['removeKeyword']>): Promise<void> {
    if (uids.length === 0) return;
    await this.#run(async () => {
      const letters = [...(await this.#keywords.read())].filter(([, name]) => name.toLowerCase() === keyword.toLowerCase()).map(([letter]) => letter);
      await this.#setFlags(uids, (flags) => flags.split('').filter((flag) => !letters.includes(flag)).join(''));
    });
  }

  async markAnswered(uids: readonly number[]): Promise<void> {
    if (uids.length > 0) await this.#run(() => this.#setFlags(uids, (flags) => (flags.includes('R') ? flags : `${flags}R`)));
  }

  async #setFlags(uids: readonly number[], change: (flags: string) => string): Promise<void> {
    await this.#scan();
    for (const uid of uids) {
      await this.#withFile(uid, async (entry) => {
        const flags = change(entry.flags);
        if (flags === entry.flags) return;
        const path = join(this.#path, 'cur', maildirName(entry.base, flags));
        await rename(entry.path, path);
        this.#entries.set(entry.base, { base: entry.base, flags, path });
      });
    }
  }

  async findAnswers(query: AnswerQuery): Promise<readonly FoundAnswer[]> {
    if (query.answering.length === 0 && query.messageIds.length === 0) return [];
    return this.#run(async () => {
      const drafts = await (await this.#folders.make('drafts')).answers.find(query);
      return [...drafts, ...((await (await this.#folders.find('sent'))?.answers.find(query)) ?? [])];
    });
  }

  async readAnswer(answer: Pick<FoundAnswer, 'folder' | 'uidValidity' | 'uid'>): Promise<Buffer | null> {
    return this.#run(async () => (await (await this.#folders.find(answer.folder))?.answers.read(answer)) ?? null);
  }

  async removeDraft(draft: OwnDraft, which: RemovedCopies = 'all'): Promise<RemovedDraft> {
    return this.#run(async () => (await this.#folders.make('drafts')).answers.remove(draft, which));
  }

  async identifyDrafts(): Promise<string> {
    return this.#run(async () => (await this.#folders.make('drafts')).answers.identify());
  }

  async listSent(after: SentCursor, limit: number): Promise<SentPage> {
    return this.#run(async () => (await (await this.#folders.find('sent'))?.answers.listSent(after, limit)) ?? { cursor: after, mails: [], more: false });
  }

  async saveSent(mail: NewDraft): Promise<'saved' | 'already_there'> {
    return this.#run(async () => (await this.#folders.make('sent')).answers.saveSent(mail));
  }

  async openMail(uid: number): Promise<OpenedContent | null> {
    return this.#run(() => openMaildirMail(() => this.#openFile(uid)));
  }

  async openFile(uid: number, place: number): Promise<OpenedContent | null> {
    return this.#run(() => openMaildirFile(() => this.#openFile(uid), place));
  }

  async #openFile(uid: number): Promise<FileHandle | null> {
    return this.#run(async () => {
      await this.#scan();
      return this.#withFile(uid, (entry) => open(entry.path, 'r'));
    });
  }

  async watch(onChange: (state: MailboxState) => void, signal: AbortSignal, onState?: (event: ConnectionEvent) => void): Promise<void> {
    let failures = 0;
    while (!signal.aborted) {
      try {
        await this.#watchUntilLost(onChange, signal, () => {
          failures = 0;
          onState?.({ kind: 'connected' });
        });
      } catch (error) {
        if (signal.aborted) break;
        const retryInMs = backOffMs(failures, { retryMinMs: this.#options.retryMinMs ?? 1_000, retryMaxMs: this.#options.retryMaxMs ?? 60_000 });
        failures += 1;
        onState?.({ kind: 'lost', reason: error instanceof Error ? error.message : String(error), retryInMs });
        await sleep(retryInMs, undefined, { signal }).catch(() => undefined);
      }
    }
  }

  async close(): Promise<void> {
    this.#closed = true;
  }

  async #watchUntilLost(onChange: (state: MailboxState) => void, signal: AbortSignal, onConnected: () => void): Promise<void> {
    let state = await this.open();
    const watchers: FSWatcher[] = [];
    let wake: (() => void) | null = null;
    let changed = false;
    const onEvent = (): void => {
      changed = true;
      wake?.();
    };
    try {
      for (const place of ['new', 'cur']) {
        const watcher = watchFiles(join(this.#path, place), onEvent);
        // A folder that is removed ends its watcher; the reading that follows finds out.
        watcher.on('error', onEvent);
        watchers.push(watcher);
      }
      signal.addEventListener('abort', onEvent);
      onConnected();
      onChange(state);
      while (!signal.aborted) {
        if (changed || this.#unsettled) await sleep(settleMs);
        else {
          const timer = setTimeout(() => wake?.(), this.#options.rescanIntervalMs ?? 5_000);
          await new Promise<void>((resolve) => {
            wake = resolve;
          });
          clearTimeout(timer);
          wake = null;
        }
        changed = false;
        if (signal.aborted) break;
        const before = state;
        const uidValidity = await this.#run(async () => {
          await this.#scan(false);
          return this.#uids.uidValidity;
        });
        if (uidValidity === before.uidValidity && this.#uids.uidNext === before.uidNext) continue;
        state = await this.open();
        onChange(state);
      }
    } finally {
      signal.removeEventListener('abort', onEvent);
      for (const watcher of watchers) watcher.close();
    }
  }

  /** Reads the folder and gives UIDs to what is new in it. Throws where the index was made anew since `open()`. */
  async #scan(sameEpoch = true): Promise<void> {
    for (let attempt = 0; ; attempt += 1) {
      const entries = await listMaildir(this.#path);
      this.#unsettled = await this.#dropStillWritten(entries);
      this.#entries = entries;
      await this.#uids.assign([...entries.keys()]);
      if (!this.#unsettled || attempt === 2) break;
      await sleep(stillWrittenMs);
    }
    const known = this.#state?.uidValidity;
    if (sameEpoch && known !== undefined && known !== this.#uids.uidValidity) {
      throw new UidValidityChangedError(`${this.name}: the list of UIDs in ${this.#path} was made anew (UIDVALIDITY ${known} is ${this.#uids.uidValidity} now)`);
    }
  }

  async #dropStillWritten(entries: Map<string, MaildirEntry>): Promise<boolean> {
    let dropped = false;
    for (const [base, entry] of entries) {
      if (this.#uids.uidOf(base) !== undefined) continue;
      const found = await stat(entry.path).catch(() => null);
      const ageMs = found === null ? 0 : Date.now() - found.mtimeMs;
      if (ageMs < 0 || ageMs >= stillWrittenMs) continue;
      entries.delete(base);
      dropped = true;
    }
    return dropped;
  }

  #present(): number[] {
    const uids: number[] = [];
    for (const base of this.#entries.keys()) {
      const uid = this.#uids.uidOf(base);
      if (uid !== undefined) uids.push(uid);
    }
    return uids.toSorted((a, b) => a - b);
  }

  /** Works on a mail's file; when another program renames it meanwhile, once more under its new name. Null where the mail is gone. */
  async #withFile<T>(uid: number, work: (entry: MaildirEntry) => Promise<T>): Promise<T | null> {
    const base = this.#uids.baseOf(uid);
    if (base === undefined) return null;
    for (let attempt = 0; attempt < 3; attempt += 1) {
      const entry = this.#entries.get(base);
      if (entry === undefined) return null;
      try {
        return await work(entry);
      } catch (error) {
        if (!isCode(error, 'ENOENT')) throw error;
        this.#entries = await listMaildir(this.#path);
      }
    }
    return null;
  }

  async #read(uid: number, entry: MaildirEntry, names: ReadonlyMap<string, string>, depth: FetchDepth): Promise<FetchedMail> {
    const file = await open(entry.path, 'r');
    try {
      const { mtime } = await file.stat();
      const { source, bytes, partBytes } = await readSlimFile(file, this.#options.maxMessageBytes, depth);
      const keywords = entry.flags.split('').flatMap((letter) => names.get(letter) ?? []);
      return { uid, internalDate: mtime, keywords, bytes, source, partBytes };
    } finally {
      await file.close();
    }
  }

  async #run<T>(work: () => Promise<T>): Promise<T> {
    if (this.#closed) throw new MailboxClosedError(`${this.name} was closed`);
    try {
      return await work();
    } catch (error) {
      throw this.#toError(error);
    }
  }

  #toError(error: unknown): unknown {
    if (error instanceof MailboxError || !(error instanceof Error)) return error;
    const where = `${this.name} (${this.#path})`;
    if (isCode(error, 'ENOENT') || isCode(error, 'ENOTDIR')) {
      return new FolderMissingError(`${where} is no Maildir: it needs the folders new, cur and tmp (${error.message})`);
    }
    if (isCode(error, 'ENOSPC') || isCode(error, 'EDQUOT')) return new QuotaExceededError(`${where} is full: ${error.message}`);
    return Reflect.get(error, 'code') === undefined ? error : new MailboxRefusedError(`${where}: ${error.message}`);
  }
}

async function readBeginning(path: string, maxBytes: number): Promise<Buffer> {
  const file = await open(path, 'r');
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(maxBytes), 0, maxBytes, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}
