import { type DoubtfulDraft, isOver, listDoubtfulDrafts, noteReturned } from '../cases/returned-drafts.ts';
import type { Store } from '../cases/store.ts';
import type { Mailbox } from '../mailbox/mailbox.ts';

const draftsPerLook = 1_000;

/**
 * Puts right in Drafts, and in the store, what came of a folder that was away for a while, of a connection that was cut at the wrong moment, of a copy that came twice: drafts whose place another took, or
 * that were sent or given up, are taken away where they lie there all the same; of several copies one is left; one that was taken for deleted is live again. What a person has touched stays as it is.
 */
export async function clearUpDrafts(mailbox: Mailbox, { database }: Pick<Store, 'database'>): Promise<void> {
  for (let after = ''; ;) {
    const drafts = await listDoubtfulDrafts(database, mailbox.name, { after, limit: draftsPerLook });
    const last = drafts.at(-1);
    if (last === undefined) return;
    after = last.messageId;
    for (const draft of await whereOdd(mailbox, drafts)) await putRight(mailbox, draft, { database });
  }
}

interface OddDraft extends DoubtfulDraft {
  /** All that lies there is as we had put it. */
  readonly isUntouched: boolean;
}

/** Those that lie there although they should not, or more than once. */
async function whereOdd(mailbox: Mailbox, drafts: readonly DoubtfulDraft[]): Promise<OddDraft[]> {
  const lying = (await mailbox.findAnswers({ answering: [], messageIds: drafts.map(({ messageId }) => messageId) })).filter(({ folder }) => folder === 'drafts');
  const copies = new Map<string | null, number>();
  for (const { messageId } of lying) copies.set(messageId, (copies.get(messageId) ?? 0) + 1);
  const odd = drafts.filter(({ messageId, kind }) => (copies.get(messageId) ?? 0) > (kind === 'live' ? 1 : 0));
  if (odd.length === 0) return [];
  const read = (await mailbox.findAnswers({ answering: [], messageIds: odd.map(({ messageId }) => messageId), withDigests: true })).filter(({ folder }) => folder === 'drafts');
  return odd.flatMap((draft) => {
    const there = read.filter(({ messageId }) => messageId === draft.messageId);
    return there.length === 0 ? [] : [{ ...draft, isUntouched: draft.digest !== null && there.every(({ digest }) => digest === draft.digest) }];
  });
}

async function putRight(mailbox: Mailbox, { messageId, kind, digest, isUntouched }: OddDraft, { database }: Pick<Store, 'database'>): Promise<void> {
  const becomes = kind === 'deleted' ? await noteReturned(database, messageId, isUntouched) : kind === 'live' ? 'in_drafts' : 'abandoned';
  if (becomes === null || becomes === 'edited' || digest === null || !isUntouched) return;
  if (becomes === 'in_drafts') await mailbox.removeDraft({ messageId, digest }, 'all_but_one');
  else if (await isOver(database, messageId)) await mailbox.removeDraft({ messageId, digest });
}
