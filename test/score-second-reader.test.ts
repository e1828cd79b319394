import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openSecondReader, type SecondReader } from '../src/model/second-reader.ts';
import { loadPacks } from '../src/packs/load-packs.ts';
import type { Packs } from '../src/packs/pack.ts';
import { answers, startLocalModel, type LocalModel } from './model/local-model.ts';
import { describeGain, scoreSecondReader } from './score-second-reader.ts';

let model: LocalModel;
let folder: string;
let packs: Packs;

// Dutch: we have no words for it.
const dutch = 'Ik heb gisteren twee keer moeten betalen voor hetzelfde abonnement, op 16-03-2026, en dat klopt niet. Kunt u een van de twee betalingen terugstorten?';

beforeAll(async () => {
  model = await startLocalModel();
  folder = await mkdtemp(join(tmpdir(), 'refund-triage-score-'));
  for (const [name, text] of [['sure', 'Hello, I was charged twice for my subscription on 16 March 2026. Please refund one of the two payments.'], ['dutch', dutch]] as const) {
    await writeFile(join(folder, `${name}.eml`), ['From: Jonas <jonas@customer.example>', 'To: support@imgto3d.ai', 'Subject: Question', 'Message-ID: <1@customer.example>', 'Date: Tue, 17 Mar 2026 10:00:00 +0100', 'Content-Type: text/plain; charset=utf-8', '', text, ''].join('\r\n'));
  }
  await writeFile(join(folder, 'sure.json'), JSON.stringify({ topic: 'refund', reason: 'duplicate_charge' }));
  await writeFile(join(folder, 'dutch.json'), JSON.stringify({ topic: 'refund', reason: 'duplicate_charge', facts: { paid_at: '2026-03-16' } }));
  packs = (await loadPacks(fileURLToPath(new URL('../templates', import.meta.url)))).map((pack) => ({ ...pack, policy: { ...pack.policy, model: { consent: true, screenshots: false } } }));
});

afterAll(async () => {
  await model.close();
  await rm(folder, { recursive: true });
});

function reader(): SecondReader {
  return openSecondReader({ name: 'local', baseUrl: model.baseUrl, apiKey: null, timeoutMs: 3_000, concurrency: 4, maxTokensPerDay: 1_000_000, maxTokensPerCase: 20_000, screenshots: false });
}

describe('the score of a second reader', () => {
  it('says what it adds, and what that costs', async () => {
    model.respond(answers({ topic: { value: 'refund', quote: 'een van de twee betalingen terugstorten' }, reason: { value: 'duplicate_charge', quote: 'twee keer moeten betalen' }, facts: [{ name: 'paid_at', value: '2026-03-16', quote: 'op 16-03-2026' }] }));
    const gain = await scoreSecondReader(folder, packs, reader());
    expect(gain).toMatchObject({ better: ['dutch'], worse: [], asked: 1, tally: { believed: 3, tokens: { input: 700, output: 60 } } });
    expect(gain.together.figures['reason']).toBeGreaterThan(gain.alone.figures['reason'] ?? 0);
    expect(describeGain(gain, 2).join('\n')).toMatch(/reason 0\.500 -> 1\.000[^]*asked about 1 of 2 mails[^]*700 tokens in, 60 out/);
  });

  it('shows a model that tells lies for what it is', async () => {
    model.respond(answers({ topic: { value: 'cancellation', quote: 'dat klopt niet' }, facts: [{ name: 'paid_at', value: '2026-03-15', quote: 'op 16-03-2026' }] }));
    const gain = await scoreSecondReader(folder, packs, reader());
    expect(gain.tally.dropped).toMatchObject({ not_in_quote: 1 });
    expect(gain.better).toEqual([]);
  });
});
