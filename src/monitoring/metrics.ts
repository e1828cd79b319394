import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import { TriageError } from '../errors.ts';
import type { ModelTally } from '../model/second-reader.ts';
import type { WorkerEvents } from '../worker/worker-events.ts';
import type { Status } from './status.ts';

/** What Prometheus is told: counters of what this process did, and gauges of how the store and the queue stand, which every process tells alike. No label holds anything of a customer. */
export interface Metrics {
  /** To be told what the worker does. */
  readonly events: WorkerEvents;
  /** In Prometheus' text format. */
  readonly write: (status: Status) => Promise<string>;
  readonly contentType: string;
  /** Every name that `write` can tell of, with its labels. */
  readonly describe: () => Promise<readonly { readonly name: string; readonly type: string; readonly help: string }[]>;
}

const mailSeconds = [0.1, 0.25, 0.5, 1, 1.5, 2.5, 5, 10, 30, 60, 300, 900, 3_600];
const stageSeconds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

/** `modelTally`: of the second reader; null where there is none. */
export function openMetrics({ modelTally = null, now = Date.now }: { readonly modelTally?: (() => ModelTally) | null; readonly now?: () => number } = {}): Metrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  const counter = <Label extends string>(name: string, help: string, labelNames: readonly Label[]) => new Counter({ name: `refund_triage_${name}`, help, labelNames, registers });
  const histogram = <Label extends string>(name: string, help: string, labelNames: readonly Label[], buckets: number[]) => new Histogram({ name: `refund_triage_${name}`, help, labelNames, buckets, registers });

  const messages = counter('messages_total', 'Mails that got their fate, by how they stand.', ['mailbox', 'state']);
  const drafts = counter('drafts_total', 'Replies put into Drafts.', ['mailbox', 'merchant']);
  const quarantines = counter('quarantines_total', 'Mails put into quarantine, by the code of the reason.', ['mailbox', 'code']);
  const answered = counter('answers_seen_total', 'Answers found that people sent from their mail programs.', ['mailbox']);
  const enqueued = counter('enqueued_total', 'Mails handed to the queue.', ['mailbox']);
  const errors = counter('errors_total', 'What failed and is tried again, by its code.', ['mailbox', 'code']);
  const lost = counter('connections_lost_total', 'Connections to a mailbox that were lost.', ['mailbox']);
  const lookUps = counter('record_look_ups_total', "Mails by what asking the merchant's records came to.", ['result']);
  const batches = counter('batches_total', 'Batches of mail that came to an end, or failed and are tried again.', ['queue', 'result']);
  const batchTimes = histogram('batch_duration_seconds', 'How long a batch took.', ['queue'], stageSeconds);
  const stageTimes = histogram('stage_duration_seconds', 'How long a stage took: triage of one mail, the others of a batch.', ['stage'], stageSeconds);
  const arrivalToDraft = histogram('arrival_to_draft_seconds', 'From the arrival of a mail in the mailbox to its draft.', [], mailSeconds);
  if (modelTally !== null) addModel(registry, modelTally);
  const setGauges = addGauges(registry);

  return {
    contentType: registry.contentType,
    events: {
      onMail: ({ mailbox, state, merchant, draftSubject, quarantine, receivedAtMs, records }) => {
        messages.inc({ mailbox, state });
        if (quarantine !== null) quarantines.inc({ mailbox, code: quarantine.code });
        if (records !== null) lookUps.inc({ result: records });
        if (draftSubject === null) return;
        drafts.inc({ mailbox, merchant: merchant ?? '' });
        if (receivedAtMs !== null) arrivalToDraft.observe(Math.max(0, now() - receivedAtMs) / 1_000);
      },
      onBatch: ({ lane, durationMs, stages, failure }) => {
        batches.inc({ queue: lane, result: failure ?? 'done' });
        batchTimes.observe({ queue: lane }, durationMs / 1_000);
        for (const stage of stages) stageTimes.observe({ stage: stage.stage }, Math.max(0, stage.durationMs) / 1_000);
      },
      onAnswered: (mailbox) => { answered.inc({ mailbox }); },
      onEnqueued: (mailbox, mails) => { enqueued.inc({ mailbox }, mails); },
      onConnection: (mailbox, event) => { if (event.kind === 'lost') lost.inc({ mailbox }); },
      onError: (mailbox, error) => { errors.inc({ mailbox: mailbox ?? '', code: error instanceof TriageError ? error.code : 'unexpected_error' }); },
    },
    write: async (status) => {
      setGauges(status);
      return await registry.metrics();
    },
    describe: async () => (await registry.getMetricsAsJSON()).map(({ name, type, help }) => ({ name, type: String(type), help })),
  };
}

/** Gauges that are set from a status. */
function addGauges(registry: Registry): (status: Status) => void {
  const gauge = <Label extends string>(name: string, help: string, labelNames: readonly Label[] = []) => new Gauge({ name: `refund_triage_${name}`, help, labelNames, registers: [registry] });
  const info = gauge('build_info', 'Always 1.', ['version', 'node']);
  const role = gauge('role', 'What this process does: 1.', ['role']);
  const storeUp = gauge('store_up', '1 where the store answers.');
  const queueUp = gauge('queue_up', '1 where the queue answers.');
  const connected = gauge('imap_connected', '1 where the mailbox is connected. Told by the one process that watches it.', ['mailbox']);
  const lag = gauge('imap_lag_seconds', 'How long the oldest mail waits for its fate: since it was handed to the queue, or since it arrived where it was recorded.', ['mailbox']);
  const looked = gauge('imap_looked_timestamp_seconds', 'When some process last looked into the mailbox.', ['mailbox']);
  const unfinished = gauge('unfinished_messages', 'Mails that were recorded and are not done with.', ['mailbox']);
  const depth = gauge('queue_depth', 'Batches in the queue, by what they wait for.', ['queue', 'mailbox', 'state']);
  const cases = gauge('cases', 'Cases by how they stand and whose turn it is.', ['state', 'stage']);
  const due = gauge('due_cases', 'Open cases whose answer is due.');
  const quarantined = gauge('quarantined', 'Mails in quarantine, by the code of the reason.', ['code']);
  const outbox = gauge('outbox', 'Approved replies that are not sent yet, or not for certain.', ['state']);
  const packsValid = gauge('packs_valid', '0 where the packs in their folder have mistakes, and those loaded before are in use.');
  const packsLoaded = gauge('packs_loaded_timestamp_seconds', 'When the packs in use were loaded.');
  const perStatus = [role, connected, lag, looked, unfinished, depth, cases, quarantined, outbox];

  return ({ version, roles, store, queue, mailboxes, packs }) => {
    for (const each of perStatus) each.reset();
    info.set({ version, node: process.versions.node }, 1);
    for (const each of roles) role.set({ role: each }, 1);
    storeUp.set(store.answers ? 1 : 0);
    queueUp.set(queue.answers ? 1 : 0);
    for (const { name, watch, lagSeconds } of mailboxes) {
      if (watch === 'connected' || watch === 'lost' || watch === 'starting') connected.set({ mailbox: name }, watch === 'connected' ? 1 : 0);
      if (lagSeconds !== null) lag.set({ mailbox: name }, lagSeconds);
    }
    for (const { lane, mailbox, batches } of queue.depths) for (const [state, count] of Object.entries(batches)) depth.set({ queue: lane, mailbox, state }, count);
    packsValid.set(packs.valid ? 1 : 0);
    packsLoaded.set(packs.loadedAtMs / 1_000);
    if (store.standing === null) return;
    for (const mailbox of store.standing.mailboxes) {
      looked.set({ mailbox: mailbox.name }, mailbox.lookedAt.getTime() / 1_000);
      unfinished.set({ mailbox: mailbox.name }, mailbox.unfinished);
    }
    for (const { state, stage, count } of store.standing.cases) cases.set({ state, stage }, count);
    due.set(store.standing.overdue.count);
    for (const { code, count } of store.standing.quarantined) quarantined.set({ code }, count);
    for (const { state, count } of store.standing.outbox) outbox.set({ state }, count);
  };
}

function addModel(registry: Registry, tally: () => ModelTally): void {
  const ofTally = <Label extends string>(name: string, help: string, labelNames: readonly Label[], values: (told: ModelTally) => readonly (readonly [Partial<Record<Label, string>>, number])[]): void => {
    const counter = new Counter({
      name: `refund_triage_model_${name}`, help, labelNames, registers: [registry],
      collect: () => {
        counter.reset();
        for (const [labels, value] of values(tally())) counter.inc(labels, value);
      },
    });
  };
  ofTally('tokens_total', "The language model's tokens.", ['kind'], ({ tokens }) => [[{ kind: 'input' }, tokens.input], [{ kind: 'output' }, tokens.output]]);
  ofTally('questions_total', 'Mails about which the language model was to be asked, by what came of it.', ['result'], ({ answers, cached, skipped, failed }) => [
    [{ result: 'answered' }, answers], [{ result: 'cached' }, cached],
    ...Object.entries(skipped).map(([why, count]) => [{ result: `skipped_${why}` }, count] as const),
    ...Object.entries(failed).map(([why, count]) => [{ result: `failed_${why}` }, count ?? 0] as const),
  ]);
}
