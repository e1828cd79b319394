import type { Logger } from 'pino';
import type { Store } from '../cases/store.ts';
import type { Database } from '../database/database.ts';
import { caughtUp } from '../database/replica.ts';
import type { Mailbox } from '../mailbox/mailbox.ts';
import type { Packs } from '../packs/pack.ts';
import type { Secret } from '../secret.ts';
import type { LiveHub } from './live-hub.ts';
import type { Role } from './roles.ts';

/** What the desk's pages work with. Handed to each of them once, when the desk is built. */
export interface DeskContext {
  readonly store: Store;
  /** A replica of its database, which lists and numbers are read from; the store's own where it is left out. */
  readonly replica?: Database;
  /** By their configured names; mails are read again from them. Empty where the desk has no access to mail. */
  readonly mailboxes: ReadonlyMap<string, Mailbox>;
  /** Names of the mailboxes that answers can be sent from; any where it is left out. */
  readonly sendsFrom?: ReadonlySet<string>;
  /** The merchants' packs as they are now. */
  readonly packs: () => Packs;
  readonly hub: LiveHub;
  readonly settings: DeskSettings;
  readonly now: () => Date;
  readonly logger: Logger;
}

/** What lists, searches and numbers are read from. */
export async function listsOf({ store: { database }, replica }: Pick<DeskContext, 'store' | 'replica'>): Promise<Database> {
  return replica === undefined ? database : await caughtUp(replica, database);
}

export interface DeskSettings {
  /** Where people reach the desk, without a slash at the end: `https://desk.example.com`. Null where it is just host and port. */
  readonly publicUrl: string | null;
  /** Proxies whose `X-Forwarded-For` counts: addresses and networks. */
  readonly trustedProxies: readonly string[];
  /** A session ends after this long without a click, */
  readonly idleMs: number;
  /** and after this long in any case. */
  readonly sessionMs: number;
  readonly oidc: OidcSettings | null;
}

export interface OidcSettings {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: Secret | null;
  /** The claim that tells who may do what, and what its values stand for. Someone without a listed value does not get in. */
  readonly roles: { readonly claim: string; readonly map: Readonly<Record<string, Role>> };
}
