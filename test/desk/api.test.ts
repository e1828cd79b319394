import { z } from 'zod';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeApiToken } from '../../src/desk/api-tokens.ts';
import type { Scope } from '../../src/desk/roles.ts';
import { corpusMail, type DeskPlace } from '../sending/desk-place.ts';
import type { TestDesk } from './desk-app.ts';
import { type DeskWithMailbox, openDeskWithMailbox } from './desk-with-mailbox.ts';

let opened: DeskWithMailbox;
let desk: TestDesk;
let place: DeskPlace;
let caseId: number;

beforeAll(async () => {
  opened = await openDeskWithMailbox();
  ({ desk, place } = opened);
  caseId = (await place.receive(corpusMail('stone-ai-en-used-tokens'))).id;
});
afterAll(async () => { await opened.close(); });

interface Answer { readonly status: number; readonly json: Record<string, unknown> }

async function program(scopes: readonly Scope[], role: 'reader' | 'drafter' | 'sender' = 'sender'): Promise<(method: 'GET' | 'POST' | 'PUT', url: string, body?: object) => Promise<Answer>> {
  const token = await makeApiToken(desk.store.database, { userId: desk.users[role], name: 'CRM', scopes, expiresAt: null });
  return async (method, url, body) => {
    const answer = await desk.app.inject({ method, url: `/api/v1${url}`, headers: { authorization: `Bearer ${token}` }, ...(body === undefined ? {} : { payload: body }) });
    return { status: answer.statusCode, json: answer.json<Record<string, unknown>>() };
  };
}

describe('the API', () => {
  it('lets nobody in without a token, nor with one for something else', async () => {
    expect((await desk.app.inject({ url: `/api/v1/cases/${String(caseId)}` })).statusCode).toBe(401);
    const reads = await program(['cases:read']);
    expect((await reads('GET', `/cases/${String(caseId)}`)).status).toBe(200);
    expect(await reads('POST', `/cases/${String(caseId)}/notes`, { text: 'Hello' })).toMatchObject({ status: 403, json: { error: { code: 'not_allowed' } } });
    // A token is for no more than its owner may do.
    const drafts = await program(['cases:write', 'cases:send'], 'drafter');
    expect((await drafts('POST', `/cases/${String(caseId)}/draft/approve`, { version: 1, draft: '<x@y>', revision: 1 })).status).toBe(403);
  });

  it('describes each of its routes, and has each that it describes', async () => {
    const { json } = await (await program(['cases:read']))('GET', '/openapi.json');
    const paths = z.record(z.string(), z.record(z.string(), z.unknown())).parse(json['paths']);
    const described = Object.entries(paths).flatMap(([path, methods]) => Object.keys(methods).map((method) => `${method.toUpperCase()} /api/v1${path.replaceAll(/\{(\w+)\}/gu, ':$1')}`));
    const doors = desk.app.doors.filter(({ url, method }) => url.startsWith('/api/v1/') && !url.endsWith('openapi.json') && method !== 'HEAD').map(({ method, url }) => `${method} ${url}`);
    expect(described.toSorted()).toEqual(doors.toSorted());
    expect(described.length).toBeGreaterThan(15);
  });

  it('does what the desk does, at the version that was seen', async () => {
    const call = await program(['cases:read', 'cases:write', 'cases:send']);
    const path = `/cases/${String(caseId)}`;
    const { json: before } = await call('GET', path);
    expect(before).toMatchObject({ merchant: 'stone-ai', decision: { outcome: 'deny' }, facts: { telegram_id: { value: '@weizh_dev' } } });
    expect(await call('POST', `${path}/override`, { version: 1, outcome: 'everything', rule: null, reason: 'x' })).toMatchObject({ status: 400, json: { error: { code: 'bad_request' } } });
    const asked = await call('POST', `${path}/ask`, { version: before['version'], missing: ['transaction_id'] });
    expect(asked).toMatchObject({ status: 200, json: { version: Number(before['version']) + 1 } });
    expect((await call('POST', `${path}/ask`, { version: before['version'], missing: ['transaction_id'] })).status).toBe(409);
    const { json: after } = await call('GET', path);
    const draft = z.object({ id: z.string(), revision: z.number() }).parse(after['draft']);
    expect(await call('PUT', `${path}/draft`, { draft: draft.id, revision: draft.revision - 1, text: 'Late.' })).toMatchObject({ status: 409, json: { saved: false } });
    const saved = await call('PUT', `${path}/draft`, { draft: draft.id, revision: draft.revision, text: 'We will refund 900 USD tomorrow.' });
    expect(saved.json).toMatchObject({ saved: true, revision: draft.revision + 1 });
    const approval = { version: after['version'], draft: draft.id, revision: draft.revision + 1 };
    expect(await call('POST', `${path}/draft/approve`, approval)).toMatchObject({ status: 422, json: { error: { code: 'promises_unbacked' } } });
    const approved = await call('POST', `${path}/draft/approve`, { ...approval, reason: 'Agreed.' });
    expect(approved).toMatchObject({ status: 200, json: { state: 'holding', already: false } });
    const sending = String(approved.json['sending']);
    expect((await call('POST', `/cases/999/sendings/${sending}/undo`)).status).toBe(404);
    expect((await call('POST', `${path}/sendings/${sending}/undo`)).json).toEqual({ undone: true });
    expect((await call('GET', '/cases?limit=1')).json).toMatchObject({ cases: [{ id: caseId }], next: caseId });
    expect((await call('GET', '/cases/999')).status).toBe(404);
  });
});
