import { TriageError } from '../errors.ts';
import { loadPacks } from '../packs/load-packs.ts';
import { triage } from '../triage.ts';
import type { ProbeNews, ProbeTask } from './mail-probe.ts';

/** Does with one mail all that depends on the mail alone; that it comes to its end is all that is asked. */
process.once('message', (task: ProbeTask) => void probe(task));

async function probe({ templatesDir, source, internalDateMs, bytes, partBytes }: ProbeTask): Promise<void> {
  const packs = await loadPacks(templatesDir);
  say('ready');
  try {
    const result = await triage(Buffer.from(source), { internalDate: new Date(internalDateMs), bytes, partBytes, merchant: null }, { packs, authservIds: [], countEarlierRequests: null });
    if (result.draft !== null) result.draftSource();
  } catch (error) {
    // What a mail is refused for is told when it is worked on.
    if (!(error instanceof TriageError)) throw error;
  }
  say('read');
}

function say(news: ProbeNews): void {
  process.send?.(news);
}
