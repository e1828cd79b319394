import { decide } from '../decision/decide.ts';
import type { Decision } from '../decision/decision.ts';
import { PackError } from '../packs/pack-error.ts';
import { decidingPack, type DecidingPack, type StoredPack } from '../packs/stored-pack.ts';
import { decisionDigest, type DecisionBasis, type DecisionFilter, type StoredDecision } from './stored-decisions.ts';
import type { Store } from './store.ts';

/** As much of the store as replaying needs. */
export type ReplayStore = Pick<Store, 'listDecisions' | 'readPack'>;

/** The packs that decided, by their hashes; each is read and compiled once. */
export interface PackShelf {
  /** `missing`: the store has no pack of this hash. `not_understood`: this release no longer takes its policy. */
  readonly packOf: (hash: string) => Promise<DecidingPack | 'missing' | 'not_understood'>;
}

export function openPackShelf(store: Pick<Store, 'readPack'>): PackShelf {
  const packs = new Map<string, Awaited<ReturnType<PackShelf['packOf']>>>();
  return {
    packOf: async (hash) => {
      const known = packs.get(hash);
      if (known !== undefined) return known;
      const stored = await store.readPack(hash);
      const pack = stored === null ? 'missing' : understood(stored);
      packs.set(hash, pack);
      return pack;
    },
  };
}

function understood(stored: StoredPack): DecidingPack | 'not_understood' {
  try {
    return decidingPack(stored);
  } catch (error) {
    if (error instanceof PackError) return 'not_understood';
    throw error;
  }
}

/** A stored decision taken again by the pack that took it. */
export type Replayed =
  | { readonly kind: 'identical'; readonly stored: StoredDecision; readonly basis: DecisionBasis; readonly pack: DecidingPack; readonly decision: Decision }
  /** The JSON has other bytes. */
  | { readonly kind: 'different'; readonly stored: StoredDecision; readonly basis: DecisionBasis; readonly pack: DecidingPack; readonly decision: Decision }
  /** `no_basis`: kept by a release that did not keep what it rested on. The others are of its pack. */
  | { readonly kind: 'cannot'; readonly stored: StoredDecision; readonly why: 'no_basis' | 'missing' | 'not_understood' };

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

/** Takes the decision again by the pack that took it. */
export async function replayDecision(stored: StoredDecision, shelf: PackShelf): Promise<Replayed> {
  const { basis, digest, packHash } = stored;
  if (basis === null) return { kind: 'cannot', stored, why: 'no_basis' };
  const pack = await shelf.packOf(packHash);
  if (typeof pack === 'string') return { kind: 'cannot', stored, why: pack };
  const decision = decide(basis.facts, pack.compiled, { ...basis.context, packHash });
  return { kind: decisionDigest(decision) === digest ? 'identical' : 'different', stored, basis, pack, decision };
}
