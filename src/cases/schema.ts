/**
 * The store's schema, as migrations that were released: one that has been released is never changed, a change is a new one. All tables lie in
 * the schema `refund_triage`, so that a database can be shared with the queue and with other programs.
 */
export interface Migration {
  readonly version: number;
  readonly name: string;
  readonly sql: string;
}

export const migrations: readonly Migration[] = [
  {
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
  },
  {
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
  },
  {
    version: 3,
    name: 'cases of many mails: stages, follow-ups, drafts that replace each other',
    sql: `
-- stage: whose turn it is. open: a person of ours · waiting: the customer · snoozed: nobody's before snoozed_until · closed.
-- version: goes up with every change that someone who works on the case must know of. customer_key: the address without aliases.
-- due_at: when an answer is due. priority: 0 usual, higher is first. merged_into: where its mails went.
ALTER TABLE refund_triage.cases
  ADD COLUMN stage text NOT NULL DEFAULT 'open' CHECK (stage IN ('open', 'waiting', 'snoozed', 'closed')),
  ADD COLUMN version integer NOT NULL DEFAULT 1,
  ADD COLUMN customer_key text,
  ADD COLUMN due_at timestamptz,
  ADD COLUMN snoozed_until timestamptz,
  ADD COLUMN waiting_since timestamptz,
  ADD COLUMN reminded_at timestamptz,
  ADD COLUMN closed_at timestamptz,
  ADD COLUMN assignee text,
  ADD COLUMN priority smallint NOT NULL DEFAULT 0,
  ADD COLUMN merged_into bigint REFERENCES refund_triage.cases;
-- Ignored mail asks nothing of anybody.
UPDATE refund_triage.cases SET stage = 'closed', closed_at = updated_at WHERE state = 'ignored';
UPDATE refund_triage.cases SET customer_key = lower(customer);
CREATE INDEX cases_by_customer_key ON refund_triage.cases (customer_key, merchant);
CREATE INDEX cases_due ON refund_triage.cases (due_at) WHERE stage = 'open';
CREATE INDEX cases_snoozed ON refund_triage.cases (snoozed_until) WHERE stage = 'snoozed';
CREATE INDEX cases_waiting ON refund_triage.cases (waiting_since) WHERE stage = 'waiting';

-- role: what the mail is to its case. request: the first · follow_up: says more · copy: the same mail again · answer: from us, seen in Sent or copied to us.
-- words: lower-case hex SHA-256 of who wrote what, without Message-ID and date: the same request sent again has the same.
ALTER TABLE refund_triage.messages
  ADD COLUMN role text NOT NULL DEFAULT 'request' CHECK (role IN ('request', 'follow_up', 'copy', 'answer')),
  ADD COLUMN in_reply_to text,
  ADD COLUMN words text;
UPDATE refund_triage.messages m SET role = 'copy' WHERE EXISTS (SELECT 1 FROM refund_triage.messages e WHERE e.case_id = m.case_id AND e.id < m.id);
CREATE INDEX messages_by_message_id ON refund_triage.messages (message_id) WHERE message_id IS NOT NULL;
CREATE INDEX messages_by_fingerprint ON refund_triage.messages (fingerprint);
CREATE INDEX messages_by_words ON refund_triage.messages (words, received_at) WHERE words IS NOT NULL;
ALTER TABLE refund_triage.readings ADD COLUMN facts text;

-- digest: lower-case hex SHA-256 of the source as it was put into Drafts. replaced_by: the draft that took its place.
ALTER TABLE refund_triage.drafts DROP CONSTRAINT drafts_state_check;
ALTER TABLE refund_triage.drafts ADD CONSTRAINT drafts_state_check
  CHECK (state IN ('planned', 'in_drafts', 'edited', 'sent', 'abandoned', 'replaced', 'deleted'));
ALTER TABLE refund_triage.drafts
  ADD COLUMN mailbox text,
  ADD COLUMN digest text,
  ADD COLUMN replaced_by text,
  ADD COLUMN removal_due boolean NOT NULL DEFAULT false,
  ADD COLUMN settled_at timestamptz;
CREATE INDEX drafts_removal_due ON refund_triage.drafts (mailbox) WHERE removal_due;
CREATE INDEX drafts_live ON refund_triage.drafts (mailbox, in_drafts_at) WHERE state IN ('in_drafts', 'edited');

-- What we sent, by its Message-ID, so that what answers it finds its case.
CREATE TABLE refund_triage.sent_mails (
  message_id text PRIMARY KEY,
  case_id bigint NOT NULL REFERENCES refund_triage.cases,
  mailbox text,
  in_reply_to text,
  sent_at timestamptz NOT NULL,
  seen_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX sent_mails_by_case ON refund_triage.sent_mails (case_id);
ALTER TABLE refund_triage.mailboxes ADD COLUMN sent_uid_validity text, ADD COLUMN sent_uid bigint;
`,
  },
  {
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
  },
  {
    version: 5,
    name: 'the desk: accounts, sessions, tokens, and who looked at what',
    sql: `
-- Of secrets (sessions, links, tokens) only the SHA-256 is kept: who reads the store cannot sign in with it.
CREATE TABLE refund_triage.desk_secrets (
  name text PRIMARY KEY,
  value bytea NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now()
);

-- password_hash: Argon2id in PHC format; null where the person signs in elsewhere or has not chosen one. oidc: issuer and subject.
CREATE TABLE refund_triage.desk_users (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  name text NOT NULL,
  email text,
  password_hash text,
  oidc_issuer text,
  oidc_subject text,
  role text NOT NULL CHECK (role IN ('reader', 'drafter', 'sender', 'admin')),
  language text,
  time_zone text,
  created_at timestamptz NOT NULL DEFAULT now(),
  signed_in_at timestamptz,
  removed_at timestamptz
);
CREATE UNIQUE INDEX desk_users_by_name ON refund_triage.desk_users (lower(name)) WHERE removed_at IS NULL;
CREATE UNIQUE INDEX desk_users_by_email ON refund_triage.desk_users (lower(email)) WHERE removed_at IS NULL AND email IS NOT NULL;
CREATE UNIQUE INDEX desk_users_by_subject ON refund_triage.desk_users (oidc_issuer, oidc_subject) WHERE removed_at IS NULL AND oidc_subject IS NOT NULL;

CREATE TABLE refund_triage.desk_sessions (
  digest bytea PRIMARY KEY,
  user_id bigint NOT NULL REFERENCES refund_triage.desk_users ON DELETE CASCADE,
  program text NOT NULL,
  created_at timestamptz NOT NULL,
  seen_at timestamptz NOT NULL,
  expires_at timestamptz NOT NULL
);
CREATE INDEX desk_sessions_by_user ON refund_triage.desk_sessions (user_id);
CREATE INDEX desk_sessions_by_expiry ON refund_triage.desk_sessions (expires_at);

CREATE TABLE refund_triage.desk_sign_in_links (
  digest bytea PRIMARY KEY,
  user_id bigint NOT NULL REFERENCES refund_triage.desk_users ON DELETE CASCADE,
  expires_at timestamptz NOT NULL
);

-- Failed sign-ins in a row, by the digest of an account's name or of an address.
CREATE TABLE refund_triage.desk_sign_in_failures (
  subject bytea PRIMARY KEY,
  failures integer NOT NULL,
  failed_at timestamptz NOT NULL
);

CREATE TABLE refund_triage.desk_api_tokens (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  user_id bigint NOT NULL REFERENCES refund_triage.desk_users ON DELETE CASCADE,
  name text NOT NULL,
  digest bytea NOT NULL UNIQUE,
  scopes text[] NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  used_at timestamptz,
  expires_at timestamptz
);

-- Every look at personal data and every action at the desk. user_name as it was then: accounts go, what they did stays.
CREATE TABLE refund_triage.desk_audit (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  at timestamptz NOT NULL DEFAULT now(),
  user_id bigint,
  user_name text,
  token text,
  kind text NOT NULL,
  case_id bigint,
  detail jsonb NOT NULL DEFAULT '{}'
);
CREATE INDEX desk_audit_by_case ON refund_triage.desk_audit (case_id, id);
CREATE INDEX desk_audit_by_user ON refund_triage.desk_audit (user_id, id);
CREATE TRIGGER desk_audit_append_only BEFORE UPDATE OR DELETE ON refund_triage.desk_audit
  FOR EACH ROW EXECUTE FUNCTION refund_triage.refuse_change();
CREATE TRIGGER desk_audit_never_truncated BEFORE TRUNCATE ON refund_triage.desk_audit
  FOR EACH STATEMENT EXECUTE FUNCTION refund_triage.refuse_change();

-- Tells open desks which cases have news, once per transaction's statement. A payload must stay under 8000 bytes; an empty list says: look again.
CREATE FUNCTION refund_triage.tell_of_events() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  ids bigint[];
BEGIN
  SELECT array_agg(DISTINCT case_id) INTO ids FROM added WHERE case_id IS NOT NULL;
  IF ids IS NOT NULL THEN
    IF cardinality(ids) > 200 THEN ids := '{}'; END IF;
    PERFORM pg_notify('refund_triage_desk', json_build_object('kind', 'cases', 'cases', ids)::text);
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER events_told AFTER INSERT ON refund_triage.events
  REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION refund_triage.tell_of_events();
`,
  },
];
