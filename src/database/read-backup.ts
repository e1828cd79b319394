import { createHash } from 'node:crypto';
import type { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { z } from 'zod';
import { type BackupEnd, backupFormat, type BackupHeader, type BackupSequences, type BackupSummary, type BackupTable } from './backup.ts';
import { BackupUnusableError } from './backup-errors.ts';

/** What reading a backup meets, in its order. Rows are JSON arrays of the columns' values as text, a batch at a time. */
export type BackupPart =
  | { readonly kind: 'header'; readonly header: BackupHeader }
  | { readonly kind: 'table'; readonly table: BackupTable }
  | { readonly kind: 'rows'; readonly table: BackupTable; readonly lines: readonly string[] }
  | { readonly kind: 'sequences'; readonly values: BackupSequences['sequences'] }
  /** The file is whole: what came before may be kept. */
  | { readonly kind: 'end'; readonly rows: number };

const headerSchema: z.ZodType<BackupHeader> = z.object({ format: z.literal(backupFormat), schema: z.int().min(1), installation: z.uuid(), takenAt: z.iso.datetime() });
const tableSchema: z.ZodType<BackupTable> = z.object({ table: z.string().min(1), columns: z.array(z.object({ name: z.string().min(1), type: z.string().min(1) })).min(1) });
const sequencesSchema: z.ZodType<BackupSequences> = z.object({ sequences: z.record(z.string(), z.string().regex(/^\d+$/)) });
const endSchema: z.ZodType<BackupEnd> = z.object({ rows: z.int().min(0), sha256: z.string() });

const rowsPerBatch = 500;
const maxBatchBytes = 4 * 1024 * 1024;
/** No row of ours is longer by far; a line without an end must not fill the memory. */
const maxLineBytes = 256 * 1024 * 1024;

/** Reads a backup from beginning to end. Throws `BackupUnusableError`, at the end as well: nothing may be kept before `end` has come. */
export async function* readBackup(input: Readable): AsyncGenerator<BackupPart> {
  const hash = createHash('sha256');
  let table: BackupTable | null = null;
  let header: BackupHeader | null = null;
  let end: BackupEnd | null = null;
  let rows = 0;
  let batch: string[] = [];
  let batchBytes = 0;
  for await (const line of linesOf(input)) {
    if (end !== null) throw new BackupUnusableError('The backup goes on after its end.');
    const isRow = line[0] === openBracket;
    if (batch.length > 0 && table !== null && (!isRow || batch.length >= rowsPerBatch || batchBytes >= maxBatchBytes)) {
      yield { kind: 'rows', table, lines: batch };
      batch = [];
      batchBytes = 0;
    }
    if (isRow) {
      if (table === null) throw new BackupUnusableError('The backup has rows of no table.');
      hash.update(line).update('\n');
      batch.push(line.toString('utf8'));
      batchBytes += line.length;
      rows += 1;
      continue;
    }
    const value = parseLine(line);
    if (header === null) {
      header = headerOf(value);
      yield { kind: 'header', header };
    } else if (has(value, 'table')) {
      table = checked(tableSchema, value);
      yield { kind: 'table', table };
    } else if (has(value, 'sequences')) {
      yield { kind: 'sequences', values: checked(sequencesSchema, value).sequences };
    } else {
      end = checked(endSchema, value);
      continue;
    }
    hash.update(line).update('\n');
  }
  if (end === null) throw new BackupUnusableError(header === null ? 'The file is empty.' : 'The backup is cut off: its end is missing.');
  if (end.rows !== rows || end.sha256 !== hash.digest('hex')) throw new BackupUnusableError('The backup was changed or damaged: its checksum does not fit.');
  yield { kind: 'end', rows };
}

/** Reads a backup to its end and says what is in it. Throws `BackupUnusableError`. */
export async function checkBackup(input: Readable): Promise<BackupSummary> {
  let header: BackupHeader | null = null;
  const rows = new Map<string, number>();
  for await (const part of readBackup(input)) {
    if (part.kind === 'header') header = part.header;
    else if (part.kind === 'table') rows.set(part.table.table, 0);
    else if (part.kind === 'rows') rows.set(part.table.table, (rows.get(part.table.table) ?? 0) + part.lines.length);
  }
  if (header === null) throw new BackupUnusableError('The file is empty.');
  return { header, rows };
}

const openBracket = 0x5b;
const newLine = 0x0a;

async function* linesOf(input: Readable): AsyncGenerator<Buffer> {
  const unpacked = createGunzip();
  input.on('error', (error) => { unpacked.destroy(error); });
  input.pipe(unpacked);
  let pending: Buffer[] = [];
  let pendingBytes = 0;
  try {
    for await (const chunk of unpacked as AsyncIterable<Buffer>) {
      let start = 0;
      for (let at = chunk.indexOf(newLine); at !== -1; at = chunk.indexOf(newLine, start)) {
        const last = chunk.subarray(start, at);
        yield pending.length === 0 ? last : Buffer.concat([...pending, last]);
        pending = [];
        pendingBytes = 0;
        start = at + 1;
      }
      if (start === chunk.length) continue;
      pending.push(chunk.subarray(start));
      pendingBytes += chunk.length - start;
      if (pendingBytes > maxLineBytes) throw new BackupUnusableError('The backup has a line without an end.');
    }
  } catch (error) {
    if (isPackingError(error)) throw new BackupUnusableError('The file is no backup, or it is cut off or damaged.', { cause: error });
    throw error;
  } finally {
    input.destroy();
  }
  if (pendingBytes > 0) throw new BackupUnusableError('The backup is cut off.');
}

function isPackingError(error: unknown): boolean {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' && error.code.startsWith('Z_');
}

function parseLine(line: Buffer): unknown {
  try {
    return JSON.parse(line.toString('utf8'));
  } catch (error) {
    throw new BackupUnusableError('The backup has a line that is no JSON.', { cause: error });
  }
}

function headerOf(value: unknown): BackupHeader {
  const parsed = headerSchema.safeParse(value);
  if (!parsed.success) throw new BackupUnusableError('The file is no backup that this release knows.');
  return parsed.data;
}

function checked<Value>(schema: z.ZodType<Value>, value: unknown): Value {
  const parsed = schema.safeParse(value);
  if (!parsed.success) throw new BackupUnusableError(`The backup has a line that is not understood: ${parsed.error.issues[0]?.message ?? ''}`);
  return parsed.data;
}

function has(value: unknown, key: string): boolean {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, key);
}
