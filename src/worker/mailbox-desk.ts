import { EventEmitter, once } from 'node:events';
import type { MailboxCursor } from '../cases/cursors.ts';
import type { Store } from '../cases/store.ts';
import type { Mailbox, MailboxState } from '../mailbox/mailbox.ts';

/** A desk: what this process knows of one mailbox, shared by the one who watches it and those who work on its mail. */
export interface MailboxDesk {
  readonly mailbox: Mailbox;
  /** The cursor of the mailbox as it is now; makes the first contact, or begins an epoch, where there is none. */
  cursor(): Promise<MailboxCursor>;
  /** As `cursor`, after a fresh look at the mailbox. */
  lookAgain(): Promise<MailboxCursor>;
  /** The watcher heard from the mailbox. */
  heard(state: MailboxState): void;
  /** False where the mailbox cannot be opened at all just now. */
  isReachable(): Promise<boolean>;
  /** Runs `work` when no one else in this process has any of these mails in hand. */
  withMails<Result>(uids: readonly number[], work: () => Promise<Result>): Promise<Result>;
  /** Runs `work` alone among all suspicious mails of the mailbox, so that none is blamed for another's crash. */
  withSuspect<Result>(work: () => Promise<Result>): Promise<Result>;
}

export function openDesk(mailbox: Mailbox, store: Store, since: Date | null): MailboxDesk {
  let state: MailboxState | null = null;
  let contact: Promise<MailboxCursor> | null = null;
  const inHand = new Map<number, Promise<void>>();
  let lastSuspect: Promise<void> = Promise.resolve();

  const makeContact = async (): Promise<MailboxCursor> => {
    const at = new Date();
    const known = await store.readCursor(mailbox.name);
    state ??= await mailbox.open();
    if (known === null) {
      return await store.noteFirstContact({ mailbox: mailbox.name, uidValidity: state.uidValidity, uidNext: state.uidNext, at, since });
    }
    if (known.uidValidity === state.uidValidity) return known;
    // Ours may be the stale view: another process can have met the new UIDs first.
    state = await mailbox.open();
    if (known.uidValidity === state.uidValidity) return known;
    return await store.beginEpoch(mailbox.name, known.uidValidity, { uidValidity: state.uidValidity, uidNext: state.uidNext });
  };
  const cursor = async (): Promise<MailboxCursor> => {
    contact ??= makeContact();
    const attempt = contact;
    try {
      return await attempt;
    } catch (error) {
      if (contact === attempt) contact = null;
      throw error;
    }
  };
  return {
    mailbox,
    cursor,
    lookAgain: async () => {
      state = null;
      contact = null;
      return await cursor();
    },
    heard: (next) => {
      if (next.uidValidity !== state?.uidValidity) contact = null;
      state = next;
    },
    isReachable: async () => {
      try {
        await mailbox.open();
        return true;
      } catch {
        return false;
      }
    },
    withMails: async (uids, work) => {
      for (;;) {
        const others = new Set(uids.flatMap((uid) => inHand.get(uid) ?? []));
        if (others.size === 0) break;
        await Promise.all(others);
      }
      const { promise, resolve } = gate();
      for (const uid of uids) inHand.set(uid, promise);
      try {
        return await work();
      } finally {
        for (const uid of uids) inHand.delete(uid);
        resolve();
      }
    },
    withSuspect: async (work) => {
      const before = lastSuspect;
      const { promise, resolve } = gate();
      lastSuspect = promise;
      await before;
      try {
        return await work();
      } finally {
        resolve();
      }
    },
  };
}

function gate(): { promise: Promise<void>; resolve: () => void } {
  const waiting = new EventEmitter();
  return { promise: once(waiting, 'open').then(() => undefined), resolve: () => { waiting.emit('open'); } };
}
