import { setTimeout as pause } from 'node:timers/promises';
import type { MailPointer } from '../cases/mail-pointer.ts';
import { TriageError } from '../errors.ts';
import type { FetchDepth, FetchedMail, Mailbox } from '../mailbox/mailbox.ts';
import type { Message } from '../message/message.ts';
import { readHtmlBody } from '../message/read-html-body.ts';
import { readMessage } from '../message/read-message.ts';
import type { DeskContext } from './desk-context.ts';

/** A mail that the store knows, as it lies in its mailbox now: bodies are read from there each time somebody looks, and kept nowhere but for a few minutes in memory. */
export type MailOnView =
  | { readonly kind: 'read'; readonly message: Message; readonly mailbox: Mailbox; readonly uid: number; readonly hasRemotePictures: boolean }
  /** Moved or deleted in the mailbox. */
  | { readonly kind: 'gone' }
  /** The mailbox does not answer, or the desk has no access to it. */
  | { readonly kind: 'unavailable'; readonly code: string };

export interface KnownMail extends MailPointer {
  readonly id: number;
  readonly fingerprint: string;
}

export interface MailReader {
  read(mail: KnownMail): Promise<MailOnView>;
  /** The source, with pictures and documents as a whole. Null where it cannot be had. */
  fetchSource(mail: KnownMail): Promise<FetchedMail | null>;
}

const maxKept = 60;
const keptMs = 180_000;
/** A page does not wait longer for a mailbox; it is shown without the mail. */
const maxWaitMs = 6_000;

export function openMailReader(desk: DeskContext): MailReader {
  const kept = new Map<number, { readonly view: MailOnView; readonly untilMs: number }>();
  const keep = (id: number, view: MailOnView): void => {
    kept.delete(id);
    if (view.kind === 'read') kept.set(id, { view, untilMs: performance.now() + keptMs });
    for (const [oldest] of kept) if (kept.size > maxKept) kept.delete(oldest);
  };
  return {
    read: async (mail) => {
      const known = kept.get(mail.id);
      if (known !== undefined && known.untilMs > performance.now()) return known.view;
      const view = await within(maxWaitMs, readMail(desk, mail));
      keep(mail.id, view);
      return view;
    },
    fetchSource: async (mail) => {
      const mailbox = desk.mailboxes.get(mail.mailbox);
      return mailbox === undefined ? null : await fetchMail(desk, mailbox, mail, 'files');
    },
  };
}

async function readMail(desk: DeskContext, mail: KnownMail): Promise<MailOnView> {
  const mailbox = desk.mailboxes.get(mail.mailbox);
  if (mailbox === undefined) return { kind: 'unavailable', code: 'no_access' };
  try {
    const fetched = await fetchMail(desk, mailbox, mail, 'beginnings');
    if (fetched === null) return { kind: 'gone' };
    const { source, internalDate, bytes, partBytes, uid } = fetched;
    const ownAddresses = desk.packs().flatMap(({ policy }) => [...policy.addresses, policy.from.address]);
    return { kind: 'read', message: await readMessage(source, { internalDate, bytes, partBytes, ownAddresses }), mailbox, uid, hasRemotePictures: asksForPictures(source, partBytes) };
  } catch (error) {
    if (!(error instanceof TriageError)) throw error;
    desk.logger.warn({ mailbox: mail.mailbox, code: error.code }, 'a mail could not be read for the desk');
    return { kind: 'unavailable', code: error.code };
  }
}

const maxLookedAtBytes = 1_000_000;

/** Whether its HTML would fetch pictures from other servers, were it let to. */
function asksForPictures(source: Buffer, partBytes: readonly number[] | null): boolean {
  const body = readHtmlBody(source, partBytes, { maxHtmlBytes: maxLookedAtBytes, maxPictureBytes: 0 });
  return body?.pieces.some(({ kind, text }) => kind === 'html' && /\bsrc\s{0,20}=[\s"']{0,20}https?:/iu.test(text)) === true;
}

/** Also where the folder was made anew, and the mail has another UID there. */
async function fetchMail(desk: DeskContext, mailbox: Mailbox, mail: KnownMail, depth: FetchDepth): Promise<FetchedMail | null> {
  const { uidValidity } = await mailbox.open();
  const rows = await desk.store.database.query<{ uid: number }>(
    `SELECT uid FROM refund_triage.messages WHERE mailbox = $1 AND uid_validity = $2 AND (id = $3 OR fingerprint = $4) ORDER BY id = $3 DESC, id DESC LIMIT 5`,
    [mail.mailbox, uidValidity, mail.id, mail.fingerprint],
  );
  for (const { uid } of rows) {
    let found: FetchedMail | null = null;
    // To its end, so that the connection is free again.
    for await (const fetched of mailbox.fetch([uid], depth)) if (fetched.uid === uid) found ??= fetched;
    if (found !== null) return found;
  }
  return null;
}

async function within(ms: number, work: Promise<MailOnView>): Promise<MailOnView> {
  const abandon = new AbortController();
  try {
    return await Promise.race([work, pause(ms, undefined, { signal: abandon.signal }).then((): MailOnView => ({ kind: 'unavailable', code: 'time_out' }), (): MailOnView => ({ kind: 'gone' }))]);
  } finally {
    abandon.abort();
  }
}
