import type { Address, Message } from '../message/message.ts';
import { readForwarded } from '../message/read-forwarded.ts';
import { isFromColleague } from './choose-merchant.ts';
import type { Packs } from './pack.ts';

/**
 * A customer's mail that one of us passes on, as the customer's own: from them, with their words alone. Null unless all is certain: the mail server vouches for the colleague, nothing but one mail is passed on, and
 * its header block names a sender who is none of us. Whom an answer goes to is all the same for a person to confirm: what stands in the block is only text.
 */
export function asCustomersMail(message: Message, packs: Packs): (Message & { readonly from: Address }) | null {
  if (message.authentication !== 'pass' || message.encrypted || !isFromColleague(message, packs)) return null;
  const [passedOn, ...more] = message.segments.filter(({ kind }) => kind === 'forward');
  const mail = passedOn === undefined || more.length > 0 ? null : readForwarded(passedOn.text);
  if (mail === null || mail.text.trim() === '' || !isCustomers(mail.from, packs)) return null;
  const { from, text } = mail;
  return { ...message, from, replyTo: from, segments: [{ kind: 'own', text, question: null }], languageHints: [] };
}

function isCustomers({ name, address }: Address, packs: Packs): boolean {
  if (!/^[^\s@<>()[\]\\,;:"\p{Cc}]+@[^\s@<>()[\]\\,;:"\p{Cc}]+\.[^\s@<>()[\]\\,;:"\p{Cc}]+$/u.test(address)) return false;
  const isOurs = isFromColleague({ from: { name, address }, machine: null }, packs) || packs.some(({ policy }) => policy.addresses.includes(address) || policy.from.address.toLowerCase() === address);
  return !isOurs && !/^(?:no-?reply|do-?not-?reply|mailer-daemon|postmaster)@/u.test(address);
}
