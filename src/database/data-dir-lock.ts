import { randomBytes } from 'node:crypto';
import { linkSync, readFileSync, renameSync, rmSync, statSync, unlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { StoreInUseError } from './store-errors.ts';

/**
 * A data directory's lock: a file that names the process which has the embedded database open. A lock left behind by a killed process is
 * known by its process id, and by the start time where a process id was given out again. Processes of another container cannot be asked for:
 * there it is watched for a while whether its holder still keeps the file fresh, for neither's clock is to be trusted.
 */
const heartbeatIntervalMs = 5_000;

export interface LockTiming {
  /** A lock of another container is taken for left behind when it was not kept fresh for so long before our eyes. Longer than a process may be stuck. */
  readonly silentMs: number;
  /** So long is enough where the file's time says that it is older than `silentMs`. */
  readonly oldSilentMs: number;
}

const defaultTiming: LockTiming = { silentMs: 30_000, oldSilentMs: 12_000 };
const lookIntervalMs = 250;

interface Holder {
  readonly pid: number;
  readonly host: string;
  /** Clock ticks since boot, from `/proc`; null where there is none. */
  readonly startedAt: string | null;
}

/** Takes the lock of `directory`; throws `StoreInUseError`. The returned function gives it back. */
export async function lockDataDir(directory: string, timing: LockTiming = defaultTiming): Promise<() => void> {
  const path = join(directory, 'lock');
  const own: Holder = { pid: process.pid, host: hostname(), startedAt: startTimeOf(process.pid) };
  const draft = `${path}.${String(process.pid)}.${randomBytes(4).toString('hex')}`;
  writeFileSync(draft, JSON.stringify(own));
  try {
    for (let attempt = 0; attempt < 20; attempt += 1) {
      try {
        // A link either makes the whole file or fails: no one ever reads half a lock.
        linkSync(draft, path);
        const heartbeat = setInterval(() => {
          touch(path);
        }, heartbeatIntervalMs).unref();
        return () => {
          clearInterval(heartbeat);
          if (sameHolder(readHolder(path), own)) rmSync(path, { force: true });
        };
      } catch (error) {
        if (codeOf(error) !== 'EEXIST') throw error;
      }
      const holder = readHolder(path);
      if (holder !== null && (await isRunning(holder, own, path, timing))) {
        throw new StoreInUseError(
          `The data directory ${directory} is in use by process ${String(holder.pid)}. Stop it, or give this one another data directory or DATABASE_URL.`,
        );
      }
      setAside(path, holder);
    }
    throw new StoreInUseError(`The data directory ${directory} is being opened by several processes at once.`);
  } finally {
    unlinkSync(draft);
  }
}

/** Removes a dead holder's lock, unless another process has just put its own in its place. */
function setAside(path: string, dead: Holder | null): void {
  const aside = `${path}.stale.${randomBytes(4).toString('hex')}`;
  try {
    renameSync(path, aside);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return;
    throw error;
  }
  const moved = readHolder(aside);
  if (moved !== null && dead !== null && !sameHolder(moved, dead)) {
    try {
      linkSync(aside, path);
    } catch (error) {
      if (codeOf(error) !== 'EEXIST') throw error;
    }
  }
  rmSync(aside, { force: true });
}

function readHolder(path: string): Holder | null {
  try {
    const value: unknown = JSON.parse(readFileSync(path, 'utf8'));
    if (typeof value !== 'object' || value === null || !('pid' in value) || typeof value.pid !== 'number') return null;
    return {
      pid: value.pid,
      host: 'host' in value && typeof value.host === 'string' ? value.host : '',
      startedAt: 'startedAt' in value && typeof value.startedAt === 'string' ? value.startedAt : null,
    };
  } catch {
    return null;
  }
}

async function isRunning(holder: Holder, own: Holder, path: string, timing: LockTiming): Promise<boolean> {
  if (sameHolder(holder, own)) return true;
  if (holder.host !== own.host) return await isKeptFresh(path, timing);
  try {
    process.kill(holder.pid, 0);
  } catch (error) {
    if (codeOf(error) === 'ESRCH') return false;
  }
  const startedAt = startTimeOf(holder.pid);
  return startedAt === null || holder.startedAt === null || startedAt === holder.startedAt;
}

function touch(path: string): void {
  try {
    const now = new Date();
    utimesSync(path, now, now);
  } catch (error) {
    if (codeOf(error) !== 'ENOENT') throw error;
  }
}

async function isKeptFresh(path: string, { silentMs, oldSilentMs }: LockTiming): Promise<boolean> {
  const first = touchedAtMs(path);
  const patienceMs = first !== null && Date.now() - first > silentMs ? oldSilentMs : silentMs;
  const beganMs = performance.now();
  while (performance.now() - beganMs < patienceMs) {
    await sleep(Math.min(lookIntervalMs, patienceMs));
    const now = touchedAtMs(path);
    // It was given back, or another process was quicker: to be looked at anew.
    if (now === null) return false;
    if (now !== first) return true;
  }
  return false;
}

function touchedAtMs(path: string): number | null {
  try {
    return statSync(path).mtimeMs;
  } catch {
    return null;
  }
}

function sameHolder(one: Holder | null, other: Holder): boolean {
  return one !== null && one.pid === other.pid && one.host === other.host && one.startedAt === other.startedAt;
}

/** Field 22 of `/proc/<pid>/stat`, counted from behind the command's name, which may hold spaces and brackets. */
function startTimeOf(pid: number): string | null {
  try {
    const stat = readFileSync(`/proc/${String(pid)}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? null;
  } catch {
    return null;
  }
}

function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}
