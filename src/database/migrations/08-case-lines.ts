import type { Migration } from './migration.ts';

/**
 * What lists of cases are made from. A case's line and its words follow from the other tables, and are kept up to date by the database itself at the end of
 * each transaction, whoever wrote: so the lists hold whatever was changed, and a line can always be made again by `refresh_case_lines`.
 */
export const caseLines: Migration = {
  version: 8,
  name: 'what lists of cases are made from, kept by the database',
  sql: `
-- stage_rank: 0 open · 1 snoozed · 2 waiting · 3 closed. urgency: minus the priority. Both with sort_key (milliseconds, what is due first; of closed cases the newest first;
-- without a day after all that have one) give the order in which cases are listed. Cases whose mails went to another one have no line.
CREATE TABLE refund_triage.case_lines (
  case_id bigint PRIMARY KEY REFERENCES refund_triage.cases ON DELETE CASCADE,
  stage_rank smallint NOT NULL,
  urgency smallint NOT NULL,
  sort_key bigint NOT NULL,
  merchant text,
  state text NOT NULL,
  outcome text,
  rule text,
  reason text,
  language text,
  assignee text,
  missing text[] NOT NULL,
  flags text[] NOT NULL,
  amount text,
  mails integer NOT NULL,
  arrived_at timestamptz
);
CREATE INDEX case_lines_in_order ON refund_triage.case_lines (stage_rank, urgency, sort_key, case_id);
CREATE INDEX case_lines_by_assignee ON refund_triage.case_lines (assignee, stage_rank) WHERE assignee IS NOT NULL;
CREATE INDEX case_lines_by_outcome ON refund_triage.case_lines (outcome, stage_rank);
CREATE INDEX case_lines_by_language ON refund_triage.case_lines (language, stage_rank);
CREATE INDEX case_lines_by_missing ON refund_triage.case_lines USING gin (missing) WITH (fastupdate = off);
CREATE INDEX case_lines_by_flags ON refund_triage.case_lines USING gin (flags) WITH (fastupdate = off);

CREATE TABLE refund_triage.case_words (
  case_id bigint PRIMARY KEY REFERENCES refund_triage.cases ON DELETE CASCADE,
  words tsvector NOT NULL
);
CREATE INDEX case_words_found ON refund_triage.case_words USING gin (words) WITH (fastupdate = off);

-- Words at every sign that is none; scripts without spaces (kana, kanji, hanzi, hangul) character by character, which are then looked for as phrases. Written out instead of
-- by character class, which depends on the database's locale. case-search.ts takes queries apart in the same way.
CREATE FUNCTION refund_triage.words_of(source text) RETURNS tsvector LANGUAGE sql IMMUTABLE AS $$
  SELECT to_tsvector('simple', regexp_replace(
    regexp_replace(left(source, 20000), '[\\u0001-\\u002f\\u003a-\\u0040\\u005b-\\u0060\\u007b-\\u00bf\\u060c\\u061b\\u061f\\u2000-\\u206f\\u3000-\\u3004\\u3008-\\u3020\\uff00-\\uff0f\\uff1a-\\uff20\\uff3b-\\uff40\\uff5b-\\uff65]+', ' ', 'g'),
    '([\\u3005-\\u3007\\u3021-\\u30ff\\u31f0-\\u31ff\\u3400-\\u9fff\\uac00-\\ud7af\\uff66-\\uff9f])', ' \\1 ', 'g'))
$$;

-- By indexes only, and by those of the case ("+ 0" keeps off the primary keys' order): where nobody gathers statistics, as in the embedded database, whole tables would be read for each case.
CREATE FUNCTION refund_triage.refresh_case_lines(ids bigint[]) RETURNS void LANGUAGE plpgsql
  SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off AS $$
BEGIN
  -- Of two transactions that changed one case the second waits here for the first, and then sees what it did.
  PERFORM FROM refund_triage.cases WHERE id = ANY(ids) ORDER BY id FOR NO KEY UPDATE;
  DELETE FROM refund_triage.case_lines l USING refund_triage.cases c WHERE l.case_id = ANY(ids) AND c.id = l.case_id AND c.merged_into IS NOT NULL;
  DELETE FROM refund_triage.case_words w USING refund_triage.cases c WHERE w.case_id = ANY(ids) AND c.id = w.case_id AND c.merged_into IS NOT NULL;
  INSERT INTO refund_triage.case_lines AS old
    (case_id, stage_rank, urgency, sort_key, merchant, state, outcome, rule, reason, language, assignee, missing, flags, amount, mails, arrived_at)
  SELECT c.id, CASE c.stage WHEN 'open' THEN 0 WHEN 'snoozed' THEN 1 WHEN 'waiting' THEN 2 ELSE 3 END, -c.priority,
    coalesce(floor(extract(epoch FROM CASE c.stage WHEN 'open' THEN c.due_at WHEN 'snoozed' THEN c.snoozed_until WHEN 'waiting' THEN coalesce(c.waiting_since, c.updated_at)
      ELSE coalesce(c.closed_at, c.updated_at) END) * 1000)::bigint * CASE c.stage WHEN 'closed' THEN -1 ELSE 1 END,
      4000000000000 + floor(extract(epoch FROM c.opened_at) * 1000)::bigint),
    c.merchant, c.state, d.counts->>'outcome', d.counts->>'rule', r.reason, c.language, c.assignee,
    CASE jsonb_typeof(d.counts->'missing') WHEN 'array' THEN ARRAY(SELECT jsonb_array_elements_text(d.counts->'missing')) ELSE '{}' END,
    coalesce((SELECT array_agg(DISTINCT f.flag ORDER BY f.flag) FROM (
      SELECT unnest(a.flags) FROM refund_triage.readings a JOIN refund_triage.messages m ON m.id = a.message WHERE m.case_id = c.id
      UNION ALL SELECT jsonb_array_elements_text(CASE jsonb_typeof(d.counts->'flags') WHEN 'array' THEN d.counts->'flags' ELSE '[]' END)) AS f(flag)), '{}'),
    d.counts->>'amount', n.mails, n.arrived_at
  FROM refund_triage.cases c
  LEFT JOIN LATERAL (
    SELECT coalesce((SELECT o.overridden FROM refund_triage.overrides o WHERE o.case_id = c.id AND o.decision = x.id AND o.withdrawn_at IS NULL ORDER BY o.id DESC LIMIT 1), x.decision) AS counts
    FROM refund_triage.messages m JOIN refund_triage.decisions x ON x.message = m.id WHERE m.case_id = c.id ORDER BY x.id + 0 DESC LIMIT 1) d ON true
  LEFT JOIN LATERAL (
    SELECT x.reason FROM refund_triage.messages m JOIN refund_triage.readings x ON x.message = m.id
    WHERE m.case_id = c.id AND x.reason IS NOT NULL ORDER BY m.id + 0 DESC LIMIT 1) r ON true
  CROSS JOIN LATERAL (
    SELECT count(*)::integer AS mails, max(m.received_at) AS arrived_at FROM refund_triage.messages m
    WHERE m.case_id = c.id AND m.role IN ('request', 'follow_up')) n
  WHERE c.id = ANY(ids) AND c.merged_into IS NULL
  ON CONFLICT (case_id) DO UPDATE SET stage_rank = excluded.stage_rank, urgency = excluded.urgency, sort_key = excluded.sort_key, merchant = excluded.merchant,
    state = excluded.state, outcome = excluded.outcome, rule = excluded.rule, reason = excluded.reason, language = excluded.language, assignee = excluded.assignee,
    missing = excluded.missing, flags = excluded.flags, amount = excluded.amount, mails = excluded.mails, arrived_at = excluded.arrived_at
  WHERE old.* IS DISTINCT FROM excluded.*;
  INSERT INTO refund_triage.case_words AS old (case_id, words)
  SELECT c.id, refund_triage.words_of(concat_ws(' ', c.subject, c.customer, c.merchant,
    (SELECT string_agg(concat_ws(' ', m.sender, m.subject), ' ') FROM refund_triage.messages m WHERE m.case_id = c.id),
    (SELECT string_agg(concat_ws(' ', f.value #>> '{}', f.evidence), ' ') FROM refund_triage.messages m JOIN refund_triage.facts f ON f.message = m.id WHERE m.case_id = c.id)))
  FROM refund_triage.cases c WHERE c.id = ANY(ids) AND c.merged_into IS NULL
  ON CONFLICT (case_id) DO UPDATE SET words = excluded.words WHERE old.words IS DISTINCT FROM excluded.words;
END $$;

-- The cases that a transaction changed, in a setting that lives as long as it does. A long list, as when a backup is read in, is worked off in between.
CREATE FUNCTION refund_triage.note_changed_cases(ids bigint[]) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  noted text := coalesce(current_setting('refund_triage.changed_cases', true), '');
BEGIN
  IF ids IS NULL THEN RETURN; END IF;
  noted := noted || array_to_string(ids, ',') || ',';
  IF length(noted) > 20000 THEN
    PERFORM set_config('refund_triage.changed_cases', '', true);
    PERFORM refund_triage.refresh_case_lines(ARRAY(SELECT DISTINCT id::bigint FROM unnest(string_to_array(rtrim(noted, ','), ',')) AS t(id)));
  ELSE
    PERFORM set_config('refund_triage.changed_cases', noted, true);
  END IF;
END $$;

CREATE FUNCTION refund_triage.note_cases() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM refund_triage.note_changed_cases((SELECT array_agg(id) FROM added));
  RETURN NULL;
END $$;
CREATE TRIGGER cases_made_noted AFTER INSERT ON refund_triage.cases REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION refund_triage.note_cases();
CREATE TRIGGER cases_changed_noted AFTER UPDATE ON refund_triage.cases REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION refund_triage.note_cases();

CREATE FUNCTION refund_triage.note_cases_of_mails() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM refund_triage.note_changed_cases((SELECT array_agg(DISTINCT case_id) FROM added));
  RETURN NULL;
END $$;
CREATE TRIGGER messages_made_noted AFTER INSERT ON refund_triage.messages REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION refund_triage.note_cases_of_mails();
CREATE TRIGGER overrides_made_noted AFTER INSERT ON refund_triage.overrides REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION refund_triage.note_cases_of_mails();
CREATE TRIGGER overrides_changed_noted AFTER UPDATE ON refund_triage.overrides REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION refund_triage.note_cases_of_mails();

CREATE FUNCTION refund_triage.note_cases_of_moved_mails() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM refund_triage.note_changed_cases((SELECT array_agg(DISTINCT c.id) FROM added n JOIN removed o USING (id) CROSS JOIN LATERAL (VALUES (n.case_id), (o.case_id)) AS c(id)
    WHERE (n.case_id, n.role, n.sender, n.subject) IS DISTINCT FROM (o.case_id, o.role, o.sender, o.subject)));
  RETURN NULL;
END $$;
CREATE TRIGGER messages_changed_noted AFTER UPDATE ON refund_triage.messages
  REFERENCING OLD TABLE AS removed NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION refund_triage.note_cases_of_moved_mails();

CREATE FUNCTION refund_triage.note_cases_of_parts() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM refund_triage.note_changed_cases((SELECT array_agg(DISTINCT m.case_id) FROM added n JOIN refund_triage.messages m ON m.id = n.message));
  RETURN NULL;
END $$;
CREATE TRIGGER readings_noted AFTER INSERT ON refund_triage.readings REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION refund_triage.note_cases_of_parts();
CREATE TRIGGER facts_made_noted AFTER INSERT ON refund_triage.facts REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION refund_triage.note_cases_of_parts();
CREATE TRIGGER facts_changed_noted AFTER UPDATE ON refund_triage.facts REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION refund_triage.note_cases_of_parts();
CREATE TRIGGER decisions_noted AFTER INSERT ON refund_triage.decisions REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION refund_triage.note_cases_of_parts();

-- Once at the end of the transaction: the first row that asks takes the whole list, the others find it empty.
CREATE FUNCTION refund_triage.refresh_noted_cases() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  noted text := coalesce(current_setting('refund_triage.changed_cases', true), '');
BEGIN
  IF noted <> '' THEN
    PERFORM set_config('refund_triage.changed_cases', '', true);
    PERFORM refund_triage.refresh_case_lines(ARRAY(SELECT DISTINCT id::bigint FROM unnest(string_to_array(rtrim(noted, ','), ',')) AS t(id)));
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER cases_lines AFTER INSERT OR UPDATE ON refund_triage.cases DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION refund_triage.refresh_noted_cases();
CREATE CONSTRAINT TRIGGER messages_lines AFTER INSERT OR UPDATE OF case_id, role ON refund_triage.messages DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION refund_triage.refresh_noted_cases();
CREATE CONSTRAINT TRIGGER readings_lines AFTER INSERT ON refund_triage.readings DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION refund_triage.refresh_noted_cases();
CREATE CONSTRAINT TRIGGER facts_lines AFTER INSERT OR UPDATE ON refund_triage.facts DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION refund_triage.refresh_noted_cases();
CREATE CONSTRAINT TRIGGER decisions_lines AFTER INSERT ON refund_triage.decisions DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION refund_triage.refresh_noted_cases();
CREATE CONSTRAINT TRIGGER overrides_lines AFTER INSERT OR UPDATE ON refund_triage.overrides DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION refund_triage.refresh_noted_cases();

DO $$
DECLARE
  first bigint := 0;
  ids bigint[];
BEGIN
  LOOP
    SELECT array_agg(id) INTO ids FROM (SELECT id FROM refund_triage.cases WHERE id > first ORDER BY id LIMIT 5000) AS t;
    EXIT WHEN ids IS NULL;
    PERFORM refund_triage.refresh_case_lines(ids);
    first := ids[cardinality(ids)];
  END LOOP;
END $$;

CREATE INDEX messages_by_arrival ON refund_triage.messages (received_at) WHERE role = 'request';

-- Filters that people keep. owner: the name of who made it; everybody at the desk sees those that are shared.
CREATE TABLE refund_triage.saved_views (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  owner text NOT NULL,
  name text NOT NULL,
  query text NOT NULL,
  shared boolean NOT NULL DEFAULT false,
  created_at timestamptz NOT NULL DEFAULT now(),
  UNIQUE (owner, name)
);
`,
};
