import { caseLinesSql } from './case-lines-schema.ts';

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
-- due_at: when an answer is due. due_told: 1 after it was told that this is soon, 2 that it is over. priority: 0 usual, higher is first. merged_into: where its mails went.
ALTER TABLE refund_triage.cases
  ADD COLUMN stage text NOT NULL DEFAULT 'open' CHECK (stage IN ('open', 'waiting', 'snoozed', 'closed')),
  ADD COLUMN version integer NOT NULL DEFAULT 1,
  ADD COLUMN customer_key text,
  ADD COLUMN due_at timestamptz,
  ADD COLUMN snoozed_until timestamptz,
  ADD COLUMN waiting_since timestamptz,
  ADD COLUMN reminded_at timestamptz,
  ADD COLUMN due_told smallint NOT NULL DEFAULT 0,
  ADD COLUMN closed_at timestamptz,
  ADD COLUMN assignee text,
  ADD COLUMN priority smallint NOT NULL DEFAULT 0,
  ADD COLUMN merged_into bigint REFERENCES refund_triage.cases;
-- Ignored mail asks nothing of anybody.
UPDATE refund_triage.cases SET stage = 'closed', closed_at = updated_at WHERE state = 'ignored';
UPDATE refund_triage.cases SET customer_key = lower(customer);
CREATE INDEX cases_by_customer_key ON refund_triage.cases (customer_key, merchant);
CREATE INDEX cases_due ON refund_triage.cases (due_at) WHERE stage = 'open';
CREATE INDEX cases_due_told ON refund_triage.cases (id) WHERE due_told > 0;
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
CREATE INDEX messages_by_answered ON refund_triage.messages (in_reply_to) WHERE in_reply_to IS NOT NULL;
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
-- How far Sent was read.
ALTER TABLE refund_triage.mailboxes ADD COLUMN sent_cursor jsonb;
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

-- password_hash: Argon2id in PHC format; null where the person signs in elsewhere or has not chosen one. oidc: issuer and subject. The keys: name and address in lower case, in any
-- script, which lower() is not sure to do.
CREATE TABLE refund_triage.desk_users (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  name text NOT NULL,
  name_key text NOT NULL,
  email text,
  email_key text,
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
CREATE UNIQUE INDEX desk_users_by_name ON refund_triage.desk_users (name_key) WHERE removed_at IS NULL;
CREATE UNIQUE INDEX desk_users_by_email ON refund_triage.desk_users (email_key) WHERE removed_at IS NULL AND email_key IS NOT NULL;
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
  {
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
  },
  {
    version: 8,
    name: 'what lists of cases are made from, kept by the database',
    sql: caseLinesSql,
  },
  {
    version: 9,
    name: 'replies that came back',
    sql: `
-- role bounce: a mail server gives back a reply of ours. in_reply_to is then that reply's Message-ID.
ALTER TABLE refund_triage.messages DROP CONSTRAINT messages_role_check;
ALTER TABLE refund_triage.messages ADD CONSTRAINT messages_role_check CHECK (role IN ('request', 'follow_up', 'copy', 'answer', 'bounce'));
`,
  },
  {
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
  },
  {
    version: 11,
    name: 'mails whose keyword is behind what was done at the desk',
    sql: `
CREATE TABLE refund_triage.keyword_changes (
  message bigint PRIMARY KEY REFERENCES refund_triage.messages ON DELETE CASCADE,
  due_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX keyword_changes_due ON refund_triage.keyword_changes (due_at);
`,
  },
];
