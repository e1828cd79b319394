import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { driveShift, lookAtReplies, type Shift, type ShiftPlace, startShiftPlace, workTogether } from './shift.ts';

let place: ShiftPlace;
beforeAll(async () => { place = await startShiftPlace(); });
afterAll(async () => { await place.stop(); });

// `npm run shift` goes through more of them.
const [plan = { cases: 5, send: 3, override: 1 }] = process.env['SHIFT'] === 'whole' ? [{ cases: 20, send: 10, override: 3 }] : [];

describe('a shift by keyboard', () => {
  let shift: Shift;

  it('reads every case, sends, overrides with a reason and undoes', async () => {
    shift = await driveShift(place, plan);
    expect(new Set(shift.read)).toEqual(new Set(shift.cases.map(({ id }) => id)));
    expect([shift.read.length, shift.sent.length, shift.overridden.length, shift.undone.length]).toEqual([plan.cases, plan.send, plan.override, 1]);
    for (const id of shift.overridden) expect((await place.place.worked(id)).override).toMatchObject({ by: 'Sofia', reason: 'A customer of many years; agreed on the telephone.' });
    for (const id of shift.undone) expect(await place.place.outbox(id)).toMatchObject([{ state: 'undone' }]);
  });

  it('leaves mail that another program threads, finds once, and finds answered', async () => {
    const { replies, drafts } = await lookAtReplies(place, shift);
    expect(replies).toHaveLength(plan.send);
    for (const { mail, customersMail, caseId, ...seen } of replies) {
      expect(seen).toEqual({ copiesInSent: 1, copiesInDrafts: 0, isAnswered: true, isInThread: true });
      expect(mail.inReplyTo).toBe(customersMail);
      expect([mail.references].flat()).toContain(customersMail);
      expect(mail.from?.value[0]?.address).toBe('refunds@stone-ai.example');
      expect(mail.subject).toMatch(/^Re: /u);
      expect(shift.cases.map(({ id }) => id)).toContain(caseId);
    }
    expect(new Set(replies.map(({ mail }) => mail.messageId)).size).toBe(plan.send);
    expect(place.place.smtp.taken).toHaveLength(plan.send);
    expect(drafts).toHaveLength(plan.cases - plan.send);
    expect(new Set(drafts).size).toBe(drafts.length);
  });

  it('two people see each other, lose no words to each other, and hear of what comes', async () => {
    const { presence, merge, saved, isNewsSeen } = await workTogether(place, plan.cases);
    expect(presence).toContain('Dan');
    expect(merge.status).toBe(409);
    expect(merge.text).toContain('Sofia adds that.');
    expect(merge.text).toContain('Dan adds this.');
    expect(saved).toContain('Dan adds this.');
    expect(saved).not.toContain('Sofia adds that.');
    expect(isNewsSeen).toBe(true);
  });
});
