import type { AnswerHeader, AnswerQuery } from './answer.ts';

export interface IndexedAnswer extends AnswerHeader {
  readonly uid: number;
  readonly bytes: number;
  readonly storedAt: Date;
}

/**
 * The headers of the newest mails of Drafts or Sent, by the ids in them. They never change, so each is read once; that a mail is still there is for the mailbox to
 * ask. So looking something up takes no longer in a folder of 100,000 mails.
 */
export class AnswerIndex {
  readonly #maxMails: number;
  readonly #answers = new Map<number, IndexedAnswer>();
  readonly #byId = new Map<string, Set<number>>();
  readonly #digests = new Map<number, string>();
  #uidValidity: string | null = null;
  #highest = 0;

  constructor(maxMails: number) {
    this.#maxMails = maxMails;
  }

  /** Up to here the folder was read; null where it was not yet, in this epoch. */
  knownUpTo(uidValidity: string): number | null {
    return this.#uidValidity === uidValidity ? this.#highest : null;
  }

  begin(uidValidity: string): void {
    this.#answers.clear();
    this.#byId.clear();
    this.#digests.clear();
    this.#highest = 0;
    this.#uidValidity = uidValidity;
  }

  forget(): void {
    this.begin('');
    this.#uidValidity = null;
  }

  add(answer: IndexedAnswer): void {
    this.#highest = Math.max(this.#highest, answer.uid);
    if (this.#answers.has(answer.uid)) return;
    this.#answers.set(answer.uid, answer);
    for (const id of idsOf(answer)) {
      const uids = this.#byId.get(id);
      if (uids === undefined) this.#byId.set(id, new Set([answer.uid]));
      else uids.add(answer.uid);
    }
    if (this.#answers.size <= this.#maxMails) return;
    const [oldest] = this.#answers.keys();
    if (oldest !== undefined) this.remove(oldest);
  }

  remove(uid: number): void {
    const answer = this.#answers.get(uid);
    if (answer === undefined) return;
    this.#answers.delete(uid);
    this.#digests.delete(uid);
    for (const id of idsOf(answer)) {
      const uids = this.#byId.get(id);
      uids?.delete(uid);
      if (uids?.size === 0) this.#byId.delete(id);
    }
  }

  get(uid: number): IndexedAnswer | undefined {
    return this.#answers.get(uid);
  }

  uids(): readonly number[] {
    return [...this.#answers.keys()];
  }

  /** By UID, ascending. */
  find(query: Pick<AnswerQuery, 'answering' | 'messageIds'>): IndexedAnswer[] {
    const found = new Map<number, IndexedAnswer>();
    const collect = (ids: readonly string[], bears: (answer: IndexedAnswer, id: string) => boolean): void => {
      for (const id of ids) {
        for (const uid of this.#byId.get(id) ?? []) {
          const answer = this.#answers.get(uid);
          if (answer !== undefined && bears(answer, id)) found.set(uid, answer);
        }
      }
    };
    collect(query.answering, (answer, id) => answer.inReplyTo === id || answer.references.at(-1) === id);
    collect(query.messageIds, (answer, id) => answer.messageId === id);
    return [...found.values()].toSorted((a, b) => a.uid - b.uid);
  }

  digestOf(uid: number): string | undefined {
    return this.#digests.get(uid);
  }

  noteDigest(uid: number, digest: string): void {
    this.#digests.set(uid, digest);
  }
}

function idsOf(answer: AnswerHeader): Set<string> {
  return new Set([answer.messageId, answer.inReplyTo, answer.references.at(-1)].filter((id) => id !== null && id !== undefined));
}
