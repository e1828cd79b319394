import { join } from 'node:path';
import { openStore, type Store } from '../cases/store.ts';
import { loadConfig } from '../config.ts';
import { TriageError } from '../errors.ts';
import type { Mailbox } from '../mailbox/mailbox.ts';
import { auditMailbox, type MailboxAudit } from '../worker/audit-mailbox.ts';
import { type MailQueues, openMailQueues } from '../worker/mail-queue.ts';
import { openDesk } from '../worker/mailbox-desk.ts';
import { textOption, writeOut, type Call, type Command, type ExitStatus } from './command.ts';
import { mailboxOf } from './open-mailbox.ts';
import { remedyFor } from './remedy.ts';

export const auditCommand: Command = {
  usage: '[--json] [--config FILE]',
  help: `Every mail since the first contact must have exactly one fate, every due draft must lie in Drafts or be known to be sent, edited, deleted or replaced, and none may lie there twice.
A mail without a fate is handed to the queue; what people did with drafts is noted. Exit status 1 when something did not balance, or could not be looked at.
A worker does the same by itself, every hour unless told otherwise, and logs it. While it runs on an embedded store, only it can.

Options:
  --json         one JSON object a mailbox and line
  --config FILE  the configuration; refund-triage.yaml where it is not given`,
  options: { json: { type: 'boolean' }, config: { type: 'string' } },
  positionals: { min: 0, max: 0, what: 'no arguments' },
  run: auditAll,
};

const closeTimeoutMs = 1_000;

async function auditAll(call: Call): Promise<ExitStatus> {
  const config = await loadConfig(textOption(call, 'config'), call.environment);
  const store = await openStore(config.databaseUrl === null ? { dataDir: join(config.dataDir, 'store') } : { databaseUrl: config.databaseUrl.reveal(), maxConnections: 4 });
  let queues: MailQueues | null = null;
  try {
    queues = await openMailQueues({
      redisUrl: config.redisUrl?.reveal() ?? null, database: store.database, installationId: store.installationId, mailboxes: config.mailboxes.length, concurrency: config.concurrency, onError: () => undefined,
    });
    let isBalanced = true;
    for (const settings of config.mailboxes) {
      const mailbox = mailboxOf(settings, config.maxMessageBytes);
      isBalanced = (await auditOne(mailbox, { call, store, queues })) && isBalanced;
    }
    return isBalanced ? 0 : 1;
  } finally {
    await queues?.close(closeTimeoutMs);
    await store.close();
  }
}

interface AuditSetting {
  readonly call: Call;
  readonly store: Store;
  readonly queues: MailQueues;
}

async function auditOne(mailbox: Mailbox, { call, store, queues }: AuditSetting): Promise<boolean> {
  const isJson = call.values['json'] === true;
  try {
    const balance = await auditMailbox({
      desk: openDesk(mailbox, store, null), store, events: {}, queue: queues.queueOf(mailbox.name),
      filesQueue: queues.queueOf(mailbox.name, 'files'), doubtsQueue: queues.queueOf(mailbox.name, 'doubts'), recordsQueue: queues.queueOf(mailbox.name, 'records'),
    });
    await writeOut(call.stdout, isJson ? `${JSON.stringify(balance)}\n` : auditText(balance));
    return balance.isBalanced;
  } catch (error) {
    if (!(error instanceof TriageError)) throw error;
    // The other mailboxes are looked at all the same.
    await writeOut(call.stdout, isJson ? `${JSON.stringify({ mailbox: mailbox.name, error: { code: error.code, message: error.message } })}\n` : `${mailbox.name}: ${error.code}: ${error.message}\n  ${remedyFor(error)}\n`);
    return false;
  } finally {
    await mailbox.close();
  }
}

const shownIds = 20;

/** An audit for people. */
export function auditText(audit: MailboxAudit): string {
  const { mailbox, firstContactAt, mails, fates, inWork, arriving, takenUp, twice, drafts, isBalanced } = audit;
  if (firstContactAt === null) return `${mailbox}: was never met; the worker makes the first contact\n`;
  const lines = [
    `${mailbox}: ${counted(mails, 'mail')} since ${firstContactAt.toISOString()}`,
    `  ${String(fates.ready)} ready · ${String(fates.needs_info)} need information · ${String(fates.review)} for review · ${String(fates.ignored)} ignored · ${String(fates.quarantined)} in quarantine · ${String(fates.passed_over)} from before`,
    `  ${String(inWork)} in work · ${String(arriving)} just arrived`,
    `  ${counted(drafts.inDrafts, 'draft')} of ours in Drafts; noted by now: ${String(drafts.noted.sent)} sent, ${String(drafts.noted.edited)} edited, ${String(drafts.noted.deleted)} deleted by a person`,
    ...found('without a fate, taken up', takenUp),
    ...found('with two fates', twice),
    ...found('due and not in Drafts (is drafts_folder right?)', drafts.missing),
    ...found('more than once in Drafts', drafts.doubled),
    isBalanced ? '  It balances.' : '  It does not balance.',
  ];
  return `${lines.join('\n')}\n`;
}

function counted(count: number, what: string): string {
  return `${String(count)} ${what}${count === 1 ? '' : 's'}`;
}

function found(what: string, ids: readonly (number | string)[]): string[] {
  if (ids.length === 0) return [];
  const rest = ids.length - shownIds;
  return [`  ${what}: ${ids.slice(0, shownIds).join(', ')}${rest > 0 ? ` and ${String(rest)} more` : ''}`];
}
