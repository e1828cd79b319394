import { decide } from '../decision/decide.ts';
import type { Decision } from '../decision/decision.ts';
import { decidingPack, type DecidingPack } from '../packs/stored-pack.ts';
import { decisionDigest, type DecisionBasis, type DecisionFilter, type StoredDecision } from './stored-decisions.ts';
import type { Store } from './store.ts';

/** As much of the store as replaying needs. */
export type ReplayStore = Pick<Store, 'listDecisions' | 'readPack'>;

/** The packs that decided, by their hashes; each is read and compiled once. */
export interface PackShelf {
  /** Null where the store has no pack of this hash. Throws `PackError` where this release no longer understands it. */
  readonly packOf: (hash: string) => Promise<DecidingPack | null>;
}

export function openPackShelf(store: Pick<Store, 'readPack'>): PackShelf {
  const packs = new Map<string, DecidingPack | null>();
  return {
    packOf: async (hash) => {
      const known = packs.get(hash);
      if (known !== undefined) return known;
      const stored = await store.readPack(hash);
      const pack = stored === null ? null : decidingPack(stored);
      packs.set(hash, pack);
      return pack;
    },
  };
}

/** A stored decision taken again by the pack that took it. */
export type Replayed =
  | { readonly kind: 'identical'; readonly stored: StoredDecision; readonly basis: DecisionBasis; readonly pack: DecidingPack; readonly decision: Decision }
  /** The JSON has other bytes. */
  | { readonly kind: 'different'; readonly stored: StoredDecision; readonly basis: DecisionBasis; readonly pack: DecidingPack; readonly decision: Decision }
  /** `basis`: kept by a release that did not keep what it rested on. `pack`: the pack of its hash is not in the store. */
  | { readonly kind: 'cannot'; readonly stored: StoredDecision; readonly lacks: 'basis' | 'pack' };

const batchSize = 2_000;

/** Stored decisions in the order in which they were taken, in batches. The next batch is read while the last one is worked on. */
export async function* storedDecisions(store: Pick<Store, 'listDecisions'>, filter: Pick<DecisionFilter, 'merchant' | 'sinceMs' | 'newestOnly'>): AsyncGenerator<StoredDecision[]> {
  const read = async (after: number): Promise<StoredDecision[]> => await store.listDecisions({ ...filter, after, limit: batchSize, caseId: null });
  let next = read(0);
  for (;;) {
    const batch = await next;
    const last = batch.at(-1);
    if (last === undefined) return;
    next = read(last.id);
    // Should the reader stop here, nobody waits for this any more.
    next.catch(() => undefined);
    yield batch;
  }
}

/** Takes the decision again. Throws `PackError` where this release no longer understands the pack. */
export async function replayDecision(stored: StoredDecision, shelf: PackShelf): Promise<Replayed> {
  const { basis, digest, packHash } = stored;
  if (basis === null) return { kind: 'cannot', stored, lacks: 'basis' };
  const pack = await shelf.packOf(packHash);
  if (pack === null) return { kind: 'cannot', stored, lacks: 'pack' };
  const decision = decide(basis.facts, pack.compiled, { ...basis.context, packHash });
  return { kind: decisionDigest(decision) === digest ? 'identical' : 'different', stored, basis, pack, decision };
}
