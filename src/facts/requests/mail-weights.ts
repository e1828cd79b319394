import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { reasons } from '../facts.ts';
import type { Topic } from '../facts.ts';
import { featureCount, featuresOfMail } from './mail-evidence.ts';
import type { MailEvidence } from './mail-evidence.ts';
import { exampleConcepts } from '../likeness/read-examples.ts';
import type { Vocabulary } from '../merchant/vocabulary.ts';

/**
 * Mail weights: how much each measure of a mail's evidence speaks for each topic and for each reason, the same in all languages: a small network with one
 * layer of hidden units (rectified linear) beside the direct weights, for what one measure says hangs on the others. Fitted by `npm run fit` on labelled
 * mails whose words no example and no phrase had been written for: on others likeness would be trusted too far.
 */

/** What a person can want of a merchant. */
export const weighedTopics = ['refund', 'cancellation', 'technical_problem', 'revision', 'privacy', 'other'] as const satisfies readonly Topic[];
export type WeighedTopic = (typeof weighedTopics)[number];
/** What fails is a topic of its own; `none`: no reason is given. */
export const weighedReasons = [...reasons.filter((reason) => reason !== 'technical_failure'), 'none'] as const;
export type WeighedReason = (typeof weighedReasons)[number];

export const hiddenUnits = 32;

function networkSchema<Name extends string>(names: readonly Name[]) {
  return z.strictObject({
    hidden: z.array(z.array(z.number()).length(featureCount)).length(hiddenUnits),
    outputs: z.record(z.enum(names), z.array(z.number()).length(featureCount + hiddenUnits)),
  });
}

/**
 * `mail-weights.json`: rows of weights of the features, in the order of `featuresOfMail`, which begins with these concepts' measures: one for each hidden
 * unit, and one for each topic and reason, with the weights of the hidden units behind.
 */
export const mailWeightsSchema = z.strictObject({
  concepts: z.array(z.string()).refine((concepts) => concepts.join() === exampleConcepts.join(), 'was fitted for other concepts: npm run fit'),
  topics: networkSchema(weighedTopics),
  reasons: networkSchema(weighedReasons),
});
export type MailWeights = z.infer<typeof mailWeightsSchema>;

export const mailWeightsFile = new URL('./mail-weights.json', import.meta.url);

let kept: MailWeights | null = null;

function mailWeights(): MailWeights {
  kept ??= mailWeightsSchema.parse(JSON.parse(readFileSync(mailWeightsFile, 'utf8')));
  return kept;
}

/** How likely each topic is; sums to 1. Only who sells work has it revised. */
export function weighTopics(evidence: MailEvidence, vocabulary: Vocabulary): ReadonlyMap<WeighedTopic, number> {
  const possible = weighedTopics.filter((topic) => topic !== 'revision' || vocabulary.products.includes('digital_service'));
  return weigh(possible, mailWeights().topics, featuresOfMail(evidence, vocabulary));
}

/** How likely each reason is that can occur with the merchant; sums to 1. */
export function weighReasons(evidence: MailEvidence, vocabulary: Vocabulary): ReadonlyMap<WeighedReason, number> {
  return weigh(reasonsBeside(vocabulary), mailWeights().reasons, featuresOfMail(evidence, vocabulary));
}

export function reasonsBeside({ reasons: possible }: Pick<Vocabulary, 'reasons'>): WeighedReason[] {
  return [...possible.filter((reason) => reason !== 'technical_failure'), 'none'];
}

interface Network<Name extends string> {
  readonly hidden: readonly (readonly number[])[];
  readonly outputs: Readonly<Record<Name, readonly number[]>>;
}

function weigh<Name extends string>(names: readonly Name[], { hidden, outputs }: Network<Name>, features: Float64Array): ReadonlyMap<Name, number> {
  const all = new Float64Array(featureCount + hiddenUnits);
  all.set(features);
  for (const [unit, weights] of hidden.entries()) all[featureCount + unit] = Math.max(0, product(features, weights));
  const sums = names.map((name) => product(all, outputs[name]));
  const highest = Math.max(...sums);
  const odds = sums.map((sum) => Math.exp(sum - highest));
  const total = odds.reduce((sum, each) => sum + each, 0);
  return new Map(names.map((name, index) => [name, (odds[index] ?? 0) / total]));
}

function product(values: Float64Array, weights: readonly number[]): number {
  let sum = 0;
  for (let at = 0; at < weights.length; at++) sum += (values[at] ?? 0) * (weights[at] ?? 0);
  return sum;
}

/** The likeliest one, and how likely it is. */
export function likeliest<Name>(shares: ReadonlyMap<Name, number>): { readonly name: Name; readonly share: number } | null {
  let best: { name: Name; share: number } | null = null;
  for (const [name, share] of shares) if (best === null || share > best.share) best = { name, share };
  return best;
}
