import type { SeenFile } from '../files/seen-file.ts';
import type { Attachment, AttachmentFlag, Message } from '../message/message.ts';
import { flags as allFlags } from './facts.ts';
import type { FactMap, FactName, Facts, Flag } from './facts.ts';
import { maskCardNumbers } from './text/card-numbers.ts';
import { instructionsToMachines } from './requests/instructions-to-machines.ts';
import type { ReadingMerchant } from './read-facts.ts';
import { readReceipt } from './forms/read-receipt.ts';
import { readScreen } from './forms/read-screen.ts';

/** A mail with what was seen in its files. */
export interface SeenMail {
  /** Pictures of screens have the flags of what is not seen in them. */
  readonly message: Message;
  readonly facts: Facts;
}

/** What a picture of a failure tells of it; in other requests it is beside the point. */
const screenFacts = ['browser', 'os', 'occurred_at', 'generator'] as const satisfies readonly FactName[];
const receiptFacts = ['transaction_id', 'order_number', 'paid_at', 'amount', 'card_last4', 'payment_method'] as const satisfies readonly FactName[];
const aboutPayments: ReadonlySet<Facts['topic']> = new Set(['refund', 'cancellation', 'revision']);

/**
 * Adds what the files show: facts of source `attachment`, which yield to everything that the customer says, and fill what nobody said. Where two files say different things, and the
 * customer nothing, the first one's stands and the fact is conflicting. Pure.
 */
export function addSeenFacts(message: Message, facts: Facts, files: readonly SeenFile[], merchant: ReadingMerchant): SeenMail {
  if (facts.topic === 'machine' || files.length === 0) return { message, facts };
  const { language } = facts;
  const attachments: Attachment[] = [...message.attachments];
  const values: { -readonly [Name in FactName]?: FactMap[Name] } = { ...facts.values };
  const raised = new Set<Flag>(facts.flags);
  const offer = (found: FactMap, names: readonly FactName[]): void => {
    for (const name of names) {
      const fact = found[name];
      const known = values[name];
      if (fact === undefined) continue;
      if (known === undefined) Object.assign(values, { [name]: { ...fact, evidence: maskCardNumbers(fact.evidence) } });
      else if (known.source === 'attachment' && !agree(known.value, fact.value)) raised.add('conflicting_facts');
    }
  };
  for (const file of files) {
    const context = { language, vocabulary: merchant.vocabulary, domains: merchant.domains, sentAt: message.sentAt };
    const { document, screen, place } = file;
    const text = document?.text ?? screen?.lines.map((line) => line.text).join('\n') ?? '';
    if (maskCardNumbers(text) !== text) raised.add('payment_card_number');
    if (document !== null && instructionsToMachines.test(document.text)) raised.add('prompt_injection');
    if (document !== null && aboutPayments.has(facts.topic)) offer(readReceipt(document.text, context), receiptFacts);
    const attachment = attachments[place];
    if (screen === null || attachment === undefined) continue;
    const reading = readScreen(screen, context);
    const unseen: AttachmentFlag[] = [];
    if (reading.address === null) unseen.push('no_address_bar');
    if (reading.error === null && reading.isLegible) unseen.push('no_error');
    attachments[place] = { ...attachment, flags: [...unseen, ...attachment.flags] };
    if (facts.topic === 'technical_problem') offer(reading.facts, screenFacts);
    else if (aboutPayments.has(facts.topic)) offer(readReceipt(reading.text, context), receiptFacts);
  }
  return { message: Object.freeze({ ...message, attachments: Object.freeze(attachments) }), facts: { ...facts, values, flags: allFlags.filter((flag) => raised.has(flag)) } };
}

/** A date without a time agrees with the same one with it. */
function agree(one: string | number | boolean, other: string | number | boolean): boolean {
  const [a, b] = [String(one).toLowerCase(), String(other).toLowerCase()];
  return a === b || (/^\d{4}-\d\d-\d\d/.test(a) && (a.startsWith(b) || b.startsWith(a)));
}
