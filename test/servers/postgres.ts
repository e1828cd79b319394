import { spawnSync } from 'node:child_process';
import { chownSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { freeLoopbackPort, waitForPort } from './ports.ts';
import { serverOwner, tether } from './tethered-process.ts';

/** A PostgreSQL of our own on a free loopback port, its data in a temporary folder. */
export interface PostgresServer {
  /** Makes an empty database, or a copy of one that nobody is connected to, and gives its URL. */
  createDatabase(template?: string): Promise<string>;
  /** A second server that follows this one and can only be read; gives the URL of the same database there. */
  startReplica(): Promise<{ urlOf(databaseUrl: string): string; stop(): Promise<void> }>;
  /** Stops at once, as if the power had gone, then starts again. */
  readonly restart: () => Promise<void>;
  /** SIGKILL for the server and all its sessions; `comeBack` starts it again over the same data. */
  kill9(): Promise<void>;
  readonly comeBack: () => Promise<void>;
  /** SIGSTOP and SIGCONT for the server and all its sessions: it hangs with its connections open. */
  freeze(): void;
  thaw(): void;
  stop(): Promise<void>;
}

export async function startPostgres({ maxConnections = 60 }: { readonly maxConnections?: number } = {}): Promise<PostgresServer> {
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
  const startOn = async (place: string, onPort: number): Promise<ReturnType<typeof tether>> => {
    const child = tether(join(bin, 'postgres'), [
      '-D', join(place, 'data'), '-h', '127.0.0.1', '-p', String(onPort), '-k', place, '-c', 'fsync=off', '-c', 'shared_buffers=32MB', '-c', `max_connections=${String(maxConnections)}`,
      '-c', 'logging_collector=on', '-c', `log_directory=${place}`, '-c', 'log_filename=server.log',
    ], { folder: place, owner, env: { LC_ALL: 'C' } });
    await waitForPort(onPort, () => logOf(place));
    await waitUntilReady(onPort, () => logOf(place));
    return child;
  };
  const start = async (): Promise<ReturnType<typeof tether>> => await startOn(folder, port);
  let server = await start();
  let databases = 0;
  const urlOf = (database: string): string => `postgres://triage@127.0.0.1:${String(port)}/${database}`;
  return {
    createDatabase: async (template) => {
      databases += 1;
      const name = `triage_${String(databases)}`;
      const client = new Client({ connectionString: urlOf('postgres') });
      await client.connect();
      await client.query(`CREATE DATABASE ${name}${template === undefined ? '' : ` TEMPLATE ${new URL(template).pathname.slice(1)}`}`);
      await client.end();
      return urlOf(name);
    },
    startReplica: async () => {
      const place = mkdtempSync(join(tmpdir(), 'refund-triage-replica-'));
      if (owner !== null) chownSync(place, owner.uid, owner.gid);
      const copied = spawnSync(join(bin, 'pg_basebackup'), ['-h', '127.0.0.1', '-p', String(port), '-U', 'triage', '-D', join(place, 'data'), '-R', '-X', 'stream', '-c', 'fast', '--no-sync'], {
        cwd: place, encoding: 'utf8', env: { PATH: '/usr/bin:/bin', LC_ALL: 'C' }, ...(owner === null ? {} : { uid: owner.uid, gid: owner.gid }),
      });
      if (copied.status !== 0) throw new Error(`pg_basebackup failed: ${copied.stderr}`);
      const replicaPort = await freeLoopbackPort();
      const replica = await startOn(place, replicaPort);
      return {
        urlOf: (databaseUrl) => databaseUrl.replace(`:${String(port)}/`, `:${String(replicaPort)}/`),
        stop: async () => {
          await replica.stop();
          rmSync(place, { recursive: true, force: true });
        },
      };
    },
    restart: async () => {
      // SIGQUIT: an immediate shutdown, with crash recovery at the next start. SIGKILL would leave orphans that keep the next start out.
      process.kill(postmasterOf(data), 'SIGQUIT');
      await server.stop();
      server = await start();
    },
    kill9: async () => {
      const postmaster = postmasterOf(data);
      // Stopped first, so that it starts no session while its sessions are counted: one that outlived it would keep the next server out.
      signalAll([postmaster], 'SIGSTOP');
      signalAll([...childrenOf(postmaster), postmaster], 'SIGKILL');
      await server.kill9();
    },
    comeBack: async () => {
      for (const lock of [join(data, 'postmaster.pid'), join(folder, `.s.PGSQL.${String(port)}.lock`)]) rmSync(lock, { force: true });
      server = await start();
    },
    freeze: () => {
      const postmaster = postmasterOf(data);
      signalAll([postmaster, ...childrenOf(postmaster)], 'SIGSTOP');
    },
    thaw: () => {
      const postmaster = postmasterOf(data);
      signalAll([...childrenOf(postmaster), postmaster], 'SIGCONT');
    },
    stop: async () => {
      await server.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function postmasterOf(data: string): number {
  return Number(readFileSync(join(data, 'postmaster.pid'), 'utf8').split('\n')[0]);
}

/** Its sessions are in process groups of their own, which a signal to its group does not reach. */
function childrenOf(pid: number): number[] {
  return spawnSync('ps', ['-o', 'pid=', '--ppid', String(pid)], { encoding: 'utf8' }).stdout.split('\n').map(Number).filter((child) => child > 0);
}

function signalAll(pids: readonly number[], signal: 'SIGKILL' | 'SIGSTOP' | 'SIGCONT'): void {
  for (const pid of pids) {
    try {
      process.kill(pid, signal);
    } catch {
      // Gone meanwhile.
    }
  }
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
