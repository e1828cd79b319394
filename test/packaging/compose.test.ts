import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import type { Command } from '../../src/commands/command.ts';
import { migrateCommand } from '../../src/commands/migrate.ts';
import { parseCall } from '../../src/commands/parse-call.ts';
import { runCommand } from '../../src/commands/run.ts';
import { loadConfig, type Config } from '../../src/config.ts';

const top = fileURLToPath(new URL('../..', import.meta.url));

const duration = z.string().regex(/^\d+s$/);
/** As much of the Compose Specification as our file uses; a key outside of it is a slip. */
const serviceSchema = z.strictObject({
  build: z.strictObject({ context: z.string(), dockerfile: z.string() }).optional(),
  image: z.string(),
  command: z.array(z.string()).optional(),
  restart: z.enum(['no', 'always', 'on-failure', 'unless-stopped']),
  init: z.boolean().optional(),
  user: z.string().optional(),
  stop_grace_period: duration,
  read_only: z.literal(true),
  tmpfs: z.array(z.string().startsWith('/')).optional(),
  shm_size: z.string().regex(/^\d+m$/).optional(),
  cap_drop: z.tuple([z.literal('ALL')]).optional(),
  security_opt: z.tuple([z.literal('no-new-privileges:true')]),
  environment: z.record(z.string(), z.string()).optional(),
  secrets: z.array(z.string()).optional(),
  ports: z.array(z.string().startsWith('127.0.0.1:')).optional(),
  volumes: z.array(z.string()).optional(),
  depends_on: z.record(z.string(), z.strictObject({ condition: z.enum(['service_healthy', 'service_completed_successfully']) })).optional(),
  healthcheck: z.union([
    z.strictObject({ disable: z.literal(true) }),
    z.strictObject({ test: z.tuple([z.enum(['CMD', 'CMD-SHELL'])], z.string()), interval: duration, timeout: duration, retries: z.int(), start_period: duration.optional() }),
  ]),
  deploy: z.strictObject({
    replicas: z.int().optional(),
    resources: z.strictObject({ limits: z.strictObject({ cpus: z.string().regex(/^\d+(\.\d+)?$/), memory: z.string().regex(/^\d+[MG]$/), pids: z.int() }) }),
  }),
});
const composeSchema = z.strictObject({
  'x-program': z.unknown(),
  services: z.record(z.string(), serviceSchema),
  secrets: z.record(z.string(), z.strictObject({ file: z.string() })),
  volumes: z.record(z.string(), z.null()),
});

const compose = composeSchema.parse(parse(await readFile(join(top, 'docker-compose.yml'), 'utf8'), { merge: true }));
const services = Object.entries(compose.services);
const ours = services.filter(([, service]) => service.build !== undefined);

/** What our container's environment comes to, with the secrets in `folder`. */
async function configOf(name: string, folder: string): Promise<Config> {
  const values: Record<string, string> = { REFUND_TRIAGE_IMAP_HOST: 'imap.example.com', REFUND_TRIAGE_IMAP_USER: 'me' };
  for (const secret of Object.keys(compose.secrets)) await writeFile(join(folder, secret), `the ${secret}\n`);
  const environment = Object.entries(compose.services[name]?.environment ?? {}).map(([key, value]): [string, string] => [
    key,
    value.replaceAll(/\$\{(\w+):(?:\?[^}]*|-(?<otherwise>[^}]*))\}/g, (_, variable: string, otherwise: string | undefined) => values[variable] ?? otherwise ?? '').replace('/run/secrets', folder),
  ]);
  return await loadConfig(null, Object.fromEntries(environment));
}

async function inFolder<Result>(work: (folder: string) => Promise<Result>): Promise<Result> {
  const folder = await mkdtemp(join(tmpdir(), 'refund-triage-compose-'));
  try {
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true });
  }
}

describe('docker-compose.yml', () => {
  it('has a service for each part', () => {
    expect(Object.keys(compose.services)).toEqual(['migrate', 'watcher', 'worker', 'desk', 'postgres', 'valkey']);
  });

  it('waits only for services that say when they are healthy, or that come to an end', () => {
    for (const [, { depends_on: awaited = {} }] of services) {
      for (const [name, { condition }] of Object.entries(awaited)) {
        const service = compose.services[name];
        if (condition === 'service_healthy') expect(service?.healthcheck).toHaveProperty('test');
        else expect({ name, restart: service?.restart }).toEqual({ name: 'migrate', restart: 'no' });
      }
    }
  });

  it('begins no work before the tables are made', () => {
    for (const [name, service] of ours) if (name !== 'migrate') expect(service.depends_on).toMatchObject({ migrate: { condition: 'service_completed_successfully' } });
  });

  it('declares each secret and volume that a service uses', () => {
    for (const [, service] of services) {
      for (const secret of service.secrets ?? []) expect(compose.secrets).toHaveProperty(secret);
      for (const volume of service.volumes ?? []) expect(compose.volumes).toHaveProperty(volume.split(':')[0] ?? '');
    }
  });

  it('keeps passwords in files that Git and the image leave out', async () => {
    const text = await readFile(join(top, 'docker-compose.yml'), 'utf8');
    expect(text).not.toMatch(/PASSWORD: /);
    const [ignoredByGit, ignoredByDocker] = await Promise.all([readFile(join(top, '.gitignore'), 'utf8'), readFile(join(top, '.dockerignore'), 'utf8')]);
    for (const { file } of Object.values(compose.secrets)) expect(file).toMatch(/^\.\/secrets\//);
    expect(ignoredByGit.split('\n')).toEqual(expect.arrayContaining(['/secrets/', '/.env']));
    expect(ignoredByDocker.split('\n')).toEqual(expect.arrayContaining(['secrets', '.env']));
  });

  it('runs our processes as a user without rights, and waits for them as long as they take to end', () => {
    expect(ours.length).toBe(4);
    for (const [, service] of ours) {
      expect(service).toMatchObject({ user: 'node', cap_drop: ['ALL'], tmpfs: ['/tmp'] });
      expect(Number.parseInt(service.stop_grace_period, 10)).toBeGreaterThan(10);
    }
  });

  it('builds from a file whose sources are there, as the user that runs it', async () => {
    const files = new Set(ours.map(([, service]) => service.build?.dockerfile ?? ''));
    expect([...files]).toEqual(['src/Dockerfile']);
    const dockerfile = await readFile(join(top, 'src/Dockerfile'), 'utf8');
    const copied = [...dockerfile.matchAll(/^COPY (.+) \S+$/gm)].flatMap(([, sources = '']) => sources.split(' '));
    expect(copied).toContain('src');
    expect(copied.filter((source) => !existsSync(join(top, source)))).toEqual([]);
    expect(dockerfile).toMatch(/^USER node$/m);
  });

  it('gives each process a configuration that it accepts', async () => {
    await inFolder(async (folder) => {
      for (const [name] of ours) {
        const config = await configOf(name, folder);
        expect(config.mailboxes).toMatchObject([{ host: 'imap.example.com', user: 'me', security: 'tls' }]);
        const { username, password, host } = new URL(config.databaseUrl?.reveal() ?? '');
        expect({ username, password: decodeURIComponent(password), host }).toEqual({ username: 'triage', password: 'the postgres_password', host: 'postgres:5432' });
        expect(config.redisUrl?.reveal()).toBe('redis://valkey:6379/0');
        expect(config.monitoring).toMatchObject({ host: '0.0.0.0', port: 9464 });
      }
      expect((await configOf('desk', folder)).desk).toMatchObject({ host: '0.0.0.0', port: 8_025 });
    });
  });

  it('asks where health is served whether a process is healthy', () => {
    for (const [name, { healthcheck, environment }] of ours) {
      if ('disable' in healthcheck) expect(name).toBe('migrate');
      else expect(healthcheck.test.at(-1)).toContain(`http://127.0.0.1:${environment?.['REFUND_TRIAGE_MONITORING_PORT'] ?? ''}/healthz`);
    }
  });

  it('calls the program as it wants to be called', () => {
    const commands: Readonly<Record<string, Command>> = { run: runCommand, migrate: migrateCommand };
    const roles = ours.flatMap(([, { command: call = [] }]) => {
      const [name = '', ...args] = call;
      const command = commands[name];
      if (command === undefined) throw new Error(`There is no command ${name}.`);
      return parseCall(name, command, args).values['roles'] ?? [];
    });
    expect(roles).toEqual(['watch', 'work', 'desk']);
  });
});
