import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { approveDraft } from '../../src/cases/actions/approve-draft.ts';
import { openStore, type Store } from '../../src/cases/store.ts';
import { triageMailWith } from '../../src/commands/triage-mail.ts';
import { TriageError } from '../../src/errors.ts';
import { ImapMailbox } from '../../src/mailbox/imap-mailbox.ts';
import { loadPacks } from '../../src/packs/load-packs.ts';
import { Secret } from '../../src/secret.ts';
import { runSender } from '../../src/sending/run-sender.ts';
import { smtpServer } from '../../src/sending/smtp-server.ts';
import { openDesk } from '../../src/worker/mailbox-desk.ts';
import { openMailQueues } from '../../src/worker/mail-queue.ts';
import { auditMailbox } from '../../src/worker/audit-mailbox.ts';
import { runWorker, workerRoles } from '../../src/worker/run-worker.ts';
import type { TriageMail } from '../../src/worker/triage-mail.ts';
import { hurry } from './hurry.ts';
import { parseShopSettings } from './shop-settings.ts';

// A shop in a process of its own, for the fault runs to kill: it watches, drafts, has some of its drafts approved and sends them. With `settles` it does what is left to do and ends.
const settings = parseShopSettings(process.argv[2]);
const { imap, smtp, place, delayMs, settles, approvesOneOf, roles } = settings;
const stop = new AbortController();
process.once('SIGTERM', () => { stop.abort(); });
// The shop does not outlive the run that disturbs it.
process.stdin.resume().once('end', () => process.exit(1)).unref();
const packs = await loadPacks(fileURLToPath(new URL('../../templates', import.meta.url)));
// Whatever is away when it starts is waited for, as its supervisor does by starting it again.
const store = await patiently(async () => await openStore(place.store));
await patiently(async () => { await store.keepPacks(packs); });
const newMailbox = (): ImapMailbox => new ImapMailbox({
  ...imap, name: 'support', security: 'none', password: imap.password,
  // Nothing hangs any more while it settles.
  timing: { connectTimeoutMs: settles ? 30_000 : 2_000, silenceTimeoutMs: settles ? 30_000 : 2_500, commandTimeoutMs: settles ? 60_000 : 8_000, idleRefreshMs: 3_000, retryMinMs: 20, retryMaxMs: 300 },
});
const [mailbox, senders] = [newMailbox(), newMailbox()];
const triageMail = triageMailWith(packs, { authservIds: [], merchants: new Map(), countEarlierRequests: store.countEarlierRequests, findThread: store.findThread });
const triage: TriageMail = async (source, context) => {
  if (delayMs > 0) await sleep(Math.random() * delayMs);
  return await triageMail(source, context);
};
const queue = { backoffMs: 40, lockMs: 1_500, awayMs: 200 };
const onError = (mailboxName: string | null, error: Error): void => { process.stderr.write(`${new Date().toISOString()} ${mailboxName ?? '-'} ${error instanceof TriageError ? error.code : error.name}: ${error.message}\n`); };

const isDesk = roles.includes('desk');
const sending = !isDesk ? Promise.resolve() : runSender({
  database: store.database, packs: () => packs, mailboxes: new Map([['support', senders]]), pollIntervalMs: 100, signal: stop.signal, onError: (error) => { onError(null, error); },
  smtpOf: () => ({ savesSent: true, server: smtpServer({ ...smtp, host: '127.0.0.1', security: 'none', password: new Secret(smtp.password), ca: null, saveSent: 'auto' }, { connectTimeoutMs: 1_500, silenceTimeoutMs: 1_500 }) }),
});
const approving = isDesk && approvesOneOf !== null ? approveSome(store, approvesOneOf) : Promise.resolve();
process.stdout.write('ready\n');
if (settles) {
  await settle();
  stop.abort();
} else if (roles.includes('watch') || roles.includes('work')) {
  await patiently(async () => { await work(false); });
}
await Promise.all([sending, approving]);
await Promise.all([mailbox.close(), senders.close()]);
await store.close();

async function work(once: boolean): Promise<void> {
  await runWorker({
    store, mailboxes: [{ mailbox, since: new Date(0) }], triage, redisUrl: place.redisUrl, once, signal: stop.signal, concurrency: 3, reconcileIntervalMs: 1_000, queue, roles: workerRoles.filter((role) => roles.includes(role)),
    lease: { renewIntervalMs: 200, expiresMs: 2_000 }, events: { onError, onMail: ({ uid, state, quarantine }) => { process.stdout.write(`mail ${String(uid)} ${state} ${quarantine?.code ?? ''}\n`); } },
  });
}

/** Until nothing is left to do; whatever waits for a later time has it now. */
async function settle(): Promise<void> {
  for (;;) {
    await hurry(store.database);
    await patiently(async () => { await work(true); });
    if ((await hurry(store.database)) === 0) break;
    await sleep(200);
  }
  const queues = await openMailQueues({ redisUrl: place.redisUrl, database: store.database, installationId: store.installationId, mailboxes: 1, concurrency: 1, onError });
  try {
    const desk = openDesk(mailbox, store, new Date(0));
    const audit = await auditMailbox({ desk, store, events: {}, queue: queues.queueOf('support'), filesQueue: null, doubtsQueue: null, recordsQueue: null }, { settledForMs: 0 });
    process.stdout.write(`audit ${JSON.stringify(audit)}\n`);
  } finally {
    await queues.close(1_000);
  }
}

/** As people at the desk do, for some of the drafts: the same ones whichever process asks. */
async function approveSome({ database }: Store, oneOf: number): Promise<void> {
  while (!stop.signal.aborted) {
    try {
      const drafts = await database.query<{ case_id: number; version: number; draft: string; revision: number }>(
        `SELECT d.case_id, c.version, d.message_id AS draft, d.revision FROM refund_triage.drafts d JOIN refund_triage.cases c ON c.id = d.case_id
         WHERE d.state = 'in_drafts' AND NOT EXISTS (SELECT 1 FROM refund_triage.outbox o WHERE o.draft = d.message_id AND o.case_version = c.version)`,
      );
      for (const { case_id: caseId, version, draft, revision } of drafts.filter((each) => isApproved(each.draft, oneOf))) {
        await approveDraft(database, { caseId, version, by: 'Olga', draft, revision, unbacked: [], reason: null, holdMs: 100 }).catch((error: unknown) => {
          if (!(error instanceof TriageError)) throw error;
        });
      }
    } catch (error) {
      onError(null, error instanceof Error ? error : new Error(String(error)));
    }
    await sleep(150, undefined, { signal: stop.signal }).catch(() => undefined);
  }
}

function isApproved(draft: string, oneOf: number): boolean {
  return (createHash('sha256').update(draft).digest()[0] ?? 0) % oneOf === 0;
}

async function patiently<Result>(begin: () => Promise<Result>): Promise<Result> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await begin();
    } catch (error) {
      if (stop.signal.aborted || tries >= 40) throw error;
      onError(null, error instanceof Error ? error : new Error(String(error)));
      await sleep(250);
    }
  }
}
