import type { DecisionContext } from '../decision/decide.ts';
import type { Decision } from '../decision/decision.ts';
import type { Draft } from '../draft/draft.ts';
import type { Facts } from '../facts/facts.ts';
import type { Thread, ThreadQuery } from '../thread.ts';

/** A case: what the store keeps of a request, over all its mails. Never a mail's body or attachments: those stay in the mailbox. */
export type CaseState = 'needs_info' | 'ready' | 'review' | 'ignored' | 'quarantined';

/** Whose turn it is. `open` a person's of ours · `waiting` the customer's · `snoozed` nobody's for a while · `closed`. */
export const stages = ['open', 'waiting', 'snoozed', 'closed'] as const;
export type Stage = (typeof stages)[number];

/** What a mail is to its case. `request` the first · `follow_up` says more · `copy` the same mail again · `answer` one of us wrote it · `bounce` gives our reply back. */
export type MailRole = 'request' | 'follow_up' | 'copy' | 'answer' | 'bounce';

/** One mail's way through the house, as the worker hands it to the store. */
export interface TriagedMail {
  readonly mailbox: string;
  readonly uidValidity: string;
  readonly uid: number;
  /** Lower-case hex SHA-256 that tells this mail from every other, also without or with a reused Message-ID. */
  readonly fingerprint: string;
  /** The same for the same request sent again; null where too little is said. */
  readonly words: string | null;
  /** The same of a mail that this one passes on; null where it passes on none. */
  readonly passesOn: string | null;
  readonly messageId: string | null;
  /** By what it can be known to go on with a case; null where by nothing. */
  readonly threadQuery: ThreadQuery | null;
  readonly from: string | null;
  /** Whose request it is, where one of us (`from`) passed it on. */
  readonly customer?: string;
  /** Of the customer, as `customerKey` gives it; null without a sender. */
  readonly customerKey: string | null;
  readonly subject: string;
  readonly receivedAtMs: number;
  readonly merchant: string | null;
  readonly state: CaseState;
  /** The case that it goes on with, as triage knew it; null where it begins one. */
  readonly thread: Pick<Thread, 'caseId' | 'version' | 'relation'> | null;
  readonly facts: Facts | null;
  /** Of this mail alone. */
  readonly factsAlone: Facts | null;
  readonly decision: Decision | null;
  /** What the decision rests on beside the facts and the pack, so that it can be taken again. */
  readonly decidedIn: DecisionContext | null;
  readonly dueAtMs: number | null;
  /** `digest` is that of the draft as a mail; null where it could not be made into one. */
  readonly draft: (Draft & { readonly messageId: string; readonly digest: string | null }) | null;
}
