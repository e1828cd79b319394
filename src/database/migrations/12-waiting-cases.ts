import type { Migration } from './migration.ts';

export const waitingCases: Migration = {
  version: 12,
  name: 'cases that wait, found by merchant',
  sql: `
DROP INDEX refund_triage.cases_waiting;
CREATE INDEX cases_waiting ON refund_triage.cases (merchant, waiting_since) WHERE stage = 'waiting';
CREATE INDEX cases_to_remind ON refund_triage.cases (merchant, waiting_since) WHERE stage = 'waiting' AND reminded_at IS NULL;
CREATE INDEX cases_reminded ON refund_triage.cases (merchant) WHERE stage = 'open' AND reminded_at IS NOT NULL;
`,
};
