import { spawnSync } from 'node:child_process';
import { closeSync, cpSync, existsSync, openSync, rmSync, statSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { Amidst } from './scenarios.ts';
import type { Shop } from './shop.ts';

/** Why no small file system can be had here; null where it can. */
export function mayMount(): string | null {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return 'a small file system of its own takes root on Linux';
  return existsSync('/dev/shm') && mountOn('/dev/shm/refund-triage-chaos-mount', 1) ? null : 'this root may not mount anything';
}

function mountOn(place: string, megabytes: number): boolean {
  const isOurs = place === '/dev/shm/refund-triage-chaos-mount';
  if (isOurs) spawnSync('mkdir', ['-p', place]);
  const { status } = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${String(megabytes)}m`, 'tmpfs', place]);
  if (isOurs) {
    if (status === 0) spawnSync('umount', [place]);
    spawnSync('rmdir', [place]);
  }
  return status === 0;
}

/** The disk of the mail or of the embedded store is full for a while. */
export async function disturbDisk(shop: Shop, amidst: Amidst): Promise<number> {
  const { dovecot, dataDir } = shop;
  const mailDisk = mountAt(dovecot.maildir, 16);
  const storeDisk = dataDir === null ? null : mountAt(dataDir, 220);
  try {
    return await amidst(shop, async (number) => {
      const disk = storeDisk !== null && number % 2 === 1 ? storeDisk : mailDisk;
      const fromMs = Date.now();
      const ballast = fill(disk);
      await shop.pause(1_500, 4_000);
      rmSync(ballast);
      if (disk === mailDisk) shop.mailDiskFull.push({ fromMs, toMs: Date.now() });
    }, { faults: 4 });
  } finally {
    for (const process of shop.processes) await shop.kill(process);
    // What lies there is moved to where the ledger is drawn up without it.
    for (const disk of [mailDisk, storeDisk]) if (disk !== null) leave(disk);
    await dovecot.restart();
  }
}

function mountAt(place: string, megabytes: number): string {
  const { uid, gid } = statSync(place);
  if (!mountOn(place, megabytes)) throw new Error(`no file system could be mounted on ${place}`);
  spawnSync('chown', [`${String(uid)}:${String(gid)}`, place]);
  return place;
}

function leave(place: string): void {
  const aside = `${place}-aside`;
  cpSync(place, aside, { recursive: true, preserveTimestamps: true });
  spawnSync('chown', ['-R', `--reference=${place}`, aside]);
  spawnSync('umount', ['-l', place]);
  spawnSync('sh', ['-c', 'cp -a "$1"/. "$2"/ && rm -rf "$1"', 'sh', aside, place]);
}

/** Takes all that is left. */
function fill(place: string): string {
  const ballast = join(place, 'ballast');
  const file = openSync(ballast, 'w');
  try {
    for (const bytes of [65_536, 512]) {
      try {
        for (;;) writeSync(file, Buffer.alloc(bytes));
      } catch {
        // Full.
      }
    }
  } finally {
    closeSync(file);
  }
  return ballast;
}
