import { z } from 'zod';
import { deskSchema } from './config-desk.ts';
import { smtpSchema, webhookSchema } from './config-sending.ts';
import { isLoopback } from './mailbox/imap-options.ts';
import { recordsSchema } from './records/records-settings.ts';
import { readRedisUrl } from './worker/redis-address.ts';

/**
 * What a configuration file can hold. Published as `config.schema.json`, so that editors can complete and check the file.
 * Every setting has a default; the mailboxes may also come from the environment (`config-environment.ts`).
 */

const path = z.string().min(1);
const port = z.int().min(1).max(65_535);
const address = z.string().min(1);

const since = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2})?(Z|[+-]\d{2}:\d{2})?)?$/, 'expected a date such as 2026-03-01')
  .refine((text) => !Number.isNaN(Date.parse(text)), 'expected a date such as 2026-03-01')
  .describe('On first contact also work through mail that arrived on or after this date. Without it, first contact starts from now.');

const drafts = z.string().min(1).describe('The folder that drafts go to. Found by itself when left out.');
const sent = z.string().min(1).describe('The folder that holds what was sent. Found by itself when left out.');
const mailboxName = z.string().regex(/^[\w.@-]{1,64}$/, 'expected letters, digits and . _ @ -, at most 64').describe('Unique name; it stands in the store and in the log.');

const merchant = z
  .string()
  .min(1)
  .describe("The only merchant whose mail comes here: its folder's name under templates. Where it is left out, the address that a mail was written to tells.");

const imapSchema = z.strictObject({
  name: mailboxName,
  type: z.literal('imap'),
  host: address,
  port: port.optional().describe('993 for tls, 143 for starttls and none, when left out.'),
  security: z.enum(['tls', 'starttls', 'none']).default('tls').describe('none is refused unless the host is this machine.'),
  user: z.string().min(1),
  password: z.string().min(1).optional().describe('Better: password_file.'),
  password_file: path.optional().describe('A file whose first line is the password.'),
  ca_file: path.optional().describe('PEM certificates to trust beside the system\'s, for a server with its own.'),
  folder: z.string().min(1).default('INBOX'),
  drafts_folder: drafts.optional(),
  sent_folder: sent.optional(),
  since: since.optional(),
  merchant: merchant.optional(),
  smtp: smtpSchema.optional(),
});

const maildirSchema = z.strictObject({
  name: mailboxName,
  type: z.literal('maildir'),
  path: path.describe('The directory that holds cur, new and tmp.'),
  drafts_folder: drafts.optional(),
  sent_folder: sent.optional(),
  since: since.optional(),
  merchant: merchant.optional(),
  smtp: smtpSchema.optional(),
});

/** Nothing of it is looked at, and no model is asked, unless it has a name: a key for other programs may stand in the environment. */
export const modelSchema = z
  .strictObject({
    name: z.string().min(1).optional().describe("The language model to ask where the reader is unsure, by its server's name for it. None is asked where it is left out; and only about mail of merchants whose policy.yaml says model: { consent: true }."),
    api_key: z.string().min(1).optional().describe('Better: api_key_file.'),
    api_key_file: path.optional().describe('A file whose first line is the key.'),
    base_url: z.string().min(1).optional().describe("Of a server that speaks OpenAI's protocol, with its /v1. OpenAI's own when left out."),
    allow_http: z.boolean().default(false).describe('Allows http:// to another machine: for a server of your own in a network of your own.'),
    screenshots: z.boolean().default(false).describe('Also shows it pictures of screens, which cannot be masked, of merchants whose policy.yaml says model: { consent: true, screenshots: true }.'),
    timeout_seconds: z.int().min(1).max(30).default(15).describe('The longest that a mail waits for the model, retries included. Then it goes on without.'),
    concurrency: z.int().min(1).max(32).default(4).describe('Questions on their way at the same time.'),
    max_tokens_per_day: z.int().min(0).max(1_000_000_000).default(1_000_000).describe('Input and output together, in a day of UTC.'),
    max_tokens_per_case: z.int().min(0).max(1_000_000).default(12_000),
  })
  .superRefine((model, context) => {
    if (model.name === undefined) return;
    if (model.api_key !== undefined && model.api_key_file !== undefined) context.addIssue({ code: 'custom', path: ['api_key'], message: 'give api_key_file or api_key, not both' });
    if (model.base_url === undefined && model.api_key === undefined && model.api_key_file === undefined) context.addIssue({ code: 'custom', path: ['api_key_file'], message: 'an api_key_file is required, or a base_url of a server that asks for none' });
    checkProtocol(model.base_url, ['https:', 'http:'], 'base_url', context);
    // The words of customers, and the key, over an open line are read by whoever listens.
    if (model.base_url !== undefined && URL.canParse(model.base_url) && new URL(model.base_url).protocol === 'http:' && !model.allow_http && !isLoopback(new URL(model.base_url).hostname.replaceAll(/^\[|\]$/g, ''))) {
      context.addIssue({ code: 'custom', path: ['base_url'], message: 'http:// is allowed only for this machine; use https://, or allow_http: true in a network of your own' });
    }
  });

export const recordsConfigSchema = z
  .strictObject({
    wait_minutes: z.int().min(0).max(1_440).default(30).describe('How long a mail waits for records that do not answer. Then it goes on without, and a person is told to look the order up.'),
    merchants: z.record(z.string().min(1), recordsSchema).default({}).describe("By merchant, its folder's name under templates: where its orders live. Goes before what its policy.yaml says; files are relative to this file."),
  })
  .describe("The merchants' own records of orders, beside those that their policy.yaml names.");

export const monitoringSchema = z.strictObject({
  host: address.default('127.0.0.1').describe('0.0.0.0 for all addresses of the machine. What is told names mailboxes and merchants, no customers.'),
  port: port.default(9464),
});

const telemetrySchema = z
  .strictObject({
    otlp_endpoint: z.url({ protocol: /^https?$/ }).describe('Address of an OpenTelemetry collector that takes OTLP over HTTP, such as http://127.0.0.1:4318.'),
    sample_ratio: z.number().min(0).max(1).default(1).describe('Which share of the batches is traced.'),
  })
  .describe('Traces of each batch of mail and its stages. Nothing is traced when left out.');

export const configSchema = z
  .strictObject({
    mailboxes: z.array(z.discriminatedUnion('type', [imapSchema, maildirSchema])).min(1, 'expected at least one mailbox').describe('The mailboxes to watch.'),
    data_dir: path.optional().describe('Where the embedded store lies. ~/.local/share/refund-triage when left out.'),
    templates_dir: path.optional().describe("The merchants' folders. Those that come with the program when left out."),
    database_url: z.string().min(1).optional().describe('postgres://… for the store. An embedded database in data_dir when left out.'),
    database_url_file: path.optional().describe('A file whose first line is the database_url.'),
    database_password_file: path.optional().describe('A file whose first line is the password for database_url and database_replica_url, where these have none.'),
    database_replica_url: z.string().min(1).optional().describe('postgres://… of a replica, for what the desk and status only read. The database_url itself when left out, or when the replica does not answer.'),
    database_replica_url_file: path.optional().describe('A file whose first line is the database_replica_url.'),
    redis_url: z.string().min(1).optional().describe('redis://… for the queue; several nodes of a cluster with commas between. The queue lies in the store when left out.'),
    redis_url_file: path.optional().describe('A file whose first line is the redis_url.'),
    concurrency: z.int().min(1).max(64).default(2).describe('Batches of mail worked on at the same time.'),
    triage_threads: z.int().min(0).max(64).optional().describe('Threads that read mail beside the main one, once much of it waits: about 300 MB each. Two less than there are cores, and 4 at the most, when left out.'),
    reconcile_interval_seconds: z.int().min(1).max(86_400).default(60).describe('How often the mailbox is compared with the store, for mail that went by unnoticed.'),
    audit_interval_seconds: z.int().min(0).max(604_800).default(3_600).describe('How often everything in the mailbox and in Drafts is held against the store, as the command audit does. 0: never.'),
    max_message_bytes: z.int().min(65_536).max(67_108_864).default(4_194_304).describe('No more than this much of one mail is fetched: text first, attachments by their beginning. Files that are looked into come whole, up to 24 MB of a mail.'),
    look_into_files: z.boolean().default(true).describe('Screenshots and receipts are read where the policy asks for what they show: about a second of one core each, in a queue of their own.'),
    authserv_ids: z.array(z.string().min(1)).default([]).describe('Whose Authentication-Results count (RFC 8601). The topmost ones when left out.'),
    model: modelSchema.optional(),
    records: recordsConfigSchema.default({ wait_minutes: 30, merchants: {} }),
    monitoring: monitoringSchema.nullable().optional().describe('Where /healthz, /readyz, /metrics and /status answer. Null: nowhere.'),
    telemetry: telemetrySchema.optional(),
    smtp: smtpSchema.optional(),
    webhooks: z.array(webhookSchema).default([]).describe('Addresses that are told what happens to cases: signed, and told again until they answer.'),
    desk: deskSchema.nullable().optional().describe('The page where people review, mend and send. Null: none.'),
    log_level: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
  })
  .superRefine((config, context) => {
    const names = new Set<string>();
    for (const [index, mailbox] of config.mailboxes.entries()) {
      const at = (key: string) => ['mailboxes', index, key];
      if (names.has(mailbox.name)) context.addIssue({ code: 'custom', path: at('name'), message: 'another mailbox has this name' });
      names.add(mailbox.name);
      if (mailbox.type !== 'imap') continue;
      if (mailbox.password === undefined && mailbox.password_file === undefined) {
        context.addIssue({ code: 'custom', path: at('password_file'), message: 'a password_file or a password is required' });
      }
      if (mailbox.password !== undefined && mailbox.password_file !== undefined) {
        context.addIssue({ code: 'custom', path: at('password'), message: 'give password_file or password, not both' });
      }
      // A password over an open line is read by whoever listens.
      if (mailbox.security === 'none' && !isLoopback(mailbox.host)) {
        context.addIssue({ code: 'custom', path: at('security'), message: 'none is allowed only for this machine; use tls or starttls' });
      }
    }
    for (const key of ['database_url', 'database_replica_url', 'redis_url'] as const) {
      if (config[key] !== undefined && config[`${key}_file`] !== undefined) {
        context.addIssue({ code: 'custom', path: [key], message: `give ${key} or ${key}_file, not both` });
      }
    }
    checkProtocol(config.database_url, ['postgres:', 'postgresql:'], 'database_url', context);
    checkProtocol(config.database_replica_url, ['postgres:', 'postgresql:'], 'database_replica_url', context);
    const urlKey = config.database_replica_url === undefined ? 'database_replica_url_file' : 'database_replica_url';
    if (config[urlKey] !== undefined && config.database_url === undefined && config.database_url_file === undefined) {
      context.addIssue({ code: 'custom', path: [urlKey], message: 'a replica of what? Give a database_url' });
    }
    if (config.redis_url !== undefined && readRedisUrl(config.redis_url) === null) {
      context.addIssue({ code: 'custom', path: ['redis_url'], message: 'expected an address such as redis://host:6379, rediss://…, or several nodes of a cluster as redis://host:6379,host:6379' });
    }
  });

export type ConfigFile = z.output<typeof configSchema>;

export function configJsonSchema(): object {
  return {
    ...z.toJSONSchema(configSchema, { io: 'input' }),
    title: 'Configuration of refund-triage',
  };
}

function checkProtocol(url: string | undefined, protocols: readonly string[], key: string, context: z.RefinementCtx): void {
  if (url === undefined) return;
  const protocol = URL.canParse(url) ? new URL(url).protocol : '';
  if (!protocols.includes(protocol)) {
    context.addIssue({ code: 'custom', path: [key], message: `expected an address that begins with ${protocols.map((known) => `${known}//`).join(' or ')}` });
  }
}
