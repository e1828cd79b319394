import type { AnsweredCase } from '../cases/threads/note-sent.ts';
import type { CaseState } from '../cases/case.ts';
import type { FileNote } from '../files/seen-file.ts';
import type { Outcome } from '../decision/decision.ts';
import type { Requirement, Topic } from '../facts/facts.ts';
import type { LookUp } from '../records/look-up.ts';
import type { ConnectionEvent } from '../mailbox/mailbox.ts';
import type { MailboxAudit } from './audit-mailbox.ts';
import type { BatchTimes } from './batch-times.ts';

/** What the worker tells while it works. Nothing here holds words of a mail beyond its subject. */
export interface WorkerEvents {
  /** A mail has its fate: draft in Drafts where one is due, keyword set; or quarantine. */
  readonly onMail?: (mail: MailFate) => void;
  /** A batch came to an end, or failed. */
  readonly onBatch?: (batch: BatchTimes) => void;
  /** One of us has sent an answer to a case from a mail program. */
  readonly onAnswered?: (mailbox: string, answered: AnsweredCase) => void;
  /** Time has done something to a case. `woken`: its snooze is over · `due_soon`, `overdue`: of the answer that the policy promises · `reminder`: one to the customer lies in Drafts · `closed_unanswered` by the customer. */
  readonly onDue?: (event: { readonly kind: 'woken' | 'due_soon' | 'overdue' | 'reminder' | 'closed_unanswered'; readonly caseId: number }) => void;
  /** How many mails were handed to the queue. */
  readonly onEnqueued?: (mailbox: string, mails: number) => void;
  readonly onConnection?: (mailbox: string, event: ConnectionEvent) => void;
  /** The mailbox was held against the store. */
  readonly onAudit?: (audit: MailboxAudit) => void;
  /** Of the processes that work on this mailbox this one began to watch it, or stopped. */
  readonly onLeader?: (mailbox: string, isLeader: boolean) => void;
  /** Something failed and will be tried again. `mailbox` is null for the queue and the store. */
  readonly onError?: (mailbox: string | null, error: Error) => void;
}

export interface MailFate {
  readonly mailbox: string;
  readonly uid: number;
  readonly from: string | null;
  readonly subject: string;
  readonly receivedAtMs: number | null;
  readonly merchant: string | null;
  readonly language: string | null;
  readonly topic: Topic | null;
  readonly missing: readonly Requirement[];
  readonly outcome: Outcome | null;
  readonly state: CaseState;
  /** Subject of the reply; null where nobody is answered, or another copy of the mail was. */
  readonly draftSubject: string | null;
  readonly quarantine: { readonly code: string; readonly reason: string } | null;
  /** Why files that were looked into showed less than the whole. */
  readonly fileNotes: readonly FileNote[];
  /** What asking the merchant's records came to; null where there was nothing to ask. */
  readonly records: LookUp['kind'] | null;
}
