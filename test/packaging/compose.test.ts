import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { loadConfig } from '../../src/config.ts';

const top = fileURLToPath(new URL('../..', import.meta.url));

/** As much of the Compose Specification as our file uses; a key outside of it is a slip. */
const composeSchema = z.strictObject({
  services: z.record(
    z.string(),
    z.strictObject({
      build: z.strictObject({ context: z.string(), dockerfile: z.string() }).optional(),
      image: z.string().optional(),
      command: z.array(z.string()).optional(),
      restart: z.enum(['no', 'always', 'on-failure', 'unless-stopped']).optional(),
      stop_grace_period: z.string().regex(/^\d+s$/).optional(),
      environment: z.record(z.string(), z.string()).optional(),
      secrets: z.array(z.string()).optional(),
      volumes: z.array(z.string()).optional(),
      depends_on: z.record(z.string(), z.strictObject({ condition: z.literal('service_healthy') })).optional(),
      healthcheck: z
        .strictObject({ test: z.tuple([z.enum(['CMD', 'CMD-SHELL'])], z.string()), interval: z.string(), timeout: z.string(), retries: z.int() })
        .optional(),
    }),
  ),
  secrets: z.record(z.string(), z.strictObject({ file: z.string() })),
  volumes: z.record(z.string(), z.null()),
});

const compose = composeSchema.parse(parse(await readFile(join(top, 'docker-compose.yml'), 'utf8')));
const services = Object.entries(compose.services);

describe('docker-compose.yml', () => {
  it('waits only for services that say when they are healthy', () => {
    const awaited = services.flatMap(([, service]) => Object.keys(service.depends_on ?? {}));
    expect(awaited).toEqual(['postgres', 'valkey']);
    for (const name of awaited) expect(compose.services[name]?.healthcheck).toBeDefined();
  });

  it('declares each secret and volume that a service uses', () => {
    for (const [, service] of services) {
      for (const secret of service.secrets ?? []) expect(compose.secrets).toHaveProperty(secret);
      for (const volume of service.volumes ?? []) expect(compose.volumes).toHaveProperty(volume.split(':')[0] ?? '');
    }
  });

  it('builds from a file whose sources are there', async () => {
    const dockerfile = await readFile(join(top, compose.services['triage']?.build?.dockerfile ?? ''), 'utf8');
    const copied = [...dockerfile.matchAll(/^COPY (.+) \S+$/gm)].flatMap(([, sources = '']) => sources.split(' '));
    expect(copied).toContain('src');
    expect(copied.filter((source) => !existsSync(join(top, source)))).toEqual([]);
  });

  it('gives the worker a configuration that it accepts', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'refund-triage-compose-'));
    try {
      const secret = join(folder, 'imap-password');
      await writeFile(secret, 'x\n');
      const values: Record<string, string> = { REFUND_TRIAGE_IMAP_HOST: 'imap.example.com', REFUND_TRIAGE_IMAP_USER: 'me', POSTGRES_PASSWORD: 'letters' };
      const environment = Object.entries(compose.services['triage']?.environment ?? {}).map(([name, value]): [string, string] => [
        name,
        value.replace(/\$\{(\w+):\?[^}]*\}/g, (_, variable: string) => values[variable] ?? '').replace('/run/secrets/imap_password', secret),
      ]);
      const config = await loadConfig(null, Object.fromEntries(environment));
      expect(config.mailboxes).toMatchObject([{ host: 'imap.example.com', user: 'me', security: 'tls' }]);
      expect(config.databaseUrl?.reveal()).toBe('postgres://triage:letters@postgres:5432/triage');
      expect(config.redisUrl?.reveal()).toBe('redis://valkey:6379/0');
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});
