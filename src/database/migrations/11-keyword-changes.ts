import type { Migration } from './migration.ts';

export const keywordChanges: Migration = {
  version: 11,
  name: 'mails whose keyword is behind what was done at the desk',
  sql: `
CREATE TABLE refund_triage.keyword_changes (
  message bigint PRIMARY KEY REFERENCES refund_triage.messages ON DELETE CASCADE,
  due_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX keyword_changes_due ON refund_triage.keyword_changes (due_at);
`,
};
