import { z } from 'zod';
import { products, reasons } from '../facts.ts';
import { ownFactsSchema } from './own-facts.ts';

/**
 * A merchant's vocabulary: what the reader must know of a merchant to read mail written to it. Part of the pack
 * (`reader:` in `policy.yaml`).
 */
export const vocabularySchema = z.strictObject({
  /** What this merchant sells. */
  products: z.array(z.enum(products)).min(1),
  /** What a mail about money is about when it does not say. */
  default_product: z.enum(products).nullable().default(null),
  /** Reasons that can occur with this merchant. */
  reasons: z.array(z.enum(reasons)).min(1),
  /** Names of generators a customer can have used; empty where the merchant has none. */
  generators: z.array(z.enum(['free', 'turbo', 'base', 'pro', 'ultra'])).default([]),
  /** Names of the subscription plans as customers write them in any language: a mail that names one is about a subscription. */
  plans: z.array(z.string()).default([]),
  /** Regular expressions of the merchant's order numbers, such as `SB-?\d{4,6}`; others are found by the words around them. */
  order_numbers: z.array(z.string().refine(isPattern, 'is no regular expression')).default([]),
  /** True where customers are known by a Telegram id. */
  telegram: z.boolean().default(false),
  /** Facts that only this merchant's policy speaks of, by names such as `is_opened`. */
  facts: ownFactsSchema.optional(),
});
export type Vocabulary = z.infer<typeof vocabularySchema>;

function isPattern(source: string): boolean {
  try {
    return new RegExp(source, 'u').unicode;
  } catch {
    return false;
  }
}
