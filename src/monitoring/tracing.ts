import type { ReadableSpan, SpanExporter } from '@opentelemetry/sdk-trace-base';
import type { Telemetry } from 'bullmq';
import type { BatchTimes } from '../worker/batch-times.ts';
import type { WorkerEvents } from '../worker/worker-events.ts';
import { TelemetryMissingError } from './monitoring-errors.ts';

/** Traces: from handing a batch to the queue over taking it up, maybe in another process, to each stage of it. Spans bear names, numbers and codes, nothing of a mail. */
export interface Tracing {
  /** For the queue. */
  readonly telemetry: Telemetry;
  readonly events: WorkerEvents;
  /** Sends what is left, for a moment at the most. */
  readonly close: () => Promise<void>;
}

export interface TracingOptions {
  /** Of a collector that takes OTLP over HTTP. */
  readonly otlpEndpoint: string;
  /** Which share of the batches is traced. */
  readonly sampleRatio: number;
  readonly version: string;
}

const tracerName = 'refund-triage';
const jobSpans: ReadonlySet<string> = new Set(['add', 'addBulk', 'process']);
const tracesPath = '/v1/traces';
const maxExportMs = 5_000;
const maxCloseMs = 1_000;

/** The packages are loaded only here: who traces nothing need not have them. Throws `TelemetryMissingError`. */
export async function openTracing({ otlpEndpoint, sampleRatio, version }: TracingOptions): Promise<Tracing> {
  const { api, hooks, core, exporter, resources, sdk, queue } = await loadPackages();
  const provider = new sdk.BasicTracerProvider({
    resource: resources.resourceFromAttributes({ 'service.name': 'refund-triage', 'service.version': version }),
    sampler: new sdk.ParentBasedSampler({ root: new sdk.TraceIdRatioBasedSampler(sampleRatio) }),
    spanProcessors: [new sdk.BatchSpanProcessor(withoutWords(new exporter.OTLPTraceExporter({ url: tracesUrl(otlpEndpoint), timeoutMillis: maxExportMs })), { exportTimeoutMillis: maxExportMs })],
  });
  api.context.setGlobalContextManager(new hooks.AsyncLocalStorageContextManager().enable());
  api.propagation.setGlobalPropagator(new core.W3CTraceContextPropagator());
  api.trace.setGlobalTracerProvider(provider);
  const tracer = provider.getTracer(tracerName, version);

  const traceBatch = ({ mailbox, lane, mails, startedAtMs, durationMs, stages, failure }: BatchTimes): void => {
    // Told within the work on the job, whose span is the parent.
    const around = api.context.active();
    const span = tracer.startSpan('triage batch', { startTime: startedAtMs, attributes: { 'refund_triage.mailbox': mailbox, 'refund_triage.queue': lane, 'refund_triage.mails': mails } }, around);
    if (failure !== null) span.setStatus({ code: api.SpanStatusCode.ERROR, message: failure });
    const within = api.trace.setSpan(around, span);
    for (const stage of stages) tracer.startSpan(stage.stage, { startTime: stage.startedAtMs }, within).end(stage.startedAtMs + Math.max(0, stage.durationMs));
    span.end(startedAtMs + durationMs);
  };
  return {
    telemetry: new queue.BullMQOtel({ tracerName: 'bullmq', version }),
    events: { onBatch: traceBatch },
    close: async () => {
      let timer: NodeJS.Timeout | undefined;
      // A collector that is gone must not hold up the end.
      await Promise.race([provider.shutdown().catch(() => undefined), new Promise<void>((resolve) => { timer = setTimeout(resolve, maxCloseMs); })]);
      clearTimeout(timer);
      api.trace.disable();
      api.propagation.disable();
      api.context.disable();
    },
  };
}

/**
 * Of the queue's own spans only how jobs are handed in and worked on, not its housekeeping, and without what errors say, which may quote the mail: that a job failed is enough, the codes stand
 * in our spans.
 */
function withoutWords(exporter: SpanExporter): SpanExporter {
  return {
    export: (spans, done) => {
      const told = spans.flatMap((span): ReadableSpan[] => {
        if (span.instrumentationScope.name === tracerName) return [span];
        if (!jobSpans.has(String(span.attributes['bullmq.queue.operation']))) return [];
        return [Object.create(span, { events: { value: span.events.map(({ name, time }) => ({ name, time })) }, status: { value: { code: span.status.code } } })];
      });
      exporter.export(told, done);
    },
    shutdown: async () => { await exporter.shutdown(); },
    forceFlush: async () => { await exporter.forceFlush?.(); },
  };
}

async function loadPackages() {
  try {
    const [api, hooks, core, exporter, resources, sdk, queue] = await Promise.all([
      import('@opentelemetry/api'), import('@opentelemetry/context-async-hooks'), import('@opentelemetry/core'), import('@opentelemetry/exporter-trace-otlp-http'),
      import('@opentelemetry/resources'), import('@opentelemetry/sdk-trace-base'), import('bullmq-otel'),
    ]);
    return { api, hooks, core, exporter, resources, sdk, queue };
  } catch (error) {
    throw new TelemetryMissingError('telemetry is set, but its packages are not installed: they are left out by npm install --omit=optional.', { cause: error });
  }
}

function tracesUrl(endpoint: string): string {
  const url = new URL(endpoint);
  if (!url.pathname.endsWith(tracesPath)) url.pathname = `${url.pathname.replace(/\/$/u, '')}${tracesPath}`;
  return url.href;
}
