import { parseAddresses } from '../message/addresses.ts';
import { parseHeader } from '../message/header.ts';
import { parseMessageId, parseMessageIds } from '../message/message-ids.ts';
import type { AnswerHeader } from './answer.ts';

/** The fields by which an answer is found. */
export const idFields = ['message-id', 'in-reply-to', 'references'] as const;
/** All that are read. */
export const answerFields = [...idFields, 'from', 'to', 'cc', 'subject', 'date', 'x-refund-triage'] as const;

/** No header block of an answer is read beyond this. */
export const answerHeaderBytes = 64 * 1024;

/** Of a header block, or of a source that begins with one. */
export function readAnswerHeader(source: Buffer): AnswerHeader {
  const { header } = parseHeader(source, 0, answerHeaderBytes, () => false);
  const addresses = (name: string): string[] => parseAddresses(header.all(name).join(', ')).map(({ address }) => address);
  const sentAtMs = Date.parse(header.raw('date') ?? '');
  return {
    messageId: parseMessageId(header.raw('message-id')),
    inReplyTo: parseMessageId(header.raw('in-reply-to')),
    references: parseMessageIds(header.raw('references')),
    from: addresses('from')[0] ?? null,
    to: [...addresses('to'), ...addresses('cc')],
    subject: header.text('subject') ?? '',
    sentAt: Number.isNaN(sentAtMs) ? null : new Date(sentAtMs),
    caseTag: /RT-[0-9A-Z]{8}/i.exec(header.raw('x-refund-triage') ?? '')?.[0].toUpperCase() ?? null,
  };
}
