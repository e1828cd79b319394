import type { ImapFlow } from 'imapflow';
import { ImapFlow as Client } from 'imapflow';

/** What the two bare loops share: a connection, a draft, and the log that tells how far they are. */
export const keyword = '$BenchDone';

export async function connect(): Promise<ImapFlow> {
  const client = new Client({
    host: '127.0.0.1', port: Number(process.env['BENCH_IMAP_PORT']), secure: false, doSTARTTLS: false, logger: false,
    auth: { user: process.env['BENCH_IMAP_USER'] ?? '', pass: process.env['BENCH_IMAP_PASSWORD'] ?? '' },
  });
  await client.connect();
  await client.mailboxOpen('INBOX');
  log('started');
  return client;
}

export async function listUids(client: ImapFlow): Promise<number[]> {
  const uids = await client.search({ all: true }, { uid: true });
  if (uids === false || uids === undefined) throw new Error('the server refused to search');
  return uids;
}

/** 2 KB. */
export function draftFor(uid: number, subject: string, to: string, words: string): Buffer {
  const head = `From: shop@mail.example\r\nTo: ${to}\r\nSubject: Re: ${subject.replaceAll(/[^ -~]/g, '?')}\r\nMessage-ID: <bench-draft-${String(uid)}@mail.example>\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n`;
  const body = Buffer.from(`> ${words.slice(0, 200).replaceAll(/\r?\n/g, '\r\n> ')}\r\n`);
  return Buffer.concat([Buffer.from(head), body, Buffer.alloc(Math.max(0, 2048 - head.length - body.length), 'Thank you for writing to us. ')]);
}

export function log(msg: 'started' | 'triaged' | 'ended', mails = 0): void {
  process.stderr.write(`${JSON.stringify({ time: Date.now(), msg, ...(mails > 0 ? { mails } : {}) })}\n`);
}
