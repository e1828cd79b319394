import { join } from 'node:path';
import { openDatabase } from '../cases/open-database.ts';
import type { Database } from '../database/database.ts';
import { openReplica } from '../database/replica.ts';
import { StoreInUseError } from '../database/store-errors.ts';
import { loadConfig, type Config } from '../config.ts';
import { askServers, statusOf, type StatusSources } from '../monitoring/status.ts';
import { type StatusReport, statusReportSchema } from '../monitoring/status-report.ts';
import { followMailboxes } from '../monitoring/watched-mailboxes.ts';
import { openQueueView } from '../worker/queue-view.ts';
import { textOption, writeOut, type Call, type Command, type ExitStatus } from './command.ts';
import { statusText } from './status-text.ts';
import { version } from './version.ts';

export const statusCommand: Command = {
  usage: '[--json] [--config FILE]',
  help: `How mailboxes, cases and queues stand. Changes nothing. An embedded store is its worker's alone while that
runs: then the worker is asked, where it serves health and metrics (the setting "monitoring").

Options:
  --json         all of it, for programs
  --config FILE  the configuration; refund-triage.yaml where it is not given`,
  options: { json: { type: 'boolean' }, config: { type: 'string' } },
  positionals: { min: 0, max: 0, what: 'no arguments' },
  run: showStatus,
};

const patienceMs = 10_000;

async function showStatus(call: Call): Promise<ExitStatus> {
  const config = await loadConfig(textOption(call, 'config'), call.environment);
  const report = await openAndRead(config).catch(async (error: unknown) => {
    if (!(error instanceof StoreInUseError) || config.monitoring === null) throw error;
    const told = await askWorker(config.monitoring).catch(() => null);
    if (told === null) throw error;
    return told;
  });
  await writeOut(call.stdout, call.values['json'] === true ? `${JSON.stringify(report, null, 2)}\n` : `${statusText(report, Date.now())}\n`);
  return report.store.answers && report.queue.answers ? 0 : 1;
}

async function openAndRead(config: Config): Promise<StatusReport> {
  const database = await openDatabase(config.databaseUrl === null ? { dataDir: join(config.dataDir, 'store') } : { databaseUrl: config.databaseUrl.reveal() });
  try {
    const reading = config.databaseReplicaUrl === null ? database : openReplica(config.databaseReplicaUrl.reveal(), database);
    try {
      return await readFrom(database, reading, config);
    } finally {
      if (reading !== database) await reading.close();
    }
  } finally {
    await database.close();
  }
}

async function readFrom(database: Database, reading: Database, config: Config): Promise<StatusReport> {
  const names = config.mailboxes.map(({ name }) => name);
  const redisUrl = config.redisUrl?.reveal() ?? null;
  const sources: StatusSources = {
    version: version(), roles: [], database: reading, queueEngine: redisUrl === null ? database.engine.kind : 'redis',
    depths: async () => {
      const [installation] = await database.query<{ id: string }>('SELECT id FROM refund_triage.installation');
      const view = await openQueueView({ redisUrl, store: { database, installationId: installation?.id ?? '' }, mailboxes: names });
      try {
        return await view.depths();
      } finally {
        await view.close();
      }
    },
    mailboxes: followMailboxes(names, { watches: false }).list,
    packs: () => ({ merchants: [], valid: true, reason: null, loadedAtMs: Date.now() }),
  };
  return statusReportSchema.parse(JSON.parse(JSON.stringify(statusOf(await askServers(sources), sources))));
}

async function askWorker({ host, port }: NonNullable<Config['monitoring']>): Promise<StatusReport> {
  const reachable = host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host;
  const response = await fetch(`http://${reachable.includes(':') ? `[${reachable}]` : reachable}:${String(port)}/status`, { signal: AbortSignal.timeout(patienceMs) });
  return statusReportSchema.parse(await response.json());
}
