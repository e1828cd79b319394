import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { queueBoardUrl } from '../../src/monitoring/board-url.ts';
import { registerQueueBoard } from '../../src/monitoring/queue-board.ts';
import { openQueueView, type QueueView } from '../../src/worker/queue-view.ts';
import { browse, openTestDesk, type TestDesk } from './desk-app.ts';

let desk: TestDesk;
let view: QueueView | null = null;
beforeAll(async () => {
  desk = await openTestDesk({ more: [async (app) => { await registerQueueBoard(app, () => view?.bullQueues() ?? [], { basePath: queueBoardUrl, config: { access: { role: 'admin' } } }); }] });
  view = await openQueueView({ redisUrl: null, store: desk.store, mailboxes: ['support'] });
});
afterAll(async () => {
  await view?.close();
  await desk.close();
});

describe('the board of queues at the desk', () => {
  it('is for administrators only', async () => {
    for (const path of ['/admin/queues', '/admin/queues/api/queues']) {
      expect((await browse(desk.app).get(path)).statusCode).toBeGreaterThanOrEqual(300);
      expect((await (await desk.visit('sender')).get(path)).statusCode).toBe(403);
      expect((await (await desk.visit('admin')).get(path)).statusCode).toBe(200);
    }
  });

  it('is found in the menu by administrators alone, and only where it is served', async () => {
    const link = `href="${queueBoardUrl}"`;
    expect((await (await desk.visit('admin')).get('/account')).body).toContain(link);
    expect((await (await desk.visit('sender')).get('/account')).body).not.toContain(link);
  });

  it('shows the queues of each mailbox, and has nothing that would change them', async () => {
    const admin = await desk.visit('admin');
    const { queues }: { queues: { displayName: string; readOnlyMode: boolean }[] } = JSON.parse((await admin.get('/admin/queues/api/queues')).body);
    expect(queues.map(({ displayName, readOnlyMode }) => [displayName, readOnlyMode])).toEqual(['mails', 'files', 'doubts', 'records'].map((lane) => [`support: ${lane}`, true]));
    expect((await admin.post('/admin/queues/api/queues/pause')).statusCode).toBe(404);
  });
});
