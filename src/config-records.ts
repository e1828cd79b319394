import { resolve } from 'node:path';
import type { Environment } from './config-environment.ts';
import { recordSecretPrefix } from './records/records-settings.ts';
import type { RecordSecrets } from './records/records-reader.ts';
import { Secret } from './secret.ts';

/**
 * The secrets of records: every variable whose name begins with `REFUND_TRIAGE_RECORDS_`; with `_FILE` behind the name, the first line of the file that it names. Throws what `readFile` throws.
 */
export async function readRecordSecrets(environment: Environment, readFile: (path: string, what: string) => Promise<string>): Promise<RecordSecrets> {
  const secrets = new Map<string, Secret>();
  for (const [variable, value] of Object.entries(environment)) {
    if (!variable.startsWith(recordSecretPrefix) || value === undefined || value === '') continue;
    const name = variable.replace(/_FILE$/u, '');
    // The variable itself goes before the file.
    if (name !== variable && (environment[name] ?? '') !== '') continue;
    const [secret = ''] = name === variable ? [value] : (await readFile(resolve(value), `the secret of ${name}`)).split(/\r?\n/u);
    if (secret !== '') secrets.set(name, new Secret(secret));
  }
  return secrets;
}
