import { readFile, readdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { TriagedMail } from '../../src/cases/case.ts';
import { loadPacks } from '../../src/packs/load-packs.ts';
import type { Packs } from '../../src/packs/pack.ts';
import { triage } from '../../src/triage.ts';
import { toTriagedMail } from '../../src/worker/triage-mail.ts';

const mailsDir = new URL('../../src/demo/mails/', import.meta.url);

/** The demo's mails, read and decided by the packs that come with the program. */
export async function demoDecisions(): Promise<{ readonly packs: Packs; readonly mails: readonly TriagedMail[] }> {
  const packs = await loadPacks(fileURLToPath(new URL('../../templates', import.meta.url)));
  const names = (await readdir(mailsDir)).filter((name) => name.endsWith('.eml')).toSorted();
  const mails = await Promise.all(names.map(async (name, index) => {
    const source = await readFile(new URL(name, mailsDir));
    const context = { internalDate: new Date('2026-03-20T10:00:00Z'), bytes: source.length, partBytes: null, merchant: null };
    const result = await triage(source, context, { packs, authservIds: [], countEarlierRequests: async () => await Promise.resolve(2) });
    return toTriagedMail({ mailbox: 'support', uidValidity: '7', uid: index + 1 }, result);
  }));
  return { packs, mails };
}
