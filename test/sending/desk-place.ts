import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { approveDraft, type Approved } from '../../src/cases/actions/approve-draft.ts';
import type { Store } from '../../src/cases/store.ts';
import { readWorkedCase, type WorkedCase } from '../../src/cases/actions/worked-case.ts';
import { triageMailWith } from '../../src/commands/triage-mail.ts';
import { bundledTemplatesDir } from '../../src/config.ts';
import { ImapMailbox } from '../../src/mailbox/imap-mailbox.ts';
import { loadPacks } from '../../src/packs/load-packs.ts';
import type { Packs } from '../../src/packs/pack.ts';
import { Secret } from '../../src/secret.ts';
import { type SenderOptions, runSender } from '../../src/sending/run-sender.ts';
import { smtpServer } from '../../src/sending/smtp-server.ts';
import { toTriagedMail } from '../../src/worker/triage-mail.ts';
import { type Dovecot, startDovecot } from '../servers/dovecot.ts';
import { type SmtpServerUnderTest, startSmtpServer } from '../servers/smtp.ts';

/** A shop with its mail server, its SMTP server, its store, and a worker that drafts: what the sending suites send from. */
export interface DeskPlace {
  readonly store: Store;
  readonly packs: Packs;
  readonly dovecot: Dovecot;
  readonly smtp: SmtpServerUnderTest;
  readonly mailbox: ImapMailbox;
  /** Delivers a mail and has the worker draft its answer; gives the case. */
  receive(mail: string | Buffer): Promise<WorkedCase>;
  worked(caseId: number): Promise<WorkedCase>;
  approve(worked: WorkedCase, options?: { holdMs?: number; by?: string }): Promise<Approved>;
  /** A process that sends, until `stop`. */
  startSender(options?: Partial<SenderOptions>): { stop(): Promise<void>; readonly errors: readonly Error[] };
  outbox(caseId: number): Promise<{ state: string; code: string | null; attempts: number; settled: boolean }[]>;
  /** Sources of the mails in a folder that bear this id, as another program sees them. */
  folder(name: string, messageId: string): Promise<string[]>;
  flags(name: string): Promise<string[]>;
  stop(): Promise<void>;
  /** Leaves the store open. */
  stopServers(): Promise<void>;
}

const folders = ['Drafts', 'Sent'].map((name) => `mailbox ${name} {\n auto = create\n special_use = \\${name}\n }`).join('\n');

export async function startDeskPlace(open: () => Promise<Store>): Promise<DeskPlace> {
  const [dovecot, smtp, store, packs] = await Promise.all([startDovecot({ mailboxes: folders }), startSmtpServer(), open(), loadPacks(bundledTemplatesDir)]);
  const settings = { name: 'support', host: dovecot.host, port: dovecot.port, security: 'none', user: dovecot.user, password: dovecot.password } as const;
  const mailbox = new ImapMailbox(settings);
  const triage = triageMailWith(packs, { authservIds: [], merchants: new Map(), countEarlierRequests: async () => await Promise.resolve(0), findThread: async (query) => await store.findThread(query) });
  await store.keepPacks(packs);
  const server = smtpServer({ host: '127.0.0.1', port: smtp.port, security: 'none', user: smtp.user, password: new Secret(smtp.password), ca: null, saveSent: 'auto' }, { silenceTimeoutMs: 20_000 });
  const worked = async (caseId: number): Promise<WorkedCase> => {
    const found = await readWorkedCase(store.database, caseId);
    if (found === null) throw new Error(`there is no case ${String(caseId)}`);
    return found;
  };
  const stopServers = async (): Promise<void> => {
    await mailbox.close();
    await Promise.all([dovecot.stop(), smtp.stop()]);
  };
  let lastUid = 0;
  // What the worker does with a mail, without its queue.
  const draftNewest = async (): Promise<number> => {
    // The server notices a delivery when it looks next.
    const uid = await until(async () => {
      await mailbox.open();
      return (await mailbox.listUidsAfter(lastUid)).at(-1);
    }, 'the mail has arrived');
    lastUid = uid;
    const { uidValidity } = await mailbox.open();
    const run = store.beginRun();
    for await (const mail of mailbox.fetch([uid])) {
      const result = await triage(mail.source, { mailbox: 'support', internalDate: mail.internalDate, bytes: mail.bytes, partBytes: mail.partBytes, again: true });
      const { recorded } = await store.recordMails(run, [toTriagedMail({ mailbox: 'support', uidValidity, uid }, result)]);
      const draftIds = recorded[0]?.draft === 'append' ? [result.draftMessageId] : [];
      if (draftIds.length > 0) await mailbox.appendDrafts([{ messageId: result.draftMessageId, source: result.draftSource() }]);
      await store.finishMails('support', uidValidity, { draftIds, uids: [uid] });
      await run.end(true);
      return recorded[0]?.caseId ?? 0;
    }
    throw new Error('the mail is not in the mailbox');
  };
  return {
    store, packs, dovecot, smtp, mailbox, worked,
    receive: async (mail) => {
      await dovecot.deliver(Buffer.from(mail));
      return await worked(await draftNewest());
    },
    approve: async (found, { holdMs = 0, by = 'Olga' } = {}) => await approveDraft(store.database, {
      caseId: found.id, version: found.version, by, draft: found.draft?.messageId ?? '', revision: found.draft?.revision ?? 0, unbacked: [], reason: null, holdMs,
    }),
    startSender: (options = {}) => {
      const stopping = new AbortController();
      const errors: Error[] = [];
      const running = runSender({
        database: store.database, packs: () => packs, mailboxes: new Map([['support', mailbox]]), smtpOf: () => ({ server, savesSent: true }), pollIntervalMs: 50, signal: stopping.signal,
        onError: (error) => { errors.push(error); }, ...options,
      });
      return { errors, stop: async () => { stopping.abort(); await running; } };
    },
    outbox: async (caseId) => await store.database.query(
      'SELECT state, code, attempts, settled_at IS NOT NULL AS settled FROM refund_triage.outbox WHERE case_id = $1 ORDER BY id', [caseId],
    ),
    folder: async (name, messageId) => {
      const query = ['mailbox', name, 'header', 'Message-ID', messageId];
      const found = await dovecot.doveadm(['search', '-u', dovecot.user, ...query]);
      const uids = found.split('\n').flatMap((line) => line.split(' ')[1] ?? []);
      const texts: string[] = [];
      for (const uid of uids) texts.push((await dovecot.doveadm(['fetch', '-u', dovecot.user, 'text', 'mailbox', name, 'uid', uid])).replace(/^text:\n/u, ''));
      return texts;
    },
    flags: async (name) => {
      const text = await dovecot.doveadm(['fetch', '-u', dovecot.user, 'flags', 'mailbox', name, 'all']);
      return text.split('\f').map((entry) => entry.trim().replace(/^flags: ?/u, '')).filter((entry) => entry !== '');
    },
    stopServers,
    stop: async () => {
      await stopServers();
      await store.close();
    },
  };
}

/** A folder for what a suite leaves behind. */
export function placeFolder(): string {
  return mkdtempSync(join(tmpdir(), 'refund-triage-sending-'));
}

export function corpusMail(name: string): string {
  return readFileSync(new URL(`../corpus/${name}.eml`, import.meta.url), 'utf8');
}

/** Asks again until `look` finds something. */
export async function until<Found>(look: () => Promise<Found | null | undefined | false>, what: string, timeoutMs = 30_000): Promise<Found> {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    const found = await look();
    if (found !== null && found !== undefined && found !== false) return found;
    if (Date.now() > deadline) throw new Error(`waited in vain until ${what}`);
    await new Promise((resolve) => { setTimeout(resolve, 30); });
  }
}
