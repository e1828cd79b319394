import { createHash } from 'node:crypto';

/**
 * Lower-case hex SHA-256 of a mail's source with its line ends as CRLF, in which a Maildir and an IMAP server differ. An edited draft has another one, whatever
 * program edited it: mails in a mailbox never change, they are replaced.
 */
export function sourceDigest(source: Buffer): string {
  const hash = createHash('sha256');
  let written = 0;
  for (let at = source.indexOf(0x0a); at >= 0; at = source.indexOf(0x0a, at + 1)) {
    if (at > 0 && source[at - 1] === 0x0d) continue;
    hash.update(source.subarray(written, at)).update('\r');
    written = at;
  }
  return hash.update(source.subarray(written)).digest('hex');
}
