import type { Migration } from './migration.ts';

export const sending: Migration = {
  version: 7,
  name: 'what is sent and by whom: outbox, revisions of drafts, notes, overridden decisions, edited facts, webhooks',
  sql: `
-- revision: goes up with each change of its words at the desk or in a mail program. placement_due: the copy in Drafts is behind.
-- only_there: a mail program put files or other recipients into it, so that only the mail program can send it.
ALTER TABLE refund_triage.drafts
  ADD COLUMN revision integer NOT NULL DEFAULT 1,
  ADD COLUMN edited_by text,
  ADD COLUMN edited_at timestamptz,
  ADD COLUMN placement_due boolean NOT NULL DEFAULT false,
  ADD COLUMN only_there boolean NOT NULL DEFAULT false;
CREATE INDEX drafts_placement_due ON refund_triage.drafts (edited_at) WHERE placement_due;

-- The words of a draft before and after each change, so that what two people wrote at the same time can be laid side by side. author: null for the program.
CREATE TABLE refund_triage.draft_revisions (
  draft text NOT NULL REFERENCES refund_triage.drafts,
  revision integer NOT NULL,
  text text NOT NULL,
  language text NOT NULL,
  template text NOT NULL,
  origin text NOT NULL CHECK (origin IN ('program', 'desk', 'mail_program')),
  author text,
  at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (draft, revision)
);

-- holding: may still be undone; waits for send_after, also between attempts · sending: claimed by one process · sent · uncertain: handed over, and no answer of the
-- server known; never repeated by itself · failed: refused for good · stopped: something happened that a person must see first · undone.
-- owner: the process that sends it, as process key / number. handed_over_at: set right before the server gets the mail; without it the server never had it.
-- settled_at: everything that follows is done: answered flag, copy in Sent, draft removed. unbacked: what was let pass although no decision backs it.
CREATE TABLE refund_triage.outbox (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  case_id bigint NOT NULL REFERENCES refund_triage.cases,
  case_version integer NOT NULL,
  draft text NOT NULL REFERENCES refund_triage.drafts,
  draft_revision integer NOT NULL,
  state text NOT NULL DEFAULT 'holding' CHECK (state IN ('holding', 'sending', 'sent', 'uncertain', 'failed', 'stopped', 'undone')),
  approved_by text NOT NULL,
  approved_at timestamptz NOT NULL DEFAULT now(),
  send_after timestamptz NOT NULL,
  attempts integer NOT NULL DEFAULT 0,
  owner text,
  claimed_at timestamptz,
  handed_over_at timestamptz,
  sent_at timestamptz,
  settled_at timestamptz,
  settle_after timestamptz,
  code text,
  detail text,
  response text,
  unbacked jsonb NOT NULL DEFAULT '[]',
  reason text
);
CREATE UNIQUE INDEX outbox_once_per_draft ON refund_triage.outbox (draft) WHERE state IN ('holding', 'sending', 'sent', 'uncertain');
CREATE UNIQUE INDEX outbox_once_per_version ON refund_triage.outbox (case_id, case_version) WHERE state IN ('holding', 'sending', 'sent', 'uncertain');
CREATE INDEX outbox_by_case ON refund_triage.outbox (case_id, id);
CREATE INDEX outbox_due ON refund_triage.outbox (send_after) WHERE state = 'holding';
CREATE INDEX outbox_claimed ON refund_triage.outbox (claimed_at) WHERE state IN ('sending', 'uncertain');
CREATE INDEX outbox_unsettled ON refund_triage.outbox (id) WHERE state = 'sent' AND settled_at IS NULL;

CREATE TABLE refund_triage.notes (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  case_id bigint NOT NULL REFERENCES refund_triage.cases ON DELETE CASCADE,
  author text NOT NULL,
  text text NOT NULL,
  at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX notes_by_case ON refund_triage.notes (case_id, id);

-- A person's word against the policy's. Holds for the decision it was said of, not for one taken later. overridden: the decision as it now stands, as JSON.
CREATE TABLE refund_triage.overrides (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  case_id bigint NOT NULL REFERENCES refund_triage.cases ON DELETE CASCADE,
  decision bigint NOT NULL REFERENCES refund_triage.decisions ON DELETE CASCADE,
  kind text NOT NULL CHECK (kind IN ('override', 'ask_for_more')),
  from_rule text,
  from_outcome text NOT NULL,
  to_rule text,
  to_outcome text NOT NULL,
  overridden jsonb NOT NULL,
  reason text NOT NULL,
  author text NOT NULL,
  at timestamptz NOT NULL DEFAULT now(),
  withdrawn_at timestamptz,
  withdrawn_by text
);
CREATE INDEX overrides_by_case ON refund_triage.overrides (case_id, id);
CREATE INDEX overrides_by_rule ON refund_triage.overrides (from_rule, at);

-- What a person knows better than the reading; the newest of each name holds. value: null takes the fact away. was: what was read.
CREATE TABLE refund_triage.fact_edits (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  case_id bigint NOT NULL REFERENCES refund_triage.cases ON DELETE CASCADE,
  name text NOT NULL,
  value jsonb,
  was jsonb,
  author text NOT NULL,
  at timestamptz NOT NULL DEFAULT now(),
  withdrawn_at timestamptz
);
CREATE INDEX fact_edits_by_case ON refund_triage.fact_edits (case_id, id);

-- Who has which case open at the desk; rows of the last minute count.
CREATE TABLE refund_triage.viewers (
  case_id bigint NOT NULL REFERENCES refund_triage.cases ON DELETE CASCADE,
  viewer text NOT NULL,
  is_editing boolean NOT NULL DEFAULT false,
  seen_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (case_id, viewer)
);

-- hook: its address's digest. event_id: up to there every event was looked at.
CREATE TABLE refund_triage.webhook_cursors (
  hook text PRIMARY KEY,
  event_id bigint NOT NULL
);
CREATE TABLE refund_triage.webhook_deliveries (
  hook text NOT NULL,
  event_id bigint NOT NULL,
  state text NOT NULL DEFAULT 'due' CHECK (state IN ('due', 'delivered', 'failed')),
  attempts integer NOT NULL DEFAULT 0,
  next_at timestamptz NOT NULL DEFAULT now(),
  settled_at timestamptz,
  detail text,
  PRIMARY KEY (hook, event_id)
);
CREATE INDEX webhook_deliveries_due ON refund_triage.webhook_deliveries (next_at) WHERE state = 'due';
`,
};
