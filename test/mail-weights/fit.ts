import { appendFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { featureCount } from '../../src/facts/requests/mail-evidence.ts';
import { mailWeightsFile, reasonsBeside, weighedReasons, weighedTopics } from '../../src/facts/requests/mail-weights.ts';
import { exampleConcepts } from '../../src/facts/likeness/read-examples.ts';
import { composedLessons, lessonsOfFolder, unseenLessons, unseenLine } from './lessons.ts';

// npm run fit [-- --unseen DIR]: fits src/facts/requests/mail-weights.json. With --unseen the labelled mails of DIR are lessons from now on: fresh ones, before anything has been mended for them.
const { values: { unseen } } = parseArgs({ options: { unseen: { type: 'string' } } });
const unseenFile = new URL('../mail-by-others/unseen-evidence.jsonl', import.meta.url);
if (unseen !== undefined) {
  const fresh = await lessonsOfFolder(unseen);
  await appendFile(unseenFile, fresh.map(({ name, merchant, evidence, lesson }) => `${unseenLine(name, merchant, evidence, lesson)}\n`).join(''));
}
const folders = ['../corpus', '../mail-by-others/seen'].map((folder) => fileURLToPath(new URL(folder, import.meta.url)));
const lessons = [...await unseenLessons(unseenFile), ...(await Promise.all(folders.map(lessonsOfFolder))).flat().map(({ lesson }) => lesson), ...await composedLessons()];

/** A choice among rows of weights: some of them are right. */
interface Choice {
  readonly features: Float64Array;
  readonly rows: readonly number[];
  readonly right: readonly boolean[];
  readonly weight: number;
}

const isRight = (names: readonly (string | null)[]) => (name: string): boolean => names.includes(name === 'none' ? null : name);
const topicChoices = lessons.map(({ features, topics, weight }): Choice => ({ features, rows: weighedTopics.map((_, row) => row), right: weighedTopics.map(isRight(topics)), weight }));
const withReasons = new Set(['refund', 'cancellation', 'revision']);
const reasonChoices = lessons.filter(({ topics }) => withReasons.has(topics[0] ?? '')).map(({ features, vocabulary, reasons, weight }): Choice => {
  const possible = reasonsBeside(vocabulary);
  return { features, rows: possible.map((reason) => weighedReasons.indexOf(reason)), right: possible.map(isRight(reasons)), weight };
}).filter(({ right }) => right.includes(true));

const topics = fit(topicChoices, weighedTopics.length);
const reasons = fit(reasonChoices, weighedReasons.length);
await writeFile(mailWeightsFile, asJson({ topics: named(weighedTopics, topics), reasons: named(weighedReasons, reasons) }));
console.log(`${String(lessons.length)} mails: topic ${share(topicChoices, topics)}, reason given the topic ${share(reasonChoices, reasons)} right`);

/** How strongly weights are held back, in mails. */
function fit(choices: readonly Choice[], rows: number): Float64Array {
  const heldBack = 6;
  const { means, deviations } = spreadOf(choices);
  const standard = choices.map((choice) => ({ ...choice, features: choice.features.map((value, f) => (value - (means[f] ?? 0)) / (deviations[f] ?? 1)) }));
  const weights = new Float64Array(rows * featureCount);
  const gradient = new Float64Array(weights.length);
  const [mean, square] = [new Float64Array(weights.length), new Float64Array(weights.length)];
  const total = choices.reduce((sum, { weight }) => sum + weight, 0);
  // Adam, over all mails at once: the same weights each time.
  const [rate, forgetMean, forgetSquare, rounds] = [0.02, 0.9, 0.99, 400];
  for (let round = 1; round <= rounds; round++) {
    for (let at = 0; at < weights.length; at++) gradient[at] = (heldBack * (weights[at] ?? 0)) / total;
    for (const choice of standard) addGradient(choice, weights, gradient, total);
    const step = rate * Math.min(1, 2 * (1 - round / rounds)) * (Math.sqrt(1 - forgetSquare ** round) / (1 - forgetMean ** round));
    for (let at = 0; at < weights.length; at++) {
      const slope = gradient[at] ?? 0;
      mean[at] = forgetMean * (mean[at] ?? 0) + (1 - forgetMean) * slope;
      square[at] = forgetSquare * (square[at] ?? 0) + (1 - forgetSquare) * slope * slope;
      weights[at] = (weights[at] ?? 0) - (step * (mean[at] ?? 0)) / (Math.sqrt(square[at] ?? 0) + 1e-8);
    }
  }
  // Back from standard scores to the features as they are; the last one is always 1.
  for (let row = 0; row < rows; row++) {
    const start = row * featureCount;
    for (let f = 0; f < featureCount - 1; f++) {
      const weight = (weights[start + f] ?? 0) / (deviations[f] ?? 1);
      weights[start + f] = weight;
      weights[start + featureCount - 1] = (weights[start + featureCount - 1] ?? 0) - weight * (means[f] ?? 0);
    }
  }
  return weights;
}

function addGradient({ features, rows, right, weight }: Choice, weights: Float64Array, gradient: Float64Array, total: number): void {
  const shares = sharesOf(features, rows, weights);
  const rightShare = shares.reduce((sum, each, i) => sum + (right[i] === true ? each : 0), 0) + 1e-12;
  for (const [i, row] of rows.entries()) {
    const slope = (((shares[i] ?? 0) - (right[i] === true ? (shares[i] ?? 0) / rightShare : 0)) * weight) / total;
    if (Math.abs(slope) < 1e-9) continue;
    for (let f = 0, at = row * featureCount; f < featureCount; f++, at++) gradient[at] = (gradient[at] ?? 0) + slope * (features[f] ?? 0);
  }
}

function sharesOf(features: Float64Array, rows: readonly number[], weights: Float64Array): number[] {
  const sums = rows.map((row) => {
    let sum = 0;
    for (let f = 0, at = row * featureCount; f < featureCount; f++, at++) sum += (features[f] ?? 0) * (weights[at] ?? 0);
    return sum;
  });
  const highest = Math.max(...sums);
  const odds = sums.map((sum) => Math.exp(sum - highest));
  const all = odds.reduce((sum, each) => sum + each, 0);
  return odds.map((each) => each / all);
}

/** Of each feature; the last one, always 1, is left as it is, and so is one that never differs. */
function spreadOf(choices: readonly Choice[]): { means: Float64Array; deviations: Float64Array } {
  const means = new Float64Array(featureCount);
  const deviations = new Float64Array(featureCount).fill(1);
  for (let f = 0; f < featureCount - 1; f++) {
    const mean = choices.reduce((sum, { features }) => sum + (features[f] ?? 0), 0) / choices.length;
    const deviation = Math.sqrt(choices.reduce((sum, { features }) => sum + ((features[f] ?? 0) - mean) ** 2, 0) / choices.length);
    if (deviation < 1e-6) continue;
    means[f] = mean;
    deviations[f] = deviation;
  }
  return { means, deviations };
}

function named(names: readonly string[], weights: Float64Array): Record<string, number[]> {
  return Object.fromEntries(names.map((name, row) => [name, [...weights.subarray(row * featureCount, (row + 1) * featureCount)].map((weight) => Number(weight.toPrecision(4)))]));
}

/** A line for each row. */
function asJson(parts: Record<string, Record<string, number[]>>): string {
  return `{\n  "concepts": ${JSON.stringify(exampleConcepts)},\n${Object.entries(parts).map(([name, rows]) => `  ${JSON.stringify(name)}: {\n${linesOf(rows)}\n  }`).join(',\n')}\n}\n`;
}

function linesOf(rows: Record<string, number[]>): string {
  return Object.entries(rows).map(([name, row]) => `    ${JSON.stringify(name)}: ${JSON.stringify(row)}`).join(',\n');
}

function share(choices: readonly Choice[], weights: Float64Array): string {
  const right = choices.filter(({ features, rows, right: rightOnes }) => {
    const shares = sharesOf(features, rows, weights);
    return rightOnes[shares.indexOf(Math.max(...shares))] === true;
  });
  return (right.length / choices.length).toFixed(3);
}
