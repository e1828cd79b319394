import type { Decision } from '../../decision/decision.ts';
import type { CaseState } from '../case.ts';

/** How a case stands by its decision alone. */
export function stateOfDecision({ outcome, missing }: Pick<Decision, 'outcome' | 'missing'>): Extract<CaseState, 'needs_info' | 'ready' | 'review' | 'ignored'> {
  if (outcome === 'no_reply') return 'ignored';
  if (outcome === 'need_info' || missing.length > 0) return 'needs_info';
  return outcome === 'human_review' ? 'review' : 'ready';
}
