import type { Migration } from './migration.ts';

export const deskAccounts: Migration = {
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
};
