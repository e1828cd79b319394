import { hiddenUnits } from '../../src/facts/requests/mail-weights.ts';
import { featureCount } from '../../src/facts/requests/mail-evidence.ts';

/** A choice among outputs: some of them are possible, some of those are right. */
export interface Choice {
  readonly features: Float64Array;
  /** Places among the outputs. */
  readonly possible: readonly number[];
  readonly right: readonly boolean[];
  readonly weight: number;
}

/** The network of `mail-weights.ts`: rows of weights, one after the other. */
export interface Network {
  /** `hiddenUnits` rows of `featureCount`. */
  readonly hidden: Float64Array;
  /** For each output a row of `featureCount + hiddenUnits`. */
  readonly outputs: Float64Array;
}

/** How strongly weights are held back, in mails. */
const heldBack = 8;
/** The share of features and units that is left out, others each time (dropout): no single one is to be relied on. */
const leftOut = 0.3;
const kept = 1 / (1 - leftOut);
const [rate, forgetMean, forgetSquare, rounds] = [0.01, 0.9, 0.99, 400];
const outputRow = featureCount + hiddenUnits;

/** Adam, over all choices at once and with the same chances: the same weights each time. */
export function fitNetwork(choices: readonly Choice[], outputCount: number): Network {
  const spread = spreadOf(choices);
  const standard = choices.map((choice) => ({ ...choice, features: choice.features.map((value, f) => (value - (spread.means[f] ?? 0)) / (spread.deviations[f] ?? 1)) }));
  const chance = chances();
  const network: Network = { hidden: new Float64Array(hiddenUnits * featureCount).map(() => (chance() - 0.5) / 3), outputs: new Float64Array(outputCount * outputRow) };
  const parts = [network.hidden, network.outputs].map((weights) => ({ weights, gradient: new Float64Array(weights.length), mean: new Float64Array(weights.length), square: new Float64Array(weights.length) }));
  const [hiddenGradient = new Float64Array(), outputGradient = new Float64Array()] = parts.map(({ gradient }) => gradient);
  const total = choices.reduce((sum, { weight }) => sum + weight, 0);
  for (let round = 1; round <= rounds; round++) {
    for (const { weights, gradient } of parts) for (let at = 0; at < weights.length; at++) gradient[at] = (heldBack * (weights[at] ?? 0)) / total;
    for (const choice of standard) addGradient(choice, network, { hidden: hiddenGradient, outputs: outputGradient }, total, chance);
    const step = rate * Math.min(1, 2 * (1 - round / rounds)) * (Math.sqrt(1 - forgetSquare ** round) / (1 - forgetMean ** round));
    for (const { weights, gradient, mean, square } of parts) {
      for (let at = 0; at < weights.length; at++) {
        const slope = gradient[at] ?? 0;
        mean[at] = forgetMean * (mean[at] ?? 0) + (1 - forgetMean) * slope;
        square[at] = forgetSquare * (square[at] ?? 0) + (1 - forgetSquare) * slope * slope;
        weights[at] = (weights[at] ?? 0) - (step * (mean[at] ?? 0)) / (Math.sqrt(square[at] ?? 0) + 1e-8);
      }
    }
  }
  toPlainFeatures(network.hidden, featureCount, spread);
  toPlainFeatures(network.outputs, outputRow, spread);
  return network;
}

/** The share of choices whose likeliest output is a right one. */
export function shareRight(choices: readonly Choice[], network: Network): number {
  const all = new Float64Array(outputRow);
  const right = choices.filter((choice) => {
    all.set(choice.features);
    setHidden(all, network.hidden);
    const shares = sharesOf(all, choice.possible, network.outputs);
    return choice.right[shares.indexOf(Math.max(...shares))] === true;
  });
  return right.length / choices.length;
}

const inputs = new Float64Array(outputRow);
const hiddenSlopes = new Float64Array(hiddenUnits);

function addGradient({ features, possible, right, weight }: Choice, network: Network, gradient: Network, total: number, chance: () => number): void {
  // The last feature, always 1, stays.
  for (let f = 0; f < featureCount; f++) inputs[f] = f < featureCount - 1 ? (chance() < leftOut ? 0 : (features[f] ?? 0) * kept) : (features[f] ?? 0);
  setHidden(inputs, network.hidden);
  for (let h = featureCount; h < outputRow; h++) inputs[h] = chance() < leftOut ? 0 : (inputs[h] ?? 0) * kept;
  const shares = sharesOf(inputs, possible, network.outputs);
  const rightShare = shares.reduce((sum, each, i) => sum + (right[i] === true ? each : 0), 0) + 1e-12;
  hiddenSlopes.fill(0);
  for (const [i, output] of possible.entries()) {
    const slope = (((shares[i] ?? 0) - (right[i] === true ? (shares[i] ?? 0) / rightShare : 0)) * weight) / total;
    if (Math.abs(slope) < 1e-9) continue;
    const start = output * outputRow;
    for (let f = 0; f < outputRow; f++) gradient.outputs[start + f] = (gradient.outputs[start + f] ?? 0) + slope * (inputs[f] ?? 0);
    for (let h = 0; h < hiddenUnits; h++) hiddenSlopes[h] = (hiddenSlopes[h] ?? 0) + slope * (network.outputs[start + featureCount + h] ?? 0);
  }
  for (let h = 0; h < hiddenUnits; h++) {
    // A unit that was silent, or left out, has nothing to learn from this.
    const slope = (inputs[featureCount + h] ?? 0) > 0 ? (hiddenSlopes[h] ?? 0) * kept : 0;
    if (slope === 0) continue;
    for (let f = 0, at = h * featureCount; f < featureCount; f++, at++) gradient.hidden[at] = (gradient.hidden[at] ?? 0) + slope * (inputs[f] ?? 0);
  }
}

/** The hidden units behind the features in `all`. */
function setHidden(all: Float64Array, hidden: Float64Array): void {
  for (let h = 0; h < hiddenUnits; h++) {
    let sum = 0;
    for (let f = 0, at = h * featureCount; f < featureCount; f++, at++) sum += (all[f] ?? 0) * (hidden[at] ?? 0);
    all[featureCount + h] = Math.max(0, sum);
  }
}

function sharesOf(all: Float64Array, possible: readonly number[], outputs: Float64Array): number[] {
  const sums = possible.map((output) => {
    let sum = 0;
    for (let f = 0, at = output * outputRow; f < outputRow; f++, at++) sum += (all[f] ?? 0) * (outputs[at] ?? 0);
    return sum;
  });
  const highest = Math.max(...sums);
  const odds = sums.map((sum) => Math.exp(sum - highest));
  const sum = odds.reduce((so, each) => so + each, 0);
  return odds.map((each) => each / sum);
}

interface Spread {
  readonly means: Float64Array;
  readonly deviations: Float64Array;
}

/** Of each feature; the last one, always 1, is left as it is, and so is one that never differs. */
function spreadOf(choices: readonly Choice[]): Spread {
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

/** Rows for standard scores become rows for the features as they are. */
function toPlainFeatures(rows: Float64Array, rowLength: number, { means, deviations }: Spread): void {
  for (let start = 0; start < rows.length; start += rowLength) {
    for (let f = 0; f < featureCount - 1; f++) {
      const weight = (rows[start + f] ?? 0) / (deviations[f] ?? 1);
      rows[start + f] = weight;
      rows[start + featureCount - 1] = (rows[start + featureCount - 1] ?? 0) - weight * (means[f] ?? 0);
    }
  }
}

/** Numbers from 0 to 1 that look like chance and are the same each time (mulberry32). */
function chances(): () => number {
  let state = 1;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
