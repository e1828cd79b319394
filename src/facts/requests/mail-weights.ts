import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { reasons } from '../facts.ts';
import type { Topic } from '../facts.ts';
import { featureCount, featuresOfMail } from './mail-evidence.ts';
import type { MailEvidence } from './mail-evidence.ts';
import { exampleConcepts } from '../likeness/read-examples.ts';
import type { Vocabulary } from '../merchant/vocabulary.ts';

/**
 * Mail weights: how much each measure of a mail's evidence speaks for each topic and for each reason (multinomial logistic regression), the same in all
 * languages. Fitted by `npm run fit` on labelled mails whose words no example and no phrase had been written for: on others likeness would be trusted too far.
 */

/** What a person can want of a merchant. */
export const weighedTopics = ['refund', 'cancellation', 'technical_problem', 'revision', 'privacy', 'other'] as const satisfies readonly Topic[];
export type WeighedTopic = (typeof weighedTopics)[number];
/** What fails is a topic of its own; `none`: no reason is given. */
export const weighedReasons = [...reasons.filter((reason) => reason !== 'technical_failure'), 'none'] as const;
export type WeighedReason = (typeof weighedReasons)[number];

const row = z.array(z.number()).length(featureCount);

/** `mail-weights.json`: a row of weights for each topic and reason, in the order of `featuresOfMail`, which begins with these concepts' measures. */
export const mailWeightsSchema = z.strictObject({
  concepts: z.array(z.string()).refine((concepts) => concepts.join() === exampleConcepts.join(), 'was fitted for other concepts: npm run fit'),
  topics: z.record(z.enum(weighedTopics), row),
  reasons: z.record(z.enum(weighedReasons), row),
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

function weigh<Name extends string>(names: readonly Name[], weights: Readonly<Partial<Record<Name, readonly number[]>>>, features: Float64Array): ReadonlyMap<Name, number> {
  const sums = names.map((name) => {
    const weightsHere = weights[name] ?? [];
    let sum = 0;
    for (let f = 0; f < features.length; f++) sum += (features[f] ?? 0) * (weightsHere[f] ?? 0);
    return sum;
  });
  const highest = Math.max(...sums);
  const odds = sums.map((sum) => Math.exp(sum - highest));
  const total = odds.reduce((sum, each) => sum + each, 0);
  return new Map(names.map((name, index) => [name, (odds[index] ?? 0) / total]));
}

/** The likeliest one, and how likely it is. */
export function likeliest<Name>(shares: ReadonlyMap<Name, number>): { readonly name: Name; readonly share: number } | null {
  let best: { name: Name; share: number } | null = null;
  for (const [name, share] of shares) if (best === null || share > best.share) best = { name, share };
  return best;
}
