import { z } from 'zod';
import type { StoreOptions } from '../../src/cases/store.ts';

/** Where a worker of the tests keeps its store and its queue. */
export interface Place {
  readonly store: StoreOptions;
  readonly redisUrl: string | null;
}

const placeSchema = z.object({ store: z.union([z.object({ databaseUrl: z.string() }), z.object({ dataDir: z.string() })]), redisUrl: z.string().nullable() });

/** Out of a child process's arguments. */
export function parsePlace(json: string | undefined): Place {
  return placeSchema.parse(JSON.parse(json ?? ''));
}
