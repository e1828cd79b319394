import type { CaseState, TriagedMail } from '../cases/case.ts';
import type { Decision } from '../decision/decision.ts';
import type { Draft } from '../draft/draft.ts';
import type { Facts } from '../facts/facts.ts';
import type { Message } from '../message/message.ts';

/** Reads one mail, decides and drafts: the whole of the house between the mailbox and the store. Pure but for the time it takes. */
export type TriageMail = (source: Buffer, context: TriageContext) => Promise<TriageResult>;

export interface TriageContext {
  readonly internalDate: Date;
  /** Bytes of the whole mail in the mailbox. */
  readonly bytes: number;
  readonly partBytes: readonly number[] | null;
  /** Name of the mailbox it lies in. */
  readonly mailbox: string;
}

export interface TriageResult {
  readonly message: Message;
  readonly merchant: string | null;
  /** Null, like the decision, where no merchant was found whose policy could be applied. */
  readonly facts: Facts | null;
  readonly decision: Decision | null;
  readonly draft: Draft | null;
  /** The draft as RFC 5322 source; the same bytes each time. Asked for only where there is a draft. */
  readonly draftSource: () => Buffer | Promise<Buffer>;
  /** With angle brackets; the same each time for the same mail. */
  readonly draftMessageId: string;
  /** Lower-case hex SHA-256 that tells this mail from every other. */
  readonly fingerprint: string;
}

/** How a mail stands after triage: what the keyword on it says. */
export function stateOf(result: Pick<TriageResult, 'facts' | 'decision' | 'draft' | 'message'>): CaseState {
  const { facts, decision, draft, message } = result;
  if (message.machine !== null || facts?.topic === 'machine' || decision?.outcome === 'no_reply') return 'ignored';
  if (decision === null || draft === null) return 'review';
  if (decision.outcome === 'need_info' || decision.missing.length > 0) return 'needs_info';
  return decision.outcome === 'human_review' ? 'review' : 'ready';
}

export function toTriagedMail(pointer: { mailbox: string; uidValidity: string; uid: number }, result: TriageResult): TriagedMail {
  const { message, draft } = result;
  return {
    ...pointer,
    fingerprint: result.fingerprint,
    messageId: message.messageId,
    from: message.from?.address ?? null,
    subject: message.subject,
    receivedAtMs: message.receivedAtMs,
    merchant: result.merchant,
    state: stateOf(result),
    facts: result.facts,
    decision: result.decision,
    draft: draft === null ? null : { ...draft, messageId: result.draftMessageId },
  };
}
