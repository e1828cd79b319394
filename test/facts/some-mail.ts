import { fileURLToPath } from 'node:url';
import type { Facts } from '../../src/facts/facts.ts';
import { compilePhraseBook } from '../../src/facts/text/phrases.ts';
import type { PhraseBook } from '../../src/facts/text/phrases.ts';
import type { LanguageData } from '../../src/facts/text/language-data.ts';
import { phraseBookOf } from '../../src/facts/languages/languages.ts';
import { readFacts } from '../../src/facts/read-facts.ts';
import type { ReadingMerchant } from '../../src/facts/read-facts.ts';
import { splitSentences } from '../../src/facts/text/sentences.ts';
import type { Passage, Sentence } from '../../src/facts/text/sentences.ts';
import type { Message, Moment } from '../../src/message/message.ts';
import { loadPacks } from '../../src/packs/load-packs.ts';

const packs = await loadPacks(fileURLToPath(new URL('../../templates', import.meta.url)));

/** A shipped merchant as the reader knows it. */
export function merchant(name: string): ReadingMerchant {
  const pack = packs.find((one) => one.name === name);
  if (pack === undefined) throw new Error(`there is no merchant called ${name}`);
  return { vocabulary: pack.vocabulary, languages: pack.policy.languages, addresses: pack.policy.addresses, domains: pack.policy.domains };
}

/** Tuesday, 17 March 2026, noon in the writer's own clock. */
export const tuesday: Moment = { epochMs: Date.UTC(2026, 2, 17, 12), offsetMinutes: 0 };

export function moment(local: string, offsetMinutes = 0): Moment {
  return { epochMs: Date.parse(`${local}:00Z`) - offsetMinutes * 60_000, offsetMinutes };
}

export function passage(text: string, parts: Partial<Passage> = {}): Passage {
  return { text, source: 'body', kind: 'own', question: null, ...parts };
}

export function sentencesOf(text: string, book: PhraseBook, parts: Partial<Passage> = {}): Sentence[] {
  return splitSentences([passage(text, parts)], { unspaced: book.language.writing === 'unspaced', elision: book.language.elision === true });
}

/** A mail with one stretch of the customer's own words. */
export function mail(text: string, parts: Partial<Message> = {}): Message {
  return {
    messageId: '<1@shop.example>', inReplyTo: null, references: [], from: { name: 'A Customer', address: 'customer@mail.example' }, replyTo: null, recipients: [],
    subject: '', sentAt: tuesday, receivedAtMs: tuesday.epochMs, segments: [{ kind: 'own', text, question: null }], attachments: [], machine: null,
    authentication: 'none', encrypted: false, languageHints: [], bytes: text.length, notes: [], ...parts,
  };
}

export function read(text: string, merchantName = 'imgto3d', parts: Partial<Message> = {}): Facts {
  return readFacts(mail(text, parts), merchant(merchantName));
}

/** The words of a shipped language with phrases of one's own. */
export function bookWith(phrases: LanguageData['phrases'], parts: Partial<LanguageData> = {}): PhraseBook {
  return compilePhraseBook({ ...phraseBookOf('en').language, unneeded: [], ...parts, phrases });
}
