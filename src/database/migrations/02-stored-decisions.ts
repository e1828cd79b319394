import type { Migration } from './migration.ts';

export const storedDecisions: Migration = {
  version: 2,
  name: 'what decisions rest on, and the packs that took them',
  sql: `
-- basis: facts and context as JSON, from which the pack takes the decision again. digest: SHA-256 of the decision's JSON, which it must then have. Both null in rows of the first release.
-- Text, not jsonb, which takes neither NUL characters nor halves of surrogate pairs and forgets the order of keys.
ALTER TABLE refund_triage.decisions ADD COLUMN basis text, ADD COLUMN digest text;

-- Every version of a pack that decided, by its hash. files: their paths and digests, in the order in which the hash takes them.
CREATE TABLE refund_triage.packs (
  hash text PRIMARY KEY,
  name text NOT NULL,
  files jsonb NOT NULL,
  stored_at timestamptz NOT NULL DEFAULT now()
);
CREATE TABLE refund_triage.pack_files (
  digest text PRIMARY KEY,
  content bytea NOT NULL
);
`,
};
