import { z } from 'zod';
import type { Doubts } from '../facts/doubts.ts';
import { derivableFacts } from '../facts/derive-fact.ts';
import { products, reasons, topics } from '../facts/facts.ts';
import type { Vocabulary } from '../facts/merchant/vocabulary.ts';

/** An answer: what a model proposes, each with the words it says to have read it from. Believed in nothing until it is checked. */
const proposalSchema = z.strictObject({ value: z.string(), quote: z.string() });
export type Proposal = z.infer<typeof proposalSchema>;

const factSchema = z.strictObject({ name: z.string(), value: z.string(), quote: z.string() });
export type FactProposal = z.infer<typeof factSchema>;

export interface Answer {
  readonly topic: Proposal | null;
  readonly reason: Proposal | null;
  readonly product: Proposal | null;
  readonly facts: readonly FactProposal[];
  /** What the picture shows, in a sentence or two. Nothing is decided by it. */
  readonly picture: string | null;
}

const maxDescriptionChars = 500;

/** More than any question asks for. */
const maxFactProposals = 24;

/** As it is taken from the server: with whatever was not asked for, so that it can be counted. */
export const answerSchema = z.object({
  topic: proposalSchema.nullable().default(null),
  reason: proposalSchema.nullable().default(null),
  product: proposalSchema.nullable().default(null),
  facts: z.array(factSchema).max(maxFactProposals).default([]),
  picture: z.string().transform((text) => text.slice(0, maxDescriptionChars)).nullable().default(null),
});

/** Topics that mail to this merchant can have, as far as a model may say so. */
export function possibleTopics({ products: sold }: Vocabulary): (typeof topics)[number][] {
  return topics.filter((topic) => topic !== 'machine' && (topic !== 'revision' || sold.includes('digital_service')));
}

/** The shape that the server is told to answer in: just what is asked, and only values that are possible. Without lengths, which not every server knows. */
export function answerShape(doubts: Doubts, vocabulary: Vocabulary, hasPicture: boolean): z.ZodType {
  return z.strictObject({
    ...(doubts.topic ? { topic: proposed(possibleTopics(vocabulary)) } : {}),
    ...(doubts.reason ? { reason: proposed(reasons.filter((reason) => vocabulary.reasons.includes(reason))) } : {}),
    ...(doubts.product ? { product: proposed(products.filter((product) => vocabulary.products.includes(product))) } : {}),
    ...(doubts.facts.length > 0
      ? { facts: z.array(z.strictObject({ name: z.enum(derivableFacts.filter((name) => doubts.facts.includes(name))), value: z.string(), quote: z.string() })).max(maxFactProposals) }
      : {}),
    ...(hasPicture ? { picture: z.string().nullable() } : {}),
  });
}

function proposed(values: readonly string[]): z.ZodType {
  return z.strictObject({ value: z.enum(values), quote: z.string() }).nullable();
}
