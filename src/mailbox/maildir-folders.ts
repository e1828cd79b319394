import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { AnswerFolder } from './answer.ts';
import { MaildirAnswers } from './maildir-answers.ts';
import { createMaildir } from './maildir-delivery.ts';
import { decodeFolderName, encodeFolderName } from './maildir-names.ts';
import { rankFolderName } from './special-folders.ts';

/** Drafts or Sent of a Maildir as it is there now. */
export interface MaildirSpecialFolder {
  /** For people. */
  readonly name: string;
  /** In modified UTF-7, without the leading dot. */
  readonly diskName: string;
  readonly path: string;
  readonly answers: MaildirAnswers;
}

/** Finds Drafts and Sent among the Maildir++ folders of a Maildir, each time anew: a mail program may make, rename or remove them. */
export class MaildirFolders {
  readonly #maildir: string;
  readonly #configured: Readonly<Record<AnswerFolder, string | undefined>>;
  readonly #answers = new Map<string, MaildirAnswers>();

  constructor(maildir: string, configured: Readonly<Record<AnswerFolder, string | undefined>>) {
    this.#maildir = maildir;
    this.#configured = configured;
  }

  async find(kind: AnswerFolder): Promise<MaildirSpecialFolder | null> {
    const configured = this.#encodedName(kind);
    const found = await readdir(this.#maildir, { withFileTypes: true });
    const folders = found.filter((entry) => entry.isDirectory() && entry.name.startsWith('.')).map((entry) => entry.name.slice(1));
    if (configured !== null) return folders.includes(configured) ? this.#folder(kind, configured) : null;
    const [best] = folders
      .map((folder) => ({ folder, rank: rankFolderName(kind, decodeFolderName(folder.split('.').at(-1) ?? '')) }))
      .filter(({ rank }) => rank >= 0)
      .toSorted((a, b) => a.folder.split('.').length - b.folder.split('.').length || a.rank - b.rank);
    return best === undefined ? null : this.#folder(kind, best.folder);
  }

  /** Makes it, or what is missing of it, where it is not there. */
  async make(kind: AnswerFolder): Promise<MaildirSpecialFolder> {
    const found = await this.find(kind);
    const name = found?.diskName ?? this.#encodedName(kind) ?? (kind === 'drafts' ? 'Drafts' : 'Sent');
    await createMaildir(this.#maildir, name);
    return found ?? this.#folder(kind, name);
  }

  #folder(kind: AnswerFolder, diskName: string): MaildirSpecialFolder {
    const path = join(this.#maildir, `.${diskName}`);
    const answers = this.#answers.get(path) ?? new MaildirAnswers(kind, path);
    this.#answers.set(path, answers);
    return { name: decodeFolderName(diskName), diskName, path, answers };
  }

  #encodedName(kind: AnswerFolder): string | null {
    const name = this.#configured[kind];
    return name === undefined ? null : encodeFolderName(name.replaceAll('/', '.'));
  }
}
