import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { startServer, type StoreServer } from '../cases/stores.ts';
import { type Dovecot, startDovecot } from '../servers/dovecot.ts';
import { type RedisServer, startRedis } from '../servers/redis.ts';
import { typescriptNode } from '../servers/typescript-node.ts';
import { openMaildirView } from './maildir-view.ts';
import type { Place } from './place.ts';
import { testMail } from './test-triage.ts';

const watchingProcess = fileURLToPath(new URL('watching-process.ts', import.meta.url));
const idOf = (count: number): string => `<m${String(count)}@customer.example>`;

interface Watcher {
  readonly child: ChildProcess;
  readonly exited: Promise<number | null>;
  isReady: boolean;
  leads: boolean;
}

describe('several processes on one mailbox', () => {
  let servers: { readonly stores: StoreServer; readonly redis: RedisServer; readonly dovecot: Dovecot };
  let place: Place;
  let watchers: Watcher[] = [];
  beforeEach(async () => {
    const [stores, redis, dovecot] = await Promise.all([startServer(), startRedis(), startDovecot()]);
    servers = { stores, redis, dovecot };
    place = { store: await stores.location(), redisUrl: redis.url };
    watchers = [];
  });
  afterEach(async () => {
    for (const { child } of watchers) child.kill('SIGKILL');
    await Promise.all([servers.stores.stop(), servers.redis.stop(), servers.dovecot.stop()]);
  });

  const start = (): void => {
    const { port, user, password } = servers.dovecot;
    const child = spawn(typescriptNode, [watchingProcess, JSON.stringify(place), String(port), user, password], { stdio: ['ignore', 'pipe', 'inherit'] });
    const watcher: Watcher = { child, exited: once(child, 'exit').then(() => child.exitCode), isReady: false, leads: false };
    createInterface({ input: child.stdout }).on('line', (line) => {
      watcher.isReady = true;
      watcher.leads = line === 'leads';
    });
    watchers.push(watcher);
  };
  const living = (): Watcher[] => watchers.filter(({ child }) => child.exitCode === null && child.signalCode === null);
  const leaders = (): Watcher[] => living().filter(({ leads }) => leads);
  const oneLeader = async (): Promise<Watcher> => await vi.waitFor(() => {
    const [leader, ...others] = leaders();
    if (leader === undefined || others.length > 0) throw new Error(`${String(leaders().length)} leaders`);
    return leader;
  }, { timeout: 60_000, interval: 20 });
  const deliver = async (from: number, to: number): Promise<void> => {
    for (let count = from; count <= to; count += 1) await servers.dovecot.deliver(testMail(`m${String(count)}`));
  };

  it('have one watcher among ten, another within seconds after kill -9, and every mail exactly one draft', async () => {
    for (let count = 0; count < 10; count += 1) start();
    await vi.waitFor(() => { expect(living().filter(({ isReady }) => isReady)).toHaveLength(10); }, { timeout: 60_000 });
    await deliver(1, 1);
    const view = await openMaildirView(servers.dovecot.maildir);
    let delivered = 1;
    for (let kill = 0; kill < 2; kill += 1) {
      const leader = await oneLeader();
      await deliver(delivered + 1, delivered + 40);
      delivered += 40;
      // In the middle of handing them out.
      await vi.waitFor(() => { expect(view.answered().length).toBeGreaterThan(delivered - 40); }, { timeout: 30_000, interval: 5 });
      leader.child.kill('SIGKILL');
      await leader.exited;
    }
    const successor = await oneLeader();
    await deliver(delivered + 1, delivered + 5);
    const due = Array.from({ length: delivered + 5 }, (_, index) => idOf(index + 1)).toSorted();
    await vi.waitFor(() => { expect(view.answered().length).toBeGreaterThanOrEqual(due.length); }, { timeout: 60_000, interval: 20 });
    expect(view.answered()).toEqual(due);

    successor.child.kill('SIGTERM');
    expect(await successor.exited).toBe(0);
    await oneLeader();
    for (const { child } of living()) child.kill('SIGTERM');
    expect(await Promise.all(watchers.slice(-3).map(async ({ exited }) => await exited))).toHaveLength(3);
    expect(view.answered()).toEqual(due);
    expect(view.seen()).toEqual([]);
  });
});
