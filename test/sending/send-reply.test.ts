import { simpleParser } from 'mailparser';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { undoApproval } from '../../src/cases/actions/approve-draft.ts';
import { resolveUncertain } from '../../src/cases/outbox.ts';
import { saveDraft } from '../../src/cases/actions/save-draft.ts';
import type { WorkedCase } from '../../src/cases/actions/worked-case.ts';
import { startEmbedded, type StoreServer } from '../cases/stores.ts';
import { corpusMail, type DeskPlace, startDeskPlace, until } from './desk-place.ts';

let stores: StoreServer;
let place: DeskPlace;

beforeAll(async () => {
  stores = await startEmbedded();
  place = await startDeskPlace(async () => await stores.open());
});
beforeEach(() => { place.smtp.behave(); });
afterAll(async () => {
  await place.stop();
  await stores.stop();
});

let count = 0;

/** The same request by another customer, so that each test has a case of its own. */
async function newCase(name = 'stone-ai-en-used-tokens', changes: (mail: string) => string = (mail) => mail): Promise<WorkedCase> {
  count += 1;
  const mail = corpusMail(name).replace(/^Message-ID: <[^>]+>/mu, `Message-ID: <mail-${String(count)}@mail.example>`).replaceAll(/(?<=^From: .*<)[^@]+@/gmu, `customer${String(count)}@`);
  return await place.receive(changes(mail));
}

async function whenSent(worked: WorkedCase, state = 'sent'): Promise<void> {
  await until(async () => {
    const [row] = (await place.outbox(worked.id)).toReversed();
    return row?.state === state && (state !== 'sent' || row.settled);
  }, `the reply is ${state}`);
}

async function draftsOf(worked: WorkedCase): Promise<string[]> {
  return await place.folder('Drafts', worked.draft?.messageId ?? '?');
}

describe('a reply that was approved', () => {
  it('goes out in the thread, from the merchant; the mail is answered, the copy in Sent, the draft gone, the case closed', async () => {
    const worked = await newCase('stone-ai-en-used-tokens', (mail) => mail.replace('\nMIME-Version', '\nIn-Reply-To: <earlier@mail.example>\nReferences: <root@mail.example> <earlier@mail.example>\nMIME-Version'));
    expect(await draftsOf(worked)).toHaveLength(1);
    const before = place.smtp.taken.length;
    await place.approve(worked);
    const sender = place.startSender();
    await whenSent(worked);
    await sender.stop();

    const sent = place.smtp.taken.slice(before);
    expect(sent.map(({ from, to }) => ({ from, to }))).toEqual([{ from: 'refunds@stone-ai.example', to: [worked.draft?.to] }]);
    const mail = await simpleParser(sent[0]?.source ?? '');
    expect(mail.messageId).toBe(worked.draft?.messageId);
    expect(mail.inReplyTo).toBe(`<mail-${String(count)}@mail.example>`);
    expect(mail.references).toEqual(['<root@mail.example>', '<earlier@mail.example>', `<mail-${String(count)}@mail.example>`]);
    expect(mail.from?.value[0]).toMatchObject({ address: 'refunds@stone-ai.example' });
    expect(mail.headers.get('x-refund-triage')).toMatch(/^RT-/u);
    expect(mail.headers.has('auto-submitted')).toBe(false);
    expect(mail.text).toContain('> ');
    expect(Math.abs((mail.date?.getTime() ?? 0) - Date.now())).toBeLessThan(120_000);

    expect(await draftsOf(worked)).toEqual([]);
    const copies = await place.folder('Sent', worked.draft?.messageId ?? '?');
    expect(copies).toHaveLength(1);
    expect((await simpleParser(copies[0] ?? '')).text).toBe(mail.text);
    const flags = await place.flags('INBOX');
    expect(flags.at(-1)).toContain('\\Answered');
    expect(flags.at(-1)).not.toContain('\\Seen');
    const after = await place.worked(worked.id);
    expect({ stage: after.stage, draft: after.draft?.state, version: after.version }).toEqual({ stage: 'closed', draft: 'sent', version: worked.version + 1 });
    expect(sender.errors).toEqual([]);
  });

  it('is settled only when its mail was met under its new UID, where the folder was made anew meanwhile', async () => {
    const worked = await newCase();
    const { database } = place.store;
    const messageId = `<mail-${String(count)}@mail.example>`;
    const [met] = await database.query<{ uid_validity: string }>('SELECT uid_validity FROM refund_triage.messages WHERE message_id = $1', [messageId]);
    await database.query(`UPDATE refund_triage.messages SET uid_validity = '1' WHERE message_id = $1`, [messageId]);
    await place.approve(worked);
    const sender = place.startSender();
    const detailOf = async (): Promise<string | null> => (await database.query<{ detail: string | null }>(`SELECT detail FROM refund_triage.outbox WHERE draft = $1`, [worked.draft?.messageId]))[0]?.detail ?? null;
    await until(async () => (await detailOf())?.includes('was not met there yet') === true, 'settling is put off');
    await database.query('UPDATE refund_triage.messages SET uid_validity = $2 WHERE message_id = $1', [messageId, met?.uid_validity]);
    await database.query('UPDATE refund_triage.outbox SET settle_after = NULL WHERE draft = $1', [worked.draft?.messageId]);
    await whenSent(worked);
    await sender.stop();
    expect((await place.flags('INBOX')).at(-1)).toContain('\\Answered');
  });

  it('that asks for something leaves the case waiting for the customer', async () => {
    const worked = await newCase('stone-ai-en-outage-ton');
    await place.approve(worked);
    const sender = place.startSender();
    await whenSent(worked);
    await sender.stop();
    expect((await place.worked(worked.id)).stage).toBe('waiting');
  });

  it('does not wait for a time that a clock wrote which was ahead', async () => {
    const worked = await newCase();
    await place.approve(worked, { holdMs: 6 * 3_600_000 });
    const sender = place.startSender();
    await whenSent(worked);
    await sender.stop();
    expect(sender.errors).toEqual([]);
  });

  it('can be undone until it goes, and then be approved again', async () => {
    const worked = await newCase();
    const before = place.smtp.begun();
    const approved = await place.approve(worked, { holdMs: 60_000 });
    const sender = place.startSender();
    expect(await undoApproval(place.store.database, approved.outboxId, 'Olga')).toBe(true);
    expect(await undoApproval(place.store.database, approved.outboxId, 'Olga')).toBe(false);
    expect(place.smtp.begun()).toBe(before);
    const again = await place.approve(worked);
    expect(again.outboxId).not.toBe(approved.outboxId);
    await whenSent(worked);
    expect(await undoApproval(place.store.database, again.outboxId, 'Olga')).toBe(false);
    await sender.stop();
    expect(place.smtp.begun()).toBe(before + 1);
  });

  it('goes out once for ten clicks and three senders', async () => {
    const worked = await newCase();
    const before = place.smtp.taken.length;
    const senders = [place.startSender(), place.startSender(), place.startSender()];
    const approvals = await Promise.all(Array.from({ length: 10 }, async () => await place.approve(worked)));
    expect(new Set(approvals.map(({ outboxId }) => outboxId)).size).toBe(1);
    expect(approvals.filter(({ already }) => !already)).toHaveLength(1);
    await whenSent(worked);
    await Promise.all(senders.map(async (sender) => { await sender.stop(); }));
    expect((await place.approve(worked)).already).toBe(true);
    expect(place.smtp.taken.length).toBe(before + 1);
  });

  it('stops when the customer writes again before it goes', async () => {
    const worked = await newCase();
    const approved = await place.approve(worked, { holdMs: 60_000 });
    const before = place.smtp.begun();
    const again = await place.receive([
      `From: <${worked.customer ?? ''}>`, 'To: refunds@stone-ai.example', 'Subject: Re: one thing more', 'Date: Tue, 14 Apr 2026 18:00:00 +0300', `Message-ID: <more-${String(count)}@mail.example>`,
      `In-Reply-To: <mail-${String(count)}@mail.example>`, 'Content-Type: text/plain; charset=utf-8', '', 'Sorry, one thing more: I paid on March 18, and my Telegram ID is 7120044871.', '',
    ].join('\r\n'));
    expect(again.id).toBe(worked.id);
    await place.store.database.query('UPDATE refund_triage.outbox SET send_after = now() WHERE id = $1', [approved.outboxId]);
    const sender = place.startSender();
    await whenSent(worked, 'stopped');
    await sender.stop();
    expect(await place.outbox(worked.id)).toMatchObject([{ state: 'stopped', code: 'case_changed' }]);
    expect(place.smtp.begun()).toBe(before);
    await expect(place.approve(worked)).rejects.toMatchObject({ code: 'case_changed' });
  });

  it('stops when the draft was edited in a mail program meanwhile, and when it was sent from there the case is done', async () => {
    const worked = await newCase();
    const [source = ''] = await draftsOf(worked);
    const id = worked.draft?.messageId ?? '';
    await place.dovecot.doveadm(['expunge', '-u', place.dovecot.user, 'mailbox', 'Drafts', 'header', 'Message-ID', id]);
    await place.dovecot.doveadm(['save', '-u', place.dovecot.user, '-m', 'Drafts'], Buffer.from(source.replace(/\r?\n\r?\n/u, '\r\n\r\nEdited elsewhere.\r\n')));
    const before = place.smtp.begun();
    await place.approve(worked);
    const sender = place.startSender();
    await whenSent(worked, 'stopped');
    expect(await place.outbox(worked.id)).toMatchObject([{ code: 'edited_in_mail_program' }]);
    await place.dovecot.doveadm(['move', '-u', place.dovecot.user, 'Sent', 'mailbox', 'Drafts', 'header', 'Message-ID', id]);
    await place.approve(worked);
    await whenSent(worked);
    await sender.stop();
    expect((await place.worked(worked.id)).draft?.state).toBe('sent');
    expect(place.smtp.begun()).toBe(before);
  });
});

describe('a server that does not take the mail', () => {
  it('has it offered again when it says "later", and the case shows why it waits', async () => {
    const worked = await newCase();
    place.smtp.behave('defer', 'defer_text');
    const before = place.smtp.taken.length;
    await place.approve(worked);
    const sender = place.startSender();
    for (const attempts of [1, 2]) {
      await until(async () => (await place.outbox(worked.id)).some((row) => row.state === 'holding' && row.attempts === attempts && row.code === 'smtp_deferred'), 'it waits');
      await place.store.database.query('UPDATE refund_triage.outbox SET send_after = now() WHERE case_id = $1', [worked.id]);
    }
    await whenSent(worked);
    await sender.stop();
    expect(place.smtp.taken.length).toBe(before + 1);
  });

  it('has it failed when it refuses for good, and it can be approved again', async () => {
    const worked = await newCase();
    place.smtp.behave('refuse');
    await place.approve(worked);
    const sender = place.startSender();
    await whenSent(worked, 'failed');
    expect(await place.outbox(worked.id)).toMatchObject([{ state: 'failed', code: 'smtp_refused' }]);
    expect((await place.worked(worked.id)).stage).toBe('open');
    await place.approve(worked);
    await whenSent(worked);
    await sender.stop();
  });

  it('keeps it waiting while it is away', async () => {
    const worked = await newCase();
    await place.smtp.stop();
    await place.approve(worked);
    const sender = place.startSender();
    await until(async () => (await place.outbox(worked.id)).some((row) => row.state === 'holding' && row.code === 'smtp_unreachable'), 'it waits');
    await place.smtp.restart();
    await place.store.database.query('UPDATE refund_triage.outbox SET send_after = now() WHERE case_id = $1', [worked.id]);
    await whenSent(worked);
    await sender.stop();
  });

  it.each(['take_and_drop', 'lose_and_drop'] as const)('and hangs up on the text (%s) leaves it uncertain, and it is not sent again by itself', async (behaviour) => {
    const worked = await newCase();
    place.smtp.behave(behaviour);
    const before = place.smtp.begun();
    const approved = await place.approve(worked);
    const sender = place.startSender();
    await whenSent(worked, 'uncertain');
    expect((await place.approve(worked)).already).toBe(true);
    expect(await undoApproval(place.store.database, approved.outboxId, 'Olga')).toBe(false);
    expect(place.smtp.begun()).toBe(before + 1);
    if (behaviour === 'take_and_drop') {
      expect(await resolveUncertain(place.store.database, approved.outboxId, 'Olga', 'was_sent')).toBe(true);
      await whenSent(worked);
      expect(place.smtp.begun()).toBe(before + 1);
    } else {
      expect(await resolveUncertain(place.store.database, approved.outboxId, 'Olga', 'was_not_sent')).toBe(true);
      await place.approve(worked);
      await whenSent(worked);
      expect(place.smtp.begun()).toBe(before + 2);
    }
    await sender.stop();
    expect(await resolveUncertain(place.store.database, approved.outboxId, 'Olga', 'was_not_sent')).toBe(false);
  });

  it('leaves it sent, not uncertain, where a copy came into Sent', async () => {
    const worked = await newCase();
    place.smtp.behave('take_and_drop');
    await place.approve(worked);
    const sender = place.startSender();
    await whenSent(worked, 'uncertain');
    await place.mailbox.saveSent({ messageId: worked.draft?.messageId ?? '', source: Buffer.from(place.smtp.taken.at(-1)?.source ?? '') });
    // What the worker does when it looks through Sent.
    await place.store.noteSent([{ mailbox: 'support', messageId: worked.draft?.messageId ?? '', answers: [], to: [worked.draft?.to ?? ''], sentAtMs: Date.now() }]);
    await whenSent(worked);
    await sender.stop();
  });
});

describe('a draft that was edited at the desk', () => {
  it('goes out as edited, lies so in Drafts meanwhile, and the second of two who save is shown both texts', async () => {
    const worked = await newCase();
    const { messageId = '', revision = 0, text = '', language = 'ru', template = '' } = worked.draft ?? {};
    const words = (changed: string) => ({ text: changed, html: `<p>${changed}</p>`, language, template });
    const save = { caseId: worked.id, version: null, draft: messageId, revision };
    const sender = place.startSender();
    expect(await saveDraft(place.store.database, { ...save, by: 'Olga', words: words('Мы всё проверим.') })).toEqual({ kind: 'saved', revision: revision + 1 });
    expect(await saveDraft(place.store.database, { ...save, by: 'Ivan', words: words('Подождите, пожалуйста.') })).toMatchObject({
      kind: 'conflict', base: text, theirs: 'Мы всё проверим.', mine: 'Подождите, пожалуйста.', by: 'Olga', revision: revision + 1,
    });
    await until(async () => {
      const drafts = await draftsOf(worked);
      return drafts.length === 1 && (await simpleParser(drafts[0] ?? '')).text?.includes('Мы всё проверим.');
    }, 'Drafts has the new words alone');
    await place.approve(await place.worked(worked.id));
    await whenSent(worked);
    await sender.stop();
    expect((await simpleParser(place.smtp.taken.at(-1)?.source ?? '')).text).toContain('Мы всё проверим.');
    expect(await draftsOf(worked)).toEqual([]);
    expect(sender.errors).toEqual([]);
  });
});
