import { html, type Html, type HtmlValue } from './html.ts';
import { isWordKey, theirs } from './names-in-words.ts';
import type { Words } from './words.ts';

/** What went wrong with a mail or a reply, in the words of whoever looks at it; and beneath it, as a quotation, what the server or the program said of it. */

export interface Failure {
  /** Of the error. */
  readonly code: string;
  /** In words that are not the desk's: a server's answer, a person's reason. */
  readonly detail: string | null;
}

/** By what a server's answer means, where it has one; else by the code. Null for a code that the desk has no words for. */
export function failureInWords({ code, detail }: Failure, { say }: Words): string | null {
  const key = (code === 'smtp_refused' || code === 'smtp_deferred' ? meaningOf(detail ?? '') : null) ?? `failure.${code}`;
  return isWordKey(key) ? say(key) : null;
}

export function failureNote(failure: Failure, words: Words): Html {
  const { code, detail } = failure;
  const said = failureInWords(failure, words);
  return html`${said !== null && html`<p>${said}</p>`}${quotation(detail ?? (said === null ? code : null), code === 'by_hand', words)}`;
}

function quotation(text: string | null, isColleagues: boolean, { say }: Words): HtmlValue {
  if (text === null || text.trim() === '') return null;
  return isColleagues ? html`<blockquote class="quoted-words">${theirs(text)}</blockquote>` : html`<div class="muted"><span>${say('failure.theirWords')}</span><blockquote class="quoted-words" lang="en">${theirs(text)}</blockquote></div>`;
}

type SmtpMeaning = `failure.smtp.${'no_such_address' | 'sender_refused' | 'mailbox_full' | 'too_large' | 'busy' | 'no_way' | 'not_understood' | 'content' | 'policy'}`;

/** By the enhanced status code (RFC 3463, 3), else by the plain one (RFC 5321, 4.2.3). */
function meaningOf(answer: string): SmtpMeaning | null {
  const [, enhancedClass, subject = '', rest = ''] = /(?<![\d.])([45])\.(\d{1,3})\.(\d{1,3})(?![\d.]*\d)/u.exec(answer) ?? [];
  if (enhancedClass !== undefined) return meaningOfEnhanced(`${subject}.${rest}`, enhancedClass === '4');
  switch (/(?<![\d.])([45]\d\d)(?=[ -])/u.exec(answer)?.[1] ?? '') {
    case '421': case '450': case '451': return 'failure.smtp.busy';
    case '452': return 'failure.smtp.mailbox_full';
    case '550': case '551': case '553': return 'failure.smtp.no_such_address';
    case '552': return 'failure.smtp.too_large';
    case '554': return 'failure.smtp.policy';
    case '500': case '501': case '502': case '503': case '504': case '555': return 'failure.smtp.not_understood';
    default: return null;
  }
}

function meaningOfEnhanced(status: string, isPassing: boolean): SmtpMeaning | null {
  switch (status) {
    case '1.7': case '1.8': return 'failure.smtp.sender_refused';
    case '2.2': return 'failure.smtp.mailbox_full';
    case '2.3': case '3.4': return 'failure.smtp.too_large';
    default: break;
  }
  switch (status.split('.')[0] ?? '') {
    case '1': case '2': return isPassing ? 'failure.smtp.busy' : 'failure.smtp.no_such_address';
    case '3': return 'failure.smtp.busy';
    case '4': return 'failure.smtp.no_way';
    case '5': return 'failure.smtp.not_understood';
    case '6': return 'failure.smtp.content';
    // Unknown senders are let wait with 4.7.1, which is not for good.
    case '7': return isPassing ? 'failure.smtp.busy' : 'failure.smtp.policy';
    default: return null;
  }
}
