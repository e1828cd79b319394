import { createHash } from 'node:crypto';
import { readdir, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { loadPacks } from './load-packs.ts';
import type { Packs } from './pack.ts';

/** The packs in a folder, read again when a file in it changes. Those that have mistakes are not taken: the ones before stay in use. */
export interface LivePacks {
  readonly current: () => Packs;
  readonly state: () => LivePacksState;
  /** Reads them now, from another folder where one is given. False where they were refused. */
  readonly reload: (dir?: string) => Promise<boolean>;
  /** Looks no more. */
  readonly close: () => void;
}

export interface LivePacksState {
  /** False where those in the folder now were refused. */
  readonly valid: boolean;
  /** Why; else null. */
  readonly reason: string | null;
  readonly loadedAtMs: number;
}

export interface LivePacksOptions {
  /** Is asked before they are used, and may refuse them by throwing. */
  readonly accept: (packs: Packs, dir: string) => Promise<void>;
  /** They are in use now; `changed` are the names of those that are new, gone or different. */
  readonly onReloaded?: (changed: readonly string[]) => void;
  /** They are not used. Told once for each state of the files. */
  readonly onRefused?: (error: Error) => void;
  /** How often the files are looked at. They count when they stayed as they are from one look to the next, so that half a change is not taken for a whole one. */
  readonly checkIntervalMs?: number;
}

const defaultCheckIntervalMs = 3_000;

/** Files are compared by name, size and time instead of being told of by the system, which does not do so for network drives and folders that are mounted into containers. */
export async function openLivePacks(firstDir: string, first: Packs, { accept, onReloaded, onRefused, checkIntervalMs = defaultCheckIntervalMs }: LivePacksOptions): Promise<LivePacks> {
  let dir = firstDir;
  let packs = first;
  let state: LivePacksState = { valid: true, reason: null, loadedAtMs: Date.now() };
  let readAs = await signatureOf(dir, ordersOf(dir, packs));
  let seen = readAs;
  let turn: Promise<unknown> = Promise.resolve();

  const read = async (from: string): Promise<boolean> => {
    const signature = await signatureOf(from, ordersOf(from, packs));
    readAs = signature;
    seen = signature;
    try {
      const next = await loadPacks(from);
      await accept(next, from);
      const changed = changedNames(packs, next);
      dir = from;
      packs = next;
      state = { valid: true, reason: null, loadedAtMs: Date.now() };
      onReloaded?.(changed);
      return true;
    } catch (error) {
      const refusal = error instanceof Error ? error : new Error(String(error));
      state = { ...state, valid: false, reason: refusal.message };
      onRefused?.(refusal);
      return false;
    }
  };
  const look = async (): Promise<void> => {
    const signature = await signatureOf(dir, ordersOf(dir, packs));
    const isSettled = signature === seen;
    seen = signature;
    if (isSettled && signature !== readAs) await read(dir);
  };
  const inTurn = async <Result>(work: () => Promise<Result>): Promise<Result> => {
    const mine = turn.then(work);
    turn = mine.catch(() => undefined);
    return await mine;
  };
  let isLooking = false;
  const timer = setInterval(() => {
    if (isLooking) return;
    isLooking = true;
    void inTurn(look).catch(() => undefined).finally(() => { isLooking = false; });
  }, checkIntervalMs).unref();
  return {
    current: () => packs,
    state: () => state,
    reload: async (from) => await inTurn(async () => await read(from ?? dir)),
    close: () => { clearInterval(timer); },
  };
}

function changedNames(before: Packs, after: Packs): string[] {
  const hashes = new Map(before.map(({ name, hash }) => [name, hash]));
  const different = after.filter(({ name, hash }) => hashes.get(name) !== hash).map(({ name }) => name);
  const gone = before.filter(({ name }) => after.every((pack) => pack.name !== name)).map(({ name }) => name);
  return [...different, ...gone].toSorted();
}

/** Orders that lie beside a policy come and go, and are read again by whoever looks them up. */
function ordersOf(dir: string, packs: Packs): ReadonlySet<string> {
  return new Set(packs.flatMap(({ name, policy }) => (policy.records?.csv === undefined ? [] : [resolve(dir, name, policy.records.csv.file)])));
}

/** The same as long as no file but the `orders` was made, removed or written. A folder that cannot be read has one as well. */
async function signatureOf(dir: string, orders: ReadonlySet<string>): Promise<string> {
  try {
    const entries = await readdir(dir, { recursive: true, withFileTypes: true });
    const paths = entries.filter((entry) => !entry.isDirectory()).map((entry) => join(entry.parentPath, entry.name)).filter((path) => !orders.has(resolve(path)));
    const lines = await Promise.all(paths.map(async (path) => {
      const { size, mtimeMs } = await stat(path);
      return `${path} ${String(size)} ${String(mtimeMs)}`;
    }));
    return createHash('sha256').update(lines.toSorted().join('\n')).digest('hex');
  } catch (error) {
    return `unreadable: ${error instanceof Error ? error.message : String(error)}`;
  }
}
