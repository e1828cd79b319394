import type { FetchMessageObject, ImapFlow, MailboxObject } from 'imapflow';
import { AnswerIndex } from './answer-index.ts';
import type { IndexedAnswer } from './answer-index.ts';
import type { AnswerFolder, AnswerQuery, FoundAnswer, OwnDraft, RemovedDraft, SentCursor, SentPage } from './answer.ts';
import { runImapCommand, toUidSet } from './imap-command.ts';
import { openAfresh } from './imap-connection.ts';
import { appendToFolder } from './imap-drafts.ts';
import type { NewDraft } from './mailbox.ts';
import { MailboxRefusedError } from './mailbox-errors.ts';
import { answerFields, readAnswerHeader } from './read-answer-header.ts';
import { sourceDigest } from './source-digest.ts';
import type { SpecialFolder } from './special-folders.ts';

/** Headers that one FETCH brings. */
const pageMails = 1_000;
const dayMs = 24 * 60 * 60 * 1000;
/** The newest mails of each folder that are known by their ids. */
const indexedMails = 10_000;

/** Drafts and Sent of one IMAP account, read over whichever connection is handed in. Each call opens the folder afresh: it may have been renamed, emptied or made anew. */
export class ImapAnswers {
  readonly #indexes: Readonly<Record<AnswerFolder, AnswerIndex>> = { drafts: new AnswerIndex(indexedMails), sent: new AnswerIndex(indexedMails) };

  async find(client: ImapFlow, folder: SpecialFolder, kind: AnswerFolder, query: AnswerQuery): Promise<FoundAnswer[]> {
    const index = this.#indexes[kind];
    const box = await this.#look(client, folder, kind, true);
    const present = await stillThere(client, index, index.find(query));
    const found = present.filter(({ deleted }) => !deleted).map(({ answer }) => answer);
    if (kind === 'drafts' && query.withDigests === true) await readDigests(client, index, found);
    const uidValidity = box.uidValidity.toString();
    return found.map((answer) => ({ ...answer, folder: kind, uidValidity, digest: query.withDigests === true ? (index.digestOf(answer.uid) ?? null) : null }));
  }

  async read(client: ImapFlow, folder: SpecialFolder, place: Pick<FoundAnswer, 'uidValidity' | 'uid'>): Promise<Buffer | null> {
    const box = await openAfresh(client, folder.path, true);
    if (box.uidValidity.toString() !== place.uidValidity || box.exists === 0) return null;
    const [row] = await fetchRows(client, [place.uid], { source: true });
    return row?.source ?? null;
  }

  async remove(client: ImapFlow, folder: SpecialFolder, draft: OwnDraft): Promise<RemovedDraft> {
    const index = this.#indexes.drafts;
    const box = await this.#look(client, folder, 'drafts', false);
    const present = await stillThere(client, index, index.find({ answering: [], messageIds: [draft.messageId] }));
    await readDigests(client, index, present.map(({ answer }) => answer));
    const isOurs = ({ answer }: { answer: IndexedAnswer }): boolean => index.digestOf(answer.uid) === draft.digest;
    // An edited copy beside ours: its editor may be just about to remove ours, or to go on from it.
    if (present.some((found) => !found.deleted && !isOurs(found))) return 'changed';
    const uids = present.filter(isOurs).map(({ answer }) => answer.uid);
    if (uids.length === 0) return 'gone';
    if (box.readOnly === true) throw new MailboxRefusedError(`${folder.path} can be read only`);
    const set = { type: 'SEQUENCE', value: toUidSet(uids) } as const;
    await runImapCommand(client, 'UID STORE', [set, { type: 'ATOM', value: '+FLAGS.SILENT' }, [{ type: 'ATOM', value: '\\Deleted' }]]);
    // A plain EXPUNGE would take with it what someone else has marked: without UIDPLUS (RFC 4315) their program does it in its time.
    if (client.capabilities.has('UIDPLUS') || client.capabilities.has('IMAP4REV2')) await runImapCommand(client, 'UID EXPUNGE', [set]);
    return 'removed';
  }

  async listSent(client: ImapFlow, folder: SpecialFolder, after: SentCursor, limit: number): Promise<SentPage> {
    const box = await openAfresh(client, folder.path, true);
    const uidValidity = box.uidValidity.toString();
    const goesOn = after.uidValidity === uidValidity;
    const end = { uidValidity, uid: Math.max(box.uidNext - 1, goesOn ? after.uid : 0), sinceMs: after.sinceMs };
    if (box.exists === 0 || (goesOn && end.uid <= after.uid)) return { cursor: end, mails: [], more: false };
    // `n:*` always holds the last mail, even when its UID is below n (RFC 9051, 9). SINCE counts days in the server's time zone.
    const query = goesOn ? { uid: `${after.uid + 1}:*` } : { since: new Date(after.sinceMs - dayMs) };
    const listed = await client.search(query, { uid: true });
    if (!Array.isArray(listed)) throw new MailboxRefusedError(`the server refused to search ${folder.path}`);
    const uids = listed.filter((uid) => !goesOn || uid > after.uid).toSorted((a, b) => a - b);
    const page = uids.slice(0, limit);
    const mails = await fetchAnswers(client, page);
    const more = uids.length > page.length;
    return {
      cursor: { uidValidity, uid: more ? (page.at(-1) ?? after.uid) : Math.max(end.uid, page.at(-1) ?? 0), sinceMs: newest(mails, after.sinceMs) },
      mails: mails.filter(({ storedAt }) => goesOn || after.uidValidity !== null || storedAt.getTime() >= after.sinceMs).map((mail) => ({ ...mail, folder: 'sent', uidValidity, digest: null })),
      more,
    };
  }

  async saveSent(client: ImapFlow, folder: SpecialFolder, mail: NewDraft): Promise<'saved' | 'already_there'> {
    const index = this.#indexes.sent;
    await this.#look(client, folder, 'sent', true);
    const present = await stillThere(client, index, index.find({ answering: [], messageIds: [mail.messageId] }));
    if (present.length > 0) return 'already_there';
    await appendToFolder(client, folder, [mail], ['\\Seen']);
    return 'saved';
  }

  /** Opens the folder and reads the headers that came since. */
  async #look(client: ImapFlow, folder: SpecialFolder, kind: AnswerFolder, readOnly: boolean): Promise<MailboxObject> {
    const index = this.#indexes[kind];
    const box = await openAfresh(client, folder.path, readOnly);
    const uidValidity = box.uidValidity.toString();
    const { exists, uidNext } = box;
    const known = index.knownUpTo(uidValidity);
    if (known === null) {
      index.begin(uidValidity);
      for (let start = Math.max(1, exists - indexedMails + 1); start <= exists; start += pageMails) {
        for (const answer of answersOf(await client.fetchAll(`${start}:${Math.min(exists, start + pageMails - 1)}`, answerQuery))) index.add(answer);
      }
    } else if (uidNext > known + 1 && exists > 0) {
      const rows = await client.fetchAll(`${known + 1}:*`, answerQuery, { uid: true });
      for (const answer of answersOf(rows)) index.add(answer);
    }
    return box;
  }
}

const answerQuery = { uid: true, flags: true, internalDate: true, size: true, headers: [...answerFields] };

async function fetchAnswers(client: ImapFlow, uids: readonly number[]): Promise<IndexedAnswer[]> {
  return uids.length === 0 ? [] : answersOf(await fetchRows(client, uids, answerQuery)).toSorted((a, b) => a.uid - b.uid);
}

function answersOf(rows: readonly FetchMessageObject[]): IndexedAnswer[] {
  return rows.flatMap((row) => {
    // A row that nobody asked for: another client stored flags.
    if (row.headers === undefined) return [];
    const storedAt = new Date(row.internalDate ?? Number.NaN);
    return { ...readAnswerHeader(row.headers), uid: row.uid, bytes: row.size ?? 0, storedAt: Number.isNaN(storedAt.getTime()) ? new Date() : storedAt };
  });
}

async function stillThere(client: ImapFlow, index: AnswerIndex, answers: readonly IndexedAnswer[]): Promise<{ answer: IndexedAnswer; deleted: boolean }[]> {
  if (answers.length === 0) return [];
  const rows = await fetchRows(client, answers.map(({ uid }) => uid), { flags: true });
  const flags = new Map(rows.map((row) => [row.uid, row.flags ?? new Set<string>()]));
  return answers.flatMap((answer) => {
    const set = flags.get(answer.uid);
    if (set !== undefined) return { answer, deleted: set.has('\\Deleted') };
    index.remove(answer.uid);
    return [];
  });
}

async function readDigests(client: ImapFlow, index: AnswerIndex, answers: readonly IndexedAnswer[]): Promise<void> {
  for (const { uid } of answers) {
    if (index.digestOf(uid) !== undefined) continue;
    const [row] = await fetchRows(client, [uid], { source: true });
    if (row?.source !== undefined) index.noteDigest(uid, sourceDigest(row.source));
  }
}

async function fetchRows(client: ImapFlow, uids: readonly number[], query: object): Promise<FetchMessageObject[]> {
  const wanted = new Set(uids);
  const rows = await client.fetchAll(toUidSet(uids), { uid: true, ...query }, { uid: true });
  return rows.filter((row) => wanted.has(row.uid));
}

function newest(mails: readonly IndexedAnswer[], sinceMs: number): number {
  return mails.reduce((latest, { storedAt }) => Math.max(latest, storedAt.getTime()), sinceMs);
}
