import { readFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { availableParallelism, homedir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { childOf, describeIssues, keyText, parseYaml, type YamlProblem } from './checked-yaml.ts';
import { deskOf, type DeskConfig } from './config-desk.ts';
import { smtpOf, webhooksOf } from './config-sending.ts';
import { configFileVariable, layEnvironmentOver, type Environment, type Layered } from './config-environment.ts';
import { readRecordSecrets } from './config-records.ts';
import { configSchema, modelSchema, monitoringSchema, type ConfigFile } from './config-schema.ts';
import { TriageError } from './errors.ts';
import { openAiBaseUrl, type ModelSettings } from './model/model-settings.ts';
import type { MerchantRecords, RecordSecrets } from './records/records-reader.ts';
import { Secret } from './secret.ts';
import type { SmtpSettings } from './sending/smtp-settings.ts';
import type { WebhookSettings } from './sending/webhook-settings.ts';

/**
 * The configuration as the commands use it: one YAML file with the environment over it, checked, with defaults, absolute paths and
 * the secrets' files read. Made by `loadConfig`.
 */
export interface Config {
  /** The file it came from; null where the environment said all. */
  readonly file: string | null;
  readonly mailboxes: readonly MailboxConfig[];
  readonly dataDir: string;
  readonly templatesDir: string;
  readonly databaseUrl: Secret | null;
  /** Of a replica for reading; null where there is none. */
  readonly databaseReplicaUrl: Secret | null;
  readonly redisUrl: Secret | null;
  readonly concurrency: number;
  /** Beside the main one; 0: none. */
  readonly triageThreads: number;
  readonly reconcileIntervalMs: number;
  /** 0: never. */
  readonly auditIntervalMs: number;
  readonly maxMessageBytes: number;
  readonly looksIntoFiles: boolean;
  readonly authservIds: readonly string[];
  /** The model to ask where the reader is unsure; null where there is none. */
  readonly model: ModelSettings | null;
  readonly records: RecordsConfig;
  /** Where health and metrics are served; null where they are not. */
  readonly monitoring: MonitoringConfig | null;
  /** Where traces go; null where nothing is traced. */
  readonly telemetry: { readonly otlpEndpoint: string; readonly sampleRatio: number } | null;
  /** Where the desk is served; null where it is not. */
  readonly desk: DeskConfig | null;
  readonly webhooks: readonly WebhookSettings[];
  readonly logLevel: ConfigFile['log_level'];
}

export interface MonitoringConfig {
  readonly host: string;
  readonly port: number;
  /** The configuration says so; else it is the default, which another process on the machine may have taken. */
  readonly isAsked: boolean;
}

/** What the configuration says of the merchants' records. */
export interface RecordsConfig {
  /** How long a mail waits for records that do not answer. */
  readonly waitMs: number;
  /** Those that the configuration names itself, which go before the packs'. */
  readonly merchants: readonly MerchantRecords[];
  readonly secrets: RecordSecrets;
}

export type MailboxConfig = ImapMailboxConfig | MaildirMailboxConfig;

export interface ImapMailboxConfig {
  readonly type: 'imap';
  readonly name: string;
  readonly host: string;
  readonly port: number;
  readonly security: 'tls' | 'starttls' | 'none';
  readonly user: string;
  readonly password: Secret;
  /** PEM certificates to trust beside the system's. */
  readonly ca: string | null;
  readonly folder: string;
  readonly draftsFolder: string | null;
  readonly sentFolder: string | null;
  readonly since: Date | null;
  /** Name of the only pack whose mail comes here; null where the mail tells. */
  readonly merchant: string | null;
  /** What its answers are sent by; null where nothing can be sent. */
  readonly smtp: SmtpSettings | null;
}

export interface MaildirMailboxConfig {
  readonly type: 'maildir';
  readonly name: string;
  readonly path: string;
  readonly draftsFolder: string | null;
  readonly sentFolder: string | null;
  readonly since: Date | null;
  readonly merchant: string | null;
  /** What its answers are sent by; null where nothing can be sent. */
  readonly smtp: SmtpSettings | null;
}

/** The configuration cannot be used. The message has one line for each thing that is wrong: `file:line:column key: what`. */
export class ConfigError extends TriageError {
  readonly code = 'config_invalid';
  readonly retryable = false;
}

/** A file that the configuration names, or the configuration file itself, cannot be read. */
export class ConfigFileError extends TriageError {
  readonly code = 'config_unreadable';
  readonly retryable = false;
}

export const defaultConfigFile = 'refund-triage.yaml';

/** The packs that come with the program, beside `src/` and `dist/` alike. */
export const bundledTemplatesDir = fileURLToPath(new URL('../templates', import.meta.url));

/**
 * Reads `file`, else the file that `REFUND_TRIAGE_CONFIG` names, else `refund-triage.yaml` where there is one; lays `environment` over it.
 * Throws `ConfigError` with everything that is wrong, or `ConfigFileError`.
 */
export async function loadConfig(file: string | null, environment: Environment): Promise<Config> {
  const { data, path, absolute } = await loadChecked(file, environment, configSchema);
  return await finish(data, path, absolute, environment);
}

const partSchema = z.looseObject({ model: modelSchema.optional(), records: configSchema.shape.records, templates_dir: configSchema.shape.templates_dir });

/** What the configuration says of the model, the records and the packs, for what works on files and needs no mailbox. Throws as `loadConfig` does. */
export async function loadReadingConfig(file: string | null, environment: Environment): Promise<Pick<Config, 'model' | 'records' | 'templatesDir'>> {
  const { data, path, absolute } = await loadChecked(file, environment, partSchema);
  return { model: await modelOf(data.model, secretReader(absolute)), records: await recordsOf(data.records, path, environment), templatesDir: templatesDirOf(data, absolute) };
}

/** Where the configuration has the packs, whatever else is in it; the bundled ones where there is none. Throws as `loadConfig` does. */
export async function loadTemplatesDir(environment: Environment): Promise<string> {
  const { data, absolute } = await loadChecked(null, environment, partSchema.pick({ templates_dir: true }));
  return templatesDirOf(data, absolute);
}

async function loadChecked<Schema extends z.ZodType>(file: string | null, environment: Environment, schema: Schema): Promise<{ data: z.output<Schema>; path: string | null; absolute: (path: string) => string }> {
  const named = file ?? environment[configFileVariable] ?? null;
  const path = named ?? (existsSync(defaultConfigFile) ? defaultConfigFile : null);
  const source = path === null ? '' : await readNamedFile(path, 'the configuration file');
  const yaml = parseYaml(source);
  if (yaml.problems.length > 0) throw new ConfigError(yaml.problems.map((problem) => fileLine(path, problem)).join('\n'));

  const layered = layEnvironmentOver(yaml.value, environment, (relative) => resolve(relative));
  const parsed = schema.safeParse(layered.value);
  const lines = [
    ...layered.problems.map((problem) => `${problem.variable}: ${problem.message}`),
    ...(parsed.success
      ? []
      : describeIssues(parsed.error, schema, layered.value, yaml.locate).map((problem) => problemLine(path, problem, layered))),
  ];
  if (!parsed.success || lines.length > 0) throw new ConfigError(withHint(lines, path, layered));
  const baseDir = path === null ? process.cwd() : dirname(resolve(path));
  return { data: parsed.data, path, absolute: (relative) => resolve(baseDir, expandHome(relative)) };
}

async function finish(file: ConfigFile, path: string | null, absolute: (path: string) => string, environment: Environment): Promise<Config> {
  const secretOf = secretReader(absolute);
  const databasePassword = await secretOf(undefined, file.database_password_file, "the database's password");
  const databaseUrlOf: SecretReader = async (...said) => withPassword(await secretOf(...said), databasePassword);
  const readCertificates = async (certificates: string): Promise<string> => await readNamedFile(absolute(certificates), 'the certificates');
  const mailboxes: MailboxConfig[] = [];
  for (const mailbox of file.mailboxes) {
    const shared = {
      name: mailbox.name,
      draftsFolder: mailbox.drafts_folder ?? null,
      sentFolder: mailbox.sent_folder ?? null,
      since: mailbox.since === undefined ? null : new Date(mailbox.since),
      merchant: mailbox.merchant ?? null,
      smtp: await smtpOf(mailbox.smtp ?? file.smtp, secretOf, readCertificates),
    };
    if (mailbox.type === 'maildir') {
      mailboxes.push({ type: 'maildir', path: absolute(mailbox.path), ...shared });
      continue;
    }
    const password = await secretOf(mailbox.password, mailbox.password_file, `the password of mailbox ${mailbox.name}`);
    if (password === null) throw new ConfigError(`mailbox ${mailbox.name} has no password`);
    mailboxes.push({
      type: 'imap',
      host: mailbox.host,
      port: mailbox.port ?? (mailbox.security === 'tls' ? 993 : 143),
      security: mailbox.security,
      user: mailbox.user,
      password,
      ca: mailbox.ca_file === undefined ? null : await readCertificates(mailbox.ca_file),
      folder: mailbox.folder,
      ...shared,
    });
  }
  return {
    file: path,
    mailboxes,
    dataDir: file.data_dir === undefined ? defaultDataDir(environment) : absolute(file.data_dir),
    templatesDir: templatesDirOf(file, absolute),
    databaseUrl: await databaseUrlOf(file.database_url, file.database_url_file, 'the database_url'),
    databaseReplicaUrl: await databaseUrlOf(file.database_replica_url, file.database_replica_url_file, 'the database_replica_url'),
    redisUrl: await secretOf(file.redis_url, file.redis_url_file, 'the redis_url'),
    concurrency: file.concurrency,
    triageThreads: file.triage_threads ?? Math.max(0, Math.min(maxOwnThreads, availableParallelism() - 2)),
    reconcileIntervalMs: file.reconcile_interval_seconds * 1000,
    auditIntervalMs: file.audit_interval_seconds * 1000,
    maxMessageBytes: file.max_message_bytes,
    looksIntoFiles: file.look_into_files,
    authservIds: file.authserv_ids,
    model: await modelOf(file.model, secretOf),
    records: await recordsOf(file.records, path, environment),
    monitoring: file.monitoring === null ? null : { ...(file.monitoring ?? defaultMonitoring), isAsked: file.monitoring !== undefined },
    telemetry: file.telemetry === undefined ? null : { otlpEndpoint: file.telemetry.otlp_endpoint, sampleRatio: file.telemetry.sample_ratio },
    desk: await deskOf(file.desk, secretOf),
    webhooks: await webhooksOf(file.webhooks, secretOf),
    logLevel: file.log_level,
  };
}

/** A core is for the main thread and one for the servers beside it. On large machines several processes do better than many threads around one that fetches and records. */
const maxOwnThreads = 4;

const defaultMonitoring = monitoringSchema.parse({});

/** The address with this password, where it has none of its own. */
function withPassword(url: Secret | null, password: Secret | null): Secret | null {
  if (url === null || password === null || !URL.canParse(url.reveal())) return url;
  const address = new URL(url.reveal());
  if (address.password === '') address.password = encodeURIComponent(password.reveal());
  return new Secret(address.href);
}

function templatesDirOf(file: { readonly templates_dir?: string | undefined }, absolute: (path: string) => string): string {
  return file.templates_dir === undefined ? bundledTemplatesDir : absolute(file.templates_dir);
}

type SecretReader = (value: string | undefined, valueFile: string | undefined, what: string) => Promise<Secret | null>;

function secretReader(absolute: (path: string) => string): SecretReader {
  return async (value, valueFile, what) => {
    if (value !== undefined) return new Secret(value);
    if (valueFile === undefined) return null;
    const [firstLine = ''] = (await readNamedFile(absolute(valueFile), what)).split(/\r?\n/);
    if (firstLine === '') throw new ConfigError(`${valueFile}: ${what} is empty`);
    return new Secret(firstLine);
  };
}

async function modelOf(model: ConfigFile['model'], secretOf: SecretReader): Promise<ModelSettings | null> {
  if (model?.name === undefined) return null;
  return {
    name: model.name,
    baseUrl: model.base_url ?? openAiBaseUrl,
    apiKey: await secretOf(model.api_key, model.api_key_file, "the model's api_key"),
    timeoutMs: model.timeout_seconds * 1_000,
    concurrency: model.concurrency,
    maxTokensPerDay: model.max_tokens_per_day,
    maxTokensPerCase: model.max_tokens_per_case,
    screenshots: model.screenshots,
  };
}

/** What is known of records where no configuration is read: the secrets that the environment holds. Throws `ConfigFileError`. */
export async function recordsWithoutConfig(environment: Environment): Promise<RecordsConfig> {
  return await recordsOf({ wait_minutes: 0, merchants: {} }, null, environment);
}

async function recordsOf({ wait_minutes: minutes, merchants }: ConfigFile['records'], path: string | null, environment: Environment): Promise<RecordsConfig> {
  const saidIn = resolve(path ?? defaultConfigFile);
  return {
    waitMs: minutes * 60_000, merchants: Object.entries(merchants).map(([merchant, settings]) => ({ merchant, settings, saidIn })),
    secrets: await readRecordSecrets(environment, async (file, what) => await readNamedFile(file, what)),
  };
}

/** `$XDG_DATA_HOME/refund-triage`, else `~/.local/share/refund-triage` (XDG Base Directory Specification). */
export function defaultDataDir(environment: Environment): string {
  const base = environment['XDG_DATA_HOME'];
  return join(base !== undefined && base.startsWith('/') ? base : join(homedir(), '.local', 'share'), 'refund-triage');
}

async function readNamedFile(path: string, what: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    const reason = error instanceof Error && 'code' in error ? String(error.code) : 'unknown reason';
    const why = reason === 'ENOENT' ? 'there is no such file' : `it cannot be read (${reason})`;
    throw new ConfigFileError(`${path}: ${what}: ${why}`, { cause: error });
  }
}

function problemLine(file: string | null, problem: YamlProblem, layered: Layered): string {
  const variable = layered.variableOf(problem.path);
  return variable === null ? fileLine(file, problem) : `${variable}: ${problem.message}`;
}

function fileLine(file: string | null, problem: YamlProblem): string {
  const place = file === null ? 'environment' : `${basename(file)}${problem.line > 0 ? `:${problem.line}:${problem.column}` : ''}`;
  return `${place}: ${problem.path.length > 0 ? `${keyText(problem.path)}: ` : ''}${problem.message}`;
}

function withHint(lines: readonly string[], file: string | null, layered: Layered): string {
  const nothing = file === null && childOf(layered.value, 'mailboxes') === undefined && lines.some((line) => line.includes('mailboxes'));
  const hint = nothing ? `\nThere is no ${defaultConfigFile} here: write one, name one with --config, or set REFUND_TRIAGE_IMAP_HOST, _USER and _PASSWORD.` : '';
  return lines.join('\n') + hint;
}

function expandHome(path: string): string {
  return path === '~' || path.startsWith('~/') ? join(homedir(), path.slice(2)) : path;
}
