import { readFileSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { isDeepStrictEqual } from 'node:util';
import { describe, expect, it } from 'vitest';
import { decide } from '../../src/decision/decide.ts';
import { flags, type Facts, type Flag } from '../../src/facts/facts.ts';
import { parseMoney } from '../../src/decision/money.ts';
import { someFacts } from './some-facts.ts';
import { merchantPolicy } from './some-policies.ts';

const corpus = fileURLToPath(new URL('../corpus/', import.meta.url));
const names = readdirSync(corpus).filter((name) => name.endsWith('.json')).map((name) => name.slice(0, -'.json'.length));

// What a label says a topic of privacy is about stands only in the words of the mail.
const privacyKinds = ['request', 'question', 'child', 'other'] as const;
// Flags that a rule can raise; of these the reader raises only a request for erasure beside another topic, and what a parent says of a child.
const ruleFlags: ReadonlySet<string> = new Set<Flag>(['child_data', 'privacy_request', 'no_refund_policy', 'fair_use']);

describe.each(names)('%s', (name) => {
  const gold = JSON.parse(readFileSync(`${corpus}${name}.json`, 'utf8'));
  const policy = merchantPolicy(gold.brand);

  it('is decided as labelled, by some reading that the label allows', () => {
    const arrival = arrivalOf(`${corpus}${name}.eml`);
    const decided = readingsOf(gold).map((facts) => {
      const { outcome, missing, flags: raised, amount } = decide(facts, policy, { ...arrival, packHash: '' });
      return { outcome, missing: missing.filter((item) => item !== 'description').toSorted(), flags: [...new Set([...facts.flags, ...raised])].toSorted(), amount: sum(amount) };
    });
    const wanted = alternatives(gold.outcome).flatMap((outcome) => lists(gold.missing).flatMap((missing) => lists(gold.flags).flatMap((raised) =>
      ('amount' in gold ? alternatives(gold.amount).map(sum) : [undefined]).map((amount) => ({
        outcome, missing: missing.filter((item) => item !== 'description').toSorted(), flags: raised.toSorted(), ...(amount === undefined ? {} : { amount }),
      })))));
    expect(decided.some((one) => wanted.some((label) => isDeepStrictEqual(label, 'amount' in label ? one : { outcome: one.outcome, missing: one.missing, flags: one.flags }))), `${JSON.stringify(decided)} is none of ${JSON.stringify(wanted)}`).toBe(true);
  });
});

/** Every way to read a mail that its label allows. */
function readingsOf(gold: any): Facts[] {
  const [topic] = alternatives(gold.topic);
  const values: Record<string, string | number | boolean> = {};
  for (const [fact, value] of Object.entries(gold.facts ?? {})) if (value !== null) values[fact] = plain(value);
  const privacies = topic === 'privacy' ? [...privacyKinds] : [null];
  const [missing = []] = lists(gold.missing);
  return alternatives(gold.reason).flatMap((reason) => alternatives(gold.product).flatMap((product) => privacies.flatMap((privacy) => lists(gold.flags).flatMap((labelled) => {
    const read = labelled.filter((flag) => !ruleFlags.has(flag) || (flag !== 'no_refund_policy' && flag !== 'fair_use'));
    return [read, read.filter((flag) => !ruleFlags.has(flag))].map((raised) => someFacts({
      language: gold.language, topic, reason, product, values, privacy,
      hasScreenshot: !missing.includes('screenshot'), hasPhoto: !missing.includes('photo'), flags: flags.filter((flag) => raised.includes(flag)),
    }));
  }))));
}

it('holds the whole corpus', () => {
  expect(names.length).toBeGreaterThanOrEqual(76);
});

function alternatives(label: any): any[] {
  return typeof label === 'object' && label !== null ? label.any : [label];
}

/** A list, or one of several. */
function lists(label: any): string[][] {
  if (label === undefined) return [[]];
  return Array.isArray(label) ? [label] : label.any;
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
