import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import Table from 'cli-table3';
import { loadPacks } from '../../src/packs/load-packs.ts';
import { type PostgresServer, startPostgres } from '../servers/postgres.ts';
import { type RedisServer, startRedis } from '../servers/redis.ts';
import { type Scenario, scenarios } from './scenarios.ts';
import { type Backend, backends, type SharedServers, Shop } from './shop.ts';

// Disturbs a shop at work in every way there is, and holds the ledger against it.
const usage = `npm run chaos -- [--seed N] [--scenario NAME,…] [--backend NAME,…] [--rounds N] [--mails N] [--faults N]

scenarios: ${scenarios.map(({ name }) => name).join(', ')}
backends:  ${backends.join(', ')}
faults:    a round, where the scenario lets one choose`;
const { values } = parseArgs({
  options: {
    help: { type: 'boolean', short: 'h', default: false },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) }, scenario: { type: 'string', default: '' }, backend: { type: 'string', default: '' }, rounds: { type: 'string', default: '1' },
    mails: { type: 'string', default: '40' }, faults: { type: 'string', default: '' },
  },
});
if (values.help) {
  console.log(usage);
  process.exit();
}
const asked = values.scenario === '' ? scenarios : values.scenario.split(',').map((name) => {
  const found = scenarios.find((each) => each.name === name);
  if (found === undefined) throw new Error(`--scenario: there is no "${name}"; there are ${scenarios.map((each) => each.name).join(', ')}`);
  return found;
});
const askedBackends = values.backend === '' ? backends : backends.filter((backend) => values.backend.split(',').includes(backend));
const [firstSeed, rounds, mails] = [Number(values.seed), Number(values.rounds), Number(values.mails)];
const faults = values.faults === '' ? null : Number(values.faults);
const packs = await loadPacks(fileURLToPath(new URL('../../templates', import.meta.url)));

interface Row {
  rounds: number;
  faults: number;
  mails: number;
  drafts: number;
  sent: number;
  uncertain: number;
  unbalanced: number;
  seconds: number;
  /** What was done, and how often. */
  readonly done: Map<string, number>;
}

const shared: { postgres: PostgresServer | null; redis: RedisServer | null } = { postgres: null, redis: null };
const servers: SharedServers = { postgres: async () => (shared.postgres ??= await startPostgres()), redis: async () => (shared.redis ??= await startRedis()) };
const maxLineCharacters = 1_000;
const rows = new Map<string, Row>();
const skipped: string[] = [];
try {
  for (const scenario of asked) {
    const whyNot = scenario.whyNot?.() ?? null;
    if (whyNot !== null) skipped.push(`${scenario.name}: left out, as ${whyNot}`);
    else await runScenario(scenario);
  }
} finally {
  await Promise.all([shared.postgres?.stop(), shared.redis?.stop()]);
}
printRows();
if ([...rows.values()].some(({ unbalanced }) => unbalanced > 0)) process.exitCode = 1;

async function runScenario(scenario: Scenario): Promise<void> {
  const usable = scenario.backends.filter((backend) => askedBackends.includes(backend));
  for (let round = 0; round < rounds; round += 1) {
    const [backend, seed] = [usable[round % usable.length], firstSeed + round];
    if (backend !== undefined) await runRound(scenario, backend, seed);
  }
}

async function runRound(scenario: Scenario, backend: Backend, seed: number): Promise<void> {
  const startedMs = performance.now();
  const { folder, mailboxes } = scenario;
  const shop = await Shop.open({ backend, seed, mails, faults, packs, servers, ...(folder === undefined ? {} : { folder }), ...(mailboxes === undefined ? {} : { mailboxes }) });
  let wrong: readonly string[] = [];
  const row = rows.get(scenario.name) ?? { rounds: 0, faults: 0, mails: 0, drafts: 0, sent: 0, uncertain: 0, unbalanced: 0, seconds: 0, done: new Map<string, number>() };
  rows.set(scenario.name, row);
  row.rounds += 1;
  try {
    const made = await scenario.disturb(shop);
    row.faults += made;
    for (const [kind, times] of shop.done) row.done.set(kind, (row.done.get(kind) ?? 0) + times);
    const ledger = await shop.settle();
    wrong = ledger.faults;
    for (const key of ['mails', 'drafts', 'sent', 'uncertain'] as const) row[key] += ledger[key];
    console.log(`${scenario.name}, ${backend}, seed ${String(seed)}: ${String(made)} faults${shop.done.size === 0 ? '' : ` (${inWords(shop.done)})`}, ${String(ledger.mails)} mails, ${String(ledger.drafts)} drafts, ${String(ledger.sent)} sent, ${String(ledger.uncertain)} uncertain, ${wrong.length === 0 ? 'balanced' : 'DOES NOT BALANCE'}, ${((performance.now() - startedMs) / 1_000).toFixed(1)} s`);
  } catch (error) {
    wrong = [`the round failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`];
    console.log(`${scenario.name}, ${backend}, seed ${String(seed)}: FAILED`);
  } finally {
    await shop.close(wrong.length > 0);
  }
  for (const crash of shop.crashes) console.log(`  a process ${crash} and was started again`);
  row.seconds += (performance.now() - startedMs) / 1_000;
  if (wrong.length === 0) return;
  row.unbalanced += 1;
  for (const line of wrong) console.log(`  ${line.slice(0, maxLineCharacters)}`);
  console.log(`  again: npm run chaos -- --scenario ${scenario.name} --backend ${backend} --seed ${String(seed)} --mails ${String(mails)}${faults === null ? '' : ` --faults ${String(faults)}`}; what the processes said, and the store: ${shop.directory}`);
}

function inWords(done: ReadonlyMap<string, number>): string {
  return [...done].map(([kind, times]) => `${kind} ${String(times)}`).join(', ');
}

function printRows(): void {
  const table = new Table({
    head: ['scenario', 'rounds', 'faults', 'mails', 'drafts', 'sent', 'uncertain', 'unbalanced', 'seconds'], style: { head: [], border: [] },
    colAligns: ['left', 'right', 'right', 'right', 'right', 'right', 'right', 'right', 'right'],
  });
  for (const [name, row] of rows) table.push([name, ...[row.rounds, row.faults, row.mails, row.drafts, row.sent, row.uncertain, row.unbalanced].map(String), row.seconds.toFixed(0)]);
  console.log(table.toString());
  for (const [name, { done }] of rows) if (done.size > 0) console.log(`${name}: ${inWords(done)}`);
  for (const line of skipped) console.log(line);
}
