import type { Migration } from './migration.ts';

export const leases: Migration = {
  version: 4,
  name: 'leases, and when the store was restored',
  sql: `
-- Which process does what only one need do. renewals: goes up with each sign of life, so that others see them without comparing clocks.
CREATE TABLE refund_triage.leases (
  name text PRIMARY KEY,
  holder text NOT NULL,
  process_key integer NOT NULL,
  renewals bigint NOT NULL DEFAULT 0,
  taken_at timestamptz NOT NULL DEFAULT now(),
  expires_at timestamptz NOT NULL
);

-- restored_at: mail from before then may have been answered in a life of the store that it no longer remembers. server: which database server's history the store is
-- part of; where it finds itself in another one, somebody brought back an older state.
ALTER TABLE refund_triage.installation ADD COLUMN restored_at timestamptz, ADD COLUMN server text;
`,
};
