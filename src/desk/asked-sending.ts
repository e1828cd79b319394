import type { FastifyRequest } from 'fastify';
import type { Sql } from '../database/database.ts';
import { readOutbox } from '../cases/outbox.ts';
import { NotFoundError } from './desk-errors.ts';
import { idOf } from './form-fields.ts';

/** The row of the outbox that this part of the path names; of this case, and not of another. Throws `NotFoundError`. */
export async function askedSending(sql: Sql, request: FastifyRequest, part: string, caseId: number): Promise<number> {
  const id = idOf(request, part);
  const row = id === null ? null : await readOutbox(sql, id);
  if (row?.caseId !== caseId) throw new NotFoundError('There is no such reply.');
  return row.id;
}
