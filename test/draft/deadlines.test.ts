import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it, onTestFinished } from 'vitest';
import { loadPacks } from '../../src/packs/load-packs.ts';
import { triage } from '../../src/triage.ts';

const templates = fileURLToPath(new URL('../../templates', import.meta.url));
const sample = fileURLToPath(new URL('../../src/demo/mails/13-stone-ai-ru-unused-balance.eml', import.meta.url));

it('a draft names the days by which the policy promises an answer and the money, by the merchant\'s calendar', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'refund-triage-deadlines-'));
  onTestFinished(async () => {
    await rm(folder, { recursive: true, force: true });
  });
  await cp(join(templates, 'shared'), join(folder, 'shared'), { recursive: true });
  await cp(join(templates, 'stone-ai'), join(folder, 'stone-ai'), { recursive: true });
  const policy = join(folder, 'stone-ai', 'policy.yaml');
  const withoutDeadlines = (await readFile(policy, 'utf8')).replace(/^deadlines:\n(?: .*\n)*/mu, '');
  const deadlines = 'deadlines:\n  - { what: answer, business_days: 5, from: arrival }\n  - { what: payout, business_days: 7, from: arrival }\ncalendar: { country: RU, days_off: [2026-03-18] }\n';
  await writeFile(policy, withoutDeadlines + deadlines);
  const reply = join(folder, 'stone-ai', 'replies', 'ru', 'unused.md');
  await writeFile(reply, `${await readFile(reply, 'utf8')}\n{{ next_step }} Деньги вы получите не позднее {{ payout_by | date }}.\n`);

  const source = await readFile(sample);
  const context = { internalDate: new Date(0), bytes: source.length, partBytes: null, merchant: null };
  const { decision, draft } = await triage(source, context, { packs: await loadPacks(folder), authservIds: [], countEarlierRequests: null });
  expect(decision?.deadlines).toEqual([{ what: 'answer', by: '2026-03-24' }, { what: 'payout', by: '2026-03-26' }]);
  expect(draft?.text).toContain('24 марта 2026');
  expect(draft?.text).toContain('Деньги вы получите не позднее 26 марта 2026');
});
