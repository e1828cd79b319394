import { listDraftsToPlace, notePlaced } from '../cases/place-draft.ts';
import { readWorkedCase } from '../cases/actions/worked-case.ts';
import { TriageError } from '../errors.ts';
import { sourceDigest } from '../mailbox/source-digest.ts';
import { packOf } from '../packs/pack.ts';
import { composeReply } from './compose-reply.ts';
import { readAnsweredMail } from './read-answered-mail.ts';
import type { SendingContext } from './send-reply.ts';

const pauseMs = 15_000;
const batchDrafts = 10;

/**
 * Brings Drafts up to what was changed at the desk: the draft that lies there is taken away if nobody touched it, and the new one put in its place. What a mail program changed meanwhile stays, and
 * is taken over when someone looks at the case.
 */
export async function placeEdits({ database, mailboxes, packs }: SendingContext): Promise<void> {
  for (const due of await listDraftsToPlace(database, [...mailboxes.keys()], batchDrafts)) {
    const mailbox = mailboxes.get(due.mailbox);
    const worked = await readWorkedCase(database, due.caseId);
    const pack = packOf(packs(), worked?.merchant ?? null);
    const draft = worked?.draft?.messageId === due.draft ? worked.draft : null;
    if (mailbox === undefined || worked === null || pack === null || draft === null) {
      await notePlaced(database, due, { kind: 'put_off', inMs: pauseMs });
      continue;
    }
    try {
      const { message } = await readAnsweredMail(database, mailbox, draft.answered, packs());
      const source = composeReply(worked, draft, message, pack, new Date(draft.editedAtMs ?? 0));
      let digest = sourceDigest(source);
      const there = (await mailbox.findAnswers({ answering: [], messageIds: [draft.messageId], withDigests: true })).filter(({ folder }) => folder === 'drafts');
      const composed = digest;
      if (!there.some((answer) => answer.digest === composed)) {
        const removed = draft.digest === null ? 'gone' : await mailbox.removeDraft({ messageId: draft.messageId, digest: draft.digest });
        if (removed === 'changed') {
          await notePlaced(database, due, { kind: 'edited_there' });
          continue;
        }
        // Some servers keep it otherwise than it was composed.
        const [placed] = await mailbox.appendDrafts([{ messageId: draft.messageId, source }]);
        digest = placed?.digest ?? digest;
      }
      await notePlaced(database, due, { kind: 'placed', digest });
    } catch (error) {
      if (!(error instanceof TriageError)) throw error;
      await notePlaced(database, due, { kind: 'put_off', inMs: pauseMs });
    }
  }
}
