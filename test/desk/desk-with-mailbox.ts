import { bundledTemplatesDir } from '../../src/config.ts';
import type { Mailbox } from '../../src/mailbox/mailbox.ts';
import { loadPacks } from '../../src/packs/load-packs.ts';
import { type DeskPlace, startDeskPlace } from '../sending/desk-place.ts';
import { openTestDesk, type TestDesk } from './desk-app.ts';

/** A desk that works on the mail of a real mail server, with a worker that drafts and a server to send by. */
export interface DeskWithMailbox {
  readonly desk: TestDesk;
  readonly place: DeskPlace;
  close(): Promise<void>;
}

export async function openDeskWithMailbox(): Promise<DeskWithMailbox> {
  const packs = await loadPacks(bundledTemplatesDir);
  const mailboxes = new Map<string, Mailbox>();
  const desk = await openTestDesk({ context: { mailboxes, packs: () => packs } });
  const place = await startDeskPlace(async () => await Promise.resolve(desk.store));
  mailboxes.set('support', place.mailbox);
  return {
    desk, place,
    close: async () => {
      await place.stopServers();
      await desk.close();
    },
  };
}
