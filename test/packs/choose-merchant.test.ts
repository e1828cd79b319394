import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { Message } from '../../src/message/message.ts';
import { chooseMerchant } from '../../src/packs/choose-merchant.ts';
import { loadPacks } from '../../src/packs/load-packs.ts';

const packs = await loadPacks(fileURLToPath(new URL('../../templates', import.meta.url)));

function merchantOf(given: { recipients?: string[]; subject?: string; own?: string; quoted?: string }): string | null {
  const message: Message = {
    messageId: null, inReplyTo: null, references: [], from: { name: '', address: 'anna@mail.example' }, replyTo: { name: '', address: 'anna@mail.example' },
    recipients: given.recipients ?? [], subject: given.subject ?? '', sentAt: { epochMs: 0, offsetMinutes: 0 }, receivedAtMs: 0,
    segments: [{ kind: 'own', text: given.own ?? '', question: null }, { kind: 'quote', text: given.quoted ?? '', question: null }],
    attachments: [], machine: null, authentication: 'none', encrypted: false, languageHints: [], bytes: 0, notes: [],
  };
  return chooseMerchant(message, packs)?.name ?? null;
}

describe('the merchant of a mail', () => {
  it('is the one whose address it was sent to', () => {
    expect(merchantOf({ recipients: ['friend@mail.example', 'refunds@stone-ai.example'] })).toBe('stone-ai');
  });
  it('is by address before it is by domain', () => {
    expect(merchantOf({ recipients: ['sales@imgto3d.ai', 'hello@winno.example'] })).toBe('winno');
  });
  it('is by domain where the address is another of theirs', () => {
    expect(merchantOf({ recipients: ['support+robot@imgto3d.ai'] })).toBe('imgto3d');
    expect(merchantOf({ recipients: ['desk@mail.ai3dgen.com'] })).toBe('ai3dgen');
  });
  it('is not by a domain that only ends alike', () => {
    expect(merchantOf({ recipients: ['someone@notimgto3d.ai'] })).toBeNull();
  });
  it('is by a name in the subject, else in the customer\'s own words', () => {
    expect(merchantOf({ recipients: ['shared@desk.example'], subject: 'Refund from STORYBOOKLY please' })).toBe('storybookly');
    expect(merchantOf({ recipients: ['shared@desk.example'], own: 'I paid at https://ai3dgen.com/pricing last week' })).toBe('ai3dgen');
  });
  it('is not by a name that only history quotes', () => {
    expect(merchantOf({ quoted: 'Stone AI wrote to you' })).toBeNull();
  });
  it('is nobody where two are named', () => {
    expect(merchantOf({ own: 'is it imgto3d.ai or ai3dgen.com that charged me?' })).toBeNull();
  });
  it('is nobody where a name is a part of another word', () => {
    expect(merchantOf({ own: 'my bookshelf is called mystorybooklyland' })).toBeNull();
  });
});
