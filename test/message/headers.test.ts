import { describe, expect, it } from 'vitest';
import { readMessage } from '../../src/message/read-message.ts';
import { written } from './written-mail.ts';

const received = (date: string): string => `by mx.storybookly.example with ESMTPS id 7Qx2b; ${date}`;

describe('addresses', () => {
  it('decodes a name of several encoded words that cut a letter in two', async () => {
    const message = await readMessage(written({ headers: { From: '=?utf-8?B?0JzQsNGA0YvQvdCwINCi0Lo=?=\r\n =?utf-8?B?0LDRh9C+0LLQ?= =?utf-8?B?sA==?= <Maryna.TK@Mail.example>' } }));
    expect(message.from).toEqual({ name: 'Марына Ткачова', address: 'maryna.tk@mail.example' });
  });

  it('does not take a comma within an encoded name for the end of an address', async () => {
    const message = await readMessage(written({ headers: { From: '=?utf-8?Q?Kavalenka=2C_Anna?= <anna@mail.example>' } }));
    expect(message.from).toEqual({ name: 'Kavalenka, Anna', address: 'anna@mail.example' });
  });

  it('answers to Reply-To where there is one, else to From', async () => {
    expect((await readMessage(written({}))).replyTo?.address).toBe('anna@mail.example');
    expect((await readMessage(written({ headers: { 'Reply-To': 'other@mail.example' } }))).replyTo?.address).toBe('other@mail.example');
  });

  it('gathers recipients from every field that names one, members of groups included', async () => {
    const message = await readMessage(
      written({ headers: { To: 'Team: Hello@Storybookly.app, b@x.example;, (a comment) c@x.example', Cc: 'd@x.example', 'Delivered-To': 'e@x.example', 'X-Original-To': 'f@x.example', 'Envelope-To': 'g@x.example' } }),
    );
    expect(message.recipients).toEqual(['hello@storybookly.app', 'b@x.example', 'c@x.example', 'd@x.example', 'e@x.example', 'f@x.example', 'g@x.example']);
  });

  it('falls back to Sender, and to nobody', async () => {
    expect((await readMessage(written({ headers: { From: '', Sender: 'a@x.example' } }))).from?.address).toBe('a@x.example');
    const nobody = await readMessage(written({ headers: { From: 'undisclosed' } }));
    expect(nobody.from).toBeNull();
    expect(nobody.notes).toContain('no_sender');
  });
});

describe('the subject', () => {
  it.each([
    ['=?windows-1251?B?wu7n4vDg8iDz?= =?windows-1251?Q?=F1=EB=F3=E3=E8?=', 'Возврат услуги'],
    ['=?koi8-r?B?79vJwsvB?=', 'Ошибка'],
    ['=?iso-2022-jp?B?GyRCSlY2YiROJCo0aiQkGyhC?=', '返金のお願い'],
    ['=?UTF-8?Q?Refund_=E2=80=94_now', 'Refund — now'],
    ['plain =?utf-8?Q?=C3=A9?= mixed', 'plain é mixed'],
    ['=?x-unknown?Q?abc?=', 'abc'],
  ])('reads %s', async (raw, subject) => {
    expect((await readMessage(written({ headers: { Subject: raw } }))).subject).toBe(subject);
  });

  it('reads raw 8-bit letters by what they look like', async () => {
    const head = Buffer.concat([Buffer.from('From: a@x.example\r\nSubject: '), Buffer.from([0xc2, 0xe5, 0xf0, 0xed, 0xe8, 0xf2, 0xe5, 0x20, 0xe4, 0xe5, 0xed, 0xfc, 0xe3, 0xe8]), Buffer.from('\r\n\r\nx')]);
    expect((await readMessage(head)).subject).toBe('Верните деньги');
  });

  it('is one line without control, invisible and reordering characters', async () => {
    expect((await readMessage(written({ headers: { Subject: '=?utf-8?Q?a=00b=0D=0Ac=E2=80=AEd=E2=80=8Be?=' } }))).subject).toBe('ab cde');
  });
});

describe('message ids', () => {
  it('are read with their brackets, references oldest first', async () => {
    const message = await readMessage(written({ headers: { 'In-Reply-To': '<b@x> (a comment)', References: '<a@x>\r\n <b@x> junk <a@x>' } }));
    expect([message.messageId, message.inReplyTo, message.references]).toEqual(['<1@mail.example>', '<b@x>', ['<a@x>', '<b@x>']]);
  });

  it('may be missing, unusable or repeated', async () => {
    expect((await readMessage(written({ headers: { 'Message-ID': '' } }))).messageId).toBeNull();
    expect((await readMessage(written({ headers: { 'Message-ID': 'no id here' } }))).messageId).toBeNull();
    expect((await readMessage(written({ headers: { 'Message-ID': 'bare@x.example' } }))).messageId).toBe('<bare@x.example>');
    const repeated = await readMessage(written({ rawHeaders: 'Message-ID: <2@mail.example>\r\n' }));
    expect(repeated.messageId).toBe('<1@mail.example>');
    expect(repeated.notes).toContain('repeated_header');
  });
});

describe('when a mail was sent and arrived', () => {
  it('believes the topmost Received field before the Date, and keeps the writer’s offset', async () => {
    const message = await readMessage(written({ rawHeaders: `Received: ${received('Fri, 12 Sep 2025 09:31:07 +0000 (UTC)')}\r\nReceived: ${received('Fri, 12 Sep 2025 08:00:00 +0000')}\r\n` }));
    expect(new Date(message.receivedAtMs).toISOString()).toBe('2025-09-12T09:31:07.000Z');
    expect(message.sentAt).toEqual({ epochMs: Date.UTC(2025, 8, 12, 9, 30), offsetMinutes: 180 });
  });

  it('skips a Received field without a date', async () => {
    const message = await readMessage(written({ rawHeaders: `Received: from nowhere\r\nReceived: ${received('Fri, 12 Sep 2025 08:00:00 +0000')}\r\n` }));
    expect(new Date(message.receivedAtMs).toISOString()).toBe('2025-09-12T08:00:00.000Z');
  });

  it('does not believe a Date two days after the arrival', async () => {
    const message = await readMessage(written({ headers: { Date: 'Sat, 12 Sep 2099 12:30:00 +0300' }, rawHeaders: `Received: ${received('Fri, 12 Sep 2025 09:31:07 +0000')}\r\n` }));
    expect(message.sentAt).toEqual({ epochMs: Date.UTC(2025, 8, 12, 9, 31, 7), offsetMinutes: 0 });
    expect(message.notes).toContain('date_in_future');
  });

  it('does not believe a Date before 1990', async () => {
    const message = await readMessage(written({ headers: { Date: 'Thu, 1 Jan 1970 00:00:00 +0000' } }), { internalDate: new Date('2025-09-12T10:00:00Z') });
    expect(message.sentAt.epochMs).toBe(Date.UTC(2025, 8, 12, 10));
    expect(message.notes).toContain('date_before_1990');
  });

  it('measures a Date in the future against the mailbox where no server left its mark', async () => {
    const message = await readMessage(written({ headers: { Date: 'Fri, 12 Sep 2031 12:30:00 +0300' } }), { internalDate: new Date('2025-09-12T10:00:00Z') });
    expect(new Date(message.receivedAtMs).toISOString()).toBe('2025-09-12T10:00:00.000Z');
  });

  it('takes the fallback only for a mail without any date', async () => {
    const fallbackDate = new Date('2026-01-01T00:00:00Z');
    expect((await readMessage(written({ headers: { Date: '' } }), { fallbackDate })).receivedAtMs).toBe(fallbackDate.getTime());
    expect((await readMessage(written({}), { fallbackDate })).receivedAtMs).toBe(Date.UTC(2025, 8, 12, 9, 30));
  });

  it.each([
    ['12 Sep 2025 12:30 +0300', '2025-09-12T09:30:00.000Z'],
    ['Fri, 12 Sep 25 12:30:00 EDT', '2025-09-12T16:30:00.000Z'],
    ['Fri Sep 12 12:30:00 2025', '2025-09-12T12:30:00.000Z'],
    ['Fri, 12 Sep 2025 12:30:00 +0300 (MSK)', '2025-09-12T09:30:00.000Z'],
    ['2025-09-12T12:30:00+03:00', '2025-09-12T09:30:00.000Z'],
    ['Fri, 12 Sep 2025 1:30:00 PM -0500', '2025-09-12T18:30:00.000Z'],
    ['Fri,12-Sep-2025 12.30.00 GMT', '2025-09-12T12:30:00.000Z'],
  ])('reads a date written as %s', async (date, iso) => {
    expect(new Date((await readMessage(written({ headers: { Date: date } }))).receivedAtMs).toISOString()).toBe(iso);
  });
});

describe('what else a header tells', () => {
  it('gives the languages that the mail program names', async () => {
    const message = await readMessage(written({ headers: { 'Content-Language': 'be-BY', 'Accept-Language': 'ru-RU, en;q=0.8' } }));
    expect(message.languageHints).toEqual(['be', 'ru', 'en']);
  });

  it('counts the bytes of the source, or takes what the mailbox says', async () => {
    const source = written({});
    expect((await readMessage(source)).bytes).toBe(source.length);
    expect((await readMessage(source, { bytes: 1_000_000 })).bytes).toBe(1_000_000);
  });

  it('freezes the message all through', async () => {
    const message = await readMessage(written({}));
    expect([message, message.segments, message.segments[0], message.sentAt, message.notes].every((part) => Object.isFrozen(part))).toBe(true);
  });
});
