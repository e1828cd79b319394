import { createBullBoard } from '@bull-board/api';
import { BullMQAdapter } from '@bull-board/api/bullMQAdapter';
import { FastifyAdapter } from '@bull-board/fastify';
import { Queue } from 'bullmq';
import { fastify, type FastifyInstance, type RouteShorthandOptions } from 'fastify';
import type { StartedWorker } from '../worker/run-worker.ts';

export interface QueueBoardOptions {
  /** Where it is mounted: `/admin/queues`. */
  readonly basePath: string;
  /** The route's own `config`: who may see it. */
  readonly config?: RouteShorthandOptions['config'];
}

/** The board brings its own pages; what they load comes from here alone. They set styles of elements, and ask for letters from elsewhere that they do without. */
const contentSecurityPolicy = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; connect-src 'self'; base-uri 'self'; form-action 'none'; frame-ancestors 'none'";

/**
 * Bull Board, to look at the queues: jobs hold pointers to mails, never words of them. It only shows: a job that was removed by hand would come back at the next comparison of the mailbox
 * with the ledger. `queues` is asked at each request.
 */
export async function registerQueueBoard(app: FastifyInstance, queues: StartedWorker['bullQueues'], { basePath, config = {} }: QueueBoardOptions): Promise<void> {
  // A server of its own inside of ours: its routes know nothing of our gate, which guards the one route that leads to it.
  const inner = fastify({ exposeHeadRoutes: false });
  inner.addHook('onRequest', async (_request, reply) => {
    await Promise.resolve();
    void reply.headers({ 'content-security-policy': contentSecurityPolicy, 'x-content-type-options': 'nosniff', 'x-frame-options': 'DENY', 'referrer-policy': 'no-referrer', 'cache-control': 'no-store' });
  });
  const adapter = new FastifyAdapter();
  adapter.setBasePath(basePath);
  const board = createBullBoard({ queues: [], serverAdapter: adapter, options: { uiConfig: { boardTitle: 'Queues', hideRedisDetails: true } } });
  await inner.register(adapter.registerPlugin(), { prefix: basePath });
  await inner.ready();
  app.addHook('onClose', async () => { await inner.close(); });
  const options = { config, exposeHeadRoute: false } as const;
  for (const path of [basePath, `${basePath}/*`]) {
    app.get(path, options, (request, reply) => {
      board.setQueues(queues().flatMap(({ mailbox, lane, queue }) => (queue instanceof Queue ? [new BullMQAdapter(queue, { displayName: `${mailbox}: ${lane}`, readOnlyMode: true, allowRetries: false })] : [])));
      reply.hijack();
      inner.routing(request.raw, reply.raw);
    });
  }
}
