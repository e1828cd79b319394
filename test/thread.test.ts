import { assert as assertProperty, constantFrom, emailAddress, oneof, property, string, tuple } from 'fast-check';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Message } from '../src/message/message.ts';
import { readMessage } from '../src/message/read-message.ts';
import { customerKey, forwardedDigest, queryThread, wordsDigest } from '../src/thread.ts';

const fingerprint = '0'.repeat(64);

async function mail(text: string, headers: readonly string[] = [], from = 'Ben Ruiz <ben.ruiz@post.example>'): Promise<Message> {
  return await readMessage(Buffer.from([`From: ${from}`, 'To: support@imgto3d.ai', 'Subject: Refund', 'Date: Mon, 16 Mar 2026 09:14:00 +0000', 'Message-ID: <one@post.example>', ...headers, 'Content-Type: text/plain; charset=utf-8', '', text, ''].join('\r\n')));
}

async function mailOfChain(chain: string, number: number): Promise<Message> {
  return await readMessage(readFileSync(new URL(`threads/chains/${chain}/${String(number)}.eml`, import.meta.url)));
}

describe('whose mail it is', () => {
  it.each([
    ['ben.ruiz+refunds@googlemail.com', 'benruiz@gmail.com'], ['B.E.N@GMAIL.com', 'ben@gmail.com'], ['lev-tkach@ya.ru', 'lev.tkach@yandex.ru'], ['ida+shop@post.example', 'IDA@post.example'],
  ])('is the same for %s and %s', (one, other) => {
    expect(customerKey(one)).toBe(customerKey(other));
  });

  it.each([
    ['ben.ruiz@post.example', 'benruiz@post.example'], ['ben@post.example', 'ben@p0st.example'], ['ben@post.example', 'ben@post.example.evil.example'], ['ben@gmail.com', 'ben@gmail.co'], ['+ben@post.example', '@post.example'], ['a@b@gmail.com', 'b@gmail.com'],
  ])('is another for %s and %s', (one, other) => {
    expect(customerKey(one)).not.toBe(customerKey(other));
  });

  it('does not change when it is asked of its own answer', () => {
    assertProperty(property(oneof(emailAddress(), tuple(string(), constantFrom('gmail.com', 'ya.ru', 'post.example')).map((parts) => parts.join('@')), string()), (address) => {
      const key = customerKey(address);
      expect(customerKey(key)).toBe(key);
      expect(customerKey(address.toUpperCase().toLowerCase())).toBe(customerKey(address.toLowerCase()));
    }));
  });
});

describe('the same words, sent again', () => {
  const text = 'Please refund my subscription, I bought it by mistake on 15 March 2026.';

  it('are known under another Message-ID, with other blanks and another alias', async () => {
    const again = `${text.toUpperCase().replaceAll(' ', '  ')}!!`;
    expect(wordsDigest(await mail(again, ['X-Other: 1']))).toBe(wordsDigest(await mail(text)));
    expect(wordsDigest(await mail(text, [], 'ben.ruiz+2@post.example'))).toBe(wordsDigest(await mail(text)));
  });

  it('are not the same with one number changed, from somebody else, or with a file', async () => {
    const digests = [await mail(text), await mail(text.replace('15', '16')), await mail(text, [], 'eve@post.example'), await mailOfChain('imgto3d-en-screenshot-later', 2)].map(wordsDigest);
    expect(new Set(digests).size).toBe(4);
  });

  it('are too few to tell in a line such as "Any news?"', async () => {
    expect(wordsDigest(await mail('Any news?'))).toBeNull();
  });

  it.each(['imgto3d-en-colleague-forwards-inline', 'imgto3d-fr-colleague-forwards-with-outlook', 'imgto3d-ru-colleague-forwards-as-attachment', 'imgto3d-ru-forwards-own-mail-again'])('are found in the mail that passes them on: %s', async (chain) => {
    const [first, second] = [await mailOfChain(chain, 1), await mailOfChain(chain, 2)];
    expect(wordsDigest(first)).not.toBeNull();
    expect(forwardedDigest(second, true)).toBe(wordsDigest(first));
  });

  it('are the customer’s own only where the customer passes on the own mail and adds nothing to it', async () => {
    const [own, colleagues] = [await mailOfChain('imgto3d-ru-forwards-own-mail-again', 2), await mailOfChain('imgto3d-en-colleague-forwards-inline', 2)];
    expect(forwardedDigest(own, false)).not.toBeNull();
    expect(forwardedDigest(colleagues, false)).toBeNull();
    const withNews: Message = { ...own, segments: [{ kind: 'own', text: 'Номер заказа 77-1234567.', question: null }, ...own.segments.filter(({ kind }) => kind !== 'own')] };
    expect(forwardedDigest(withNews, false)).toBeNull();
    expect(forwardedDigest({ ...own, authentication: 'fail' }, true)).toBeNull();
  });
});

describe('what a mail goes on with', () => {
  it('is asked by what it answers first, with ten thousand References besides, and by no more than fifty', async () => {
    const references = Array.from({ length: 10_000 }, (_, index) => `<${String(index)}@post.example>`);
    const query = queryThread(await mail('Here it is.', ['In-Reply-To: <9999@post.example>', `References: ${references.join('\r\n ')}`]), fingerprint);
    expect(query?.answers[0]).toBe('<9999@post.example>');
    expect(query?.answers.length).toBeLessThanOrEqual(50);
  });

  it('is no id with a control character in it, and none that lies in an encoded word', async () => {
    const query = queryThread(await mail('Here it is.', ['References: <a\u0000@b.example> <c\u0007@b.example> =?utf-8?q?=0D=0AX-Refund-Triage:_own?= <good@b.example>']), fingerprint);
    expect(query).toMatchObject({ answers: ['<good@b.example>'], isOurs: false });
  });

  it('is every case for a colleague, but only where the mail server vouches for them', async () => {
    const vouched = await mailOfChain('imgto3d-en-colleague-writes-a-note', 2);
    const forged = await mailOfChain('imgto3d-en-forged-colleague', 2);
    expect([queryThread(vouched, fingerprint, true)?.isOurs, queryThread(forged, fingerprint, true)?.isOurs, queryThread(vouched, fingerprint)?.isOurs]).toEqual([true, false, false]);
  });

  it('is named by four tags at the most, whatever a subject is filled with', async () => {
    const message = await mail('Here it is.');
    const query = queryThread({ ...message, subject: Array.from({ length: 40 }, (_, index) => `[RT-${String(index).padStart(8, '0')}]`).join(' ') }, fingerprint);
    expect(query?.tags).toHaveLength(4);
  });
});
