import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { simpleParser } from 'mailparser';
import { readMessage } from '../../src/message/read-message.ts';
import { loadPacks } from '../../src/packs/load-packs.ts';
import { triage } from '../../src/triage.ts';

// npm run bench:reading -- [--rounds N]: how many mails of the corpus one core reads, decides on and answers in a second, beside mailparser on the same mails.
const { values } = parseArgs({ options: { rounds: { type: 'string', default: '5' } } });
const rounds = Number(values.rounds);
const corpus = fileURLToPath(new URL('../corpus', import.meta.url));
const packs = await loadPacks(fileURLToPath(new URL('../../templates', import.meta.url)));
const names = (await readdir(corpus)).filter((name) => name.endsWith('.eml')).toSorted();
const sources = await Promise.all(names.map(async (name) => await readFile(join(corpus, name))));

const parsed = await mailsPerCpuSecond(async (source) => { await simpleParser(source); });
const read = await mailsPerCpuSecond(async (source) => { await readMessage(source, { internalDate: new Date(0), bytes: source.length, partBytes: null, authservIds: [], ownAddresses: [] }); });
const triaged = await mailsPerCpuSecond(async (source) => {
  const result = await triage(source, { internalDate: new Date(0), bytes: source.length, partBytes: null, merchant: null }, { packs, authservIds: [], countEarlierRequests: null });
  if (result.draft !== null) result.draftSource();
});
console.log(`${String(sources.length)} mails, ${String(rounds)} rounds, a core each:`);
for (const [what, speed] of [['mailparser alone', parsed], ['mail to message', read], ['mail to draft', triaged]] as const) {
  console.log(`${what.padEnd(18)} ${speed.toFixed(0).padStart(6)} mails/s, ${(1000 / speed).toFixed(2)} ms of CPU a mail, ${(speed / parsed).toFixed(2)}× mailparser`);
}

/** One round first that is not counted: languages are compiled when they are first used. */
async function mailsPerCpuSecond(take: (source: Buffer) => Promise<void>): Promise<number> {
  for (const source of sources) await take(source);
  const before = process.cpuUsage();
  for (let round = 0; round < rounds; round += 1) for (const source of sources) await take(source);
  const { user, system } = process.cpuUsage(before);
  return (rounds * sources.length) / ((user + system) / 1e6);
}
