import type { FetchMessageObject, MessageStructureObject } from 'imapflow';
import { runImapCommand, toUidSet, type ImapArgument } from '../../src/mailbox/imap-command.ts';
import { connect, draftFor, keyword, listUids, log } from './bare-loop.ts';

/** The fastest bare loop there is: text parts alone in batches, all drafts of a batch in one command, one keyword command each. */
const batchMails = 50;
const client = await connect();
const uids = await listUids(client);
for (let start = 0; start < uids.length; start += batchMails) {
  const batch = uids.slice(start, start + batchMails);
  const rows = await client.fetchAll(batch, { uid: true, envelope: true, bodyStructure: true }, { uid: true });
  const groups = new Map<string, FetchMessageObject[]>();
  for (const row of rows) {
    const parts = textParts(row.bodyStructure).map(({ part }) => part).join(',');
    groups.set(parts, [...(groups.get(parts) ?? []), row]);
  }
  const messages: ImapArgument[] = [];
  for (const [parts, group] of groups) {
    const texts = await client.fetchAll(group.map(({ uid }) => uid), { uid: true, bodyParts: parts === '' ? [] : parts.split(',') }, { uid: true });
    const byUid = new Map(texts.map((row) => [row.uid, row]));
    for (const row of group) {
      messages.push([{ type: 'ATOM', value: '\\Draft' }, { type: 'ATOM', value: '\\Seen' }], { type: 'LITERAL', value: draftOf(row, byUid.get(row.uid)) });
    }
  }
  await runImapCommand(client, 'APPEND', [{ type: 'STRING', value: 'Drafts' }, ...messages]);
  await runImapCommand(client, 'UID STORE', [
    { type: 'SEQUENCE', value: toUidSet(batch) }, { type: 'ATOM', value: '+FLAGS.SILENT' }, [{ type: 'ATOM', value: keyword }],
  ]);
  log('triaged', batch.length);
}
await client.logout();
log('ended');

interface TextPart {
  readonly part: string;
  readonly encoding: string;
}

function textParts(node: MessageStructureObject | undefined): TextPart[] {
  if (node === undefined) return [];
  if (node.childNodes !== undefined) return node.childNodes.flatMap(textParts);
  if (!node.type.startsWith('text/') || node.disposition === 'attachment') return [];
  return [{ part: node.part ?? '1', encoding: node.encoding ?? '7bit' }];
}

function draftOf(row: FetchMessageObject, texts: FetchMessageObject | undefined): Buffer {
  const words = textParts(row.bodyStructure).map(({ part, encoding }) => decode(texts?.bodyParts?.get(part), encoding)).join('\n');
  return draftFor(row.uid, row.envelope?.subject ?? '', row.envelope?.from?.[0]?.address ?? '', words);
}

function decode(bytes: Buffer | null | undefined, encoding: string): string {
  if (bytes === null || bytes === undefined) return '';
  if (encoding === 'base64') return Buffer.from(bytes.toString('latin1'), 'base64').toString('utf8');
  if (encoding !== 'quoted-printable') return bytes.toString('utf8');
  const unescaped = bytes.toString('latin1').replaceAll(/=\r?\n/g, '').replaceAll(/=(?<hex>[\dA-F]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(unescaped, 'latin1').toString('utf8');
}
