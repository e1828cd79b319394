import type { RecordedMail } from '../cases/record-mails.ts';
import type { Mailbox, NewDraft } from '../mailbox/mailbox.ts';
import type { TriageError } from '../errors.ts';
import { asTriageError, type TriagedResult } from './read-mails.ts';

/** Which drafts lie in Drafts now, by Message-ID, and the mails whose draft could not be composed. */
export interface PlacedDrafts {
  readonly draftIds: readonly string[];
  readonly failed: readonly { readonly uid: number; readonly error: TriageError }[];
}

/** Puts the drafts that are ours to put into Drafts, unless an earlier attempt did. Throws what the mailbox throws. */
export async function placeDrafts(mailbox: Mailbox, mails: readonly { readonly triaged: TriagedResult; readonly recorded: RecordedMail }[]): Promise<PlacedDrafts> {
  const ours = mails.filter(({ recorded }) => recorded.draft === 'append' || recorded.draft === 'look_then_append');
  const doubtful = ours.filter(({ triaged, recorded }) => recorded.draft === 'look_then_append' || triaged.wasKeyworded);
  const found = doubtful.length === 0 ? new Set<string>() : await mailbox.findDrafts(doubtful.map(({ triaged }) => triaged.result.draftMessageId));
  const drafts: NewDraft[] = [];
  const failed: { uid: number; error: TriageError }[] = [];
  for (const { triaged } of ours) {
    const messageId = triaged.result.draftMessageId;
    if (found.has(messageId)) continue;
    try {
      drafts.push({ messageId, source: triaged.result.draftSource() });
    } catch (error) {
      failed.push({ uid: triaged.uid, error: asTriageError(error) });
    }
  }
  if (drafts.length > 0) await mailbox.appendDrafts(drafts);
  return { draftIds: [...found, ...drafts.map((draft) => draft.messageId)], failed };
}
