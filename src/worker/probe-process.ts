import { TriageError } from '../errors.ts';
import { loadPacks } from '../packs/load-packs.ts';
import { triage } from '../triage.ts';
import type { ProbeTask } from './mail-probe.ts';

/** Does with one mail all that depends on the mail alone; that it comes to its end is all that is asked. */
process.once('message', (task: ProbeTask) => void probe(task));

async function probe({ templatesDir, source, internalDateMs, bytes, partBytes }: ProbeTask): Promise<void> {
  try {
    const result = await triage(Buffer.from(source), { internalDate: new Date(internalDateMs), bytes, partBytes, merchant: null }, { packs: await loadPacks(templatesDir), authservIds: [], countEarlierRequests: null });
    if (result.draft !== null) result.draftSource();
  } catch (error) {
    // What a mail is refused for is told when it is worked on.
    if (!(error instanceof TriageError)) throw error;
  }
  process.send?.('read');
}
