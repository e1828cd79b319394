import { isChoice } from '../text/candidate.ts';
import type { Candidate, Refusal } from '../text/candidate.ts';
import type { Fact, Topic } from '../facts.ts';
import type { SystemMention } from './systems.ts';

/** The browser or system that was used, of those that the mail names: the one with its version, else the first. */
export function chooseSystem(kind: SystemMention['kind'], systems: readonly SystemMention[], topic: Topic, log: Candidate[]): Fact<string> | null {
  const named = systems.filter((system) => system.kind === kind);
  const usable = named.filter((system) => refusalOf(system, topic, systems) === null);
  const best = usable.find((system) => system.versioned) ?? usable[0];
  for (const system of named) {
    const { value, sentence: { passage }, start, end } = system;
    const refused = refusalOf(system, topic, systems) ?? (best === undefined || system === best ? null : isSame(best.value, value) ? 'repeated' : isRival(best, system) ? 'rival' : 'weaker');
    log.push({ name: kind, value, passage, start, end, refused });
  }
  if (best === undefined) return null;
  const { passage } = best.sentence;
  return { value: best.value, source: passage.source, evidence: passage.text.slice(best.start, best.end) };
}

function refusalOf(system: SystemMention, topic: Topic, systems: readonly SystemMention[]): Refusal | null {
  const { versioned, negated, sentence } = system;
  if (sentence.passage.kind !== 'own') return 'forwarded';
  if (negated) return 'negated';
  // Beside another request "my Mac" is small talk, "Safari on iPhone" says what was used.
  return versioned || topic === 'technical_problem' || systems.some((other) => isTogether(system, other)) ? null : 'unversioned';
}

/** "Safari on iPhone", "iPhone (Safari)", "MacBookのSafari": what stands between a browser and the system it runs on. */
const runsOn = /^(?:\s?[,(/+–—-]?\s?(?:(?:on|under|sur|sous|auf|unter|su|in|en|em|no|na|z|pod|на|под|пад|у|в|على|في)\s(?:(?:my|an?|the|mon|un|le|l[’']|mein\p{L}{0,2}|einem|mi|il|mio|o|meu|moim|моём|моем|маім)\s){0,2})?|['’]?\p{L}{0,5}\s(?:üzerinde(?:ki)?\s)?|の|で|上の|에서\s?|의\s?)$/iu;

function isTogether(one: SystemMention, other: SystemMention): boolean {
  if (one.kind === other.kind || one.sentence !== other.sentence || other.negated) return false;
  const { text } = one.sentence.passage;
  return runsOn.test(text.slice(Math.min(one.end, other.end), Math.max(one.start, other.start)));
}

/** "Chrome" and "Chrome 126". */
function isSame(a: string, b: string): boolean {
  return a === b || a.startsWith(`${b} `) || a.startsWith(`${b}.`) || b.startsWith(`${a} `) || b.startsWith(`${a}.`);
}

/**
 * Whoever names two has mostly tried both. They contradict each other where the words leave it open ("Chrome or Edge"), and where one has two versions in different
 * sentences.
 */
function isRival(best: SystemMention, other: SystemMention): boolean {
  const { passage } = best.sentence;
  if (other.versioned !== best.versioned || other.sentence.passage.kind !== passage.kind) return false;
  if (passage === other.sentence.passage && isChoice(passage.text.slice(Math.min(best.end, other.end), Math.max(best.start, other.start)))) return true;
  return best.sentence !== other.sentence && best.versioned && nameOf(best.value) === nameOf(other.value);
}

function nameOf(value: string): string {
  return value.replace(/\s[\d.]+$/, '');
}
