import type { Packs } from '../packs/pack.ts';
import { triage, type TriageOptions } from '../triage.ts';
import type { TriageMail } from '../worker/triage-mail.ts';

/** The whole job as the worker calls it: with the packs, and with what the configuration says of the mailbox a mail lies in. */
export function triageMailWith(packs: Packs, settings: { authservIds: readonly string[]; merchants: ReadonlyMap<string, string | null>; countEarlierRequests: TriageOptions['countEarlierRequests'] }): TriageMail {
  return async (source, { internalDate, bytes, partBytes, mailbox }) => {
    const merchant = settings.merchants.get(mailbox) ?? null;
    return await triage(source, { internalDate, bytes, partBytes, merchant }, { packs, authservIds: settings.authservIds, countEarlierRequests: settings.countEarlierRequests });
  };
}
