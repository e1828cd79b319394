import { spawnSync } from 'node:child_process';
import { chownSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { freeLoopbackPort, waitForPort } from './ports.ts';
import { serverOwner, tether } from './tethered-process.ts';

/** A PostgreSQL of our own on a free loopback port, its data in a temporary folder. */
export interface PostgresServer {
  /** Makes an empty database and gives its URL. */
  createDatabase(): Promise<string>;
  /** Stops at once, as if the power had gone, then starts again. */
  readonly restart: () => Promise<void>;
  stop(): Promise<void>;
}

export async function startPostgres(): Promise<PostgresServer> {
  const bin = findBinaries();
  const folder = mkdtempSync(join(tmpdir(), 'refund-triage-postgres-'));
  const data = join(folder, 'data');
  mkdirSync(data, { mode: 0o700 });
  // PostgreSQL refuses to run as root.
  const owner = serverOwner();
  if (owner !== null) {
    chownSync(folder, owner.uid, owner.gid);
    chownSync(data, owner.uid, owner.gid);
  }
  const made = spawnSync(join(bin, 'initdb'), ['-D', data, '-U', 'triage', '--auth=trust', '--encoding=UTF8', '--locale=C', '--no-sync'], {
    cwd: folder, encoding: 'utf8', env: { PATH: '/usr/bin:/bin', LC_ALL: 'C' }, ...(owner === null ? {} : { uid: owner.uid, gid: owner.gid }),
  });
  if (made.status !== 0) throw new Error(`initdb failed: ${made.stderr}`);
  const port = await freeLoopbackPort();
  const start = async (): Promise<ReturnType<typeof tether>> => {
    const child = tether(join(bin, 'postgres'), [
      '-D', data, '-h', '127.0.0.1', '-p', String(port), '-k', folder, '-c', 'fsync=off', '-c', 'shared_buffers=32MB', '-c', 'max_connections=60',
      '-c', 'logging_collector=on', '-c', `log_directory=${folder}`, '-c', 'log_filename=server.log',
    ], { folder, owner, env: { LC_ALL: 'C' } });
    await waitForPort(port, () => logOf(folder));
    await waitUntilReady(port, () => logOf(folder));
    return child;
  };
  let server = await start();
  let databases = 0;
  const urlOf = (database: string): string => `postgres://triage@127.0.0.1:${String(port)}/${database}`;
  return {
    createDatabase: async () => {
      databases += 1;
      const name = `triage_${String(databases)}`;
      const client = new Client({ connectionString: urlOf('postgres') });
      await client.connect();
      await client.query(`CREATE DATABASE ${name}`);
      await client.end();
      return urlOf(name);
    },
    restart: async () => {
      // SIGQUIT: an immediate shutdown, with crash recovery at the next start. SIGKILL would leave orphans that keep the next start out.
      process.kill(Number(readFileSync(join(data, 'postmaster.pid'), 'utf8').split('\n')[0]), 'SIGQUIT');
      await server.stop();
      server = await start();
    },
    stop: async () => {
      await server.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** A server that is still starting up (or recovering) takes connections and turns them away. */
async function waitUntilReady(port: number, explain: () => string): Promise<void> {
  const deadline = Date.now() + 20_000;
  for (;;) {
    const client = new Client({ host: '127.0.0.1', port, user: 'triage', database: 'postgres' });
    client.on('error', () => undefined);
    try {
      await client.connect();
      await client.end();
      return;
    } catch (error) {
      await client.end().catch(() => undefined);
      if (Date.now() > deadline) throw new Error(`PostgreSQL does not come up: ${explain()}`, { cause: error });
    }
    await new Promise((resolve) => { setTimeout(resolve, 50); });
  }
}

function findBinaries(): string {
  const root = '/usr/lib/postgresql';
  const versions = existsSync(root) ? readdirSync(root).toSorted((one, other) => Number(other) - Number(one)) : [];
  const bin = versions.map((version) => join(root, version, 'bin')).find((path) => existsSync(join(path, 'postgres')) && existsSync(join(path, 'initdb')));
  if (bin === undefined) throw new Error('PostgreSQL is not installed (Debian: apt-get install postgresql).');
  return bin;
}

function logOf(folder: string): string {
  const path = join(folder, 'server.log');
  return existsSync(path) ? readFileSync(path, 'utf8') : 'no log';
}
