import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseCall } from '../../src/commands/parse-call.ts';
import { userCommand } from '../../src/commands/user.ts';
import { freeLoopbackPort } from '../servers/ports.ts';
import { type PostgresServer, startPostgres } from '../servers/postgres.ts';
import { outputOf, runProgram, startProgram } from './run-program.ts';

let postgres: PostgresServer;
let folder: string;
let port: number;
beforeAll(async () => {
  [postgres, folder, port] = await Promise.all([startPostgres(), mkdtemp(join(tmpdir(), 'refund-triage-desk-')), freeLoopbackPort()]);
  await writeFile(join(folder, 'refund-triage.yaml'), [
    'mailboxes: [{ name: local, type: maildir, path: Maildir }]', `database_url: ${await postgres.createDatabase()}`, `desk: { port: ${String(port)} }`, '',
  ].join('\n'));
});
afterAll(async () => {
  await postgres.stop();
  await rm(folder, { recursive: true });
});

/** Calls the command in this process: what is tried is what it says and does, not how a process starts. */
async function user(args: readonly string[], input = ''): Promise<{ status: number; stdout: string }> {
  const { values, positionals } = parseCall('user', userCommand, args);
  const stdout = new PassThrough();
  const stderr = new PassThrough();
  const status = await userCommand.run({
    values, positionals, environment: { REFUND_TRIAGE_CONFIG: join(folder, 'refund-triage.yaml') }, stdin: Readable.from([input]), stdout, stderr, interruption: () => new AbortController().signal, onHangUp: () => () => undefined,
  });
  return { status, stdout: String(stdout.read() ?? '') };
}

/** Goes to a page as a browser does that keeps its cookies. */
async function browse(url: string, cookies: Map<string, string>, body?: URLSearchParams): Promise<Response> {
  const response = await fetch(url, { redirect: 'manual', headers: { cookie: [...cookies].map((pair) => pair.join('=')).join('; ') }, ...(body === undefined ? {} : { method: 'POST', body }) });
  for (const cookie of response.headers.getSetCookie()) {
    const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
    cookies.set(name, value);
  }
  return response;
}

describe('refund-triage user and desk', () => {
  it('make accounts, serve the desk to them, and end at SIGTERM with pages open', async () => {
    expect(await user(['add', 'Ada', '--role', 'admin'], 'a few good words\n')).toEqual({ status: 0, stdout: 'Ada can sign in as admin.\n' });
    const linked = await user(['add', 'Dan', '--role', 'drafter', '--email', 'dan@shop.example', '--link']);
    const link = /^http:\S+$/m.exec(linked.stdout)?.[0] ?? '';
    expect(link).toMatch(new RegExp(`^http://127\\.0\\.0\\.1:${String(port)}/sign-in/link/[\\w-]{43}$`));

    const child = startProgram(['desk'], { cwd: folder });
    const log = outputOf(child, 'stderr');
    await log.has('the desk is served');
    expect(log.text()).not.toMatch(/Ada|Dan|dan@|\/link\//);
    const cookies = new Map<string, string>();
    const page = await (await browse(link, cookies)).text();
    expect(page).toContain('Sign in as Dan');
    const csrf = /name="_csrf" value="([^"]+)"/.exec(page)?.[1] ?? '';
    expect((await browse(link, cookies, new URLSearchParams({ _csrf: csrf }))).status).toBe(303);
    expect(await (await browse(`http://127.0.0.1:${String(port)}/account`, cookies)).text()).toContain('Dan');
    const news = await browse(`http://127.0.0.1:${String(port)}/live`, cookies);
    expect(news.headers.get('content-type')).toContain('text/event-stream');

    const second = await runProgram(['desk'], { cwd: folder });
    expect([second.status, second.stderr]).toEqual([1, expect.stringMatching(/refund-triage: desk_unavailable: The desk cannot be served at 127\.0\.0\.1, port \d+: .*EADDRINUSE/)]);
    expect(await user(['list'])).toMatchObject({ status: 0, stdout: expect.stringMatching(/^Ada +admin +password +never signed in\nDan +drafter +no password +\d{4}-\d\d-\d\d \d\d:\d\d +dan@shop\.example\n$/) });
    expect(await user(['remove', 'dan'])).toMatchObject({ status: 0, stdout: 'Dan was removed and signed out everywhere.\n' });
    expect((await browse(`http://127.0.0.1:${String(port)}/account`, cookies)).status).toBe(303);
    child.kill('SIGTERM');
    expect(await once(child, 'close')).toEqual([0, null]);
    await news.text().catch(() => '');
  });

  it.each([
    [['add', 'Eve', '--role', 'boss'], '', 'The roles are reader, drafter, sender, admin, not "boss".'],
    [['add', 'Eve'], 'short\n', 'A password needs at least 10 characters.'],
    [['add', 'ada', '--link'], '', 'There is somebody of that name or address already.'],
    [['role', 'Ada', 'reader'], '', 'Somebody has to stay admin.'],
    [['link', 'Aada'], '', 'There is nobody named "Aada". Did you mean "Ada"?'],
    [['delete', 'Ada'], '', 'user does not know "delete".'],
    [['remove'], '', 'user remove needs a name.'],
    [['link', 'Ada', 'more'], '', 'user link does not take "more".'],
  ])('refuse %j', async (args, input, complaint) => {
    await expect(user(args, input)).rejects.toThrow(complaint);
  });
});
