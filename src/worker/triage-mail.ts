import type { CaseState, TriagedMail } from '../cases/case.ts';
import { sourceDigest } from '../mailbox/source-digest.ts';
import { customerKey } from '../thread.ts';
import type { TriageContext, TriageResult } from '../triage.ts';

/** The whole of the house between the mailbox and the store, for a mail that lies in the mailbox of this name. */
export type TriageMail = (source: Buffer, context: Omit<TriageContext, 'merchant'> & { readonly mailbox: string }) => Promise<TriageResult>;

/** How a mail stands after triage: what the keyword on it says. */
export function stateOf(result: Pick<TriageResult, 'facts' | 'decision' | 'draft' | 'message' | 'thread'>): CaseState {
  const { facts, decision, draft, message, thread } = result;
  if (thread?.relation === 'bounce') return 'review';
  if (message.machine !== null || facts.topic === 'machine' || decision?.outcome === 'no_reply') return 'ignored';
  if (decision === null || draft === null) return 'review';
  if (decision.outcome === 'need_info' || decision.missing.length > 0) return 'needs_info';
  return decision.outcome === 'human_review' ? 'review' : 'ready';
}

export function toTriagedMail(pointer: { mailbox: string; uidValidity: string; uid: number }, result: TriageResult): TriagedMail {
  const { message, draft, thread, threadQuery, passedOnBy } = result;
  return {
    ...pointer,
    fingerprint: result.fingerprint,
    words: result.words,
    passesOn: result.passesOn,
    messageId: message.messageId,
    threadQuery,
    thread: thread === null ? null : { caseId: thread.caseId, version: thread.version, relation: thread.relation },
    from: passedOnBy ?? message.from?.address ?? null,
    ...(passedOnBy === null || message.from === null ? {} : { customer: message.from.address }),
    customerKey: message.from === null ? null : customerKey(message.from.address),
    subject: message.subject,
    receivedAtMs: message.receivedAtMs,
    merchant: result.merchant,
    state: stateOf(result),
    facts: result.facts,
    factsAlone: result.factsAlone,
    decision: result.decision,
    decidedIn: result.decidedIn,
    dueAtMs: result.dueAtMs,
    draft: draft === null ? null : { ...draft, messageId: result.draftMessageId, digest: digestOf(result) },
  };
}

/** Null where the draft cannot be made into a mail, which is told when it is to be put into Drafts. */
function digestOf(result: TriageResult): string | null {
  try {
    return sourceDigest(result.draftSource());
  } catch {
    return null;
  }
}
