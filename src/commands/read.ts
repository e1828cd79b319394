import { basename } from 'node:path';
import { bundledTemplatesDir } from '../config.ts';
import { TriageError } from '../errors.ts';
import { loadPacks } from '../packs/load-packs.ts';
import type { Packs } from '../packs/pack.ts';
import type { Reading, UnreadableFile } from '../reading.ts';
import { toReading, triage } from '../triage.ts';
import { UnexpectedError } from '../worker/worker-errors.ts';
import { writeOut, type Call, type Command, type ExitStatus } from './command.ts';
import { readMailFile, readStart, type MailFile } from './read-mail-file.ts';

/** Of a larger file only so much is read: headers and text stand at the beginning. */
const maxFileBytes = 64 * 1024 * 1024;

export const readCommand: Command = {
  usage: 'FILE…',
  help: `One JSON object a line for each file, in their order, and nothing else: merchant, language, request, facts with the words they were read from, what is
missing, the decision, and the draft. A file that is not a mail gives {"file": …, "error": {"code", "message"}} and the exit status 1.
"-" is standard input. Needs no configuration.`,
  options: {},
  positionals: { min: 1, max: Infinity, what: 'at least one file' },
  run: read,
};

async function read(call: Call): Promise<ExitStatus> {
  const packs = await loadPacks(bundledTemplatesDir);
  let status: ExitStatus = 0;
  for (const path of call.positionals) {
    const reading = await readOne(path, call, packs);
    if ('error' in reading) status = 1;
    await writeOut(call.stdout, `${JSON.stringify(reading)}\n`);
  }
  return status;
}

async function readOne(path: string, call: Call, packs: Packs): Promise<Reading | UnreadableFile> {
  const file = path === '-' ? path : basename(path);
  try {
    const { source, bytes, writtenAt } = path === '-' ? await readStdin(call) : await readMailFile(path, maxFileBytes);
    const context = { internalDate: writtenAt, bytes, partBytes: null, merchant: null };
    return toReading(file, await triage(source, context, { packs, authservIds: [], countEarlierRequests: null }));
  } catch (error) {
    // One mail that trips us must not cost the readings of the others.
    const known = error instanceof TriageError ? error : new UnexpectedError(error instanceof Error ? error.message : String(error), { cause: error });
    return { file, error: { code: known.code, message: known.message } };
  }
}

async function readStdin({ stdin }: Call): Promise<MailFile> {
  return { ...(await readStart(stdin, maxFileBytes)), writtenAt: new Date() };
}
