import { setTimeout as sleep } from 'node:timers/promises';
import type { MailPointer } from '../cases/mail-pointer.ts';
import type { Store } from '../cases/store.ts';

/** Suspicious mails whose beginning this process still has to take back, by store. */
const owed = new WeakMap<SuspectStore, Map<string, MailPointer>>();
const retryMs = 500;

type SuspectStore = Pick<Store, 'countSuspect' | 'clearSuspect'>;

/** Counts that a mail is begun alone, and says how often it was begun in vain until now, this time included. Throws `StoreUnavailableError`. */
export async function beginSuspect(store: SuspectStore, pointer: MailPointer): Promise<number> {
  if (owed.get(store)?.has(keyOf(pointer)) === true) await takeBack(store, pointer);
  try {
    return await store.countSuspect(pointer);
  } catch (error) {
    // It may have been counted nevertheless.
    takeBackLater(store, pointer);
    throw error;
  }
}

/**
 * The process lives, however it ended with the mail: the beginning was not in vain. Where the store is away that is told as soon as it answers, so that a mail is not blamed for a
 * store that dies again and again.
 */
export async function endSuspect(store: SuspectStore, pointer: MailPointer): Promise<void> {
  await takeBack(store, pointer).catch(() => { takeBackLater(store, pointer); });
}

async function takeBack(store: SuspectStore, pointer: MailPointer): Promise<void> {
  await store.clearSuspect(pointer);
  owed.get(store)?.delete(keyOf(pointer));
}

function takeBackLater(store: SuspectStore, pointer: MailPointer): void {
  const known = owed.get(store);
  const mine = known ?? new Map<string, MailPointer>();
  if (known === undefined) owed.set(store, mine);
  const isIdle = mine.size === 0;
  mine.set(keyOf(pointer), pointer);
  if (isIdle) void takeAllBack(store, mine);
}

async function takeAllBack(store: SuspectStore, mine: ReadonlyMap<string, MailPointer>): Promise<void> {
  while (mine.size > 0) {
    await sleep(retryMs, undefined, { ref: false });
    for (const pointer of mine.values()) await takeBack(store, pointer).catch(() => undefined);
  }
}

function keyOf({ mailbox, uidValidity, uid }: MailPointer): string {
  return `${mailbox} ${uidValidity} ${String(uid)}`;
}
