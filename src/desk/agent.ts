import type { DeskLanguage } from './words.ts';
import type { Role, Scope } from './roles.ts';

/** Who asks: a person who signed in, or a program with a token of theirs. */
export interface Agent {
  readonly userId: number;
  readonly name: string;
  /** As it is now, not as it was at sign-in. */
  readonly role: Role;
  /** Chosen by the person; null: as the browser says. */
  readonly language: DeskLanguage | null;
  /** Chosen by the person; null: the server's. */
  readonly timeZone: string | null;
  readonly through: ThroughSession | ThroughToken;
}

export interface ThroughSession {
  readonly kind: 'session';
  /** Lower-case hex SHA-256 of the session's token. */
  readonly digest: string;
}

export interface ThroughToken {
  readonly kind: 'token';
  readonly tokenId: number;
  readonly tokenName: string;
  readonly scopes: readonly Scope[];
}
