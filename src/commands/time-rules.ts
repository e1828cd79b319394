import { countBusinessDays, endOfDay } from '../decision/business-days.ts';
import type { Packs } from '../packs/pack.ts';
import type { TimeRules } from '../worker/keep-time.ts';

/** What the packs say of time: an answer is due soon when only one business day is left for it. */
export function timeRulesOf(packs: Packs): TimeRules {
  return {
    patience: packs.map(({ name, policy: { waiting } }) => ({ merchant: name, remindAfterDays: waiting.remind_after_days ?? null, closeAfterDays: waiting.close_after_days })),
    isDueSoon: (merchant, dueAtMs, nowMs) => {
      const pack = packs.find(({ name }) => name === merchant);
      return pack !== undefined && endOfDay(countBusinessDays(nowMs, 1, pack.compiled.calendar).by, pack.policy.time_zone) >= dueAtMs;
    },
  };
}
