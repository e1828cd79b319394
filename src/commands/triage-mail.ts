import type { Packs } from '../packs/pack.ts';
import { triage, type TriageOptions } from '../triage.ts';
import type { TriageMail } from '../worker/triage-mail.ts';

export interface TriageSettings extends Omit<TriageOptions, 'packs'> {
  /** By mailbox the only merchant whose mail comes there. */
  readonly merchants: ReadonlyMap<string, string | null>;
}

/** The whole job as the worker calls it: with the packs, and with what the configuration says of the mailbox a mail lies in. */
export function triageMailWith(packs: Packs, { merchants, ...options }: TriageSettings): TriageMail {
  return async (source, { mailbox, ...context }) => {
    return await triage(source, { ...context, merchant: merchants.get(mailbox) ?? null }, { packs, ...options });
  };
}
