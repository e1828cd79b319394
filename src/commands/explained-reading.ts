import { explainFacts, type Place, type PlacedCandidate, type Sign } from '../facts/explain-facts.ts';
import { factNames, type Fact, type FactName, type FactSource } from '../facts/facts.ts';
import { hideCardNumbers } from '../facts/text/card-numbers.ts';
import type { Refusal } from '../facts/text/candidate.ts';
import { surely } from '../facts/forms/read-screen.ts';
import type { FileNote, SeenFile } from '../files/seen-file.ts';
import type { Attachment, SegmentKind } from '../message/message.ts';
import type { Packs } from '../packs/pack.ts';
import type { Reading } from '../reading.ts';
import { merchantOf, toReading, type TriageResult } from '../triage.ts';

/**
 * An explained reading: what `read --explain --json` prints for each mail. Beside what was read stands where: the parts of the mail from top to bottom, and places in them as
 * offsets in UTF-16 code units.
 */
export interface ExplainedReading extends Omit<Reading, 'facts' | 'attachments' | 'draft' | 'decision'> {
  readonly outcome: Reading['decision']['outcome'];
  readonly parts: readonly ExplainedPart[];
  readonly signs: readonly Sign[];
  readonly files: readonly ExplainedFile[];
  /** Also those of which there were only candidates; their value is null. */
  readonly facts: Readonly<Partial<Record<FactName, ExplainedFact>>>;
}

export interface ExplainedPart {
  readonly kind: 'subject' | SegmentKind;
  /** Card numbers are hidden but for their last four digits. */
  readonly text: string;
  readonly question: string | null;
  /** Why it is not read as the customer's words; null where it is. */
  readonly set_aside: string | null;
}

export interface ExplainedFile extends Omit<Attachment, 'whyOther'> {
  /** Why a picture counts for nothing; left out of all others. */
  readonly why_other?: string;
  /** What was read in it, card numbers hidden; null where nobody looked or nothing could be read. */
  readonly text: string | null;
  readonly duration_seconds: number | null;
  /** Why it shows less than the whole. */
  readonly notes: readonly FileNote[];
}

export interface ExplainedFact {
  readonly value: Fact['value'] | null;
  readonly source: FactSource | null;
  readonly evidence: string | null;
  /** Null where it stands in no part: in a header, a file, the merchant's records. */
  readonly at: Place | null;
  readonly refused: readonly RefusedCandidate[];
  /** What the customer says, where the merchant's records say otherwise; else left out. */
  readonly instead_of?: NonNullable<Fact['instead_of']>;
}

export interface RefusedCandidate {
  readonly value: Fact['value'];
  readonly evidence: string;
  readonly why: Refusal;
  readonly at: Place;
}

const setAsideBecause: Readonly<Record<ExplainedPart['kind'], string | null>> = {
  subject: null,
  own: null,
  forward: null,
  quote: 'quoted: history that the mail answers',
  signature: 'signature',
  footer: 'footer of a mail program',
  disclaimer: 'confidentiality notice',
  hidden: 'hidden: no reader of the mail sees it',
};

/** What was read of a mail, with its grounds. */
export function explainReading(file: string, result: TriageResult, packs: Packs): ExplainedReading {
  const pack = packs.find(({ name }) => name === result.merchant) ?? null;
  const { parts, signs, candidates } = explainFacts(result.message, pack === null ? null : merchantOf(pack));
  const { facts: values, attachments: _, draft: __, decision, ...reading } = toReading(file, result);
  const shown = parts.map(({ kind, text, question }): ExplainedPart => ({ kind, text: hideCardNumbers(text), question: question === null ? null : hideCardNumbers(question), set_aside: setAsideBecause[kind] }));
  const facts: Partial<Record<FactName, ExplainedFact>> = {};
  for (const name of factNames) {
    const fact = values[name];
    const named = candidates.filter((candidate) => candidate.name === name);
    if (fact === undefined && named.length === 0) continue;
    // What a file, the merchant's records or another reader gave beats what the words gave.
    const taken = fact === undefined || fact.source === 'body' || fact.source === 'subject' ? named.find(({ refused }) => refused === null) : undefined;
    facts[name] = {
      value: fact?.value ?? null, source: fact?.source ?? null, evidence: fact?.evidence ?? null,
      at: taken === undefined ? null : placeOf(taken),
      ...(fact?.instead_of === undefined ? {} : { instead_of: fact.instead_of }),
      refused: named.filter((candidate) => candidate !== taken && (fact?.source !== 'order' || candidate.refused !== null)).map((candidate) => ({
        value: candidate.value, evidence: shown[candidate.part]?.text.slice(candidate.start, candidate.end) ?? '', why: candidate.refused ?? 'weaker', at: placeOf(candidate),
      })),
    };
  }
  const files = result.message.attachments.map((attachment, place) => explainFile(attachment, result.seenFiles.find((seen) => seen.place === place)));
  return { ...reading, outcome: decision.outcome, parts: shown, signs, files, facts };
}

function explainFile({ whyOther, ...attachment }: Attachment, seen: SeenFile | undefined): ExplainedFile {
  const lines = seen?.screen?.lines.filter(({ confidence }) => confidence >= surely).map(({ text }) => text);
  const text = seen?.document?.text ?? (lines === undefined ? null : [...new Set(lines)].join('\n'));
  return { ...attachment, ...(whyOther === undefined ? {} : { why_other: whyOther }), text: text === null ? null : hideCardNumbers(text), duration_seconds: seen?.durationSeconds ?? null, notes: seen?.notes ?? [] };
}

function placeOf({ part, start, end }: PlacedCandidate): Place {
  return { part, start, end };
}
