import type { FastifyInstance } from 'fastify';
import type { DeskContext } from './desk-context.ts';

export function oidcRoutes(_app: FastifyInstance, _desk: DeskContext): void {
  return;
}
