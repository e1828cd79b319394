import type { ImapFlow } from 'imapflow';
import { MailboxConnectionError } from './mailbox-errors.ts';

/** One argument of a raw IMAP command; a nested array is a parenthesised list. */
export type ImapArgument =
  | { readonly type: 'ATOM' | 'STRING' | 'SEQUENCE'; readonly value: string }
  | { readonly type: 'LITERAL'; readonly value: Buffer }
  | readonly ImapArgument[];

interface RawResponse {
  next(): void;
  /** As parsed: its first attribute holds the response code. */
  readonly response?: unknown;
}
type RawExecute = (command: string, attributes: readonly ImapArgument[]) => Promise<RawResponse>;

/**
 * Runs a command that ImapFlow has no method for (MULTIAPPEND), or whose refusal its method would swallow (STORE). Throws ImapFlow's error
 * with `responseStatus` and `responseText` when the server says NO or BAD. Gives the words of the response code, such as `APPENDUID`, `1784`, `45:47`.
 */
export async function runImapCommand(client: ImapFlow, command: string, attributes: readonly ImapArgument[]): Promise<readonly string[]> {
  const execute: unknown = Reflect.get(client, 'exec');
  if (!isRawExecute(execute)) throw new Error('this version of imapflow has no exec()');
  // A command sent under IDLE would wait for the IDLE's own end: NOOP goes through the way that breaks it.
  if (client.idling) await askForNews(client);
  const response = await execute.call(client, command, attributes);
  // The connection stays parked until the response is released.
  response.next();
  // ImapFlow arms its IDLE after its own methods only; without it a quiet connection counts as dead.
  const rearm: unknown = Reflect.get(client, 'autoidle');
  if (typeof rearm === 'function') Reflect.apply(rearm, client, []);
  return responseCode(response.response);
}

/** The words of a parsed response's code: `[OVERQUOTA]`, `[APPENDUID 1784 45:47]`. */
export function responseCode(response: unknown): readonly string[] {
  const section = dig(response, ['attributes', 0, 'section']);
  return Array.isArray(section) ? section.flatMap((part) => dig(part, ['value']) ?? []).filter((value) => typeof value === 'string') : [];
}

function dig(value: unknown, path: readonly (string | number)[]): unknown {
  let current = value;
  for (const key of path) {
    if (typeof current !== 'object' || current === null) return undefined;
    current = Reflect.get(current, key);
  }
  return current;
}

/** Makes the session know what came or went since its last command. */
export async function askForNews(client: ImapFlow): Promise<void> {
  // It swallows every failure.
  await client.noop();
  if (!client.usable) throw new MailboxConnectionError('the connection was lost');
}

function isRawExecute(value: unknown): value is RawExecute {
  return typeof value === 'function';
}

/** `[1, 2, 3, 7]` as `1:3,7`. */
export function toUidSet(uids: readonly number[]): string {
  const sorted = [...new Set(uids)].toSorted((a, b) => a - b);
  const ranges: string[] = [];
  for (let start = 0; start < sorted.length; ) {
    let end = start;
    while (end + 1 < sorted.length && sorted[end + 1] === (sorted[end] ?? 0) + 1) end += 1;
    ranges.push(start === end ? `${sorted[start]}` : `${sorted[start]}:${sorted[end]}`);
    start = end + 1;
  }
  return ranges.join(',');
}

/** `1:3,7` as `[1, 2, 3, 7]`, in its own order, and no more than `most`. */
export function fromUidSet(set: string, most: number): number[] {
  const uids: number[] = [];
  for (const range of set.split(',')) {
    const [start = Number.NaN, end = start] = range.split(':').map(Number);
    for (let uid = start; uid <= end && uids.length < most; uid += 1) uids.push(uid);
  }
  return uids;
}
