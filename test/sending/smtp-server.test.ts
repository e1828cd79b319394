import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Secret } from '../../src/secret.ts';
import { smtpServer } from '../../src/sending/smtp-server.ts';
import { savesSent, type SmtpSettings } from '../../src/sending/smtp-settings.ts';
import { startSmtpServer, type SmtpServerUnderTest } from '../servers/smtp.ts';

let server: SmtpServerUnderTest;
let settings: SmtpSettings;

beforeAll(async () => {
  server = await startSmtpServer();
  settings = { host: '127.0.0.1', port: server.port, security: 'none', user: server.user, password: new Secret(server.password), ca: null, saveSent: 'auto' };
});
beforeEach(() => { server.behave(); });
afterAll(async () => { await server.stop(); });

const mail = { from: 'support@shop.example', to: 'anna@customer.example', source: Buffer.from('Subject: Hello\r\n\r\nDear Anna,\r\n.\r\n.. dots\r\n') };
const yes = async (): Promise<boolean> => await Promise.resolve(true);

describe('a mail handed to the server', () => {
  it('arrives byte for byte, lines of a single dot too, and the reply is told', async () => {
    const before = server.taken.length;
    const reply = await smtpServer(settings).send(mail, yes);
    expect(reply).toEqual({ response: '250 queued as 42', serverMessageId: null });
    expect(server.taken.slice(before)).toEqual([{ from: mail.from, to: [mail.to], source: mail.source.toString() }]);
  });

  it.each([
    ['defer', 'smtp_deferred', true], ['refuse', 'smtp_refused', false], ['defer_text', 'smtp_deferred', true], ['refuse_text', 'smtp_refused', false],
    ['drop_early', 'smtp_unreachable', true], ['take_and_drop', 'send_uncertain', false], ['lose_and_drop', 'send_uncertain', false],
  ] as const)('%s gives %s', async (behaviour, code, retryable) => {
    server.behave(behaviour);
    await expect(smtpServer(settings).send(mail, yes)).rejects.toMatchObject({ code, retryable });
  });

  it('that hangs after the text is uncertain, not failed', async () => {
    server.behave('hang');
    const before = server.taken.length;
    await expect(smtpServer(settings, { silenceTimeoutMs: 300 }).send(mail, yes)).rejects.toMatchObject({ code: 'send_uncertain' });
    server.release();
    expect(server.taken.length).toBe(before + 1);
  });

  it('is called off at the last moment without the server having a mail', async () => {
    const before = server.taken.length;
    await expect(smtpServer(settings).send(mail, async () => await Promise.resolve(false))).rejects.toMatchObject({ code: 'send_called_off' });
    await expect(smtpServer(settings).send(mail, async () => await Promise.reject(new Error('the store is away')))).rejects.toThrow('the store is away');
    await smtpServer(settings).verify();
    expect(server.taken.length).toBe(before);
  });

  it('does not ask whether it may before the server asks for the text', async () => {
    server.behave('refuse');
    let asked = 0;
    await expect(smtpServer(settings).send(mail, async () => { asked += 1; return await Promise.resolve(true); })).rejects.toMatchObject({ code: 'smtp_refused' });
    expect(asked).toBe(0);
  });
});

describe('the server', () => {
  it('that refuses the password says so, and the password is in no message', async () => {
    const denied = smtpServer({ ...settings, password: new Secret('wrong-horse') }).verify();
    await expect(denied).rejects.toMatchObject({ code: 'smtp_login_refused' });
    await expect(denied).rejects.not.toThrow(/wrong-horse/u);
  });

  it('that is not there is unreachable', async () => {
    await expect(smtpServer({ ...settings, port: 1 }).verify()).rejects.toMatchObject({ code: 'smtp_unreachable', retryable: true });
  });

  it('without STARTTLS is not spoken to in the open where STARTTLS is asked for', async () => {
    await expect(smtpServer({ ...settings, security: 'starttls' }).verify()).rejects.toMatchObject({ code: 'smtp_tls_failed' });
  });

  it('on another machine is spoken to by TLS only', async () => {
    await expect(smtpServer({ ...settings, host: 'mail.shop.example', security: 'none' }).verify()).rejects.toMatchObject({ code: 'smtp_plaintext_refused' });
  });

  it('that files what it sends gets no second copy', () => {
    expect(savesSent({ saveSent: 'auto', host: 'smtp.gmail.com' })).toBe(false);
    expect(savesSent({ saveSent: 'auto', host: 'mail.shop.example' })).toBe(true);
    expect(savesSent({ saveSent: 'always', host: 'smtp.gmail.com' })).toBe(true);
    expect(savesSent({ saveSent: 'never', host: 'mail.shop.example' })).toBe(false);
  });
});
