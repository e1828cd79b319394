import { basename } from 'node:path';
import { CaseNotFoundError, DecisionNotKeptError } from '../cases/actions/case-errors.ts';
import { openPackShelf, replayDecision } from '../cases/replay.ts';
import type { CaseReference, FoundCase } from '../cases/stored-decisions.ts';
import type { Store } from '../cases/store.ts';
import { loadReadingConfig, recordsWithoutConfig, type RecordsConfig } from '../config.ts';
import { receiptText } from '../decision/receipt-text.ts';
import { makeReceipt, type Receipt } from '../decision/receipt.ts';
import { caseTag, fingerprintStart } from '../draft/case-tag.ts';
import { openFileReader } from '../files/look-into-files.ts';
import { loadPacks } from '../packs/load-packs.ts';
import { textOption, writeOut, type Call, type Command, type ExitStatus } from './command.ts';
import { openStoreOf, storeOptions } from './open-store.ts';
import { openRecordsForReading } from './merchants-records.ts';
import { readOne } from './read.ts';
import { namedTemplatesDir, templatesDirOf } from './templates-dir.ts';

export const explainCommand: Command = {
  usage: '[--json] [--templates DIR] [--config FILE | --data-dir DIR] CASE|FILE…',
  help: `A CASE is a case's number, or the tag in the subject of its draft (RT-7K2M9QXW): its decision is taken again from what was kept, and it is said whether that
gives the same bytes. A FILE is a mail; "-" is standard input. It is read as "read" reads it.

Printed are the decision with its sum and deadlines worked out, the sentences of the policy behind it, the facts with the words they were read from, and
every rule that was tried, with what settled it.

Options:
  --json           one JSON object a line for each
  --templates DIR  where the packs for files are; those of the configuration where it is not given, or those that come with the program
${storeOptions.help}`,
  options: { json: { type: 'boolean' }, templates: { type: 'string' }, ...storeOptions.options },
  positionals: { min: 1, max: Infinity, what: 'a case or a file' },
  run: explain,
};

async function explain(call: Call): Promise<ExitStatus> {
  const references = call.positionals.map((name) => ({ name, reference: caseReference(name) }));
  const opened = references.some(({ reference }) => reference !== null) ? await openStoreOf(call) : null;
  const configured = await configuredReading(call);
  const templatesDir = namedTemplatesDir(call) ?? opened?.templatesDir ?? configured.templatesDir;
  let status: ExitStatus = 0;
  try {
    for (const [index, { name, reference }] of references.entries()) {
      const done = reference !== null && opened !== null ? await explainCase(reference, name, opened.store, call, index > 0) : await explainFile(name, { ...configured, templatesDir }, call, index > 0);
      if (!done) status = 1;
    }
  } finally {
    await opened?.store.close();
  }
  return status;
}

// A file needs no configuration but for where the packs are.
async function configuredReading(call: Call): Promise<{ readonly templatesDir: string; readonly records: RecordsConfig }> {
  const config = textOption(call, 'config');
  return config === null ? { templatesDir: await templatesDirOf(call), records: await recordsWithoutConfig(call.environment) } : await loadReadingConfig(config, call.environment);
}

/** Null for what is a file's name. */
function caseReference(name: string): CaseReference | null {
  if (/^\d{1,15}$/u.test(name)) return { id: Number(name) };
  const start = fingerprintStart(name.replace(/^\[(.*)\]$/u, '$1'));
  return start === null ? null : { fingerprintStart: start };
}

async function explainCase(reference: CaseReference, name: string, store: Store, call: Call, isFollowing: boolean): Promise<boolean> {
  const found = await store.findCase(reference);
  if (found === null) throw new CaseNotFoundError(`There is no case ${name}.`);
  const { stored, receipt, isIdentical } = await receiptOf(found, store);
  const tag = caseTag(found.fingerprint);
  if (call.values['json'] === true) {
    await writeOut(call.stdout, `${JSON.stringify({ case: found.id, tag, subject: found.subject, customer: found.customer, digest: stored.digest, identical: isIdentical, receipt })}\n`);
    return isIdentical;
  }
  const verdict = isIdentical
    ? `Taken again from what was kept: the same decision, byte for byte (SHA-256 ${stored.digest ?? ''}).`
    : `Taken again from what was kept, it is another one: this release decides otherwise than the one that kept ${stored.outcome.replaceAll('_', ' ')}.`;
  await writeOut(call.stdout, `${isFollowing ? '\n' : ''}Case ${String(found.id)} · ${tag} · ${found.subject}\n${verdict}\n\n${receiptText(receipt)}`);
  return isIdentical;
}

const whyNot = {
  no_basis: 'an earlier release kept it without what it rested on',
  missing: 'the pack that took it is not in the store',
  not_understood: 'this release no longer understands the pack that took it',
} as const;

async function receiptOf(found: FoundCase, store: Store) {
  const stored = (await store.listDecisions({ after: 0, limit: 100, merchant: null, sinceMs: null, newestOnly: true, caseId: found.id })).at(-1);
  if (stored === undefined) throw new DecisionNotKeptError(`Case ${String(found.id)} has no decision: it was written to nobody whose policy is known, or waits in quarantine.`);
  const replayed = await replayDecision(stored, openPackShelf(store));
  if (replayed.kind === 'cannot') {
    throw new DecisionNotKeptError(`The decision of case ${String(found.id)} cannot be explained: ${whyNot[replayed.why]}. Its pack has the hash ${stored.packHash}.`);
  }
  const { basis, pack } = replayed;
  return { stored, receipt: makeReceipt(basis.facts, pack, { ...basis.context, packHash: pack.hash }), isIdentical: replayed.kind === 'identical' };
}

async function explainFile(path: string, { templatesDir, records: configured }: { readonly templatesDir: string; readonly records: RecordsConfig }, call: Call, isFollowing: boolean): Promise<boolean> {
  const file = path === '-' ? path : basename(path);
  const packs = await loadPacks(templatesDir);
  const fileReader = openFileReader();
  const records = openRecordsForReading(packs, templatesDir, configured, call);
  try {
    const result = await readOne(path, call, packs, { fileReader, secondReader: null, records });
    if ('error' in result) {
      const { code, message } = result.error;
      await writeOut(call.stdout, call.values['json'] === true ? `${JSON.stringify({ file, error: result.error })}\n` : `${isFollowing ? '\n' : ''}${file}: ${code}: ${message}\n`);
      return false;
    }
    const pack = packs.find(({ name }) => name === result.merchant);
    const receipt: Receipt | null = pack === undefined || result.decidedIn === null ? null : makeReceipt(result.facts, pack, result.decidedIn);
    if (call.values['json'] === true) {
      await writeOut(call.stdout, `${JSON.stringify({ file, receipt })}\n`);
      return true;
    }
    const text = receipt === null ? 'Nothing was decided: it was written to nobody whose policy is known.\n' : receiptText(receipt);
    await writeOut(call.stdout, `${isFollowing ? '\n' : ''}${file} · ${result.message.subject}\n\n${text}`);
    return true;
  } finally {
    await fileReader.close();
    await records.close();
  }
}
