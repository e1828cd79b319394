import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { TriageError } from '../../src/errors.ts';
import type { Message } from '../../src/message/message.ts';
import type { TriageResult } from '../../src/triage.ts';
import type { TriageMail } from '../../src/worker/triage-mail.ts';
import { sampleDecision, sampleFacts } from '../cases/sample-mail.ts';

/** A mail for the worker to take in. What its subject says decides what becomes of it in `testTriage`. */
export function testMail(id: string, subject = 'Refund please'): Buffer {
  return Buffer.from([
    `Message-ID: <${id}@customer.example>`, `From: Anna <${id}@customer.example>`, 'To: support@shop.example', `Subject: ${subject}`,
    'Date: Tue, 17 Mar 2026 10:14:00 +0100', 'MIME-Version: 1.0', 'Content-Type: text/plain; charset=utf-8', '', 'I want my money back.', '',
  ].join('\r\n'));
}

export class UnreadableError extends TriageError {
  readonly code = 'unreadable';
  readonly retryable = false;
}

export class FlakyError extends TriageError {
  readonly code = 'flaky';
  readonly retryable = true;
}

/**
 * Answers every mail, save for what its subject asks for: `machine`, `review`, `unreadable` (an error for good), `bug` (an error nobody raised on purpose), `flaky` (an error twice, then
 * none), `hopeless` (an error each time that might pass), `killer` (the process dies), `late killer` (it dies when the draft is
 * composed), `endless` (it never gets to anything else), `files` (its files are worth a look), `files killer` (looking into them kills the process). The worker's suites are about the way of a mail, not about what is read from it.
 */
export function testTriage(options: { delayMs?: number; looksIntoFiles?: boolean } = {}): TriageMail {
  const met = new Map<string, number>();
  return async (source): Promise<TriageResult> => {
    if (options.delayMs !== undefined) await sleep(options.delayMs);
    const message = readSimply(source.toString('utf8'));
    const { subject } = message;
    const times = (met.get(message.messageId ?? '') ?? 0) + 1;
    met.set(message.messageId ?? '', times);
    if (subject === 'endless') for (;;) source.indexOf('never');
    if (subject === 'killer' || (subject === 'files killer' && options.looksIntoFiles === true)) process.kill(process.pid, 'SIGKILL');
    if (subject === 'unreadable') throw new UnreadableError('It cannot be read.');
    if (subject === 'bug') throw new RangeError('out of range');
    if (subject === 'hopeless' || (subject === 'flaky' && times <= 2)) throw new FlakyError('Not now.');
    const fingerprint = createHash('sha256').update(message.messageId ?? source).digest('hex');
    const isMachine = subject === 'machine';
    const draft = { to: message.from?.address ?? '', subject: `Re: ${subject}`, language: 'en', template: 'request-info', text: 'Which order?', html: '<p>Which order?</p>' };
    const draftMessageId = `<${fingerprint.slice(0, 32)}@triage.example>`;
    return {
      message: isMachine ? { ...message, machine: 'auto_reply' } : message,
      passedOnBy: null,
      merchant: 'imgto3d',
      facts: isMachine ? { ...sampleFacts, topic: 'machine' } : sampleFacts,
      decision: { ...sampleDecision, ...(isMachine ? { outcome: 'no_reply', missing: [] } : subject === 'review' ? { outcome: 'human_review', missing: [] } : {}) },
      seenFiles: [],
      filesToSee: subject.startsWith('files') && options.looksIntoFiles !== true ? [0] : [],
      toAsk: null,
      secondReading: null,
      records: null,
      decidedIn: null,
      thread: null,
      threadQuery: null,
      factsAlone: sampleFacts,
      words: null, passesOn: null,
      dueAtMs: null,
      draft: isMachine ? null : draft,
      draftSource: () => {
        if (subject === 'late killer') process.kill(process.pid, 'SIGKILL');
        return Buffer.from([
          `Message-ID: ${draftMessageId}`, 'From: support@shop.example', `To: ${draft.to}`, `Subject: ${draft.subject}`, `In-Reply-To: ${message.messageId ?? ''}`,
          'Date: Tue, 17 Mar 2026 10:14:00 +0100', '', draft.text, '',
        ].join('\r\n'));
      },
      draftMessageId,
      fingerprint,
    };
  };
}

function readSimply(text: string): Message {
  const valueOf = (name: string): string => new RegExp(`^${name}: (.*)\\r?$`, 'm').exec(text)?.[1]?.trim() ?? '';
  const address = /<([^>]*)>/.exec(valueOf('From'))?.[1] ?? '';
  const at = Date.UTC(2026, 2, 17, 9, 14);
  return {
    messageId: valueOf('Message-ID'), inReplyTo: null, references: [], from: { name: '', address }, replyTo: { name: '', address }, recipients: ['support@shop.example'],
    subject: valueOf('Subject'), sentAt: { epochMs: at, offsetMinutes: 60 }, receivedAtMs: at, segments: [], attachments: [], machine: null, authentication: 'none',
    encrypted: false, languageHints: [], bytes: text.length, notes: [],
  };
}
