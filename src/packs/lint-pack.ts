import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { keyText, parseYaml } from '../checked-yaml.ts';
import { missingReplies } from '../draft/replies.ts';
import { lintClauses } from './lint-clauses.ts';
import { lintQuestions } from './lint-questions.ts';
import { lintReplies } from './lint-replies.ts';
import { lintLanguages, lintReplyValues } from './lint-reply-values.ts';
import { lintRules } from './lint-rules.ts';
import type { Pack } from './pack.ts';
import type { PackFinding } from './pack-finding.ts';
import { policyFile } from './stored-pack.ts';

/** Everything that is amiss with a pack that can be used, by file and line. `folder` is the pack's. */
export async function lintPack(pack: Pack, folder: string): Promise<PackFinding[]> {
  const { compiled, policyTexts } = pack;
  const file = join(folder, policyFile);
  const yaml = parseYaml(await readFile(file, 'utf8'));
  const inPolicy = [...lintRules(compiled), ...lintQuestions(compiled), ...lintClauses(compiled, policyTexts), ...lintLanguages(pack)].map(({ lint, path, message }): PackFinding => {
    const { line, column } = yaml.locate(path);
    return { lint, file, line: line || null, column: column || null, key: keyText(path), message };
  });
  // A reply that is missing is a mistake already told, and cannot be written to anybody.
  const written = missingReplies(pack.replies, pack.policy.rules).length > 0 ? [] : lintReplies(pack, folder);
  return [...inPolicy, ...lintReplyValues(pack, folder), ...written].toSorted((a, b) => order(a.file, b.file) || (a.line ?? 0) - (b.line ?? 0));
}

function order(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
