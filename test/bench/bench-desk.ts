import { once } from 'node:events';
import { get, type IncomingMessage } from 'node:http';
import { loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { bundledTemplatesDir } from '../../src/config.ts';
import { loadPacks } from '../../src/packs/load-packs.ts';
import { storeServers } from '../cases/stores.ts';
import { openTestDesk, type Visit } from '../desk/desk-app.ts';
import { fillWithCases } from './many-cases.ts';

// npm run bench:desk -- [--cases N] [--engine embedded|PostgreSQL] [--streams N] [--rounds N]
// How long the desk's server takes for its pages, filters, searches and deeds with so many cases, while so many people listen to its news.
// Milliseconds: the best round, the middle one, and what nineteen of twenty stay under; and of the middle one what this process worked, which other things on the machine do not stretch
// (the embedded database works in it, a server beside it).
const { values } = parseArgs({
  options: { cases: { type: 'string', default: '100000' }, engine: { type: 'string', default: '' }, streams: { type: 'string', default: '50' }, rounds: { type: 'string', default: '15' } },
});
const [cases, streams, rounds] = [Number(values.cases), Number(values.streams), Number(values.rounds)];
const afterDeedMs: number[] = [];

const pages: readonly (readonly [string, string])[] = [
  ['queue', '/'], ['queue, all stages', '/?stage=all'], ['queue, closed', '/?stage=closed'], ['queue, snoozed', '/?stage=snoozed'], ['by merchant', '/?merchant=imgto3d'], ['by decision', '/?outcome=deny'],
  ['by missing', '/?missing=order_number'], ['by a missing that is rare', '/?stage=all&missing=telegram_id'], ['by flag', '/?flag=privacy_request'], ['by language', '/?language=ja'], ['by state', '/?state=review'], ['nobody’s', '/?assignee=nobody'], ['somebody’s', '/?assignee=boris'],
  ['nothing is like that', '/?stage=all&assignee=me'], ['overdue', '/?due=overdue'], ['merchant, decision, language', '/?stage=all&merchant=stone-ai&outcome=full_refund&language=ru'],
  ['search: a word of many', '/?q=refund'], ['search: beginning of a word', '/?q=re'], ['search: one customer', '/?q=customer77'], ['search: two words', '/?q=refund+customer77'], ['search: Russian', '/?q=%D0%B2%D0%BE%D0%B7%D0%B2%D1%80%D0%B0%D1%82'], ['search: a case number', '/?q=5003'],
  ['search: nothing', '/?q=zzzzqq'], ['search, filtered', '/?q=refund&merchant=winno&stage=open'], ['numbers, 30 days', '/numbers'], ['numbers, all', '/numbers?days=365'], ['audit', '/audit'], ['list alone, as news comes', '/queue/list'],
];

for (const { engine, start } of storeServers.filter(({ engine: name }) => name.toLowerCase().includes(values.engine.toLowerCase()))) {
  const server = await start();
  const packs = await loadPacks(bundledTemplatesDir);
  const desk = await openTestDesk({ server, context: { packs: () => packs } });
  try {
    const beganMs = performance.now();
    await fillWithCases(desk.store, cases);
    console.log(`${engine}: ${values.cases} cases laid out in ${((performance.now() - beganMs) / 1000).toFixed(0)} s`);
    if (engine === 'PostgreSQL') await desk.store.database.run('VACUUM ANALYZE');
    const url = await desk.app.listen({ host: '127.0.0.1', port: 0 });
    const visit = await desk.visit('admin');
    const listening = await listen(url, async (role) => await desk.visit(role), streams);
    console.log(lineOf('', ['best', 'middle', '95 %', 'work', 'answer']));
    const measure = async (name: string, ask: () => Promise<number>): Promise<void> => {
      const tookMs: number[] = [];
      const workedMs: number[] = [];
      let status = await ask();
      for (let round = 0; round < rounds; round += 1) {
        const [atMs, cpu] = [performance.now(), process.cpuUsage()];
        status = await ask();
        tookMs.push(performance.now() - atMs);
        const { user, system } = process.cpuUsage(cpu);
        workedMs.push((user + system) / 1_000);
      }
      console.log(lineOf(name, [rankOf(tookMs, 0), rankOf(tookMs, 0.5), rankOf(tookMs, 0.95), rankOf(workedMs, 0.5), String(status)]));
    };
    const ids = await desk.store.database.query<{ id: number }>(`SELECT case_id AS id FROM refund_triage.case_lines WHERE stage_rank = 0 ORDER BY urgency, sort_key LIMIT 2000`);
    let turn = 0;
    const next = (): number => {
      turn += 1;
      return ids[(turn * 13) % ids.length]?.id ?? 1;
    };
    const look = async (path: string): Promise<number> => (await visit.get(path)).statusCode;
    for (const [name, path] of pages) await measure(name, async () => await look(path));
    await measure('queue, a page far behind', async () => {
      const row = await desk.store.database.query<{ after: string }>(`SELECT concat_ws('.', stage_rank, urgency, sort_key, case_id) AS after FROM refund_triage.case_lines WHERE case_id = $1`, [next()]);
      return await look(`/?after=${row[0]?.after ?? ''}`);
    });
    await measure('case', async () => await look(`/cases/${String(next())}`));
    await measure('case, of a filtered queue', async () => await look(`/cases/${String(next())}?merchant=imgto3d&language=ja`));
    await measure('case, of a search', async () => await look(`/cases/${String(next())}?q=refund`));
    const deed = async (path: string, fields: Readonly<Record<string, string>>): Promise<number> => {
      const id = next();
      const [row] = await desk.store.database.query<{ version: number }>('SELECT version FROM refund_triage.cases WHERE id = $1', [id]);
      return (await visit.post(`/cases/${String(id)}/${path}`, { version: String(row?.version ?? 0), ...fields })).statusCode;
    };
    await measure('assign', async () => await deed('assign', { assignee: 'Sofia' }));
    await measure('note', async () => await deed('notes', { note: 'Called twice.' }));
    await measure('snooze', async () => await deed('snooze', { until: '2099-01-01' }));
    await measure('close', async () => await deed('close', {}));
    await measure('ask for more', async () => await deed('ask', { missing: 'transaction_id' }));
    await measure('mend a fact', async () => await deed('facts', { name: 'paid_at', value: '2026-03-01' }));
    await measure('queue after a deed', async () => {
      await deed('assign', { assignee: 'Dan' });
      const atMs = performance.now();
      const status = await look('/');
      afterDeedMs.push(performance.now() - atMs);
      return status;
    });
    console.log(`the queue right after a deed: ${afterDeedMs.toSorted((a, b) => a - b)[Math.floor(afterDeedMs.length / 2)]?.toFixed(1) ?? '–'} ms; ${String(listening.heard())} pieces of news reached ${values.streams} streams; load ${loadavg()[0]?.toFixed(1) ?? '?'}`);
    afterDeedMs.length = 0;
    listening.close();
  } finally {
    await desk.close();
    await server.stop();
  }
}

function rankOf(figures: readonly number[], share: number): string {
  return (figures.toSorted((a, b) => a - b)[Math.min(figures.length - 1, Math.floor(figures.length * share))] ?? 0).toFixed(1);
}

function lineOf(name: string, figures: readonly string[]): string {
  return `${name.padEnd(32)}${figures.map((figure) => figure.padStart(9)).join('')}`;
}

async function listen(url: string, visit: (role: 'sender') => Promise<Visit>, count: number): Promise<{ readonly heard: () => number; readonly close: () => void }> {
  const responses: IncomingMessage[] = [];
  let heard = 0;
  for (let from = 0; from < count; from += 10) {
    // So many tabs may one session have.
    const { cookies } = await visit('sender');
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    for (let place = from; place < Math.min(count, from + 10); place += 1) {
      const request = get(`${url}/live`, { headers: { cookie } });
      const [response]: IncomingMessage[] = await once(request, 'response');
      if (response === undefined) throw new Error('the desk does not answer');
      response.on('data', (chunk: Buffer) => { heard += chunk.toString().split('event: ').length - 1; });
      response.on('error', () => undefined);
      responses.push(response);
    }
  }
  return { heard: () => heard, close: () => { for (const response of responses) response.destroy(); } };
}
