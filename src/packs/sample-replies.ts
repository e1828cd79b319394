import { asksNothing } from '../decision/choose-case.ts';
import type { RuleCase } from '../decision/compile-policy.ts';
import type { Decision, Outcome } from '../decision/decision.ts';
import { refunds } from '../decision/refund-amount.ts';
import type { Draft } from '../draft/draft.ts';
import { writeDraft } from '../draft/write-draft.ts';
import { reasons, type Fact, type FactMap, type Facts, type Reason, type Requirement, type Topic } from '../facts/facts.ts';
import type { Message } from '../message/message.ts';
import type { Pack } from './pack.ts';

/** A reply as a sample customer would get it: every rule, outcome, reason and language of a pack has one, complete and with questions. */
export interface SampleReply {
  readonly language: string;
  readonly facts: Facts;
  readonly decision: Decision;
  readonly draft: Draft;
}

/** When the sample replies are written. */
export const sampleWrittenAt = { epochMs: Date.UTC(2031, 10, 20, 9, 30), offsetMinutes: 180 };

const customer = { name: 'Anna Lopez', address: 'anna@mail.example' };

export const sampleMessage: Message = {
  messageId: '<sample@mail.example>', inReplyTo: null, references: [], from: customer, replyTo: customer, recipients: [], subject: '',
  sentAt: sampleWrittenAt, receivedAtMs: sampleWrittenAt.epochMs, segments: [], attachments: [], machine: null, authentication: 'none', encrypted: false,
  languageHints: [], bytes: 1_000, notes: [],
};

function fact<Value extends string | number | boolean>(value: Value): Fact<Value> {
  return { value, source: 'body', evidence: String(value) };
}

/** What replies repeat; days and sums that no template is likely to hold. */
const sampleValues: FactMap = {
  account_email: fact(customer.address), order_number: fact('10482'), transaction_id: fact('88231'), generator: fact('ultra'), browser: fact('Chrome 126'), os: fact('Windows 11'),
  occurred_at: fact('2031-03-17T14:05'), paid_at: fact('2031-03-05'), fulfilled_at: fact('2031-03-06'), amount: fact('1641.99 EUR'), payment_method: fact('card'), outage_hours: fact(47),
  telegram_id: fact('@anna'), revision_count: fact(2),
};
const sampleAmount = '1234.50 EUR';
const answerBy = '2031-11-27';

function topicOf(when: string, reason: Reason | null): Topic {
  const named = (['cancellation', 'revision', 'privacy'] as const).find((topic) => when.includes(`topic == "${topic}"`) || when.includes(`topic in ["${topic}"`));
  return named ?? (reason === 'technical_failure' ? 'technical_problem' : 'refund');
}

/** One outcome of a rule, or of no rule at all, with what it may ask for. */
interface SampleCase {
  readonly rule: string | null;
  readonly clause: string | null;
  readonly when: string;
  readonly outcome: Outcome;
  readonly discretionary: boolean;
  readonly requires: readonly Requirement[];
  readonly namesAmount: boolean;
}

function sampleCaseOf({ rule, outcome, discretionary, requires, amount }: RuleCase, when: string): SampleCase {
  return { rule: rule.name, clause: rule.clause, when, outcome, discretionary, requires, namesAmount: refunds.has(outcome) && amount.length > 0 };
}

function sampleCasesOf({ compiled, policy }: Pack): SampleCase[] {
  const ruled = compiled.rules.flatMap((rule, index) => rule.cases.map((each) => sampleCaseOf(each, policy.rules[index]?.when ?? '')));
  const ruleless = (['human_review', 'deny'] as const).map((outcome): SampleCase => ({ rule: null, clause: null, when: '', outcome, discretionary: false, requires: [], namesAmount: false }));
  return [...ruled, ...ruleless];
}

export function sampleReplies(pack: Pack): SampleReply[] {
  return pack.replies.languages.flatMap((language) => sampleCasesOf(pack).flatMap((sample) => repliesIn(language, sample, pack)));
}

function repliesIn(language: string, sample: SampleCase, pack: Pack): SampleReply[] {
  const { rule, clause, when, outcome, discretionary, requires } = sample;
  const named = reasons.filter((reason) => when.includes(`"${reason}"`));
  const asked = asksNothing.has(outcome) || requires.length === 0 ? [[]] : [[], requires];
  return (named.length > 0 ? named : [null]).flatMap((reason) => [...asked.entries()].flatMap(([round, missing]) => (sample.namesAmount ? [sampleAmount, null] : [null]).flatMap((amount) => {
    // Whoever has to be asked for everything has said nothing.
    const facts: Facts = { language, topic: topicOf(when, reason), reason, product: null, values: round === 0 ? sampleValues : {}, described: true, hasScreenshot: false, hasPhoto: false, privacy: null, flags: [] };
    const decision: Decision = {
      outcome, rule, clause, discretionary, amount, agentChecks: [], missing, flags: [], trace: [], pack: pack.name, packHash: pack.hash,
      deadlines: pack.policy.deadlines.some(({ what, from }) => what === 'answer' && from === 'arrival') ? [{ what: 'answer', by: answerBy }] : [],
    };
    const draft = writeDraft(sampleMessage, facts, decision, pack.replies, pack.policy, { caseTag: 'RT-00000000' });
    return draft === null ? [] : [{ language, facts, decision, draft }];
  })));
}
