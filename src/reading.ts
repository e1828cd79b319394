import type { Attachment } from './message/message.ts';
import type { FactMap, Facts, Flag, Product, Reason, Requirement, Topic } from './facts/facts.ts';
import type { Deadline, Outcome } from './decision/decision.ts';
import type { Draft } from './draft/draft.ts';
import type { LookUp } from './records/look-up.ts';
import type { SecondReading } from './model/second-reading.ts';

/** A reading: the JSON that `refund-triage read` prints, one object a line. Other programs rely on its exact shape. */
export interface Reading {
  readonly file: string;
  readonly message_id: string | null;
  readonly brand: string | null;
  readonly language: string;
  readonly topic: Topic;
  readonly reason: Reason | null;
  readonly product: Product | null;
  /** The merchant's own facts among them, by names such as `is_opened`. */
  readonly facts: FactMap & NonNullable<Facts['own']>;
  readonly attachments: readonly Attachment[];
  readonly missing: readonly Requirement[];
  readonly decision: {
    readonly outcome: Outcome;
    readonly rule: string | null;
    readonly clause: string | null;
    readonly discretionary: boolean;
    readonly amount: string | null;
    readonly agent_checks: readonly string[];
    readonly deadlines: readonly Deadline[];
  };
  readonly flags: readonly Flag[];
  readonly draft: Draft | null;
  /** Only where the merchant's records were asked: what that came to. */
  readonly records?: LookUp['kind'];
  /** Only where a language model was asked and answered. */
  readonly second_reading?: Pick<SecondReading, 'asked' | 'topic' | 'reason' | 'product' | 'picture' | 'dropped' | 'cached' | 'tokens'>;
}

/** What stands in a reading's place for a file that is not a message. */
export interface UnreadableFile {
  readonly file: string;
  readonly error: { readonly code: string; readonly message: string };
}
