import { once } from 'node:events';
import { join } from 'node:path';
import { openStore } from '../cases/store.ts';
import { loadConfig } from '../config.ts';
import type { ServedDesk } from '../desk/serve-desk.ts';
import { formLabels } from '../draft/form.ts';
import { saysUrgent } from '../facts/requests/urgent-subject.ts';
import { openFileReader } from '../files/look-into-files.ts';
import { openSecondReader } from '../model/second-reader.ts';
import { combinedEvents } from '../monitoring/combined-events.ts';
import { openMailProbe } from '../worker/mail-probe.ts';
import { timeRulesOf } from './time-rules.ts';
import { openLivePacks } from '../packs/live-packs.ts';
import { loadPacks } from '../packs/load-packs.ts';
import { runWorker, type StartedWorker, type WorkerRole, workerRoles } from '../worker/run-worker.ts';
import { dateOption, textOption, UsageError, type Call, type Command, type ExitStatus } from './command.ts';
import { checkMerchants } from './check-merchants.ts';
import { followConfig } from './follow-config.ts';
import { openLiveTriages } from './live-triage.ts';
import { mailboxOf } from './open-mailbox.ts';
import { connectionLevel, loggedEvents, loggedFailures, openLog } from './run-log.ts';
import { monitor } from './run-monitoring.ts';
import { triagesOfPacks } from './triages-of-packs.ts';

export const runCommand: Command = {
  usage: '[--once] [--config FILE] [--since DATE] [--roles ROLES]',
  help: `Logs one JSON object a line on standard error. At SIGHUP the configuration and the packs are read again.

Options:
  --once         work through what lies there now, then end
  --config FILE  the configuration; refund-triage.yaml where it is not given
  --since DATE   at the first contact with a mailbox also work through mail that arrived on or after
                 this date; otherwise the first contact starts from now
  --roles ROLES  what this process does, with commas between: watch (the mailboxes), work (on their
                 mail), desk (the page for people); all of it where it is not given. Several
                 processes need a PostgreSQL for the store`,
  options: { once: { type: 'boolean' }, config: { type: 'string' }, since: { type: 'string' }, roles: { type: 'string' } },
  positionals: { min: 0, max: 0, what: 'no arguments' },
  run,
};

type Role = WorkerRole | 'desk';
const allRoles: readonly Role[] = [...workerRoles, 'desk'];

async function run(call: Call): Promise<ExitStatus> {
  const since = dateOption(call, 'since');
  const isOnce = call.values['once'] === true;
  const roles = rolesOf(call).filter((role) => role !== 'desk' || !isOnce);
  const workingRoles = workerRoles.filter((role) => roles.includes(role));
  const signal = call.interruption();
  const config = await loadConfig(textOption(call, 'config'), call.environment);
  const firstPacks = await loadPacks(config.templatesDir);
  checkMerchants(config, firstPacks);
  const logger = openLog(config.logLevel);
  const mailboxes = config.mailboxes.map((settings) => ({
    mailbox: mailboxOf(settings, config.maxMessageBytes, logger.child({ mailbox: settings.name }, { level: connectionLevel(config.logLevel) })),
    since: since ?? settings.since,
  }));
  const store = await openStore(config.databaseUrl === null ? { dataDir: join(config.dataDir, 'store') } : { databaseUrl: config.databaseUrl.reveal() });
  const fileReader = config.looksIntoFiles && workingRoles.includes('work') ? openFileReader() : null;
  const secondReader = config.model === null ? null : openSecondReader(config.model, { ...loggedFailures(logger), signal });
  const closing: (() => Promise<unknown>)[] = [];
  try {
    await store.keepPacks(firstPacks);
    const parts = {
      config, store, fileReader, secondReader,
      onRecordsFailure: (merchant: string, error: Error) => { logger.warn({ merchant, reason: error.message }, 'the records did not answer'); },
    };
    const triages = openLiveTriages(triagesOfPacks(firstPacks, { ...parts, templatesDir: config.templatesDir, hasRecordsQueue: null }));
    closing.push(triages.close);
    const hasRecordsQueue = triages.triageWithRecords !== null;
    const packs = await openLivePacks(config.templatesDir, firstPacks, {
      accept: async (next, templatesDir) => {
        const generation = triagesOfPacks(next, { ...parts, templatesDir, hasRecordsQueue });
        await store.keepPacks(next);
        triages.replace(generation);
      },
      onReloaded: (changed) => { logger.info({ changed }, 'packs read again'); },
      onRefused: (error) => { logger.error({ problems: error.message.split('\n') }, 'the packs have mistakes; those read before stay in use'); },
    });
    closing.push(async () => { packs.close(); await Promise.resolve(); });
    let worker: StartedWorker | null = null;
    const watched = await monitor({ config, store, roles, packs, signal, logger, isOnce, worker: () => worker, modelTally: secondReader?.tally ?? null });
    closing.push(watched.close);
    const desk: ServedDesk | null = roles.includes('desk') ? await (await import('./desk.ts')).serveDeskOf(config, { store, packs: packs.current, logger, more: watched.deskRoutes }) : null;
    if (desk !== null) closing.push(desk.close);
    if (workingRoles.includes('work') && !isOnce) closing.push((await import('./start-sending.ts')).startSending(config, { store, packs: packs.current, logger, signal }).close);
    closing.push(followConfig({ call, config, logger, packs, worker: () => worker }));
    logger.info({ mailboxes: config.mailboxes.map(({ name }) => name), merchants: firstPacks.map(({ name }) => name), roles }, 'started');
    if (workingRoles.length > 0) {
      await runWorker({
        store,
        mailboxes,
        ...triages,
        // There is a queue for it in every process, also in one that only watches, which must know what lies in it.
        triageWithFiles: config.looksIntoFiles ? (triages.triageWithFiles ?? triages.triage) : null,
        recordsWaitMs: config.records.waitMs,
        saysUrgent: (subject) => saysUrgent(subject, packs.current().map(({ replies }) => formLabels(replies))),
        redisUrl: config.redisUrl?.reveal() ?? null,
        roles: workingRoles,
        onStarted: (started) => { worker = started; },
        telemetry: watched.telemetry,
        concurrency: config.concurrency,
        reconcileIntervalMs: config.reconcileIntervalMs,
        auditIntervalMs: config.auditIntervalMs,
        probe: openMailProbe(() => config.templatesDir),
        timeRules: () => timeRulesOf(packs.current()),
        once: isOnce,
        signal,
        events: combinedEvents([loggedEvents(logger), ...watched.listeners]),
      });
    } else if (!signal.aborted) {
      await once(signal, 'abort');
    }
    if (secondReader !== null) logger.info({ model: secondReader.tally() }, 'asked the model');
    logger.info('ended');
    return 0;
  } finally {
    for (const close of closing.toReversed()) await close().catch((error: unknown) => { logger.warn({ reason: error instanceof Error ? error.message : String(error) }, 'not closed in order'); });
    await Promise.allSettled(mailboxes.map(({ mailbox }) => mailbox.close()));
    await fileReader?.close();
    await store.close();
  }
}

function rolesOf(call: Call): readonly Role[] {
  const text = textOption(call, 'roles');
  if (text === null) return allRoles;
  const names = text.split(',').map((name) => name.trim());
  const unknown = names.find((name) => allRoles.every((role) => role !== name));
  if (unknown !== undefined) throw new UsageError(`--roles: there is no role "${unknown}". There are ${allRoles.join(', ')}.`);
  return allRoles.filter((role) => names.includes(role));
}
