import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';

export type Handler = (request: IncomingMessage, response: ServerResponse) => void;

/** An order server of the tests on a free loopback port; it answers as it is told. */
export interface LocalOrders {
  /** `http://127.0.0.1:PORT` */
  readonly base: string;
  readonly asked: IncomingMessage[];
  readonly respond: (handler: Handler) => void;
  readonly close: () => Promise<void>;
}

export async function startLocalOrders(): Promise<LocalOrders> {
  const asked: IncomingMessage[] = [];
  let handle: Handler = json({}, 404);
  const server = createServer((request, response) => {
    asked.push(request);
    handle(request, response);
  });
  await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  return {
    base: `http://127.0.0.1:${String(address.port)}`,
    asked,
    respond: (handler) => { handle = handler; },
    close: async () => {
      server.closeAllConnections();
      await new Promise<void>((resolve) => { server.close(() => { resolve(); }); });
    },
  };
}

export function json(body: unknown, status = 200): Handler {
  return (_, response) => { response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body)); };
}
