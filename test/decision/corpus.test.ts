import { readFileSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { decide } from '../../src/decision/decide.ts';
import { flags, type Flag } from '../../src/facts/facts.ts';
import { parseMoney } from '../../src/decision/money.ts';
import { someFacts } from './some-facts.ts';
import { merchantPolicy } from './some-policies.ts';

const corpus = fileURLToPath(new URL('../corpus/', import.meta.url));
const names = readdirSync(corpus).filter((name) => name.endsWith('.json')).map((name) => name.slice(0, -'.json'.length));

// What a label says a topic of privacy is about stands only in the words of the mail.
const privacyOf: Readonly<Record<string, 'request' | 'question' | 'child'>> = {
  'ai3dgen-en-access-request': 'request', 'mixed-erasure': 'request', 'ai3dgen-ru-privacy-question': 'question', 'ai3dgen-fr-child': 'child', 'mixed-child': 'child',
};
// Flags that only a rule can raise: the reader never does.
const ruleFlags: ReadonlySet<string> = new Set<Flag>(['child_data', 'privacy_request', 'no_refund_policy', 'fair_use']);

describe.each(names)('%s', (name) => {
  const gold = JSON.parse(readFileSync(`${corpus}${name}.json`, 'utf8'));
  const policy = merchantPolicy(gold.brand);
  const readings = alternatives(gold.reason).flatMap((reason) => alternatives(gold.product).map((product) => ({ reason, product })));

  it.each(readings)('is decided as labelled when its reason is $reason and its product $product', ({ reason, product }) => {
    const values: Record<string, string | number | boolean> = {};
    for (const [fact, value] of Object.entries(gold.facts)) values[fact] = plain(value);
    const facts = someFacts({
      language: gold.language, topic: alternatives(gold.topic)[0], reason, product, values, privacy: gold.privacy ?? privacyOf[name] ?? null,
      hasScreenshot: !gold.missing.includes('screenshot'), hasPhoto: !gold.missing.includes('photo'),
      flags: flags.filter((flag) => gold.flags.includes(flag) && !ruleFlags.has(flag)),
    });
    const decision = decide(facts, policy, { ...arrivalOf(`${corpus}${name}.eml`), packHash: '' });

    expect(decision.outcome).toBe(gold.outcome);
    expect(decision.missing).toEqual(gold.missing);
    expect([...facts.flags, ...decision.flags].toSorted()).toEqual(gold.flags.toSorted());
    if ('amount' in gold) expect(alternatives(gold.amount).map(sum)).toContainEqual(sum(decision.amount));
  });
});

it('holds the whole corpus', () => {
  expect(names.length).toBeGreaterThanOrEqual(76);
});

function alternatives(label: any): any[] {
  return typeof label === 'object' && label !== null ? label.any : [label];
}

function plain(label: any): string | number | boolean {
  return typeof label === 'object' ? (label.optional ?? label.any[0]) : label;
}

function sum(amount: string | null): string | null {
  const money = amount === null ? null : parseMoney(amount);
  return money === null ? null : `${money.value.toFixed()} ${money.currency}`;
}

function arrivalOf(file: string): { receivedAtMs: number; offsetMinutes: number } {
  const head = readFileSync(file, 'latin1').split(/\r?\n\r?\n/, 1)[0]?.replace(/\r?\n[ \t]+/g, ' ') ?? '';
  const date = /^Date: (.*)$/m.exec(head)?.[1] ?? '';
  const received = /^Received: .*; (.*)$/m.exec(head)?.[1] ?? date;
  const [, sign, hours, minutes] = /([+-])(\d\d)(\d\d)/.exec(date) ?? [];
  return { receivedAtMs: Date.parse(received), offsetMinutes: (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) };
}
