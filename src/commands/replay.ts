import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { openPackShelf, replayDecision, storedDecisions, type PackShelf } from '../cases/replay.ts';
import type { Store } from '../cases/store.ts';
import type { StoredDecision } from '../cases/stored-decisions.ts';
import type { CompiledPolicy } from '../decision/compile-policy.ts';
import { decide } from '../decision/decide.ts';
import type { Decision } from '../decision/decision.ts';
import { explainFlip, isFlip, type Flip } from '../decision/flip.ts';
import { MoneyCount } from '../decision/granted-money.ts';
import { caseTag } from '../draft/case-tag.ts';
import { loadPolicy } from '../packs/load-policy.ts';
import { PackError } from '../packs/pack-error.ts';
import { policyFile } from '../packs/stored-pack.ts';
import { dateOption, textOption, writeOut, type Call, type Command, type ExitStatus } from './command.ts';
import { openStoreOf, storeOptions } from './open-store.ts';
import { comparisonText, verificationText, type Comparison, type ListedFlip } from './replay-text.ts';

export const replayCommand: Command = {
  usage: '[--pack DIR] [--merchant NAME] [--since DATE] [--json] [--config FILE | --data-dir DIR]',
  help: `Without --pack every stored decision is taken again by the pack that took it, found by its hash, and must come out the same, byte for byte; the exit status is
1 where one does not. With --pack the newest decision on each mail is taken again by the policy in that folder: printed are the requests that would be
decided otherwise, the rules that make the difference, and the money granted before and after. Nothing in the store or a mailbox changes.

Mails are not read again, since the store does not have them: what the pack says of reading makes no difference here.

Options:
  --pack DIR       a pack's folder, such as a changed copy of one under templates/
  --merchant NAME  decisions of this pack only; with --pack, where it is not that pack's own name
  --since DATE     of mail that arrived on or after this date
  --json           one JSON object a line: each request that is decided otherwise, then a summary
${storeOptions.help}`,
  options: { pack: { type: 'string' }, merchant: { type: 'string' }, since: { type: 'string' }, json: { type: 'boolean' }, ...storeOptions.options },
  positionals: { min: 0, max: 0, what: 'no arguments' },
  run: replay,
};

/** Of one kind of flip, so many are listed with their reasons. */
const listedPerKind = 10;

async function replay(call: Call): Promise<ExitStatus> {
  const sinceMs = dateOption(call, 'since')?.getTime() ?? null;
  const packDir = textOption(call, 'pack');
  const changed = packDir === null ? null : await readPolicy(packDir);
  const { store } = await openStoreOf(call);
  try {
    if (changed === null) return await verify(store, { merchant: textOption(call, 'merchant'), sinceMs }, call);
    return await compare(store, changed, { merchant: textOption(call, 'merchant') ?? changed.policy.name, sinceMs }, call);
  } finally {
    await store.close();
  }
}

async function readPolicy(dir: string): Promise<CompiledPolicy> {
  const file = join(dir, policyFile);
  const source = await readFile(file, 'utf8').catch(() => null);
  if (source === null) throw new PackError([{ file, line: null, column: null, key: '', message: 'this file is missing' }]);
  const { compiled, problems } = loadPolicy(source, file);
  if (compiled === null) throw new PackError(problems);
  return compiled;
}

interface Chosen {
  readonly merchant: string | null;
  readonly sinceMs: number | null;
}

async function verify(store: Store, chosen: Chosen, call: Call): Promise<ExitStatus> {
  const shelf = openPackShelf(store);
  const counts = { identical: 0, different: 0, cannot: 0 };
  const reasons = { no_basis: 0, missing: 0, not_understood: 0 };
  for await (const batch of storedDecisions(store, { ...chosen, newestOnly: false })) {
    for (const stored of batch) {
      const replayed = await replayDecision(stored, shelf);
      counts[replayed.kind] += 1;
      if (replayed.kind === 'cannot') reasons[replayed.why] += 1;
      if (replayed.kind !== 'different') continue;
      const { outcome, rule, amount } = replayed.decision;
      const line = { case: stored.caseId, tag: caseTag(stored.fingerprint), before: { outcome: stored.outcome, rule: stored.rule, amount: stored.amount }, after: { outcome, rule, amount } };
      await writeOut(call.stdout, call.values['json'] === true ? `${JSON.stringify({ different: line })}\n` : `case ${String(line.case)}, ${line.tag}: other bytes; kept as ${stored.outcome}, now ${outcome}\n`);
    }
  }
  await writeOut(call.stdout, call.values['json'] === true ? `${JSON.stringify({ summary: { ...counts, reasons } })}\n` : verificationText(counts, reasons));
  return counts.different === 0 ? 0 : 1;
}

async function compare(store: Store, changed: CompiledPolicy, chosen: Chosen & { merchant: string }, call: Call): Promise<ExitStatus> {
  const shelf = openPackShelf(store);
  const money = { before: new MoneyCount(), after: new MoneyCount() };
  const kinds = new Map<string, { count: number; listed: ListedFlip[] }>();
  const counts = { decisions: 0, flips: 0, otherwise: 0, cannot: 0 };
  for await (const batch of storedDecisions(store, { ...chosen, newestOnly: true })) {
    for (const stored of batch) {
      counts.decisions += 1;
      if (stored.basis === null) {
        counts.cannot += 1;
        continue;
      }
      const after = decide(stored.basis.facts, changed, { ...stored.basis.context, packHash: stored.packHash });
      money.before.add(stored);
      money.after.add(after);
      if (!isFlip(stored, after)) {
        if (stored.rule !== after.rule || stored.missing.join() !== after.missing.join()) counts.otherwise += 1;
        continue;
      }
      counts.flips += 1;
      const key = JSON.stringify([stored.outcome, stored.rule, after.outcome, after.rule]);
      const kind = kinds.get(key) ?? { count: 0, listed: [] };
      kinds.set(key, kind);
      kind.count += 1;
      if (call.values['json'] !== true && kind.listed.length >= listedPerKind) continue;
      const flip = await flipOf(stored, after, changed, shelf);
      const listed = { case: stored.caseId, tag: caseTag(stored.fingerprint), received_at: new Date(stored.receivedAtMs).toISOString(), ...flip };
      if (call.values['json'] === true) await writeOut(call.stdout, `${JSON.stringify({ flip: listed })}\n`);
      else kind.listed.push(listed);
    }
  }
  const comparison: Comparison = { merchant: chosen.merchant, ...counts, before: money.before.granted(), after: money.after.granted() };
  const text = call.values['json'] === true ? `${JSON.stringify({ summary: comparison })}\n` : comparisonText(comparison, [...kinds.values()]);
  await writeOut(call.stdout, text);
  return 0;
}

async function flipOf(stored: StoredDecision, { outcome, rule, amount }: Decision, changed: CompiledPolicy, shelf: PackShelf): Promise<Flip> {
  const { basis, packHash } = stored;
  const decided = { before: { outcome: stored.outcome, rule: stored.rule, amount: stored.amount }, after: { outcome, rule, amount } };
  const pack = await shelf.packOf(packHash);
  // Without the pack that decided there is nothing to hold the changed one against.
  return { ...decided, why: basis === null || typeof pack === 'string' ? [] : explainFlip(basis.facts, pack.compiled, changed, { ...basis.context, packHash }) };
}
