import { readFileSync, readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readFacts } from '../../src/facts/read-facts.ts';
import { readMessage } from '../../src/message/read-message.ts';
import { merchant } from './some-mail.ts';

interface Gold {
  readonly merchant: string;
  /** Null for what must not be read. */
  readonly facts: Readonly<Record<string, unknown>>;
  readonly conflicting: boolean;
}

const folder = new URL('mails/', import.meta.url);
const mails = readdirSync(folder).filter((file) => file.endsWith('.eml')).map((file) => {
  const gold: Gold = JSON.parse(readFileSync(new URL(file.replace('.eml', '.json'), folder), 'utf8'));
  return { name: file.slice(0, -4), source: readFileSync(new URL(file, folder)), gold };
});

describe('the facts of a mail as a mail program writes it', () => {
  it.each(mails)('are the customer\'s: $name', async ({ source, gold }) => {
    const { values, flags } = readFacts(await readMessage(source), merchant(gold.merchant));
    const read: Record<string, unknown> = Object.fromEntries(Object.entries(values).map(([name, fact]) => [name, fact.value]));

    expect(Object.fromEntries(Object.keys(gold.facts).map((name) => [name, read[name] ?? null]))).toEqual(gold.facts);
    expect(flags.includes('conflicting_facts')).toBe(gold.conflicting);
  });
});
