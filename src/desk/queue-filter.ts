import { stages, type CaseState, type Stage } from '../cases/case.ts';
import type { QueueCursor, QueueFilter } from '../cases/lists/case-queue.ts';
import { outcomes, type Outcome } from '../decision/decision.ts';
import { factNames, type Requirement } from '../facts/facts.ts';
import { isFlag } from './names-in-words.ts';

/** The queue's filter as it stands in an address: `?stage=open&language=ja`. What is not understood is left out. */
export interface AskedQueue {
  readonly stage: Stage | null;
  readonly merchant: string;
  readonly outcome: Outcome | null;
  readonly missing: string;
  readonly flag: string;
  readonly language: string;
  readonly state: CaseState | null;
  /** `me`, `nobody`, or a name; empty for all. */
  readonly assignee: string;
  readonly isOverdue: boolean;
  readonly search: string;
}

const states: readonly CaseState[] = ['needs_info', 'ready', 'review', 'ignored', 'quarantined'];
const maxChars = 200;

export function readQueueQuery(query: (name: string) => string): AskedQueue {
  const text = (name: string): string => query(name).trim().slice(0, maxChars);
  const stage = text('stage');
  return {
    stage: stage === 'all' ? null : (stages.find((each) => each === stage) ?? (text('q') === '' ? 'open' : null)),
    merchant: text('merchant'), outcome: outcomes.find((each) => each === text('outcome')) ?? null, missing: text('missing'), flag: text('flag'), language: text('language'),
    state: states.find((each) => each === text('state')) ?? null, assignee: text('assignee'), isOverdue: text('due') === 'overdue', search: text('q'),
  };
}

export function toFilter(asked: AskedQueue, person: string, now: Date): QueueFilter {
  const missing = requirementOf(asked.missing);
  return {
    stage: asked.stage,
    ...(asked.merchant === '' ? {} : { merchant: asked.merchant }),
    ...(asked.outcome === null ? {} : { outcome: asked.outcome }),
    ...(missing === null ? {} : { missing }),
    ...(isFlag(asked.flag) ? { flag: asked.flag } : {}),
    ...(asked.language === '' ? {} : { language: asked.language }),
    ...(asked.state === null ? {} : { state: asked.state }),
    ...(asked.assignee === '' ? {} : { assignee: asked.assignee === 'me' ? person : asked.assignee === 'nobody' ? null : asked.assignee }),
    ...(asked.isOverdue ? { dueBefore: now } : {}),
    ...(asked.search === '' ? {} : { search: asked.search }),
  };
}

function requirementOf(name: string): Requirement | null {
  const fact = factNames.find((each) => each === name);
  if (fact !== undefined) return fact;
  if (name === 'screenshot' || name === 'photo' || name === 'description' || name === 'reason') return name;
  return isOwnFact(name) ? name : null;
}

function isOwnFact(name: string): name is `is_${string}` | `has_${string}` | `was_${string}` {
  return /^(?:is|has|was)_[a-z0-9_]{1,60}$/u.test(name);
}

/** As a query, without what is as usual; `changes` in place of what was asked. */
export function queueQuery(asked: AskedQueue, changes: Partial<AskedQueue> = {}, after: QueueCursor | null = null): string {
  const { stage, merchant, outcome, missing, flag, language, state, assignee, isOverdue, search } = { ...asked, ...changes };
  const usualStage = search === '' ? 'open' : null;
  const parts: [string, string][] = [
    ['stage', stage === usualStage ? '' : (stage ?? 'all')], ['q', search], ['merchant', merchant], ['outcome', outcome ?? ''], ['missing', missing], ['flag', flag],
    ['language', language], ['state', state ?? ''], ['assignee', assignee], ['due', isOverdue ? 'overdue' : ''], ['after', after === null ? '' : after.join('.')],
  ];
  return new URLSearchParams(parts.filter(([, value]) => value !== '')).toString();
}

export function queueUrl(asked: AskedQueue, changes: Partial<AskedQueue> = {}, after: QueueCursor | null = null): string {
  const query = queueQuery(asked, changes, after);
  return query === '' ? '/' : `/?${query}`;
}

export function readCursorText(text: string): QueueCursor | null {
  const [stageRank, urgency, sortKey, caseId, ...more] = text.split('.').map(Number);
  if (stageRank === undefined || urgency === undefined || sortKey === undefined || caseId === undefined || more.length > 0) return null;
  return [stageRank, urgency, sortKey, caseId].every(Number.isSafeInteger) ? [stageRank, urgency, sortKey, caseId] : null;
}

/** Whether more than a stage was chosen. */
export function isFiltered(asked: AskedQueue): boolean {
  return queueQuery({ ...asked, stage: 'open', search: '' }) !== '' || asked.search !== '';
}
