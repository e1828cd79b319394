import { childOf } from './checked-yaml.ts';
import { didYouMean } from './nearest-name.ts';
import { recordSecretPrefix } from './records/records-settings.ts';

/**
 * The environment's part of the configuration: which variable stands for which setting. A variable beats the file. `REFUND_TRIAGE_IMAP_…`
 * describe a mailbox: the file's only one, or, where the file names none, one of their own called `imap`.
 */
export type Environment = Readonly<Record<string, string | undefined>>;

type Kind = 'text' | 'path' | 'number' | 'list';

interface Setting {
  readonly path: readonly (string | number)[];
  readonly kind: Kind;
}

const settings: Readonly<Record<string, Setting>> = {
  DATABASE_URL: { path: ['database_url'], kind: 'text' },
  DATABASE_URL_FILE: { path: ['database_url_file'], kind: 'path' },
  DATABASE_REPLICA_URL: { path: ['database_replica_url'], kind: 'text' },
  DATABASE_REPLICA_URL_FILE: { path: ['database_replica_url_file'], kind: 'path' },
  REDIS_URL: { path: ['redis_url'], kind: 'text' },
  REDIS_URL_FILE: { path: ['redis_url_file'], kind: 'path' },
  OPENAI_API_KEY: { path: ['model', 'api_key'], kind: 'text' },
  OPENAI_API_KEY_FILE: { path: ['model', 'api_key_file'], kind: 'path' },
  OPENAI_BASE_URL: { path: ['model', 'base_url'], kind: 'text' },
  REFUND_TRIAGE_MODEL: { path: ['model', 'name'], kind: 'text' },
  REFUND_TRIAGE_DATABASE_PASSWORD_FILE: { path: ['database_password_file'], kind: 'path' },
  REFUND_TRIAGE_DESK_HOST: { path: ['desk', 'host'], kind: 'text' },
  REFUND_TRIAGE_DESK_PORT: { path: ['desk', 'port'], kind: 'number' },
  REFUND_TRIAGE_DESK_PUBLIC_URL: { path: ['desk', 'public_url'], kind: 'text' },
  REFUND_TRIAGE_MONITORING_HOST: { path: ['monitoring', 'host'], kind: 'text' },
  REFUND_TRIAGE_MONITORING_PORT: { path: ['monitoring', 'port'], kind: 'number' },
  REFUND_TRIAGE_OTLP_ENDPOINT: { path: ['telemetry', 'otlp_endpoint'], kind: 'text' },
  REFUND_TRIAGE_DATA_DIR: { path: ['data_dir'], kind: 'path' },
  REFUND_TRIAGE_TEMPLATES_DIR: { path: ['templates_dir'], kind: 'path' },
  REFUND_TRIAGE_CONCURRENCY: { path: ['concurrency'], kind: 'number' },
  REFUND_TRIAGE_TRIAGE_THREADS: { path: ['triage_threads'], kind: 'number' },
  REFUND_TRIAGE_RECONCILE_INTERVAL_SECONDS: { path: ['reconcile_interval_seconds'], kind: 'number' },
  REFUND_TRIAGE_AUDIT_INTERVAL_SECONDS: { path: ['audit_interval_seconds'], kind: 'number' },
  REFUND_TRIAGE_MAX_MESSAGE_BYTES: { path: ['max_message_bytes'], kind: 'number' },
  REFUND_TRIAGE_AUTHSERV_IDS: { path: ['authserv_ids'], kind: 'list' },
  REFUND_TRIAGE_LOG_LEVEL: { path: ['log_level'], kind: 'text' },
  REFUND_TRIAGE_SMTP_HOST: { path: ['smtp', 'host'], kind: 'text' },
  REFUND_TRIAGE_SMTP_PORT: { path: ['smtp', 'port'], kind: 'number' },
  REFUND_TRIAGE_SMTP_SECURITY: { path: ['smtp', 'security'], kind: 'text' },
  REFUND_TRIAGE_SMTP_USER: { path: ['smtp', 'user'], kind: 'text' },
  REFUND_TRIAGE_SMTP_PASSWORD: { path: ['smtp', 'password'], kind: 'text' },
  REFUND_TRIAGE_SMTP_PASSWORD_FILE: { path: ['smtp', 'password_file'], kind: 'path' },
  REFUND_TRIAGE_SMTP_CA_FILE: { path: ['smtp', 'ca_file'], kind: 'path' },
  ...Object.fromEntries(
    (
      [
        ['HOST', 'text'],
        ['PORT', 'number'],
        ['SECURITY', 'text'],
        ['USER', 'text'],
        ['PASSWORD', 'text'],
        ['PASSWORD_FILE', 'path'],
        ['CA_FILE', 'path'],
        ['FOLDER', 'text'],
        ['DRAFTS_FOLDER', 'text'],
        ['SENT_FOLDER', 'text'],
        ['SINCE', 'text'],
        ['MERCHANT', 'text'],
      ] as const
    ).map(([name, kind]) => [`REFUND_TRIAGE_IMAP_${name}`, { path: ['mailboxes', 0, name.toLowerCase()], kind }]),
  ),
};

/** What a file may leave out, and a variable begins. */
const sections: ReadonlySet<string> = new Set(['model', 'monitoring', 'telemetry', 'desk', 'smtp']);

/** Names the file that `--config` would; it is no setting of the file itself. */
export const configFileVariable = 'REFUND_TRIAGE_CONFIG';

export interface EnvironmentProblem {
  readonly variable: string;
  readonly message: string;
}

export interface Layered {
  readonly value: unknown;
  readonly problems: readonly EnvironmentProblem[];
  /** The variable that a setting came from, or null where it came from the file. */
  variableOf(path: readonly PropertyKey[]): string | null;
}

/** Lays the environment over the file's content. `resolvePath` makes a variable's path absolute. */
export function layEnvironmentOver(file: unknown, environment: Environment, resolvePath: (path: string) => string): Layered {
  const problems: EnvironmentProblem[] = [];
  const used = new Map<string, string>();
  const value: unknown = structuredClone(file ?? {});
  for (const [variable, text] of Object.entries(environment)) {
    // What the records' secrets are called is the packs' to say.
    if (text === undefined || text === '' || variable === configFileVariable || variable.startsWith(recordSecretPrefix)) continue;
    const setting = settings[variable];
    if (setting === undefined) {
      if (variable.startsWith('REFUND_TRIAGE_')) {
        problems.push({ variable, message: `unknown variable.${didYouMean(variable, Object.keys(settings))}` });
      }
      continue;
    }
    if (!isRecord(value)) break;
    if (setting.path[0] === 'mailboxes') {
      const problem = provideImapMailbox(value);
      if (problem !== null) {
        problems.push({ variable, message: problem });
        continue;
      }
    }
    const [section] = setting.path;
    if (typeof section === 'string' && sections.has(section)) value[section] ??= {};
    const parent = parentOf(value, setting.path);
    const last = setting.path.at(-1);
    if (parent === null || last === undefined) continue;
    parent[last] = converted(text, setting.kind, resolvePath);
    used.set(setting.path.join('.'), variable);
    dropOtherForm(value, setting.path, used);
  }
  return { value, problems, variableOf: (path) => used.get(path.join('.')) ?? null };
}

/** Every variable that is read, for the help text and the test that holds the README to it. */
export const environmentVariables: readonly string[] = [configFileVariable, ...Object.keys(settings)];

function converted(text: string, kind: Kind, resolvePath: (path: string) => string): unknown {
  switch (kind) {
    case 'text':
      return text;
    case 'path':
      return resolvePath(text);
    case 'number':
      return /^\d+$/.test(text.trim()) ? Number(text) : text;
    case 'list':
      return text.split(',').map((item) => item.trim()).filter((item) => item !== '');
    default:
      return kind satisfies never;
  }
}

function provideImapMailbox(value: Record<string, unknown>): string | null {
  const mailboxes = value['mailboxes'] ?? [];
  if (!Array.isArray(mailboxes)) return null;
  if (mailboxes.length > 1) return 'the file names several mailboxes; set this in the file';
  if (mailboxes.length === 0) value['mailboxes'] = [{ name: 'imap', type: 'imap' }];
  else if (isRecord(mailboxes[0]) && mailboxes[0]['type'] === 'maildir') return "the file's mailbox is a Maildir";
  return null;
}

function parentOf(target: Record<string, unknown>, path: readonly (string | number)[]): Record<string, unknown> | null {
  const parent = path.slice(0, -1).reduce<unknown>(childOf, target);
  return isRecord(parent) ? parent : null;
}

// A `password` in the environment stands in for a `password_file` in the file, and the reverse. Two variables are left for the schema to refuse.
function dropOtherForm(target: Record<string, unknown>, path: readonly (string | number)[], used: ReadonlyMap<string, string>): void {
  const last = String(path.at(-1));
  const other = last.endsWith('_file') ? last.slice(0, -'_file'.length) : `${last}_file`;
  if (used.has([...path.slice(0, -1), other].join('.'))) return;
  const parent = parentOf(target, path);
  if (parent !== null) delete parent[other];
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
