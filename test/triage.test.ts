import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { loadPacks } from '../src/packs/load-packs.ts';
import { toReading, triage, type TriageOptions } from '../src/triage.ts';

const packs = await loadPacks(fileURLToPath(new URL('../templates', import.meta.url)));

async function triageMail(mail: string, at = '2026-03-10T12:00:00Z', countEarlierRequests: TriageOptions['countEarlierRequests'] = null) {
  const source = Buffer.from(mail.replace(/\n/g, '\r\n'));
  return await triage(source, { internalDate: new Date(at), bytes: source.length, partBytes: null, merchant: null }, { packs, authservIds: [], countEarlierRequests });
}

const book = `From: Ann <ann@mail.example>
To: hello@storybookly.app
Subject: My book
Message-ID: <one@mail.example>
Date: Tue, 10 Mar 2026 11:59:00 +0000

Order SB-20617 arrived with a torn cover. Please refund me.
`;

describe('triage', () => {
  it('knows a mail again by its words, its sender and its time, and not by its Message-ID alone', async () => {
    const { fingerprint } = await triageMail(book);
    expect((await triageMail(book, '2026-03-11T08:00:00Z')).fingerprint).toBe(fingerprint);
    expect((await triageMail(book.replace('SB-20617', 'SB-20618'))).fingerprint).not.toBe(fingerprint);
    expect((await triageMail(book.replace('<one@', '<two@'))).fingerprint).not.toBe(fingerprint);
  });

  it.each(['', 'Date: yesterday\n', 'Date: Tue, 10 Mar 2076 11:59:00 +0000\n'])('knows a mail without a usable date again, whenever it arrives (%j)', async (date) => {
    const undated = book.replace(/^Date: .*\n/m, date);
    expect((await triageMail(undated, '2026-03-11T08:00:00Z')).fingerprint).toBe((await triageMail(undated)).fingerprint);
  });

  it('gives the same draft, byte for byte, each time', async () => {
    const [first, second] = [await triageMail(book), await triageMail(book)];
    expect(first.draftSource().equals(second.draftSource())).toBe(true);
    expect(first.draftSource().toString()).toContain(first.draftMessageId);
  });

  it('leaves the customer who asks for the same thing again and again to a person', async () => {
    const asked: string[] = [];
    const result = await triageMail(book, undefined, async ({ customer, reason }) => {
      asked.push(`${customer} ${reason}`);
      return await Promise.resolve(3);
    });
    expect(asked).toEqual(['ann@mail.example damaged_in_transit']);
    expect(toReading('book.eml', result)).toMatchObject({ decision: { outcome: 'human_review', rule: 'fair-use' }, flags: ['fair_use'] });
  });

  it('makes no draft of a mail that was written to nobody it works for', async () => {
    const result = await triageMail(book.replace('hello@storybookly.app', 'info@elsewhere.example').replace('My book', 'Hello'));
    expect(toReading('book.eml', result)).toMatchObject({ brand: null, topic: 'other', decision: { outcome: 'human_review' }, draft: null });
  });
});
