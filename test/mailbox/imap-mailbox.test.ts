import { ImapFlow } from 'imapflow';
import { afterEach, describe, expect, it } from 'vitest';
import { ImapMailbox } from '../../src/mailbox/imap-mailbox.ts';
import type { ImapMailboxOptions } from '../../src/mailbox/imap-options.ts';
import type { ConnectionEvent, MailboxState } from '../../src/mailbox/mailbox.ts';
import { triageKeywords } from '../../src/mailbox/mailbox.ts';
import { startDovecot } from '../servers/dovecot.ts';
import type { Dovecot, DovecotOptions } from '../servers/dovecot.ts';
import { draftMail, mailWithPicture, plainMail } from './made-mails.ts';
import { until } from './until.ts';

const ends: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).toReversed()) await end();
});

async function start(options: DovecotOptions = {}): Promise<Dovecot> {
  const server = await startDovecot(options);
  ends.push(() => server.stop());
  return server;
}

function connect(server: Dovecot, options: Partial<ImapMailboxOptions> = {}): ImapMailbox {
  const mailbox = new ImapMailbox({
    name: 'support', host: server.host, port: server.port, security: 'none', user: server.user, password: server.password, ...options,
    timing: { retryMinMs: 20, retryMaxMs: 200, ...options.timing },
  });
  ends.push(() => mailbox.close());
  return mailbox;
}

const draftsIn = async (server: Dovecot, folder: string): Promise<number> => {
  const found = await server.doveadm(['search', '-u', server.user, 'mailbox', folder, 'all']);
  return found.split('\n').filter((line) => line !== '').length;
};
const aDraft = { messageId: '<rt.1@storybookly.example>', source: draftMail('<rt.1@storybookly.example>') };

describe('the connection', () => {
  it('is made over plain, STARTTLS and TLS alike', async () => {
    const server = await start();
    await server.deliver(plainMail('one'));
    const tls = { ca: server.certificate };
    for (const options of [{ security: 'none' }, { security: 'starttls', tls }, { security: 'tls', port: server.tlsPort, tls }] as const) {
      const mailbox = connect(server, options);
      await mailbox.open();
      expect(await mailbox.listUidsAfter(0)).toHaveLength(1);
      await mailbox.close();
    }
  });

  it('asks for the password anew at each connection where it is a function', async () => {
    const server = await start();
    const asked: string[] = [];
    const mailbox = connect(server, { password: async () => asked.push('again') > 0 ? server.password : '' });
    await mailbox.open();
    expect(asked.length).toBeGreaterThan(0);
  });

  it('is refused with a wrong password, saying what to check, and never says the password', async () => {
    const server = await start();
    const password = 'not-the-one-2f8a';
    const refused = connect(server, { password }).open();
    await expect(refused).rejects.toMatchObject({ code: 'mailbox_login_refused', retryable: false, message: expect.stringContaining('Check the user name and the password') });
    await expect(refused).rejects.not.toMatchObject({ message: expect.stringContaining(password) });
  });

  it('is refused where the certificate is not trusted', async () => {
    const server = await start();
    const code = 'mailbox_tls_failed';
    await expect(connect(server, { security: 'tls', port: server.tlsPort }).open()).rejects.toMatchObject({ code });
    await expect(connect(server, { security: 'starttls' }).open()).rejects.toMatchObject({ code });
  });

  it('is refused, before any password is sent, where STARTTLS is wanted and not on offer', async () => {
    const server = await start({ configuration: 'ssl = no' });
    await expect(connect(server, { security: 'starttls' }).open()).rejects.toMatchObject({ code: 'mailbox_tls_failed' });
    expect(await server.log()).not.toContain('Login: user=');
  });

  it('is not made in the clear to another machine', async () => {
    const mailbox = new ImapMailbox({ name: 'far', host: 'mail.shop.example', port: 143, security: 'none', user: 'u', password: 'p' });
    await expect(mailbox.open()).rejects.toMatchObject({ code: 'mailbox_plaintext_refused', retryable: false });
  });

  it('fails retryably where nothing listens', async () => {
    const server = await start();
    await server.kill9();
    await expect(connect(server).open()).rejects.toMatchObject({ code: 'mailbox_unreachable', retryable: true });
  });

  it('gives a server up that has stopped answering, and uses it again when it answers', async () => {
    const server = await start();
    await server.deliver(plainMail('one'));
    const mailbox = connect(server, { timing: { silenceTimeoutMs: 400, connectTimeoutMs: 400 } });
    await mailbox.open();
    server.freeze();
    await expect(mailbox.listUidsAfter(0)).rejects.toMatchObject({ code: 'mailbox_unreachable', retryable: true });
    await expect(mailbox.listUidsAfter(0)).rejects.toMatchObject({ code: 'mailbox_unreachable' });
    server.thaw();
    await until('it answers again', () => mailbox.listUidsAfter(0).then((uids) => uids.length === 1, () => false));
  });
});

function watch(mailbox: ImapMailbox): { states: MailboxState[]; events: ConnectionEvent[] } {
  const states: MailboxState[] = [];
  const events: ConnectionEvent[] = [];
  const abort = new AbortController();
  const watching = mailbox.watch((state) => states.push(state), abort.signal, (event) => events.push(event));
  ends.push(async () => {
    abort.abort();
    await watching;
  });
  return { states, events };
}

describe('watching', () => {
  it('survives that the server is killed and comes back, and tells of what came meanwhile', async () => {
    const server = await start();
    const mailbox = connect(server);
    await mailbox.open();
    const told = watch(mailbox);
    await until('it watches', () => told.states.length === 1);
    for (const round of [1, 2]) {
      await server.kill9();
      await until('it noticed', () => told.events.filter((event) => event.kind === 'lost').length >= 2 * round);
      await server.deliver(plainMail(`round ${round}`));
      const before = told.states.length;
      await server.restart();
      await until('it is back', () => told.states.length > before);
      expect(await mailbox.listUidsAfter(0)).toHaveLength(round);
    }
    const waits = told.events.flatMap((event) => (event.kind === 'lost' ? [event.retryInMs] : []));
    expect(Math.max(...waits)).toBeLessThanOrEqual(200);
  });

  it('notices a server that has frozen under IDLE', async () => {
    const server = await start();
    const mailbox = connect(server, { timing: { silenceTimeoutMs: 300, connectTimeoutMs: 300 } });
    const told = watch(mailbox);
    await until('it watches', () => told.states.length === 1);
    server.freeze();
    await until('it noticed', () => told.events.some((event) => event.kind === 'lost'));
    server.thaw();
    const before = told.states.length;
    await until('it watches again', () => told.states.length > before);
  });

  it('works with a server that has no IDLE', async () => {
    const server = await start({ configuration: 'imap_capability = IMAP4rev1 LITERAL+ UIDPLUS NAMESPACE' });
    const mailbox = connect(server, { timing: { pollIntervalMs: 100 } });
    const told = watch(mailbox);
    await until('it watches', () => told.states.length === 1);
    await server.deliver(plainMail('one'));
    await until('it was told', () => told.states.length > 1);
    expect(await mailbox.listUidsAfter(0)).toHaveLength(1);
  });

  it('ends at once when told to, even while nothing answers', async () => {
    const server = await start();
    await server.kill9();
    const mailbox = connect(server, { timing: { retryMinMs: 600_000, retryMaxMs: 600_000 } });
    const abort = new AbortController();
    const events: ConnectionEvent[] = [];
    const watching = mailbox.watch(() => undefined, abort.signal, (event) => events.push(event));
    await until('it waits for the next attempt', () => events.length === 1);
    abort.abort();
    await watching;
  });
});

describe('Drafts', () => {
  it('and Sent are found by their names in every language', async () => {
    const server = await start({ mailboxes: 'mailbox "Other drafts" {\n auto = create\n }' });
    const other = new ImapFlow({ host: server.host, port: server.port, secure: false, doSTARTTLS: false, auth: { user: server.user, pass: server.password }, logger: false });
    await other.connect();
    const names = [
      ['Черновики', 'Отправленные'], ['Чарнавікі', 'Адпраўленыя'], ['Чернетки', 'Надіслані'], ['Brouillons', 'Éléments envoyés'], ['Borradores', 'Elementos enviados'], ['Bozze', 'Posta inviata'],
      ['Rascunhos', 'Itens enviados'], ['Wersje robocze', 'Elementy wysłane'], ['Szkice', 'Wysłane'], ['Taslaklar', 'Gönderilmiş Öğeler'], ['下書き', '送信済みアイテム'], ['임시보관함', '보낸편지함'], ['임시 보관함', '보낸 편지함'],
      ['المسودات', 'العناصر المرسلة'], ['Entwürfe', 'Gesendete Elemente'], ['Concepten', 'Verzonden items'], ['DRAFTS', 'Sent Items'], ['INBOX/Drafts', 'INBOX/Sent'], ['[Gmail]/Drafts', '[Gmail]/Sent Mail'],
    ] as const;
    for (const [drafts, sent] of names) {
      for (const name of [drafts, sent]) await other.mailboxCreate(name);
      const mailbox = connect(server);
      expect(await mailbox.open()).toMatchObject({ draftsFolder: drafts, sentFolder: sent });
      await mailbox.appendDrafts([aDraft]);
      expect(await other.status(drafts, { messages: true })).toMatchObject({ messages: 1 });
      expect(await mailbox.findDrafts([aDraft.messageId])).toEqual(new Set([aDraft.messageId]));
      await mailbox.close();
      for (const name of [drafts, sent]) await other.mailboxDelete(name);
    }
    await other.logout();
  });

  it('are found by SPECIAL-USE before any name', async () => {
    const server = await start({ mailboxes: 'mailbox Drafts {\n auto = create\n }\n mailbox Postponed {\n auto = create\n special_use = \\Drafts\n }' });
    expect((await connect(server).open()).draftsFolder).toBe('Postponed');
  });

  it('are put where the configuration says', async () => {
    const server = await start();
    const mailbox = connect(server, { draftsFolder: 'Ответы на возврат' });
    expect((await mailbox.open()).draftsFolder).toBe('Ответы на возврат');
    await mailbox.appendDrafts([aDraft]);
    expect(await draftsIn(server, 'Ответы на возврат')).toBe(1);
  });

  it('get a folder where there is none', async () => {
    const server = await start({ mailboxes: '' });
    const mailbox = connect(server);
    expect((await mailbox.open()).draftsFolder).toBe('Drafts');
    await mailbox.appendDrafts([aDraft]);
    expect(await draftsIn(server, 'Drafts')).toBe(1);
  });

  it('are appended one by one, side by side, where the server has no MULTIAPPEND', async () => {
    const server = await start({ configuration: 'imap_capability = IMAP4rev1 IDLE UIDPLUS NAMESPACE SPECIAL-USE' });
    const mailbox = connect(server);
    await mailbox.open();
    const ids = Array.from({ length: 20 }, (_, index) => `<rt.${index}@x.example>`);
    await mailbox.appendDrafts(ids.map((messageId) => ({ messageId, source: draftMail(messageId, 6_000) })));
    expect(await draftsIn(server, 'Drafts')).toBe(20);
    expect((await mailbox.findDrafts(ids)).size).toBe(20);
  });

  it('wait where the mailbox is full, and go in when there is room', async () => {
    const server = await start({
      configuration:
        'mail_plugins = quota\nprotocol imap {\n mail_plugins = quota imap_quota\n}\nplugin {\n quota = maildir:User quota\n quota_rule = *:storage=100K\n quota_grace = 0\n}',
    });
    await server.deliver(mailWithPicture(90_000));
    const mailbox = connect(server);
    await mailbox.open();
    const drafts = ['<a@x.example>', '<b@x.example>'].map((messageId) => ({ messageId, source: draftMail(messageId, 30_000) }));
    await expect(mailbox.appendDrafts(drafts)).rejects.toMatchObject({ code: 'mailbox_quota_exceeded', retryable: true });
    expect(await mailbox.findDrafts(['<a@x.example>', '<b@x.example>'])).toEqual(new Set());
    await server.doveadm(['expunge', '-u', server.user, 'mailbox', 'INBOX', 'all']);
    await mailbox.appendDrafts(drafts);
    expect(await draftsIn(server, 'Drafts')).toBe(2);
  });
});

describe('keywords', () => {
  it('are left out where the server keeps none', async () => {
    const server = await start({
      configuration: 'mail_plugins = acl\nplugin {\n acl = vfile:$folder/acls\n}',
      files: { acls: 'INBOX owner lr\n' },
    });
    await server.deliver(plainMail('one'));
    const mailbox = connect(server);
    expect((await mailbox.open()).keywordsAllowed).toBe(false);
    const uids = await mailbox.listUidsAfter(0);
    await mailbox.addKeyword(uids, triageKeywords.ready);
    expect(await server.doveadm(['fetch', '-u', server.user, 'flags', 'mailbox', 'INBOX', 'all'])).not.toContain('$');
    for await (const mail of mailbox.fetch(uids)) expect(mail.source.toString()).toContain('Subject: one');
  });
});
