import { setTimeout as sleep } from 'node:timers/promises';
import type { ImapFlow } from 'imapflow';
import type { ImapConnection } from './imap-connection.ts';
import type { ImapTiming } from './imap-options.ts';
import type { ConnectionEvent } from './mailbox.ts';
import { MailboxConnectionError } from './mailbox-errors.ts';

export interface FolderWatch {
  readonly connection: ImapConnection;
  readonly folder: string;
  readonly timing: ImapTiming;
  /** Called at once after each (re)connection, and when the folder may have changed. */
  readonly onChange: (client: ImapFlow) => Promise<void>;
  readonly onState: (event: ConnectionEvent) => void;
}

/** Watches a folder by IDLE (or polling, where the server has none) until `signal` aborts, through every lost connection. */
export async function watchFolder(watch: FolderWatch, signal: AbortSignal): Promise<void> {
  const hangUp = (): void => watch.connection.drop();
  signal.addEventListener('abort', hangUp);
  let failures = 0;
  try {
    while (!signal.aborted) {
      let connectedAtMs: number | null = null;
      try {
        await idleUntilLost(watch, signal, () => {
          connectedAtMs = Date.now();
          watch.onState({ kind: 'connected' });
        });
      } catch (thrown) {
        if (signal.aborted) break;
        watch.connection.drop();
        // A connection that held for a while starts the back-off anew; one that is dropped at once does not.
        if (connectedAtMs !== null && Date.now() - connectedAtMs > watch.timing.retryMaxMs) failures = 0;
        const retryInMs = backOffMs(failures, watch.timing);
        failures += 1;
        watch.onState({ kind: 'lost', reason: watch.connection.toError(thrown).message, retryInMs });
        await sleep(retryInMs, undefined, { signal }).catch(() => undefined);
      }
    }
  } finally {
    signal.removeEventListener('abort', hangUp);
  }
}

/** Doubled at each failure up to the cap, and spread so that many mailboxes do not come back in step. */
export function backOffMs(failures: number, timing: Pick<ImapTiming, 'retryMinMs' | 'retryMaxMs'>, random: () => number = Math.random): number {
  const full = Math.min(timing.retryMaxMs, timing.retryMinMs * 2 ** Math.min(failures, 20));
  return Math.round(full / 2 + (full / 2) * random());
}

async function idleUntilLost(watch: FolderWatch, signal: AbortSignal, onConnected: () => void): Promise<void> {
  const { connection, folder, timing } = watch;
  // The connection is ours alone: what is awaited here is only its being there and the folder's being open.
  const client = await connection.use(async (connected) => {
    await connected.mailboxOpen(folder, { readOnly: true });
    return connected;
  });
  if (!client.usable) throw new MailboxConnectionError('the connection was closed');
  const lost = new Promise<never>((_, reject) => {
    client.once('close', () => reject(new MailboxConnectionError(`the connection was closed${client.byeReason === undefined ? '' : `: ${client.byeReason}`}`)));
  });
  lost.catch(() => undefined);
  let changed = false;
  let refreshDue = false;
  let wake: (() => void) | null = null;
  const onExists = (): void => {
    changed = true;
    wake?.();
  };
  client.on('exists', onExists);
  const refresh = setInterval(() => {
    refreshDue = true;
    wake?.();
  }, timing.idleRefreshMs);
  // Where the server has no IDLE this is how often it is asked instead.
  client.maxIdleTime = client.capabilities.has('IDLE') ? timing.idleRefreshMs * 2 : timing.pollIntervalMs;

  let idling: Promise<unknown> | null = null;
  try {
    onConnected();
    await Promise.race([watch.onChange(client), lost]);
    while (!signal.aborted) {
      if (changed) {
        changed = false;
        await Promise.race([watch.onChange(client), lost]);
      } else if (refreshDue) {
        refreshDue = false;
        // Opened afresh, as a folder that was made anew, or one whose server forgot to notify us, looks the same from inside.
        await Promise.race([client.mailboxOpen(folder, { readOnly: true }), lost]);
        changed = true;
      } else {
        const woken = new Promise<'woken'>((resolve) => {
          wake = () => resolve('woken');
        });
        idling ??= client.idle().finally(() => {
          idling = null;
        });
        idling.catch(() => undefined);
        const first = await Promise.race([woken, idling, lost]);
        wake = null;
        // IDLE ended, by the server or for want of it: one that ends it at once must not make us spin.
        if (first !== 'woken' && !changed && !refreshDue && !signal.aborted) {
          await Promise.race([sleep(timing.retryMinMs), lost]);
          changed = true;
        }
      }
    }
  } finally {
    clearInterval(refresh);
    client.off('exists', onExists);
  }
}
