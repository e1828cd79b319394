import { appendFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { exampleConcepts } from '../../src/facts/likeness/read-examples.ts';
import { featureCount } from '../../src/facts/requests/mail-evidence.ts';
import { hiddenUnits, mailWeightsFile, reasonsBeside, weighedReasons, weighedTopics } from '../../src/facts/requests/mail-weights.ts';
import { composedLessons, lessonsOfFolder, unseenLessons, unseenLine } from './lessons.ts';
import { fitNetwork, shareRight } from './network.ts';
import type { Choice, Network } from './network.ts';

// npm run fit [-- --unseen DIR]: fits src/facts/requests/mail-weights.json. With --unseen the labelled mails of DIR are lessons from now on: fresh ones, before anything has been mended for them.
const { values: { unseen } } = parseArgs({ options: { unseen: { type: 'string' } } });
const unseenFile = new URL('../mail-by-others/unseen-evidence.jsonl', import.meta.url);
if (unseen !== undefined) {
  const fresh = await lessonsOfFolder(unseen);
  await appendFile(unseenFile, fresh.map(({ name, merchant, evidence, lesson }) => `${unseenLine(name, merchant, evidence, lesson)}\n`).join(''));
}
const folders = ['../corpus', '../mail-by-others/seen'].map((folder) => fileURLToPath(new URL(folder, import.meta.url)));
const lessons = [...await unseenLessons(unseenFile), ...(await Promise.all(folders.map(lessonsOfFolder))).flat().map(({ lesson }) => lesson), ...await composedLessons()];

const isRight = (names: readonly (string | null)[]) => (name: string): boolean => names.includes(name === 'none' ? null : name);
const topicChoices = lessons.map(({ features, topics, weight }): Choice => ({ features, possible: weighedTopics.map((_, output) => output), right: weighedTopics.map(isRight(topics)), weight }));
const withReasons = new Set(['refund', 'cancellation', 'revision']);
const reasonChoices = lessons.filter(({ topics }) => withReasons.has(topics[0] ?? '')).map(({ features, vocabulary, reasons, weight }): Choice => {
  const possible = reasonsBeside(vocabulary);
  return { features, possible: possible.map((reason) => weighedReasons.indexOf(reason)), right: possible.map(isRight(reasons)), weight };
}).filter(({ right }) => right.includes(true));

const topics = fitNetwork(topicChoices, weighedTopics.length);
const reasons = fitNetwork(reasonChoices, weighedReasons.length);
await writeFile(mailWeightsFile, `{\n  "concepts": ${JSON.stringify(exampleConcepts)},\n  "topics": ${asJson(topics, weighedTopics)},\n  "reasons": ${asJson(reasons, weighedReasons)}\n}\n`);
console.log(`${String(lessons.length)} mails: topic ${shareRight(topicChoices, topics).toFixed(3)}, reason given the topic ${shareRight(reasonChoices, reasons).toFixed(3)} right`);

/** A line for each row. */
function asJson({ hidden, outputs }: Network, names: readonly string[]): string {
  const units = Array.from({ length: hiddenUnits }, (_, unit) => `      ${rowAt(hidden, unit, featureCount)}`);
  const rows = names.map((name, output) => `      ${JSON.stringify(name)}: ${rowAt(outputs, output, featureCount + hiddenUnits)}`);
  return `{\n    "hidden": [\n${units.join(',\n')}\n    ],\n    "outputs": {\n${rows.join(',\n')}\n    }\n  }`;
}

function rowAt(weights: Float64Array, row: number, length: number): string {
  return JSON.stringify([...weights.subarray(row * length, (row + 1) * length)].map((weight) => Number(weight.toPrecision(3))));
}
