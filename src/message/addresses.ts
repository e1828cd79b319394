import addressparser from 'nodemailer/lib/addressparser';
import { cleanHeaderText, decodeRaw } from './header.ts';
import { decodeEncodedWords } from './encoded-words.ts';
import type { Address } from './message.ts';

const maxAddresses = 200;
// RFC 5321, 4.5.3.1.3: a path is 256 octets at most.
const maxAddressChars = 256;

/** The mailboxes of an address field (RFC 5322, 3.4), members of groups included; what holds no address is left out. */
export function parseAddresses(raw: string): Address[] {
  // Addresses are split before encoded words are decoded: a decoded name may hold a comma or an angle bracket.
  const found = addressparser(decodeRaw(raw.slice(0, 16 * 1024)), { flatten: true });
  const addresses: Address[] = [];
  for (const entry of found) {
    const address = cleanAddress(entry.address);
    if (address === null) continue;
    addresses.push({ name: cleanName(entry.name), address });
    if (addresses.length >= maxAddresses) break;
  }
  return addresses;
}

function cleanName(name: string): string {
  return cleanHeaderText(decodeEncodedWords(name)).replace(/^["'\s]+|["'\s]+$/g, '').slice(0, 200);
}

function cleanAddress(address: string): string | null {
  // Some programs wrongly encode the address itself.
  const plain = cleanHeaderText(address.includes('=?') ? decodeEncodedWords(address) : address)
    .replace(/^<+|>+$/g, '')
    .replaceAll(/\s/g, '')
    .toLowerCase();
  return plain.length <= maxAddressChars && /^[^@]+@[^@\s]+$|^".*"@[^@\s]+$/.test(plain) ? plain : null;
}
