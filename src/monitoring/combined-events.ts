import type { WorkerEvents } from '../worker/worker-events.ts';

type Listeners = { readonly [Name in keyof WorkerEvents]-?: NonNullable<WorkerEvents[Name]> };
/** What the worker tells, told to each of several listeners in turn. */
export function combinedEvents(listeners: readonly WorkerEvents[]): WorkerEvents {
  const events: Listeners = {
    onMail: (mail) => { for (const each of listeners) each.onMail?.(mail); },
    onAnswered: (mailbox, answered) => { for (const each of listeners) each.onAnswered?.(mailbox, answered); },
    onDue: (event) => { for (const each of listeners) each.onDue?.(event); },
    onBatch: (batch) => { for (const each of listeners) each.onBatch?.(batch); },
    onEnqueued: (mailbox, mails) => { for (const each of listeners) each.onEnqueued?.(mailbox, mails); },
    onConnection: (mailbox, event) => { for (const each of listeners) each.onConnection?.(mailbox, event); },
    onAudit: (audit) => { for (const each of listeners) each.onAudit?.(audit); },
    onLeader: (mailbox, isLeader) => { for (const each of listeners) each.onLeader?.(mailbox, isLeader); },
    onError: (mailbox, error) => { for (const each of listeners) each.onError?.(mailbox, error); },
  };
  return events;
}
