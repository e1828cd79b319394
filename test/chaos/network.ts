import { type Cut, type Ending, startFaultyProxy, type Treatment } from './proxy.ts';
import type { Amidst } from './scenarios.ts';
import type { Shop } from './shop.ts';

const endings: readonly Ending[] = ['close', 'reset', 'hang'];
const moments: readonly Cut['when'][] = ['before', 'within', 'after'];
const treatments: readonly Treatment[] = ['split', 'delay', 'swallow'];
const words = ['FETCH', 'APPEND', 'APPEND', 'STORE', 'EXPUNGE', 'SEARCH'] as const;

/** Connections to the mail server, to the store and to the queue are cut in the middle of commands, delayed, split and silenced. */
export async function disturbNetwork(shop: Shop, amidst: Amidst): Promise<number> {
  const { random } = shop;
  const pick = <Item>(items: readonly [Item, ...Item[]] | readonly Item[]): Item => {
    const item = items[random.below(items.length)];
    if (item === undefined) throw new RangeError('nothing to pick from');
    return item;
  };
  const { place, imap } = shop.settings;
  const direct = shop.settings;
  const mail = await startFaultyProxy(imap.port, random);
  const database = 'databaseUrl' in place.store ? new URL(place.store.databaseUrl) : null;
  const queue = place.redisUrl === null ? null : new URL(place.redisUrl);
  const behind = await Promise.all([database, queue].flatMap((url) => (url === null ? [] : [url])).map(async (url) => {
    const proxy = await startFaultyProxy(Number(url.port), random);
    url.port = String(proxy.port);
    return proxy;
  }));
  shop.settings = { ...direct, imap: { ...imap, port: mail.port }, place: { store: database === null ? place.store : { databaseUrl: database.href }, redisUrl: queue?.href ?? null } };
  try {
    return await amidst(shop, async () => {
      const kind = random.below(4);
      if (kind < 2) {
        for (let cut = 0; cut < 3; cut += 1) mail.cutAt(pick(words), { how: pick(endings), when: pick(moments) });
        await shop.deliver(0.2);
        await shop.pause(500, 3_000);
      } else if (kind === 2) {
        const [proxy, treatment] = [pick([mail, ...behind]), pick(treatments)];
        shop.did(treatment);
        proxy.treat(treatment);
        await shop.deliver(0.2);
        await shop.pause(500, 3_000);
        proxy.treat('pass');
        if (treatment === 'swallow') proxy.cutAll(pick(['close', 'reset']));
      } else {
        shop.did('all cut');
        pick([mail, ...behind]).cutAll(pick(['close', 'reset']));
      }
    });
  } finally {
    for (const process of shop.processes) await shop.kill(process);
    for (const cut of mail.cuts()) shop.did(`cut at ${cut}`);
    shop.settings = direct;
    await Promise.all([mail, ...behind].map(async (proxy) => { await proxy.stop(); }));
  }
}
