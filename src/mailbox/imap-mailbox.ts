import type { ImapFlow, MailboxObject } from 'imapflow';
import type { AnswerFolder, AnswerQuery, FoundAnswer, OwnDraft, RemovedCopies, RemovedDraft, SentCursor, SentPage } from './answer.ts';
import { ImapAnswers } from './imap-answers.ts';
import { askForNews, runImapCommand, toUidSet } from './imap-command.ts';
import { closeFolder, ensureOpen, ensureVisible, ImapConnection, markVisible, openAfresh } from './imap-connection.ts';
import { appendToFolder, findInFolder, hasMultiAppend } from './imap-drafts.ts';
import type { AppendedAt } from './imap-drafts.ts';
import { fetchGroup, fetchOutlines, fetchSubjects, groupForFetching } from './imap-fetch.ts';
import { defaultImapTiming } from './imap-options.ts';
import type { ImapMailboxOptions, ImapTiming } from './imap-options.ts';
import { watchFolder } from './imap-watch.ts';
import { openImapFile, openImapMail } from './imap-opened.ts';
import type { ConnectionEvent, FetchDepth, FetchedMail, Mailbox, MailboxState, NewDraft, OpenedContent } from './mailbox.ts';
import { triageKeywords } from './mailbox.ts';
import { FolderMissingError, MailboxRefusedError, UidValidityChangedError } from './mailbox-errors.ts';
import { readLimits } from './slim-plan.ts';
import { sourceDigest } from './source-digest.ts';
import { makeFolder, pickFolder } from './special-folders.ts';
import type { SpecialFolder } from './special-folders.ts';

/** Mails whose outlines are asked for at once. */
const batchMails = 50;
/** Connections that append side by side where the server takes one draft a command. */
const appendersWithoutMultiAppend = 3;
const dayMs = 24 * 60 * 60 * 1000;

/**
 * A mailbox on an IMAP server. Connections are made when first needed: one reads (EXAMINE), one writes (keywords, drafts), one waits in IDLE, one looks into Drafts
 * and Sent, one serves who looks at a mail; each does one thing at a time, and is made again after it was lost.
 */
export class ImapMailbox implements Mailbox {
  readonly name: string;
  readonly #options: ImapMailboxOptions;
  readonly #timing: ImapTiming;
  readonly #folder: string;
  readonly #maxMailBytes: number;
  readonly #reading: ImapConnection;
  readonly #writing: ImapConnection;
  readonly #watching: ImapConnection;
  readonly #looking: ImapConnection;
  readonly #serving: ImapConnection;
  readonly #moreAppenders: ImapConnection[] = [];
  readonly #answers = new ImapAnswers();
  #folders: Readonly<Record<AnswerFolder, SpecialFolder | null>> | null = null;
  #state: MailboxState | null = null;
  /** Null until the first draft tells. */
  #rewritesDrafts: boolean | null = null;
  /** The highest UID of this epoch that is known to exist. */
  #highestUid = 0;
  /** Null: any keyword. */
  #keywords: ReadonlySet<string> | null = null;

  constructor(options: ImapMailboxOptions) {
    this.name = options.name;
    this.#options = options;
    this.#timing = { ...defaultImapTiming, ...options.timing };
    this.#folder = options.folder ?? 'INBOX';
    this.#maxMailBytes = Math.max(options.maxMessageBytes ?? readLimits.mailBytes, 2 * readLimits.frameBytes);
    this.#reading = new ImapConnection(options, this.#timing, 'keep-alive');
    this.#writing = new ImapConnection(options, this.#timing, 'keep-alive');
    this.#watching = new ImapConnection(options, this.#timing, 'watch');
    this.#looking = new ImapConnection(options, this.#timing, 'keep-alive');
    this.#serving = new ImapConnection(options, this.#timing, 'keep-alive');
  }

  async open(): Promise<MailboxState> {
    // One after the other: a refused login must not count twice with the server.
    const box = await this.#reading.use((client) => openAfresh(client, this.#folder, true));
    if (this.#folders === null || !this.#writing.connected) {
      await this.#writing.use(async (client) => {
        this.#folders = null;
        await this.#findFolders(client);
        // Only SELECT tells which keywords are kept: under EXAMINE the list is empty.
        this.#keywords = keywordsOf(await openAfresh(client, this.#folder, false));
      });
    }
    return this.#adopt(box);
  }

  async listUidsAfter(afterUid: number): Promise<number[]> {
    return this.#read(async (client) => {
      // `n:*` always holds the last mail, even when its UID is below n (RFC 9051, 9).
      const uids = await search(client, { uid: `${afterUid + 1}:*` });
      this.#saw(client, uids);
      return uids.filter((uid) => uid > afterUid).toSorted((a, b) => a - b);
    });
  }

  async listUidsSince(since: Date): Promise<number[]> {
    const dayStart = Math.floor(since.getTime() / dayMs) * dayMs;
    return this.#read(async (client) => {
      // SEARCH SINCE compares days in the server's own time zone: the days around the border are compared by the exact date.
      const uids = await search(client, { since: new Date(dayStart - dayMs) });
      const clear = new Set(uids.length === 0 ? [] : await search(client, { since: new Date(dayStart + 2 * dayMs) }));
      const border = uids.filter((uid) => !clear.has(uid));
      const rows = border.length === 0 ? [] : await client.fetchAll(toUidSet(border), { uid: true, internalDate: true }, { uid: true });
      for (const row of rows) if (row.internalDate !== undefined && new Date(row.internalDate).getTime() >= dayStart) clear.add(row.uid);
      return [...clear].toSorted((a, b) => a - b);
    });
  }

  async readSubjects(uids: readonly number[]): Promise<ReadonlyMap<number, Buffer>> {
    return this.#read(async (client) => fetchSubjects(client, uids));
  }

  async *fetch(uids: readonly number[], depth: FetchDepth = 'beginnings'): AsyncIterable<FetchedMail> {
    for (let start = 0; start < uids.length; start += batchMails) {
      const batch = uids.slice(start, start + batchMails);
      const outlines = await this.#read(async (client) => {
        await ensureVisible(client, batch, this.#highestUid);
        const found = await fetchOutlines(client, batch, this.#maxMailBytes, depth);
        this.#saw(client, found.map((outline) => outline.uid));
        return found;
      });
      for (const group of groupForFetching(outlines)) yield* await this.#read((client) => fetchGroup(client, group, this.#maxMailBytes));
    }
  }

  async findDrafts(messageIds: readonly string[]): Promise<ReadonlySet<string>> {
    if (messageIds.length === 0) return new Set();
    return this.#within(this.#writing, 'drafts', (client, folder) => findInFolder(client, folder, messageIds));
  }

  async appendDrafts(drafts: readonly NewDraft[]): Promise<readonly OwnDraft[]> {
    if (drafts.length === 0) return [];
    const places = await this.#within(this.#writing, 'drafts', async (client, folder) => {
      const alone = hasMultiAppend(client) || drafts.length < 2 * appendersWithoutMultiAppend;
      const share = alone ? drafts.length : Math.ceil(drafts.length / appendersWithoutMultiAppend);
      const others = this.#appendBeside(drafts.slice(share), share);
      return (await Promise.all([appendToFolder(client, folder, drafts.slice(0, share)), ...others])).flat();
    });
    return this.#digest(drafts, places);
  }

  #appendBeside(drafts: readonly NewDraft[], share: number): Promise<(AppendedAt | null)[]>[] {
    const works: Promise<(AppendedAt | null)[]>[] = [];
    for (let start = 0; start < drafts.length; start += share) {
      const index = start / share;
      const connection = (this.#moreAppenders[index] ??= new ImapConnection(this.#options, this.#timing, 'keep-alive'));
      works.push(this.#within(connection, 'drafts', (client, folder) => appendToFolder(client, folder, drafts.slice(start, start + share))));
    }
    return works;
  }

  /** Some servers (Exchange) keep the parts of a mail and write its source anew: there the digest is that of what they made of it. The first draft tells. */
  async #digest(drafts: readonly NewDraft[], places: readonly (AppendedAt | null)[]): Promise<OwnDraft[]> {
    const own = drafts.map(({ messageId, source }) => ({ messageId, digest: sourceDigest(source) }));
    const toRead = this.#rewritesDrafts === false ? [] : places.slice(0, this.#rewritesDrafts === null ? 1 : undefined);
    if (toRead.every((place) => place === null)) return own;
    // The drafts are there, whatever happens now; one whose digest is not known counts as edited, and stays.
    const stored = await this.#look('drafts', (client, folder) => this.#answers.readDigests(client, folder, toRead)).catch(() => []);
    const first = stored[0];
    if (first == null) return own;
    if (this.#rewritesDrafts === null) {
      this.#rewritesDrafts = first !== own[0]?.digest;
      return this.#rewritesDrafts ? this.#digest(drafts, places) : own;
    }
    return own.map((draft, index) => ({ ...draft, digest: stored[index] ?? draft.digest }));
  }

  async addKeyword(uids: readonly number[], keyword: string): Promise<void> {
    await this.#storeFlag(uids, '+FLAGS.SILENT', keyword);
  }

  async removeKeyword(...[uids, keyword]: Parameters<Mailbox['removeKeyword']>): Promise<void> {
    await this.#storeFlag(uids, '-FLAGS.SILENT', keyword);
  }

  async markAnswered(uids: readonly number[]): Promise<void> {
    await this.#storeFlag(uids, '+FLAGS.SILENT', '\\Answered');
  }

  async #storeFlag(uids: readonly number[], action: '+FLAGS.SILENT' | '-FLAGS.SILENT', flag: string): Promise<void> {
    if (uids.length === 0) return;
    await this.#writing.use(async (client) => {
      this.#keywords = keywordsOf(await this.#openFolder(client, false));
      if (!this.#allows(flag)) return;
      await ensureVisible(client, uids, this.#highestUid);
      await runImapCommand(client, 'UID STORE', [{ type: 'SEQUENCE', value: toUidSet(uids) }, { type: 'ATOM', value: action }, [{ type: 'ATOM', value: flag }]]);
    });
  }

  async findAnswers(query: AnswerQuery): Promise<readonly FoundAnswer[]> {
    if (query.answering.length === 0 && query.messageIds.length === 0) return [];
    const drafts = await this.#look('drafts', (client, folder) => this.#answers.find(client, folder, 'drafts', query));
    const sent = await this.#lookIntoSent((client, folder) => this.#answers.find(client, folder, 'sent', query));
    return [...drafts, ...(sent ?? [])];
  }

  async readAnswer(answer: Pick<FoundAnswer, 'folder' | 'uidValidity' | 'uid'>): Promise<Buffer | null> {
    const read = (client: ImapFlow, folder: SpecialFolder): Promise<Buffer | null> => this.#answers.read(client, folder, answer);
    return answer.folder === 'drafts' ? this.#look('drafts', read) : this.#lookIntoSent(read);
  }

  async removeDraft(draft: OwnDraft, which: RemovedCopies = 'all'): Promise<RemovedDraft> {
    return this.#look('drafts', (client, folder) => this.#answers.remove(client, folder, draft, which));
  }

  async identifyDrafts(): Promise<string> {
    return this.#look('drafts', (client, folder) => this.#answers.identify(client, folder));
  }

  async listSent(after: SentCursor, limit: number): Promise<SentPage> {
    const page = await this.#lookIntoSent((client, folder) => this.#answers.listSent(client, folder, after, limit));
    return page ?? { cursor: after, mails: [], more: false };
  }

  async saveSent(mail: NewDraft): Promise<'saved' | 'already_there'> {
    return this.#look('sent', (client, folder) => this.#answers.saveSent(client, folder, mail));
  }

  async openMail(uid: number): Promise<OpenedContent | null> {
    return openImapMail((work) => this.#serve(uid, work), uid);
  }

  async openFile(uid: number, place: number): Promise<OpenedContent | null> {
    return openImapFile((work) => this.#serve(uid, work), uid, place);
  }

  async watch(onChange: (state: MailboxState) => void, signal: AbortSignal, onState?: (event: ConnectionEvent) => void): Promise<void> {
    const tell = async (client: ImapFlow): Promise<void> => {
      if (client.mailbox === false) throw new FolderMissingError(`${this.name}: the folder "${this.#folder}" was closed by the server`);
      const { uidValidity, exists, uidNext } = client.mailbox;
      const known = this.#state;
      // `exists` says that something came, not its UID: the listing that follows finds out.
      if (known === null || known.uidValidity !== uidValidity.toString()) onChange(await this.open());
      else onChange(this.#adopt({ uidValidity, uidNext: Math.max(uidNext, known.uidNext), exists }));
    };
    await watchFolder(
      {
        connection: this.#watching,
        folder: this.#folder,
        timing: this.#timing,
        onChange: tell,
        onState: (event) => {
          this.#options.logger?.info({ msg: event.kind === 'connected' ? 'watching' : 'connection lost', mailbox: this.name, ...event });
          onState?.(event);
        },
      },
      signal,
    );
  }

  async close(): Promise<void> {
    const connections = [this.#watching, this.#reading, this.#writing, this.#looking, this.#serving, ...this.#moreAppenders];
    await Promise.all(connections.map((connection) => connection.close()));
  }

  /** Work in the watched folder, as it was when `open()` last looked. */
  async #read<T>(work: (client: ImapFlow) => Promise<T>): Promise<T> {
    return this.#reading.use(async (client) => {
      await this.#openFolder(client, true);
      return work(client);
    });
  }

  #serve<T>(uid: number, work: (client: ImapFlow) => Promise<T>): Promise<T> {
    return this.#serving.use(async (client) => {
      await this.#openFolder(client, true);
      await ensureVisible(client, [uid], this.#highestUid);
      return work(client);
    });
  }

  /** Work in Drafts or Sent, which is made where it is missing. */
  async #within<T>(connection: ImapConnection, kind: AnswerFolder, work: (client: ImapFlow, folder: SpecialFolder) => Promise<T>): Promise<T> {
    const attempt = (): Promise<T> =>
      connection.use(async (client) => {
        const folders = await this.#findFolders(client);
        const folder = folders[kind] ?? (await makeFolder(client, kind, this.#configured(kind)));
        this.#folders = { ...folders, [kind]: folder };
        return work(client, folder);
      });
    try {
      return await attempt();
    } catch (error) {
      if (!(error instanceof FolderMissingError)) throw error;
      // Someone removed or renamed the folder: look again, once. The server has taken nothing.
      this.#folders = null;
      return attempt();
    }
  }

  /** Work in Drafts or Sent that leaves it closed. */
  #look<T>(kind: AnswerFolder, work: (client: ImapFlow, folder: SpecialFolder) => Promise<T>): Promise<T> {
    return this.#within(this.#looking, kind, (client, folder) => this.#closing(client, work(client, folder)));
  }

  /** The same; null where there is no Sent. */
  async #lookIntoSent<T>(work: (client: ImapFlow, folder: SpecialFolder) => Promise<T>): Promise<T | null> {
    const attempt = (): Promise<T | null> =>
      this.#looking.use(async (client) => {
        // It may have been made, or have come back, since.
        if (this.#folders?.sent === null) this.#folders = null;
        const { sent } = await this.#findFolders(client);
        return sent === null ? null : this.#closing(client, work(client, sent));
      });
    try {
      return await attempt();
    } catch (error) {
      if (!(error instanceof FolderMissingError)) throw error;
      this.#folders = null;
      return attempt();
    }
  }

  async #closing<T>(client: ImapFlow, work: Promise<T>): Promise<T> {
    try {
      return await work;
    } finally {
      await closeFolder(client).catch(() => this.#looking.drop());
    }
  }

  async #findFolders(client: ImapFlow): Promise<Readonly<Record<AnswerFolder, SpecialFolder | null>>> {
    if (this.#folders !== null) return this.#folders;
    const listed = await client.list();
    const drafts = pickFolder(listed, 'drafts', this.#configured('drafts')) ?? (await makeFolder(client, 'drafts', this.#configured('drafts')));
    this.#folders = { drafts, sent: pickFolder(listed, 'sent', this.#configured('sent')) };
    return this.#folders;
  }

  #configured(kind: AnswerFolder): string | undefined {
    return kind === 'drafts' ? this.#options.draftsFolder : this.#options.sentFolder;
  }

  /** Opens the watched folder, and makes sure that it is the one whose UIDs `open()` gave out. */
  async #openFolder(client: ImapFlow, readOnly: boolean): Promise<MailboxObject> {
    const box = await ensureOpen(client, this.#folder, readOnly);
    const known = this.#state?.uidValidity;
    if (known === undefined || box.uidValidity.toString() === known) return box;
    // This connection may have opened it before the change.
    const fresh = await openAfresh(client, this.#folder, readOnly);
    const now = fresh.uidValidity.toString();
    if (now === known) return fresh;
    throw new UidValidityChangedError(`${this.name}: the folder "${this.#folder}" was made anew (UIDVALIDITY ${known} is ${now} now)`);
  }

  /** These UIDs exist, and this session knows them. */
  #saw(client: ImapFlow, uids: readonly number[]): void {
    const highest = uids.reduce((max, uid) => Math.max(max, uid), 0);
    this.#highestUid = Math.max(this.#highestUid, highest);
    markVisible(client, highest);
  }

  #adopt(box: Pick<MailboxObject, 'uidValidity' | 'uidNext' | 'exists'>): MailboxState {
    if (this.#state?.uidValidity !== box.uidValidity.toString()) this.#highestUid = 0;
    this.#state = Object.freeze({
      uidValidity: box.uidValidity.toString(),
      uidNext: box.uidNext,
      keywordsAllowed: Object.values(triageKeywords).every((keyword) => this.#allows(keyword)),
      draftsFolder: this.#folders?.drafts?.path ?? '',
      sentFolder: this.#folders?.sent?.path ?? null,
    });
    return this.#state;
  }

  #allows(keyword: string): boolean {
    return this.#keywords === null || this.#keywords.has('\\*') || this.#keywords.has(keyword.toLowerCase());
  }
}

/** Null where the server does not say: then every flag is kept (RFC 9051, 7.1). */
function keywordsOf(box: MailboxObject): ReadonlySet<string> | null {
  return box.permanentFlags === undefined ? null : new Set([...box.permanentFlags].map((flag) => flag.toLowerCase()));
}

async function search(client: ImapFlow, query: { uid: string } | { since: Date }): Promise<number[]> {
  // What came since the last command is only sure to be found after this.
  await askForNews(client);
  const uids = await client.search(query, { uid: true });
  if (!Array.isArray(uids)) throw new MailboxRefusedError('the server refused a search');
  return uids;
}
