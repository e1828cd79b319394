import { createHmac } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { claimDeliveries, type Delivery, enqueueDeliveries, hookKey, noteDelivery } from '../cases/webhook-deliveries.ts';
import type { Database } from '../database/database.ts';
import { eventKinds, webhookEvents, type WebhookEvent, type WebhookSettings } from './webhook-settings.ts';

export interface WebhooksOptions {
  readonly database: Database;
  readonly hooks: readonly WebhookSettings[];
  readonly signal: AbortSignal;
  readonly pollIntervalMs?: number;
  readonly timeoutMs?: number;
  readonly onError?: (error: Error) => void;
}

const defaults = { pollIntervalMs: 2_000, timeoutMs: 15_000 };
const batchDeliveries = 50;
/** Between attempts; after the last one the delivery is given up. */
const pausesMs = [5_000, 30_000, 2 * 60_000, 10 * 60_000, 60 * 60_000, 6 * 60 * 60_000, 24 * 60 * 60_000] as const;

/**
 * Tells the configured addresses what happens to cases, each event at least once, until the signal aborts. What is told has the case's number, tag and outcome, and no personal data: whoever needs
 * more asks the API. Any number of processes may do so on one store.
 */
export async function runWebhooks({ database, hooks, signal, ...options }: WebhooksOptions): Promise<void> {
  if (hooks.length === 0) return;
  const { pollIntervalMs, timeoutMs } = { ...defaults, ...options };
  const byKey = new Map(hooks.map((hook) => [hookKey(hook.url), hook]));
  while (!signal.aborted) {
    let found = 0;
    try {
      for (const [key, { events }] of byKey) await enqueueDeliveries(database, key, events.flatMap((event) => eventKinds[event]));
      const due = await claimDeliveries(database, [...byKey.keys()], batchDeliveries, timeoutMs * 2);
      found = due.length;
      await Promise.all(due.map(async (delivery) => { await deliver(database, delivery, byKey.get(delivery.hook), timeoutMs); }));
    } catch (error) {
      options.onError?.(error instanceof Error ? error : new Error(String(error)));
    }
    if (found < batchDeliveries) await sleep(pollIntervalMs, undefined, { signal }).catch(() => undefined);
  }
}

async function deliver(database: Database, delivery: Delivery, hook: WebhookSettings | undefined, timeoutMs: number): Promise<void> {
  if (hook === undefined) return;
  const problem = await post(hook, delivery, timeoutMs);
  await noteDelivery(database, delivery, problem === null ? { delivered: true } : { delivered: false, problem, retryInMs: pausesMs[delivery.attempts - 1] ?? null });
}

/** What went wrong; null where the address took it. */
async function post(hook: WebhookSettings, delivery: Delivery, timeoutMs: number): Promise<string | null> {
  const body = JSON.stringify(webhookBody(delivery));
  const id = `evt_${String(delivery.eventId)}`;
  const timestamp = String(Math.floor(Date.now() / 1_000));
  try {
    const response = await fetch(hook.url, {
      method: 'POST', body, signal: AbortSignal.timeout(timeoutMs),
      // A redirect could lead anywhere, into the network behind us too.
      redirect: 'manual',
      headers: {
        'content-type': 'application/json', 'user-agent': 'refund-triage', 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': signWebhook(hook.secret.reveal(), id, timestamp, body),
      },
    });
    await response.body?.cancel();
    return response.ok ? null : `answered ${String(response.status)}`;
  } catch (error) {
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause.message : null;
    return (cause ?? (error instanceof Error ? error.message : String(error))).slice(0, 300);
  }
}

/** As Standard Webhooks has it: HMAC-SHA256 over id, time and body, in base64, with its version before it. A secret that begins with `whsec_` is base64. */
export function signWebhook(secret: string, id: string, timestamp: string, body: string): string {
  const key = secret.startsWith('whsec_') ? Buffer.from(secret.slice(6), 'base64') : Buffer.from(secret);
  return `v1,${createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64')}`;
}

/** What is told, as it is described in the API's document. */
export const webhookBodySchema = z.strictObject({
  id: z.string().describe('The same each time the event is told.'),
  type: z.enum(webhookEvents),
  timestamp: z.iso.datetime(),
  data: z.strictObject({
    case: z.int(),
    tag: z.string().describe('RT-7K2M9QXW: what stands in the subject.'),
    merchant: z.string().nullable(),
    state: z.string(),
    stage: z.string(),
    outcome: z.string().nullable(),
    rule: z.string().nullable(),
    by: z.string().nullable().describe('Who did it, where somebody did.'),
  }),
});

function webhookBody({ eventId, kind, atMs, caseId, tag, merchant, state, stage, outcome, rule, by }: Delivery): z.output<typeof webhookBodySchema> {
  return { id: `evt_${String(eventId)}`, type: eventOf(kind), timestamp: new Date(atMs).toISOString(), data: { case: caseId, tag, merchant, state, stage, outcome, rule, by } };
}

function eventOf(kind: string): WebhookEvent {
  return webhookEvents.find((event) => eventKinds[event].includes(kind)) ?? 'case.decided';
}
