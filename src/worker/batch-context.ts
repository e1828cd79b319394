import type { Store } from '../cases/store.ts';
import type { FetchDepth } from '../mailbox/mailbox.ts';
import type { MailboxDesk } from './mailbox-desk.ts';
import type { ProbeMail } from './mail-probe.ts';
import type { MailQueue } from './mail-queue.ts';
import type { TriageMail } from './triage-mail.ts';
import type { WorkerEvents } from './worker-events.ts';

/** What working on the mail of one mailbox takes. */
export interface BatchContext {
  readonly desk: MailboxDesk;
  readonly store: Store;
  readonly queue: MailQueue;
  /** Where mails go whose files are worth a look, so that looking holds up no other; null where they are looked into here, or never. */
  readonly filesQueue: MailQueue | null;
  /** Where mails go about which a second reader is to be asked, so that waiting for it holds up no other; null where it is asked here, or never. */
  readonly doubtsQueue: MailQueue | null;
  /** Where mails go whose order is to be looked up in the merchant's records, so that waiting for those holds up no other; null where they are asked here, or never. */
  readonly recordsQueue: MailQueue | null;
  /** How long a mail waits for records that do not answer, before it goes on without them. */
  readonly recordsWaitMs: number;
  /** How much of a mail `triage` is given. */
  readonly depth: FetchDepth;
  readonly triage: TriageMail;
  /** Reads a mail that may have taken the process down where it can do no harm; null where nobody does. */
  readonly probe: ProbeMail | null;
  readonly events: WorkerEvents;
  /** How long a batch waits, at least, when its mailbox or the store is away. */
  readonly awayMs: number;
}
