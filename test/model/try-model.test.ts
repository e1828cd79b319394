import { once } from 'node:events';
import { createServer } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { tryModel } from '../../src/model/try-model.ts';
import { Secret } from '../../src/secret.ts';
import { freeLoopbackPort } from '../servers/ports.ts';

/** The list of models that a server has, for whoever has the key. */
async function startLocalModels(names: readonly string[]): Promise<{ readonly baseUrl: string; readonly close: () => Promise<void> }> {
  const server = createServer((request, response) => {
    const isKnown = request.headers.authorization === 'Bearer sk-right' && request.url === '/v1/models' && request.method === 'GET';
    response.writeHead(isKnown ? 200 : 401, { 'content-type': 'application/json' });
    response.end(JSON.stringify(isKnown ? { object: 'list', data: names.map((id) => ({ id, object: 'model' })) } : { error: { message: 'no' } }));
  });
  const port = await freeLoopbackPort();
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  return {
    baseUrl: `http://127.0.0.1:${String(port)}/v1`,
    close: async () => {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

let server: Awaited<ReturnType<typeof startLocalModels>>;
let host: string;

beforeAll(async () => {
  server = await startLocalModels(['small', 'large']);
  ({ host } = new URL(server.baseUrl));
});

afterAll(async () => {
  await server.close();
});

async function tried(name: string, key: string, baseUrl = server.baseUrl): Promise<string> {
  return await tryModel({ name, baseUrl, apiKey: new Secret(key) });
}

describe('trying a model', () => {
  it('says where it is, and whether its server knows it', async () => {
    expect(await tried('small', 'sk-right')).toBe(`small at ${host}`);
    expect(await tried('small', 'sk-right', `${server.baseUrl}/`)).toBe(`small at ${host}`);
    expect(await tried('middle', 'sk-right')).toBe(`middle at ${host}; the server does not list it`);
  });

  it('says that the key is not accepted, and not the key', async () => {
    await expect(tried('small', 'sk-wrong')).rejects.toMatchObject({ code: 'model_unavailable', message: `${host}: the key is not accepted (401)` });
  });

  it('says that nobody listens', async () => {
    const port = String(await freeLoopbackPort());
    await expect(tried('small', 'sk-right', `http://127.0.0.1:${port}/v1`)).rejects.toMatchObject({ code: 'model_unavailable', message: expect.stringContaining('ECONNREFUSED') });
  });
});
