import type { CompiledPolicy } from '../decision/compile-policy.ts';
import type { Policy } from '../decision/policy.ts';
import type { Replies } from '../draft/replies.ts';
import type { Vocabulary } from '../facts/merchant/vocabulary.ts';

/** A pack: all that is particular to one merchant, a folder under `templates/`. Frozen; made by `loadPacks`. */
export interface Pack {
  /** The folder's name. */
  readonly name: string;
  readonly policy: Policy;
  /** The policy as `decide` applies it. */
  readonly compiled: CompiledPolicy;
  readonly vocabulary: Vocabulary;
  /** The merchant's published text by language, in whichever languages it was published. */
  readonly policyTexts: ReadonlyMap<string, string>;
  readonly replies: Replies;
  /** Every file of the pack and of what all packs share, by its path under the packs' folder, in the order in which the hash takes them. */
  readonly files: ReadonlyMap<string, Buffer>;
  /** Lower-case hex SHA-256 over every file of the pack and of what all packs share: kept with each decision, so that it can be replayed. */
  readonly hash: string;
}

/** In the order of their names. */
export type Packs = readonly Pack[];

/** Null where the merchant has none, or it is not known whose it is. */
export function packOf(packs: Packs, merchant: string | null): Pack | null {
  return packs.find(({ name }) => name === merchant) ?? null;
}
