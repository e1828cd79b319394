import { z } from 'zod';
import { ownFactName } from '../facts/merchant/own-facts.ts';
import { isLoopback } from '../mailbox/imap-options.ts';

/**
 * Records settings: where a merchant's orders live, and which of their columns give which facts. `records:` in a `policy.yaml`, or under a merchant's name in the
 * configuration. Never holds a secret: only the name of the variable that does.
 */
export const recordFactNames = [
  'order_number', 'transaction_id', 'account_email', 'generator', 'paid_at', 'fulfilled_at', 'occurred_at', 'amount', 'payment_method', 'card_last4', 'credits_used', 'credits_total',
  'credits_left', 'revision_count', 'used_percent', 'outage_hours', 'telegram_id', 'promo_funds', 'account_blocked', 'partial_bundle', 'work_started', 'printed', 'approved',
] as const;
export type RecordFactName = (typeof recordFactNames)[number];

/** What an order can be looked up by. */
export const recordKeys = ['order_number', 'transaction_id', 'account_email'] as const;
export type RecordKey = (typeof recordKeys)[number];

/** Begins the names of all variables that hold a secret for records, so that no pack can ask for another secret and send it somewhere. */
export const recordSecretPrefix = 'REFUND_TRIAGE_RECORDS_';

const secretSchema = z
  .string()
  .regex(/^REFUND_TRIAGE_RECORDS_[A-Z0-9_]*[A-Z0-9]$/, `must be the name of a variable that begins with ${recordSecretPrefix}`)
  .refine((name) => !name.endsWith('_FILE'), 'must be the name without _FILE')
  .describe('The name of the environment variable that holds it; or, with _FILE behind the name, of one that names a file with it. Never the secret itself');

const columnSchema = z.string().min(1).describe('A column by its name; in JSON also a JSON pointer such as /payment/total');

const fieldSchema = z.union([
  columnSchema,
  z.strictObject({
    from: columnSchema,
    values: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).optional().describe('What each of your words means here: { Shipped: true, New: false }. Other words tell nothing'),
    format: z.string().regex(/^(?:unix|unix_ms|(?:DD|MM|YYYY)[./-](?:DD|MM)[./-](?:DD|YYYY)(?: HH:mm(?::ss)?)?)$/, 'must be such as DD.MM.YYYY, MM/DD/YYYY HH:mm, unix or unix_ms').optional().describe('How a date is written, where it is not 2026-03-17, 2026-03-17 14:05 or 2026-03-17T14:05Z'),
    currency: z.string().regex(/^[A-Z]{3,5}$/, 'must be a code such as EUR').optional().describe('Of a sum, where it stands in no column'),
    currency_from: columnSchema.optional().describe("The column of a sum's currency"),
    minor_units: z.boolean().optional().describe('The sum is in cents'),
  }),
]);
export type FieldSettings = z.output<typeof fieldSchema>;

const csvSchema = z.strictObject({
  file: z.string().min(1).describe('Relative to the folder of the file that says so. Read again whenever it changes'),
  delimiter: z.enum([',', ';', '\t', '|']).optional().describe('Found by itself where it is left out'),
});

const timeoutSchema = z.int().min(1).max(10).default(3).describe('How long one attempt may take; there are up to three');
const cacheSchema = z.int().min(0).max(86_400).default(60).describe('How long an answer is taken for true without asking again');

const urlSchema = (key: RecordKey) => z.string().refine((url) => url.includes(`{${key}}`), `must have {${key}} in it`).refine((url) => /^https?:\/\/[^/{}]+\//u.test(url) && URL.canParse(url), 'must be an address that begins with https:// and whose host is plain');

const httpSchema = z
  .strictObject({
    by_order_number: urlSchema('order_number').optional().describe('https://shop.example/orders/{order_number}'),
    by_transaction_id: urlSchema('transaction_id').optional(),
    by_account_email: urlSchema('account_email').optional().describe('Where several of a customer are given, the day of payment must single one out'),
    list: z.string().regex(/^(?:\/.*)?$/u, 'must be a JSON pointer such as /orders').default('').describe('Where in the answer the order, or the list of orders, is. The whole answer when left out'),
    header: z.strictObject({ name: z.string().regex(/^[A-Za-z][A-Za-z0-9-]*$/u), before: z.string().regex(/^[\x20-\x7e]*$/u).default('').describe('What stands before the secret: "Bearer "'), secret: secretSchema }).optional().describe('A header that carries a secret'),
    allow_http: z.boolean().default(false).describe('Allows http:// to another machine: for a server of your own in a network of your own'),
    timeout_seconds: timeoutSchema,
    cache_seconds: cacheSchema,
  })
  .superRefine((http, context) => {
    const urls = recordKeys.flatMap((key) => (http[`by_${key}`] === undefined ? [] : [{ key: `by_${key}`, url: http[`by_${key}`] ?? '' }]));
    if (urls.length === 0) context.addIssue({ code: 'custom', path: [], message: 'expected by_order_number, by_transaction_id or by_account_email' });
    // Orders and the secret over an open line are read by whoever listens.
    for (const { key, url } of urls) {
      if (!http.allow_http && url.startsWith('http:') && URL.canParse(url) && !isLoopback(new URL(url).hostname)) context.addIssue({ code: 'custom', path: [key], message: 'http:// is allowed only for this machine; use https://, or allow_http: true in a network of your own' });
    }
  });

const querySchema = z
  .string()
  .refine((query) => /^\s*(?:select|with|values)\b/iu.test(query), 'must begin with SELECT, WITH or VALUES')
  .refine((query) => query.includes('$1'), 'must have $1 where the value goes, without quotes around it')
  .refine((query) => !query.includes('$2'), 'has one parameter only, $1');

const sqlSchema = z
  .strictObject({
    connection: secretSchema.describe('The name of the variable that holds postgres://…; best of a user who may only read'),
    by_order_number: querySchema.optional().describe('SELECT … WHERE number = $1'),
    by_transaction_id: querySchema.optional(),
    by_account_email: querySchema.optional(),
    timeout_seconds: timeoutSchema,
    cache_seconds: cacheSchema,
  })
  .refine((sql) => recordKeys.some((key) => sql[`by_${key}`] !== undefined), 'expected by_order_number, by_transaction_id or by_account_email');

export const recordsSchema = z
  .strictObject({
    csv: csvSchema.optional().describe('A file with a line for each order, and the names of the columns in its first line'),
    http: httpSchema.optional().describe('A server that is asked for an order, and answers in JSON'),
    sql: sqlSchema.optional().describe('A PostgreSQL that is asked for an order, in a transaction that can only read'),
    time_zone: z.string().refine(isTimeZone, 'must be an IANA time zone such as Europe/Minsk').optional().describe("Of times without an offset; the merchant's when left out"),
    fields: z.partialRecord(z.enum(recordFactNames), fieldSchema).describe('By fact, the column that gives it. Map account_email: by it an order of somebody else is known'),
    own_facts: z.record(z.string().regex(ownFactName, 'must begin with is_, has_ or was_'), fieldSchema).default({}).describe("The same for the merchant's own facts"),
  })
  .superRefine((records, context) => {
    if ([records.csv, records.http, records.sql].filter((each) => each !== undefined).length !== 1) context.addIssue({ code: 'custom', path: [], message: 'expected one of csv, http and sql' });
    if (records.csv !== undefined && !recordKeys.some((key) => records.fields[key] !== undefined)) context.addIssue({ code: 'custom', path: ['fields'], message: 'expected order_number, transaction_id or account_email, to look orders up by' });
    // An endpoint that finds by likeness, or gives the newest order to whoever asks, is found out by comparing.
    for (const key of recordKeys) {
      if (records.fields[key] === undefined && (records.http?.[`by_${key}`] ?? records.sql?.[`by_${key}`]) !== undefined) context.addIssue({ code: 'custom', path: ['fields'], message: `expected ${key}, by which orders are looked up` });
    }
  });
export type RecordsSettings = z.output<typeof recordsSchema>;

/** Every column that the settings name, each once. */
export function columnsOf({ fields, own_facts: own }: Pick<RecordsSettings, 'fields' | 'own_facts'>): string[] {
  return [...new Set([...Object.values(fields), ...Object.values(own)].flatMap((field) => (typeof field === 'string' ? [field] : [field.from, ...(field.currency_from === undefined ? [] : [field.currency_from])])))];
}

/** By what an order can be looked up in these records. */
export function keysOf({ csv, http, sql, fields }: RecordsSettings): RecordKey[] {
  return recordKeys.filter((key) => (csv === undefined ? (http?.[`by_${key}`] ?? sql?.[`by_${key}`]) : fields[key]) !== undefined);
}

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}
