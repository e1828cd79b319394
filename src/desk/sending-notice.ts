import type { FastifyReply } from 'fastify';
import type { CaseView } from '../cases/lists/case-view.ts';
import { button, form } from './controls.ts';
import { failureNote } from './failure-in-words.ts';
import { agentOf } from './gate.ts';
import { html, type HtmlValue } from './html.ts';
import { isWordKey } from './names-in-words.ts';
import { notice } from './notices.ts';
import { mayAct } from './roles.ts';

/** What became of the newest sending, where somebody has to know or to say something; nothing where it went out. */
export function sendingNotice(reply: FastifyReply, { worked, sendings: [sending] }: Pick<CaseView, 'worked' | 'sendings'>): HtmlValue {
  if (sending === undefined) return null;
  const { say } = reply.request.words;
  const maySend = mayAct(agentOf(reply.request).role, 'sender');
  const path = `/cases/${String(worked.id)}/sendings/${String(sending.id)}`;
  switch (sending.state) {
    case 'holding':
      return notice('accent', html`<p>${say(sending.code === null ? 'action.sending' : 'action.waiting')}</p>${sending.code !== null && failureNote({ code: sending.code, detail: sending.detail }, reply.request.words)}
${maySend && form(reply, `${path}/undo`, button(say('shell.undo'), { key: 'undo' }), { className: 'inline' })}`);
    case 'uncertain':
      return notice('bad', html`<p>${say('action.uncertain')}</p>${maySend && form(reply, `${path}/resolve`, html`${button(say('action.wasSent'), { name: 'verdict', value: 'was_sent' })}${button(say('action.wasNotSent'), { name: 'verdict', value: 'was_not_sent' })}`, { className: 'inline' })}`);
    case 'failed':
      return notice('bad', html`<p>${say('action.failed')}</p>${failureNote({ code: sending.code ?? '', detail: sending.detail }, reply.request.words)}`);
    case 'stopped': {
      const key = `action.stopped.${sending.code ?? ''}`;
      return notice('caution', html`<p>${isWordKey(key) ? say(key) : say('action.stopped.case_changed')}</p>`);
    }
    case 'sending':
    case 'sent':
    case 'undone':
      return null;
    default:
      return sending.state satisfies never;
  }
}
