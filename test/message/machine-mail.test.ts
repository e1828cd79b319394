import { describe, expect, it } from 'vitest';
import { readMessage } from '../../src/message/read-message.ts';
import type { MachineKind } from '../../src/message/message.ts';
import { written } from './written-mail.ts';

async function kindOf(headers: Record<string, string>, options: { ownAddresses?: string[] } = {}): Promise<MachineKind | null> {
  return (await readMessage(written({ headers }), options)).machine;
}

function report(reportType: string, middle: string): Buffer {
  return written({ headers: { From: 'Reports <reports@mx.example>' }, type: `multipart/report; report-type=${reportType}; boundary=b`, body: `--b\r\n\r\nA report.\r\n--b\r\n${middle}\r\n--b--\r\n` });
}

function status(action: string): Buffer {
  return report('delivery-status', `Content-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.example\r\n\r\nFinal-Recipient: rfc822; a@x.example\r\nAction: ${action}\r\n`);
}

describe('mail that a person wrote', () => {
  it('is everything that bears no sign of a machine', async () => {
    expect(await kindOf({})).toBeNull();
  });

  it.each<[string, Record<string, string>]>([
    ['Outlook’s X-Auto-Response-Suppress', { 'X-Auto-Response-Suppress': 'All' }],
    ['Auto-Submitted: no', { 'Auto-Submitted': 'no (a person)' }],
    ['a subject that only sounds automatic', { Subject: 'Automatic reply is broken on your site' }],
    ['a way to unsubscribe without a list', { 'List-Unsubscribe': '<mailto:u@x.example>' }],
    ['a Return-Path with an address', { 'Return-Path': '<anna@mail.example>' }],
    ['an unusual precedence', { Precedence: 'first-class' }],
  ])('may have %s', async (_what, headers) => {
    expect(await kindOf(headers)).toBeNull();
  });
});

describe('machine mail', () => {
  it.each<[MachineKind, string, Record<string, string>]>([
    ['auto_reply', 'Auto-Submitted', { 'Auto-Submitted': 'auto-replied (vacation)' }],
    ['auto_reply', 'Auto-Submitted by a program', { 'Auto-Submitted': 'auto-generated' }],
    ['auto_reply', 'X-Autoreply', { 'X-Autoreply': 'yes' }],
    ['auto_reply', 'X-Autorespond', { 'X-Autorespond': 'away' }],
    ['auto_reply', 'Precedence: auto_reply', { Precedence: 'auto_reply' }],
    ['auto_reply', 'Exchange’s subject with its suppression', { Subject: 'Automatic reply: Refund', 'X-Auto-Response-Suppress': 'All' }],
    ['auto_reply', 'a Russian auto-reply from nobody’s path', { Subject: 'Автоответ: Возврат', 'Return-Path': '<>' }],
    ['bounce', 'mailer-daemon', { From: 'Mail Delivery Subsystem <MAILER-DAEMON@mx.example>' }],
    ['bounce', 'postmaster', { From: 'postmaster@mx.example' }],
    ['bounce', 'an empty Return-Path', { 'Return-Path': '<>' }],
    ['bounce', 'X-Failed-Recipients', { 'X-Failed-Recipients': 'oleg@mail.example', 'Auto-Submitted': 'auto-replied' }],
    ['bulk', 'Precedence: bulk', { Precedence: 'bulk' }],
    ['bulk', 'Precedence: junk', { Precedence: 'Junk' }],
    ['bulk', 'a list', { 'List-Id': 'Weekly <weekly.x.example>' }],
    ['bulk', 'a newsletter that says it is automatic', { 'Auto-Submitted': 'auto-generated', 'List-Unsubscribe': '<https://x.example/u>' }],
    ['bulk', 'a newsletter from nobody', { From: 'no-reply@x.example', 'List-Unsubscribe': '<https://x.example/u>' }],
    ['own', 'our own header', { 'X-Refund-Triage': '1' }],
  ])('of kind %s is known by %s', async (kind, _sign, headers) => {
    expect(await kindOf(headers)).toBe(kind);
  });

  it('is our own where it comes from one of our addresses', async () => {
    expect(await kindOf({ From: 'StoryBookly <Hello@storybookly.app>' }, { ownAddresses: ['hello@storybookly.APP'] })).toBe('own');
  });

  it('is a bounce where a delivery failed, and a report where it did not', async () => {
    expect((await readMessage(status('failed'))).machine).toBe('bounce');
    expect((await readMessage(status('delivered'))).machine).toBe('report');
  });

  it('is a report for read receipts and complaints', async () => {
    expect((await readMessage(report('disposition-notification', 'Content-Type: message/disposition-notification\r\n\r\nDisposition: manual-action; displayed'))).machine).toBe('report');
    expect((await readMessage(report('feedback-report', 'Content-Type: message/feedback-report\r\n\r\nFeedback-Type: abuse'))).machine).toBe('report');
  });
});

async function returnedBy(source: Buffer): Promise<string | undefined> {
  return (await readMessage(source)).returned;
}

const original = 'From: support@shop.example\r\nMessage-ID:\r\n <reply-1@shop.example>\r\nSubject: Re: Refund\r\n';

function delivery(action: string, part: string): Buffer {
  return report('delivery-status', `Content-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.example\r\n\r\nAction: ${action}\r\n\r\n--b\r\n${part}`);
}

describe('a mail that came back', () => {
  it.each<[string, string]>([
    ['attached whole', `Content-Type: message/rfc822\r\n\r\n${original}\r\nWords`],
    ['by its header alone', `Content-Type: text/rfc822-headers\r\n\r\n${original}`],
    ['by its header in base64', `Content-Type: text/rfc822-headers\r\nContent-Transfer-Encoding: base64\r\n\r\n${Buffer.from(original).toString('base64')}`],
  ])('is named where it is given back %s', async (_how, part) => {
    expect(await returnedBy(delivery('failed', part))).toBe('<reply-1@shop.example>');
  });

  it('is named where an old program copies it below its own words', async () => {
    expect(await returnedBy(written({ headers: { From: 'MAILER-DAEMON@mx.example' }, body: `Hi. This is the qmail-send program.\r\n\r\n--- Below this line is a copy of the message.\r\n\r\n${original}\r\nWords` }))).toBe('<reply-1@shop.example>');
  });

  it('is not named while its delivery is still tried, nor by a person who forwards a bounce', async () => {
    expect(await returnedBy(delivery('delayed', `Content-Type: message/rfc822\r\n\r\n${original}\r\nWords`))).toBeUndefined();
    expect(await returnedBy(written({ body: `Look what I got:\r\n\r\n${original}` }))).toBeUndefined();
  });
});
