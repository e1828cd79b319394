import type { SecondReader } from '../src/model/second-reader.ts';
import type { Packs } from '../src/packs/pack.ts';
import { scoreReadings, type Score } from './score-readings.ts';
import { triageFolder } from './triage-folder.ts';

/** What a second reader adds to the reading of labelled mails, and what it costs. */
export interface Gain {
  readonly alone: Score;
  readonly together: Score;
  /** Mails that have fewer mistakes with it, and those that have more. */
  readonly better: readonly string[];
  readonly worse: readonly string[];
  readonly asked: number;
  readonly tally: ReturnType<SecondReader['tally']>;
}

export async function scoreSecondReader(folder: string, packs: Packs, secondReader: SecondReader): Promise<Gain> {
  const { golds, readings } = await triageFolder(folder, { packs, secondReader: null });
  const alone = scoreReadings(golds, readings);
  const { readings: joint } = await triageFolder(folder, { packs, secondReader });
  const together = scoreReadings(golds, joint);
  const mistakes = new Map(alone.mails.map(({ name, errors }) => [name, errors.length]));
  const changed = together.mails.map(({ name, errors }) => ({ name, more: errors.length - (mistakes.get(name) ?? 0) }));
  return {
    alone, together, asked: secondReader.tally().questions, tally: secondReader.tally(),
    better: changed.filter(({ more }) => more < 0).map(({ name }) => name),
    worse: changed.filter(({ more }) => more > 0).map(({ name }) => name),
  };
}

/** For a person, a line each. */
export function describeGain({ alone, together, better, worse, asked, tally }: Gain, golds: number): string[] {
  const figures = Object.entries(together.figures).flatMap(([name, figure]) => {
    const gain = figure - (alone.figures[name] ?? 0);
    return Math.abs(gain) < 0.0005 ? [] : [`${name} ${(alone.figures[name] ?? 0).toFixed(3)} -> ${figure.toFixed(3)}`];
  });
  return [
    `with the model: ${figures.join(', ') || 'no figure changed'}`,
    `  better: ${better.join(', ') || 'none'}`,
    `  worse: ${worse.join(', ') || 'none'}`,
    `  asked about ${String(asked)} of ${String(golds)} mails; believed ${String(tally.believed)} proposals; dropped: ${counts(tally.dropped)}; failed: ${counts(tally.failed)}; not asked: ${counts(tally.skipped)}`,
    `  ${String(tally.requests)} requests, ${String(tally.tokens.input)} tokens in, ${String(tally.tokens.output)} out`,
  ];
}

function counts(of: Readonly<Record<string, number | undefined>>): string {
  return Object.entries(of).flatMap(([name, count]) => (count === undefined || count === 0 ? [] : [`${name} ${String(count)}`])).join(', ') || 'none';
}
