import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { compareConfigs, nameInFile } from '../../src/commands/compare-configs.ts';
import { configSchema } from '../../src/config-schema.ts';
import { loadConfig, type Config } from '../../src/config.ts';

let folder: string;
beforeEach(async () => { folder = await mkdtemp(join(tmpdir(), 'refund-triage-compare-')); });
afterEach(async () => { await rm(folder, { recursive: true }); });

async function configWith(lines: string): Promise<Config> {
  const file = join(folder, 'triage.yaml');
  await writeFile(file, `mailboxes: [{ name: a, type: imap, host: h, user: u, password: "${lines.includes('other secret') ? 'other' : 'one'}" }]\n${lines}\n`);
  return await loadConfig(file, {});
}

describe('two configurations', () => {
  it('are told apart by what counts at once and what counts from the next start', async () => {
    const before = await configWith('');
    const after = await configWith('concurrency: 9\nreconcile_interval_seconds: 5\nlook_into_files: false\nmonitoring: null\nlog_level: warn\nrecords: { wait_minutes: 5 }');
    expect(compareConfigs(before, after)).toEqual({ live: ['concurrency', 'reconcile_interval_seconds', 'log_level'], atRestart: ['look_into_files', 'records', 'monitoring'] });
    expect(compareConfigs(before, await configWith('# nothing else'))).toEqual({ live: [], atRestart: [] });
  });

  it('differ by a secret as well', async () => {
    expect(compareConfigs(await configWith(''), await configWith('# other secret')).atRestart).toEqual(['mailboxes']);
  });

  it('are spoken of by the names in the file', async () => {
    const names = Object.keys(await configWith('')).filter((name) => name !== 'file').map(nameInFile);
    expect(names.filter((name) => !(name in configSchema.shape))).toEqual([]);
  });
});
