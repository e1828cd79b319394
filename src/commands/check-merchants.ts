import { ConfigError, type Config } from '../config.ts';
import { didYouMean } from '../nearest-name.ts';
import type { Packs } from '../packs/pack.ts';

/** Throws `ConfigError` where a mailbox is said to be of a merchant that has no pack. */
export function checkMerchants(config: Pick<Config, 'mailboxes' | 'templatesDir'>, packs: Packs): void {
  const names = packs.map(({ name }) => name);
  for (const { name, merchant } of config.mailboxes) {
    if (merchant !== null && !names.includes(merchant)) {
      throw new ConfigError(`mailbox ${name}: merchant: there is no folder "${merchant}" in ${config.templatesDir}.${didYouMean(merchant, names)}`);
    }
  }
}
