import { join } from 'node:path';
import { pino, type Logger } from 'pino';
import { openStore } from '../cases/store.ts';
import { ConfigError, loadConfig, type Config } from '../config.ts';
import { TriageError } from '../errors.ts';
import { openFileReader } from '../files/look-into-files.ts';
import { openSecondReader, type SecondReaderOptions } from '../model/second-reader.ts';
import { loadPacks } from '../packs/load-packs.ts';
import type { Packs } from '../packs/pack.ts';
import { laterRecords, openRecords } from '../records/records-reader.ts';
import { runWorker } from '../worker/run-worker.ts';
import type { WorkerEvents } from '../worker/worker-events.ts';
import { didYouMean } from '../nearest-name.ts';
import { dateOption, textOption, type Call, type Command, type ExitStatus } from './command.ts';
import { merchantsRecords } from './merchants-records.ts';
import { mailboxOf } from './open-mailbox.ts';
import { triageMailWith } from './triage-mail.ts';

export const runCommand: Command = {
  usage: '[--once] [--config FILE] [--since DATE]',
  help: `Logs one JSON object a line on standard error.

Options:
  --once         work through what lies there now, then end
  --config FILE  the configuration; refund-triage.yaml where it is not given
  --since DATE   at the first contact with a mailbox also work through mail that arrived on or after
                 this date; otherwise the first contact starts from now`,
  options: { once: { type: 'boolean' }, config: { type: 'string' }, since: { type: 'string' } },
  positionals: { min: 0, max: 0, what: 'no arguments' },
  run,
};

async function run(call: Call): Promise<ExitStatus> {
  const since = dateOption(call, 'since');
  const signal = call.interruption();
  const config = await loadConfig(textOption(call, 'config'), call.environment);
  const packs = await loadPacks(config.templatesDir);
  checkMerchants(config, packs);
  const knownRecords = merchantsRecords(packs, config.templatesDir, config.records);
  const logger = pino({ level: config.logLevel, base: null }, pino.destination({ dest: 2, sync: true }));
  const mailboxes = config.mailboxes.map((settings) => ({
    mailbox: mailboxOf(settings, config.maxMessageBytes, logger.child({ mailbox: settings.name }, { level: protocolLevel(config.logLevel) })),
    since: since ?? settings.since,
  }));
  const store = await openStore(
    config.databaseUrl === null ? { dataDir: join(config.dataDir, 'store') } : { databaseUrl: config.databaseUrl.reveal() },
  );
  const fileReader = config.looksIntoFiles ? openFileReader() : null;
  const secondReader = config.model === null ? null : openSecondReader(config.model, { ...loggedFailures(logger), signal });
  const records = openRecords(knownRecords, config.records.secrets, { onFailure: (merchant, error) => { logger.warn({ merchant, reason: error.message }, 'the records did not answer'); } });
  try {
    await store.keepPacks(packs);
    logger.info({ mailboxes: config.mailboxes.map(({ name }) => name), merchants: packs.map(({ name }) => name) }, 'started');
    const settings = {
      authservIds: config.authservIds, merchants: new Map(config.mailboxes.map(({ name, merchant }) => [name, merchant])),
      countEarlierRequests: store.countEarlierRequests, findThread: store.findThread,
    };
    await runWorker({
      store,
      mailboxes,
      triage: triageMailWith(packs, { ...settings, records: laterRecords(knownRecords) }),
      triageWithRecords: knownRecords.length === 0 ? null : triageMailWith(packs, { ...settings, records }),
      recordsWaitMs: config.records.waitMs,
      triageWithFiles: fileReader === null ? null : triageMailWith(packs, { ...settings, fileReader, secondReader, records }),
      triageWithSecondReader: secondReader === null ? null : triageMailWith(packs, { ...settings, secondReader, records }),
      redisUrl: config.redisUrl?.reveal() ?? null,
      concurrency: config.concurrency,
      reconcileIntervalMs: config.reconcileIntervalMs,
      once: call.values['once'] === true,
      signal,
      events: loggedEvents(logger),
    });
    if (secondReader !== null) logger.info({ model: secondReader.tally() }, 'asked the model');
    logger.info('ended');
    return 0;
  } finally {
    await Promise.allSettled(mailboxes.map(({ mailbox }) => mailbox.close()));
    await fileReader?.close();
    await records.close();
    await store.close();
  }
}

/** Throws `ConfigError` where a mailbox is said to be of a merchant that has no pack. */
export function checkMerchants(config: Config, packs: Packs): void {
  const names = packs.map(({ name }) => name);
  for (const { name, merchant } of config.mailboxes) {
    if (merchant !== null && !names.includes(merchant)) {
      throw new ConfigError(`mailbox ${name}: merchant: there is no folder "${merchant}" in ${config.templatesDir}.${didYouMean(merchant, names)}`);
    }
  }
}

function loggedFailures(logger: Logger): Pick<SecondReaderOptions, 'onFailure' | 'onSkip'> {
  return {
    onFailure: (failure) => { logger.warn({ failure }, 'the model did not answer; the mail goes on without it'); },
    onSkip: (why) => { logger.debug({ why }, 'the model was not asked'); },
  };
}

// Never the words of a mail, nor whose it is: logs travel further than mailboxes.
function loggedEvents(logger: Logger): WorkerEvents {
  return {
    onMail: ({ mailbox, uid, merchant, language, topic, outcome, missing, state, draftSubject, quarantine, fileNotes, records }) => {
      const drafted = draftSubject !== null;
      if (quarantine !== null) logger.warn({ mailbox, uid, code: quarantine.code, reason: quarantine.reason }, 'quarantined');
      else logger.info({ mailbox, uid, merchant, language, topic, outcome, missing, state, drafted, ...(fileNotes.length === 0 ? {} : { fileNotes }), ...(records === null ? {} : { records }) }, 'triaged');
    },
    onAnswered: (mailbox, { caseId, stage }) => logger.info({ mailbox, case: caseId, stage }, 'answered from a mail program'),
    onEnqueued: (mailbox, mails) => logger.debug({ mailbox, mails }, 'enqueued'),
    onConnection: (mailbox, event) => {
      if (event.kind === 'connected') logger.info({ mailbox }, 'connected');
      else logger.warn({ mailbox, reason: event.reason, retryInMs: event.retryInMs }, 'connection lost');
    },
    onLeader: (mailbox, isLeader) => logger.info({ mailbox }, isLeader ? 'watches the mailbox' : 'watches the mailbox no more'),
    onError: (mailbox, error) => logger.error({ mailbox, code: error instanceof TriageError ? error.code : null, reason: error.message }, 'will be tried again'),
  };
}

// The mail library logs the protocol itself, and with it words of mails.
function protocolLevel(level: Config['logLevel']): Config['logLevel'] {
  return level === 'info' || level === 'debug' || level === 'trace' ? 'warn' : level;
}
