import type { Logger } from 'pino';
import type { Store } from '../cases/store.ts';
import type { Database } from '../database/database.ts';
import type { Mailbox } from '../mailbox/mailbox.ts';
import type { Packs } from '../packs/pack.ts';
import { buildDesk, type DeskRoutes } from './app.ts';
import type { DeskSettings } from './desk-context.ts';
import { DeskUnavailableError } from './desk-errors.ts';
import { openLiveHub } from './live-hub.ts';

/** The desk while it is served. */
export interface ServedDesk {
  /** Where people reach it, without a slash at the end. */
  readonly url: string;
  /** Ends open connections as well; the store and the mailboxes stay open. */
  readonly close: () => Promise<void>;
}

export interface ServeOptions {
  readonly store: Store;
  /** Of the store's database, for lists and numbers; closed with the desk. */
  readonly replica?: Database;
  /** Of the desk's own: connections that the worker uses would be kept waiting by people. Opened when first needed, closed with the desk. */
  readonly mailboxes: readonly Mailbox[];
  /** Names of those that answers can be sent from. */
  readonly sendsFrom?: ReadonlySet<string>;
  readonly packs: () => Packs;
  readonly host: string;
  /** 0: any that is free. */
  readonly port: number;
  readonly settings: DeskSettings;
  readonly logger: Logger;
  readonly more?: readonly DeskRoutes[];
}

/** Throws `DeskUnavailableError` where nobody can listen there, `StoreUnavailableError`. */
export async function serveDesk({ store, replica, mailboxes, sendsFrom, packs, host, port, settings, logger, more }: ServeOptions): Promise<ServedDesk> {
  const hub = await openLiveHub(store.database, (reason) => { logger.warn({ reason }, 'the desk hears no news from the database; tries again'); });
  const context = { store, hub, packs, settings, logger, ...(sendsFrom === undefined ? {} : { sendsFrom }), ...(replica === undefined ? {} : { replica }), mailboxes: new Map(mailboxes.map((mailbox) => [mailbox.name, mailbox])), now: () => new Date() };
  const app = await buildDesk(context, more);
  const close = async (): Promise<void> => {
    await app.close();
    await hub.close();
    await replica?.close();
    await Promise.allSettled(mailboxes.map(async (mailbox) => { await mailbox.close(); }));
  };
  try {
    const listening = await app.listen({ host, port });
    return { url: settings.publicUrl ?? listening, close };
  } catch (error) {
    await close();
    throw new DeskUnavailableError(`The desk cannot be served at ${host}, port ${String(port)}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  }
}
