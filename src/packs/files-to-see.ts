import { conditionsOf } from '../decision/compile-policy.ts';
import type { FactName, Facts, Requirement } from '../facts/facts.ts';
import { canBeSeen } from '../files/look-into-files.ts';
import type { Message } from '../message/message.ts';
import type { Pack } from './pack.ts';

/** What a paper about a payment tells. */
const receiptFacts: readonly FactName[] = ['transaction_id', 'order_number', 'paid_at', 'amount', 'card_last4', 'payment_method'];
const aboutPayments: ReadonlySet<Facts['topic']> = new Set(['refund', 'cancellation', 'revision']);

/**
 * The files worth a look, by their places in the message's attachments: those that could show what the merchant's rules ask for and the mail does not say. Looking takes a thousand times
 * longer than reading the mail.
 */
export function filesToSee(message: Message, facts: Facts, pack: Pack): readonly number[] {
  if (facts.topic === 'machine' || message.encrypted || !message.attachments.some(canBeSeen)) return [];
  const rules = pack.compiled.rules.flatMap(({ cases }) => cases);
  const asked = new Set<Requirement>([...rules.flatMap(({ requires }) => requires), ...rules.flatMap(conditionsOf).flatMap(({ variables }) => variables.flatMap(({ fact }) => fact ?? []))]);
  const wantsScreens = facts.topic === 'technical_problem' && asked.has('screenshot');
  const wantsReceipts = aboutPayments.has(facts.topic) && receiptFacts.some((name) => asked.has(name) && facts.values[name] === undefined);
  return message.attachments.flatMap((attachment, place) => {
    if (!canBeSeen(attachment)) return [];
    const isWanted = attachment.kind === 'screenshot' ? wantsScreens || wantsReceipts : attachment.kind === 'recording' ? wantsScreens : wantsReceipts;
    return isWanted ? [place] : [];
  });
}
