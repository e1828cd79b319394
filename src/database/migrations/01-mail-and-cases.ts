import type { Migration } from './migration.ts';

export const mailAndCases: Migration = {
  version: 1,
  name: 'mail, cases, decisions, drafts and the event log',
  sql: `
CREATE TABLE refund_triage.installation (
  one boolean PRIMARY KEY DEFAULT true CHECK (one),
  id uuid NOT NULL DEFAULT gen_random_uuid(),
  created_at timestamptz NOT NULL DEFAULT now()
);
INSERT INTO refund_triage.installation DEFAULT VALUES;

-- How far each mailbox was read. UIDs at or below floor_uid are not ours; of those up to dated_uid only mail that arrived since ours_since is; up to enqueued_uid they
-- were handed to the queue; up to settled_uid each has a fate.
CREATE TABLE refund_triage.mailboxes (
  name text PRIMARY KEY,
  uid_validity text NOT NULL,
  epoch integer NOT NULL DEFAULT 1,
  first_contact_at timestamptz NOT NULL,
  ours_since timestamptz NOT NULL,
  floor_uid bigint NOT NULL,
  dated_uid bigint NOT NULL,
  enqueued_uid bigint NOT NULL,
  settled_uid bigint NOT NULL,
  updated_at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE refund_triage.cases (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  fingerprint text NOT NULL UNIQUE,
  merchant text,
  customer text,
  subject text NOT NULL,
  language text,
  topic text,
  state text NOT NULL CHECK (state IN ('needs_info', 'ready', 'review', 'ignored', 'quarantined')),
  opened_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX cases_by_customer ON refund_triage.cases (customer, merchant);
CREATE INDEX cases_by_state ON refund_triage.cases (state, id);

-- The ledger: one row for each mail that was met. finished_at: draft in Drafts and keyword set, nothing left to do.
CREATE TABLE refund_triage.messages (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  case_id bigint NOT NULL REFERENCES refund_triage.cases,
  mailbox text NOT NULL,
  uid_validity text NOT NULL,
  uid bigint NOT NULL,
  fingerprint text NOT NULL,
  message_id text,
  sender text,
  subject text NOT NULL,
  received_at timestamptz NOT NULL,
  state text NOT NULL CHECK (state IN ('needs_info', 'ready', 'review', 'ignored', 'quarantined')),
  recorded_at timestamptz NOT NULL DEFAULT now(),
  finished_at timestamptz,
  UNIQUE (mailbox, uid_validity, uid)
);
CREATE INDEX messages_unfinished ON refund_triage.messages (mailbox, uid_validity, uid) WHERE finished_at IS NULL;
CREATE INDEX messages_by_case ON refund_triage.messages (case_id, id);

CREATE TABLE refund_triage.readings (
  message bigint PRIMARY KEY REFERENCES refund_triage.messages ON DELETE CASCADE,
  language text NOT NULL,
  topic text NOT NULL,
  reason text,
  product text,
  privacy text,
  described boolean NOT NULL,
  has_screenshot boolean NOT NULL,
  has_photo boolean NOT NULL,
  flags text[] NOT NULL
);

CREATE TABLE refund_triage.facts (
  message bigint NOT NULL REFERENCES refund_triage.messages ON DELETE CASCADE,
  name text NOT NULL,
  value jsonb NOT NULL,
  source text NOT NULL,
  evidence text NOT NULL,
  PRIMARY KEY (message, name)
);

-- Kept when a mail is read again: the newest row counts.
CREATE TABLE refund_triage.decisions (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  message bigint NOT NULL REFERENCES refund_triage.messages ON DELETE CASCADE,
  outcome text NOT NULL,
  rule text,
  clause text,
  discretionary boolean NOT NULL,
  amount text,
  missing text[] NOT NULL,
  pack text NOT NULL,
  pack_hash text NOT NULL,
  trace jsonb NOT NULL,
  decision jsonb NOT NULL,
  decided_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX decisions_by_message ON refund_triage.decisions (message, id);

-- owner: the run that is putting a planned draft into Drafts, as process key / run number.
CREATE TABLE refund_triage.drafts (
  message_id text PRIMARY KEY,
  message bigint NOT NULL REFERENCES refund_triage.messages,
  case_id bigint NOT NULL REFERENCES refund_triage.cases,
  recipient text NOT NULL,
  subject text NOT NULL,
  language text NOT NULL,
  template text NOT NULL,
  text text NOT NULL,
  html text NOT NULL,
  state text NOT NULL CHECK (state IN ('planned', 'in_drafts', 'edited', 'sent', 'abandoned')),
  owner text,
  owned_at timestamptz,
  planned_at timestamptz NOT NULL DEFAULT now(),
  in_drafts_at timestamptz
);
CREATE INDEX drafts_planned ON refund_triage.drafts (owner) WHERE state = 'planned';
CREATE INDEX drafts_by_message ON refund_triage.drafts (message);
CREATE INDEX drafts_by_case ON refund_triage.drafts (case_id);

CREATE TABLE refund_triage.quarantine (
  message bigint PRIMARY KEY REFERENCES refund_triage.messages ON DELETE CASCADE,
  code text NOT NULL,
  reason text NOT NULL,
  times integer NOT NULL DEFAULT 1,
  quarantined_at timestamptz NOT NULL DEFAULT now(),
  retry_at timestamptz
);
CREATE INDEX quarantine_due ON refund_triage.quarantine (retry_at) WHERE retry_at IS NOT NULL;

-- Mails from before our time that a server shows again under new UIDs, or on the day of --since.
CREATE TABLE refund_triage.passed_over (
  mailbox text NOT NULL,
  uid_validity text NOT NULL,
  uid bigint NOT NULL,
  PRIMARY KEY (mailbox, uid_validity, uid)
);

-- Mails that were begun alone because the process died over the batch they were in.
CREATE TABLE refund_triage.suspects (
  mailbox text NOT NULL,
  uid_validity text NOT NULL,
  uid bigint NOT NULL,
  begun integer NOT NULL,
  PRIMARY KEY (mailbox, uid_validity, uid)
);

CREATE TABLE refund_triage.events (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  at timestamptz NOT NULL DEFAULT now(),
  kind text NOT NULL,
  case_id bigint,
  mailbox text,
  uid_validity text,
  uid bigint,
  detail jsonb NOT NULL DEFAULT '{}'
);
CREATE INDEX events_by_case ON refund_triage.events (case_id, id);
CREATE FUNCTION refund_triage.refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'the event log is append-only';
END $$;
CREATE TRIGGER events_append_only BEFORE UPDATE OR DELETE ON refund_triage.events
  FOR EACH ROW EXECUTE FUNCTION refund_triage.refuse_change();
CREATE TRIGGER events_never_truncated BEFORE TRUNCATE ON refund_triage.events
  FOR EACH STATEMENT EXECUTE FUNCTION refund_triage.refuse_change();
`,
};
