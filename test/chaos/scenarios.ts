import { Redis } from 'ioredis';
import { disturbDisk, mayMount } from './full-disk.ts';
import { changeUidValidity, renameFolders } from './folders.ts';
import { disturbNetwork } from './network.ts';
import { disturbSmtp, killRoles, killSending } from './sending.ts';
import { type Backend, backends, type Shop } from './shop.ts';

/** A way in which a shop is disturbed while its mail comes in. */
export interface Scenario {
  readonly name: string;
  readonly backends: readonly Backend[];
  /** Folders of the mail server, and the one that is watched, where they are not the usual ones. */
  readonly mailboxes?: string;
  readonly folder?: string;
  /** Why it cannot be run here; null where it can. */
  readonly whyNot?: () => string | null;
  /** Disturbs the shop; how many faults it made. All is well again when it ends. */
  readonly disturb: (shop: Shop) => Promise<number>;
}

const faultsPerRound = 5;

/** Mail comes in shares, and something happens in the middle of each. */
async function amidst(shop: Shop, fault: (number: number) => Promise<void>, { faults: usual = faultsPerRound, startAll = () => { shop.startAll(); } }: { readonly faults?: number; readonly startAll?: () => void } = {}): Promise<number> {
  const faults = shop.faults ?? usual;
  startAll();
  for (let number = 0; number < faults; number += 1) {
    await shop.deliver(1 / (faults - number + 1));
    if (shop.random.next() < 0.8) await shop.workBegins();
    await shop.pause(0, 400);
    await fault(number);
  }
  return faults;
}

/** kill -9, or SIGSTOP for longer than its locks last. */
async function disturbProcesses(shop: Shop): Promise<number> {
  return await amidst(shop, async () => {
    const victim = shop.processes[shop.random.below(shop.processes.length)];
    if (victim === undefined) return;
    if (shop.random.next() < 0.7) {
      await shop.kill(victim);
      shop.did('killed');
      shop.start();
      return;
    }
    shop.did('hung');
    victim.child.kill('SIGSTOP');
    await shop.pause(500, 4_000);
    victim.child.kill('SIGCONT');
  });
}

interface Killable {
  kill9(): Promise<void>;
  freeze(): void;
  thaw(): void;
}

async function disturbServer(shop: Shop, server: Killable, comeBack: () => Promise<void>): Promise<number> {
  return await amidst(shop, async () => {
    const kind = shop.random.below(3);
    if (kind === 0) {
      shop.did('hung');
      server.freeze();
      await shop.pause(300, 5_000);
      server.thaw();
      return;
    }
    await server.kill9();
    // Killed for a while, or only started again.
    shop.did(kind === 1 ? 'killed' : 'restarted');
    if (kind === 1) await shop.pause(300, 3_000);
    await comeBack();
  });
}

async function disturbClock(shop: Shop): Promise<number> {
  const hourMs = 3_600_000;
  const { random } = shop;
  const aheadMs = (1 + random.below(24)) * hourMs;
  // An hour or a day ahead at first, then set right; or right, and set back for a while.
  shop.clock = random.next() < 0.5
    ? [{ afterMs: 0, offsetMs: aheadMs }, { afterMs: 3_000 + random.below(3_000), offsetMs: 0 }]
    : [{ afterMs: 2_500 + random.below(2_000), offsetMs: -aheadMs }, { afterMs: 6_000 + random.below(3_000), offsetMs: 0 }];
  return await amidst(shop, async (number) => {
    // Something must be put off while the clock is wrong.
    if (number % 2 === 0) {
      shop.dovecot.freeze();
      await shop.pause(2_500, 3_500);
      shop.dovecot.thaw();
    } else {
      const [victim] = shop.processes;
      if (victim !== undefined) await shop.kill(victim);
      shop.start();
    }
  });
}

const saidWithinMs = 90_000;
const quotaOf = (storage: string): string => `
mail_plugins = $mail_plugins quota
protocol imap {
  mail_plugins = $mail_plugins imap_quota
}
plugin {
  quota = maildir:User quota
  quota_rule = *:storage=${storage}
}
`;

/** No draft fits for a while: drafts wait, and the program says why. */
async function disturbQuota(shop: Shop): Promise<number> {
  // Sessions of before would go on for a while by what they were told.
  const allow = async (storage: string): Promise<void> => {
    await shop.dovecot.kill9();
    await shop.dovecot.restart(quotaOf(storage));
  };
  return await amidst(shop, async () => {
    await allow('1K');
    // Else the server counts for the first time while drafts come in, and takes them all.
    await shop.dovecot.doveadm(['quota', 'recalc', '-u', shop.dovecot.user]);
    const before = shop.delivered.length;
    do await shop.deliver(0.3);
    while (shop.hasMore && !shop.delivered.slice(before).some(({ isDueDraft }) => isDueDraft === true));
    if (!(await shop.reports('mailbox_quota_exceeded', saidWithinMs))) shop.complaints.push('the mailbox was full, and no process said so');
    await shop.pause(500, 3_000);
    await allow('1G');
  }, { faults: 2 });
}

async function wipeQueue(shop: Shop): Promise<number> {
  const redis = new Redis(shop.redis?.url ?? '');
  try {
    return await amidst(shop, async () => { await redis.flushall(); });
  } finally {
    redis.disconnect();
  }
}

const onServer: readonly Backend[] = ['postgres', 'redis'];
const onRedis: readonly Backend[] = ['redis', 'redis-embedded'];
const handMadeFolders = ['Drafts', 'Sent', 'Refunds'].map((name) => `mailbox ${name} {\n auto = no\n ${name === 'Refunds' ? '' : `special_use = \\${name}\n `}}`).join('\n');

export const scenarios: readonly Scenario[] = [
  { name: 'processes', backends, disturb: disturbProcesses },
  { name: 'roles', backends: onServer, disturb: async (shop) => await killRoles(shop, amidst) },
  { name: 'redis', backends: onRedis, disturb: async (shop) => (shop.redis === null ? 0 : await disturbServer(shop, shop.redis, shop.redis.restart)) },
  { name: 'postgres', backends: onServer, disturb: async (shop) => (shop.postgres === null ? 0 : await disturbServer(shop, shop.postgres, shop.postgres.comeBack)) },
  { name: 'dovecot', backends, disturb: async (shop) => await disturbServer(shop, shop.dovecot, async () => { await shop.dovecot.restart(); }) },
  { name: 'smtp', backends, disturb: async (shop) => await disturbSmtp(shop, amidst) },
  { name: 'sending', backends, disturb: async (shop) => await killSending(shop, amidst) },
  { name: 'network', backends, disturb: async (shop) => await disturbNetwork(shop, amidst) },
  { name: 'disk', backends: ['embedded', 'redis-embedded'], whyNot: mayMount, disturb: async (shop) => await disturbDisk(shop, amidst) },
  { name: 'clock', backends, disturb: disturbClock },
  { name: 'uidvalidity', backends, disturb: async (shop) => await amidst(shop, async () => { await changeUidValidity(shop); }, { faults: 3 }) },
  { name: 'folders', backends, mailboxes: handMadeFolders, folder: 'Refunds', disturb: async (shop) => await renameFolders(shop, amidst) },
  { name: 'quota', backends, disturb: disturbQuota },
  { name: 'wiped-queue', backends: onRedis, disturb: wipeQueue },
];

export type Amidst = typeof amidst;
