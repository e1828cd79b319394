import { fastify, type FastifyInstance } from 'fastify';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { openStore } from '../../src/cases/store.ts';
import { combinedEvents } from '../../src/monitoring/combined-events.ts';
import { type Metrics, openMetrics } from '../../src/monitoring/metrics.ts';
import { MonitoringUnavailableError } from '../../src/monitoring/monitoring-errors.ts';
import { openMonitoringServer } from '../../src/monitoring/monitoring-server.ts';
import { registerQueueBoard } from '../../src/monitoring/queue-board.ts';
import { openMonitoring, registerMonitoring } from '../../src/monitoring/register-monitoring.ts';
import { statusReportSchema } from '../../src/monitoring/status-report.ts';
import type { PacksStatus } from '../../src/monitoring/status.ts';
import { followMailboxes, type WatchedMailboxes } from '../../src/monitoring/watched-mailboxes.ts';
import { type RunWorkerOptions, runWorker, type StartedWorker } from '../../src/worker/run-worker.ts';
import { type PostgresServer, startPostgres } from '../servers/postgres.ts';
import { type RedisServer, startRedis } from '../servers/redis.ts';
import type { Place } from '../worker/place.ts';
import { testMail, testTriage } from '../worker/test-triage.ts';
import { openWorkerBench, type WorkerBench } from '../worker/worker-bench.ts';

const name = 'support';

/** A worker with what watches over it, as `run` puts them together. */
interface Watched {
  readonly app: FastifyInstance;
  readonly metrics: Metrics;
  readonly mailboxes: WatchedMailboxes;
  readonly ending: AbortController;
  packs: PacksStatus;
  run(options?: Partial<RunWorkerOptions>): Promise<void>;
}

function watch({ store, mailbox, stop }: WorkerBench, place: Place): Watched {
  let worker: StartedWorker | null = null;
  const mailboxes = followMailboxes([name, 'other'], { watches: true });
  const metrics = openMetrics({ modelTally: () => ({ questions: 3, requests: 3, answers: 2, cached: 1, skipped: { budget: 4, pause: 0, busy: 0 }, failed: {}, believed: 1, dropped: {}, tokens: { input: 700, output: 30 } }) });
  const ending = new AbortController();
  const watched: Watched = {
    app: fastify(), metrics, mailboxes, ending,
    packs: { merchants: ['imgto3d'], valid: true, reason: null, loadedAtMs: 1_000 },
    run: async (options = {}) => {
      await runWorker({
        store, mailboxes: [{ mailbox, since: new Date(0) }], triage: testTriage(), redisUrl: place.redisUrl, once: true, signal: stop.signal, queue: { backoffMs: 30, attempts: 2, lockMs: 3_000 },
        onStarted: (started) => { worker = started; }, events: combinedEvents([mailboxes.events, metrics.events]), ...options,
      });
    },
  };
  const monitoring = openMonitoring(metrics, {
    version: '1.2.3', roles: ['watch', 'work'], database: store.database, queueEngine: 'postgres', depths: async () => (await worker?.depths()) ?? [], mailboxes: mailboxes.list, packs: () => watched.packs,
  }, { ending: ending.signal, freshMs: 0 });
  registerMonitoring(watched.app, monitoring);
  return watched;
}

let postgres: PostgresServer;
let redis: RedisServer;
beforeAll(async () => { [postgres, redis] = await Promise.all([startPostgres(), startRedis()]); });
afterAll(async () => { await Promise.all([postgres.stop(), redis.stop()]); });

describe.each(['PostgreSQL', 'Redis'])('what watches over a worker with its queue on %s', (backend) => {
  let place: Place;
  let bench: WorkerBench;
  let watched: Watched;
  beforeEach(async () => {
    place = { store: { databaseUrl: await postgres.createDatabase() }, redisUrl: backend === 'Redis' ? redis.url : null };
    bench = await openWorkerBench(place.store);
    watched = watch(bench, place);
  });
  afterEach(async () => {
    await watched.app.close();
    await bench.clear();
  });

  const get = async (path: string): Promise<{ status: number; body: string }> => {
    const { statusCode, body } = await watched.app.inject(path);
    return { status: statusCode, body };
  };
  const readiness = async (path = '/readyz'): Promise<unknown> => {
    const { status, body } = await get(path);
    return { ...JSON.parse(body), code: status };
  };

  it.runIf(backend === 'PostgreSQL')('counts fates, drafts, stages, quarantine and cases, and says nothing of whose they are', async () => {
    for (const [id, subject] of [['m1'], ['m2', 'machine'], ['m3', 'unreadable'], ['m4', 'review']] as const) await bench.maildir.deliver(testMail(id, subject));
    const worker = watched.run({ once: false });
    await vi.waitFor(async () => { expect((await get('/metrics')).body).toMatch(/messages_total\{[^}]*"quarantined"\} 1[^]*unfinished_messages\{[^}]*\} 0/); }, { timeout: 20_000, interval: 100 });
    await vi.waitFor(async () => { expect((await get('/metrics')).body).toMatch(/_imap_lag_seconds\{mailbox="support"\} 0\n/); }, { timeout: 20_000, interval: 100 });
    const { status, body } = await get('/metrics');
    expect(status).toBe(200);
    const value = (line: string): string | undefined => body.split('\n').find((each) => each.startsWith(`refund_triage_${line} `))?.split(' ')[1];
    expect({
      needsInfo: value(`messages_total{mailbox="${name}",state="needs_info"}`), quarantined: value(`messages_total{mailbox="${name}",state="quarantined"}`),
      drafts: value(`drafts_total{mailbox="${name}",merchant="imgto3d"}`), code: value('quarantined{code="unreadable"}'), openCases: value('cases{state="needs_info",stage="open"}'),
      triaged: value('stage_duration_seconds_count{stage="triage"}'), arrivals: value('arrival_to_draft_seconds_count'),
      lag: value(`imap_lag_seconds{mailbox="${name}"}`), waiting: value(`queue_depth{queue="mails",mailbox="${name}",state="waiting"}`), due: value('due_cases'), packs: value('packs_valid'),
      up: [value('store_up'), value('queue_up')], tokens: value('model_tokens_total{kind="input"}'), skipped: value('model_questions_total{result="skipped_budget"}'),
    }).toEqual({
      needsInfo: '1', quarantined: '1', drafts: '2', code: '1', openCases: '1', triaged: '4', arrivals: '2', lag: '0', waiting: '0', due: '0', packs: '1', up: ['1', '1'], tokens: '700', skipped: '4',
    });
    const all = `${body}${(await get('/status')).body}${(await get('/readyz')).body}`;
    expect(all).not.toMatch(/customer\.example|Anna|Refund please/);
    bench.stop.abort();
    await worker;
  });

  it('tells how much lies in the queue, and how long the oldest mail waits', async () => {
    await bench.maildir.deliver(testMail('m1'));
    const worker = watched.run({ once: false, roles: ['watch'] });
    await vi.waitFor(async () => {
      const { queue: told, mailboxes: known } = statusReportSchema.parse(JSON.parse((await get('/status')).body));
      expect(told.depths).toMatchObject([{ mailbox: name, lane: 'mails', batches: { waiting: 1, active: 0, delayed: 0 } }]);
      expect(known).toMatchObject([{ watch: 'connected' }, { watch: 'elsewhere' }]);
      expect(told.depths[0]?.oldestAtMs).toBeGreaterThan(0);
      expect(known[0]?.lagSeconds).toBeGreaterThan(0);
    }, { timeout: 20_000, interval: 100 });
    bench.stop.abort();
    await worker;
  });

  it('shows the queues on a board that changes nothing', async () => {
    const app = fastify();
    const started: StartedWorker[] = [];
    const worker = watched.run({ once: false, roles: ['watch'], onStarted: (one) => { started.push(one); } });
    await bench.maildir.deliver(testMail('m1'));
    await registerQueueBoard(app, () => started.flatMap((one) => one.bullQueues()), { basePath: '/admin/queues' });
    try {
      const page = await app.inject('/admin/queues');
      expect(page.statusCode).toBe(200);
      expect(page.headers['content-security-policy']).toContain("script-src 'self'");
      const script = /src="(static\/[^"]+\.js)"/.exec(page.body)?.[1] ?? '';
      expect((await app.inject(`/admin/queues/${script}`)).statusCode).toBe(200);
      const queues = await vi.waitFor(async () => {
        const told: { queues: { name: string; readOnlyMode: boolean; counts: Record<string, number> }[] } = JSON.parse((await app.inject('/admin/queues/api/queues')).body);
        expect(told.queues).toMatchObject([{ readOnlyMode: true, counts: { waiting: 1 } }]);
        return told.queues;
      }, { timeout: 20_000, interval: 250 });
      const path = `/admin/queues/api/queues/${encodeURIComponent(queues[0]?.name ?? '')}`;
      for (const method of ['POST', 'PUT', 'DELETE', 'PATCH'] as const) expect((await app.inject({ method, url: `${path}/empty` })).statusCode).toBe(404);
      expect((await app.inject(`/admin/queues/api/queues`)).body).not.toContain('customer.example');
    } finally {
      bench.stop.abort();
      await worker;
      await app.close();
    }
  });

  it.runIf(backend === 'PostgreSQL')('is ready while a mailbox can be reached, and names the one that cannot', async () => {
    expect(await readiness()).toMatchObject({ code: 200, status: 'ready', mailboxes: { [name]: { status: 'ready', watch: 'elsewhere' } } });
    const { onLeader, onConnection } = watched.mailboxes.events;
    for (const each of [name, 'other']) onLeader?.(each, true);
    expect(await readiness()).toMatchObject({ code: 200, mailboxes: { [name]: { watch: 'starting' } } });
    onConnection?.(name, { kind: 'lost', reason: 'refused', retryInMs: 1 });
    onConnection?.('other', { kind: 'connected' });
    expect(await readiness()).toMatchObject({ code: 200, status: 'degraded', reasons: [`Mailbox ${name} cannot be reached: refused`] });
    expect(await readiness(`/readyz/${name}`)).toMatchObject({ code: 503, status: 'not_ready', watch: 'lost', reason: 'refused' });
    expect(await readiness('/readyz/other')).toMatchObject({ code: 200, status: 'ready' });
    expect((await get('/readyz/nobody')).status).toBe(404);
    expect((await get('/metrics')).body).toMatch(/imap_connected\{mailbox="support"\} 0\n.*imap_connected\{mailbox="other"\} 1/s);
    onConnection?.('other', { kind: 'lost', reason: 'refused', retryInMs: 1 });
    expect(await readiness()).toMatchObject({ code: 503, status: 'not_ready' });
    for (const each of [name, 'other']) onConnection?.(each, { kind: 'connected' });
    watched.packs = { ...watched.packs, valid: false, reason: 'a mistake' };
    expect(await readiness()).toMatchObject({ code: 200, status: 'degraded', reasons: [expect.stringContaining('packs')] });
    watched.ending.abort();
    expect(await readiness()).toMatchObject({ code: 503, status: 'not_ready', reasons: ['The process is ending.', expect.any(String)] });
    expect((await get('/healthz')).status).toBe(200);
  });

  it.runIf(backend === 'PostgreSQL')('is not ready, and still tells its numbers, while the store does not answer', async () => {
    const store = await openStore(place.store);
    await store.close();
    const gone = openMonitoring(watched.metrics, {
      version: '1.2.3', roles: ['desk'], database: store.database, queueEngine: 'postgres', depths: async () => await Promise.resolve([]), mailboxes: () => [], packs: () => watched.packs,
    }, { ending: new AbortController().signal });
    const served = await openMonitoringServer({ host: '127.0.0.1', port: 0 }, gone);
    try {
      const ready = await fetch(`${served.url}/readyz`);
      expect({ code: ready.status, told: await ready.json() }).toMatchObject({ code: 503, told: { status: 'not_ready', store: 'not_ready', queue: 'ready' } });
      expect(await (await fetch(`${served.url}/metrics`)).text()).toContain('refund_triage_store_up 0');
      await expect(openMonitoringServer({ host: '127.0.0.1', port: Number(new URL(served.url).port) }, gone)).rejects.toBeInstanceOf(MonitoringUnavailableError);
    } finally {
      await served.close();
    }
  });
});
