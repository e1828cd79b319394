import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { bundledTemplatesDir, defaultConfigFile, loadConfig } from '../config.ts';
import { configFileVariable } from '../config-environment.ts';
import { textOption, type Call } from './command.ts';

/** Where the packs are: `--templates`, else what the environment or the configuration says, else those that come with the program. */
export async function templatesDirOf(call: Call): Promise<string> {
  const named = textOption(call, 'templates') ?? call.environment['REFUND_TRIAGE_TEMPLATES_DIR'];
  if (named !== undefined && named !== '') return resolve(named);
  const isConfigured = call.environment[configFileVariable] !== undefined || existsSync(defaultConfigFile);
  return isConfigured ? (await loadConfig(null, call.environment)).templatesDir : bundledTemplatesDir;
}
