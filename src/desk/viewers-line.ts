import type { FastifyRequest } from 'fastify';
import { listViewers } from '../cases/lists/viewers.ts';
import type { DeskContext } from './desk-context.ts';
import { agentOf } from './gate.ts';
import { html, type Html } from './html.ts';

/** Who else has the case open, and which of them writes. Nothing where nobody has. */
export async function viewersLine({ store }: DeskContext, request: FastifyRequest, caseId: number): Promise<Html> {
  const { name } = agentOf(request);
  const { say } = request.words;
  const others = (await listViewers(store.database, caseId)).filter(({ viewer }) => viewer !== name);
  const names = others.map(({ viewer, isEditing }) => (isEditing ? say('action.editing', { name: viewer }) : viewer)).join(', ');
  return html`${others.length > 0 && say('action.viewing', { names })}`;
}
