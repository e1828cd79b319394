import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createMaildir, deliverToMaildir } from '../../src/mailbox/maildir-delivery.ts';
import { MaildirMailbox } from '../../src/mailbox/maildir-mailbox.ts';

/** A Maildir as a person sees it who looks into it from outside. */
export interface MaildirView {
  readonly path: string;
  deliver(source: Buffer): Promise<void>;
  /** In-Reply-To of every draft in Drafts: the Message-IDs of the mails that were answered, sorted. */
  answered(): string[];
  /** Our keyword on each mail of the inbox, by Message-ID. */
  keywords(): Promise<ReadonlyMap<string, readonly string[]>>;
  /** Message-IDs of mails in the inbox that were marked as read. */
  seen(): string[];
}

export async function openMaildirView(path: string): Promise<MaildirView> {
  await createMaildir(path);
  return {
    path,
    deliver: async (source) => { await deliverToMaildir(path, source); },
    answered: () => filesIn(join(path, '.Drafts')).map(({ source }) => headerOf(source, 'In-Reply-To')).toSorted(),
    keywords: async () => {
      const mailbox = new MaildirMailbox({ name: 'view', path });
      await mailbox.open();
      const found = new Map<string, readonly string[]>();
      for await (const mail of mailbox.fetch(await mailbox.listUidsAfter(0))) {
        found.set(headerOf(mail.source.toString('utf8'), 'Message-ID'), mail.keywords.filter((keyword) => keyword.startsWith('$RefundTriage')));
      }
      await mailbox.close();
      return found;
    },
    seen: () => filesIn(path).filter(({ name }) => /:2,[A-Za-z]*S/.test(name)).map(({ source }) => headerOf(source, 'Message-ID')),
  };
}

function headerOf(source: string, name: string): string {
  return new RegExp(`^${name}: (.*)\\r?$`, 'm').exec(source)?.[1]?.trim() ?? '';
}

function filesIn(folder: string): { name: string; source: string }[] {
  return ['new', 'cur'].flatMap((place) => {
    const directory = join(folder, place);
    if (!existsSync(directory)) return [];
    return readdirSync(directory).map((name) => ({ name, source: readFileSync(join(directory, name), 'utf8') }));
  });
}
