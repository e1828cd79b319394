import type { Store } from '../../src/cases/store.ts';
import { demoDecisions } from '../cases/demo-decisions.ts';

/**
 * Fills an empty store with `count` cases: the demo's requests with their facts, decisions and drafts over and over, of other customers, in other stages, of other days.
 * Written by the database itself, without the triggers, and the lines made at the end.
 */
export async function fillWithCases(store: Store, count: number): Promise<void> {
  const { packs, mails } = await demoDecisions();
  await store.keepPacks(packs);
  const run = store.beginRun();
  await store.recordMails(run, mails);
  await store.finishMails('support', '7', { draftIds: mails.flatMap(({ draft }) => draft?.messageId ?? []), uids: mails.map(({ uid }) => uid) });
  await run.end(true);
  const sets = Math.ceil(count / mails.length) - 1;
  await store.database.run(copiesOfAll(sets));
  const first = await store.database.query<{ id: number }>('SELECT id FROM refund_triage.cases ORDER BY id');
  for (let from = 0; from < first.length; from += 5_000) {
    await store.database.query('SELECT refund_triage.refresh_case_lines($1::bigint[])', [first.slice(from, from + 5_000).map(({ id }) => id)]);
  }
}

/** Each copy's ids are so many thousands above those of the original. */
function idOf(column: string): string {
  return `${column} + k * 1000`;
}

function copiesOfAll(sets: number): string {
  const series = `generate_series(1, ${String(sets)}) AS k`;
  // Spread evenly and the same each time.
  const mix = (column: string, of: number): string => `abs(hashint8(${idOf(column)})) % ${String(of)}`;
  const tables = ['cases', 'messages', 'readings', 'facts', 'decisions', 'drafts', 'events'];
  return `
${tables.map((table) => `ALTER TABLE refund_triage.${table} DISABLE TRIGGER USER;`).join('\n')}
INSERT INTO refund_triage.cases (id, fingerprint, merchant, customer, customer_key, subject, language, topic, state, opened_at, updated_at, stage, due_at, waiting_since, closed_at, assignee, priority)
  OVERRIDING SYSTEM VALUE
  SELECT ${idOf('c.id')}, md5((${idOf('c.id')})::text) || md5('x' || (${idOf('c.id')})::text), merchant, 'customer' || ${mix('c.id', Math.ceil(sets * 15))} || '@example.org',
    'customer' || ${mix('c.id', Math.ceil(sets * 15))} || '@example.org', subject || ' ' || k, language, topic, state, opened_at - k * interval '3 minutes', updated_at - k * interval '3 minutes',
    (ARRAY['open', 'open', 'open', 'open', 'open', 'open', 'waiting', 'closed', 'closed', 'snoozed'])[1 + ${mix('c.id', 10)}],
    now() + (${mix('c.id', 14_400)} - 2000) * interval '1 minute', now() - (${mix('c.id', 999)}) * interval '1 hour', now() - (${mix('c.id', 9_999)}) * interval '1 minute',
    (ARRAY[NULL, NULL, 'anna', 'boris', 'chen'])[1 + ${mix('c.id', 5)}], CASE WHEN ${mix('c.id', 50)} = 0 THEN 1 ELSE 0 END
  FROM refund_triage.cases c, ${series};
INSERT INTO refund_triage.messages (id, case_id, mailbox, uid_validity, uid, fingerprint, message_id, sender, subject, received_at, state, recorded_at, finished_at, role)
  OVERRIDING SYSTEM VALUE
  SELECT ${idOf('m.id')}, ${idOf('m.case_id')}, mailbox, uid_validity, ${idOf('uid')}, md5((${idOf('m.case_id')})::text) || md5('x' || (${idOf('m.case_id')})::text), '<' || k || '.' || m.id || '@example.org>',
    'customer' || ${mix('m.case_id', Math.ceil(sets * 15))} || '@example.org', m.subject || ' ' || k, now() - (${mix('m.case_id', 200_000)}) * interval '1 minute', m.state, recorded_at, finished_at, role
  FROM refund_triage.messages m, ${series};
INSERT INTO refund_triage.readings (message, language, topic, reason, product, privacy, described, has_screenshot, has_photo, flags)
  SELECT ${idOf('message')}, language, topic, reason, product, privacy, described, has_screenshot, has_photo, flags FROM refund_triage.readings, ${series};
INSERT INTO refund_triage.facts (message, name, value, source, evidence) SELECT ${idOf('message')}, name, value, source, evidence || ' ' || k FROM refund_triage.facts, ${series};
INSERT INTO refund_triage.decisions (id, message, outcome, rule, clause, discretionary, amount, missing, pack, pack_hash, trace, decision, basis, digest, decided_at)
  OVERRIDING SYSTEM VALUE
  SELECT ${idOf('id')}, ${idOf('message')}, outcome, rule, clause, discretionary, amount, missing, pack, pack_hash, trace, decision, basis, digest, decided_at - k * interval '3 minutes'
  FROM refund_triage.decisions, ${series};
INSERT INTO refund_triage.drafts (message_id, message, case_id, recipient, subject, language, template, text, html, state, planned_at, in_drafts_at)
  SELECT k || '.' || message_id, ${idOf('message')}, ${idOf('case_id')}, recipient, subject, language, template, text, html, state, planned_at, in_drafts_at FROM refund_triage.drafts, ${series};
INSERT INTO refund_triage.events (kind, case_id, mailbox, uid_validity, uid, detail)
  SELECT kind, ${idOf('case_id')}, mailbox, uid_validity, uid, detail FROM refund_triage.events, ${series} WHERE case_id IS NOT NULL;
${tables.map((table) => `ALTER TABLE refund_triage.${table} ENABLE TRIGGER USER;`).join('\n')}
`;
}
