import { createReadStream } from 'node:fs';
import { open, readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { AnswerIndex, indexedMails } from './answer-index.ts';
import type { AnswerFolder, AnswerQuery, FoundAnswer, OwnDraft, RemovedCopies, RemovedDraft, SentCursor, SentPage } from './answer.ts';
import { isCode } from './file-lock.ts';
import { deliverToMaildir } from './maildir-delivery.ts';
import { listMaildir } from './maildir-folder.ts';
import type { MaildirEntry } from './maildir-folder.ts';
import { MaildirUids } from './maildir-index.ts';
import type { NewDraft } from './mailbox.ts';
import { answerHeaderBytes, readAnswerHeader } from './read-answer-header.ts';
import { SourceDigest } from './source-digest.ts';

const dayMs = 24 * 60 * 60 * 1000;
/** File systems count the time of a change in steps of some milliseconds: two changes in one look like one. */
const clockStepMs = 50;

/** Drafts or Sent of a Maildir. UIDs come from an index file in it, as those of the watched folder do. */
export class MaildirAnswers {
  readonly #kind: AnswerFolder;
  readonly #path: string;
  readonly #uids: MaildirUids;
  readonly #index: AnswerIndex;
  #entries = new Map<string, MaildirEntry>();
  #listedAs = '';

  constructor(kind: AnswerFolder, path: string) {
    this.#kind = kind;
    this.#path = path;
    this.#uids = new MaildirUids(path);
    this.#index = new AnswerIndex(indexedMails[kind]);
  }

  async find(query: AnswerQuery): Promise<FoundAnswer[]> {
    await this.#scan();
    const found: FoundAnswer[] = [];
    for (const uid of this.#index.find(query)) {
      if (this.#flagsOf(uid)?.includes('T') !== false) continue;
      const answer = await this.#readAnswer(uid);
      if (answer !== null) found.push({ ...answer, digest: this.#kind === 'drafts' && query.withDigests === true ? await this.#digestOf(uid) : null });
    }
    return found;
  }

  async read(place: Pick<FoundAnswer, 'uidValidity' | 'uid'>): Promise<Buffer | null> {
    await this.#scan();
    return place.uidValidity === this.#uids.uidValidity ? this.#withFile(place.uid, (entry) => readFile(entry.path)) : null;
  }

  async remove(draft: OwnDraft, which: RemovedCopies): Promise<RemovedDraft> {
    await this.#scan();
    const ours: number[] = [];
    for (const uid of this.#index.find({ answering: [], messageIds: [draft.messageId] })) {
      const digest = await this.#digestOf(uid);
      if (digest === draft.digest) ours.push(uid);
      // An edited copy beside ours: its editor may be just about to remove ours, or to go on from it.
      else if (digest !== null && this.#flagsOf(uid)?.includes('T') === false) return 'changed';
    }
    const kept = which === 'all' ? undefined : ours.find((uid) => this.#flagsOf(uid)?.includes('T') === false);
    const removed = ours.filter((uid) => uid !== kept);
    if (removed.length === 0) return 'gone';
    for (const uid of removed) await this.#withFile(uid, (entry) => rm(entry.path));
    return 'removed';
  }

  async identify(): Promise<string> {
    await this.#scan();
    return this.#uids.uidValidity;
  }

  async listSent(after: SentCursor, limit: number): Promise<SentPage> {
    await this.#scan();
    const uidValidity = this.#uids.uidValidity;
    const goesOn = after.uidValidity === uidValidity;
    const sinceMs = after.uidValidity === null ? after.sinceMs : after.sinceMs - dayMs;
    // Names begin with the second of delivery: of a large folder only what may be new enough is opened.
    const tooOld = (base: string): boolean => !goesOn && Number.parseInt(base, 10) * 1_000 < sinceMs - dayMs;
    const bases = [...this.#entries.keys()].filter((base) => !tooOld(base));
    const uids = bases.flatMap((base) => this.#uids.uidOf(base) ?? []).filter((uid) => !goesOn || uid > after.uid).toSorted((a, b) => a - b);
    const mails: FoundAnswer[] = [];
    let last = goesOn ? after.uid : 0;
    let seen = 0;
    for (const uid of uids) {
      if (mails.length >= limit) break;
      seen += 1;
      last = uid;
      const answer = await this.#readAnswer(uid);
      if (answer !== null && (goesOn || answer.storedAt.getTime() >= sinceMs)) mails.push(answer);
    }
    const newestMs = mails.reduce((latest, { storedAt }) => Math.max(latest, storedAt.getTime()), after.sinceMs);
    const more = seen < uids.length;
    return { cursor: { uidValidity, uid: more ? last : this.#uids.uidNext - 1, sinceMs: newestMs }, mails, more };
  }

  async saveSent(mail: NewDraft): Promise<'saved' | 'already_there'> {
    await this.#scan();
    if (this.#index.find({ answering: [], messageIds: [mail.messageId] }).length > 0) return 'already_there';
    await deliverToMaildir(this.#path, mail.source, 'S');
    return 'saved';
  }

  /** Reads the folder, and the headers of what is new in it. */
  async #scan(): Promise<void> {
    const state = await this.#stateOnDisk();
    if (state === this.#listedAs && state !== '') return;
    // Only kept when all that follows went well.
    this.#listedAs = '';
    const entries = await listMaildir(this.#path);
    this.#entries = entries;
    await this.#uids.assign([...entries.keys()]);
    if (this.#index.knownUpTo(this.#uids.uidValidity) === null) this.#index.begin();
    this.#index.readUpTo(this.#uids.uidValidity, this.#uids.uidNext - 1);
    for (const uid of this.#index.uids()) if (!entries.has(this.#uids.baseOf(uid) ?? '')) this.#index.remove(uid);
    const oldest = this.#uids.uidNext - this.#index.maxMails;
    for (const base of entries.keys()) {
      const uid = this.#uids.uidOf(base);
      if (uid === undefined || uid < oldest || this.#index.has(uid)) continue;
      const answer = await this.#readAnswer(uid);
      if (answer !== null) this.#index.add(uid, answer);
    }
    this.#listedAs = state;
  }

  /** Empty where it changed so lately that the next change may look the same. */
  async #stateOnDisk(): Promise<string> {
    const found = await Promise.all(['new', 'cur'].map((place) => stat(join(this.#path, place), { bigint: true })));
    const latestMs = Math.max(...found.map(({ mtimeMs }) => Number(mtimeMs)));
    return Math.abs(Date.now() - latestMs) < clockStepMs ? '' : found.map(({ mtimeNs, ino }) => `${ino} ${mtimeNs}`).join(' ');
  }

  #flagsOf(uid: number): string | null {
    return this.#entries.get(this.#uids.baseOf(uid) ?? '')?.flags ?? null;
  }

  async #digestOf(uid: number): Promise<string | null> {
    // Not kept: unlike an IMAP server's, a file can be written to.
    return this.#withFile(uid, async (entry) => {
      const digest = new SourceDigest();
      for await (const piece of createReadStream(entry.path)) digest.update(Buffer.from(piece));
      return digest.hex();
    });
  }

  /** Null where the mail is gone; under its new name where another program renames it meanwhile. */
  async #withFile<T>(uid: number, work: (entry: MaildirEntry) => Promise<T>): Promise<T | null> {
    const base = this.#uids.baseOf(uid) ?? '';
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

  /** Its header, and what the file system knows of it. */
  async #readAnswer(uid: number): Promise<FoundAnswer | null> {
    return this.#withFile(uid, async (entry) => {
      const file = await open(entry.path, 'r');
      try {
        const { size, mtime } = await file.stat();
        const buffer = Buffer.alloc(Math.min(size, answerHeaderBytes));
        const { bytesRead } = await file.read(buffer, 0, buffer.length, 0);
        const header = readAnswerHeader(buffer.subarray(0, bytesRead));
        return { ...header, folder: this.#kind, uidValidity: this.#uids.uidValidity, uid, bytes: size, storedAt: mtime, digest: null };
      } finally {
        await file.close();
      }
    });
  }
}
