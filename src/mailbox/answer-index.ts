import type { AnswerFolder, AnswerHeader, AnswerQuery } from './answer.ts';

/** The newest mails of each folder that are known by their ids. What is sent is followed mail by mail besides. */
export const indexedMails: Readonly<Record<AnswerFolder, number>> = { drafts: 50_000, sent: 10_000 };

/**
 * Which of the newest mails of Drafts or Sent bear which ids, and answer which. That never changes, so each mail's header is read once; whether a mail is still
 * there is for the mailbox to ask. So looking something up takes no longer in a folder of 100,000 mails.
 */
export class AnswerIndex {
  readonly maxMails: number;
  readonly #mails = new Map<number, IndexedIds>();
  /** Most ids stand in one mail. */
  readonly #byId = new Map<string, number | number[]>();
  #uidValidity: string | null = null;
  #knownUpTo = 0;

  constructor(maxMails: number) {
    this.maxMails = maxMails;
  }

  /** Up to this UID the folder was read; null where it was not yet, in this epoch. */
  knownUpTo(uidValidity: string): number | null {
    return this.#uidValidity === uidValidity ? this.#knownUpTo : null;
  }

  /** Nothing is known of the folder until `readUpTo`. */
  begin(): void {
    this.#mails.clear();
    this.#byId.clear();
    this.#knownUpTo = 0;
    this.#uidValidity = null;
  }

  readUpTo(uidValidity: string, uid: number): void {
    this.#uidValidity = uidValidity;
    this.#knownUpTo = Math.max(this.#knownUpTo, uid);
  }

  has(uid: number): boolean {
    return this.#mails.has(uid);
  }

  add(uid: number, header: Pick<AnswerHeader, 'messageId' | 'inReplyTo' | 'references'>): void {
    if (this.#mails.has(uid)) return;
    const parents = [...new Set([header.inReplyTo, header.references.at(-1)])].filter((id) => id !== null && id !== undefined);
    const mail: IndexedIds = { messageId: header.messageId, parents };
    this.#mails.set(uid, mail);
    for (const id of idsOf(mail)) {
      const uids = this.#byId.get(id);
      if (Array.isArray(uids)) uids.push(uid);
      else this.#byId.set(id, uids === undefined ? uid : [uids, uid]);
    }
    // Many at once: a map from which the first entry is taken again and again is slow to find it.
    if (this.#mails.size > this.maxMails * 1.1) for (const oldest of [...this.#mails.keys()].slice(0, this.#mails.size - this.maxMails)) this.remove(oldest);
  }

  remove(uid: number): void {
    const mail = this.#mails.get(uid);
    if (mail === undefined) return;
    this.#mails.delete(uid);
    for (const id of idsOf(mail)) {
      const others = this.#uidsOf(id).filter((other) => other !== uid);
      if (others.length === 0) this.#byId.delete(id);
      else this.#byId.set(id, others);
    }
  }

  uids(): readonly number[] {
    return [...this.#mails.keys()];
  }

  /** UIDs, ascending. */
  find(query: Pick<AnswerQuery, 'answering' | 'messageIds'>): number[] {
    const found = new Set<number>();
    const collect = (ids: readonly string[], bears: (mail: IndexedIds, id: string) => boolean): void => {
      for (const id of ids) {
        for (const uid of this.#uidsOf(id)) {
          const mail = this.#mails.get(uid);
          if (mail !== undefined && bears(mail, id)) found.add(uid);
        }
      }
    };
    collect(query.answering, (mail, id) => mail.parents.includes(id));
    collect(query.messageIds, (mail, id) => mail.messageId === id);
    return [...found].toSorted((a, b) => a - b);
  }

  #uidsOf(id: string): readonly number[] {
    const uids = this.#byId.get(id) ?? [];
    return typeof uids === 'number' ? [uids] : uids;
  }
}

interface IndexedIds {
  readonly messageId: string | null;
  readonly parents: readonly string[];
}

function idsOf(mail: IndexedIds): Set<string> {
  return new Set(mail.messageId === null ? mail.parents : [mail.messageId, ...mail.parents]);
}
