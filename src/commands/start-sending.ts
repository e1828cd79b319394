import type { Logger } from 'pino';
import type { Store } from '../cases/store.ts';
import type { Config } from '../config.ts';
import { TriageError } from '../errors.ts';
import type { Packs } from '../packs/pack.ts';
import { runSender } from '../sending/run-sender.ts';
import { runWebhooks } from '../sending/run-webhooks.ts';
import { smtpServer } from '../sending/smtp-server.ts';
import { savesSent } from '../sending/smtp-settings.ts';
import { mailboxOf } from './open-mailbox.ts';

/** Sending while it goes on. */
export interface StartedSending {
  /** Begins nothing new; resolves when what was on its way has come to an end. */
  readonly close: () => Promise<void>;
}

/** Sends what was approved at the desk, keeps Drafts in step with it, and tells the webhooks, until `signal` aborts. */
export function startSending(config: Pick<Config, 'mailboxes' | 'maxMessageBytes' | 'webhooks'>, { store, packs, logger, signal: ended }: { store: Store; packs: () => Packs; logger: Logger; signal: AbortSignal }): StartedSending {
  const stopping = new AbortController();
  const signal = AbortSignal.any([ended, stopping.signal]);
  // Of its own: whoever waits for a mail to go out is not kept waiting by a batch of mail that comes in.
  const mailboxes = new Map(config.mailboxes.map((settings) => [settings.name, mailboxOf(settings, config.maxMessageBytes, logger.child({ mailbox: settings.name }, { level: 'warn' }))]));
  const servers = new Map(config.mailboxes.flatMap(({ name, smtp }) => (smtp === null ? [] : [[name, { server: smtpServer(smtp), savesSent: savesSent(smtp) }] as const])));
  const onError = (error: Error): void => { logger.error({ code: error instanceof TriageError ? error.code : null, reason: error.message }, 'sending will be tried again'); };
  const sending = runSender({
    database: store.database, packs, mailboxes, smtpOf: (mailbox) => servers.get(mailbox) ?? null, signal, onError,
    // Never to whom, nor what.
    onReply: ({ id, caseId, state, attempts, code }) => { logger[state === 'failed' || state === 'uncertain' ? 'warn' : 'info']({ outbox: id, case: caseId, state, attempts, ...(code === null ? {} : { code }) }, 'reply'); },
  });
  const telling = runWebhooks({ database: store.database, hooks: config.webhooks, signal, onError });
  return {
    close: async () => {
      stopping.abort();
      await Promise.allSettled([sending, telling]);
      await Promise.allSettled([...mailboxes.values()].map(async (mailbox) => { await mailbox.close(); }));
    },
  };
}
