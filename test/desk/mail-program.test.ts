import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { WorkedCase } from '../../src/cases/actions/worked-case.ts';
import { listAudit } from '../../src/desk/audit.ts';
import { filePart, mailOf, multipart, textPart } from '../mailbox/made-mails.ts';
import { corpusMail, type DeskPlace, until } from '../sending/desk-place.ts';
import { type TestDesk, type Visit } from './desk-app.ts';
import { type DeskWithMailbox, openDeskWithMailbox } from './desk-with-mailbox.ts';

let opened: DeskWithMailbox;
let desk: TestDesk;
let place: DeskPlace;
let visit: Visit;
beforeAll(async () => {
  opened = await openDeskWithMailbox();
  ({ desk, place } = opened);
  visit = await desk.visit('sender');
});
afterAll(async () => { await opened.close(); });

let count = 0;

async function newCase(): Promise<WorkedCase> {
  count += 1;
  return await place.receive(corpusMail('stone-ai-en-used-tokens').replace(/^Message-ID: <[^>]+>/mu, `Message-ID: <program-${String(count)}@mail.example>`).replaceAll(/(?<=^From: .*<)[^@]+@/gmu, `program${String(count)}@`));
}

const pathOf = ({ id }: Pick<WorkedCase, 'id'>): string => `/cases/${String(id)}`;
const draftOf = ({ draft }: WorkedCase): string => draft?.messageId ?? '';

/** What another program does in the mailbox. */
async function doveadm(...args: readonly string[]): Promise<string> {
  const [command = '', ...rest] = args;
  return await place.dovecot.doveadm([command, '-u', place.dovecot.user, ...rest]);
}

/** Without the boundaries, which are others each time. */
function bodyOf(mail = ''): string {
  return mail.slice(mail.indexOf('\n\n')).replaceAll(/--[-=_\w]+/gu, '--');
}

/** As the page does when it is opened. */
async function openPage(worked: WorkedCase): Promise<{ readonly body: string; readonly news: string }> {
  const { body } = await visit.get(pathOf(worked));
  return { body, news: (await visit.post(`${pathOf(worked)}/draft/follow`)).body };
}

describe('what a mail program does to a draft', () => {
  it('by deleting it: the case says so, and it comes back only when someone asks for it', async () => {
    const worked = await newCase();
    const [source = ''] = await place.folder('Drafts', draftOf(worked));
    await doveadm('expunge', 'mailbox', 'Drafts', 'header', 'Message-ID', draftOf(worked));
    expect((await openPage(worked)).news).toContain('does not lie in Drafts any more');
    const sending = place.startSender();
    const { body } = await openPage(worked);
    expect([body.includes('The draft was deleted in a mail program.'), await place.folder('Drafts', draftOf(worked))]).toEqual([true, []]);
    await visit.post(`${pathOf(worked)}/draft/restore`, { draft: draftOf(worked) });
    await until(async () => (await place.folder('Drafts', draftOf(worked))).length === 1, 'the draft is back');
    await until(async () => (await place.worked(worked.id)).draft?.state === 'in_drafts', 'the store knows');
    await sending.stop();
    expect(bodyOf((await place.folder('Drafts', draftOf(worked)))[0])).toBe(bodyOf(source));
  });

  it('by deleting it just before it is approved: it does not go out unasked', async () => {
    const worked = await newCase();
    await doveadm('expunge', 'mailbox', 'Drafts', 'header', 'Message-ID', draftOf(worked));
    const seen = { version: String(worked.version), draft: draftOf(worked), revision: '1' };
    await visit.get(pathOf(worked));
    await visit.post(`${pathOf(worked)}/draft/send`, seen);
    expect((await visit.get(pathOf(worked))).body).toContain('Send it again if it is to go out nevertheless.');
    expect(await place.outbox(worked.id)).toEqual([]);
    await visit.post(`${pathOf(worked)}/draft/send`, seen);
    expect(await place.outbox(worked.id)).toMatchObject([{ state: 'holding' }]);
  });

  it('by editing it: the desk’s editor has its words', async () => {
    const worked = await newCase();
    await doveadm('expunge', 'mailbox', 'Drafts', 'header', 'Message-ID', draftOf(worked));
    const mail = [`Message-ID: ${draftOf(worked)}`, `To: ${worked.draft?.to ?? ''}`, `Subject: ${worked.draft?.subject ?? ''}`, `In-Reply-To: <program-${String(count)}@mail.example>`, 'Content-Type: text/plain; charset=utf-8', '', 'Written in Thunderbird.', ''];
    await place.dovecot.doveadm(['save', '-u', place.dovecot.user, '-m', 'Drafts'], Buffer.from(mail.join('\r\n')));
    expect((await openPage(worked)).news).toContain('The draft was changed in a mail program');
    const { body } = await openPage(worked);
    expect(/<textarea[^>]*name="text"[^>]*>\n([^<]*)</u.exec(body)?.[1]?.trim()).toBe('Written in Thunderbird.');
  });

  it('by sending it, as it was or as a mail of its own: the case is closed, and nothing more goes out', async () => {
    for (const isEdited of [false, true]) {
      const worked = await newCase();
      if (isEdited) {
        await doveadm('expunge', 'mailbox', 'Drafts', 'header', 'Message-ID', draftOf(worked));
        const mail = [`Message-ID: <sent-${String(count)}@desk.example>`, `To: ${worked.draft?.to ?? ''}`, 'Subject: Re: refund', `In-Reply-To: <program-${String(count)}@mail.example>`, `Date: ${new Date().toUTCString()}`, 'Content-Type: text/plain', '', 'Sent from elsewhere.', ''];
        await place.dovecot.doveadm(['save', '-u', place.dovecot.user, '-m', 'Sent'], Buffer.from(mail.join('\r\n')));
      } else await doveadm('move', 'Sent', 'mailbox', 'Drafts', 'header', 'Message-ID', draftOf(worked));
      expect((await openPage(worked)).news).toContain('The draft was sent from a mail program.');
      const after = await place.worked(worked.id);
      expect([after.stage, after.draft?.state]).toEqual(['closed', 'sent']);
      await visit.post(`${pathOf(worked)}/draft/send`, { version: String(after.version), draft: draftOf(worked), revision: '1' });
      expect(await place.outbox(worked.id)).toEqual([]);
    }
  });

  it('by answering without it: it is taken out of Drafts where nobody has touched it, and stays where somebody has', async () => {
    for (const isEdited of [false, true]) {
      const worked = await newCase();
      const id = draftOf(worked);
      const edited = [`Message-ID: ${id}`, `To: ${worked.draft?.to ?? ''}`, 'Subject: Re: refund', `In-Reply-To: <program-${String(count)}@mail.example>`, 'Content-Type: text/plain; charset=utf-8', '', 'Not yet finished.', ''];
      if (isEdited) {
        await doveadm('expunge', 'mailbox', 'Drafts', 'header', 'Message-ID', id);
        await place.dovecot.doveadm(['save', '-u', place.dovecot.user, '-m', 'Drafts'], Buffer.from(edited.join('\r\n')));
      }
      const own = [`Message-ID: <own-${String(count)}@desk.example>`, `To: ${worked.draft?.to ?? ''}`, 'Subject: Re: refund', `In-Reply-To: <program-${String(count)}@mail.example>`, `Date: ${new Date().toUTCString()}`, 'Content-Type: text/plain', '', 'I have called you.', ''];
      await place.dovecot.doveadm(['save', '-u', place.dovecot.user, '-m', 'Sent'], Buffer.from(own.join('\r\n')));
      await openPage(worked);
      const sending = place.startSender();
      await until(async () => (await desk.store.database.query('SELECT 1 FROM refund_triage.drafts WHERE message_id = $1 AND removal_due', [id])).length === 0, 'the sender has looked');
      await sending.stop();
      const after = await place.worked(worked.id);
      expect([after.stage, after.draft?.state ?? null, (await place.folder('Drafts', id)).length]).toEqual(isEdited ? ['closed', 'edited', 1] : ['closed', null, 0]);
      expect((await visit.get(pathOf(worked))).body).toContain(isEdited ? 'Edited draft kept' : 'Draft taken out of Drafts');
    }
  });
});

describe('the mails of a case', () => {
  it('are all on its page: the earlier ones of the thread, and what was forwarded', async () => {
    const worked = await newCase();
    const first = await visit.get(pathOf(worked));
    expect(first.body).not.toContain('id="mails"');
    const second = ['From: Wei Zhang <' + (worked.customer ?? '') + '>', 'To: support@stone-ai.example', `Message-ID: <program-${String(count)}-second@mail.example>`, `In-Reply-To: <program-${String(count)}@mail.example>`, `Date: ${new Date().toUTCString()}`, 'Subject: Re: Refund',
      'Content-Type: text/plain; charset=utf-8', '', 'Here is what your colleague had told me.', '', '---------- Forwarded message ---------', 'From: Support <support@stone-ai.example>', 'Date: Mon, 2 Mar 2026 at 10:00', 'Subject: Your tokens', `To: ${worked.customer ?? ''}`, '', 'Your tokens never expire.', ''];
    const after = await place.receive(second.join('\r\n'));
    expect(after.id).toBe(worked.id);
    const { body } = await visit.get(pathOf(worked));
    expect(body).toContain('Your tokens never expire.');
    const earlier = [...body.matchAll(/<a href="(\?[^"]*mail=\d+[^"]*)#mail"/gu)].map(([, query = '']) => query.replaceAll('&amp;', '&'));
    expect(earlier).toHaveLength(2);
    const pages = await Promise.all(earlier.map(async (query) => (await visit.get(`${pathOf(worked)}${query}`)).body.split('id="mail"')[1]?.split('</section>')[0] ?? ''));
    expect(pages.filter((page) => page.includes('Your tokens never expire.'))).toHaveLength(1);
    expect(pages.filter((page) => page.includes('Wei Zhang'))).toHaveLength(2);
  });

  it('have videos that a player seeks in: parts of them come alone, and looking at one is noted once', async () => {
    count += 1;
    const video = filePart('screen.mp4', 'video/mp4', 300_000);
    const content = Buffer.from(video.body, 'base64');
    Buffer.from('....ftypisom').copy(content);
    const part = { ...video, body: content.toString('base64').replaceAll(/.{76}(?=.)/gu, '$&\r\n') };
    const worked = await place.receive(mailOf(multipart('mixed', 'outer', [textPart, part]), [`Message-ID: <program-${String(count)}@mail.example>`]).toString('latin1'));
    const { body } = await visit.get(pathOf(worked));
    const url = /<video src="([^"]+)"/u.exec(body)?.[1] ?? '';
    const all = await visit.get(url);
    expect([all.statusCode, all.headers['accept-ranges'], content.equals(all.rawPayload)]).toEqual([200, 'bytes', true]);
    const from = await visit.get(url, { range: 'bytes=100000-' });
    expect([from.statusCode, from.headers['content-range'], from.headers['content-length'], content.subarray(100_000).equals(from.rawPayload)]).toEqual([206, `bytes 100000-${String(content.length - 1)}/${String(content.length)}`, String(content.length - 100_000), true]);
    const end = await visit.get(url, { range: 'bytes=-500', 'if-range': String(all.headers.etag) });
    expect([end.statusCode, content.subarray(-500).equals(end.rawPayload)]).toEqual([206, true]);
    const beyond = await visit.get(url, { range: `bytes=${String(content.length)}-` });
    expect([beyond.statusCode, beyond.headers['content-range']]).toEqual([416, `bytes */${String(content.length)}`]);
    expect((await visit.get(url, { range: 'bytes=0-1', 'if-range': '"another"' })).statusCode).toBe(200);
    expect((await listAudit(desk.store.database, { limit: 20, caseId: worked.id })).filter(({ kind }) => kind === 'attachment.opened')).toHaveLength(1);
  });
});
