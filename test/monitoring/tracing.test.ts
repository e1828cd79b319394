import { createServer, type Server } from 'node:http';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { openTracing } from '../../src/monitoring/tracing.ts';
import { runWorker } from '../../src/worker/run-worker.ts';
import { freeLoopbackPort } from '../servers/ports.ts';
import { type PostgresServer, startPostgres } from '../servers/postgres.ts';
import type { TriageMail } from '../../src/worker/triage-mail.ts';
import { FlakyError, testMail, testTriage } from '../worker/test-triage.ts';
import { openWorkerBench, type WorkerBench } from '../worker/worker-bench.ts';

const spanSchema = z.object({
  traceId: z.string(), spanId: z.string(), parentSpanId: z.string().optional(), name: z.string(), startTimeUnixNano: z.string(), endTimeUnixNano: z.string(),
  status: z.object({ code: z.int().optional(), message: z.string().optional() }), attributes: z.array(z.object({ key: z.string(), value: z.unknown() })),
});
type Span = z.output<typeof spanSchema>;
const exportSchema = z.object({ resourceSpans: z.array(z.object({ scopeSpans: z.array(z.object({ spans: z.array(spanSchema) })) })) });

let postgres: PostgresServer;
beforeAll(async () => { postgres = await startPostgres(); });
afterAll(async () => { await postgres.stop(); });

describe('traces', () => {
  let collector: Server;
  let bodies: string[];
  let endpoint: string;
  let bench: WorkerBench;
  beforeEach(async () => {
    bodies = [];
    collector = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => { chunks.push(chunk); });
      request.on('end', () => {
        if (request.url === '/collect/v1/traces') bodies.push(Buffer.concat(chunks).toString());
        response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
      });
    });
    const port = await freeLoopbackPort();
    await new Promise<void>((resolve) => { collector.listen(port, '127.0.0.1', resolve); });
    endpoint = `http://127.0.0.1:${String(port)}/collect`;
    bench = await openWorkerBench({ databaseUrl: await postgres.createDatabase() });
  });
  afterEach(async () => {
    await bench.clear();
    collector.closeAllConnections();
    await new Promise((resolve) => { collector.close(resolve); });
  });

  const spans = (): Span[] => bodies.flatMap((body) => exportSchema.parse(JSON.parse(body)).resourceSpans.flatMap(({ scopeSpans }) => scopeSpans.flatMap((scope) => scope.spans)));
  const work = async (otlpEndpoint: string, sampleRatio: number, triage: TriageMail = testTriage()): Promise<void> => {
    const tracing = await openTracing({ otlpEndpoint, sampleRatio, version: '1.2.3' });
    try {
      await runWorker({
        store: bench.store, mailboxes: [{ mailbox: bench.mailbox, since: new Date(0) }], triage, redisUrl: null, once: true, signal: bench.stop.signal, telemetry: tracing.telemetry,
        events: tracing.events, queue: { backoffMs: 30, attempts: 2 },
      });
    } finally {
      await tracing.close();
    }
  };

  it('follow a batch from the queue through its stages, and hold nothing of the mail', async () => {
    await bench.maildir.deliver(testMail('m1', 'review'));
    await work(endpoint, 1);
    await vi.waitFor(() => { expect(spans().map(({ name }) => name)).toContain('triage batch'); }, { timeout: 10_000 });
    const told = spans();
    const batch = told.find(({ name }) => name === 'triage batch');
    const job = told.find(({ spanId }) => spanId === batch?.parentSpanId);
    const handedIn = told.find(({ spanId }) => spanId === job?.parentSpanId);
    expect(job?.name).toMatch(/process/);
    expect(handedIn?.name).toMatch(/add/);
    const stages = told.filter(({ parentSpanId }) => parentSpanId === batch?.spanId);
    expect(stages.map(({ name }) => name).toSorted()).toEqual(['draft', 'fetch', 'finish', 'mark', 'record', 'triage']);
    for (const { traceId, startTimeUnixNano, endTimeUnixNano } of stages) {
      expect(traceId).toBe(batch?.traceId);
      expect(BigInt(startTimeUnixNano)).toBeGreaterThanOrEqual(BigInt(batch?.startTimeUnixNano ?? 0) - 1_000n);
      expect(BigInt(endTimeUnixNano)).toBeLessThanOrEqual(BigInt(batch?.endTimeUnixNano ?? 0) + 1_000n);
    }
    expect(batch?.attributes.map(({ key }) => key)).toEqual(['refund_triage.mailbox', 'refund_triage.queue', 'refund_triage.mails']);
    expect(bodies.join('')).not.toMatch(/customer\.example|Anna|money back|"review"/);
  });

  it('say that a batch failed and with which code, not with which words', async () => {
    await bench.maildir.deliver(testMail('m1'));
    await work(endpoint, 1, async () => await Promise.reject(new FlakyError('no answer to "I want my money back" of m1@customer.example')));
    await vi.waitFor(() => { expect(spans().filter(({ name }) => name === 'triage batch').map(({ status }) => status.message)).toContain('flaky'); }, { timeout: 10_000 });
    expect(bodies.join('')).toContain('job failed');
    expect(spans().map(({ name }) => name.split(' ')[0]).filter((name) => name !== 'triage' && !/^(?:add|addBulk|process|fetch|record|draft|mark|finish)$/.test(name ?? ''))).toEqual([]);
    expect(bodies.join('')).not.toMatch(/customer\.example|money back/);
  });

  it('are left out as far as the configuration says, and a collector that is gone holds up nothing', async () => {
    await bench.maildir.deliver(testMail('m1'));
    await work(endpoint, 0);
    expect(spans()).toEqual([]);
    await bench.maildir.deliver(testMail('m2'));
    await work('http://127.0.0.1:9', 1);
    expect(bench.maildir.answered()).toHaveLength(2);
  });
});
