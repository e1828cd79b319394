import { expect, it } from 'vitest';
import { caseTag, draftMessageId } from '../../src/draft/case-tag.ts';
import { replySubject } from '../../src/draft/reply-subject.ts';
import { fingerprint } from './some-cases.ts';

const subjectOf = (subject: string) => replySubject(subject, 'RT-AAAA1111', 'your request');

it('puts one Re: before and the case tag behind', () => {
  expect(subjectOf('Refund please')).toBe('Re: Refund please [RT-AAAA1111]');
});

it('takes off what mail programs of any language put before', () => {
  for (const prefix of ['Re:', 'RE: ', 're[2]: ', 'Re (3): ', 'Re: Re: ', 'Aw: ', 'AW: Re: ', 'Fwd: ', 'FW: ', 'Fw: Re: ', 'WG: ', 'TR : ', 'RV: ', 'Odp: ', 'PD: ', 'R: ', 'I: ', 'YNT: ', 'İLT: ', 'Отв: ', 'Адк: ', 'Re：', '回复：', '返信: ', '답장: ', 'رد: ', 'SV: ', 'Antw: ']) {
    expect(subjectOf(`${prefix}Refund please`)).toBe('Re: Refund please [RT-AAAA1111]');
  }
});

it('leaves words alone that only look alike', () => {
  expect(subjectOf('Refund: book')).toBe('Re: Refund: book [RT-AAAA1111]');
  expect(subjectOf('Запыт на вяртанне - SB-10482')).toBe('Re: Запыт на вяртанне - SB-10482 [RT-AAAA1111]');
  expect(subjectOf('На фото: дефект')).toBe('Re: На фото: дефект [RT-AAAA1111]');
});

it('does not double a tag, and replaces one of an earlier mail', () => {
  expect(subjectOf('Re: Refund [RT-AAAA1111]')).toBe('Re: Refund [RT-AAAA1111]');
  expect(subjectOf('Re: [RT-BBBB2222] Refund [RT-CCCC3333]')).toBe('Re: Refund [RT-AAAA1111]');
});

it('says something where there is no subject', () => {
  for (const subject of ['', '   ', 'Re:', 'Fwd: Re: ', '\u200B']) expect(subjectOf(subject)).toBe('Re: your request [RT-AAAA1111]');
});

it('stays on one line, short, without control characters, card numbers and halves of characters', () => {
  expect(subjectOf('a\r\n b\u0000c\td\u202Ee')).toBe('Re: a b c de [RT-AAAA1111]');
  expect(subjectOf('card 4242 4242 4242 4242')).toBe('Re: card •••• 4242 [RT-AAAA1111]');
  expect(subjectOf('\uD83D')).toBe('Re: your request [RT-AAAA1111]');
  const long = subjectOf('💥'.repeat(5_000));
  expect(long).toMatch(/^Re: (?:💥){150}… \[RT-AAAA1111\]$/u);
  expect(subjectOf('Re: '.repeat(5_000)).length).toBeLessThan(200);
});

it('makes the tag and the Message-ID of the mail\'s fingerprint alone', () => {
  expect(caseTag(fingerprint)).toBe('RT-KY3D10C8');
  expect(caseTag('0'.repeat(64))).toBe('RT-00000000');
  expect(caseTag('f'.repeat(64))).toBe('RT-ZZZZZZZZ');
  expect(draftMessageId(fingerprint, 'shop.example')).toBe('<refund-triage.9f86d081884c7d659a2feaa0c55ad015a3bf4f1b@shop.example>');
});
