import { hash, verify } from '@node-rs/argon2';

/** Passwords as Argon2id hashes (RFC 9106), with OWASP's least parameters: 19 MiB, two passes, one thread. */

export const minPasswordLength = 10;
/** Longer ones only make the hashing slow. */
export const maxPasswordLength = 256;

const parameters = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

export type PasswordFault = 'short' | 'long' | 'common';

/** The ones that guessing begins with, and that are long enough. Compared without case, digits at the end and repetitions. */
const common: ReadonlySet<string> = new Set([
  'password', 'passw', 'passwort', 'motdepasse', 'contrasena', 'qwertyuiop', 'qwertyuiopasdfghjkl', 'asdfghjkl', 'asdfghjkl;', 'zxcvbnm', 'iloveyou', 'letmein', 'welcome', 'administrator', 'admin', 'refundtriage',
  'refund-triage', 'changeme', 'sunshine', 'princess', 'football', 'пароль', 'йцукенгшщзхъ', 'йцукен', 'qwerty', 'abc', 'secret', '',
]);

/** What is wrong with a new password of somebody of this name; null where it will do. */
export function faultOfPassword(password: string, name: string): PasswordFault | null {
  if (password.length < minPasswordLength) return 'short';
  if (password.length > maxPasswordLength) return 'long';
  const folded = password.normalize('NFKC').toLowerCase();
  const stem = folded.replace(/[\d!?.*#@$%&_-]+$/u, '').replace(/^(.+?)\1+$/u, '$1');
  if (common.has(stem) || new Set(folded).size < 4) return 'common';
  const person = name.normalize('NFKC').toLowerCase();
  return person.length >= 3 && folded.includes(person) && folded.length - person.length < 6 ? 'common' : null;
}

export async function hashPassword(password: string): Promise<string> {
  return await hash(password.normalize('NFKC'), parameters);
}

/** An unknown person's password is checked against this, so that it takes as long as that of a known one. Made for either, so that the first one takes as long, too. */
let decoy: Promise<string> | null = null;

/** False also where there is no hash: only as soon as one would have been tried. */
export async function isPassword(passwordHash: string | null, password: string): Promise<boolean> {
  if (password.length > maxPasswordLength) return false;
  decoy ??= hashPassword('the password of nobody');
  const nobodys = await decoy;
  const matches = await verify(passwordHash ?? nobodys, password.normalize('NFKC'));
  return matches && passwordHash !== null;
}
