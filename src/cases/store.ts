import type { SentCursor } from '../mailbox/answer.ts';
import type { StoredPack } from '../packs/stored-pack.ts';
import type { FindThread } from '../thread.ts';
import type { CaseState, TriagedMail } from './case.ts';
import { type ComparedRequest, countEarlierRequests } from './threads/count-earlier-requests.ts';
import { advanceCursor, beginEpoch, type FirstContact, type MailboxCursor, noteFirstContact, readCursor } from './cursors.ts';
import type { Database } from '../database/database.ts';
import { openEmbeddedDatabase } from '../database/embedded-database.ts';
import { findThread } from './threads/find-thread.ts';
import { abandonMails, finishMails } from './finish-mails.ts';
import { type LedgerEntry, listUnfinishedUids, listUnmetUids, passOver, readLedger } from './ledger.ts';
import { type CaseLine, listCases } from './lists/list-cases.ts';
import { defaultDraftLimits, type DraftLimits } from './threads/limit-drafts.ts';
import type { MailPointer } from './mail-pointer.ts';
import { migrate } from '../database/migrate.ts';
import { openPostgresDatabase } from '../database/postgres-database.ts';
import { keepPacks, readPack } from './packs.ts';
import { clearSuspect, countSuspect, type QuarantinedMail, quarantineMails } from './quarantine.ts';
import { noteSent, type AnsweredCase, type SentMail } from './threads/note-sent.ts';
import { type RecordedBatch, recordMails } from './record-mails.ts';
import { type Run, runsOf } from './runs.ts';
import { readSentCursor, writeSentCursor } from './threads/sent-cursor.ts';
import { type DraftFate, noteDigests, settleDrafts, yieldDrafts } from './threads/settle-drafts.ts';
import { type CaseReference, type DecisionFilter, findCase, type FoundCase, listDecisions, type StoredDecision } from './stored-decisions.ts';

/**
 * The store: cases, the ledger of mails met, facts with their evidence, decisions, drafts and the append-only event log. Every method may throw
 * `StoreUnavailableError`.
 */
export interface Store {
  readonly database: Database;
  /** Made once with the store. Tells this store's queue from that of another on the same Redis. */
  readonly installationId: string;
  readCursor(mailbox: string): Promise<MailboxCursor | null>;
  noteFirstContact(contact: FirstContact): Promise<MailboxCursor>;
  beginEpoch(mailbox: string, from: string, to: { uidValidity: string; uidNext: number }): Promise<MailboxCursor>;
  advanceCursor(mailbox: string, uidValidity: string, to: { enqueuedUid?: number; settledUid?: number }): Promise<void>;
  readLedger(mailbox: string, uidValidity: string, uids: readonly number[]): Promise<ReadonlyMap<number, LedgerEntry>>;
  listUnmetUids(mailbox: string, uidValidity: string, uids: readonly number[]): Promise<number[]>;
  listUnfinishedUids(mailbox: string, uidValidity: string): Promise<number[]>;
  passOver(mailbox: string, uidValidity: string, uids: readonly number[]): Promise<void>;
  beginRun(): Run;
  recordMails(run: Run, mails: readonly TriagedMail[], limits?: DraftLimits): Promise<RecordedBatch>;
  /** Notes what became of drafts. */
  settleDrafts(fates: readonly DraftFate[]): Promise<void>;
  /** Notes by what drafts are known as untouched, where a mail server keeps them otherwise than they were composed. */
  noteDigests(drafts: readonly { readonly messageId: string; readonly digest: string }[]): Promise<void>;
  /** Gives up planned drafts for the sake of one that a person has edited (`to`, its Message-ID). */
  yieldDrafts(drafts: readonly { readonly messageId: string; readonly to: string }[]): Promise<void>;
  /** The cases that these mails of ours turn out to answer. */
  noteSent(mails: readonly SentMail[]): Promise<AnsweredCase[]>;
  /** How far a mailbox's Sent was read. Null where it never was. */
  readSentCursor(mailbox: string): Promise<SentCursor | null>;
  writeSentCursor(mailbox: string, cursor: SentCursor): Promise<void>;
  /** The case that a mail goes on with; null where it begins one. */
  readonly findThread: FindThread;
  finishMails(mailbox: string, uidValidity: string, done: { draftIds: readonly string[]; uids: readonly number[] }): Promise<void>;
  abandonMails(mailbox: string, uidValidity: string, uids: readonly number[]): Promise<void>;
  quarantineMails(mails: readonly QuarantinedMail[]): Promise<void>;
  countSuspect(pointer: MailPointer): Promise<number>;
  clearSuspect(pointer: MailPointer): Promise<void>;
  readonly countEarlierRequests: (request: ComparedRequest) => Promise<number>;
  listCases(filter: { state?: CaseState; after?: number; limit: number }): Promise<CaseLine[]>;
  /** Keeps the packs, so that what they decided can be decided again. Those that are kept already stay as they are. */
  keepPacks(packs: readonly StoredPack[]): Promise<void>;
  /** Null where no such pack was kept. */
  readPack(hash: string): Promise<StoredPack | null>;
  listDecisions(filter: DecisionFilter): Promise<StoredDecision[]>;
  findCase(reference: CaseReference): Promise<FoundCase | null>;
  close(): Promise<void>;
}

export type StoreOptions =
  | { readonly databaseUrl: string; readonly maxConnections?: number }
  /** A directory for the embedded database; made where it is missing. */
  | { readonly dataDir: string };

const defaultMaxConnections = 8;

/** Opens the store and brings its schema up to date. Throws `StoreInUseError`, `StoreUnavailableError`, `StoreTooNewError`. */
export async function openStore(options: StoreOptions): Promise<Store> {
  const database = 'databaseUrl' in options
    ? await openPostgresDatabase(options.databaseUrl, { maxConnections: options.maxConnections ?? defaultMaxConnections })
    : await openEmbeddedDatabase(options.dataDir);
  try {
    await migrate(database);
    const rows = await database.query<{ id: string }>('SELECT id FROM refund_triage.installation');
    return storeOver(database, rows[0]?.id ?? '');
  } catch (error) {
    await database.close();
    throw error;
  }
}

function storeOver(database: Database, installationId: string): Store {
  const runs = runsOf(database);
  return {
    database,
    installationId,
    readCursor: async (mailbox) => await readCursor(database, mailbox),
    noteFirstContact: async (contact) => await noteFirstContact(database, contact),
    beginEpoch: async (mailbox, from, to) => await beginEpoch(database, mailbox, from, to),
    advanceCursor: async (mailbox, uidValidity, to) => { await advanceCursor(database, mailbox, uidValidity, to); },
    readLedger: async (mailbox, uidValidity, uids) => await readLedger(database, mailbox, uidValidity, uids),
    listUnmetUids: async (mailbox, uidValidity, uids) => await listUnmetUids(database, mailbox, uidValidity, uids),
    listUnfinishedUids: async (mailbox, uidValidity) => await listUnfinishedUids(database, mailbox, uidValidity),
    passOver: async (mailbox, uidValidity, uids) => { await passOver(database, mailbox, uidValidity, uids); },
    beginRun: () => runs.begin(),
    recordMails: async (run, mails, limits = defaultDraftLimits) => await recordMails(database, runs, run, mails, limits),
    settleDrafts: async (fates) => { await settleDrafts(database, fates); },
    noteDigests: async (drafts) => { await noteDigests(database, drafts); },
    yieldDrafts: async (drafts) => { await yieldDrafts(database, drafts); },
    noteSent: async (mails) => await noteSent(database, mails),
    readSentCursor: async (mailbox) => await readSentCursor(database, mailbox),
    writeSentCursor: async (mailbox, cursor) => { await writeSentCursor(database, mailbox, cursor); },
    findThread: async (query) => await findThread(database, query),
    finishMails: async (mailbox, uidValidity, done) => { await finishMails(database, mailbox, uidValidity, done); },
    abandonMails: async (mailbox, uidValidity, uids) => { await abandonMails(database, mailbox, uidValidity, uids); },
    quarantineMails: async (mails) => { await quarantineMails(database, mails); },
    countSuspect: async (pointer) => await countSuspect(database, pointer),
    clearSuspect: async (pointer) => { await clearSuspect(database, pointer); },
    countEarlierRequests: async (request) => await countEarlierRequests(database, request),
    listCases: async (filter) => await listCases(database, filter),
    keepPacks: async (packs) => { await keepPacks(database, packs); },
    readPack: async (hash) => await readPack(database, hash),
    listDecisions: async (filter) => await listDecisions(database, filter),
    findCase: async (reference) => await findCase(database, reference),
    close: async () => { await database.close(); },
  };
}
