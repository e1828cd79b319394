import type { Doubts } from '../../src/facts/doubts.ts';
import { findDoubts } from '../../src/facts/doubts.ts';
import type { Facts } from '../../src/facts/facts.ts';
import { readFacts, type ReadingMerchant } from '../../src/facts/read-facts.ts';
import { vocabularySchema } from '../../src/facts/merchant/vocabulary.ts';
import type { Message } from '../../src/message/message.ts';
import { readMessage } from '../../src/message/read-message.ts';

export const shop: ReadingMerchant = {
  vocabulary: vocabularySchema.parse({
    products: ['subscription', 'credit_pack', 'credits'], default_product: 'subscription', generators: ['free', 'turbo', 'pro', 'ultra'],
    reasons: ['technical_failure', 'duplicate_charge', 'wrong_amount', 'unauthorized_payment', 'unused_balance', 'used_balance', 'dissatisfied_result', 'changed_mind'],
  }),
  languages: ['en', 'ru'], addresses: ['support@shop.example'], domains: ['shop.example'],
};

export interface ReadMail {
  readonly message: Message;
  readonly facts: Facts;
  readonly doubts: Doubts;
}

/** A mail as the house has read it, and what it is unsure of in it. */
export async function someMail(text: string, { subject = 'Hello', from = 'Jonas Wibrandt <jonas.wibrandt@customer.example>', merchant = shop }: { subject?: string; from?: string; merchant?: ReadingMerchant } = {}): Promise<ReadMail> {
  const source = Buffer.from([
    `From: ${from}`, 'To: support@shop.example', `Subject: =?utf-8?B?${Buffer.from(subject).toString('base64')}?=`, 'Message-ID: <one@customer.example>',
    'Date: Tue, 17 Mar 2026 10:00:00 +0100', 'MIME-Version: 1.0', 'Content-Type: text/plain; charset=utf-8', 'Content-Transfer-Encoding: 8bit', '', ...text.split('\n'), '',
  ].join('\r\n'));
  const message = await readMessage(source, { internalDate: new Date('2026-03-17T09:00:05Z'), bytes: source.length, partBytes: null, authservIds: [], ownAddresses: merchant.addresses });
  const facts = readFacts(message, merchant);
  return { message, facts, doubts: findDoubts(message, facts, merchant) };
}
