import { describe, expect, it } from 'vitest';
import { AnswerIndex } from '../../src/mailbox/answer-index.ts';

describe('the index of answers', () => {
  it('keeps the newest mails, and forgets what was removed', () => {
    const index = new AnswerIndex(1_000);
    for (let uid = 1; uid <= 5_000; uid += 1) index.add(uid, { messageId: `<${uid}@x>`, inReplyTo: '<asked@y>', references: ['<root@y>', '<asked@y>'] });
    const kept = index.find({ answering: ['<asked@y>'], messageIds: [] });
    expect(kept.length).toBeGreaterThanOrEqual(1_000);
    expect(kept.length).toBeLessThanOrEqual(1_100);
    expect(kept.at(-1)).toBe(5_000);
    expect(index.find({ answering: ['<root@y>'], messageIds: ['<1@x>'] })).toEqual([]);
    index.remove(4_999);
    expect(index.find({ answering: [], messageIds: ['<4998@x>', '<4999@x>', '<5000@x>'] })).toEqual([4_998, 5_000]);
    expect(index.find({ answering: ['<asked@y>'], messageIds: [] })).toHaveLength(kept.length - 1);
  });

  it('finds a mail that is its own parent by either, and takes no Message-ID for a parent', () => {
    const index = new AnswerIndex(10);
    index.add(7, { messageId: '<a@x>', inReplyTo: '<a@x>', references: [] });
    index.add(8, { messageId: '<b@x>', inReplyTo: null, references: [] });
    expect(index.find({ answering: ['<a@x>'], messageIds: ['<a@x>'] })).toEqual([7]);
    expect(index.find({ answering: ['<b@x>'], messageIds: [] })).toEqual([]);
  });

  it('knows nothing of a folder until it was read to its end', () => {
    const index = new AnswerIndex(10);
    expect(index.knownUpTo('5')).toBeNull();
    index.begin();
    index.add(3, { messageId: '<a@x>', inReplyTo: null, references: [] });
    expect(index.knownUpTo('5')).toBeNull();
    index.readUpTo('5', 3);
    expect([index.knownUpTo('5'), index.knownUpTo('6')]).toEqual([3, null]);
  });
});
