import { z } from 'zod';

const settingsSchema = z.object({
  place: z.object({ store: z.union([z.object({ databaseUrl: z.string() }), z.object({ dataDir: z.string() })]), redisUrl: z.string().nullable() }),
  imap: z.object({ host: z.string(), port: z.number(), user: z.string(), password: z.string(), folder: z.string() }),
  smtp: z.object({ port: z.number(), user: z.string(), password: z.string() }),
  /** Added to the reading of each mail, up to this, so that faults find it at work. */
  delayMs: z.number(),
  /** Of so many drafts people approve one; null where they approve none. */
  approvesOneOf: z.number().nullable(),
  /** What the process does: watches, works, sends what people approve. */
  roles: z.array(z.enum(['watch', 'work', 'desk'])),
  settles: z.boolean(),
});

export type ShopRole = ShopSettings['roles'][number];
export const shopRoles = ['watch', 'work', 'desk'] as const satisfies readonly ShopRole[];

/** What a shop of the fault runs is told when it is started. */
export type ShopSettings = z.infer<typeof settingsSchema>;

export function parseShopSettings(json: string | undefined): ShopSettings {
  return settingsSchema.parse(JSON.parse(json ?? ''));
}
