import { createHash } from 'node:crypto';
import { endOfDay } from './decision/business-days.ts';
import { decide, type DecisionContext } from './decision/decide.ts';
import type { Decision } from './decision/decision.ts';
import { doubtsThatMatter } from './decision/facts-that-matter.ts';
import { caseTag, draftMessageId } from './draft/case-tag.ts';
import { composeDraftMail } from './draft/compose-mail.ts';
import type { Draft } from './draft/draft.ts';
import { formLabels } from './draft/form.ts';
import { writeDraft } from './draft/write-draft.ts';
import { flags as allFlags } from './facts/facts.ts';
import type { Facts, Flag, Reason } from './facts/facts.ts';
import { addSeenFacts } from './facts/add-seen-facts.ts';
import { findDoubts, type Doubts } from './facts/doubts.ts';
import { mergeThread } from './facts/merge-thread.ts';
import { type readFacts, readWithoutMerchant, type Told } from './facts/read-facts.ts';
import { readInThread } from './facts/read-in-thread.ts';
import type { FileReader, FileToSee } from './files/look-into-files.ts';
import type { SeenFile } from './files/seen-file.ts';
import type { Message } from './message/message.ts';
import { ownText } from './message/message.ts';
import { readFiles } from './message/read-files.ts';
import { readMessage } from './message/read-message.ts';
import { mergeReadings } from './model/merge-readings.ts';
import { pictureOf } from './model/picture.ts';
import type { SecondReader } from './model/second-reader.ts';
import type { SecondReading } from './model/second-reading.ts';
import { chooseMerchant, isFromColleague } from './packs/choose-merchant.ts';
import { filesToSee } from './packs/files-to-see.ts';
import type { Pack, Packs } from './packs/pack.ts';
import { asCustomersMail } from './packs/passed-on.ts';
import type { Reading } from './reading.ts';
import { addRecordFacts } from './records/add-record-facts.ts';
import type { LookUp } from './records/look-up.ts';
import type { RecordsReader } from './records/records-reader.ts';
import { customerKey, type FindThread, forwardedDigest, queryThread, saysItGoesOn, type Thread, type ThreadQuery } from './thread.ts';

/** What is known of a mail before it is read. */
export interface TriageContext {
  /** When the mailbox took it in; stands in for missing dates. */
  readonly internalDate: Date;
  /** Bytes of the whole mail in the mailbox. */
  readonly bytes: number;
  /** True sizes of the leaves where `source` is slim, as `FetchedMail.partBytes`. */
  readonly partBytes: readonly number[] | null;
  /** The only merchant whose mail comes here, by its pack's name; null where the mail tells. */
  readonly merchant: string | null;
  /** Its case has come to be known, or has changed, since it was triaged. */
  readonly again?: boolean;
  /** The customer was asked for what is missing and has not answered: the draft reminds of it. */
  readonly isReminder?: boolean;
}

/** Everything one mail's way through the house gives. */
export interface TriageResult {
  readonly message: Message;
  /** The address of one of us who passed the customer's mail on: `message` is that mail then. Null where it came from its writer. */
  readonly passedOnBy: string | null;
  /** The merchant's name; null, like the decision, where it is nobody's we work for. */
  readonly merchant: string | null;
  /** The case that the mail goes on with; null where it begins one. */
  readonly thread: Thread | null;
  /** By what it was looked for; null where by nothing. */
  readonly threadQuery: ThreadQuery | null;
  /** Of this mail and the earlier ones of its case. */
  readonly facts: Facts;
  /** Of this mail alone, without what the merchant's records say. */
  readonly factsAlone: Facts;
  /** What was seen in its files. */
  readonly seenFiles: readonly SeenFile[];
  /** Places of the attachments that were worth a look and did not get one. */
  readonly filesToSee: readonly number[];
  /** What a second reader could be asked and was not; null where nothing is in doubt that matters, or the merchant wants none asked. */
  readonly toAsk: Doubts | null;
  /** What a second reader added; null where none was asked, or none answered. */
  readonly secondReading: SecondReading | null;
  /** What asking the merchant's records came to; null where there was nothing to ask. */
  readonly records: LookUp['kind'] | null;
  readonly decision: Decision | null;
  /** What the decision rests on beside the facts and the pack; null where there is none. */
  readonly decidedIn: DecisionContext | null;
  readonly draft: Draft | null;
  /** The draft as a mail; the same bytes each time. Throws where there is no draft. */
  readonly draftSource: () => Buffer;
  /** With angle brackets; the same each time for the same mail. */
  readonly draftMessageId: string;
  /** Lower-case hex SHA-256 that tells this mail from every other, also without a Message-ID or with a reused one. */
  readonly fingerprint: string;
  /** Lower-case hex SHA-256 of who wrote what, the same for the same request sent again; null where too little is said. */
  readonly words: string | null;
  /** The same of a mail that this one passes on: it comes a second time then, whatever was said above it. */
  readonly passesOn: string | null;
  /** The end of the day by which an answer is due, in the merchant's time zone; null where the policy promises none. */
  readonly dueAtMs: number | null;
}

export interface TriageOptions {
  readonly packs: Packs;
  /** Servers whose Authentication-Results count; the topmost header where empty. */
  readonly authservIds: readonly string[];
  /** Asks the store for a customer's history; null where nobody keeps one. Asked only for merchants whose rules look at it. */
  readonly countEarlierRequests: ((request: EarlierRequests) => Promise<number>) | null;
  /** Asks the store for the case that a mail goes on with; null where nobody keeps cases. */
  readonly findThread?: FindThread | null;
  /** Looks into the files that are worth it; null where that is for another time. */
  readonly fileReader?: FileReader | null;
  /** Is asked what is in doubt, for merchants who consent; null where that is for another time, or there is none. */
  readonly secondReader?: SecondReader | null;
  /** Is asked for the order, where the merchant has records; null where nobody's are known. */
  readonly records?: RecordsReader | null;
}

/** The request whose predecessors are counted: of the same customer, with the same merchant, for the same reason, before it. */
export interface EarlierRequests {
  readonly merchant: string;
  /** As `customerKey` gives it. */
  readonly customer: string;
  readonly reason: Reason;
  readonly fingerprint: string;
  readonly receivedAtMs: number;
}

/**
 * The whole job: mail → message → facts → decision → draft. Everything but reading the message and its files, asking the store and the merchant's records, and asking a second reader, is pure; nothing is read from the clock.
 * @throws {NotAMessageError} where the source is no mail
 */
export async function triage(source: Buffer, context: TriageContext, options: TriageOptions): Promise<TriageResult> {
  const { packs, authservIds, fileReader = null, secondReader = null } = options;
  const asWritten = await readMessage(source, {
    internalDate: context.internalDate, bytes: context.bytes, partBytes: context.partBytes, authservIds,
    ownAddresses: packs.flatMap((pack) => [...pack.policy.addresses, pack.policy.from.address]),
  });
  const fingerprint = fingerprintOf(asWritten);
  const isColleagues = isFromColleague(asWritten, packs);
  const query = queryThread(asWritten, fingerprint, isColleagues);
  const passesOn = forwardedDigest(asWritten, isColleagues);
  const customers = asCustomersMail(asWritten, packs);
  const identity = { fingerprint, words: query?.words ?? (customers === null ? null : passesOn), passesOn, threadQuery: query, passedOnBy: null };
  const found = query === null || !(context.again === true || saysItGoesOn(query)) ? null : ((await options.findThread?.(query)) ?? null);
  const chosen = packs.find(({ name }) => name === context.merchant) ?? chooseMerchant(asWritten, packs) ?? packs.find(({ name }) => name === found?.merchant) ?? null;
  if (chosen === null) return nobodysMail(asWritten, found, identity);
  const pack: Pack = chosen;
  // Who writes to another merchant makes another request.
  const thread = found === null || (found.merchant !== null && found.merchant !== pack.name) ? null : found;
  if (thread?.relation === 'bounce') return { ...nobodysMail(asWritten, thread, identity), merchant: pack.name };
  const others = thread?.relation === 'follow_up' ? thread.mails.map((mail) => (thread.isPassedOn === true ? { ...mail, facts: withoutFlag(mail.facts, 'sender_mismatch') } : mail)) : [];
  // What one of us writes in a case is read as written.
  const isPassedOn = customers !== null && thread === null;
  const received = isPassedOn ? customers : asWritten;
  // Whoever the block names may be anybody: a person looks before anything is sent there.
  const readAs = (told?: Told): Facts => {
    const facts = readInThread(received, merchant, earlier, told);
    return isPassedOn ? withFlag(facts, 'sender_mismatch') : facts;
  };
  const merchant = merchantOf(pack);
  const earlier = others.filter(({ receivedAtMs }) => receivedAtMs <= received.receivedAtMs);
  const asTold = readAs();
  const places = filesToSee(received, mergeThread(asTold, received.receivedAtMs, others).facts, pack);
  const files = fileReader === null ? [] : contentsOf(source, received, places, context.partBytes, fileReader);
  const seenFiles = files.length === 0 ? [] : ((await fileReader?.look(files)) ?? []);
  const { message, facts: ownReading } = addSeenFacts(received, asTold, seenFiles, merchant);
  const decideOn = async (factsAlone: Facts): Promise<Decided> => await decideFor({ message, factsAlone, others, thread, fingerprint, pack }, options);
  const alone = await decideOn(ownReading);
  const picture = pack.policy.model.screenshots && secondReader?.seesPictures === true ? pictureOf(files, seenFiles) : null;
  const doubts = pack.policy.model.consent ? doubtsThatMatter(findDoubts(message, alone.facts, merchant, picture !== null), alone.decision, pack.compiled) : null;
  const secondReading = doubts === null || secondReader === null ? null : await secondReader.read(message, ownReading, doubts, merchant, fingerprint, picture);
  const rereadAs = (told: Told): Facts => addSeenFacts(received, readAs(told), seenFiles, merchant).facts;
  const decided = secondReading === null ? alone : await decideOn(mergeReadings(ownReading, secondReading, merchant.vocabulary, rereadAs));
  const { facts, factsAlone, decision, decidedIn, addsSomething } = decided;
  const tag = caseTag(thread?.fingerprint ?? fingerprint);
  const { from } = pack.policy;
  const draft = !isColleagues && (thread === null || thread.isPassedOn === true || addsSomething || context.isReminder === true) ? writeDraft(message, facts, decision, pack.replies, pack.policy, { caseTag: tag, isReminder: context.isReminder === true }) : null;
  const messageId = draftMessageId(fingerprint, from.address.slice(from.address.lastIndexOf('@') + 1), context.isReminder === true ? 'reminder' : 'answer');
  return {
    ...identity, message, passedOnBy: isPassedOn ? (asWritten.from?.address ?? null) : null, merchant: pack.name, thread, facts, factsAlone, seenFiles, filesToSee: fileReader === null ? places : [], toAsk: secondReader === null ? doubts : null, secondReading,
    records: decided.records, decision, decidedIn, dueAtMs: answerDueAt(decision, pack), draft, draftMessageId: messageId,
    draftSource: draft === null ? noDraft : once(() => composeDraftMail(draft, message, { messageId, from, caseTag: tag, date: new Date(message.receivedAtMs), replies: pack.replies })),
  };
}

function withFlag(facts: Facts, flag: Flag): Facts {
  return { ...facts, flags: allFlags.filter((each) => each === flag || facts.flags.includes(each)) };
}

function withoutFlag(facts: Facts, flag: Flag): Facts {
  return { ...facts, flags: facts.flags.filter((each) => each !== flag) };
}

/** Mail for none of the merchants, or for nobody knows whom: nothing is decided. */
function nobodysMail(message: Message, thread: Thread | null, identity: Pick<TriageResult, 'fingerprint' | 'words' | 'passesOn' | 'threadQuery' | 'passedOnBy'>): TriageResult {
  const facts = readWithoutMerchant(message);
  return {
    ...identity, message, merchant: null, thread, facts, factsAlone: facts, seenFiles: [], filesToSee: [], toAsk: null, secondReading: null, records: null, decision: null, decidedIn: null, dueAtMs: null,
    draft: null, draftSource: noDraft, draftMessageId: draftMessageId(identity.fingerprint, 'localhost'),
  };
}

interface Decided {
  readonly facts: Facts;
  readonly factsAlone: Facts;
  /** What the mail says is not all known from the earlier ones of its case. */
  readonly addsSomething: boolean;
  readonly records: LookUp['kind'] | null;
  readonly decidedIn: DecisionContext;
  readonly decision: Decision;
}

interface Request {
  readonly message: Message;
  readonly factsAlone: Facts;
  readonly others: Thread['mails'];
  readonly thread: Thread | null;
  readonly fingerprint: string;
  readonly pack: Pack;
}

/** What the merchant's policy says of the case, with the earlier mails, the order and the customer's history. */
async function decideFor({ message, factsAlone, others, thread, fingerprint, pack }: Request, { records, countEarlierRequests }: TriageOptions): Promise<Decided> {
  const { facts: told, addsSomething, asksAnew } = mergeThread(factsAlone, message.receivedAtMs, others);
  const lookedUp = (await records?.lookUp(pack.name, pack.policy.time_zone, message, told)) ?? null;
  const facts = addRecordFacts(told, lookedUp);
  // What was asked for in time stays so while the customer answers our questions.
  const requestedAtMs = thread === null || asksAnew ? message.receivedAtMs : Math.min(thread.requestedAtMs, message.receivedAtMs);
  const customer = message.from?.address;
  const earlierRequestsForReason = countEarlierRequests !== null && pack.compiled.looksAtHistory && facts.reason !== null && customer !== undefined
    ? await countEarlierRequests({ merchant: pack.name, customer: customerKey(customer), reason: facts.reason, fingerprint: thread?.fingerprint ?? fingerprint, receivedAtMs: requestedAtMs })
    : 0;
  const decidedIn: DecisionContext = {
    receivedAtMs: requestedAtMs, offsetMinutes: message.sentAt.offsetMinutes, earlierRequestsForReason, packHash: pack.hash,
    ...(requestedAtMs === message.receivedAtMs ? {} : { answeredFromMs: message.receivedAtMs }), ...(lookedUp?.kind === 'unavailable' ? { recordsUnavailable: true } : {}),
  };
  return { facts, factsAlone, addsSomething, records: lookedUp?.kind ?? null, decidedIn, decision: decide(facts, pack.compiled, decidedIn) };
}

/** The end of the first day by which the policy promises an answer. */
function answerDueAt({ deadlines }: Decision, { policy }: Pack): number | null {
  const [first] = deadlines.filter(({ what }) => what === 'answer').map(({ by }) => by).toSorted();
  return first === undefined ? null : endOfDay(first, policy.time_zone);
}

function contentsOf(source: Buffer, message: Message, places: readonly number[], partBytes: readonly number[] | null, { maxFileBytes }: FileReader): readonly FileToSee[] {
  if (places.length === 0) return [];
  const contents = readFiles(source, { partBytes, maxFileBytes }, places);
  return places.flatMap((place) => {
    const [attachment, content] = [message.attachments[place], contents.get(place)];
    return attachment === undefined || content === undefined ? [] : [{ place, attachment, content }];
  });
}

function once<Value>(make: () => Value): () => Value {
  let made: { readonly value: Value } | null = null;
  return () => (made ??= { value: make() }).value;
}

function noDraft(): Buffer {
  throw new Error('this mail has no draft');
}

/** The merchant as the reader knows it. */
export function merchantOf({ vocabulary, policy, replies }: Pack): Parameters<typeof readFacts>[1] {
  return { vocabulary, languages: policy.languages, addresses: policy.addresses, domains: policy.domains, forms: formLabels(replies) };
}

/** Where one of these was noted, the time the mail was written is only the time it arrived, and would differ at the next delivery. */
const undated: ReadonlySet<string> = new Set(['no_date', 'bad_date', 'date_before_1990', 'date_in_future']);

/** Message-IDs are missing, reused and forged; together with who wrote what and when they tell a mail from every other. */
function fingerprintOf(message: Message): string {
  const { messageId, from, sentAt, subject, notes } = message;
  const writtenAt = notes.some((note) => undated.has(note)) ? null : sentAt.epochMs;
  return createHash('sha256').update(JSON.stringify([messageId, from?.address ?? null, writtenAt, subject, ownText(message)])).digest('hex');
}

/** The reading as other programs get it. */
export function toReading(file: string, { message, merchant, facts, decision, draft, secondReading, records }: TriageResult): Reading {
  return {
    file,
    message_id: message.messageId,
    brand: merchant,
    language: facts.language,
    topic: facts.topic,
    reason: facts.reason,
    product: facts.product,
    facts: { ...facts.values, ...facts.own },
    attachments: message.attachments.map(({ filename, type, bytes, kind, flags }) => ({ filename, type, bytes, kind, flags })),
    missing: decision?.missing ?? [],
    decision: {
      outcome: decision?.outcome ?? (facts.topic === 'machine' ? 'no_reply' : 'human_review'),
      rule: decision?.rule ?? null,
      clause: decision?.clause ?? null,
      discretionary: decision?.discretionary ?? false,
      amount: decision?.amount ?? null,
      agent_checks: decision?.agentChecks ?? [],
      deadlines: decision?.deadlines ?? [],
    },
    flags: allFlags.filter((flag) => facts.flags.includes(flag) || decision?.flags.includes(flag) === true),
    draft,
    ...(records === null ? {} : { records }),
    ...(secondReading === null ? {} : { second_reading: withoutFacts(secondReading) }),
  };
}

/** The facts stand among the others. */
function withoutFacts({ asked, topic, reason, product, picture, dropped, cached, tokens }: SecondReading): NonNullable<Reading['second_reading']> {
  return { asked, topic, reason, product, picture, dropped, cached, tokens };
}
