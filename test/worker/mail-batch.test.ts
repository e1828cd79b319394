import { assert, integer, property, uniqueArray } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cutBatches, jobIdOf, splitBatch, uidsOfJobId } from '../../src/worker/mail-batch.ts';

const uidSets = uniqueArray(integer({ min: 1, max: 2 ** 32 - 1 }), { minLength: 1, maxLength: 300 }).map((uids) => uids.toSorted((one, other) => one - other));

describe('cutting mail into batches', () => {
  it('loses none and doubles none, in batches of at most 50', () => {
    assert(property(uidSets, integer({ min: 1, max: 32 }), (uids, parallel) => {
      const batches = cutBatches('support', '7', uids, parallel);
      expect(batches.flatMap((batch) => batch.uids)).toEqual(uids);
      expect(batches.every((batch) => batch.uids.length >= 1 && batch.uids.length <= 50)).toBe(true);
    }));
  });

  it('lets a mail that comes alone go alone, and gives each worker some of a small backlog', () => {
    expect(cutBatches('support', '7', [9], 8).map((batch) => batch.uids)).toEqual([[9]]);
    expect(cutBatches('support', '7', [1, 2, 3, 4, 5, 6], 3).map((batch) => batch.uids.length)).toEqual([2, 2, 2]);
  });

  it('splits a batch that failed into small ones, and a small one into single mails', () => {
    const uids = Array.from({ length: 50 }, (_, index) => index + 1);
    const small = splitBatch('support', '7', uids);
    expect(small.flatMap((batch) => batch.uids)).toEqual(uids);
    expect(Math.max(...small.map((batch) => batch.uids.length))).toBe(8);
    expect(splitBatch('support', '7', [3, 4])).toEqual([
      { mailbox: 'support', uidValidity: '7', uids: [3], alone: true }, { mailbox: 'support', uidValidity: '7', uids: [4], alone: true },
    ]);
  });

  it('names in a job\'s id just the mails of the batch', () => {
    expect(jobIdOf({ mailbox: 'support', uidValidity: '1678886400', uids: [7, 8, 9, 12] })).toBe('mails-1678886400-7to9+12');
    assert(property(uidSets, (uids) => {
      const id = jobIdOf({ mailbox: 'support', uidValidity: '7', uids });
      expect(uidsOfJobId(id, '7')).toEqual(uids);
      expect(uidsOfJobId(id, '8')).toEqual([]);
      expect(id).not.toMatch(/:|^\d+$/);
    }));
  });
});
