import { z } from 'zod';

/** A status as it travels: what `/status` answers, read back. Times are ISO 8601, or milliseconds where the name says so. */
const part = { answers: z.boolean(), reason: z.string().nullable() };
const count = z.int().min(0);

export const statusReportSchema = z.object({
  version: z.string(),
  startedAt: z.string(),
  roles: z.array(z.string()),
  store: z.object({
    ...part,
    engine: z.string(),
    standing: z.object({
      schemaVersion: z.int(),
      cases: z.array(z.object({ state: z.string(), stage: z.string(), count })),
      overdue: z.object({ count, since: z.string().nullable() }),
      quarantined: z.array(z.object({ code: z.string(), count })),
      outbox: z.array(z.object({ state: z.string(), count })),
      mailboxes: z.array(z.object({
        name: z.string(), firstContactAt: z.string(), lookedAt: z.string(), isLeased: z.boolean(), enqueuedUid: z.int(), settledUid: z.int(), unfinished: count, oldestUnfinishedAt: z.string().nullable(),
      })),
    }).nullable(),
  }),
  queue: z.object({
    ...part,
    engine: z.string(),
    depths: z.array(z.object({ mailbox: z.string(), lane: z.string(), batches: z.object({ waiting: count, active: count, delayed: count }), oldestAtMs: z.number().nullable() })),
  }),
  mailboxes: z.array(z.object({ name: z.string(), watch: z.enum(['connected', 'lost', 'starting', 'elsewhere', 'not_watched']), reason: z.string().nullable(), sinceMs: z.number(), lagSeconds: z.number().nullable() })),
  packs: z.object({ merchants: z.array(z.string()), valid: z.boolean(), reason: z.string().nullable(), loadedAtMs: z.number() }),
});

export type StatusReport = z.output<typeof statusReportSchema>;
