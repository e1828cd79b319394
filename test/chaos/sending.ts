import type { Behaviour } from '../servers/smtp.ts';
import type { Amidst } from './scenarios.ts';
import type { Shop, ShopProcess } from './shop.ts';

const sendTimeoutMs = 20_000;
const strange: readonly Behaviour[] = ['take_and_drop', 'lose_and_drop', 'drop_early', 'defer', 'defer_text'];

/** The SMTP server is killed, hung and started again while replies go out, or treats them strangely. */
export async function disturbSmtp(shop: Shop, amidst: Amidst): Promise<number> {
  const { smtp, random } = shop;
  shop.settings = { ...shop.settings, approvesOneOf: 1 };
  return await amidst(shop, async () => {
    const kind = random.below(4);
    if (kind === 3) {
      shop.did('strange answers');
      smtp.behave(...Array.from({ length: 3 }, () => strange[random.below(strange.length)] ?? 'accept'));
      await shop.pause(500, 1_500);
      return;
    }
    // Some with a mail's text in its hands, for which it has not answered.
    if (random.next() < 0.4) smtp.behave('hang');
    await smtp.hears(random.next() < 0.5 ? 'hanging' : 'connected', sendTimeoutMs);
    await shop.pause(0, 40);
    if (kind === 0) {
      shop.did('hung');
      smtp.freeze();
      await shop.pause(300, 5_000);
      smtp.thaw();
      smtp.behave();
      smtp.release();
      return;
    }
    await smtp.kill9();
    shop.did(kind === 1 ? 'killed' : 'restarted');
    if (kind === 1) await shop.pause(300, 3_000);
    await smtp.restart();
  });
}

/** The process that sends is killed: with a mail's text at the server, right after the server took it, or at any moment of sending. */
export async function killSending(shop: Shop, amidst: Amidst): Promise<number> {
  const { smtp, random } = shop;
  shop.settings = { ...shop.settings, approvesOneOf: 1 };
  // Where the store takes several, the desk is one of its own, as in a shop of many machines.
  const isApart = shop.dataDir === null;
  const startAll = (): void => {
    if (isApart) shop.start(['watch', 'work']);
    shop.start(isApart ? ['desk'] : undefined);
  };
  return await amidst(shop, async () => {
    const kind = random.below(3);
    if (kind === 0) {
      smtp.behave('hang');
      if (await smtp.hears('hanging', sendTimeoutMs)) shop.did('killed with the text handed over');
    } else if (kind === 1) {
      if (await smtp.hears('taken', sendTimeoutMs)) shop.did('killed when the server had the mail');
      await shop.pause(0, 60);
    } else {
      if (await smtp.hears('connected', sendTimeoutMs)) shop.did('killed while it sent');
      await shop.pause(0, 25);
    }
    const desk = shop.processes.find(({ roles }) => roles.includes('desk'));
    if (desk === undefined) return;
    await shop.kill(desk);
    // The text arrives after all, or goes down with the connection.
    if (kind === 0 && random.next() < 0.5) smtp.release();
    smtp.behave();
    await shop.pause(0, 1_000);
    shop.start(desk.roles);
  }, { startAll });
}

/** Each role is a process of its own; one of them is killed, is away for a while, and the others go on. */
export async function killRoles(shop: Shop, amidst: Amidst): Promise<number> {
  const { random } = shop;
  const kill = async (victim: ShopProcess): Promise<void> => {
    await shop.kill(victim);
    shop.did(`${victim.roles.join()} killed`);
    await shop.pause(0, 2_500);
    shop.start(victim.roles);
  };
  return await amidst(shop, async () => {
    const victim = shop.processes[random.below(shop.processes.length)];
    if (victim !== undefined) await kill(victim);
  }, { startAll: () => { for (const role of ['watch', 'work', 'desk'] as const) shop.start([role]); } });
}
