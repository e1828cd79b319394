import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { bundledTemplatesDir } from '../../src/config.ts';
import { sampleNames } from '../../src/demo/lay-out-demo.ts';
import { loadPacks } from '../../src/packs/load-packs.ts';
import { toReading, triage } from '../../src/triage.ts';

const packs = await loadPacks(bundledTemplatesDir);
const names = await sampleNames();

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
    expect(names.map((name) => name.replace('.eml', ''))).toEqual(Object.keys(expected));
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
