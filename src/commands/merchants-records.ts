import { join } from 'node:path';
import { ConfigError, type RecordsConfig } from '../config.ts';
import { didYouMean } from '../nearest-name.ts';
import type { Packs } from '../packs/pack.ts';
import { policyFile } from '../packs/stored-pack.ts';
import { openRecords, type MerchantRecords, type OpenRecords } from '../records/records-reader.ts';
import type { Call } from './command.ts';

/** Where the merchants' orders live: as the configuration says, else as their packs do. Throws `ConfigError` where the configuration names a merchant that has no pack. */
export function merchantsRecords(packs: Packs, templatesDir: string, { merchants }: Pick<RecordsConfig, 'merchants'>): readonly MerchantRecords[] {
  const names = packs.map(({ name }) => name);
  const stranger = merchants.find(({ merchant }) => !names.includes(merchant));
  if (stranger !== undefined) throw new ConfigError(`records: merchants: there is no folder "${stranger.merchant}" in ${templatesDir}.${didYouMean(stranger.merchant, names)}`);
  return packs.flatMap(({ name, policy }): MerchantRecords[] => {
    const configured = merchants.find(({ merchant }) => merchant === name);
    if (configured !== undefined) return [configured];
    return policy.records === undefined ? [] : [{ merchant: name, settings: policy.records, saidIn: join(templatesDir, name, policyFile) }];
  });
}

/** For mails in files: what the records fail to answer is told on standard error, and the mail is read without them. */
export function openRecordsForReading(packs: Packs, templatesDir: string, config: RecordsConfig, { stderr }: Pick<Call, 'stderr'>): OpenRecords {
  return openRecords(merchantsRecords(packs, templatesDir, config), config.secrets, {
    onFailure: (merchant, error) => { stderr.write(`refund-triage: read without the records of ${merchant}: ${error.message}\n`); },
  });
}
