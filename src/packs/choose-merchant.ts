import { ownText, type Message } from '../message/message.ts';
import type { Pack, Packs } from './pack.ts';

/**
 * Whose mail this is: the merchant it was written to by address, else by domain, else the only one whose domain or name stands in
 * the subject or the customer's words. Null where none, or more than one, can be meant.
 */
export function chooseMerchant(message: Message, packs: Packs): Pack | null {
  const addressed = message.recipients.map((recipient) => packs.find(({ policy }) => policy.addresses.includes(recipient)));
  const byAddress = addressed.find((pack) => pack !== undefined);
  if (byAddress !== undefined) return byAddress;
  const byDomain = message.recipients.map((recipient) => packs.find(({ policy }) => policy.domains.some((domain) => belongsTo(recipient, domain))));
  return byDomain.find((pack) => pack !== undefined) ?? onlyMentioned(message.subject, packs) ?? onlyMentioned(ownText(message), packs);
}

/** Somebody at one of the merchants, by the domain of the sender's address: never answered by a draft. The addresses that customers write to are no colleague's. */
export function isFromColleague({ from, machine }: Pick<Message, 'from' | 'machine'>, packs: Packs): boolean {
  return from !== null && machine === null && packs.some(({ policy }) => policy.domains.some((domain) => belongsTo(from.address, domain)));
}

function belongsTo(address: string, domain: string): boolean {
  const host = address.slice(address.lastIndexOf('@') + 1);
  return host === domain || host.endsWith(`.${domain}`);
}

function onlyMentioned(text: string, packs: Packs): Pack | null {
  const folded = text.toLowerCase();
  const [mentioned, ...others] = packs.filter(({ policy }) => [...policy.domains, policy.display_name.toLowerCase()].some((name) => mentions(folded, name)));
  return mentioned === undefined || others.length > 0 ? null : mentioned;
}

// A whole word: a name inside a longer one is another name.
function mentions(text: string, name: string): boolean {
  const boundary = /[\p{L}\p{N}-]/u;
  for (let at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + 1)) {
    const before = text.slice(Math.max(0, at - 1), at);
    const after = text.slice(at + name.length, at + name.length + 1);
    if (!boundary.test(before) && !boundary.test(after)) return true;
  }
  return false;
}
