import type { CaseState, Stage } from '../case.ts';
import type { Sql } from '../../database/database.ts';

/** How the store stands: what operators look at. Numbers and names of ours, nothing of any customer. */
export interface StoreStanding {
  readonly schemaVersion: number;
  readonly cases: readonly { readonly state: CaseState; readonly stage: Stage; readonly count: number }[];
  /** Open cases whose answer is due: since when the first one is, null where none is. */
  readonly overdue: { readonly count: number; readonly since: Date | null };
  /** Mails in quarantine, by the code of the reason. */
  readonly quarantined: readonly { readonly code: string; readonly count: number }[];
  /** Approved replies that are not sent yet, or not for certain. */
  readonly outbox: readonly { readonly state: 'holding' | 'sending' | 'uncertain' | 'failed' | 'stopped'; readonly count: number }[];
  readonly mailboxes: readonly MailboxStanding[];
}

export interface MailboxStanding {
  readonly name: string;
  readonly firstContactAt: Date;
  /** When some process last compared the mailbox with the ledger, or found new mail in it. */
  readonly lookedAt: Date;
  /** Some process holds the lease on watching it. Always false on the embedded store, which has one process only. */
  readonly isLeased: boolean;
  /** UIDs up to here were handed to the queue; up to `settledUid` each has a fate. */
  readonly enqueuedUid: number;
  readonly settledUid: number;
  /** Mails that were recorded and are not done with: drafts not in Drafts, keywords not set. The oldest arrived then. */
  readonly unfinished: number;
  readonly oldestUnfinishedAt: Date | null;
}

interface MailboxRow {
  name: string; first_contact_at: Date; looked_at: Date; is_leased: boolean; enqueued_uid: number; settled_uid: number; unfinished: number; oldest: Date | null;
}

export async function readStanding(sql: Sql): Promise<StoreStanding> {
  const [versions, cases, overdue, quarantined, outbox, mailboxes] = [
    await sql.query<{ version: number }>('SELECT max(version) AS version FROM refund_triage.migrations'),
    await sql.query<StoreStanding['cases'][number]>('SELECT state, stage, count(*)::integer AS count FROM refund_triage.cases WHERE merged_into IS NULL GROUP BY state, stage ORDER BY state, stage'),
    await sql.query<{ count: number; since: Date | null }>(`SELECT count(*)::integer AS count, min(due_at) AS since FROM refund_triage.cases WHERE stage = 'open' AND merged_into IS NULL AND due_at < now()`),
    await sql.query<StoreStanding['quarantined'][number]>('SELECT code, count(*)::integer AS count FROM refund_triage.quarantine GROUP BY code ORDER BY code'),
    await sql.query<StoreStanding['outbox'][number]>(`SELECT state, count(*)::integer AS count FROM refund_triage.outbox WHERE state NOT IN ('sent', 'undone') GROUP BY state ORDER BY state`),
    await sql.query<MailboxRow>(
      `SELECT b.name, b.first_contact_at, b.updated_at AS looked_at,
         EXISTS (SELECT 1 FROM refund_triage.leases l WHERE l.name = 'watch ' || b.name AND l.expires_at > now()) AS is_leased, b.enqueued_uid, b.settled_uid, coalesce(u.unfinished, 0) AS unfinished, u.oldest
       FROM refund_triage.mailboxes b LEFT JOIN (
         SELECT mailbox, uid_validity, count(*)::integer AS unfinished, min(received_at) AS oldest FROM refund_triage.messages WHERE finished_at IS NULL GROUP BY mailbox, uid_validity) u
         ON u.mailbox = b.name AND u.uid_validity = b.uid_validity
       ORDER BY b.name`,
    ),
  ];
  return {
    schemaVersion: versions[0]?.version ?? 0,
    cases,
    overdue: overdue[0] ?? { count: 0, since: null },
    quarantined,
    outbox,
    mailboxes: mailboxes.map((row) => ({
      name: row.name, firstContactAt: row.first_contact_at, lookedAt: row.looked_at, isLeased: row.is_leased, enqueuedUid: row.enqueued_uid, settledUid: row.settled_uid, unfinished: row.unfinished,
      oldestUnfinishedAt: row.oldest,
    })),
  };
}
