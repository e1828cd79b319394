import { resolve } from 'node:path';
import { loadTemplatesDir } from '../config.ts';
import { textOption, type Call } from './command.ts';

/** Where the packs are, as the call or the environment names it; null where neither does. */
export function namedTemplatesDir(call: Call): string | null {
  const named = textOption(call, 'templates') ?? call.environment['REFUND_TRIAGE_TEMPLATES_DIR'];
  return named === undefined || named === '' ? null : resolve(named);
}

/** The same, else where the configuration says, else those that come with the program. */
export async function templatesDirOf(call: Call): Promise<string> {
  return namedTemplatesDir(call) ?? (await loadTemplatesDir(call.environment));
}
