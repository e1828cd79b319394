import { recordsSchema, type RecordsSettings } from '../../src/records/records-settings.ts';
import type { Message } from '../../src/message/message.ts';
import type { Facts } from '../../src/facts/facts.ts';

/** Settings as a pack would have them. */
export function someSettings(changes: object): RecordsSettings {
  return recordsSchema.parse({ fields: { order_number: 'number', account_email: 'email', paid_at: 'paid' }, ...changes });
}

/** A message of which a lookup sees the sender and the time. */
export function someMessage(changes: Partial<Message> = {}): Message {
  const from = { name: 'Anna', address: 'anna@customer.example' };
  return {
    messageId: '<1@customer.example>', inReplyTo: null, references: [], from, replyTo: from, recipients: [], subject: '', sentAt: { epochMs: Date.UTC(2026, 2, 17, 9), offsetMinutes: 60 }, receivedAtMs: Date.UTC(2026, 2, 17, 9),
    segments: [], attachments: [], machine: null, authentication: 'none', encrypted: false, languageHints: [], bytes: 100, notes: [], ...changes,
  };
}

export function someFacts(values: Facts['values'] = {}, changes: Partial<Facts> = {}): Facts {
  return { language: 'en', topic: 'refund', reason: 'changed_mind', product: 'physical', values, described: true, hasScreenshot: false, hasPhoto: false, privacy: null, flags: [], ...changes };
}
