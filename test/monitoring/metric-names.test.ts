import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { openMetrics } from '../../src/monitoring/metrics.ts';

const folder = new URL('../../src/monitoring/', import.meta.url);
const tally = () => ({ questions: 0, requests: 0, answers: 0, cached: 0, skipped: { budget: 0, pause: 0, busy: 0 }, failed: {}, believed: 0, dropped: {}, tokens: { input: 0, output: 0 } });

async function knownNames(): Promise<Set<string>> {
  const metrics = await openMetrics({ modelTally: tally }).describe();
  return new Set(metrics.flatMap(({ name, type }) => (type === 'histogram' ? [`${name}_bucket`, `${name}_sum`, `${name}_count`] : [name])));
}

function metricsIn(expressions: readonly string[]): string[] {
  return expressions.flatMap((expression) => expression.match(/\b(?:refund_triage|process|nodejs)_\w+/gu) ?? []);
}

/** Every text under a key of this name, however deep. */
function under(node: unknown, key: string): string[] {
  if (Array.isArray(node)) return node.flatMap((item) => under(item, key));
  if (typeof node !== 'object' || node === null) return [];
  return Object.entries(node).flatMap(([name, value]: [string, unknown]) => (name === key && typeof value === 'string' ? [value] : under(value, key)));
}

describe.each([
  ['grafana-dashboard.json', 'expr'],
  ['alerts.yaml', 'expr'],
])('%s', (file, key) => {
  it('names only metrics that /metrics tells', async () => {
    const expressions = under(parse(await readFile(new URL(file, folder), 'utf8')), key);
    const named = metricsIn(expressions);
    expect(named.length).toBeGreaterThan(9);
    const known = await knownNames();
    expect(named.filter((name) => !known.has(name))).toEqual([]);
    expect(expressions.filter((expression) => metricsIn([expression]).length === 0)).toEqual([]);
  });
});

describe('the metrics', () => {
  it('all say what they are, and begin with our name unless they are of the process', async () => {
    const metrics = await openMetrics({ modelTally: tally }).describe();
    expect(metrics.filter(({ name, help }) => help.length < 8 || !/^(?:refund_triage|process|nodejs)_/.test(name))).toEqual([]);
  });

  it('tell nothing of a model where there is none', async () => {
    expect((await openMetrics().describe()).filter(({ name }) => name.includes('model'))).toEqual([]);
  });
});
