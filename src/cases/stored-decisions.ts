import { createHash } from 'node:crypto';
import type { DecisionContext } from '../decision/decide.ts';
import type { Decision, Outcome } from '../decision/decision.ts';
import type { Facts, Requirement } from '../facts/facts.ts';
import type { TriagedMail } from './case.ts';
import type { Sql } from '../database/database.ts';

/** A decision as it was kept: with what it takes to take it again, and the digest of its JSON to hold the result against. */
export interface StoredDecision {
  readonly id: number;
  readonly caseId: number;
  /** Of the case's first mail. */
  readonly fingerprint: string;
  readonly receivedAtMs: number;
  readonly outcome: Outcome;
  readonly rule: string | null;
  readonly amount: string | null;
  readonly missing: readonly Requirement[];
  readonly pack: string;
  readonly packHash: string;
  /** Null where it was kept by a release that did not keep it. */
  readonly basis: DecisionBasis | null;
  /** Lower-case hex SHA-256; null with `basis`. */
  readonly digest: string | null;
}

/** What a decision rests on beside the pack. */
export interface DecisionBasis {
  readonly facts: Facts;
  readonly context: Omit<DecisionContext, 'packHash'>;
}

export interface DecisionFilter {
  /** The id of the last one seen. */
  readonly after: number;
  readonly limit: number;
  /** The name of the pack that took them; null for all. */
  readonly merchant: string | null;
  /** Of mail that arrived at or after this moment. */
  readonly sinceMs: number | null;
  /** Only the one that counts of each mail that was decided on several times. */
  readonly newestOnly: boolean;
  /** Of this case only; null for all. */
  readonly caseId: number | null;
}

/** A case by its number, or by the tag in its draft's subject: `RT-7K2M9QXW`. */
export type CaseReference = { readonly id: number } | { readonly fingerprintStart: string };

export interface FoundCase {
  readonly id: number;
  readonly fingerprint: string;
  readonly subject: string;
  readonly customer: string | null;
}

/** The columns of a decision's row by which it can be taken again. */
export function basisColumns({ facts, decision, decidedIn }: Pick<TriagedMail, 'facts' | 'decision' | 'decidedIn'>): { basis: string | null; digest: string | null } {
  if (facts === null || decision === null || decidedIn === null) return { basis: null, digest: null };
  const { packHash: _, ...context } = decidedIn;
  return { basis: JSON.stringify({ facts, context } satisfies DecisionBasis), digest: decisionDigest(decision) };
}

/** Of the decision's JSON, byte for byte. */
export function decisionDigest(decision: Decision): string {
  return createHash('sha256').update(JSON.stringify(decision)).digest('hex');
}

interface DecisionRow {
  id: number; case_id: number; fingerprint: string; received_at: Date; outcome: Outcome; rule: string | null; amount: string | null; missing: Requirement[]; pack: string;
  pack_hash: string; basis: string | null; digest: string | null;
}

/** Decisions in the order in which they were taken. */
export async function listDecisions(sql: Sql, { after, limit, merchant, sinceMs, newestOnly, caseId }: DecisionFilter): Promise<StoredDecision[]> {
  const rows = await sql.query<DecisionRow>(
    `SELECT d.id, m.case_id, m.fingerprint, m.received_at, d.outcome, d.rule, d.amount, d.missing, d.pack, d.pack_hash, d.basis, d.digest
     FROM refund_triage.decisions d JOIN refund_triage.messages m ON m.id = d.message
     WHERE d.id > $1 AND ($3::text IS NULL OR d.pack = $3) AND ($4::timestamptz IS NULL OR m.received_at >= $4) AND ($6::bigint IS NULL OR m.case_id = $6)
       AND NOT ($5 AND EXISTS (SELECT 1 FROM refund_triage.decisions n WHERE n.message = d.message AND n.id > d.id))
     ORDER BY d.id LIMIT $2`,
    [after, limit, merchant, sinceMs === null ? null : new Date(sinceMs), newestOnly, caseId],
  );
  return rows.map((row) => ({
    id: row.id, caseId: row.case_id, fingerprint: row.fingerprint, receivedAtMs: row.received_at.getTime(), outcome: row.outcome, rule: row.rule, amount: row.amount,
    missing: row.missing, pack: row.pack, packHash: row.pack_hash, basis: row.basis === null ? null : basisFrom(row.basis), digest: row.digest,
  }));
}

/** Our own JSON, written by `basisColumns`. */
function basisFrom(json: string): DecisionBasis {
  const basis: DecisionBasis = JSON.parse(json);
  return basis;
}

/** The case, or null where there is none, or more than one of that tag. */
export async function findCase(sql: Sql, reference: CaseReference): Promise<FoundCase | null> {
  const [found, ...others] = 'id' in reference
    ? await sql.query<FoundCase>('SELECT id, fingerprint, subject, customer FROM refund_triage.cases WHERE id = $1', [reference.id])
    : await sql.query<FoundCase>('SELECT id, fingerprint, subject, customer FROM refund_triage.cases WHERE left(fingerprint, $2) = $1 LIMIT 2', [
      reference.fingerprintStart, reference.fingerprintStart.length,
    ]);
  return found === undefined || others.length > 0 ? null : found;
}
