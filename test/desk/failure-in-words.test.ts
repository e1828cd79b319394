import { describe, expect, it } from 'vitest';
import { failureInWords, failureNote } from '../../src/desk/failure-in-words.ts';
import { wordsIn } from '../../src/desk/words.ts';

const words = wordsIn('en', null);

describe('what went wrong', () => {
  it.each([
    ['smtp_refused', '550 5.1.1 <x@y.example>: Recipient address rejected: User unknown', /does not exist/],
    ['smtp_refused', 'smtp.example: 552 5.2.2 Mailbox full', /mailbox is full/],
    ['smtp_refused', '552 5.3.4 Message size exceeds fixed limit', /too large/],
    ['smtp_refused', '550 5.7.26 Unauthenticated email is not accepted', /by its rules/],
    ['smtp_refused', '553 5.1.8 Sender address rejected: Domain not found', /own address/],
    ['smtp_deferred', '450 4.7.1 Greylisted, please try again in 300 seconds', /lets unknown senders wait/],
    ['smtp_deferred', '421 Too many connections', /too much to do/],
    ['smtp_deferred', '451 4.4.4 Temporary server error', /cannot be found or reached/],
    ['smtp_refused', '550 no such user here', /does not exist/],
    ['smtp_refused', '554 Transaction failed', /by its rules/],
    ['smtp_refused', 'Message rejected on 12.5.1.1', /refused the reply/],
    ['smtp_unreachable', 'connect ECONNREFUSED 127.0.0.1:25', /could not be reached/],
    ['triage_timeout', 'took 30 s', /took too long/],
  ])('%s, %s', (code, detail, said) => {
    expect(failureInWords({ code, detail }, words)).toMatch(said);
    expect(failureNote({ code, detail }, words).toString()).toContain(detail.replaceAll('<', '&lt;').replaceAll('>', '&gt;'));
  });

  it('is said by its code and quoted where there are no words for it', () => {
    expect(failureInWords({ code: 'of_yore', detail: null }, words)).toBeNull();
    expect(failureNote({ code: 'of_yore', detail: null }, words).toString()).toContain('of_yore');
  });

  it('is said in each language of the desk', () => {
    const failure = { code: 'smtp_refused', detail: '550 5.1.1 unknown' };
    expect([wordsIn('ru', null), wordsIn('be', null)].map((each) => failureInWords(failure, each))).toEqual([expect.stringContaining('Адреса клиента'), expect.stringContaining('Адраса кліента')]);
  });
});
