import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openStore, type Store } from '../../src/cases/store.ts';
import { MaildirMailbox } from '../../src/mailbox/maildir-mailbox.ts';
import type { Mailbox } from '../../src/mailbox/mailbox.ts';
import type { MailFate } from '../../src/worker/worker-events.ts';
import { type MaildirView, openMaildirView } from './maildir-view.ts';

/** What one test of a worker works with: a store, a mailbox of its own, and what became of the mails. */
export interface WorkerBench {
  readonly store: Store;
  readonly folder: string;
  readonly maildir: MaildirView;
  readonly mailbox: Mailbox;
  /** Filled by the test's `onMail`. */
  readonly fates: MailFate[];
  readonly stop: AbortController;
  /** Ends the worker and removes the folder. */
  readonly clear: () => Promise<void>;
}

export async function openWorkerBench(place: Parameters<typeof openStore>[0]): Promise<WorkerBench> {
  const store = await openStore(place);
  const folder = mkdtempSync(join(tmpdir(), 'refund-triage-worker-'));
  const maildir = await openMaildirView(join(folder, 'mail'));
  const mailbox = new MaildirMailbox({ name: 'support', path: maildir.path });
  const stop = new AbortController();
  const clear = async (): Promise<void> => {
    stop.abort();
    await mailbox.close();
    await store.close();
    rmSync(folder, { recursive: true, force: true });
  };
  return { store, folder, maildir, mailbox, fates: [], stop, clear };
}
