import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it, onTestFinished } from 'vitest';
import { featuresOfMail, isSilent, measureOf } from '../../../src/facts/requests/mail-evidence.ts';
import type { MailEvidence } from '../../../src/facts/requests/mail-evidence.ts';
import { weighReasons, weighTopics } from '../../../src/facts/requests/mail-weights.ts';
import { examineMail } from '../../../src/facts/read-facts.ts';
import { unseenLessons, unseenLine } from '../../mail-weights/lessons.ts';
import { mail, merchant } from '../some-mail.ts';

function evidenceOf(text: string, merchantName = 'storybookly'): MailEvidence {
  const { evidence } = examineMail(mail(text), merchant(merchantName));
  if (evidence === null) throw new Error('nothing was weighed');
  return evidence;
}

const scene = 'The postman handed it to me this morning. One corner looks as if a dog had had it, and the cover is bent right through. My granddaughter turns five on Saturday.';

describe('the evidence of a mail', () => {
  it('is none where nothing is said', () => {
    for (const text of ['', 'Hello!', 'Thanks.']) expect(isSilent(evidenceOf(text))).toBe(true);
    expect(isSilent(evidenceOf('Refund'))).toBe(false);
  });

  it('grows with each sentence that says the same', () => {
    const [once, thrice] = [evidenceOf('The book came with a bent cover.'), evidenceOf('The book came with a bent cover. Two pages are torn. The corner is crushed.')];
    expect(measureOf(thrice, 'damaged_in_transit', 'sum')).toBeGreaterThan(measureOf(once, 'damaged_in_transit', 'sum'));
    expect([once.sentences, thrice.sentences]).toEqual([1, 3]);
  });

  it('holds what phrases say, once', () => {
    expect(measureOf(evidenceOf('I want a refund.'), 'want_refund', 'said')).toBe(1);
    expect(measureOf(evidenceOf('I want a refund. I really want a refund now. I want a refund.'), 'want_refund', 'said')).toBe(1);
    expect(measureOf(evidenceOf(scene), 'want_refund', 'said')).toBe(0);
  });

  it('of a failure is of the goods where goods are spoken of', () => {
    expect(measureOf(evidenceOf('From page eleven it goes on with page fourteen. Order SB-10482, the book about the moon.'), 'technical_failure', 'whole')).toBe(0);
  });

  it('is kept to be learnt from', async () => {
    const { vocabulary } = merchant('storybookly');
    const evidence = evidenceOf(scene);
    const lesson = { features: featuresOfMail(evidence, vocabulary), vocabulary, topics: ['refund'], reasons: ['damaged_in_transit'], weight: 1 } as const;
    const folder = await mkdtemp(join(tmpdir(), 'refund-triage-lessons-'));
    onTestFinished(async () => { await rm(folder, { recursive: true }); });
    await writeFile(join(folder, 'unseen.jsonl'), `${unseenLine('some-mail', 'storybookly', evidence, lesson)}\n`);
    const [kept] = await unseenLessons(pathToFileURL(join(folder, 'unseen.jsonl')));
    expect(kept).toMatchObject({ topics: ['refund'], reasons: ['damaged_in_transit'], weight: 1 });
    const differences = [...lesson.features].map((value, index) => Math.abs(value - (kept?.features[index] ?? 0)));
    // What hardly speaks for anything is not kept.
    expect(Math.max(...differences)).toBeLessThan(0.3);
  });
});

describe('what is weighed', () => {
  it('is what the merchant can be asked for, and adds up to one', () => {
    const evidence = evidenceOf(scene);
    const [books, portraits] = [merchant('storybookly').vocabulary, merchant('winno').vocabulary];
    expect([...weighTopics(evidence, books).keys()]).not.toContain('revision');
    expect([...weighTopics(evidence, portraits).keys()]).toContain('revision');
    expect([...weighReasons(evidence, books).keys()].toSorted()).toEqual([...books.reasons.filter((reason) => reason !== 'technical_failure'), 'none'].toSorted());
    for (const shares of [weighTopics(evidence, books), weighReasons(evidence, books)]) expect([...shares.values()].reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 9);
  });

  it('is a reason that no sentence names', () => {
    expect(examineMail(mail(scene), merchant('storybookly')).facts).toMatchObject({ topic: 'refund', reason: 'damaged_in_transit' });
  });
});
