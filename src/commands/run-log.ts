import { pino, type Logger } from 'pino';
import type { Config } from '../config.ts';
import { TriageError } from '../errors.ts';
import type { SecondReaderOptions } from '../model/second-reader.ts';
import type { WorkerEvents } from '../worker/worker-events.ts';

/** One JSON object a line on standard error. Never the words of a mail, nor whose it is: logs travel further than mailboxes. */
export function openLog(level: Config['logLevel']): Logger {
  return pino({ level, base: null, serializers: { reason: (reason: unknown) => (typeof reason === 'string' ? withoutQuotations(reason) : reason) } }, pino.destination({ dest: 2, sync: true }));
}

const dueText = {
  woken: 'the snooze is over', due_soon: 'an answer is due soon', overdue: 'an answer is overdue', reminder: 'a reminder to the customer lies in Drafts', closed_unanswered: 'closed: the customer has not answered',
} as const;

export function loggedEvents(logger: Logger): WorkerEvents {
  return {
    onMail: ({ mailbox, uid, merchant, language, topic, outcome, missing, state, draftSubject, quarantine, fileNotes, records }) => {
      const drafted = draftSubject !== null;
      if (quarantine !== null) logger.warn({ mailbox, uid, code: quarantine.code, reason: quarantine.reason }, 'quarantined');
      else logger.info({ mailbox, uid, merchant, language, topic, outcome, missing, state, drafted, ...(fileNotes.length === 0 ? {} : { fileNotes }), ...(records === null ? {} : { records }) }, 'triaged');
    },
    onDue: ({ kind, caseId }) => logger[kind === 'overdue' ? 'warn' : 'info']({ case: caseId }, dueText[kind]),
    onAnswered: (mailbox, { caseId, stage }) => logger.info({ mailbox, case: caseId, stage }, 'answered from a mail program'),
    onEnqueued: (mailbox, mails) => logger.debug({ mailbox, mails }, 'enqueued'),
    onConnection: (mailbox, event) => {
      if (event.kind === 'connected') logger.info({ mailbox }, 'connected');
      else logger.warn({ mailbox, reason: event.reason, retryInMs: event.retryInMs }, 'connection lost');
    },
    onAudit: (audit) => { logger[audit.isBalanced ? 'info' : 'warn'](audit, audit.isBalanced ? 'audited' : 'audited: it does not balance'); },
    onLeader: (mailbox, isLeader) => logger.info({ mailbox }, isLeader ? 'watches the mailbox' : 'watches the mailbox no more'),
    onError: (mailbox, error) => logger.error({ mailbox, code: error instanceof TriageError ? error.code : null, reason: error.message }, 'will be tried again'),
  };
}

export function loggedFailures(logger: Logger): Pick<SecondReaderOptions, 'onFailure' | 'onSkip'> {
  return {
    onFailure: (failure) => { logger.warn({ failure }, 'the model did not answer; the mail goes on without it'); },
    onSkip: (why) => { logger.debug({ why }, 'the model was not asked'); },
  };
}

/** What a server or a library says of a failure may quote an address, or what it choked on; databases and parsers quote in double quotation marks. */
export function withoutQuotations(text: string): string {
  return text.replaceAll(/"[^"]*(?:"|$)/gu, '"…"').replaceAll(/[^\s<>"'(),:;=@[\]]+@[\p{L}\p{N}.-]+/gu, '<address>');
}

/** Of the mailboxes' own connections only what is amiss; in detail where all of it is wanted. */
export function connectionLevel(level: Config['logLevel']): Config['logLevel'] {
  return level === 'info' || level === 'debug' || level === 'trace' ? 'warn' : level;
}
