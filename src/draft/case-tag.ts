/** Crockford's base32: no I, L, O, U, so that a tag read out on the phone is typed right. */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const tagCharacters = 8;

/** `RT-` and eight letters or digits of a mail's fingerprint (hex SHA-256): what tells a case in a subject. */
export function caseTag(fingerprint: string): string {
  let bits = BigInt(`0x${fingerprint.slice(0, 10)}`);
  let tag = '';
  for (let index = 0; index < tagCharacters; index++) {
    tag = (alphabet[Number(bits & 31n)] ?? '') + tag;
    bits >>= 5n;
  }
  return `RT-${tag}`;
}

/** The first ten hex digits of the fingerprint that the tag (`RT-7K2M9QXW`, in any case) was made of; null for what is no tag. */
export function fingerprintStart(tag: string): string | null {
  const characters = /^RT-([0-9A-HJKMNP-TV-Z]{8})$/u.exec(tag.toUpperCase())?.[1];
  if (characters === undefined) return null;
  const bits = Array.from(characters).reduce((sum, character) => sum * 32n + BigInt(alphabet.indexOf(character)), 0n);
  return bits.toString(16).padStart(10, '0');
}

/** The same for the same mail, so that a draft written twice is found the first time; a reminder has one of its own. RFC 5322, 3.6.4. */
export function draftMessageId(fingerprint: string, domain: string, kind: 'answer' | 'reminder' = 'answer'): string {
  return `<refund-triage.${fingerprint.slice(0, 40)}${kind === 'answer' ? '' : `.${kind}`}@${domain}>`;
}
