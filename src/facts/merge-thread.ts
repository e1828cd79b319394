import { factNames, flags as allFlags } from './facts.ts';
import type { Fact, FactMap, FactName, Facts, Flag } from './facts.ts';

/** What several mails of one case say together. */
export interface ThreadReading {
  readonly facts: Facts;
  /** The mail says, asks or brings something that the earlier ones did not. */
  readonly addsSomething: boolean;
  /** Where a mail says otherwise than an earlier one. */
  readonly contradicted: readonly FactName[];
  /** It makes another request than the earlier ones: what runs from a request's arrival runs from this mail's. */
  readonly asksAnew: boolean;
}

/** What may rightly be another in each mail: how it stands now, and when it happened again. */
const changing: ReadonlySet<FactName> = new Set(['occurred_at', 'browser', 'os', 'preferred_resolution', 'account_blocked', 'work_started', 'approved', 'credits_left']);
/** Said of one mail, not of the case. */
const ofOneMail: ReadonlySet<Flag> = new Set(['conflicting_facts', 'encrypted']);

/** What another mail of the case says, read alone. */
export interface OtherMail {
  readonly receivedAtMs: number;
  readonly facts: Facts;
}

/**
 * Reads a mail together with the others of its case (oldest first): what is said in so many words later wins, what was said before still stands, with the source `thread`, and where the two
 * differ the fact is conflicting. Pure.
 */
export function mergeThread(own: Facts, receivedAtMs: number, others: readonly OtherMail[]): ThreadReading {
  if (others.length === 0 || own.topic === 'machine') return { facts: own, addsSomething: true, contradicted: [], asksAnew: true };
  const [earlier, later] = [others.filter((other) => other.receivedAtMs <= receivedAtMs), others.filter((other) => other.receivedAtMs > receivedAtMs)];
  const [first, ...rest] = [...earlier.map(({ facts }) => facts), own, ...later.map(({ facts }) => facts)];
  let reading: ThreadReading = { facts: first ?? own, addsSomething: true, contradicted: [], asksAnew: true };
  const contradicted = new Set<FactName>();
  for (const facts of rest) {
    const next = joined(facts, reading.facts);
    for (const name of next.contradicted) contradicted.add(name);
    const isOwn = facts === own;
    reading = { facts: next.facts, contradicted: [...contradicted], addsSomething: isOwn ? next.addsSomething : reading.addsSomething, asksAnew: isOwn ? next.asksAnew : reading.asksAnew };
  }
  return { ...reading, facts: { ...asSaidIn(own, reading.facts), language: own.language } };
}

function joined(newest: Facts, before: Facts): ThreadReading {
  const contradicted: FactName[] = [];
  const values: { -readonly [Name in FactName]?: FactMap[Name] } = { ...before.values };
  let addsSomething = false;
  for (const [name, fact] of entriesOf(newest.values)) {
    const known = before.values[name];
    // Where a mail comes from says nothing against what was said, nor against where the first came from.
    if (known !== undefined && fact.source === 'header') continue;
    if (known !== undefined && saysTheSame(name, known, fact)) {
      // A time of day was given before and not again.
      if (String(known.value).length > String(fact.value).length) continue;
    } else {
      // What only a file shows does not overrule what the customer said.
      if (known !== undefined && fact.source === 'attachment' && known.source !== 'attachment' && known.source !== 'header') continue;
      addsSomething = true;
      if (known !== undefined && known.source !== 'header' && !changing.has(name)) contradicted.push(name);
    }
    Object.assign(values, { [name]: fact });
  }
  const own = { ...before.own, ...newest.own };
  const about = requestOf(newest, before);
  addsSomething ||= about.isNew || Object.keys(newest.own ?? {}).some((name) => !(name in (before.own ?? {})));
  addsSomething ||= (newest.hasScreenshot && !before.hasScreenshot) || (newest.hasPhoto && !before.hasPhoto) || (newest.described && !before.described && newest.topic !== 'other');
  const raised = new Set<Flag>([...before.flags.filter((flag) => !ofOneMail.has(flag)), ...newest.flags]);
  addsSomething ||= newest.flags.some((flag) => flag !== 'conflicting_facts' && !before.flags.includes(flag));
  if (contradicted.length > 0) raised.add('conflicting_facts');
  if (about.isAnother) raised.add('several_requests');
  const { topic, reason, product, privacy } = about;
  // Who takes a request back and then says more has not taken it back.
  const withdrawn = newest.withdrawn === true || (before.withdrawn === true && !addsSomething);
  return {
    facts: {
      language: newest.language, topic, reason, product, values, ...(Object.keys(own).length > 0 ? { own } : {}),
      described: newest.described || before.described, hasScreenshot: newest.hasScreenshot || before.hasScreenshot, hasPhoto: newest.hasPhoto || before.hasPhoto,
      privacy, flags: allFlags.filter((flag) => raised.has(flag)), ...(withdrawn ? { withdrawn } : {}),
    },
    addsSomething,
    contradicted,
    asksAnew: about.isAnother && !about.isBeside,
  };
}

type Request = Pick<Facts, 'topic' | 'reason' | 'product' | 'privacy'>;

/** What the case is about: the newest mail's request where it makes one, else the one it goes on about. */
function requestOf(newest: Facts, before: Facts): Request & RequestKind {
  const goesOn = { topic: before.topic, reason: before.reason ?? reasonFor(before, newest), product: before.product ?? newest.product, privacy: before.privacy, ...sameRequest };
  const asked = { topic: newest.topic, reason: newest.reason, product: newest.product ?? before.product, privacy: newest.privacy };
  if (before.topic === 'other' || before.topic === 'machine') return { ...asked, ...sameRequest, isNew: newest.topic !== 'other' };
  if (newest.topic === 'other') return goesOn;
  // A technical problem stays one, also where its writer wants money back for it, or the credits that it cost.
  if (before.topic === 'technical_problem' && newest.topic === 'refund' && (newest.reason === null || ofFailure.has(newest.reason))) return goesOn;
  if (before.topic === 'refund' && newest.topic === 'technical_problem' && before.reason !== null) return goesOn;
  if (newest.topic === before.topic && (newest.reason === null || newest.reason === before.reason || isAfterthought(newest, before))) return { ...goesOn, product: asked.product, privacy: asked.privacy ?? before.privacy };
  if (before.reason === null && (newest.topic === before.topic || (before.topic === 'refund' && newest.topic === 'technical_problem'))) return { ...asked, ...sameRequest, isNew: true };
  // Of several requests the one about money gives the topic.
  if (before.topic === 'refund' && isBesideMoney(newest, before)) return { ...goesOn, isNew: true, isAnother: true, isBeside: true };
  return { ...asked, isNew: true, isAnother: true, isBeside: false };
}

interface RequestKind {
  /** The case did not know of it. */
  readonly isNew: boolean;
  /** It is another one than the case was about. */
  readonly isAnother: boolean;
  /** It comes beside the one that the case goes on to be about. */
  readonly isBeside: boolean;
}

const sameRequest: RequestKind = { isNew: false, isAnother: false, isBeside: false };

const ofFailure: ReadonlySet<Facts['reason']> = new Set(['technical_failure', 'unused_balance', 'used_balance']);

/** Reasons that lie in the customer's mind, not in what was delivered or charged. */
const ofMind: ReadonlySet<Facts['reason']> = new Set(['changed_mind', 'dissatisfied_result', 'unused_balance']);

/** "What a service is this?!": one of these takes no other's place once a reason was told, unless it is told with something new. */
function isAfterthought({ reason, values }: Facts, before: Facts): boolean {
  if (before.reason === null || !ofMind.has(reason)) return false;
  return !ofMind.has(before.reason) || reason === 'unused_balance' || !Object.values(values).some(({ source }) => source !== 'header');
}

/** Where work is sold, who cancels an order wants the money of just that. A child's data go before all money. */
function isBesideMoney({ topic, privacy }: Facts, { product }: Facts): boolean {
  return (topic === 'cancellation' && product !== 'digital_service') || (topic === 'privacy' && privacy !== 'child');
}

function reasonFor(before: Facts, newest: Facts): Facts['reason'] {
  return newest.topic === before.topic ? newest.reason : null;
}

/** The case's facts as the mail `own` has them: those that other mails told have the source `thread`. */
function asSaidIn(own: Facts, facts: Facts): Facts {
  const isOwn = new Set<Fact | undefined>([...Object.values(own.values), ...Object.values(own.own ?? {})]);
  const sourced = (fact: Fact): Fact => (isOwn.has(fact) ? fact : { ...fact, source: 'thread' });
  const values: FactMap = Object.fromEntries(entriesOf(facts.values).map(([name, fact]) => [name, sourced(fact)]));
  const merchants = facts.own === undefined ? undefined : Object.fromEntries(Object.entries(facts.own).map(([name, fact]) => [name, fact === undefined || isOwn.has(fact) ? fact : { ...fact, source: 'thread' as const }]));
  return { ...facts, values, ...(merchants === undefined ? {} : { own: merchants }) };
}

function entriesOf(values: FactMap): [FactName, Fact][] {
  return factNames.flatMap((name) => {
    const fact = values[name];
    return fact === undefined ? [] : [[name, fact]];
  });
}

const severalPrecisions: ReadonlySet<FactName> = new Set(['occurred_at', 'paid_at', 'fulfilled_at', 'browser', 'os']);

/** Letter case and separators do not matter; a date agrees with the same one with its time, a browser with the same one and its version. */
function saysTheSame(name: FactName, one: Fact, other: Fact): boolean {
  const [a, b] = [plain(one.value), plain(other.value)];
  return a === b || (severalPrecisions.has(name) && (a.startsWith(b) || b.startsWith(a)));
}

function plain(value: string | number | boolean): string {
  return String(value).toLowerCase().replaceAll(/[\s#№_-]+/gu, '');
}
