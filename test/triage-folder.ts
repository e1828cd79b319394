import { readFile, readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { loadPacks } from '../src/packs/load-packs.ts';
import type { Reading } from '../src/reading.ts';
import { toReading, triage } from '../src/triage.ts';
import type { Gold } from './score-readings.ts';

const templates = fileURLToPath(new URL('../templates', import.meta.url));

/** Every labelled mail of a folder (`NAME.eml` beside `NAME.json`), taken through the whole job. By name. */
export async function triageFolder(folder: string): Promise<{ readonly golds: ReadonlyMap<string, Gold>; readonly readings: ReadonlyMap<string, Reading> }> {
  const packs = await loadPacks(templates);
  const golds = new Map<string, Gold>();
  const readings = new Map<string, Reading>();
  for (const file of (await readdir(folder)).filter((one) => one.endsWith('.json')).toSorted()) {
    const name = basename(file, '.json');
    const source = await readFile(join(folder, `${name}.eml`));
    golds.set(name, JSON.parse(await readFile(join(folder, file), 'utf8')));
    const result = await triage(
      source,
      { internalDate: new Date(0), bytes: source.length, partBytes: null, merchant: null },
      { packs, authservIds: [], countEarlierRequests: null },
    );
    readings.set(name, toReading(`${name}.eml`, result));
  }
  return { golds, readings };
}
