import { once } from 'node:events';
import type { Logger } from 'pino';
import { listAccounts } from '../desk/accounts.ts';
import type { DeskRoutes } from '../desk/app.ts';
import { DeskUnavailableError } from '../desk/desk-errors.ts';
import { type ServedDesk, serveDesk } from '../desk/serve-desk.ts';
import type { Store } from '../cases/store.ts';
import { openReplica } from '../database/replica.ts';
import { type Config, loadConfig } from '../config.ts';
import { loadPacks } from '../packs/load-packs.ts';
import type { Packs } from '../packs/pack.ts';
import { textOption, type Call, type Command, type ExitStatus } from './command.ts';
import { mailboxOf } from './open-mailbox.ts';
import { openStoreOf } from './open-store.ts';
import { openLog } from './run-log.ts';

export const deskCommand: Command = {
  usage: '[--config FILE]',
  help: `Serves the desk alone, in a process of its own, beside "run" elsewhere: for that the store must be a
PostgreSQL. Where "run" serves the desk as well, this is not needed.

Options:
  --config FILE  the configuration; refund-triage.yaml where it is not given`,
  options: { config: { type: 'string' } },
  positionals: { min: 0, max: 0, what: 'no arguments' },
  run: desk,
};

async function desk(call: Call): Promise<ExitStatus> {
  const signal = call.interruption();
  const config = await loadConfig(textOption(call, 'config'), call.environment);
  const packs = await loadPacks(config.templatesDir);
  const logger = openLog(config.logLevel);
  const { store } = await openStoreOf(call);
  try {
    const served = await serveDeskOf({ ...config, desk: config.desk === null ? null : { ...config.desk, isAsked: true } }, { store, packs: () => packs, logger });
    if (served === null) throw new DeskUnavailableError('The configuration says desk: null.');
    if (!signal.aborted) await once(signal, 'abort');
    await served.close();
    logger.info('ended');
    return 0;
  } finally {
    await store.close();
  }
}

/**
 * The desk as the configuration has it; null where it is switched off, or where nobody asked for it and its port is taken. Throws `DeskUnavailableError`,
 * `StoreUnavailableError`.
 */
export async function serveDeskOf(config: Pick<Config, 'desk' | 'mailboxes' | 'maxMessageBytes' | 'databaseReplicaUrl'>, parts: { store: Store; packs: () => Packs; logger: Logger; more?: readonly DeskRoutes[] }): Promise<ServedDesk | null> {
  const { desk: settings } = config;
  if (settings === null) return null;
  const { store, logger } = parts;
  try {
    const replica = config.databaseReplicaUrl === null ? {} : { replica: openReplica(config.databaseReplicaUrl.reveal(), store.database) };
    const served = await serveDesk({ ...parts, ...settings, ...replica, sendsFrom: new Set(config.mailboxes.flatMap(({ name, smtp }) => (smtp === null ? [] : [name]))), mailboxes: config.mailboxes.map((mailbox) => mailboxOf(mailbox, config.maxMessageBytes, logger.child({ mailbox: mailbox.name }, { level: 'warn' }))) });
    const people = await listAccounts(store.database);
    logger.info({ url: served.url, people: people.length }, 'the desk is served');
    if (people.length === 0 && settings.settings.oidc === null) logger.warn('nobody can sign in at the desk yet: make an account with "refund-triage user add NAME --role admin"');
    return served;
  } catch (error) {
    if (!(error instanceof DeskUnavailableError) || settings.isAsked) throw error;
    logger.error({ code: error.code, reason: error.message }, 'the desk is not served');
    return null;
  }
}
