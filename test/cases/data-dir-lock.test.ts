import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { typescriptNode } from '../servers/typescript-node.ts';
import { lockDataDir } from '../../src/cases/data-dir-lock.ts';
import { StoreInUseError } from '../../src/cases/store-errors.ts';

let folder: string;
beforeEach(() => { folder = mkdtempSync(join(tmpdir(), 'refund-triage-lock-')); });
afterEach(() => { rmSync(folder, { recursive: true, force: true }); });

const module = new URL('../../src/cases/data-dir-lock.ts', import.meta.url).href;
const holderProcess = (): ReturnType<typeof spawn> =>
  spawn(typescriptNode, ['--input-type=module', '-e', `
    const { lockDataDir } = await import(${JSON.stringify(module)});
    lockDataDir(${JSON.stringify(folder)}); console.log('locked'); setInterval(() => {}, 1000);`], { stdio: ['ignore', 'pipe', 'inherit'] });

it('keeps a second process out for as long as the first one lives, and not a moment longer after kill -9', async () => {
  const child = holderProcess();
  await once(child.stdout ?? child, 'data');
  expect(() => lockDataDir(folder)).toThrow(StoreInUseError);
  expect(() => lockDataDir(folder)).toThrow(`in use by process ${String(child.pid)}`);
  child.kill('SIGKILL');
  await once(child, 'exit');
  lockDataDir(folder)();
  expect(readdirSync(folder)).toEqual([]);
});

it('is given once within one process', () => {
  const unlock = lockDataDir(folder);
  expect(() => lockDataDir(folder)).toThrow(/in use/);
  unlock();
  lockDataDir(folder)();
});

it('takes over the lock of a dead process whose id was given to another one', () => {
  writeFileSync(join(folder, 'lock'), JSON.stringify({ pid: process.pid, host: hostOf(), startedAt: '1' }));
  lockDataDir(folder)();
  expect(existsSync(join(folder, 'lock'))).toBe(false);
});

it('takes over a lock that is no lock', () => {
  writeFileSync(join(folder, 'lock'), '');
  lockDataDir(folder)();
});

it('respects a lock from another container while its holder keeps it fresh', () => {
  const path = join(folder, 'lock');
  writeFileSync(path, JSON.stringify({ pid: 1, host: 'another-container', startedAt: '1' }));
  expect(() => lockDataDir(folder)).toThrow(/in use/);
  const longAgo = new Date(Date.now() - 60_000);
  utimesSync(path, longAgo, longAgo);
  lockDataDir(folder)();
});

function hostOf(): string {
  const unlock = lockDataDir(folder);
  const host: unknown = JSON.parse(readLock());
  unlock();
  return typeof host === 'object' && host !== null && 'host' in host && typeof host.host === 'string' ? host.host : '';
}

function readLock(): string {
  return readFileSync(join(folder, 'lock'), 'utf8');
}
