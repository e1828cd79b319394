import { simpleParser } from 'mailparser';
import { describe, expect, it } from 'vitest';
import { draftMessageId } from '../../src/draft/case-tag.ts';
import { composeDraftMail } from '../../src/draft/compose-mail.ts';
import { writeDraft } from '../../src/draft/write-draft.ts';
import type { Message } from '../../src/message/message.ts';
import { readMessage } from '../../src/message/read-message.ts';
import { fingerprint, packNamed, someDecision, someFacts, someMessage, tag } from './some-cases.ts';

async function mailOf(changes: Partial<Message> = {}, language = 'en', packName = 'storybookly'): Promise<Buffer> {
  const { replies, policy } = await packNamed(packName);
  const message = someMessage(changes);
  const draft = writeDraft(message, someFacts({ language }), someDecision(), replies, policy, { caseTag: tag });
  if (draft === null) throw new Error('no draft');
  return composeDraftMail(draft, message, { messageId: draftMessageId(fingerprint, 'storybookly.app'), from: policy.from, caseTag: tag, date: new Date('2026-03-17T10:00:00Z'), replies });
}

const own = (text: string) => ({ segments: [{ kind: 'own', text, question: null }] }) as const;

describe('the mail in Drafts', () => {
  it('comes from the merchant and goes to the customer, in the customer\'s thread', async () => {
    const mail = await simpleParser(await mailOf({ references: ['<root@mail.example>', '<second@mail.example>'], inReplyTo: '<second@mail.example>' }));
    expect(mail.from?.value).toEqual([{ name: 'StoryBookly', address: 'hello@storybookly.app' }]);
    expect(mail.to).toMatchObject({ value: [{ name: 'Anna Lopez', address: 'anna@mail.example' }] });
    expect(mail.subject).toBe('Re: My order [RT-KY3D10C8]');
    expect(mail.inReplyTo).toBe('<first@mail.example>');
    expect(mail.references).toEqual(['<root@mail.example>', '<second@mail.example>', '<first@mail.example>']);
    expect(mail.messageId).toBe('<refund-triage.9f86d081884c7d659a2feaa0c55ad015a3bf4f1b@storybookly.app>');
    expect(mail.date?.toISOString()).toBe('2026-03-17T10:00:00.000Z');
  });

  it('is recognised as ours, and not as an automatic answer', async () => {
    const source = await mailOf();
    expect((await simpleParser(source)).headers.has('auto-submitted')).toBe(false);
    expect((await readMessage(source)).machine).toBe('own');
  });

  it('has the reply and the quote as text and as HTML', async () => {
    const mail = await simpleParser(await mailOf(own('Hello,\n\n> you wrote\nmy <b>book</b> is torn.')));
    expect(mail.text).toMatch(/^Hello Anna Lopez,\n[\s\S]*StoryBookly Support\n\nOn 17 March 2026, 12:30, Anna Lopez wrote:\n> Hello,\n>\n>> you wrote\n> my <b>book<\/b> is torn\.\n$/u);
    expect(mail.html).toContain('<p>On 17 March 2026, 12:30, Anna Lopez wrote:</p>');
    expect(mail.html).toContain('my &lt;b&gt;book&lt;/b&gt; is torn.</blockquote>');
  });

  it('has its quote set aside when it comes back, in every language', async () => {
    for (const [pack, languages] of [['imgto3d', ['ru', 'en', 'ar', 'es', 'fr', 'it', 'ja', 'ko', 'pl', 'pt', 'tr']], ['storybookly', ['be']]] as const) {
      for (const language of languages) {
        const { segments } = await readMessage(await mailOf(own('An unlikely sentence.'), language, pack));
        const quoted = segments.filter(({ text }) => text.includes('An unlikely sentence.')).map(({ kind }) => `${language} ${kind}`);
        expect(quoted).toEqual([`${language} quote`]);
      }
    }
  });

  it('is the same, byte for byte, for the same input', async () => {
    expect((await mailOf()).equals(await mailOf())).toBe(true);
    expect((await mailOf()).equals(await mailOf({ subject: 'Another' }))).toBe(false);
  });

  it('keeps to the line lengths and line ends of RFC 5322, and to its encoding', async () => {
    for (const [language, pack] of [['en', 'storybookly'], ['be', 'storybookly'], ['ja', 'imgto3d'], ['ar', 'imgto3d']] as const) {
      const source = await mailOf({ subject: 'Тэма '.repeat(60), ...own('слова '.repeat(3_000)) }, language, pack);
      const text = source.toString('latin1');
      expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/u);
      expect(Math.max(...text.split('\r\n').map((line) => line.length))).toBeLessThanOrEqual(78);
      expect(/[\u0080-\uFFFF]/u.test(text)).toBe(false);
      const mail = await simpleParser(source);
      expect(mail.text).toContain('слова слова');
      expect(mail.attachments).toEqual([]);
    }
  });
});

describe('a hostile mail', () => {
  it('adds no header by its subject, its sender\'s name or its Message-ID', async () => {
    const name = 'Eve\r\nBcc: victim@mail.example\r\n\r\nbody, <x@mail.example>';
    const changes = { subject: 'Hi\r\nBcc: victim@mail.example', messageId: '<a@b>\r\nBcc: victim@mail.example', references: ['<ok@mail.example>', '<bad id@mail.example>', '<x>\r\nBcc: v@mail.example'], from: { name, address: 'eve@mail.example' }, replyTo: { name, address: 'eve@mail.example' } };
    const mail = await simpleParser(await mailOf(changes));
    expect([...mail.headers.keys()].toSorted()).toEqual(['content-type', 'date', 'from', 'message-id', 'mime-version', 'references', 'subject', 'to', 'x-refund-triage']);
    expect(mail.to).toMatchObject({ value: [{ address: 'eve@mail.example' }] });
    expect(mail.references).toBe('<ok@mail.example>');
  });

  it('does not make the draft long: references and quote are bounded', async () => {
    const references = Array.from({ length: 5_000 }, (_, index) => `<${index}@mail.example>`);
    const source = await mailOf({ references, ...own('line\n'.repeat(200_000)) });
    const mail = await simpleParser(source);
    expect(source.length).toBeLessThan(150_000);
    expect(mail.references).toHaveLength(50);
    expect(mail.references?.[0]).toBe('<0@mail.example>');
    expect(mail.references?.slice(-2)).toEqual(['<4999@mail.example>', '<first@mail.example>']);
  });

  it('is quoted without its card number, its control characters and its bidi overrides', async () => {
    const mail = await simpleParser(await mailOf(own('Card 4242-4242-4242-4242 or 4242 4242 4242 4242\u0000\u202Etxet\u2066 \uD800 end')));
    expect(mail.text).toContain('> Card •••• 4242 or •••• 4242');
    expect(mail.text).not.toContain('\u0000');
    expect(mail.text).not.toMatch(/4242 4242|[\u202E\u2066]/u);
    expect(mail.html).not.toMatch(/4242 4242|[\u202E\u2066]/u);
  });

  it('is quoted without what no reader saw; a mail that only forwards is quoted by what it forwards', async () => {
    const hidden = await simpleParser(await mailOf({ segments: [{ kind: 'own', text: 'Seen', question: null }, { kind: 'hidden', text: 'Unseen', question: null }, { kind: 'quote', text: 'Older', question: null }] }));
    expect(hidden.text).toContain('> Seen');
    expect(hidden.text).not.toMatch(/Unseen|Older/u);
    expect((await simpleParser(await mailOf({ segments: [{ kind: 'forward', text: 'Your receipt', question: null }] }))).text).toContain('> Your receipt');
    expect((await simpleParser(await mailOf({ segments: [] }))).text).not.toContain('wrote:');
  });
});

it('takes the parent\'s In-Reply-To where it has no References, and does without where it has no Message-ID', async () => {
  const mail = await simpleParser(await mailOf({ inReplyTo: '<zero@mail.example>' }));
  expect(mail.references).toEqual(['<zero@mail.example>', '<first@mail.example>']);
  const lost = await simpleParser(await mailOf({ messageId: null }));
  expect(lost.inReplyTo).toBeUndefined();
  expect(lost.references).toBeUndefined();
});
