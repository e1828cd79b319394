import type { Logger } from 'pino';
import type { Store } from '../cases/store.ts';
import { addAccount, findAccount, makeSignInLink } from '../desk/accounts.ts';
import { DeskUnavailableError } from '../desk/desk-errors.ts';
import { type ServedDesk, type ServeOptions, serveDesk } from '../desk/serve-desk.ts';
import { signInLinkLifeMs, signInLinkUrl } from '../desk/sign-in-link.ts';
import type { Mailbox } from '../mailbox/mailbox.ts';
import type { Packs } from '../packs/pack.ts';
import { runSender } from '../sending/run-sender.ts';
import { outgoingFolder } from './outgoing-folder.ts';

const host = '127.0.0.1';
const usualPort = 8_025;
const visitorName = 'Demo';

/**
 * The desk over the demo's cases, and a link that lets whoever started it in as an admin, once. What they send lies in the folder `outgoing`; Drafts and Sent follow as they do with a mail server.
 * `openMailbox` opens the demo's mailbox once more.
 */
export async function serveDemoDesk(parts: { store: Store; openMailbox: () => Mailbox; outgoing: string; packs: Packs; logger: Logger }): Promise<ServedDesk & { readonly link: string }> {
  const { store, openMailbox, outgoing, packs, logger } = parts;
  const [mailbox, sendersMailbox, stopping] = [openMailbox(), openMailbox(), new AbortController()];
  const options = {
    store, mailboxes: [mailbox], sendsFrom: new Set([mailbox.name]), packs: () => packs, host, logger,
    settings: { publicUrl: null, trustedProxies: [], idleMs: signInLinkLifeMs, sessionMs: signInLinkLifeMs, oidc: null },
  };
  const served = await onFreePort(options);
  const sending = runSender({
    database: store.database, packs: () => packs, mailboxes: new Map([[sendersMailbox.name, sendersMailbox]]), smtpOf: () => ({ server: outgoingFolder(outgoing), savesSent: true }), signal: stopping.signal,
    onError: (error) => { logger.error({ reason: error.message }, 'sending will be tried again'); },
  });
  const close = async (): Promise<void> => {
    stopping.abort();
    await sending;
    await sendersMailbox.close();
    await served.close();
  };
  try {
    const known = await findAccount(store.database, visitorName);
    const id = known?.id ?? (await addAccount(store.database, { name: visitorName, email: null, role: 'admin' }));
    if (typeof id === 'string') throw new Error(`The demo's account was not made: ${id}`);
    return { ...served, close, link: signInLinkUrl(served.url, await makeSignInLink(store.database, id, new Date(Date.now() + signInLinkLifeMs))) };
  } catch (error) {
    await close();
    throw error;
  }
}

async function onFreePort(options: Omit<ServeOptions, 'port'>): Promise<ServedDesk> {
  try {
    return await serveDesk({ ...options, port: usualPort });
  } catch (error) {
    if (!(error instanceof DeskUnavailableError)) throw error;
    return await serveDesk({ ...options, port: 0 });
  }
}
