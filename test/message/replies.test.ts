import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readMessage } from '../../src/message/read-message.ts';
import type { Segment } from '../../src/message/message.ts';

/** Mails as mail programs write them, each with the segments that a careful reader would mark. */
function marked(folder: string): { name: string; source: Buffer; segments: Segment[] }[] {
  const at = new URL(`mails/${folder}/`, import.meta.url);
  return readdirSync(at)
    .filter((file) => file.endsWith('.eml'))
    .map((file) => {
      const name = file.slice(0, -4);
      const segments: Omit<Segment, 'question'>[] = JSON.parse(readFileSync(new URL(`${name}.json`, at), 'utf8'));
      return { name, source: readFileSync(new URL(file, at)), segments: segments.map((segment) => ({ question: null, ...segment })) };
    });
}

describe('new words and history', () => {
  it.each(marked('replies'))('are told apart in $name', async ({ source, segments }) => {
    expect((await readMessage(source)).segments).toEqual(segments);
  });
});

describe('signatures, footers and notices', () => {
  it.each(marked('signatures'))('are set apart in $name', async ({ source, segments }) => {
    expect((await readMessage(source)).segments).toEqual(segments);
  });
});
