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

/** The same for the same mail, so that a draft written twice is found the first time. RFC 5322, 3.6.4. */
export function draftMessageId(fingerprint: string, domain: string): string {
  return `<refund-triage.${fingerprint.slice(0, 40)}@${domain}>`;
}
