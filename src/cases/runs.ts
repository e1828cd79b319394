import type { Database, Sql } from '../database/database.ts';

/**
 * A run: one attempt at a batch of mail. A planned draft belongs to the run that is putting it into Drafts, so that no two ever do; when the run ended or its
 * process died, the next run takes over, and looks into Drafts first.
 */
export interface Run {
  readonly owner: string;
  /** `isComplete`: every draft it planned lies in Drafts. Otherwise those that do not are given back for the next run to take over. */
  end(isComplete: boolean): Promise<void>;
}

export interface Runs {
  begin(): Run;
  /** Whether `owner` may still be putting its drafts into Drafts. */
  isActive(sql: Sql, owner: string): Promise<boolean>;
}

/** A run that is older than this is taken for dead, whatever its process does. */
export const maxRunMs = 15 * 60_000;

export function runsOf(database: Database): Runs {
  const active = new Set<string>();
  let count = 0;
  return {
    begin: () => {
      count += 1;
      const owner = `${String(database.processKey())}/${String(count)}`;
      active.add(owner);
      return {
        owner,
        end: async (isComplete) => {
          active.delete(owner);
          if (isComplete) return;
          await database.query(`UPDATE refund_triage.drafts SET owner = NULL WHERE owner = $1 AND state = 'planned'`, [owner]);
        },
      };
    },
    isActive: async (sql, owner) => {
      if (active.has(owner)) return true;
      const key = Number(owner.slice(0, owner.indexOf('/')));
      if (key === database.processKey()) return false;
      return await database.isProcessAlive(sql, key);
    },
  };
}
