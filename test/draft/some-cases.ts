import { fileURLToPath } from 'node:url';
import type { Decision } from '../../src/decision/decision.ts';
import type { Fact, FactMap, FactName, Facts } from '../../src/facts/facts.ts';
import type { Message } from '../../src/message/message.ts';
import { loadPacks } from '../../src/packs/load-packs.ts';
import type { Pack } from '../../src/packs/pack.ts';

export const templatesDir = fileURLToPath(new URL('../../templates', import.meta.url));
export const fingerprint = '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08';
export const tag = 'RT-KY3D10C8';

const packs = loadPacks(templatesDir);

export async function packNamed(name: string): Promise<Pack> {
  const pack = (await packs).find((each) => each.name === name);
  if (pack === undefined) throw new Error(`there is no pack ${name}`);
  return pack;
}

export const allPacks = () => packs;

export function fact<Value extends string | number | boolean>(value: Value): Fact<Value> {
  return { value, source: 'body', evidence: String(value) };
}

/** What a customer could have said, of the kinds that replies repeat. */
export const someValues: FactMap = {
  account_email: fact('anna@mail.example'),
  order_number: fact('SB-10482'),
  transaction_id: fact('PI-88231'),
  generator: fact('ultra'),
  browser: fact('Chrome 126'),
  os: fact('Windows 11'),
  occurred_at: fact('2026-03-17T14:05'),
  paid_at: fact('2026-03-05'),
  fulfilled_at: fact('2026-03-06'),
  amount: fact('41.99 EUR'),
  payment_method: fact('card'),
  outage_hours: fact(47),
  telegram_id: fact('@anna'),
  revision_count: fact(2),
};

export function without(values: FactMap, ...names: FactName[]): FactMap {
  return Object.fromEntries(Object.entries(values).filter(([name]) => !names.some((each) => each === name)));
}

export function someFacts(changes: Partial<Facts> = {}): Facts {
  return { language: 'en', topic: 'refund', reason: 'damaged_in_transit', product: 'physical', values: someValues, described: true, hasScreenshot: false, hasPhoto: false, privacy: null, flags: [], ...changes };
}

export function someDecision(changes: Partial<Decision> = {}): Decision {
  return {
    outcome: 'human_review', rule: null, clause: null, discretionary: false, amount: null, agentChecks: [], deadlines: [], missing: [], flags: [], trace: [],
    pack: 'a-pack', packHash: '0'.repeat(64), ...changes,
  };
}

export function someMessage(changes: Partial<Message> = {}): Message {
  const sender = { name: 'Anna Lopez', address: 'anna@mail.example' };
  return {
    messageId: '<first@mail.example>', inReplyTo: null, references: [], from: sender, replyTo: sender, recipients: ['hello@storybookly.app'], subject: 'My order',
    sentAt: { epochMs: Date.UTC(2026, 2, 17, 9, 30), offsetMinutes: 180 }, receivedAtMs: Date.UTC(2026, 2, 17, 9, 31),
    segments: [{ kind: 'own', text: 'Hello,\nmy book is torn.', question: null }], attachments: [], machine: null, authentication: 'none', encrypted: false,
    languageHints: [], bytes: 1_000, notes: [], ...changes,
  };
}
