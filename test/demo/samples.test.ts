import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { bundledTemplatesDir } from '../../src/config.ts';
import { openDemoRecords } from '../../src/demo/demo-records.ts';
import { layOutDemo, readSamples } from '../../src/demo/lay-out-demo.ts';
import { loadPacks } from '../../src/packs/load-packs.ts';
import { openRecords } from '../../src/records/records-reader.ts';
import { toReading, triage } from '../../src/triage.ts';

const packs = await loadPacks(bundledTemplatesDir);
const asMade = new Date('2026-03-01');
const unmoved = await readSamples(asMade);

/** What a careful person makes of each sample, by the merchant's policy. */
const expected: Readonly<Record<string, { language: string; outcome: string; amount?: string; missing?: string[]; flag?: string; draft: boolean }>> = {
  '01-storybookly-be-torn-cover': { language: 'be', outcome: 'replacement', draft: true },
  '02-storybookly-en-pages-upside-down': { language: 'en', outcome: 'refund_or_replacement', missing: ['order_number', 'photo', 'preferred_resolution'], draft: true },
  '03-storybookly-ru-charged-twice': { language: 'ru', outcome: 'full_refund', draft: true },
  '04-storybookly-be-credits-not-needed': { language: 'be', outcome: 'deny', draft: true },
  '05-imgto3d-ru-error-no-details': { language: 'ru', outcome: 'credit_compensation', missing: ['browser', 'occurred_at', 'os', 'screenshot'], draft: true },
  '06-imgto3d-es-error-502': { language: 'es', outcome: 'credit_compensation', draft: true },
  '07-imgto3d-fr-partly-used': { language: 'fr', outcome: 'partial_refund', amount: '18.00 EUR', draft: true },
  '08-imgto3d-ja-too-late': { language: 'ja', outcome: 'deny', draft: true },
  '09-imgto3d-tr-stop-subscription': { language: 'tr', outcome: 'cancel_subscription', draft: true },
  '10-imgto3d-pl-credit-pack': { language: 'pl', outcome: 'deny', draft: true },
  '11-ai3dgen-en-erase-my-data': { language: 'en', outcome: 'human_review', flag: 'privacy_request', draft: true },
  '12-ai3dgen-pt-not-satisfied': { language: 'pt', outcome: 'human_review', flag: 'no_refund_policy', draft: true },
  '13-stone-ai-ru-unused-balance': { language: 'ru', outcome: 'full_refund', amount: '25.00 USD', draft: true },
  '14-stone-ai-en-stars-no-details': { language: 'en', outcome: 'need_info', missing: ['amount', 'paid_at', 'telegram_id'], draft: true },
  '15-stone-ai-ru-outage-80-hours': { language: 'ru', outcome: 'full_refund', amount: '31.50 USD', draft: true },
  '16-winno-en-print-damaged': { language: 'en', outcome: 'replacement', draft: true },
  '17-winno-en-cancel-order': { language: 'en', outcome: 'full_refund', draft: true },
  '18-winno-en-approved-then-regretted': { language: 'en', outcome: 'deny', draft: true },
  '19-imgto3d-out-of-office': { language: 'fr', outcome: 'no_reply', draft: false },
  '20-storybookly-en-partnership': { language: 'en', outcome: 'human_review', draft: false },
};

describe('the sample mails', () => {
  it('are all known here', () => {
    expect(unmoved.map(({ name }) => name.replace('.eml', ''))).toEqual(Object.keys(expected));
    expect(unmoved.every(({ days }) => days === 0)).toBe(true);
  });

  it.each(Object.entries(expected))('%s is decided as its merchant would', async (name, { language, outcome, amount, missing, flag, draft }) => {
    const source = await readFile(new URL(`../../src/demo/mails/${name}.eml`, import.meta.url));
    const context = { internalDate: new Date(0), bytes: source.length, partBytes: null, merchant: null };
    const reading = toReading(name, await triage(source, context, { packs, authservIds: [], countEarlierRequests: null }));
    expect(name).toContain(`-${reading.brand}-`);
    expect(reading).toMatchObject({ language, decision: { outcome } });
    expect(reading.missing.toSorted()).toEqual(missing ?? []);
    if (amount !== undefined) expect(reading.decision.amount).toBe(amount);
    if (flag !== undefined) expect(reading.flags).toContain(flag);
    expect(reading.draft !== null).toBe(draft);
  });
});

/** What comes of all samples in a demo that is laid out at this moment, with its orders. */
async function decideAll(now: Date): Promise<{ readonly ageMs: number; readonly reading: object }[]> {
  const dir = await mkdtemp(join(tmpdir(), 'refund-triage-demo-'));
  const sample = await openDemoRecords(await layOutDemo(dir, now));
  const records = openRecords(sample.merchants, sample.secrets);
  try {
    const decided = [];
    for (const { name, source, writtenAt } of await readSamples(now)) {
      const context = { internalDate: writtenAt, bytes: source.length, partBytes: null, merchant: null };
      const { decision: { outcome, rule, amount }, missing, language, flags } = toReading(name, await triage(Buffer.from(source), context, { packs, authservIds: [], countEarlierRequests: null, records }));
      decided.push({ ageMs: now.getTime() - writtenAt.getTime(), reading: { name, outcome, rule, amount, missing, language, flags } });
    }
    return decided;
  } finally {
    await records.close();
    await sample.close();
    await rm(dir, { recursive: true });
  }
}

describe('a demo that is laid out later', () => {
  let asEver: Awaited<ReturnType<typeof decideAll>>;
  beforeAll(async () => { asEver = await decideAll(asMade); });

  // The turn of a year, a leap day, clocks put forward, and a month whose name is short.
  it.each(['2027-01-01T00:30:00Z', '2028-03-02T08:00:00Z', '2027-03-28T12:00:00Z', '2027-05-08T10:00:00Z'])('at %s has mails of the week before, which are decided as ever', async (day) => {
    const later = await decideAll(new Date(day));
    for (const { ageMs } of later) expect(ageMs >= 0 && ageMs < 7 * 86_400_000).toBe(true);
    expect(later.map(({ reading }) => reading)).toEqual(asEver.map(({ reading }) => reading));
  });
});
