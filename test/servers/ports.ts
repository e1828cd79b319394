import { connect, createServer } from 'node:net';

/** A TCP port on 127.0.0.1 that was free a moment ago. */
export async function freeLoopbackPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host: '127.0.0.1', port: 0 }, resolve);
  });
  const address = server.address();
  await new Promise<void>((resolve) => {
    server.close(() => resolve());
  });
  if (address === null || typeof address === 'string') throw new Error('no TCP port was given out');
  return address.port;
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
