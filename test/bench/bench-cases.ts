import { readFile } from 'node:fs/promises';
import Table from 'cli-table3';
import { join } from 'node:path';
import { openStore } from '../../src/cases/store.ts';
import type { BenchMails } from './bench-mails.ts';
import { startBenchServers } from './bench-servers.ts';
import { fillWithCases } from './many-cases.ts';
import { measureProgram } from './measured-program.ts';
import { usageOf } from './process-usage.ts';
import { fileURLToPath } from 'node:url';

/** The whole job over the same mails, on a store that holds so many cases already. */
export async function benchCases(mails: BenchMails, caseCounts: readonly number[], folder: string): Promise<void> {
  const table = new Table({ head: ['cases before', 'mails/s', 'ms a mail', 'to the first', 'process, CPU ms a mail', 'PostgreSQL, CPU ms a mail'], style: { head: [], border: [] }, colAligns: ['right', 'right', 'right', 'right', 'right', 'right'] });
  let firstMs: number | null = null;
  for (const cases of caseCounts) {
    const servers = await startBenchServers('postgres');
    try {
      const store = await openStore({ databaseUrl: servers.databaseUrl ?? '' });
      await fillWithCases(store, cases);
      await store.database.run('ANALYZE');
      await store.close();
      for (const file of mails.files) await servers.dovecot.deliver(await readFile(file));
      const { pids } = servers;
      const before = usageOf(pids.PostgreSQL ?? 0).cpuSeconds;
      const measured = await measureProgram([fileURLToPath(new URL('../../src/main.ts', import.meta.url)), 'run', '--once', '--since', '2000-01-01'], servers.environment, join(folder, 'usage.json'));
      const ms = (measured.seconds / measured.mails) * 1_000;
      firstMs ??= ms;
      const perMail = (seconds: number): string => ((seconds / measured.mails) * 1_000).toFixed(2);
      table.push([String(cases), (1_000 / ms).toFixed(1), ms.toFixed(2), `${(ms / firstMs).toFixed(2)}×`, perMail(measured.cpuSeconds), perMail(usageOf(pids.PostgreSQL ?? 0).cpuSeconds - before)]);
    } finally {
      await servers.stop();
    }
  }
  console.log(table.toString());
}
