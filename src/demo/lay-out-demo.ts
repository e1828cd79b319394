import { existsSync } from 'node:fs';
import { mkdir, readFile, readdir, rename, rm, utimes, writeFile } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createMaildir, deliverToMaildir } from '../mailbox/maildir-delivery.ts';
import { daysToLastWeek, orderedLater, writtenAt, writtenLater } from './date-samples.ts';

const recordsDir = fileURLToPath(new URL('records', import.meta.url));
const samplesDir = fileURLToPath(new URL('mails', import.meta.url));

/** Where a demo keeps everything it makes. */
export interface DemoPlace {
  readonly dir: string;
  /** A Maildir with the sample mails in `new/`. */
  readonly maildir: string;
  readonly store: string;
  /** The sample merchants' orders: those in a CSV file, and those that the order server gives. */
  readonly csvOrders: string;
  readonly serverOrders: string;
  /** What is sent at the demo's desk. */
  readonly outgoing: string;
}

/**
 * Lays the sample mails into a Maildir of their own, and beside it the orders they speak of, all dated to the week before `now`; the first time only: a second start finds everything as it was left. The
 * Maildir appears whole or not at all.
 */
export async function layOutDemo(dir: string, now = new Date()): Promise<DemoPlace> {
  const top = resolve(dir);
  const place = { dir: top, maildir: join(top, 'Maildir'), store: join(top, 'store'), csvOrders: join(top, 'orders.csv'), serverOrders: join(top, 'orders.json'), outgoing: join(top, 'outgoing') };
  if (existsSync(place.maildir)) {
    // A folder of an earlier release has mails of the days they were made for.
    if (!existsSync(place.serverOrders)) await layOutOrders(place, () => 0);
    return place;
  }
  const unfinished = join(place.dir, `.Maildir-${process.pid}`);
  await createMaildir(unfinished);
  const samples = await readSamples(now);
  await layOutOrders(place, (email) => samples.find(({ source }) => source.includes(`<${email}>`))?.days ?? 0);
  for (const { source, writtenAt: at } of samples) {
    const name = await deliverToMaildir(unfinished, Buffer.from(source));
    await utimes(join(unfinished, 'new', name), at, at);
  }
  try {
    await rename(unfinished, place.maildir);
  } catch (error) {
    await rm(unfinished, { recursive: true });
    if (!existsSync(place.maildir)) throw error;
  }
  return place;
}

/** A sample mail, dated to the week before some moment. */
export interface Sample {
  readonly name: string;
  readonly source: string;
  readonly writtenAt: Date;
  /** So many days later than the sample itself. */
  readonly days: number;
}

/** Samples are named for what they are, as `06-imgto3d-es-error-502.eml`. */
const languageIn = /-(be|en|es|fr|ja|pl|pt|ru|tr)-/u;

export async function readSamples(now: Date): Promise<Sample[]> {
  const names = (await readdir(samplesDir)).filter((name) => name.endsWith('.eml')).toSorted();
  return await Promise.all(names.map(async (name) => {
    const sample = await readFile(join(samplesDir, name), 'utf8');
    const days = daysToLastWeek(sample, now);
    const source = writtenLater(sample, languageIn.exec(name)?.[1] ?? 'en', days);
    return { name, source, writtenAt: writtenAt(source), days };
  }));
}

async function layOutOrders({ dir, csvOrders, serverOrders }: DemoPlace, daysOf: (email: string) => number): Promise<void> {
  await mkdir(dir, { recursive: true });
  for (const path of [csvOrders, serverOrders]) await writeFile(path, orderedLater(await readFile(join(recordsDir, basename(path)), 'utf8'), daysOf));
}
