import { leavesOf, type MimePart } from './parse-mime.ts';

/** Whether the body cannot be read without a key: PGP/MIME (RFC 3156), S/MIME (RFC 8551), PGP in the text. Signed mail is readable, save for S/MIME's opaque form. */
export function isEncrypted(root: MimePart, ownText: string): boolean {
  if (root.type === 'multipart/encrypted') return true;
  const leaves = leavesOf(root);
  if (leaves.some((part) => isEnveloped(part))) return true;
  return /^-----BEGIN PGP MESSAGE-----/m.test(ownText);
}

function isEnveloped(part: MimePart): boolean {
  if (!/^application\/(?:x-)?pkcs7-mime$/.test(part.type)) return false;
  const kind = part.parameters.get('smime-type')?.toLowerCase();
  return kind !== 'certs-only';
}
