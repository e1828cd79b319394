import type { Migration } from './migration.ts';

export const keptWords: Migration = {
  version: 10,
  name: 'what somebody typed at the desk and could not be saved',
  sql: `
-- Kept until it is saved, discarded, or a day old. form: the form's path below its case.
CREATE TABLE refund_triage.kept_words (
  user_id bigint NOT NULL REFERENCES refund_triage.desk_users ON DELETE CASCADE,
  case_id bigint NOT NULL REFERENCES refund_triage.cases ON DELETE CASCADE,
  form text NOT NULL,
  fields jsonb NOT NULL,
  at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (user_id, case_id, form)
);
CREATE INDEX kept_words_by_age ON refund_triage.kept_words (at);
`,
};
