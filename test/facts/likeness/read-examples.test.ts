import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { languageDataOf } from '../../../src/facts/languages/languages.ts';
import { fitExampleBook, likeness } from '../../../src/facts/likeness/example-book.ts';
import type { Examples } from '../../../src/facts/likeness/example-book.ts';
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

  // A heading that is lost puts the sentences below it under another concept: half of the examples no longer know the other half.
  it.each(codes)('in %s are like the others of their concept', (code) => {
    const examples = readExamples(code);
    const half = (part: 0 | 1): Examples => Object.fromEntries(Object.entries(examples).map(([concept, sentences]) => [concept, sentences.filter((_, index) => index % 2 === part)]));
    const book = fitExampleBook(half(0), languageDataOf(code));
    const unlike = Object.entries(half(1)).filter(([, sentences]) => sentences.length >= 40).flatMap(([concept, sentences]) => {
      const known = sentences.filter((sentence) => {
        const shares = likeness(sentence, book);
        return book.concepts[shares.indexOf(Math.max(...shares))] === concept;
      }).length;
      return known < sentences.length / 10 ? [`${concept}: ${String(known)} of ${String(sentences.length)}`] : [];
    });

    expect(unlike).toEqual([]);
  });
});
