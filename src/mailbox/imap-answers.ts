import type { FetchMessageObject, FetchQueryObject, ImapFlow } from 'imapflow';
import { AnswerIndex, indexedMails } from './answer-index.ts';
import type { AnswerFolder, AnswerQuery, FoundAnswer, OwnDraft, RemovedCopies, RemovedDraft, SentCursor, SentPage } from './answer.ts';
import { runImapCommand, toUidSet } from './imap-command.ts';
import { openAfresh } from './imap-connection.ts';
import { appendToFolder } from './imap-drafts.ts';
import type { AppendedAt } from './imap-drafts.ts';
import type { NewDraft } from './mailbox.ts';
import { FolderMissingError, MailboxConnectionError, MailboxRefusedError } from './mailbox-errors.ts';
import { answerFields, idFields, readAnswerHeader } from './read-answer-header.ts';
import { SourceDigest, sourceDigest } from './source-digest.ts';
import type { SpecialFolder } from './special-folders.ts';

/** Headers that one FETCH brings. */
const pageMails = 1_000;
/** A large mail is read in pieces of so many bytes, so many small ones at once. */
const [pieceBytes, digestsAtOnce] = [4 * 1024 * 1024, 50];
const dayMs = 24 * 60 * 60 * 1000;
/** What one folder looked like when it was last looked into. */
interface KnownFolder {
  readonly index: AnswerIndex;
  /** As long as the server gives the same state, what was fetched of a mail holds. */
  state: string;
  readonly fetched: Map<number, FetchedAnswer>;
}

interface FetchedAnswer {
  readonly answer: FoundAnswer;
  /** Marked by a program that expunges later. */
  readonly isDeleted: boolean;
}

interface FolderState {
  readonly uidValidity: string;
  readonly uidNext: number;
  readonly mails: number;
}

/**
 * Drafts and Sent of one IMAP account, over one connection. Each call asks for the folder's STATUS (RFC 9051, 6.3.11), for it may have been renamed, emptied or made
 * anew; opening one of 100,000 mails takes a hundred times longer, and happens only where something changed or was found. The caller closes it afterwards: STATUS of
 * an open folder gives what its session knew before.
 */
export class ImapAnswers {
  readonly #folders: Readonly<Record<AnswerFolder, KnownFolder>> = {
    drafts: { index: new AnswerIndex(indexedMails.drafts), state: '', fetched: new Map() },
    sent: { index: new AnswerIndex(indexedMails.sent), state: '', fetched: new Map() },
  };

  async find(client: ImapFlow, folder: SpecialFolder, kind: AnswerFolder, query: AnswerQuery): Promise<FoundAnswer[]> {
    const withDigests = kind === 'drafts' && query.withDigests === true;
    const found = await this.#find(client, folder, kind, query, withDigests);
    return found.filter(({ isDeleted }) => !isDeleted).map(({ answer }) => (withDigests ? answer : { ...answer, digest: null }));
  }

  async read(client: ImapFlow, folder: SpecialFolder, place: Pick<FoundAnswer, 'uidValidity' | 'uid'>): Promise<Buffer | null> {
    const box = await openAfresh(client, folder.path, true);
    if (box.uidValidity.toString() !== place.uidValidity || box.exists === 0) return null;
    const pieces: Buffer[] = [];
    for await (const piece of readPieces(client, place.uid)) pieces.push(piece);
    return pieces.length === 0 ? null : Buffer.concat(pieces);
  }

  /** Digests of what lies at these places; null where the place is not known or empty. */
  async readDigests(client: ImapFlow, folder: SpecialFolder, places: readonly (AppendedAt | null)[]): Promise<(string | null)[]> {
    const box = await openAfresh(client, folder.path, true);
    const uids = places.flatMap((place) => (place?.uidValidity === box.uidValidity.toString() ? place.uid : []));
    const digests = box.exists === 0 ? new Map<number, string>() : await fetchDigests(client, uids.map((uid) => ({ uid, bytes: 0 })));
    return places.map((place) => (place === null ? null : (digests.get(place.uid) ?? null)));
  }

  async remove(client: ImapFlow, folder: SpecialFolder, draft: OwnDraft, which: RemovedCopies): Promise<RemovedDraft> {
    // Not what was fetched before: some servers write an edited draft under its old UID.
    this.#folders.drafts.state = '';
    const present = await this.#find(client, folder, 'drafts', { answering: [], messageIds: [draft.messageId] }, true);
    // An edited copy beside ours: its editor may be just about to remove ours, or to go on from it.
    if (present.some(({ answer, isDeleted }) => !isDeleted && answer.digest !== draft.digest)) return 'changed';
    const ours = present.filter(({ answer }) => answer.digest === draft.digest);
    const kept = which === 'all' ? undefined : ours.find(({ isDeleted }) => !isDeleted);
    const uids = ours.filter((each) => each !== kept).map(({ answer }) => answer.uid);
    if (uids.length === 0) return 'gone';
    const box = await openAfresh(client, folder.path, false);
    if (box.readOnly === true) throw new MailboxRefusedError(`${folder.path} can be read only`);
    if (box.uidValidity.toString() !== present[0]?.answer.uidValidity) throw new FolderMissingError(`${folder.path} was made anew just now`);
    const set = { type: 'SEQUENCE', value: toUidSet(uids) } as const;
    await runImapCommand(client, 'UID STORE', [set, { type: 'ATOM', value: '+FLAGS.SILENT' }, [{ type: 'ATOM', value: '\\Deleted' }]]);
    // A plain EXPUNGE would take with it what someone else has marked: without UIDPLUS (RFC 4315) their program does it in its time.
    if (client.capabilities.has('UIDPLUS') || client.capabilities.has('IMAP4REV2')) await runImapCommand(client, 'UID EXPUNGE', [set]);
    return 'removed';
  }

  async identify(client: ImapFlow, folder: SpecialFolder): Promise<string> {
    return (await readStatus(client, folder)).uidValidity;
  }

  async listSent(client: ImapFlow, folder: SpecialFolder, after: SentCursor, limit: number): Promise<SentPage> {
    const { uidValidity, uidNext, mails: exists } = await readStatus(client, folder);
    const goesOn = after.uidValidity === uidValidity;
    const last = Math.max(uidNext - 1, goesOn ? after.uid : 0);
    if (exists === 0 || (goesOn && last <= after.uid)) return { cursor: { uidValidity, uid: last, sinceMs: after.sinceMs }, mails: [], more: false };
    await openAfresh(client, folder.path, true);
    const uids = goesOn ? await uidsAfter(client, after.uid, last, limit) : await uidsSince(client, new Date(after.sinceMs - dayMs));
    const page = uids.slice(0, limit);
    const more = uids.length > page.length;
    const mails = (await fetchAnswers(client, page, 'sent', uidValidity, false))
      .map(({ answer }) => answer)
      // A first reading has its beginning; one that goes on after UIDVALIDITY changed may read some again.
      .filter(({ storedAt }) => after.uidValidity !== null || storedAt.getTime() >= after.sinceMs);
    const sinceMs = mails.reduce((latest, { storedAt }) => Math.max(latest, storedAt.getTime()), after.sinceMs);
    return { cursor: { uidValidity, uid: more ? (page.at(-1) ?? after.uid) : Math.max(last, page.at(-1) ?? 0), sinceMs }, mails, more };
  }

  async saveSent(client: ImapFlow, folder: SpecialFolder, mail: NewDraft): Promise<'saved' | 'already_there'> {
    const there = await this.#find(client, folder, 'sent', { answering: [], messageIds: [mail.messageId] }, false);
    if (there.length > 0) return 'already_there';
    await appendToFolder(client, folder, [mail], ['\\Seen']);
    return 'saved';
  }

  async #find(client: ImapFlow, folder: SpecialFolder, kind: AnswerFolder, query: AnswerQuery, withDigests: boolean): Promise<FetchedAnswer[]> {
    const known = this.#folders[kind];
    const { state, isOpen } = await this.#look(client, folder, kind);
    const uids = known.index.find(query);
    const missing = uids.filter((uid) => known.fetched.get(uid) === undefined || (withDigests && known.fetched.get(uid)?.answer.digest === null));
    if (missing.length > 0) {
      if (!isOpen) await openAfresh(client, folder.path, true);
      const present = await fetchAnswers(client, missing, kind, state.uidValidity, withDigests);
      for (const fetched of present) known.fetched.set(fetched.answer.uid, fetched);
      const there = new Set(present.map(({ answer }) => answer.uid));
      for (const uid of missing) if (!there.has(uid)) known.index.remove(uid);
    }
    return uids.flatMap((uid) => known.fetched.get(uid) ?? []);
  }

  /** Reads the ids of what came since. */
  async #look(client: ImapFlow, folder: SpecialFolder, kind: AnswerFolder): Promise<{ state: FolderState; isOpen: boolean }> {
    const known = this.#folders[kind];
    const { index } = known;
    const { modseq, ...state } = await readStatus(client, folder);
    const key = modseq === null ? '' : `${folder.path} ${state.uidValidity} ${state.uidNext} ${state.mails} ${modseq}`;
    if (key === '' || key !== known.state) known.fetched.clear();
    // Only kept when all that follows went well.
    known.state = '';
    const upTo = index.knownUpTo(state.uidValidity);
    const isOpen = upTo === null || state.uidNext > upTo + 1;
    if (isOpen) {
      const box = await openAfresh(client, folder.path, true);
      if (box.uidValidity.toString() !== state.uidValidity) throw new FolderMissingError(`${folder.path} was made anew just now`);
      const { exists, uidNext } = box;
      if (upTo === null) index.begin();
      const first = upTo === null ? Math.max(1, exists - index.maxMails + 1) : Infinity;
      for (let start = first; start <= exists; start += pageMails) addIds(index, await client.fetchAll(`${start}:${Math.min(exists, start + pageMails - 1)}`, idQuery), 0);
      if (upTo !== null && exists > 0) addIds(index, await client.fetchAll(`${upTo + 1}:*`, idQuery, { uid: true }), upTo);
      index.readUpTo(state.uidValidity, uidNext - 1);
    }
    known.state = key;
    return { state, isOpen };
  }
}

const idQuery: FetchQueryObject = { uid: true, headers: [...idFields] };

function addIds(index: AnswerIndex, rows: readonly FetchMessageObject[], above: number): void {
  // Rows that nobody asked for come in between, when another client stores flags.
  for (const row of rows) if (row.headers !== undefined && row.uid > above) index.add(row.uid, readAnswerHeader(row.headers));
}

async function readStatus(client: ImapFlow, folder: SpecialFolder): Promise<FolderState & { modseq: string | null }> {
  const status = await client.status(folder.path, { uidValidity: true, uidNext: true, messages: true, highestModseq: true }).catch((error: unknown) => {
    if (typeof error === 'object' && error !== null && Reflect.get(error, 'code') === 'NotFound') return null;
    throw error;
  });
  if (status === null) throw new FolderMissingError(`the server has no folder ${folder.path} any more`);
  // It swallows every other failure.
  if (!client.usable) throw new MailboxConnectionError('the connection was lost');
  if (typeof status !== 'object' || status.uidValidity === undefined || status.uidNext === undefined || status.messages === undefined) {
    throw new MailboxRefusedError(`the server does not tell the state of ${folder.path}`);
  }
  const { uidValidity, uidNext, messages, highestModseq } = status;
  // Without CONDSTORE (RFC 7162) nothing tells that flags changed.
  return { uidValidity: uidValidity.toString(), uidNext, mails: messages, modseq: highestModseq === undefined || highestModseq === 0n ? null : highestModseq.toString() };
}

async function fetchAnswers(client: ImapFlow, uids: readonly number[], folder: AnswerFolder, uidValidity: string, withDigests: boolean): Promise<FetchedAnswer[]> {
  if (uids.length === 0) return [];
  const rows = await fetchRows(client, uids, { flags: true, internalDate: true, size: true, headers: [...answerFields] });
  const digests = withDigests ? await fetchDigests(client, rows.map(({ uid, size }) => ({ uid, bytes: size ?? 0 }))) : null;
  return rows
    .flatMap((row) => {
      // Gone since the command before.
      if (row.headers === undefined || (digests !== null && !digests.has(row.uid))) return [];
      const storedAt = new Date(row.internalDate ?? Number.NaN);
      const answer: FoundAnswer = {
        ...readAnswerHeader(row.headers),
        folder,
        uidValidity,
        uid: row.uid,
        bytes: row.size ?? 0,
        storedAt: Number.isNaN(storedAt.getTime()) ? new Date() : storedAt,
        digest: digests?.get(row.uid) ?? null,
      };
      return { answer, isDeleted: row.flags?.has('\\Deleted') === true };
    })
    .toSorted((a, b) => a.answer.uid - b.answer.uid);
}

/** Small drafts come many at once. One with a large file comes in pieces: a literal of any size would be held as a whole, and beyond a limit it ends the connection. */
async function fetchDigests(client: ImapFlow, mails: readonly { uid: number; bytes: number }[]): Promise<Map<number, string>> {
  const digests = new Map<number, string>();
  const small = mails.filter(({ bytes }) => bytes <= pieceBytes / digestsAtOnce).map(({ uid }) => uid);
  for (let start = 0; start < small.length; start += digestsAtOnce) {
    for (const row of await fetchRows(client, small.slice(start, start + digestsAtOnce), { source: true })) if (row.source !== undefined) digests.set(row.uid, sourceDigest(row.source));
  }
  for (const { uid, bytes } of mails) {
    if (bytes <= pieceBytes / digestsAtOnce) continue;
    const digest = new SourceDigest();
    for await (const piece of readPieces(client, uid)) digest.update(piece);
    digests.set(uid, digest.hex());
  }
  return digests;
}

async function* readPieces(client: ImapFlow, uid: number): AsyncGenerator<Buffer> {
  for (let start = 0; ; start += pieceBytes) {
    const [row] = await fetchRows(client, [uid], { source: { start, maxLength: pieceBytes } });
    if (row?.source === undefined || row.source.length === 0) return;
    yield row.source;
    if (row.source.length < pieceBytes) return;
  }
}

async function fetchRows(client: ImapFlow, uids: readonly number[], query: FetchQueryObject): Promise<FetchMessageObject[]> {
  const wanted = new Set(uids);
  const rows = await client.fetchAll(toUidSet(uids), { uid: true, ...query }, { uid: true });
  return rows.filter((row) => wanted.has(row.uid));
}

/** More than `limit` where there are more; never all UIDs of a large folder, for the sake of a few. */
async function uidsAfter(client: ImapFlow, after: number, last: number, limit: number): Promise<number[]> {
  const uids: number[] = [];
  for (let start = after + 1, width = 2 * limit; start <= last && uids.length <= limit; start += width, width *= 4) {
    uids.push(...(await search(client, { uid: `${start}:${Math.min(last, start + width - 1)}` })));
  }
  return uids.toSorted((a, b) => a - b);
}

/** SINCE counts days in the server's time zone. */
async function uidsSince(client: ImapFlow, day: Date): Promise<number[]> {
  return (await search(client, { since: day })).toSorted((a, b) => a - b);
}

async function search(client: ImapFlow, query: { uid: string } | { since: Date }): Promise<number[]> {
  const uids = await client.search(query, { uid: true });
  if (!Array.isArray(uids)) throw new MailboxRefusedError('the server refused a search');
  return uids;
}
