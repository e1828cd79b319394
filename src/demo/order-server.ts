import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { z } from 'zod';

/** A merchant's order server, as small as one can be: `GET /orders?number=…` or `?email=…` gives the orders of a JSON file that fit, to whoever has the token. For this machine only. */
export interface OrderServer {
  /** `http://127.0.0.1:PORT` */
  readonly url: string;
  readonly close: () => Promise<void>;
}

const ordersSchema = z.array(z.looseObject({ number: z.string(), customer: z.object({ email: z.string() }) }));

export async function startOrderServer(ordersFile: string, token: string): Promise<OrderServer> {
  const orders = ordersSchema.parse(JSON.parse(await readFile(ordersFile, 'utf8')));
  const server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://orders.invalid');
    const answer = (status: number, body: object): void => {
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    };
    if (request.headers.authorization !== `Bearer ${token}`) answer(401, { error: 'the token is not known' });
    else if (request.method !== 'GET' || pathname !== '/orders') answer(404, { error: 'there is only GET /orders' });
    else answer(200, { orders: orders.filter(({ number, customer }) => number === searchParams.get('number') || customer.email === searchParams.get('email')?.toLowerCase()) });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = addressOf(server.address());
  return {
    url: `http://127.0.0.1:${String(port)}`,
    close: async () => {
      server.closeAllConnections();
      await new Promise<void>((resolve) => { server.close(() => { resolve(); }); });
    },
  };
}

function addressOf(address: AddressInfo | string | null): AddressInfo {
  if (address === null || typeof address === 'string') throw new Error('the order server has no port');
  return address;
}
