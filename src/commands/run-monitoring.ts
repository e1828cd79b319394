import type { Telemetry } from 'bullmq';
import type { Logger } from 'pino';
import { openReplica } from '../database/replica.ts';
import type { Store } from '../cases/store.ts';
import type { Config } from '../config.ts';
import type { DeskRoutes } from '../desk/app.ts';
import type { SecondReader } from '../model/second-reader.ts';
import { queueBoardUrl } from '../monitoring/board-url.ts';
import { openMetrics } from '../monitoring/metrics.ts';
import { MonitoringUnavailableError } from '../monitoring/monitoring-errors.ts';
import { openMonitoringServer } from '../monitoring/monitoring-server.ts';
import { registerQueueBoard } from '../monitoring/queue-board.ts';
import { openMonitoring, type Monitoring } from '../monitoring/register-monitoring.ts';
import { openTracing } from '../monitoring/tracing.ts';
import { followMailboxes } from '../monitoring/watched-mailboxes.ts';
import type { LivePacks } from '../packs/live-packs.ts';
import { openQueueView, type QueueView } from '../worker/queue-view.ts';
import type { StartedWorker } from '../worker/run-worker.ts';
import type { WorkerEvents } from '../worker/worker-events.ts';
import { version } from './version.ts';

export interface MonitoredRun {
  readonly config: Config;
  readonly store: Store;
  readonly roles: readonly string[];
  readonly packs: LivePacks;
  /** Null until it is started, and where this process has none. */
  readonly worker: () => StartedWorker | null;
  readonly modelTally: SecondReader['tally'] | null;
  /** Nobody watches a run that ends by itself. */
  readonly isOnce: boolean;
  readonly signal: AbortSignal;
  readonly logger: Logger;
}

export interface MonitoringParts {
  /** To be told what the worker does. */
  readonly listeners: readonly WorkerEvents[];
  readonly telemetry: Telemetry | null;
  /** What the desk serves of it: the queues, to administrators. */
  readonly deskRoutes: readonly DeskRoutes[];
  readonly close: () => Promise<void>;
}

/** Throws `MonitoringUnavailableError` where the configuration names an address that cannot be had, `TelemetryMissingError`, `QueueUnavailableError`. */
export async function monitor({ config, store, roles, packs, worker, modelTally, isOnce, signal, logger }: MonitoredRun): Promise<MonitoringParts> {
  const works = roles.includes('watch') || roles.includes('work');
  const names = config.mailboxes.map(({ name }) => name);
  // A worker knows its own queues.
  const view: QueueView | null = works ? null : await openQueueView({ redisUrl: config.redisUrl?.reveal() ?? null, store, mailboxes: names });
  const queues = (): Pick<StartedWorker, 'depths' | 'bullQueues'> | null => worker() ?? view;
  const tracing = config.telemetry === null ? null : await openTracing({ ...config.telemetry, version: version() });
  const mailboxes = followMailboxes(names, { watches: roles.includes('watch') });
  const replica = config.databaseReplicaUrl === null ? null : openReplica(config.databaseReplicaUrl.reveal(), store.database);
  const metrics = openMetrics({ modelTally });
  const monitoring = openMonitoring(metrics, {
    version: version(), roles, database: replica ?? store.database, queueEngine: config.redisUrl === null ? store.database.engine.kind : 'redis',
    depths: async () => (await queues()?.depths()) ?? [],
    mailboxes: mailboxes.list,
    packs: () => ({ merchants: packs.current().map(({ name }) => name), ...packs.state() }),
  }, { ending: signal });
  const server = isOnce ? null : await serve(config, monitoring, logger);
  return {
    listeners: [mailboxes.events, metrics.events, ...(tracing === null ? [] : [tracing.events])],
    telemetry: tracing?.telemetry ?? null,
    deskRoutes: [
      async (app) => { await registerQueueBoard(app, () => queues()?.bullQueues() ?? [], { basePath: queueBoardUrl, config: { access: { role: 'admin' } } }); },
    ],
    close: async () => {
      await server?.close();
      await tracing?.close();
      await view?.close();
      await replica?.close();
    },
  };
}

async function serve({ monitoring: settings }: Config, monitoring: Monitoring, logger: Logger): Promise<{ close: () => Promise<void> } | null> {
  if (settings === null) return null;
  try {
    const server = await openMonitoringServer(settings, monitoring);
    logger.info({ url: server.url }, 'health and metrics are served');
    return server;
  } catch (error) {
    if (!(error instanceof MonitoringUnavailableError) || settings.isAsked) throw error;
    logger.warn({ code: error.code, reason: error.message }, 'health and metrics are not served');
    return null;
  }
}
