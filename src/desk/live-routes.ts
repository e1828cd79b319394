import type { FastifyInstance, FastifyReply } from 'fastify';
import type { Agent } from './agent.ts';
import type { DeskContext } from './desk-context.ts';
import { agentOf } from './gate.ts';
import type { LiveEvent } from './live-hub.ts';
import { mayAct } from './roles.ts';
import { isSessionAlive } from './sessions.ts';

/** News for open pages, as server-sent events (HTML Standard, 9.2): `event: KIND`, `data:` the event as JSON. */

const heartbeatMs = 25_000;
/** Of one session: tabs of a browser. */
const maxStreamsPerSession = 12;
/** A client that does not read is dropped before what waits for it fills the memory. */
const maxUnreadBytes = 262_144;

interface Stream {
  readonly agent: Agent;
  readonly reply: FastifyReply;
}

export function liveRoutes(app: FastifyInstance, desk: DeskContext): void {
  const streams = new Set<Stream>();
  const end = (stream: Stream): void => {
    streams.delete(stream);
    stream.reply.raw.end();
  };
  const send = (stream: Stream, text: string): void => {
    if (stream.reply.raw.writableLength > maxUnreadBytes) stream.reply.raw.destroy();
    else stream.reply.raw.write(text);
  };
  const unsubscribe = desk.hub.subscribe((event) => {
    if (streams.size === 0) return;
    const text = `event: ${event.kind.replaceAll(/[^\w-]/g, '')}\ndata: ${JSON.stringify(event)}\n\n`;
    for (const stream of streams) if (isFor(event, stream.agent)) send(stream, text);
  });
  const beat = async (): Promise<void> => {
    for (const stream of streams) {
      const { through } = stream.agent;
      const alive = through.kind === 'token' || (await isSessionAlive(desk.store.database, through.digest, desk.settings, desk.now()).catch(() => true));
      // A comment: keeps proxies from closing the line, and shows when nobody is there any more.
      if (alive) send(stream, ':\n\n');
      else end(stream);
    }
  };
  const heartbeat = setInterval(() => { void beat(); }, heartbeatMs).unref();
  app.addHook('preClose', (done) => {
    clearInterval(heartbeat);
    unsubscribe();
    for (const stream of streams) end(stream);
    done();
  });

  app.get('/live', { config: { access: { role: 'reader', scope: 'cases:read' } } }, (request, reply) => {
    const agent = agentOf(request);
    const own = [...streams].filter((stream) => sameSession(stream.agent, agent));
    const [oldest] = own;
    if (own.length >= maxStreamsPerSession && oldest !== undefined) end(oldest);
    reply.hijack();
    for (const [name, value] of Object.entries(reply.getHeaders())) if (value !== undefined) reply.raw.setHeader(name, value);
    reply.raw.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-store', 'x-accel-buffering': 'no' });
    reply.raw.write('retry: 3000\n\n');
    const stream: Stream = { agent, reply };
    streams.add(stream);
    reply.raw.on('close', () => { streams.delete(stream); });
  });
}

function isFor(event: LiveEvent, agent: Agent): boolean {
  return (event.role === undefined || mayAct(agent.role, event.role)) && (event.userId === undefined || event.userId === agent.userId);
}

function sameSession(one: Agent, other: Agent): boolean {
  return one.through.kind === 'session' ? other.through.kind === 'session' && one.through.digest === other.through.digest : other.through.kind === 'token' && one.through.tokenId === other.through.tokenId;
}
