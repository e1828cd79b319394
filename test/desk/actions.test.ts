import { simpleParser } from 'mailparser';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { WorkedCase } from '../../src/cases/actions/worked-case.ts';
import { listAudit } from '../../src/desk/audit.ts';
import { corpusMail, type DeskPlace, until } from '../sending/desk-place.ts';
import { browse, rightPassword, type TestDesk, type Visit } from './desk-app.ts';
import { type DeskWithMailbox, openDeskWithMailbox } from './desk-with-mailbox.ts';

let opened: DeskWithMailbox;
let desk: TestDesk;
let place: DeskPlace;
let sender: Visit;
let drafter: Visit;

beforeAll(async () => {
  opened = await openDeskWithMailbox();
  ({ desk, place } = opened);
  sender = await desk.visit('sender');
  drafter = await desk.visit('drafter');
});
afterAll(async () => { await opened.close(); });

let count = 0;

async function newCase(name = 'stone-ai-en-used-tokens'): Promise<WorkedCase> {
  count += 1;
  return await place.receive(corpusMail(name).replace(/^Message-ID: <[^>]+>/mu, `Message-ID: <desk-${String(count)}@mail.example>`).replaceAll(/(?<=^From: .*<)[^@]+@/gmu, `desk${String(count)}@`));
}

/** The hidden fields that the case's page has in its forms. */
function seen(worked: WorkedCase): Record<string, string> {
  return { version: String(worked.version), draft: worked.draft?.messageId ?? '', revision: String(worked.draft?.revision ?? 0) };
}

async function act(visit: Visit, worked: WorkedCase, path: string, fields: Record<string, string | readonly string[]> = {}): Promise<{ status: number; body: string; toast: string | undefined }> {
  await visit.get(`/cases/${String(worked.id)}`);
  const answer = await visit.post(`/cases/${String(worked.id)}/${path}`, { ...seen(worked), ...fields });
  if (answer.statusCode !== 303) return { status: answer.statusCode, body: answer.body, toast: undefined };
  const { body } = await visit.get(String(answer.headers.location));
  return { status: 303, body, toast: /<div class="toast [^>]*>\s*<p>([^<]*)<\/p>/u.exec(body)?.[1] };
}

describe('sending from the desk', () => {
  it('approves, undoes, approves again and sends; the page offers what the role may do', async () => {
    const worked = await newCase();
    expect((await drafter.get(`/cases/${String(worked.id)}`)).body).not.toContain('/draft/send"');
    expect((await drafter.post(`/cases/${String(worked.id)}/draft/send`, seen(worked))).statusCode).toBe(403);
    expect((await sender.get(`/cases/${String(worked.id)}`)).body).toContain(`/cases/${String(worked.id)}/draft/send"`);
    const approved = await act(sender, worked, 'draft/send');
    expect(approved.toast).toBe('The reply goes out in ten seconds.');
    const [, undo = ''] = /action="([^"]+\/undo)"/u.exec(approved.body) ?? [];
    await sender.post(undo);
    expect(await place.outbox(worked.id)).toMatchObject([{ state: 'undone' }]);
    await act(sender, worked, 'draft/send');
    await act(sender, worked, 'draft/send');
    expect(await place.outbox(worked.id)).toMatchObject([{ state: 'undone' }, { state: 'holding' }]);
    await desk.store.database.query(`UPDATE refund_triage.outbox SET send_after = now() WHERE state = 'holding'`);
    const sending = place.startSender();
    await until(async () => (await place.outbox(worked.id)).some(({ state, settled }) => state === 'sent' && settled), 'it is sent');
    await sending.stop();
    expect(place.smtp.taken.filter(({ to }) => to.includes(worked.draft?.to ?? ''))).toHaveLength(1);
    expect((await listAudit(desk.store.database, { limit: 10, caseId: worked.id })).map(({ kind }) => kind)).toContain('draft.approved');
  });

  it('does not send what the decision does not back, unless a reason is given', async () => {
    const worked = await newCase();
    const text = 'Hello,\n\nWe will refund you 500.00 USD in full by tomorrow.\n\nKind regards';
    await act(drafter, worked, 'draft/save', { text, deed: 'save' });
    const edited = await place.worked(worked.id);
    const refused = await act(sender, edited, 'draft/send');
    expect(refused.status).toBe(422);
    expect(refused.body).toContain('500.00 USD');
    expect(await place.outbox(worked.id)).toEqual([]);
    expect((await act(sender, edited, 'draft/send', { reason: 'Agreed with the owner by telephone.' })).toast).toBe('The reply goes out in ten seconds.');
    expect(await desk.store.database.query('SELECT reason, jsonb_array_length(unbacked) > 0 AS unbacked FROM refund_triage.outbox WHERE case_id = $1', [worked.id])).toEqual([{ reason: 'Agreed with the owner by telephone.', unbacked: true }]);
  });

  it('shows the second of two who save both texts, and loses neither', async () => {
    const worked = await newCase();
    await act(drafter, worked, 'draft/save', { text: 'What Dan wrote.', deed: 'save' });
    const second = await act(sender, worked, 'draft/save', { text: 'What Sofia wrote.', deed: 'send' });
    expect(second.status).toBe(409);
    for (const text of ['What Dan wrote.', 'What Sofia wrote.', worked.draft?.text.split('\n')[0] ?? '?']) expect(second.body).toContain(text);
    expect((await place.worked(worked.id)).draft?.text.trim()).toBe('What Dan wrote.');
    expect(await place.outbox(worked.id)).toEqual([]);
  });

  it('takes over what a mail program wrote, and does not send it unseen', async () => {
    const worked = await newCase();
    const id = worked.draft?.messageId ?? '';
    await place.dovecot.doveadm(['expunge', '-u', place.dovecot.user, 'mailbox', 'Drafts', 'header', 'Message-ID', id]);
    const mail = [`Message-ID: ${id}`, `To: ${worked.draft?.to ?? ''}`, `Subject: ${worked.draft?.subject ?? ''}`, `In-Reply-To: <desk-${String(count)}@mail.example>`, 'Content-Type: text/plain; charset=utf-8', '', 'Written in Thunderbird.', '', 'On Friday somebody wrote:', '> the request', ''];
    await place.dovecot.doveadm(['save', '-u', place.dovecot.user, '-m', 'Drafts'], Buffer.from(mail.join('\r\n')));
    expect((await act(sender, worked, 'draft/send')).toast).toBe('The draft was changed in a mail program meanwhile; its words are taken over. Look at them.');
    const after = await place.worked(worked.id);
    expect(after.draft).toMatchObject({ state: 'edited', text: 'Written in Thunderbird.\n', revision: 2 });
    await act(sender, after, 'draft/send');
    await desk.store.database.query(`UPDATE refund_triage.outbox SET send_after = now() WHERE case_id = $1`, [worked.id]);
    const sending = place.startSender();
    await until(async () => (await place.outbox(worked.id)).some(({ state, settled }) => state === 'sent' && settled), 'it is sent');
    await sending.stop();
    const sent = await simpleParser(place.smtp.taken.at(-1)?.source ?? '');
    expect(sent.text).toContain('Written in Thunderbird.');
    expect(sent.inReplyTo).toBe(`<desk-${String(count)}@mail.example>`);
    expect(await place.folder('Drafts', id)).toEqual([]);
  });
});

async function draftStates({ id }: WorkedCase): Promise<string[]> {
  return (await desk.store.database.query<{ state: string }>('SELECT state FROM refund_triage.drafts WHERE case_id = $1 ORDER BY state', [id])).map(({ state }) => state);
}

describe('deciding otherwise', () => {
  it('names the clause that was chosen, of those that the policy has', async () => {
    const worked = await newCase();
    const { body } = await drafter.get(`/cases/${String(worked.id)}`);
    const clauses = [.../<select[^>]*name="clause"[^>]*>(.*?)<\/select>/su.exec(body)?.[1]?.matchAll(/<option value="([^"]+)"/gu) ?? []].map(([, clause = '']) => clause);
    const other = clauses.find((clause) => clause !== worked.decided?.decision.clause) ?? '';
    expect((await act(drafter, worked, 'override', { choice: '|deny', clause: '77.7', override_reason: 'So it is.' })).toast).toBe('The merchant’s policy has no such clause.');
    await act(drafter, worked, 'override', { choice: 'used-tokens|deny', clause: other, override_reason: 'So it is.' });
    const after = await place.worked(worked.id);
    expect(after.override?.decision.clause).toBe(other);
    expect(after.draft?.text).toContain(`§ ${other}`);
  });

  it('asks for a reason, writes the reply anew, and can be taken back', async () => {
    const worked = await newCase();
    expect(worked.decided?.decision.outcome).toBe('deny');
    expect((await act(drafter, worked, 'override', { choice: 'unused-balance|full_refund', override_reason: ' ' })).toast).toBe('Say why the decision is overridden.');
    const choices = [...(await drafter.get(`/cases/${String(worked.id)}`)).body.matchAll(/<option value="([^"|]*\|full_refund)"/gu)].map(([, choice = '']) => choice);
    await act(drafter, worked, 'override', { choice: choices[0] ?? '', amount: '20.00 USD', override_reason: 'A customer of many years.' });
    const after = await place.worked(worked.id);
    expect(after.override).toMatchObject({ reason: 'A customer of many years.', by: 'Dan', decision: { outcome: 'full_refund', amount: '20.00 USD' } });
    expect(after.draft?.text).not.toBe(worked.draft?.text);
    expect(after.version).toBe(worked.version + 1);
    await act(drafter, after, 'override/withdraw');
    const back = await place.worked(worked.id);
    expect([back.override, back.draft?.text]).toEqual([null, worked.draft?.text]);
  });

  it('asks the customer for more, in the language that was chosen', async () => {
    const worked = await newCase();
    await act(drafter, worked, 'draft/rewrite', { language: 'ru' });
    const russian = await place.worked(worked.id);
    expect(russian.draft).toMatchObject({ language: 'ru', template: worked.draft?.template });
    await act(drafter, russian, 'ask', { missing: ['transaction_id', 'screenshot'] });
    expect((await place.worked(worked.id)).draft).toMatchObject({ language: 'ru', template: 'request-info' });
    expect((await place.worked(worked.id)).state).toBe('needs_info');
  });

  it('decides anew when a fact is mended, and keeps who did it', async () => {
    const worked = await newCase();
    expect((await act(drafter, worked, 'facts', { name: 'amount', value: 'twenty' })).toast).toBe('Sum paid is written like 19.90 EUR.');
    expect((await act(drafter, worked, 'facts', { name: 'reason', value: 'duplicate_charge' })).toast).toBe('The fact is changed, the case decided anew, the reply written anew.');
    const after = await place.worked(worked.id);
    expect(after.decided?.decision.rule).not.toBe(worked.decided?.decision.rule);
    expect(after.draft?.text).not.toBe(worked.draft?.text);
    await act(drafter, after, 'facts', { name: 'paid_at', value: '2026-03-01' });
    expect((await place.worked(worked.id)).decided?.basis?.facts.values.paid_at).toEqual({ value: '2026-03-01', source: 'agent', evidence: 'Dan' });
    expect(await desk.store.database.query('SELECT name, value, author FROM refund_triage.fact_edits WHERE case_id = $1 ORDER BY id', [worked.id])).toEqual([
      { name: 'reason', value: 'duplicate_charge', author: 'Dan' }, { name: 'paid_at', value: '2026-03-01', author: 'Dan' },
    ]);
  });
});

describe('looking after a case', () => {
  it('assigns, notes, puts away, closes and opens again', async () => {
    const worked = await newCase();
    await act(drafter, worked, 'assign', { assignee: 'Sofia' });
    await act(drafter, worked, 'notes', { note: 'Called; will send the receipt.' });
    expect((await place.worked(worked.id)).assignee).toBe('Sofia');
    expect((await drafter.get(`/cases/${String(worked.id)}`)).body).toContain('Called; will send the receipt.');
    expect((await act(drafter, worked, 'snooze', { until: '2020-01-01' })).toast).toBe('A case is put away until a time that is still ahead.');
    await act(drafter, worked, 'snooze', { until: '2099-01-01' });
    expect((await place.worked(worked.id)).stage).toBe('snoozed');
    await act(drafter, worked, 'close');
    const closed = await place.worked(worked.id);
    expect([closed.stage, closed.draft]).toEqual(['closed', null]);
    await act(drafter, closed, 'reopen');
    expect((await place.worked(worked.id)).stage).toBe('open');
  });

  it('takes the draft of what is no request, or is in quarantine, out of Drafts', async () => {
    const [one, other] = [await newCase(), await newCase()];
    await act(drafter, one, 'not-a-request');
    await act(drafter, other, 'quarantine', { quarantine_reason: 'Looks like fraud.' });
    const sending = place.startSender();
    for (const { draft } of [one, other]) await until(async () => (await place.folder('Drafts', draft?.messageId ?? '')).length === 0, 'the draft is gone');
    await sending.stop();
    expect([(await place.worked(one.id)).state, (await place.worked(other.id)).state]).toEqual(['ignored', 'quarantined']);
  });

  it('has the mail program say how a case stands: no request, in quarantine, and back', async () => {
    const [one, other] = [await newCase(), await newCase()];
    const keywordsOf = async ({ answered }: WorkedCase): Promise<string[]> => (await place.dovecot.doveadm(['fetch', '-u', place.dovecot.user, 'flags', 'mailbox', 'INBOX', 'uid', String(answered?.uid)])).match(/\$RefundTriage-\w+/gu) ?? [];
    const sending = place.startSender();
    const follows = async (worked: WorkedCase, keyword: string): Promise<void> => { await until(async () => (await keywordsOf(worked)).join() === `$RefundTriage-${keyword}`, `the keyword is ${keyword}`); };
    await act(drafter, one, 'not-a-request');
    await act(drafter, other, 'quarantine', { quarantine_reason: 'Looks like fraud.' });
    await follows(one, 'Ignored');
    await follows(other, 'Review');
    await act(drafter, await place.worked(one.id), 'reopen');
    expect((await place.worked(one.id)).state).toBe('ready');
    await follows(one, 'Ready');
    await act(drafter, await place.worked(one.id), 'ask', { missing: ['transaction_id'] });
    await follows(one, 'NeedsInfo');
    await sending.stop();
    await act(drafter, await place.worked(other.id), 'retry');
    expect(await desk.store.database.query('SELECT retry_at <= now() AS due FROM refund_triage.quarantine WHERE message = $1', [other.answered?.message])).toEqual([{ due: true }]);
  });

  it('merges two cases and takes them apart again', async () => {
    const [one, other] = [await newCase(), await newCase('stone-ai-en-outage-ton')];
    expect((await act(drafter, other, 'merge', { into: '999999' })).toast).toBe('There is no case 999999.');
    expect((await act(drafter, other, 'merge', { into: String(one.id) })).toast).toBe('Done. The reply is written anew from all that the mails say.');
    expect((await place.worked(other.id)).mergedInto).toBe(one.id);
    const merged = await place.worked(one.id);
    expect(merged.decided?.basis?.facts.values).toMatchObject({ outage_hours: { value: 96, source: 'thread' }, payment_method: { value: 'card' } });
    // One reply, of what both say together; the other is taken out of Drafts.
    expect([merged.draft?.messageId, merged.draft?.text === one.draft?.text]).toEqual([one.draft?.messageId, false]);
    expect(await draftStates(merged)).toEqual(['abandoned', 'in_drafts']);
    const sending = place.startSender();
    await until(async () => (await place.folder('Drafts', other.draft?.messageId ?? '')).length === 0, 'the other draft is gone');
    await sending.stop();
    await act(drafter, merged, 'split', { mails: [String(other.answered?.message ?? 0)] });
    const [apart, left] = [await place.worked(other.id), await place.worked(one.id)];
    expect([apart.mergedInto, apart.stage, apart.answered?.message, left.answered?.message]).toEqual([null, 'open', other.answered?.message, one.answered?.message]);
    expect(apart.decided?.decision.outcome).toBe(other.decided?.decision.outcome);
    expect([apart.draft?.text, left.draft?.text]).toEqual([other.draft?.text, one.draft?.text]);
  });

  it('keeps what somebody edited when cases are merged: as the reply, or as a note', async () => {
    const [one, other, third] = [await newCase(), await newCase(), await newCase()];
    await act(drafter, other, 'draft/save', { text: 'What Dan wrote to the second.', deed: 'save' });
    await act(drafter, third, 'draft/save', { text: 'What Dan wrote to the third.', deed: 'save' });
    expect((await act(drafter, await place.worked(other.id), 'merge', { into: String(one.id) })).toast).toContain('stays as somebody edited it');
    expect((await place.worked(one.id)).draft).toMatchObject({ text: 'What Dan wrote to the second.\n', state: 'edited' });
    await act(drafter, await place.worked(third.id), 'merge', { into: String(one.id) });
    expect((await place.worked(one.id)).draft?.text.trim()).toBe('What Dan wrote to the second.');
    expect((await drafter.get(`/cases/${String(one.id)}`)).body).toContain(`#${String(third.id)}\n\nWhat Dan wrote to the third.`);
    expect(await draftStates(one)).toEqual(['abandoned', 'abandoned', 'edited']);
  });

  it('tells who else is looking', async () => {
    const worked = await newCase();
    await drafter.get(`/cases/${String(worked.id)}`);
    expect((await drafter.post(`/cases/${String(worked.id)}/viewing`)).body.trim()).toBe('');
    expect((await sender.post(`/cases/${String(worked.id)}/viewing`)).body).toContain('Dan');
  });

  it('does nothing to a case that changed since it was looked at', async () => {
    const worked = await newCase();
    await act(drafter, worked, 'ask', { missing: ['transaction_id'] });
    for (const path of ['close', 'not-a-request', 'retry', 'draft/rewrite']) expect((await act(sender, worked, path)).toast).toBe('The case has changed since you looked at it. Look again.');
  });
});

/** What stands in a field of the page that the case has now. */
async function fieldIn(visit: Visit, worked: Pick<WorkedCase, 'id'>, field: string): Promise<string | undefined> {
  const { body } = await visit.get(`/cases/${String(worked.id)}`);
  return (new RegExp(`<textarea[^>]*name="${field}"[^>]*>\n([^<]*)<`, 'u').exec(body) ?? new RegExp(`name="${field}"[^>]* value="([^"]*)"`, 'u').exec(body))?.[1];
}

describe('what is refused', () => {
  it.each([
    ['ru', 'да или нет.', 'Скажите, почему решено иначе.', 'Дело закрыто.', 'обещано: возврат, а решение: Отказ'],
    ['be', 'так ці не.', 'Скажыце, чаму вырашана інакш.', 'Справа закрыта.', 'абяцана: вяртанне, а рашэнне: Адмова'],
  ])('is said in %s to those who read that', async (language, yesOrNo, reason, closed, unbacked) => {
    const visit = await desk.visit('sender');
    await visit.post('/account/preferences', { language });
    const worked = await newCase();
    expect((await act(visit, worked, 'override', { choice: 'unused-balance|full_refund', override_reason: '' })).toast).toBe(reason);
    expect((await act(visit, worked, 'facts', { name: 'described', value: 'perhaps' })).toast).toContain(yesOrNo);
    await act(visit, worked, 'draft/save', { text: 'Hello,\n\nWe will refund you in full.\n', deed: 'save' });
    expect((await act(visit, await place.worked(worked.id), 'draft/send')).body).toContain(unbacked);
    await act(visit, await place.worked(worked.id), 'close');
    expect((await act(visit, await place.worked(worked.id), 'close')).toast).toBe(closed);
    await visit.post('/account/preferences', { language: '' });
  });

  it('comes back in its form, for those who typed it alone, until it is saved', async () => {
    const worked = await newCase();
    await act(sender, worked, 'ask', { missing: ['transaction_id'] });
    await act(drafter, worked, 'override', { choice: '|deny', override_reason: 'They asked for it.' });
    await act(drafter, worked, 'quarantine', { quarantine_reason: 'Looks like fraud.' });
    await act(drafter, worked, 'facts', { name: 'amount', value: 'twenty' });
    expect([await fieldIn(drafter, worked, 'override_reason'), await fieldIn(drafter, worked, 'quarantine_reason')]).toEqual(['They asked for it.', 'Looks like fraud.']);
    expect((await drafter.get(`/cases/${String(worked.id)}`)).body).toContain('value="twenty"');
    expect((await sender.get(`/cases/${String(worked.id)}`)).body).not.toContain('They asked for it.');
    await act(drafter, await place.worked(worked.id), 'override', { choice: '|deny', override_reason: 'They asked for it.' });
    await act(drafter, await place.worked(worked.id), 'quarantine', { quarantine_reason: 'Looks like fraud.' });
    expect(await fieldIn(drafter, worked, 'override_reason')).toBe('');
    expect((await act(drafter, worked, 'kept/discard')).body).not.toContain('twenty');
  });

  it('is not lost with its form: a reply whose draft is gone is shown to be copied', async () => {
    const worked = await newCase();
    await act(sender, worked, 'close');
    const after = await act(drafter, worked, 'draft/save', { text: 'Words for a draft that is gone.', deed: 'save' });
    expect(after.body).toContain('Words for a draft that is gone.');
    expect(after.body).toContain('there is no place for it any more');
  });
});

/** Someone whose session has ended by itself. */
async function ended(): Promise<Visit> {
  const visit = await desk.visit('drafter');
  await desk.store.database.query(`UPDATE refund_triage.desk_sessions SET seen_at = seen_at - interval '3 hours' WHERE digest = (SELECT digest FROM refund_triage.desk_sessions ORDER BY created_at DESC LIMIT 1)`);
  return visit;
}

describe('a session that ends while somebody types', () => {
  it('leads back to the case, where the words are in their field, over the reply that they were typed over', async () => {
    const worked = await newCase();
    const visit = await ended();
    const refused = await visit.post(`/cases/${String(worked.id)}/draft/save`, { ...seen(worked), text: 'Typed for an hour.', deed: 'save' });
    expect([refused.statusCode, refused.headers.location]).toEqual([303, `/sign-in?to=%2Fcases%2F${String(worked.id)}&said=kept`]);
    await act(sender, worked, 'draft/save', { text: 'What Sofia saved meanwhile.', deed: 'save' });
    expect((await visit.get(String(refused.headers.location))).body).toContain('kept for you');
    const back = await visit.post('/sign-in', { name: 'Dan', password: rightPassword, to: `/cases/${String(worked.id)}` });
    expect(back.headers.location).toBe(`/cases/${String(worked.id)}`);
    expect(await fieldIn(visit, worked, 'text')).toBe('Typed for an hour.');
    const { body } = await visit.get(`/cases/${String(worked.id)}`);
    const revision = /name="revision" value="(\d+)">\s*<div class="field"><label for="field-text"/u.exec(body)?.[1];
    expect(revision).toBe('1');
    const merge = await visit.post(`/cases/${String(worked.id)}/draft/save`, { ...seen(worked), revision: String(revision), text: 'Typed for an hour.', deed: 'save' });
    expect([merge.statusCode, merge.body.includes('What Sofia saved meanwhile.')]).toEqual([409, true]);
  });

  it('shows the words where nobody knows any more whose they are, and takes none from a page of another site', async () => {
    const worked = await newCase();
    const visit = await ended();
    await desk.store.database.query('DELETE FROM refund_triage.desk_sessions WHERE seen_at < now() - interval \'2 hours\'');
    const refused = await visit.post(`/cases/${String(worked.id)}/notes`, { note: 'Called the customer.' });
    expect([refused.statusCode, refused.body.includes('Called the customer.')]).toEqual([401, true]);
    const foreign = await browse(desk.app).post(`/cases/${String(worked.id)}/notes`, { note: 'Planted.' });
    expect([foreign.statusCode, foreign.body]).toEqual([303, '']);
  });

  it('and of somebody who signed in again elsewhere: the old page changes nothing and loses nothing', async () => {
    const worked = await newCase();
    const visit = await desk.visit('drafter');
    const refused = await visit.post(`/cases/${String(worked.id)}/notes`, { _csrf: 'of-yesterday', note: 'Called again.' });
    expect([refused.statusCode, refused.body.includes(`href="/cases/${String(worked.id)}"`)]).toEqual([403, true]);
    expect(await fieldIn(visit, worked, 'note')).toBe('Called again.');
  });
});
