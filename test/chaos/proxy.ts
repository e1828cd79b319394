import { connect, createServer, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Random } from '../bench/seeded-random.ts';
import { freeLoopbackPort } from '../servers/ports.ts';

/** A TCP proxy that treats its connections as a bad network does. */
export interface FaultyProxy {
  readonly port: number;
  /** How it passes bytes on from now on, on new and on living connections. */
  treat(treatment: Treatment): void;
  /** The next connection over which these words go (`APPEND`, `FETCH`) is cut in the way that `cut` says. */
  cutAt(words: string, cut: Cut): void;
  /** Cuts all living connections at once. */
  cutAll(how: Ending): void;
  /** The words at which connections were cut by `cutAt`, one for each that was. */
  readonly cuts: () => readonly string[];
  stop(): Promise<void>;
}

/** `pass` as they come · `split` in pieces of a few bytes · `delay` each a little later · `swallow` not at all, with the connection left open. */
export type Treatment = 'pass' | 'split' | 'delay' | 'swallow';
/** `close` with a FIN, `reset` with a RST, `hang` nothing is passed on any more in either direction. */
export type Ending = 'close' | 'reset' | 'hang';

export interface Cut {
  readonly how: Ending;
  /** `before` the words arrive · `within` what follows them · `after`: the server has everything, its answer is lost. */
  readonly when: 'before' | 'within' | 'after';
}

const maxPieceBytes = 7;
/** Larger chunks would take for ever in such pieces. */
const splitBytes = 2_000;
const maxDelayMs = 40;
/** What is put away (`APPEND`) follows by itself, when the server has asked for it. */
const endsInLiteral = /\{\d+\+?\}\r\n$/;

interface Pair {
  readonly client: Socket;
  readonly server: Socket;
  hangs: boolean;
  /** How it ends when the server answers. */
  losesAnswer: Ending | null;
  /** How it ends in the middle of the literal that the client sends next. */
  losesLiteral: Ending | null;
}

export async function startFaultyProxy(serverPort: number, random: Random): Promise<FaultyProxy> {
  const pairs = new Set<Pair>();
  let treatment: Treatment = 'pass';
  const armed: { readonly words: string; readonly cut: Cut }[] = [];
  const cuts: string[] = [];
  const end = (pair: Pair, how: Ending): void => {
    if (how === 'hang') {
      pair.hangs = true;
      return;
    }
    for (const socket of [pair.client, pair.server]) {
      if (how === 'reset') socket.resetAndDestroy();
      else socket.destroy();
    }
  };
  const proxy = createServer((client) => {
    const pair: Pair = { client, server: connect(serverPort, '127.0.0.1'), hangs: false, losesAnswer: null, losesLiteral: null };
    pairs.add(pair);
    for (const socket of [client, pair.server]) {
      socket.setNoDelay(true);
      socket.on('error', () => undefined);
      socket.on('close', () => {
        pairs.delete(pair);
        if (!pair.hangs) {
          client.destroy();
          pair.server.destroy();
        }
      });
    }
    const write = async (to: Socket, chunk: Buffer): Promise<void> => {
      if (pair.hangs || to.destroyed) return;
      if (treatment === 'swallow') {
        pair.hangs = true;
        return;
      }
      if (treatment === 'delay') await sleep(random.below(maxDelayMs));
      const smallBytes = treatment === 'split' ? Math.min(chunk.length, splitBytes) : 0;
      let at = 0;
      while (at < smallBytes && !to.destroyed) {
        const piece = chunk.subarray(at, Math.min(smallBytes, at + 1 + random.below(maxPieceBytes)));
        to.write(piece);
        at += piece.length;
        // Else the system would put the pieces together again.
        await new Promise(setImmediate);
      }
      if (!to.destroyed && at < chunk.length) to.write(chunk.subarray(at));
    };
    const carry = async (to: Socket, chunk: Buffer): Promise<void> => {
      const text = chunk.toString('latin1');
      // A server that only asks for the literal (`+`) has not answered yet.
      if (pair.losesAnswer !== null && to === pair.client && !text.startsWith('+')) {
        end(pair, pair.losesAnswer);
        return;
      }
      if (pair.losesLiteral !== null && to === pair.server) {
        await write(to, chunk.subarray(0, Math.ceil(chunk.length * random.next())));
        end(pair, pair.losesLiteral);
        return;
      }
      const found = armed.findIndex(({ words }) => text.includes(words));
      const [shot] = found < 0 ? [] : armed.splice(found, 1);
      if (shot === undefined) {
        await write(to, chunk);
        return;
      }
      cuts.push(shot.words);
      const { how, when } = shot.cut;
      if (when === 'within' && to === pair.server && endsInLiteral.test(text)) {
        await write(to, chunk);
        pair.losesLiteral = how;
        return;
      }
      if (when === 'within') await write(to, chunk.subarray(0, Math.ceil(chunk.length * random.next())));
      if (when === 'after') {
        await write(to, chunk);
        pair.losesAnswer = how;
      } else {
        end(pair, how);
      }
    };
    // In order, however long one chunk takes.
    const relay = (from: Socket, to: Socket): void => {
      let last = Promise.resolve();
      from.on('data', (chunk: Buffer) => {
        from.pause();
        last = afterwards(last, async () => {
          await carry(to, chunk);
          from.resume();
        });
      });
    };
    relay(client, pair.server);
    relay(pair.server, client);
  });
  const port = await freeLoopbackPort();
  await new Promise<void>((resolve) => { proxy.listen(port, '127.0.0.1', resolve); });
  return {
    port,
    treat: (next) => { treatment = next; },
    cutAt: (words, cut) => { armed.push({ words, cut }); },
    cutAll: (how) => { for (const pair of pairs) end(pair, how); },
    cuts: () => cuts,
    stop: async () => {
      for (const { client, server } of pairs) {
        client.destroy();
        server.destroy();
      }
      await new Promise((resolve) => { proxy.close(resolve); });
    },
  };
}

async function afterwards(before: Promise<void>, work: () => Promise<void>): Promise<void> {
  await before;
  await work();
}
