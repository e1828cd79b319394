import { dirname, resolve } from 'node:path';
import type { Facts } from '../facts/facts.ts';
import type { Message } from '../message/message.ts';
import type { Secret } from '../secret.ts';
import { withPatience } from './cached-source.ts';
import { lookUp, questionsOf, type LookUp } from './look-up.ts';
import type { OrderSource } from './order-source.ts';
import { RecordsUnavailableError, RecordsUnusableError } from './records-errors.ts';
import { columnsOf, keysOf, type RecordsSettings } from './records-settings.ts';

/** A records reader: looks up the orders of the merchants whose records are known. Never throws for a lookup. */
export interface RecordsReader {
  /** Null where there is nothing to look up, or the merchant has no records. Takes ten seconds at the most. */
  readonly lookUp: (merchant: string, timeZone: string, message: Message, facts: Facts) => Promise<LookUp | null>;
}

/** Where one merchant's orders live. */
export interface MerchantRecords {
  readonly merchant: string;
  readonly settings: RecordsSettings;
  /** The file that says so; a CSV file is named relative to its folder. */
  readonly saidIn: string;
}

/** Secrets by the name of their variable. */
export type RecordSecrets = ReadonlyMap<string, Secret>;

export interface OpenRecords extends RecordsReader {
  /** In the order of the merchants' names. */
  readonly merchants: readonly string[];
  /** Says what is fine about a merchant's records. Throws `RecordsUnavailableError`, `RecordsUnusableError`. */
  readonly check: (merchant: string) => Promise<string>;
  readonly close: () => Promise<void>;
}

const maxLookUpMs = 10_000;
const maxCheckMs = 20_000;

/** Opens nothing yet: a merchant's records are reached when the first mail asks for them. */
export function openRecords(records: readonly MerchantRecords[], secrets: RecordSecrets, { onFailure }: { readonly onFailure?: (merchant: string, error: Error) => void } = {}): OpenRecords {
  const settingsOf = new Map(records.map((each) => [each.merchant, each]));
  const sources = new Map<string, Promise<OrderSource>>();
  const sourceOf = async (known: MerchantRecords): Promise<OrderSource> => {
    const opened = sources.get(known.merchant) ?? openSource(known, secrets);
    sources.set(known.merchant, opened);
    return await opened;
  };
  return {
    merchants: [...settingsOf.keys()].toSorted(),
    lookUp: async (merchant, timeZone, message, facts) => {
      const known = settingsOf.get(merchant);
      if (known === undefined || questionsOf(message, facts, keysOf(known.settings)).length === 0) return null;
      try {
        return await within(maxLookUpMs, async (signal) => await lookUp(await sourceOf(known), known.settings, timeZone, message, facts, signal));
      } catch (error) {
        onFailure?.(merchant, error instanceof Error ? error : new Error(String(error)));
        return { kind: 'unavailable' };
      }
    },
    check: async (merchant) => {
      const known = settingsOf.get(merchant);
      if (known === undefined) throw new RecordsUnusableError(`${merchant} has no records.`);
      return await within(maxCheckMs, async (signal) => await (await sourceOf(known)).check(signal));
    },
    close: async () => {
      await Promise.allSettled([...sources.values()].map(async (source) => { await (await source).close(); }));
    },
  };
}

/** A reader that only says whose records will have to be asked, so that asking holds up nobody. */
export function laterRecords(records: readonly MerchantRecords[]): RecordsReader {
  const settingsOf = new Map(records.map((each) => [each.merchant, each.settings]));
  return {
    lookUp: async (merchant, _timeZone, message, facts) => {
      const settings = settingsOf.get(merchant);
      return await Promise.resolve(settings === undefined || questionsOf(message, facts, keysOf(settings)).length === 0 ? null : { kind: 'later' });
    },
  };
}

/** Loads what that kind of records needs: reading one mail shall not wait for a database's library. */
async function openSource({ settings, saidIn }: MerchantRecords, secrets: RecordSecrets): Promise<OrderSource> {
  const secretOf = (name: string): Secret => {
    const secret = secrets.get(name);
    if (secret === undefined) throw new RecordsUnusableError(`${name} is not set: set it, or ${name}_FILE, in the environment.`);
    return secret;
  };
  const { csv, http, sql } = settings;
  if (csv !== undefined) return (await import('./csv-orders.ts')).openCsvOrders(resolve(dirname(saidIn), csv.file), settings);
  if (http !== undefined) return withPatience((await import('./http-orders.ts')).openHttpOrders(http, http.header === undefined ? null : secretOf(http.header.secret)), { cacheMs: http.cache_seconds * 1_000 });
  if (sql !== undefined) return withPatience((await import('./sql-orders.ts')).openSqlOrders(sql, columnsOf(settings), secretOf(sql.connection)), { cacheMs: sql.cache_seconds * 1_000 });
  throw new RecordsUnusableError('The records name no csv, http or sql.');
}

async function within<Result>(timeMs: number, work: (signal: AbortSignal) => Promise<Result>): Promise<Result> {
  const giveUp = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      reject(new RecordsUnavailableError(`The records did not answer within ${String(timeMs / 1_000)} seconds.`));
      giveUp.abort();
    }, timeMs);
  });
  try {
    return await Promise.race([work(giveUp.signal), timeout]);
  } finally {
    clearTimeout(timer);
  }
}
