import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';

/** The desk's style sheet, scripts and pictures: the same for everyone, so they need no session. */

const ownDir = fileURLToPath(new URL('static/', import.meta.url));
const htmxFile = createRequire(import.meta.url).resolve('htmx.org/dist/htmx.min.js');

const files = { 'desk.css': `${ownDir}desk.css`, 'cases.css': `${ownDir}cases.css`, 'desk.js': `${ownDir}desk.js`, 'typed-words.js': `${ownDir}typed-words.js`, 'icon.svg': `${ownDir}icon.svg`, 'htmx.min.js': htmxFile } as const;

/** Taken when the first page is made: the files do not change while the program runs. */
const versions = new Map<string, string>();

/** With the file's digest in it, so that browsers keep it until it changes. */
export function staticUrl(name: keyof typeof files): string {
  let version = versions.get(name);
  if (version === undefined) {
    version = createHash('sha256').update(readFileSync(files[name])).digest('hex').slice(0, 12);
    versions.set(name, version);
  }
  return `/static/${name}?v=${version}`;
}

export async function registerStaticFiles(app: FastifyInstance): Promise<void> {
  await app.register(async (scope) => {
    await scope.register(fastifyStatic, { root: ownDir, serve: false });
    for (const [name, path] of Object.entries(files)) {
      scope.get(`/static/${name}`, { config: { access: 'anyone' } }, async (_request, reply) =>
        await reply.header('cache-control', 'public, max-age=31536000, immutable').sendFile(path.slice(path.lastIndexOf('/') + 1), path.slice(0, path.lastIndexOf('/') + 1), { cacheControl: false }));
    }
  });
}
