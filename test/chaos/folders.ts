import { existsSync } from 'node:fs';
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Amidst } from './scenarios.ts';
import type { Shop } from './shop.ts';

/** The server forgets its UIDs: the folder's mails stay, under new ones. */
export async function changeUidValidity({ dovecot, random }: Shop): Promise<void> {
  const drafts = join(dovecot.maildir, '.Drafts');
  const folder = random.next() < 0.7 || !existsSync(drafts) ? dovecot.maildir : drafts;
  await dovecot.kill9();
  // The names of the keywords stay, which are no part of it.
  for (const name of await readdir(folder)) if (/^dovecot[.-]/.test(name) && name !== 'dovecot-keywords') await rm(join(folder, name), { recursive: true });
  // UIDVALIDITY counts seconds.
  await sleep(1_100);
  await dovecot.restart();
}

/** The watched folder or Drafts goes by another name for a while, and comes back. */
export async function renameFolders(shop: Shop, amidst: Amidst): Promise<number> {
  const { dovecot } = shop;
  const doveadm = async (...args: string[]): Promise<string> => await dovecot.doveadm(args);
  for (const name of ['Drafts', 'Sent', 'Refunds']) await doveadm('mailbox', 'create', '-u', dovecot.user, name);
  return await amidst(shop, async () => {
    const name = shop.random.next() < 0.5 ? 'Refunds' : 'Drafts';
    await doveadm('mailbox', 'rename', '-u', dovecot.user, name, 'Aside');
    await shop.pause(500, 3_000);
    const isThere = async (folder: string): Promise<boolean> => (await doveadm('mailbox', 'list', '-u', dovecot.user)).split('\n').includes(folder);
    // What was made in its place makes room for it, and may be made again in that very moment; what lies there goes back into it, and is not deleted with it.
    const made: string[] = [];
    for (let isBack = false; !isBack;) {
      if (await isThere(name)) {
        made.push(`Made ${String(made.length)}`);
        await doveadm('mailbox', 'rename', '-u', dovecot.user, name, made.at(-1) ?? '');
      }
      isBack = await doveadm('mailbox', 'rename', '-u', dovecot.user, 'Aside', name).then(() => true, () => false);
    }
    for (const each of made) {
      await doveadm('move', '-u', dovecot.user, name, 'mailbox', each, 'all');
      await doveadm('mailbox', 'delete', '-u', dovecot.user, each);
    }
  }, { faults: 3 });
}
