import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readExamples } from '../../../src/facts/likeness/read-examples.ts';

const codes = readdirSync(new URL('../../../src/facts/likeness/examples/', import.meta.url)).map((file) => file.replace(/\.txt$/, ''));

describe('the example sentences', () => {
  it('are there for each language that replies are written in', () => {
    expect(codes.toSorted()).toEqual(['ar', 'be', 'de', 'en', 'es', 'fr', 'it', 'ja', 'ko', 'pl', 'pt', 'ru', 'tr', 'uk']);
  });

  it.each(codes)('in %s stand under one concept each, and once', (code) => {
    const sentences = Object.values(readExamples(code)).flat();
    const twice = sentences.filter((sentence, index) => sentences.indexOf(sentence) !== index);

    expect(twice).toEqual([]);
  });

  it.each(codes)('in %s cover what every merchant of that language can be asked', (code) => {
    const examples = readExamples(code);
    for (const concept of ['technical_failure', 'dissatisfied_result', 'changed_mind', 'want_refund', 'want_cancel', 'nothing'] as const) {
      expect(examples[concept]?.length, concept).toBeGreaterThanOrEqual(50);
    }
  });
});
