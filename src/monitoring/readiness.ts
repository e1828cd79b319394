import type { MailboxStatus, Status } from './status.ts';

/** Whether the service can do its work. `degraded`: part of it; the rest goes on. */
export interface Readiness {
  readonly status: 'ready' | 'degraded' | 'not_ready';
  /** What is amiss, in words; empty where nothing is. */
  readonly reasons: readonly string[];
  readonly store: 'ready' | 'not_ready';
  readonly queue: 'ready' | 'not_ready';
  readonly mailboxes: Readonly<Record<string, MailboxReadiness>>;
}

export interface MailboxReadiness {
  readonly status: 'ready' | 'not_ready';
  readonly watch: MailboxStatus['watch'];
  readonly reason: string | null;
  readonly lag_seconds: number | null;
}

/** Not ready: the store or the queue does not answer, or no mailbox that this process watches can be reached. One mailbox among several never stops the others, nor does a pack with mistakes. */
export function readinessOf({ store, queue, mailboxes, packs }: Status): Readiness {
  const lost = mailboxes.filter(({ watch }) => watch === 'lost');
  const others = mailboxes.filter(({ watch }) => watch !== 'lost');
  const reasons = [
    ...(store.answers ? [] : [`The store does not answer: ${store.reason ?? ''}`]),
    ...(queue.answers ? [] : [`The queue does not answer: ${queue.reason ?? ''}`]),
    ...lost.map(({ name, reason }) => `Mailbox ${name} cannot be reached: ${reason ?? ''}`),
    ...(packs.valid ? [] : ['The packs in their folder have mistakes; those loaded before are in use.']),
  ];
  const works = store.answers && queue.answers && (lost.length === 0 || others.length > 0);
  return {
    status: !works ? 'not_ready' : reasons.length > 0 ? 'degraded' : 'ready',
    reasons,
    store: store.answers ? 'ready' : 'not_ready',
    queue: queue.answers ? 'ready' : 'not_ready',
    mailboxes: Object.fromEntries(mailboxes.map(({ name, watch, reason, lagSeconds }) => [name, { status: watch === 'lost' ? 'not_ready' : 'ready', watch, reason, lag_seconds: lagSeconds }])),
  };
}
