import type { Migration } from './migration.ts';

export const bounces: Migration = {
  version: 9,
  name: 'replies that came back',
  sql: `
-- role bounce: a mail server gives back a reply of ours. in_reply_to is then that reply's Message-ID.
ALTER TABLE refund_triage.messages DROP CONSTRAINT messages_role_check;
ALTER TABLE refund_triage.messages ADD CONSTRAINT messages_role_check CHECK (role IN ('request', 'follow_up', 'copy', 'answer', 'bounce'));
`,
};
