import { basename } from 'node:path';
import { ConfigError, loadReadingConfig, recordsWithoutConfig, type RecordsConfig } from '../config.ts';
import { TriageError } from '../errors.ts';
import { openFileReader, type FileReader } from '../files/look-into-files.ts';
import { openSecondReader, type SecondReader } from '../model/second-reader.ts';
import { loadPacks } from '../packs/load-packs.ts';
import type { Packs } from '../packs/pack.ts';
import type { RecordsReader } from '../records/records-reader.ts';
import type { UnreadableFile } from '../reading.ts';
import type { FindThread } from '../thread.ts';
import { toReading, triage, type TriageResult } from '../triage.ts';
import { UnexpectedError } from '../worker/worker-errors.ts';
import { wantsColours } from './colours.ts';
import { textOption, UsageError, writeOut, type Call, type Command, type ExitStatus } from './command.ts';
import { explainReading } from './explained-reading.ts';
import { openRecordsForReading } from './merchants-records.ts';
import { gatherThread } from './gather-thread.ts';
import { readMailFile, readStart, type MailFile } from './read-mail-file.ts';
import { showExplanation } from './show-explanation.ts';
import { namedTemplatesDir, templatesDirOf } from './templates-dir.ts';

/** Of a larger file only so much is read: headers and text stand at the beginning. */
const maxFileBytes = 64 * 1024 * 1024;

export const readCommand: Command = {
  usage: '[--templates DIR] [--no-files] [--no-records] [--model] [--config FILE] [--thread] [--explain [--json]] FILE…',
  help: `One JSON object a line for each file, in their order, and nothing else: merchant, language, request, facts with the words they were read from, what is
missing, the decision, and the draft. A file that is not a mail gives {"file": …, "error": {"code", "message"}} and the exit status 1.
"-" is standard input. Needs no configuration.

  --templates DIR
             where the packs are; those of refund-triage.yaml, or those that come with the program, where it is not given
  --no-files do not look into attached files: no text of screenshots, receipts and documents is read
  --no-records
             do not look up orders in the merchants' records, where their packs name some
  --model    ask the configured language model where we are unsure, about mail to merchants whose packs consent; what came of it is told on standard error
  --config FILE
             the configuration, for its model, records and packs; with --model refund-triage.yaml, or the environment, where it is not given
  --thread   the files are the mails of one thread: each is read together with those named before it, as the mails of one case are. A mail that would not be
             let into the case, since its sender is somebody else or forged, is read alone
  --explain  for a person instead: the mail with its facts marked where they were read, what was set aside and why, which phrases say what it is about, and
             for each fact what was not taken for it. In colours on a terminal (NO_COLOR and FORCE_COLOR are heeded)
  --json     with --explain: the same as one JSON object a line`,
  options: { templates: { type: 'string' }, 'no-files': { type: 'boolean' }, 'no-records': { type: 'boolean' }, model: { type: 'boolean' }, config: { type: 'string' }, thread: { type: 'boolean' }, explain: { type: 'boolean' }, json: { type: 'boolean' } },
  positionals: { min: 1, max: Infinity, what: 'at least one file' },
  run: read,
};

async function read(call: Call): Promise<ExitStatus> {
  const explain = call.values['explain'] === true;
  const json = call.values['json'] === true;
  if (json && !explain) throw new UsageError('--json goes with --explain: without it the output is JSON anyway.');
  const { secondReader, records: configured, templatesDir: configuredDir } = await openConfigured(call);
  const templatesDir = namedTemplatesDir(call) ?? configuredDir;
  const packs = await loadPacks(templatesDir);
  const records = call.values['no-records'] === true ? null : openRecordsForReading(packs, templatesDir, configured, call);
  const colours = wantsColours(call.stdout, call.environment);
  const fileReader = call.values['no-files'] === true ? null : openFileReader();
  const thread = call.values['thread'] === true ? gatherThread() : null;
  let status: ExitStatus = 0;
  try {
    for (const path of call.positionals) {
      const file = path === '-' ? path : basename(path);
      const result = await readOne(path, call, packs, { fileReader, secondReader, records, findThread: thread?.findThread ?? null });
      if (!('error' in result)) thread?.add(result);
      if ('error' in result) status = 1;
      if (!explain) await writeOut(call.stdout, `${JSON.stringify('error' in result ? { file, ...result } : toReading(file, result))}\n`);
      else if (json) await writeOut(call.stdout, `${JSON.stringify('error' in result ? { file, ...result } : explainReading(file, result, packs))}\n`);
      else if ('error' in result) await writeOut(call.stdout, `${file}: ${result.error.code}: ${result.error.message}\n\n`);
      else await writeOut(call.stdout, `${showExplanation(explainReading(file, result, packs), colours)}\n`);
    }
  } finally {
    await fileReader?.close();
    await records?.close();
  }
  if (secondReader !== null) call.stderr.write(`refund-triage: ${tallied(secondReader, packs)}\n`);
  return status;
}

async function openConfigured(call: Call): Promise<{ readonly secondReader: SecondReader | null; readonly records: RecordsConfig; readonly templatesDir: string }> {
  const file = textOption(call, 'config');
  const asksModel = call.values['model'] === true;
  if (file === null && !asksModel) return { secondReader: null, records: await recordsWithoutConfig(call.environment), templatesDir: await templatesDirOf(call) };
  const { model, records, templatesDir } = await loadReadingConfig(file, call.environment);
  if (!asksModel) return { secondReader: null, records, templatesDir };
  if (model === null) throw new ConfigError('no model is named: set REFUND_TRIAGE_MODEL, or name under model in the configuration');
  return { secondReader: openSecondReader(model), records, templatesDir };
}

function tallied(secondReader: SecondReader, packs: Packs): string {
  const { questions, answers, cached, failed, skipped, tokens } = secondReader.tally();
  const consenting = packs.filter(({ policy }) => policy.model.consent).map(({ name }) => name);
  if (consenting.length === 0) return "the model was not asked: no merchant's policy.yaml says model: { consent: true }";
  const without = [...Object.entries(failed), ...Object.entries(skipped)].flatMap(([why, count]) => (count > 0 ? [`${why}: ${String(count)}`] : []));
  return `the model was asked ${String(questions)} times and answered ${String(answers + cached)}${without.length > 0 ? ` (${without.join(', ')})` : ''}; ${String(tokens.input + tokens.output)} tokens; merchants who consent: ${consenting.join(', ')}`;
}

/** One file's mail, triaged; or why that cannot be. */
export async function readOne(path: string, call: Call, packs: Packs, helpers: { readonly fileReader: FileReader | null; readonly secondReader: SecondReader | null; readonly records: RecordsReader | null; readonly findThread?: FindThread | null }): Promise<TriageResult | Pick<UnreadableFile, 'error'>> {
  try {
    const { source, bytes, writtenAt } = path === '-' ? await readStdin(call) : await readMailFile(path, maxFileBytes);
    // Whoever names a thread knows that its mails go on with one another, also where they do not say so.
    const context = { internalDate: writtenAt, bytes, partBytes: null, merchant: null, again: (helpers.findThread ?? null) !== null };
    return await triage(source, context, { packs, authservIds: [], countEarlierRequests: null, ...helpers });
  } catch (error) {
    // One mail that trips us must not cost the readings of the others.
    const known = error instanceof TriageError ? error : new UnexpectedError(error instanceof Error ? error.message : String(error), { cause: error });
    return { error: { code: known.code, message: known.message } };
  }
}

async function readStdin({ stdin }: Call): Promise<MailFile> {
  return { ...(await readStart(stdin, maxFileBytes)), writtenAt: new Date() };
}
