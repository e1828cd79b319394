import { appendFile, cp, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type LivePacks, type LivePacksOptions, openLivePacks } from '../../src/packs/live-packs.ts';
import { loadPacks } from '../../src/packs/load-packs.ts';
import type { Packs } from '../../src/packs/pack.ts';

const templates = fileURLToPath(new URL('../../templates', import.meta.url));

describe('packs that are read again when their files change', () => {
  let dir: string;
  let policy: string;
  let live: LivePacks;
  let accepted: Packs[];
  let told: string[];
  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'refund-triage-live-'));
    await cp(join(templates, 'winno'), join(dir, 'winno'), { recursive: true });
    policy = join(dir, 'winno/policy.yaml');
    accepted = [];
    told = [];
  });
  afterEach(async () => {
    live.close();
    await rm(dir, { recursive: true });
  });

  const open = async (options: Partial<LivePacksOptions> = {}): Promise<string> => {
    const packs = await loadPacks(dir);
    live = await openLivePacks(dir, packs, {
      accept: async (next) => { accepted.push(next); await Promise.resolve(); }, onReloaded: (changed) => { told.push(`changed: ${changed.join(', ')}`); },
      onRefused: (error) => { told.push(`refused: ${error.message}`); }, checkIntervalMs: 40, ...options,
    });
    return packs[0]?.hash ?? '';
  };
  const hash = (): string | undefined => live.current()[0]?.hash;

  it('takes a change when it is whole and valid, and says whose it is', async () => {
    const before = await open();
    await appendFile(policy, '\n# a remark\n');
    await vi.waitFor(() => { expect(told).toEqual(['changed: winno']); }, { timeout: 10_000 });
    expect(hash()).not.toBe(before);
    expect(accepted).toEqual([live.current()]);
    expect(live.state()).toMatchObject({ valid: true, reason: null });
  });

  it('keeps the ones before while there is a mistake, says so once, and takes the mended ones', async () => {
    const before = await open();
    const whole = await readFile(policy, 'utf8');
    // In one go: what is half written would be refused as well.
    await writeFile(`${dir}.yaml`, `${whole}\nno_such_key: 1\n`);
    await rename(`${dir}.yaml`, policy);
    await vi.waitFor(() => { expect(live.state()).toMatchObject({ valid: false, reason: expect.stringContaining('no_such_key') }); }, { timeout: 10_000 });
    expect(await live.reload()).toBe(false);
    expect({ hash: hash(), accepted, told: told.map((line) => line.split(':')[0]) }).toEqual({ hash: before, accepted: [], told: ['refused', 'refused'] });
    await writeFile(policy, whole);
    expect(await live.reload()).toBe(true);
    expect({ hash: hash(), last: told.at(-1), state: live.state() }).toMatchObject({ hash: before, last: 'changed: ', state: { valid: true, reason: null } });
  });

  it('does not mind the orders that lie beside the policy', async () => {
    const orders = join(dir, 'winno/orders.csv');
    await writeFile(orders, 'Order,Customer\n');
    await appendFile(policy, '\nrecords:\n  csv: { file: orders.csv }\n  fields: { order_number: Order, account_email: Customer }\n');
    await open();
    await appendFile(orders, 'W-1,anna@customer.example\n');
    await writeFile(join(dir, 'winno/remark.txt'), 'x');
    await vi.waitFor(() => { expect(told).toEqual(['changed: winno']); }, { timeout: 10_000 });
    await appendFile(orders, 'W-2,anna@customer.example\n');
    await sleep(200);
    expect(told).toHaveLength(1);
  });

  it('refuses what whoever uses them refuses', async () => {
    const before = await open({ accept: async () => { await Promise.reject(new Error('a mailbox is of a merchant that is gone')); } });
    await appendFile(policy, '\n# a remark\n');
    expect(await live.reload()).toBe(false);
    expect({ hash: hash(), state: live.state() }).toMatchObject({ hash: before, state: { valid: false, reason: 'a mailbox is of a merchant that is gone' } });
  });

  it('keeps them when the folder goes away, and reads another one when told to', async () => {
    const before = await open();
    expect(await live.reload(join(dir, 'nowhere'))).toBe(false);
    expect(hash()).toBe(before);
    expect(await live.reload(templates)).toBe(true);
    expect(live.current().map(({ name }) => name)).toContain('storybookly');
    expect(told.at(-1)).toMatch(/^changed: .*storybookly/);
  });
});
