import { createHash, randomBytes } from 'node:crypto';

/** A secret to hand out, 256 bits as base64url: 43 characters. */
export function newToken(): string {
  return randomBytes(32).toString('base64url');
}

/** What is kept of a secret that is too long to be guessed. */
export function digestOf(secret: string): Buffer {
  return createHash('sha256').update(secret).digest();
}
