import type { Secret } from '../secret.ts';

/** What can be told of a case. */
export const webhookEvents = [
  'case.opened', 'case.followed_up', 'case.decided', 'case.assigned', 'case.snoozed', 'case.closed', 'case.reopened', 'case.merged', 'case.split', 'case.due', 'case.quarantined', 'case.released',
  'reply.approved', 'reply.undone', 'reply.sent', 'reply.failed', 'reply.uncertain', 'reply.stopped',
] as const;
export type WebhookEvent = (typeof webhookEvents)[number];

/** An address that is told what happens to cases. */
export interface WebhookSettings {
  readonly url: string;
  /** What deliveries are signed with. */
  readonly secret: Secret;
  readonly events: readonly WebhookEvent[];
}

/** The kinds of the store's events that each of them stands for. */
export const eventKinds: Readonly<Record<WebhookEvent, readonly string[]>> = {
  'case.opened': ['recorded'], 'case.followed_up': ['follow_up'], 'case.decided': ['overridden', 'override_withdrawn', 'asked_for_more', 'fact_edited'], 'case.assigned': ['assigned'],
  'case.snoozed': ['snoozed'], 'case.closed': ['closed', 'not_a_request', 'answered', 'closed_unanswered'], 'case.reopened': ['reopened'], 'case.merged': ['merged'], 'case.split': ['split'],
  'case.due': ['due_soon', 'overdue'], 'case.quarantined': ['quarantined'], 'case.released': ['released'],
  'reply.approved': ['approved'], 'reply.undone': ['undone'], 'reply.sent': ['sent'], 'reply.failed': ['send_failed', 'was_not_sent', 'bounce'], 'reply.uncertain': ['send_uncertain'], 'reply.stopped': ['send_stopped'],
};
