import { join } from 'node:path';
import { probeReplica } from '../database/replica.ts';
import { StoreInUseError } from '../database/store-errors.ts';
import { openStore } from '../cases/store.ts';
import { bundledTemplatesDir, loadConfig, type Config, type MailboxConfig } from '../config.ts';
import type { OidcSettings } from '../desk/desk-context.ts';
import { TriageError } from '../errors.ts';
import type { ModelSettings } from '../model/model-settings.ts';
import { tryModel } from '../model/try-model.ts';
import { loadPacks } from '../packs/load-packs.ts';
import { openRecords } from '../records/records-reader.ts';
import type { Secret } from '../secret.ts';
import { smtpServer } from '../sending/smtp-server.ts';
import { savesSent, type SmtpSettings } from '../sending/smtp-settings.ts';
import { probeRedis } from '../worker/redis-server.ts';
import { textOption, writeOut, type Call, type Command, type ExitStatus } from './command.ts';
import { checkMerchants } from './check-merchants.ts';
import { merchantsRecords } from './merchants-records.ts';
import { mailboxOf, placeOf } from './open-mailbox.ts';
import { remedyFor } from './remedy.ts';


export const checkCommand: Command = {
  usage: '[--config FILE]',
  help: `One line for each: "ok", or "wrong" with the fault and what to do about it. Changes nothing in a mailbox. The exit status is 1 where anything is wrong.

Options:
  --config FILE  the configuration; refund-triage.yaml where it is not given`,
  options: { config: { type: 'string' } },
  positionals: { min: 0, max: 0, what: 'no arguments' },
  run: check,
};

/** Resolves to what is fine about the thing; throws what is not. */
interface Probe {
  readonly what: string;
  readonly look: () => Promise<string>;
}

async function check(call: Call): Promise<ExitStatus> {
  const report = async ({ what, look }: Probe): Promise<boolean> => {
    try {
      await writeOut(call.stdout, `ok     ${what}: ${await look()}\n`);
      return true;
    } catch (error) {
      if (!(error instanceof TriageError)) throw error;
      const [first = '', ...more] = error.message.split('\n');
      const lines = [`${first} (${error.code}); ${remedyFor(error)}`, ...more.map((line) => `       ${line}`)];
      await writeOut(call.stdout, `wrong  ${what}: ${lines.join('\n')}\n`);
      return false;
    }
  };
  const configuration = loadConfig(textOption(call, 'config'), call.environment);
  const results = [await report({ what: 'configuration', look: async () => (await configuration).file ?? 'from the environment' })];
  const config = await configuration.catch(() => null);
  results.push(await report(packsProbe(config)));
  for (const probe of config === null ? [] : [...connectionProbes(config), ...(await recordsProbes(config))].map(started)) results.push(await report(probe));
  return results.every(Boolean) ? 0 : 1;
}

// Several servers that do not answer are waited for at the same time.
function started({ what, look }: Probe): Probe {
  const result = look();
  result.catch(() => undefined);
  return { what, look: () => result };
}

function packsProbe(config: Config | null): Probe {
  return {
    what: 'packs',
    look: async () => {
      const packs = await loadPacks(config?.templatesDir ?? bundledTemplatesDir);
      if (config !== null) {
        checkMerchants(config, packs);
        merchantsRecords(packs, config.templatesDir, config.records);
      }
      return packs.map((pack) => pack.name).join(', ');
    },
  };
}

function connectionProbes(config: Config): Probe[] {
  return [
    { what: 'store', look: () => storeAnswers(config) },
    ...(config.databaseReplicaUrl === null ? [] : [replicaProbe(config.databaseReplicaUrl)]),
    { what: 'queue', look: () => (config.redisUrl === null ? Promise.resolve('in the store') : redisAnswers(config.redisUrl)) },
    ...config.mailboxes.map((mailbox) => ({ what: `mailbox ${mailbox.name}`, look: () => mailboxAnswers(mailbox, config) })),
    ...config.mailboxes.flatMap(({ name, smtp }) => (smtp === null ? [] : [{ what: `sending from ${name}`, look: () => smtpAnswers(smtp) }])),
    ...(config.model === null ? [] : [modelProbe(config.model, config.templatesDir)]),
    ...(config.desk?.settings.oidc ? [providerProbe(config.desk.settings.oidc)] : []),
  ];
}

/** One for each merchant whose orders are known to live somewhere. Packs with mistakes, and merchants without a pack, are told of by the line of the packs. */
async function recordsProbes(config: Config): Promise<Probe[]> {
  const known = await loadPacks(config.templatesDir).then((packs) => merchantsRecords(packs, config.templatesDir, config.records)).catch(() => []);
  return known.map((records) => ({
    what: `records of ${records.merchant}`,
    look: async () => {
      const opened = openRecords([records], config.records.secrets);
      try {
        return await opened.check(records.merchant);
      } finally {
        await opened.close();
      }
    },
  }));
}

function modelProbe(model: ModelSettings, templatesDir: string): Probe {
  return {
    what: 'model',
    look: async () => {
      const known = await tryModel(model);
      // Packs with mistakes have their own line.
      const packs = await loadPacks(templatesDir).catch(() => []);
      const consenting = packs.filter(({ policy }) => policy.model.consent).map(({ name }) => name);
      return consenting.length > 0 ? `${known}, asked about mail to ${consenting.join(', ')}` : `${known}; no merchant's policy.yaml says model: { consent: true }, so it is never asked`;
    },
  };
}

function providerProbe(settings: OidcSettings): Probe {
  return {
    what: 'sign-in at the desk',
    look: async () => {
      await (await import('../desk/oidc.ts')).openOidcProvider(settings).check();
      return settings.issuer;
    },
  };
}

function replicaProbe(url: Secret): Probe {
  return {
    what: 'replica',
    look: async () => {
      const { place, isFollowing } = await probeReplica(url.reveal());
      return `PostgreSQL at ${place}${isFollowing ? '' : '; it follows no other server, so what is shown may not be what is there'}`;
    },
  };
}

async function storeAnswers(config: Config): Promise<string> {
  if (config.databaseUrl !== null) {
    const store = await openStore({ databaseUrl: config.databaseUrl.reveal(), maxConnections: 1 });
    await store.close();
    return `PostgreSQL at ${new URL(config.databaseUrl.reveal()).host}`;
  }
  const dataDir = join(config.dataDir, 'store');
  try {
    const store = await openStore({ dataDir });
    await store.close();
    return `embedded, in ${dataDir}`;
  } catch (error) {
    // The worker itself, as a rule: it holds the store as long as it runs.
    if (error instanceof StoreInUseError) return `embedded, in ${dataDir}; a running worker has it open`;
    throw error;
  }
}

async function redisAnswers(url: Secret): Promise<string> {
  const { place, isCluster, evictionPolicy } = await probeRedis(url.reveal());
  const advice = evictionPolicy === 'noeviction' ? '' : `; set maxmemory-policy to noeviction (now ${evictionPolicy}), or jobs can be lost`;
  return `${isCluster ? 'Redis Cluster' : 'Redis'} at ${place}${advice}`;
}

async function smtpAnswers(settings: SmtpSettings): Promise<string> {
  await smtpServer(settings).verify();
  return `${settings.host}:${String(settings.port)}${savesSent(settings) ? ', copies go to Sent' : ''}`;
}

async function mailboxAnswers(config: MailboxConfig, { maxMessageBytes }: Config): Promise<string> {
  const mailbox = mailboxOf(config, maxMessageBytes);
  try {
    const state = await mailbox.open();
    const keywords = state.keywordsAllowed ? '' : '; it keeps no keywords, so mail is not marked';
    return `${placeOf(config)}, drafts go to ${state.draftsFolder}${keywords}`;
  } finally {
    await mailbox.close();
  }
}
