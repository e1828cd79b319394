import type { Config } from '../config.ts';
import type { Store } from '../cases/store.ts';
import type { FileReader } from '../files/look-into-files.ts';
import type { SecondReader } from '../model/second-reader.ts';
import type { Packs } from '../packs/pack.ts';
import { openTriageThreads } from '../worker/triage-threads.ts';
import { laterRecords, openRecords } from '../records/records-reader.ts';
import type { Generation } from './live-triage.ts';
import { checkMerchants } from './check-merchants.ts';
import { merchantsRecords } from './merchants-records.ts';
import { triageMailWith } from './triage-mail.ts';

export interface TriageParts {
  /** Where the packs were read. */
  readonly templatesDir: string;
  readonly config: Config;
  readonly store: Store;
  readonly fileReader: FileReader | null;
  readonly secondReader: SecondReader | null;
  readonly onRecordsFailure: (merchant: string, error: Error) => void;
  /** Whether there is a queue for mails whose order is to be looked up; null where these packs say. Without one they are asked in between. */
  readonly hasRecordsQueue: boolean | null;
}

/** Everything that rests on the packs. Throws `ConfigError` where the configuration names merchants that have none. */
export function triagesOfPacks(packs: Packs, { templatesDir, config, store, fileReader, secondReader, onRecordsFailure, hasRecordsQueue }: TriageParts): Generation {
  checkMerchants({ ...config, templatesDir }, packs);
  const known = merchantsRecords(packs, templatesDir, config.records);
  const records = openRecords(known, config.records.secrets, { onFailure: onRecordsFailure });
  const settings = {
    authservIds: config.authservIds, merchants: new Map(config.mailboxes.map(({ name, merchant }) => [name, merchant])),
    countEarlierRequests: store.countEarlierRequests, findThread: store.findThread,
  };
  const withQueue = hasRecordsQueue ?? known.length > 0;
  const triageHere = triageMailWith(packs, { ...settings, records: withQueue ? laterRecords(known) : records });
  // Where the records are asked in between, that is for this thread to do.
  const threads = openTriageThreads({
    templatesDir, authservIds: config.authservIds, merchants: settings.merchants, records: known, packHashes: packs.map(({ hash }) => hash),
    threads: withQueue || known.length === 0 ? config.triageThreads : 0, triageHere, questions: store,
  });
  return {
    triage: threads.triage,
    triageWithRecords: withQueue ? triageMailWith(packs, { ...settings, records }) : null,
    triageWithFiles: fileReader === null ? null : triageMailWith(packs, { ...settings, fileReader, secondReader, records }),
    triageWithSecondReader: secondReader === null ? null : triageMailWith(packs, { ...settings, secondReader, records }),
    close: async () => { await Promise.all([threads.close(), records.close()]); },
  };
}
