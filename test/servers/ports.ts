import { randomInt } from 'node:crypto';
import { connect, createServer } from 'node:net';

/**
 * A TCP port on 127.0.0.1 that was free a moment ago. It lies below those that systems give to outgoing connections (Linux: from 32768): such a one could be taken, even by a client that
 * connects to itself (RFC 9293, 3.5: simultaneous open), while the server that has it is restarted.
 */
export async function freeLoopbackPort(): Promise<number> {
  for (let attempt = 0; attempt < 100; attempt += 1) {
    const port = randomInt(20_000, 32_000);
    if (await isFree(port)) return port;
  }
  throw new Error('no free TCP port was found between 20000 and 32000');
}

async function isFree(port: number): Promise<boolean> {
  const server = createServer();
  return await new Promise<boolean>((resolve) => {
    server.once('error', () => { resolve(false); });
    server.listen({ host: '127.0.0.1', port }, () => { server.close(() => { resolve(true); }); });
  });
}

/** Waits until something accepts connections on the port; throws with `explain()` when nothing does in time. */
export async function waitForPort(port: number, explain: () => string, timeoutMs = 15_000): Promise<void> {
  await tryUntil('connect', port, explain, timeoutMs);
}

/** Waits until the server on the port says its first words, as IMAP and SMTP servers do once they are ready. */
export async function waitForGreeting(port: number, explain: () => string, timeoutMs = 15_000): Promise<void> {
  await tryUntil('data', port, explain, timeoutMs);
}

async function tryUntil(event: 'connect' | 'data', port: number, explain: () => string, timeoutMs: number): Promise<void> {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    const heard = await new Promise<boolean>((resolve) => {
      const socket = connect({ host: '127.0.0.1', port, timeout: 2_000 });
      const end = (result: boolean): void => {
        socket.destroy();
        resolve(result);
      };
      socket.once(event, () => end(true));
      socket.once('error', () => end(false));
      socket.once('close', () => end(false));
      socket.once('timeout', () => end(false));
    });
    if (heard) return;
    if (Date.now() > deadline) throw new Error(`nothing answers on 127.0.0.1:${port}: ${explain()}`);
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}
