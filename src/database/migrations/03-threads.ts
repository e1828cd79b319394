import type { Migration } from './migration.ts';

export const threads: Migration = {
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
};
