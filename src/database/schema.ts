import { mailAndCases } from './migrations/01-mail-and-cases.ts';
import { storedDecisions } from './migrations/02-stored-decisions.ts';
import { threads } from './migrations/03-threads.ts';
import { leases } from './migrations/04-leases.ts';
import { deskAccounts } from './migrations/05-desk-accounts.ts';
import { sending } from './migrations/07-sending.ts';
import { caseLines } from './migrations/08-case-lines.ts';
import { bounces } from './migrations/09-bounces.ts';
import { keptWords } from './migrations/10-kept-words.ts';
import { keywordChanges } from './migrations/11-keyword-changes.ts';
import { waitingCases } from './migrations/12-waiting-cases.ts';
import type { Migration } from './migrations/migration.ts';

/**
 * The store's schema, as migrations that were released: one that has been released is never changed, a change is a new one. All tables lie in
 * the schema `refund_triage`, so that a database can be shared with the queue and with other programs.
 */
export const migrations: readonly Migration[] = [mailAndCases, storedDecisions, threads, leases, deskAccounts, sending, caseLines, bounces, keptWords, keywordChanges, waitingCases];
