import type { FastifyInstance, RouteShorthandOptions } from 'fastify';
import type { Metrics } from './metrics.ts';
import { readinessOf } from './readiness.ts';
import { type Answers, askServers, type Status, statusOf, type StatusSources } from './status.ts';

/** How the service is looked after from outside. */
export interface Monitoring {
  readonly metrics: Metrics;
  /** As it was a moment ago; where counting takes long, twenty times as long ago at the most. */
  readonly status: () => Promise<Status>;
  /** The process is about to end, and takes no new work. */
  readonly isEnding: () => boolean;
}

export const monitoringPaths = ['/healthz', '/readyz', '/metrics', '/status'] as const;
export type MonitoringPath = (typeof monitoringPaths)[number];

export interface MonitoringRouteOptions {
  /** All of them where left out. Only `/healthz` says nothing of the service that a stranger may not know. */
  readonly paths?: readonly MonitoringPath[];
  /** The routes' own `config`, for servers that ask for one. */
  readonly config?: RouteShorthandOptions['config'];
}

/** So that many who ask at the same time ask the store once; and where counting takes long, it is done a twentieth of the time at the most. */
const defaultFreshMs = 2_000;
const restPerWork = 20;

export function openMonitoring(metrics: Metrics, sources: StatusSources, { ending, freshMs = defaultFreshMs }: { readonly ending: AbortSignal; readonly freshMs?: number }): Monitoring {
  let answers: Promise<Answers> | null = null;
  let freshUntilMs = 0;
  const ask = async (): Promise<Answers> => {
    const beganMs = performance.now();
    // Whoever asks meanwhile waits for the same answers.
    freshUntilMs = Number.POSITIVE_INFINITY;
    const told = await askServers(sources);
    const endedMs = performance.now();
    // A server that is back shall be seen soon.
    const isWhole = told.standing.part.answers && told.queue.part.answers;
    freshUntilMs = endedMs + (isWhole && freshMs > 0 ? Math.max(freshMs, (endedMs - beganMs) * restPerWork) : freshMs);
    return told;
  };
  return {
    metrics,
    status: async () => {
      if (answers === null || performance.now() >= freshUntilMs) answers = ask();
      return statusOf(await answers, sources);
    },
    isEnding: () => ending.aborted,
  };
}

/**
 * `/healthz`: the process is alive · `/readyz`, and `/readyz/MAILBOX`: it can work, else 503 with the reasons · `/metrics`: for Prometheus · `/status`: all of it as JSON. None of them
 * holds anything of a customer.
 */
export function registerMonitoring(app: FastifyInstance, { metrics, status, isEnding }: Monitoring, { paths = monitoringPaths, config = {} }: MonitoringRouteOptions = {}): void {
  const options = { config, logLevel: 'warn' } as const;
  if (paths.includes('/healthz')) {
    app.get('/healthz', options, async (_request, reply) => await reply.header('cache-control', 'no-store').send({ status: 'ok' }));
  }
  if (paths.includes('/readyz')) {
    app.get('/readyz', options, async (_request, reply) => {
      const readiness = readinessOf(await status());
      const isReady = readiness.status !== 'not_ready' && !isEnding();
      return await reply.code(isReady ? 200 : 503).header('cache-control', 'no-store').send(isEnding() ? { ...readiness, status: 'not_ready', reasons: ['The process is ending.', ...readiness.reasons] } : readiness);
    });
    app.get<{ Params: { mailbox: string } }>('/readyz/:mailbox', options, async ({ params }, reply) => {
      const mailbox = readinessOf(await status()).mailboxes[params.mailbox];
      if (mailbox === undefined) return await reply.code(404).send({ error: 'there is no such mailbox' });
      return await reply.code(mailbox.status === 'ready' ? 200 : 503).header('cache-control', 'no-store').send(mailbox);
    });
  }
  if (paths.includes('/metrics')) {
    app.get('/metrics', options, async (_request, reply) => await reply.type(metrics.contentType).send(await metrics.write(await status())));
  }
  if (paths.includes('/status')) {
    app.get('/status', options, async (_request, reply) => await reply.header('cache-control', 'no-store').send(await status()));
  }
}
