import { readFile, readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { reasons as allReasons, topics as allTopics } from '../../src/facts/facts.ts';
import type { Reason, Topic } from '../../src/facts/facts.ts';
import { featuresOfMail, measures } from '../../src/facts/requests/mail-evidence.ts';
import type { MailEvidence } from '../../src/facts/requests/mail-evidence.ts';
import { exampleConcept, exampleConcepts, readExamples } from '../../src/facts/likeness/read-examples.ts';
import type { ExampleConcept } from '../../src/facts/likeness/read-examples.ts';
import { examineMail } from '../../src/facts/read-facts.ts';
import type { Vocabulary } from '../../src/facts/merchant/vocabulary.ts';
import { readMessage } from '../../src/message/read-message.ts';
import { loadPacks } from '../../src/packs/load-packs.ts';
import { merchantOf } from '../../src/triage.ts';

/** What one mail teaches: its evidence as numbers, the merchant's vocabulary, and what it asks for and why; where several hold, any of them is right. */
export interface Lesson {
  readonly features: Float64Array;
  readonly vocabulary: Vocabulary;
  readonly topics: readonly Topic[];
  /** Null where none is given. */
  readonly reasons: readonly (Reason | null)[];
  /** 1: as much as a mail of its own. */
  readonly weight: number;
}

const packs = new Map((await loadPacks(fileURLToPath(new URL('../../templates', import.meta.url)))).map((pack) => [pack.name, pack]));

async function evidenceOf(source: Buffer, merchantName: string): Promise<{ evidence: MailEvidence | null; vocabulary: Vocabulary }> {
  const pack = packs.get(merchantName);
  if (pack === undefined) throw new Error(`no pack is named ${merchantName}`);
  const message = await readMessage(source, { internalDate: new Date(0), bytes: source.length, partBytes: null, authservIds: [], ownAddresses: [...pack.policy.addresses, pack.policy.from.address] });
  return { evidence: examineMail(message, merchantOf(pack)).evidence, vocabulary: pack.vocabulary };
}

const topicName = z.enum(allTopics);
const reasonName = z.enum(allReasons).nullable();

/** Of the gold beside a mail. */
const goldSchema = z.object({
  brand: z.string().nullable(),
  topic: z.union([topicName.transform((one) => [one]), z.object({ any: z.array(topicName) }).transform(({ any }) => any)]),
  reason: z.union([reasonName.transform((one) => [one]), z.object({ any: z.array(reasonName) }).transform(({ any }) => any)]).default([null]),
});

/** The labelled mails of a folder (`NAME.eml` beside `NAME.json`). */
export async function lessonsOfFolder(folder: string): Promise<{ readonly name: string; readonly merchant: string; readonly evidence: MailEvidence; readonly lesson: Lesson }[]> {
  const found = [];
  for (const file of (await readdir(folder)).filter((one) => one.endsWith('.json')).toSorted()) {
    const name = basename(file, '.json');
    const gold = goldSchema.parse(JSON.parse(await readFile(join(folder, file), 'utf8')));
    if (gold.brand === null || !packs.has(gold.brand)) continue;
    const { evidence, vocabulary } = await evidenceOf(await readFile(join(folder, `${name}.eml`)), gold.brand);
    if (evidence === null) continue;
    found.push({ name, merchant: gold.brand, evidence, lesson: { features: featuresOfMail(evidence, vocabulary), vocabulary, topics: gold.topic, reasons: gold.reason, weight: 1 } });
  }
  return found;
}

const unseenSchema = z.object({ mail: z.string(), topics: z.array(topicName), reasons: z.array(reasonName), merchant: z.string(), sentences: z.number(), evidence: z.record(z.string(), z.array(z.number()).length(measures.length)) });

/** A line of `unseen-evidence.jsonl`. */
export function unseenLine(name: string, merchant: string, { values, sentences }: MailEvidence, { topics, reasons }: Lesson): string {
  const evidence: Record<string, number[]> = {};
  for (const [index, concept] of exampleConcepts.entries()) {
    const measured = [...values.subarray(index * measures.length, (index + 1) * measures.length)].map((value) => Math.round(value * 100) / 100);
    if (measured.some((value) => value >= 0.3) || (measured.at(-1) ?? 0) > 0) evidence[concept] = measured;
  }
  return JSON.stringify({ mail: name, topics, reasons, merchant, sentences, evidence });
}

/** What mails showed when nothing had been written for them yet: the only lessons that say how far likeness and phrases can be trusted. */
export async function unseenLessons(file: URL): Promise<Lesson[]> {
  return (await readFile(file, 'utf8')).split('\n').filter((line) => line !== '').map((line) => {
    const { topics, reasons, merchant, sentences, evidence } = unseenSchema.parse(JSON.parse(line));
    const pack = packs.get(merchant);
    if (pack === undefined) throw new Error(`no pack is named ${merchant}`);
    const values = new Float64Array(exampleConcepts.length * measures.length);
    for (const [concept, measured] of Object.entries(evidence)) {
      const index = exampleConcepts.findIndex((one) => one === exampleConcept(concept));
      if (index >= 0) values.set(measured, index * measures.length);
    }
    return { features: featuresOfMail({ values, sentences }, pack.vocabulary), vocabulary: pack.vocabulary, topics, reasons, weight: 1 };
  });
}

interface Composed {
  readonly parts: readonly ExampleConcept[];
  readonly topics: readonly Topic[];
  readonly reasons: readonly (Reason | null)[];
}

/** So many short mails of each kind, merchant and language, and how much each of them counts. */
const composedOfEach = 2;
const composedWeight = 0.4;
const composedLanguages = ['en', 'ru', 'es', 'fr', 'pl', 'ja', 'ko', 'tr', 'ar', 'it', 'pt', 'be'] as const;

/** What a merchant's customers write in a line or two: a request, a reason, or both. */
function shortMails({ vocabulary }: { readonly vocabulary: Vocabulary }): Composed[] {
  const { products, reasons: possible } = vocabulary;
  const goods = products.includes('physical');
  const work = products.includes('digital_service');
  const plan = products.includes('subscription');
  const given = possible.filter((reason) => reason !== 'technical_failure');
  const ofGoods: readonly Reason[] = ['defective_item', 'damaged_in_transit', 'wrong_item'];
  return [
    ...given.flatMap((reason): Composed[] => [
      { parts: [reason, 'want_refund'], topics: ['refund'], reasons: [reason] },
      { parts: ['nothing', reason, 'want_refund', 'nothing'], topics: ['refund'], reasons: [reason] },
      // Of work that was done badly, correction is as likely to be meant.
      ...(work && (reason === 'dissatisfied_result' || reason === 'changed_mind') ? [] : [{ parts: [reason], topics: ['refund'], reasons: [reason] } as const]),
      ...(goods && ofGoods.includes(reason) ? [{ parts: [reason, 'want_replacement'], topics: ['refund'], reasons: [reason] } as const] : []),
      ...(plan ? [{ parts: [reason, 'want_refund', 'want_cancel'], topics: ['refund'], reasons: [reason] } as const] : []),
    ]),
    { parts: ['want_refund'], topics: ['refund'], reasons: [null] },
    { parts: ['nothing', 'want_refund'], topics: ['refund'], reasons: [null] },
    ...(possible.includes('technical_failure') ? [
      { parts: ['technical_failure'], topics: ['technical_problem'], reasons: ['technical_failure'] } as const,
      { parts: ['technical_failure', 'want_refund'], topics: ['technical_problem'], reasons: ['technical_failure'] } as const,
    ] : []),
    ...(plan || work ? [
      { parts: ['want_cancel'], topics: ['cancellation'], reasons: [null] } as const,
      { parts: ['want_cancel', 'changed_mind'], topics: ['cancellation'], reasons: [null, 'changed_mind'] } as const,
    ] : []),
    ...(work ? [{ parts: ['want_revision'], topics: ['revision'], reasons: [null, 'dissatisfied_result'] } as const, { parts: ['nothing', 'want_revision'], topics: ['revision'], reasons: [null, 'dissatisfied_result'] } as const] : []),
    ...(['want_erasure', 'want_access', 'privacy_question', 'privacy_other', 'child_account'] as const).map((concept): Composed => ({ parts: [concept], topics: ['privacy'], reasons: [null] })),
    { parts: ['want_refund', 'want_erasure'], topics: ['refund'], reasons: [null] },
    { parts: ['other_question'], topics: ['other'], reasons: [null] },
    { parts: ['nothing', 'other_question', 'nothing'], topics: ['other'], reasons: [null] },
    { parts: ['nothing'], topics: ['other'], reasons: [null] },
    { parts: ['nothing', 'nothing'], topics: ['other'], reasons: [null] },
  ];
}

/** Short mails put together from example sentences: mails of one or two sentences are rare among labelled ones. */
export async function composedLessons(): Promise<Lesson[]> {
  const lessons: Lesson[] = [];
  let next = 0;
  for (const language of composedLanguages) {
    const examples = readExamples(language);
    for (const pack of packs.values()) {
      for (const { parts, topics, reasons } of shortMails(pack)) {
        for (let time = 0; time < composedOfEach; time++) {
          const sentences = parts.map((part) => {
            const list = examples[part] ?? [];
            next += 1;
            return list[(next * 7919) % Math.max(1, list.length)] ?? '';
          });
          const source = Buffer.from(`From: someone@customer.example\r\nTo: ${pack.policy.from.address}\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n${sentences.map((sentence) => (/[.!?。؟！？]$/u.test(sentence) ? sentence : `${sentence}.`)).join(' ')}\r\n`);
          const { evidence, vocabulary } = await evidenceOf(source, pack.name);
          if (evidence !== null) lessons.push({ features: featuresOfMail(evidence, vocabulary), vocabulary, topics, reasons, weight: composedWeight });
        }
      }
    }
  }
  return lessons;
}
