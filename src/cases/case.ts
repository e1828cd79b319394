import type { DecisionContext } from '../decision/decide.ts';
import type { Decision } from '../decision/decision.ts';
import type { Draft } from '../draft/draft.ts';
import type { Facts } from '../facts/facts.ts';

/** A case: what the store keeps of a request. Never the mail's body or attachments: those stay in the mailbox. */
export type CaseState = 'needs_info' | 'ready' | 'review' | 'ignored' | 'quarantined';

/** One mail's way through the house, as the worker hands it to the store. */
export interface TriagedMail {
  readonly mailbox: string;
  readonly uidValidity: string;
  readonly uid: number;
  /** Lower-case hex SHA-256 that tells this mail from every other, also without or with a reused Message-ID. */
  readonly fingerprint: string;
  readonly messageId: string | null;
  readonly from: string | null;
  readonly subject: string;
  readonly receivedAtMs: number;
  readonly merchant: string | null;
  readonly state: CaseState;
  readonly facts: Facts | null;
  readonly decision: Decision | null;
  /** What the decision rests on beside the facts and the pack, so that it can be taken again. */
  readonly decidedIn: DecisionContext | null;
  readonly draft: (Draft & { readonly messageId: string }) | null;
}
