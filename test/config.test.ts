import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { configJsonSchema } from '../src/config-schema.ts';
import { ConfigError, ConfigFileError, loadConfig, loadReadingConfig, type Config } from '../src/config.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'refund-triage-config-'));
});
afterEach(async () => {
  await rm(folder, { recursive: true });
});

async function write(text: string, name = 'triage.yaml'): Promise<string> {
  const file = join(folder, name);
  await writeFile(file, text);
  return file;
}

async function complaint(file: string | null, environment: Record<string, string> = {}): Promise<string> {
  const error = await loadConfig(file, environment).then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof ConfigError) && !(error instanceof ConfigFileError)) throw new Error('the configuration was accepted', { cause: error });
  return error.message;
}

function passwordOf(config: Config): string | null {
  const [mailbox] = config.mailboxes;
  return mailbox?.type === 'imap' ? mailbox.password.reveal() : null;
}

const imap = `mailboxes:
  - name: support
    type: imap
    host: imap.example.com
    user: support@example.com
    password: "pa ss*word"
`;

/** A mailbox and a desk with a provider, whose groups stand for these roles. */
function withProvider(map: string): string {
  return `${imap}desk: { public_url: "https://desk.example", oidc: { issuer: "https://id.example", client_id: desk, client_secret_file: client-secret, roles: { map: ${map} } } }\n`;
}

describe('a configuration file', () => {
  it('fills in the defaults', async () => {
    const config = await loadConfig(await write(imap), {});
    expect(config).toMatchObject({ databaseUrl: null, redisUrl: null, reconcileIntervalMs: 60_000, logLevel: 'info' });
    expect(config.mailboxes[0]).toMatchObject({ host: 'imap.example.com', port: 993, security: 'tls', folder: 'INBOX', draftsFolder: null, since: null });
    expect(passwordOf(config)).toBe('pa ss*word');
  });

  it('takes 143 for STARTTLS', async () => {
    const config = await loadConfig(await write(`${imap}    security: starttls\n`), {});
    expect(config.mailboxes[0]).toMatchObject({ port: 143, security: 'starttls' });
  });

  it('finds what it names relative to itself, and the home directory by its tilde', async () => {
    await write('s3cret\nsecond line\n', 'password');
    const file = await write(`${imap.replace('password: "pa ss*word"', 'password_file: password')}data_dir: ~/triage\n`);
    const config = await loadConfig(file, { HOME: folder });
    expect(passwordOf(config)).toBe('s3cret');
    expect(config.dataDir).toMatch(/^\/.*\/triage$/);
  });

  it('names file, line and the nearest key for one it does not know', async () => {
    const text = await complaint(await write(`${imap}    pasword_file: x\nconcurency: 3\n`));
    expect(text).toContain('triage.yaml:7:5: mailboxes[0].pasword_file: unknown key. Did you mean "password_file"?');
    expect(text).toContain('triage.yaml:8:1: concurency: unknown key. Did you mean "concurrency"?');
  });

  it('does not propose the keys of another kind of mailbox', async () => {
    const text = await complaint(await write('mailboxes:\n  - {name: a, type: maildir, path: /m, hosts: b}\n'));
    expect(text).toMatch(/:2:\d+: mailboxes\[0\]\.hosts: unknown key\.$/);
  });

  it('reports everything that is wrong at once', async () => {
    const text = await complaint(await write(`${imap.replace('    host: imap.example.com\n', '')}concurrency: many\nlog_level: loud\n`));
    expect(text.split('\n')).toEqual([
      'triage.yaml:2:5: mailboxes[0].host: is required',
      'triage.yaml:6:1: concurrency: expected number, received string',
      expect.stringContaining('triage.yaml:7:1: log_level: '),
    ]);
  });

  it('refuses a password over an open line, except to this machine', async () => {
    expect(await complaint(await write(`${imap}    security: none\n`))).toContain(':7:5: mailboxes[0].security: none is allowed only for this machine');
    const local = await loadConfig(await write(`${imap.replace('imap.example.com', '127.0.0.1')}    security: none\n`), {});
    expect(local.mailboxes[0]).toMatchObject({ security: 'none', port: 143 });
  });

  it('refuses two mailboxes of one name', async () => {
    const text = await complaint(await write('mailboxes:\n  - {name: a, type: maildir, path: /m}\n  - {name: a, type: maildir, path: /n}\n'));
    expect(text).toContain(':3:6: mailboxes[1].name: another mailbox has this name');
  });

  it.each([
    ['password: *hunter2', 'must stand in quotes'],
    ['password: !hunter2 x', 'must stand in quotes'],
    ['password: "hunter2', 'not valid YAML'],
    ['password: [hunter2]', 'expected string'],
    ['password: hunter2\n    password: hunter2', 'stands here twice'],
    ['password: hunter2\n    password_file: x', 'not both'],
    ['password: hunter2\n    since: hunter2', 'expected a date'],
  ])('does not repeat a secret when it complains of %s', async (line, message) => {
    const text = await complaint(await write(imap.replace('password: "pa ss*word"', line)));
    expect(text).toContain(message);
    expect(text).not.toContain('hunter2');
  });

  it('does not repeat the password of a database address', async () => {
    const text = await complaint(await write(`${imap}database_url: mysql://me:hunter2@db/x\n`));
    expect(text).toContain('triage.yaml:7:1: database_url: expected an address that begins with postgres://');
    expect(text).not.toContain('hunter2');
  });

  it('keeps secrets out of whatever is printed of it', async () => {
    const config = await loadConfig(await write(`${imap}database_url: postgres://me:hunter2@db/x\n`), { REDIS_URL: 'redis://:hunter3@r' });
    expect(config.redisUrl?.reveal()).toBe('redis://:hunter3@r');
    expect(`${JSON.stringify(config)} ${inspect(config, { depth: 9, showHidden: true })} ${String(config.databaseUrl)}`).not.toMatch(/hunter|pa ss/);
  });

  it('serves health and metrics to this machine unless told otherwise', async () => {
    expect((await loadConfig(await write(imap), {})).monitoring).toEqual({ host: '127.0.0.1', port: 9464, isAsked: false });
    expect((await loadConfig(await write(`${imap}monitoring: null\n`), {})).monitoring).toBeNull();
    expect((await loadConfig(await write(`${imap}monitoring: null\n`), { REFUND_TRIAGE_MONITORING_PORT: '9999' })).monitoring).toEqual({ host: '127.0.0.1', port: 9999, isAsked: true });
  });

  it('takes the password of the database from a file, for the replica as well, where the address has none', async () => {
    const password = await write('p@ss/w:rd%\n', 'database-password');
    const file = await write(`${imap}database_url: postgres://me@db/x\ndatabase_replica_url: postgres://reader:own@replica/x\n`);
    const config = await loadConfig(file, { REFUND_TRIAGE_DATABASE_PASSWORD_FILE: password });
    expect(decodeURIComponent(new URL(config.databaseUrl?.reveal() ?? '').password)).toBe('p@ss/w:rd%');
    expect(config.databaseReplicaUrl?.reveal()).toBe('postgres://reader:own@replica/x');
  });

  it('asks what a replica is a replica of', async () => {
    expect(await complaint(await write(`${imap}database_replica_url: postgres://replica/x\n`))).toContain('database_replica_url: a replica of what?');
  });

  it.each(['redis://one:6379,two:6380/2', 'rediss://me:se%40cret@one', 'redis://[::1]:6379', 'redis://one?family=6'])('takes %s for a Redis', async (url) => {
    expect((await loadConfig(await write(imap), { REDIS_URL: url })).redisUrl?.reveal()).toBe(url);
  });

  it.each(['http://one', 'redis://', 'redis://one:port', 'redis://one:6379,:6380'])('does not take %s for a Redis', async (url) => {
    expect(await complaint(await write(imap), { REDIS_URL: url })).toContain('REDIS_URL: expected an address such as redis://');
  });

  it('says which file is not there', async () => {
    expect(await complaint(join(folder, 'none.yaml'))).toContain('none.yaml: the configuration file: there is no such file');
    const text = await complaint(await write(imap.replace('password: "pa ss*word"', 'password_file: gone')));
    expect(text).toContain('gone: the password of mailbox support: there is no such file');
  });

  it('serves the desk to this machine by default, and to others only where its words cannot be read on the way', async () => {
    expect((await loadConfig(await write(imap), {})).desk).toEqual({
      host: '127.0.0.1', port: 8_025, isAsked: false, settings: { publicUrl: null, trustedProxies: [], idleMs: 28_800_000, sessionMs: 604_800_000, oidc: null },
    });
    expect((await loadConfig(await write(`${imap}desk: null\n`), {})).desk).toBeNull();
    const complaintOf = async (desk: string): Promise<string> => await complaint(await write(`${imap}desk: ${desk}\n`));
    expect(await complaintOf('{ host: 0.0.0.0 }')).toContain('desk.public_url: is required');
    expect(await complaintOf('{ host: 0.0.0.0, public_url: "http://desk.example" }')).toContain('desk.public_url: http:// is allowed only for this machine');
    expect(await complaintOf('{ public_url: "https://desk.example/triage" }')).toContain('desk.public_url: the desk needs a host name of its own');
    for (const safe of ['public_url: "http://localhost:8025"', 'public_url: "https://desk.example"', 'public_url: "http://desk.lan", allow_http: true']) {
      expect((await loadConfig(await write(`${imap}desk: { host: 0.0.0.0, ${safe} }\n`), {})).desk).toMatchObject({ host: '0.0.0.0', isAsked: true });
    }
    const byEnvironment = await loadConfig(await write(imap), { REFUND_TRIAGE_DESK_HOST: '::', REFUND_TRIAGE_DESK_PORT: '80', REFUND_TRIAGE_DESK_PUBLIC_URL: 'https://desk.example/' });
    expect(byEnvironment.desk).toMatchObject({ host: '::', port: 80, settings: { publicUrl: 'https://desk.example' } });
  });

  it("keeps the provider's client secret, and gives only roles that there are", async () => {
    await write('s3cret of the client\n', 'client-secret');
    const { desk } = await loadConfig(await write(withProvider('{ support: sender }')), {});
    expect(desk?.settings.oidc).toMatchObject({ issuer: 'https://id.example', clientId: 'desk', roles: { claim: 'groups', map: { support: 'sender' } } });
    expect(desk?.settings.oidc?.clientSecret?.reveal()).toBe('s3cret of the client');
    expect(`${JSON.stringify(desk)} ${inspect(desk, { depth: 9, showHidden: true })}`).not.toContain('s3cret');
    expect(await complaint(await write(withProvider('{ support: boss }')))).toContain('desk.oidc.roles.map.support: ');
    expect(await complaint(await write(withProvider('{}')))).toContain('or nobody gets in');
    expect(await complaint(await write(withProvider('{ support: sender }').replace('public_url: "https://desk.example", ', '')))).toContain('desk.public_url: is required');
  });

  it('is described by the published JSON Schema', async () => {
    await expect(`${JSON.stringify(configJsonSchema(), null, 2)}\n`).toMatchFileSnapshot('../src/config.schema.json');
  });
});

describe('the environment', () => {
  const wholly = { REFUND_TRIAGE_IMAP_HOST: 'mail.example.org', REFUND_TRIAGE_IMAP_USER: 'me', REFUND_TRIAGE_IMAP_PASSWORD: 'x' };

  it('describes a mailbox by itself', async () => {
    const config = await loadConfig(null, { ...wholly, REFUND_TRIAGE_IMAP_PORT: '1143', REFUND_TRIAGE_IMAP_SECURITY: 'starttls', REFUND_TRIAGE_DATA_DIR: '/data' });
    expect(config.mailboxes).toMatchObject([{ name: 'imap', type: 'imap', host: 'mail.example.org', port: 1143, security: 'starttls', user: 'me' }]);
    expect(config.dataDir).toBe('/data');
  });

  it('beats the file, also with the other form of a secret', async () => {
    await write('from-file', 'password');
    const file = await write(`${imap.replace('password: "pa ss*word"', 'password_file: password')}concurrency: 3\n`);
    const config = await loadConfig(file, { REFUND_TRIAGE_IMAP_PASSWORD: 'from-environment', REFUND_TRIAGE_CONCURRENCY: '5', REFUND_TRIAGE_AUTHSERV_IDS: 'mx.a, mx.b' });
    expect(passwordOf(config)).toBe('from-environment');
    expect(config).toMatchObject({ concurrency: 5, authservIds: ['mx.a', 'mx.b'] });
  });

  it('reads secrets from files', async () => {
    const redis = await write('redis://:hunter2@127.0.0.1:6379/0\n', 'redis-url');
    const config = await loadConfig(null, { ...wholly, REDIS_URL_FILE: redis });
    expect(config.redisUrl?.reveal()).toBe('redis://:hunter2@127.0.0.1:6379/0');
  });

  it('names the variable that is wrong', async () => {
    expect(await complaint(null, { ...wholly, REFUND_TRIAGE_IMAP_PORT: 'imap' })).toBe('REFUND_TRIAGE_IMAP_PORT: expected number, received string');
    expect(await complaint(null, { ...wholly, REFUND_TRIAGE_IMAP_PASWORD: 'hunter2' })).toBe(
      'REFUND_TRIAGE_IMAP_PASWORD: unknown variable. Did you mean "REFUND_TRIAGE_IMAP_PASSWORD"?',
    );
    expect(await complaint(null, { ...wholly, REDIS_URL: 'redis://a', REDIS_URL_FILE: 'b' })).toContain('REDIS_URL: give redis_url or redis_url_file, not both');
  });

  it('cannot say which of several mailboxes it means', async () => {
    const file = await write('mailboxes:\n  - {name: a, type: maildir, path: /m}\n  - {name: b, type: maildir, path: /n}\n');
    expect(await complaint(file, { REFUND_TRIAGE_IMAP_HOST: 'x' })).toBe('REFUND_TRIAGE_IMAP_HOST: the file names several mailboxes; set this in the file');
  });

  it('says what to do where there is no configuration at all', async () => {
    const text = await complaint(null);
    expect(text).toContain('mailboxes: is required');
    expect(text).toContain('REFUND_TRIAGE_IMAP_HOST');
  });

  it('names a model only by its own variable: a key for other programs switches nothing on', async () => {
    expect((await loadConfig(null, { ...wholly, OPENAI_API_KEY: 'sk-1', OPENAI_BASE_URL: 'http://10.0.0.7:4000/v1' })).model).toBeNull();
    const { model } = await loadConfig(null, { ...wholly, OPENAI_API_KEY: 'sk-1', REFUND_TRIAGE_MODEL: 'some-model' });
    expect(model).toMatchObject({ name: 'some-model', baseUrl: 'https://api.openai.com/v1', timeoutMs: 15_000, concurrency: 4, maxTokensPerDay: 1_000_000, maxTokensPerCase: 12_000 });
    expect(model?.apiKey?.reveal()).toBe('sk-1');
    expect(JSON.stringify(model)).not.toContain('sk-1');
  });

  it("reads the model's key from a file", async () => {
    const key = await write('sk-from-file\n', 'key');
    const file = await write(`${imap}model: { name: some-model, timeout_seconds: 5 }\n`);
    expect((await loadConfig(file, { OPENAI_API_KEY_FILE: key })).model?.apiKey?.reveal()).toBe('sk-from-file');
    expect((await loadReadingConfig(null, { OPENAI_API_KEY_FILE: key, REFUND_TRIAGE_MODEL: 'some-model' })).model?.apiKey?.reveal()).toBe('sk-from-file');
  });

  it('sends no words of customers over an open line, unless it is told that the network is its own', async () => {
    const model = { ...wholly, REFUND_TRIAGE_MODEL: 'some-model' };
    expect(await complaint(null, { ...model, OPENAI_BASE_URL: 'http://models.example:8000/v1' })).toContain('http:// is allowed only for this machine');
    expect(await complaint(null, model)).toContain('model.api_key_file: is required');
    expect((await loadConfig(null, { ...model, OPENAI_BASE_URL: 'http://127.0.0.1:8000/v1' })).model).toMatchObject({ apiKey: null });
    const file = await write(`${imap}model: { name: some-model, base_url: "http://models.example:8000/v1", allow_http: true }\n`);
    expect((await loadConfig(file, {})).model?.baseUrl).toBe('http://models.example:8000/v1');
  });

  it('is named wholly by the README', async () => {
    const readme = await readFile(new URL('../README.md', import.meta.url), 'utf8');
    const { environmentVariables } = await import('../src/config-environment.ts');
    expect(environmentVariables.filter((name) => !readme.includes(name))).toEqual([]);
  });
});
