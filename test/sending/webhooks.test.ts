import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { closeCase, reopenCase } from '../../src/cases/actions/close-case.ts';
import { hookKey } from '../../src/cases/webhook-deliveries.ts';
import type { Store } from '../../src/cases/store.ts';
import { Secret } from '../../src/secret.ts';
import { runWebhooks, signWebhook, webhookBodySchema } from '../../src/sending/run-webhooks.ts';
import { webhookEvents } from '../../src/sending/webhook-settings.ts';
import { sampleMail } from '../cases/sample-mail.ts';
import { startEmbedded, type StoreServer } from '../cases/stores.ts';
import { freeLoopbackPort } from '../servers/ports.ts';
import { until } from './desk-place.ts';

let stores: StoreServer;
let store: Store;
let listener: Server;
let url: string;
const told: { headers: IncomingHttpHeaders; body: string }[] = [];
const answers: number[] = [];

beforeAll(async () => {
  stores = await startEmbedded();
  store = await stores.open();
  listener = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => { body += chunk.toString(); });
    request.on('end', () => {
      told.push({ headers: request.headers, body });
      response.writeHead(answers.shift() ?? 204, { location: 'http://127.0.0.1:9/' }).end();
    });
  });
  const port = await freeLoopbackPort();
  await new Promise<void>((resolve) => { listener.listen(port, '127.0.0.1', resolve); });
  url = `http://127.0.0.1:${String(port)}/hook`;
});
afterAll(async () => {
  listener.close();
  await store.close();
  await stores.stop();
});

describe('a webhook', () => {
  it('is told what happens from now on, signed, again until it answers, without anybody’s name or address in it', async () => {
    const run = store.beginRun();
    const { recorded: [recorded] } = await store.recordMails(run, [sampleMail(1)]);
    await run.end(true);
    const caseId = recorded?.caseId ?? 0;
    const stopping = new AbortController();
    const secret = new Secret('a-secret-of-some-length');
    const running = runWebhooks({ database: store.database, hooks: [{ url, secret, events: webhookEvents }], signal: stopping.signal, pollIntervalMs: 30 });
    await until(async () => (await store.database.query('SELECT 1 AS one FROM refund_triage.webhook_cursors')).length > 0, 'the webhook is known');
    answers.push(500, 302);
    await closeCase(store.database, { caseId, version: null, by: 'Olga', reason: null });
    for (const [times, status] of [[1, '500'], [2, '302']] as const) {
      await until(async () => await Promise.resolve(told.length >= times), 'it was told');
      // While the second one is under way the first one's answer still stands there.
      await until(async () => (await store.database.query(`SELECT 1 AS one FROM refund_triage.webhook_deliveries WHERE attempts = $1 AND detail LIKE '%' || $2 || '%'`, [times, status])).length > 0, 'the answer is noted');
      await store.database.query('UPDATE refund_triage.webhook_deliveries SET next_at = now()');
    }
    await reopenCase(store.database, { caseId, version: null, by: 'Olga' });
    await until(async () => (await store.database.query(`SELECT 1 AS one FROM refund_triage.webhook_deliveries WHERE state = 'delivered'`)).length === 2, 'both are delivered');
    stopping.abort();
    await running;
    const bodies = told.map(({ body }) => webhookBodySchema.parse(JSON.parse(body)));
    expect(bodies.map(({ type }) => type).toSorted()).toEqual(['case.closed', 'case.closed', 'case.closed', 'case.reopened']);
    expect(new Set(bodies.filter(({ type }) => type === 'case.closed').map(({ id }) => id)).size).toBe(1);
    expect(bodies.at(-1)?.data).toMatchObject({ case: caseId, merchant: 'imgto3d', outcome: 'need_info', by: 'Olga' });
    for (const { headers, body } of told) {
      expect(headers['webhook-signature']).toBe(signWebhook(secret.reveal(), String(headers['webhook-id']), String(headers['webhook-timestamp']), body));
      expect(body).not.toContain('customer.example');
    }
  });

  it('is signed as Standard Webhooks has it', () => {
    // The example of the specification's reference libraries.
    expect(signWebhook('whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw', 'msg_p5jXN8AQM9LWM0D4loKWxJek', '1614265330', '{"test": 2432232314}')).toBe('v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=');
    expect(hookKey(url)).not.toContain('hook');
  });
});
