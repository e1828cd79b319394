import type { LiveDraft, WorkedCase } from '../cases/actions/worked-case.ts';
import { caseTag } from '../draft/case-tag.ts';
import { composeDraftMail } from '../draft/compose-mail.ts';
import type { Message } from '../message/message.ts';
import type { Pack } from '../packs/pack.ts';

/** The reply as a mail, to lie in Drafts or to be sent. The same bytes for the same words and date. */
export function composeReply(worked: Pick<WorkedCase, 'fingerprint'>, draft: LiveDraft, message: Message, pack: Pack, date: Date): Buffer {
  const { messageId, to, subject, language, template, text, html } = draft;
  return composeDraftMail({ to, subject, language, template, text, html }, message, { messageId, from: pack.policy.from, caseTag: caseTag(worked.fingerprint), date, replies: pack.replies });
}
