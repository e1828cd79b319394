import { customerKey, type FindThread, mayJoin, type Thread } from '../thread.ts';
import type { TriageResult } from '../triage.ts';

/** The mails of one thread, gathered one after the other without a store. */
export interface GatheredThread {
  /** The thread as gathered so far; null for its first mail, and for whoever would not be let into the case. */
  readonly findThread: FindThread;
  readonly add: (result: TriageResult) => void;
}

export function gatherThread(): GatheredThread {
  let first: { readonly fingerprint: string; readonly merchant: string | null; readonly customer: string | null } | null = null;
  const mails: Thread['mails'][number][] = [];
  /** Addresses by which the thread names its customer. */
  const named = new Set<string>();
  return {
    findThread: async (query) => {
      const { fingerprint, isOurs } = query;
      if (first === null || fingerprint === first.fingerprint || !mayJoin(query, first.customer, named)) return await Promise.resolve(null);
      const { merchant } = first;
      return { caseId: 1, version: mails.length, fingerprint: first.fingerprint, merchant, relation: isOurs ? 'answer' : 'follow_up', requestedAtMs: Math.min(...mails.map(({ receivedAtMs }) => receivedAtMs)), mails: mails.toSorted((one, other) => one.receivedAtMs - other.receivedAtMs) };
    },
    add: ({ message, merchant, fingerprint, factsAlone, thread }) => {
      if (message.machine !== null || message.authentication === 'fail' || (first !== null && thread?.relation !== 'follow_up')) return;
      first ??= { fingerprint, merchant, customer: message.from === null ? null : customerKey(message.from.address) };
      mails.push({ receivedAtMs: message.receivedAtMs, facts: factsAlone });
      for (const address of [message.from?.address, factsAlone.values.account_email?.value]) if (address !== undefined) named.add(address.toLowerCase());
    },
  };
}
