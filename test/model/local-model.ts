import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { z } from 'zod';

/** A local server that speaks the protocol of OpenAI's chat completions, and answers as it is told, well or badly. */
export interface LocalModel {
  /** With its `/v1`. */
  readonly baseUrl: string;
  readonly requests: readonly SeenRequest[];
  /** How it answers from now on. */
  respond: (how: Responder) => void;
  close: () => Promise<void>;
}

export interface SeenRequest {
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  /** All that was sent, as it was sent. */
  readonly text: string;
  readonly body: z.infer<typeof bodySchema>;
  readonly atMs: number;
}

export type Responder = (request: SeenRequest, response: ServerResponse, count: number) => void;

const bodySchema = z.looseObject({
  model: z.string(), store: z.boolean().optional(), max_completion_tokens: z.number().optional(),
  messages: z.array(z.object({ role: z.string(), content: z.union([z.string(), z.array(z.looseObject({ type: z.string(), text: z.string().optional(), image_url: z.object({ url: z.string() }).optional() }))]) })),
  response_format: z.object({ type: z.string(), json_schema: z.object({ name: z.string(), strict: z.boolean(), schema: z.record(z.string(), z.unknown()) }) }),
});

export async function startLocalModel(how: Responder = answers({})): Promise<LocalModel> {
  const requests: SeenRequest[] = [];
  let respond = how;
  const server = createServer((request, response) => {
    void (async () => {
      let text = '';
      for await (const chunk of request) text += String(chunk);
      const seen = { path: request.url ?? '', headers: request.headers, text, body: bodySchema.parse(JSON.parse(text)), atMs: performance.now() };
      requests.push(seen);
      respond(seen, response, requests.length);
    })();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return {
    baseUrl: `http://127.0.0.1:${String(address.port)}/v1`,
    requests,
    respond: (next) => { respond = next; },
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

/** A completion whose content is this, as JSON; text goes as it is. */
export function completion(content: unknown, more: { readonly refusal?: string; readonly finishReason?: string; readonly usage?: unknown } = {}): string {
  return JSON.stringify({
    id: 'chatcmpl-1', object: 'chat.completion', created: 1_790_000_000, model: 'local',
    choices: [{ index: 0, finish_reason: more.finishReason ?? 'stop', message: { role: 'assistant', content: more.refusal === undefined ? (typeof content === 'string' ? content : JSON.stringify(content)) : null, refusal: more.refusal ?? null } }],
    usage: 'usage' in more ? more.usage : { prompt_tokens: 700, completion_tokens: 60, total_tokens: 760 },
  });
}

export function sends(status: number, body: string, headers: Readonly<Record<string, string>> = {}): Responder {
  return (_request, response) => {
    response.writeHead(status, { 'content-type': 'application/json', ...headers });
    response.end(body);
  };
}

export function answers(content: unknown, more: Parameters<typeof completion>[1] = {}): Responder {
  return sends(200, completion(content, more));
}

export function fails(status: number, headers: Readonly<Record<string, string>> = {}): Responder {
  return sends(status, JSON.stringify({ error: { message: 'not now', type: 'server_error', code: null, param: null } }), headers);
}

/** Takes the question and says nothing. */
export const hangs: Responder = () => undefined;

/** Sends the beginning of an answer, then nothing more. */
export function stallsAfter(beginning: string): Responder {
  return (_request, response) => {
    response.writeHead(200, { 'content-type': 'application/json' });
    response.write(beginning);
  };
}

/** Sends the beginning of an answer, then breaks the connection off. */
export function breaksAfter(beginning: string): Responder {
  return (_request, response) => {
    response.writeHead(200, { 'content-type': 'application/json' });
    response.write(beginning, () => response.destroy());
  };
}

/** First these, one a request, then the last for good. */
export function inTurn(...responders: readonly [Responder, ...Responder[]]): Responder {
  return (request, response, count) => {
    (responders[Math.min(count, responders.length) - 1] ?? responders[0])(request, response, count);
  };
}
