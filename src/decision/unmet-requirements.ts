import type { Facts, Requirement } from '../facts/facts.ts';
import type { Policy } from './policy.ts';
import { isOwnFactName } from './variables.ts';

/** Those of the requirements that the mail does not meet, each once, in their order; `sameAs` says which fact does for another. */
export function unmetRequirements(requires: readonly Requirement[], facts: Facts, sameAs: Policy['same_as']): Requirement[] {
  return [...new Set(requires)].filter((requirement) => ![requirement, ...(sameAs[requirement] ?? [])].some((each) => meets(facts, each)));
}

function meets(facts: Facts, requirement: Requirement): boolean {
  if (requirement === 'screenshot') return facts.hasScreenshot;
  if (requirement === 'photo') return facts.hasPhoto;
  if (requirement === 'description') return facts.described;
  if (requirement === 'reason') return facts.reason !== null;
  return isOwnFactName(requirement) ? facts.own?.[requirement] !== undefined : facts.values[requirement] !== undefined;
}
