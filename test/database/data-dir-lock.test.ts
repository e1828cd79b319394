import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { typescriptNode } from '../servers/typescript-node.ts';
import { lockDataDir } from '../../src/database/data-dir-lock.ts';
import { StoreInUseError } from '../../src/database/store-errors.ts';

let folder: string;
beforeEach(() => { folder = mkdtempSync(join(tmpdir(), 'refund-triage-lock-')); });
afterEach(() => { rmSync(folder, { recursive: true, force: true }); });

const module = new URL('../../src/database/data-dir-lock.ts', import.meta.url).href;
const holderProcess = (): ReturnType<typeof spawn> =>
  spawn(typescriptNode, ['--input-type=module', '-e', `
    const { lockDataDir } = await import(${JSON.stringify(module)});
    await lockDataDir(${JSON.stringify(folder)}); console.log('locked'); setInterval(() => {}, 1000);`], { stdio: ['ignore', 'pipe', 'inherit'] });

it('keeps a second process out for as long as the first one lives, and not a moment longer after kill -9', async () => {
  const child = holderProcess();
  await once(child.stdout ?? child, 'data');
  await expect(lockDataDir(folder)).rejects.toThrow(StoreInUseError);
  await expect(lockDataDir(folder)).rejects.toThrow(`in use by process ${String(child.pid)}`);
  child.kill('SIGKILL');
  await once(child, 'exit');
  (await lockDataDir(folder))();
  expect(readdirSync(folder)).toEqual([]);
});

it('is given once within one process', async () => {
  const unlock = await lockDataDir(folder);
  await expect(lockDataDir(folder)).rejects.toThrow(/in use/);
  unlock();
  (await lockDataDir(folder))();
});

it('takes over the lock of a dead process whose id was given to another one', async () => {
  writeFileSync(join(folder, 'lock'), JSON.stringify({ pid: process.pid, host: await hostOf(), startedAt: '1' }));
  (await lockDataDir(folder))();
  expect(existsSync(join(folder, 'lock'))).toBe(false);
});

it('takes over a lock that is no lock', async () => {
  writeFileSync(join(folder, 'lock'), '');
  (await lockDataDir(folder))();
});

it('respects a lock from another container while its holder keeps it fresh, whatever time it is there', async () => {
  const path = join(folder, 'lock');
  const timing = { silentMs: 400, oldSilentMs: 300 };
  for (const time of [Date.now(), Date.now() - 86_400_000, Date.now() + 86_400_000]) {
    writeFileSync(path, JSON.stringify({ pid: 1, host: 'another-container', startedAt: '1' }));
    utimesSync(path, new Date(time), new Date(time));
    let beats = 0;
    const heart = setInterval(() => { utimesSync(path, new Date(time), new Date(time + (beats += 1) * 1_000)); }, 50);
    await expect(lockDataDir(folder, timing)).rejects.toThrow(/in use/);
    clearInterval(heart);
    (await lockDataDir(folder, timing))();
    expect(existsSync(path)).toBe(false);
  }
});

async function hostOf(): Promise<string> {
  const unlock = await lockDataDir(folder);
  const host: unknown = JSON.parse(readLock());
  unlock();
  return typeof host === 'object' && host !== null && 'host' in host && typeof host.host === 'string' ? host.host : '';
}

function readLock(): string {
  return readFileSync(join(folder, 'lock'), 'utf8');
}
