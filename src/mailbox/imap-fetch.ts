import type { FetchMessageObject, FetchQueryObject, ImapFlow } from 'imapflow';
import { toUidSet } from './imap-command.ts';
import type { FetchDepth, FetchedMail } from './mailbox.ts';
import { planSlimFetch, readLimits } from './slim-plan.ts';
import type { SlimPlan } from './slim-plan.ts';
import { composeSlimSource } from './slim-source.ts';

/** What is known of a mail before its content is read. */
export interface MailOutline {
  readonly uid: number;
  readonly internalDate: Date;
  readonly keywords: readonly string[];
  readonly bytes: number;
  readonly plan: SlimPlan | null;
}

/** Mails that one FETCH reads, all in the same way. */
export type FetchGroup =
  | { readonly how: 'whole'; readonly mails: readonly MailOutline[] }
  | { readonly how: 'beginning'; readonly mails: readonly MailOutline[] }
  | { readonly how: 'slim'; readonly plan: SlimPlan; readonly mails: readonly MailOutline[] };

/** Bytes that one command may bring, so that a batch of large mails is read in several. */
const groupBytes = 8 * 1024 * 1024;

/** Sizes, dates, keywords and structures of the mails that still exist. */
export async function fetchOutlines(client: ImapFlow, uids: readonly number[], maxMailBytes: number, depth: FetchDepth = 'beginnings'): Promise<MailOutline[]> {
  const rows = await fetchRows(client, uids, { size: true, internalDate: true, flags: true, bodyStructure: true });
  const outlines: MailOutline[] = [];
  for (const row of rows) {
    if (row.size === undefined) continue;
    const date = row.internalDate instanceof Date ? row.internalDate : new Date(row.internalDate ?? Number.NaN);
    outlines.push({
      uid: row.uid,
      internalDate: Number.isNaN(date.getTime()) ? new Date() : date,
      keywords: [...(row.flags ?? [])].filter((flag) => !flag.startsWith('\\')),
      bytes: row.size,
      plan: row.size <= readLimits.wholeMailBytes ? null : planSlimFetch(row.bodyStructure, row.size, maxMailBytes, depth),
    });
  }
  return outlines;
}

export async function fetchSubjects(client: ImapFlow, uids: readonly number[]): Promise<ReadonlyMap<number, Buffer>> {
  const rows = uids.length === 0 ? [] : await fetchRows(client, uids, { headers: ['subject'] });
  return new Map(rows.flatMap(({ uid, headers }) => (headers === undefined ? [] : [[uid, headers]])));
}

/** The commands that read these mails, few of them: all small mails together, large ones by equal structure. */
export function groupForFetching(outlines: readonly MailOutline[]): FetchGroup[] {
  const groups: FetchGroup[] = [];
  const open = new Map<string, { mails: MailOutline[]; bytes: number }>();
  for (const outline of outlines) {
    const how = outline.bytes <= readLimits.wholeMailBytes ? 'whole' : outline.plan === null ? 'beginning' : 'slim';
    const key = outline.plan?.key ?? how;
    const bytes = outline.plan?.readBytes ?? Math.min(outline.bytes, readLimits.beginningBytes);
    const group = open.get(key);
    if (group !== undefined && group.bytes + bytes <= groupBytes) {
      group.mails.push(outline);
      group.bytes += bytes;
      continue;
    }
    const mails = [outline];
    open.set(key, { mails, bytes });
    groups.push(outline.plan === null ? { how: how === 'whole' ? 'whole' : 'beginning', mails } : { how: 'slim', plan: outline.plan, mails });
  }
  return groups;
}

/** Reads one group. Never sets `\Seen`: ImapFlow asks for BODY.PEEK only. */
export async function fetchGroup(client: ImapFlow, group: FetchGroup, maxMailBytes: number): Promise<FetchedMail[]> {
  if (group.how !== 'slim') {
    return fetchSources(client, group.mails, group.how === 'whole' ? true : { maxLength: Math.min(readLimits.beginningBytes, maxMailBytes) });
  }
  const byUid = new Map(group.mails.map((mail) => [mail.uid, mail]));
  const rows = await fetchRows(client, [...byUid.keys()], {
    bodyParts: group.plan.sections.map((section) => ({ key: section.key, maxLength: section.maxBytes })),
  });
  const fetched: FetchedMail[] = [];
  const unusable: MailOutline[] = [];
  for (const row of rows) {
    const outline = byUid.get(row.uid);
    if (outline?.plan == null) continue;
    const source = composeSlimSource(outline.plan, sectionsOf(row), outline.bytes);
    if (source === null) unusable.push(outline);
    else fetched.push(toFetchedMail(outline, source, outline.plan.leaves.map((leaf) => leaf.bytes)));
  }
  for (const outline of unusable) fetched.push(...(await fetchGroup(client, { how: 'beginning', mails: [outline] }, maxMailBytes)));
  return fetched;
}

async function fetchSources(client: ImapFlow, mails: readonly MailOutline[], source: true | { maxLength: number }): Promise<FetchedMail[]> {
  const byUid = new Map(mails.map((mail) => [mail.uid, mail]));
  const rows = await fetchRows(client, [...byUid.keys()], { source });
  const fetched: FetchedMail[] = [];
  for (const row of rows) {
    const outline = byUid.get(row.uid);
    if (outline !== undefined && row.source !== undefined) fetched.push(toFetchedMail(outline, row.source, null));
  }
  return fetched;
}

async function fetchRows(client: ImapFlow, uids: readonly number[], query: FetchQueryObject): Promise<FetchMessageObject[]> {
  const wanted = new Set(uids);
  const rows = await client.fetchAll(toUidSet(uids), { uid: true, ...query }, { uid: true });
  // Rows that nobody asked for come in between, when another client stores flags.
  return rows.filter((row) => wanted.has(row.uid));
}

function sectionsOf(row: FetchMessageObject): Map<string, Buffer> {
  const sections = new Map<string, Buffer>();
  if (row.headers !== undefined) sections.set('HEADER', row.headers);
  for (const [key, value] of row.bodyParts ?? []) if (Buffer.isBuffer(value)) sections.set(key.toUpperCase(), value);
  return sections;
}

function toFetchedMail(outline: MailOutline, source: Buffer, partBytes: readonly number[] | null): FetchedMail {
  const { uid, internalDate, keywords, bytes } = outline;
  return { uid, internalDate, keywords, bytes, source, partBytes };
}
