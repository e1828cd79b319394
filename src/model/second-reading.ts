import type { Doubts } from '../facts/doubts.ts';
import type { FactMap, Product, Reason, Topic } from '../facts/facts.ts';

/** A second reading: what a model added to ours, each found again in the customer's own words; and what of its answer was not believed. */
export interface SecondReading {
  readonly asked: Doubts;
  readonly topic: Confirmed<Topic> | null;
  readonly reason: Confirmed<Reason> | null;
  readonly product: Confirmed<Product> | null;
  /** Of source `model`. */
  readonly facts: FactMap;
  /** What the model says a picture of the screen shows: for a person to read, nothing rests on it. */
  readonly picture: string | null;
  readonly dropped: readonly Dropped[];
  /** The question was answered before: it cost nothing. */
  readonly cached: boolean;
  /** What this mail's question took; zero where it was answered before. */
  readonly tokens: TokenCount;
}

export interface Confirmed<Value> {
  readonly value: Value;
  /** Verbatim, from the mail. */
  readonly evidence: string;
}

/**
 * `not_asked` nobody asked for it · `impossible` it cannot be with this merchant · `quote_not_found` the words do not stand in what the customer wrote · `not_in_quote` the words do not give the value · `turned_round` what stands before
 * the words turns them round or makes them a supposition · `unlikely` the words say nothing like it · `speaks_to_machine` the words are meant for the model
 */
const dropReasons = ['not_asked', 'impossible', 'quote_not_found', 'not_in_quote', 'turned_round', 'unlikely', 'speaks_to_machine'] as const;
export type DropReason = (typeof dropReasons)[number];

export interface Dropped {
  readonly name: string;
  readonly why: DropReason;
}

export interface TokenCount {
  readonly input: number;
  readonly output: number;
}
