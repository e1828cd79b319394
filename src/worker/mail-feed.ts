import type { MailboxCursor } from '../cases/cursors.ts';
import { parseHeader } from '../message/header.ts';
import { maxBatchMails } from './mail-batch.ts';
import type { MailboxQueues } from './own-mails.ts';
import type { WatchContext } from './watch-mailbox.ts';

/**
 * A feed: how far the mail of one mailbox was handed to its queue, as the one who watches it remembers. What the queue has no room for waits here by its UID, and in the mailbox as it does
 * anyway: the cursor stays before it, so nothing is lost with this memory.
 */
export interface MailFeed {
  uidValidity: string;
  /** New mail was listed up to here. */
  listedUid: number;
  /** Ascending. */
  heldBack: number[];
  /** Mail that waits behind other mail, and whose subject nobody has looked at yet; so many at once. */
  readonly unseen: (readonly number[])[];
  /** Of what is held back, the mails that were handed over before the others. */
  readonly handedAhead: Set<number>;
  /** Of Drafts, when it was last looked at; null where it was not yet. */
  draftsUidValidity: string | null;
}

export function newFeed(): MailFeed {
  return { uidValidity: '', listedUid: 0, heldBack: [], unseen: [], handedAhead: new Set(), draftsUidValidity: null };
}

/** A mailbox that got new UIDs begins anew. */
export function follow(feed: MailFeed, { uidValidity }: MailboxCursor): void {
  if (feed.uidValidity === uidValidity) return;
  Object.assign(feed, { uidValidity, listedUid: 0, heldBack: [] });
  feed.unseen.length = 0;
  feed.handedAhead.clear();
}

/** A few mails that come in while many are held back do not wait for those. */
const maxFreshMails = 50;
const roomForFresh = 100;
/** Of so many mails the first ones are begun at once. */
const begunAtOnce = 8;
const subjectsAtOnce = 100;

/** Hands these mails to the queue as far as it has room; the others are held back. How many were handed over. */
export async function handOverMails(context: WatchContext, feed: MailFeed, uids: readonly number[]): Promise<number> {
  if (uids.length === 0) return 0;
  const room = await roomIn(context);
  const isBehind = feed.heldBack.length > 0;
  const taken = isBehind ? (uids.length <= maxFreshMails && room > -roomForFresh ? uids.length : 0) : Math.min(uids.length, Math.max(0, room) * maxBatchMails);
  feed.heldBack = feed.heldBack.concat(uids.slice(taken)).toSorted((one, other) => one - other);
  for (let start = Math.min(taken, begunAtOnce); start < uids.length; start += subjectsAtOnce) feed.unseen.push(uids.slice(start, start + subjectsAtOnce));
  await enqueue(context, feed, uids.slice(0, taken));
  return taken;
}

/** Hands over what was held back, as far as there is room by now. */
export async function handOverHeldBack(context: WatchContext, feed: MailFeed): Promise<void> {
  const room = feed.heldBack.length === 0 ? 0 : await roomIn(context);
  if (room <= 0) return;
  const taken = feed.heldBack.slice(0, room * maxBatchMails);
  await enqueue(context, feed, taken.filter((uid) => !feed.handedAhead.has(uid)));
  feed.heldBack = feed.heldBack.slice(taken.length);
  for (const uid of taken) feed.handedAhead.delete(uid);
  const last = taken.at(-1);
  if (last !== undefined) await context.store.advanceCursor(context.desk.mailbox.name, feed.uidValidity, { enqueuedUid: enqueuedUpTo(feed, last) });
}

/** Up to where nothing is held back. */
export function enqueuedUpTo({ heldBack }: MailFeed, lastUid: number): number {
  return Math.min(lastUid, (heldBack[0] ?? Number.POSITIVE_INFINITY) - 1);
}

async function enqueue({ desk, queue, events }: WatchContext, feed: MailFeed, uids: readonly number[]): Promise<void> {
  if (uids.length === 0) return;
  await queue.enqueue(feed.uidValidity, uids);
  events.onEnqueued?.(desk.mailbox.name, uids.length);
}

/** The least of all lanes: what leaves one goes on to the next, and none is to grow without end. */
async function roomIn({ queue, filesQueue, doubtsQueue, recordsQueue }: MailboxQueues): Promise<number> {
  const rooms = await Promise.all([queue, filesQueue, doubtsQueue, recordsQueue].map(async (each) => (await each?.room()) ?? Number.POSITIVE_INFINITY));
  return Math.min(...rooms);
}

/** Looks at the subjects of some mails that wait behind others, and hands those that cannot wait to the queue once more, before them. How many it looked at. */
export async function hurryUrgentMails({ desk, queue, saysUrgent }: WatchContext, feed: MailFeed): Promise<number> {
  const [uids] = feed.unseen;
  if (saysUrgent === null || uids === undefined) {
    feed.unseen.length = 0;
    return 0;
  }
  const { uidValidity } = feed;
  const subjects = await desk.mailbox.readSubjects(uids);
  const urgent = uids.filter((uid) => {
    const header = subjects.get(uid);
    return header !== undefined && saysUrgent(subjectIn(header));
  });
  if (feed.uidValidity !== uidValidity) return 0;
  // What is in hand or done by now is noticed when its turn comes.
  await queue.enqueueEach(uidValidity, urgent.map((uid) => ({ uid, isUrgent: true })));
  for (const uid of urgent) if (feed.heldBack.includes(uid)) feed.handedAhead.add(uid);
  feed.unseen.shift();
  return uids.length;
}

function subjectIn(header: Buffer): string {
  return parseHeader(header, 0, header.length, () => false).header.text('subject') ?? '';
}
