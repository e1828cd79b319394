import { readFile, readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { SecondReader } from '../src/model/second-reader.ts';
import { loadPacks } from '../src/packs/load-packs.ts';
import type { Packs } from '../src/packs/pack.ts';
import type { Reading } from '../src/reading.ts';
import { toReading, triage } from '../src/triage.ts';
import type { Gold } from './score-readings.ts';

/** Whom the mails of a folder are read for, and by whom beside us. */
export interface FolderReaders {
  readonly packs: Packs;
  readonly secondReader: SecondReader | null;
}

const templates = fileURLToPath(new URL('../templates', import.meta.url));

/** Every labelled mail of a folder (`NAME.eml` beside `NAME.json`), taken through the whole job. By name. */
export async function triageFolder(folder: string, readers?: FolderReaders): Promise<{ readonly golds: ReadonlyMap<string, Gold>; readonly readings: ReadonlyMap<string, Reading> }> {
  const { packs, secondReader } = readers ?? { packs: await loadPacks(templates), secondReader: null };
  const golds = new Map<string, Gold>();
  const readings = new Map<string, Reading>();
  for (const file of (await readdir(folder)).filter((one) => one.endsWith('.json')).toSorted()) {
    const name = basename(file, '.json');
    const source = await readFile(join(folder, `${name}.eml`));
    golds.set(name, JSON.parse(await readFile(join(folder, file), 'utf8')));
    const result = await triage(
      source,
      { internalDate: new Date(0), bytes: source.length, partBytes: null, merchant: null },
      { packs, authservIds: [], countEarlierRequests: null, secondReader },
    );
    readings.set(name, toReading(`${name}.eml`, result));
  }
  return { golds, readings };
}
