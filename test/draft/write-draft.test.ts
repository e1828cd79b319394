import { describe, expect, it } from 'vitest';
import { writeDraft } from '../../src/draft/write-draft.ts';
import type { Decision } from '../../src/decision/decision.ts';
import type { Facts } from '../../src/facts/facts.ts';
import type { Attachment, AttachmentFlag, Message } from '../../src/message/message.ts';
import { fact, packNamed, someDecision, someFacts, someMessage, someValues, tag, without } from './some-cases.ts';

async function draftOf(pack: string, changes: { readonly message?: Partial<Message>; readonly facts?: Partial<Facts>; readonly decision?: Partial<Decision> } = {}) {
  const { replies, policy } = await packNamed(pack);
  return writeDraft(someMessage(changes.message), someFacts(changes.facts), someDecision(changes.decision), replies, policy, { caseTag: tag });
}

async function textOf(...given: Parameters<typeof draftOf>): Promise<string> {
  return (await draftOf(...given))?.text ?? '';
}

const sender = (name: string, address = 'anna@mail.example') => ({ from: { name, address }, replyTo: { name, address } });

const languageOf = async (pack: string, language: string) => (await draftOf(pack, { facts: { language } }))?.language;

const by = (payment_method: string) => ({ language: 'ru', reason: 'unused_balance', product: 'balance', values: { ...someValues, payment_method: fact(payment_method) } }) as const;

const hours = (outage_hours: number) => ({ language: 'ru', reason: 'service_outage', values: { ...someValues, outage_hours: fact(outage_hours) } }) as const;

describe('whom a draft answers', () => {
  it('writes none for machine mail, a mail that asks nothing, an encrypted one, or a decision not to reply', async () => {
    expect(await draftOf('storybookly', { message: { machine: 'bounce' } })).toBeNull();
    expect(await draftOf('storybookly', { facts: { topic: 'machine' } })).toBeNull();
    expect(await draftOf('storybookly', { facts: { topic: 'other' } })).toBeNull();
    expect(await draftOf('storybookly', { message: { encrypted: true } })).toBeNull();
    expect(await draftOf('storybookly', { decision: { outcome: 'no_reply' } })).toBeNull();
    expect(await draftOf('storybookly')).not.toBeNull();
  });

  it('writes none where there is no address, or only our own or one that nobody reads', async () => {
    expect(await draftOf('storybookly', { message: { from: null, replyTo: null } })).toBeNull();
    expect(await draftOf('storybookly', { message: sender('Anna', 'not an address') })).toBeNull();
    expect(await draftOf('storybookly', { message: sender('Anna', 'a@b\r\nBcc: c@d') })).toBeNull();
    expect(await draftOf('storybookly', { message: sender('StoryBookly', 'hello@storybookly.app') })).toBeNull();
    expect(await draftOf('storybookly', { message: sender('Shop', 'no-reply@mail.example') })).toBeNull();
  });

  it('answers to Reply-To, and does not greet that person by the name on From', async () => {
    const draft = await draftOf('storybookly', { message: { from: { name: 'Anna Lopez', address: 'anna@mail.example' }, replyTo: { name: '', address: 'other@mail.example' } } });
    expect(draft?.to).toBe('other@mail.example');
    expect(draft?.text).toMatch(/^Hello,\n/u);
  });

  it('greets by name where a person\'s name is known', async () => {
    expect(await textOf('storybookly')).toMatch(/^Hello Anna Lopez,\n/u);
    expect(await textOf('storybookly', { message: sender('ООО «Ромашка»'), facts: { language: 'ru' } })).toMatch(/^Здравствуйте!\n/u);
  });
});

describe('the language of a draft', () => {
  it('is the customer\'s where the policy lists it, else English', async () => {
    expect(await languageOf('storybookly', 'be')).toBe('be');
    expect(await languageOf('storybookly', 'es')).toBe('en');
    expect(await languageOf('winno', 'ru')).toBe('en');
    expect(await languageOf('stone-ai', 'be')).toBe('en');
    expect(await languageOf('imgto3d', 'ko')).toBe('ko');
    expect(await languageOf('imgto3d', 'de')).toBe('en');
    expect(await languageOf('ai3dgen', 'it')).toBe('en');
  });

  it('sets Arabic from right to left', async () => {
    const draft = await draftOf('imgto3d', { facts: { language: 'ar' } });
    expect(draft?.html).toContain('<div lang="ar" dir="rtl">');
  });
});

describe('what a draft asks', () => {
  const faulty = { rule: 'faulty-book', outcome: 'refund_or_replacement', clause: '2.1, 2.3' } as const;

  it('asks for just what is missing, in the order of the policy', async () => {
    const draft = await draftOf('storybookly', { decision: { ...faulty, missing: ['photo', 'preferred_resolution'] } });
    expect(draft?.template).toBe('request-info');
    const asked = draft?.text.split('\n').filter((line) => line.startsWith('- ')) ?? [];
    expect(asked).toHaveLength(2);
    expect(asked[0]).toMatch(/^- Clear photos/u);
    expect(asked[1]).toMatch(/^- Which you would prefer: a full refund or a replacement/u);
    expect(draft?.html).toContain('<li><strong>Clear photos</strong>');
  });

  it('asks for nothing where a denial, a cancellation or an answer stands whatever is missing', async () => {
    for (const [rule, outcome] of [['not-covered', 'deny'], ['cancel-subscription', 'cancel_subscription']] as const) {
      const draft = await draftOf('storybookly', { decision: { rule, outcome, missing: ['photo', 'order_number'] } });
      expect(draft?.template).toBe(rule);
      expect(draft?.text).not.toMatch(/^- /mu);
    }
  });

  it('asks for the time of day too where only a date is known and something else is asked for', async () => {
    const broken = { rule: 'technical-problem', outcome: 'credit_compensation', discretionary: true } as const;
    const facts = { topic: 'technical_problem', reason: 'technical_failure', values: { ...someValues, occurred_at: fact('2026-03-17') } } as const;
    const asking = await textOf('imgto3d', { facts, decision: { ...broken, missing: ['screenshot'] } });
    expect(asking).toMatch(/^- A full-screen screenshot/mu);
    expect(asking).toMatch(/^- The approximate time of day/mu);
    expect(await textOf('imgto3d', { facts: { ...facts, values: someValues }, decision: { ...broken, missing: ['screenshot'] } })).not.toContain('time of day');
    expect(await textOf('imgto3d', { facts, decision: broken })).not.toContain('time of day');
    expect(await textOf('imgto3d', { facts: { ...facts, values: without(someValues, 'occurred_at') }, decision: { ...broken, missing: ['occurred_at'] } })).not.toContain('time of day');
    expect(await textOf('storybookly', { facts, decision: { ...faulty, missing: ['photo'] } })).not.toContain('time of day');
  });

  it('names the generators of the merchant it asks for', async () => {
    const facts = { topic: 'technical_problem', reason: 'technical_failure' } as const;
    expect(await textOf('imgto3d', { facts, decision: { rule: 'technical-problem', outcome: 'credit_compensation', missing: ['generator'] } })).toContain('Free, Turbo, Pro or Ultra');
  });

  it('asks again for a picture where a program came instead', async () => {
    const facts = { flags: ['dangerous_attachment'] } as const;
    expect(await textOf('storybookly', { facts, decision: { ...faulty, missing: ['photo'] } })).toContain('program or a script');
    expect(await textOf('storybookly', { facts, decision: { ...faulty, missing: ['order_number'] } })).not.toContain('program or a script');
  });

  it('needs no rule where several could still apply', async () => {
    const draft = await draftOf('stone-ai', { facts: { language: 'ru', reason: 'unused_balance', product: 'balance' }, decision: { outcome: 'need_info', missing: ['paid_at'] } });
    expect(draft?.template).toBe('request-info');
    expect(draft?.text).toContain('мы пока не можем сказать, каким будет решение');
    expect(draft?.text).not.toMatch(/предусматривает/u);
  });
});

describe('what a draft says', () => {
  it('uses the shared denial where rules of different clauses deny, and promises nothing where no rule applies', async () => {
    expect((await draftOf('imgto3d', { decision: { outcome: 'deny' } }))?.template).toBe('deny');
    expect((await draftOf('imgto3d', { decision: { outcome: 'human_review' } }))?.template).toBe('human-review');
    expect((await draftOf('imgto3d', { decision: { outcome: 'full_refund', amount: '20.00 USD' } }))?.text).not.toContain('20');
  });

  it('tells a book\'s owner the chosen remedy only, and never asks for the book', async () => {
    const decision = { rule: 'faulty-book', clause: '2.1, 2.3' } as const;
    const replacement = await textOf('storybookly', { decision: { ...decision, outcome: 'replacement' } });
    expect(replacement).toContain('a new book with free shipping');
    expect(replacement).not.toMatch(/refund of|full refund/u);
    const refund = await textOf('storybookly', { decision: { ...decision, outcome: 'full_refund', amount: '27.20 GBP' } });
    expect(refund).toContain('a full refund of £27.20');
    expect(refund).toContain('Processing fees charged by third parties (such as Stripe) are not refunded');
    expect(refund).not.toContain('replacement');
    for (const text of [replacement, refund]) expect(text).toContain('You do not need to send the book back');
  });

  it('says how Stone AI pays, by the way it was paid, where a refund is granted', async () => {
    const granted = { rule: 'unused', outcome: 'full_refund', clause: '2.1' } as const;
    expect(await textOf('stone-ai', { facts: by('card'), decision: granted })).toMatch(/на карту, с которой была оплата \(через Lava\)/u);
    expect(await textOf('stone-ai', { facts: by('sbp'), decision: granted })).toMatch(/через СБП.*Lava/u);
    expect(await textOf('stone-ai', { facts: by('crypto'), decision: granted })).toMatch(/в той же криптовалюте \(через Heleket\)/u);
    expect(await textOf('stone-ai', { facts: by('ton'), decision: granted })).toMatch(/кошелёк TON \(через TON Connect\)/u);
    const stars = await textOf('stone-ai', { facts: by('telegram_stars'), decision: granted });
    expect(stars).toContain('в соответствии с политикой возвратов самого Telegram');
    expect(stars).not.toMatch(/10 рабочих дней|Lava|Heleket/u);
    const denied = await textOf('stone-ai', { facts: by('card'), decision: { rule: 'unused-late', outcome: 'deny', clause: '2.1' } });
    expect(denied).not.toMatch(/Lava|10 рабочих/u);
  });

  it('says of Telegram Stars whose policy holds while something is still missing', async () => {
    const facts = { language: 'ru', reason: 'unused_balance', product: 'balance', values: { ...someValues, payment_method: fact('telegram_stars') } } as const;
    expect(await textOf('stone-ai', { facts, decision: { outcome: 'need_info', missing: ['paid_at'] } })).toContain('политикой возвратов самого Telegram');
  });

  it('gives a dissatisfied customer of IMGto3D the three tips, and no other customer', async () => {
    const replies = [['too-late', 'deny'], ['mostly-used', 'deny'], ['unused', 'full_refund'], ['partly-used', 'partial_refund'], ['share-unknown', 'partial_refund']] as const;
    for (const [rule, outcome] of replies) {
      for (const missing of outcome === 'deny' ? [[]] : [[], ['paid_at'] as const]) {
        const dissatisfied = await textOf('imgto3d', { facts: { language: 'ru', reason: 'dissatisfied_result' }, decision: { rule, outcome, missing } });
        expect(dissatisfied).toMatch(/1\. Сгенерируйте .*\n2\. Упростите .*\n3\. Попробуйте модель Ultra/u);
        expect(await textOf('imgto3d', { facts: { language: 'ru', reason: 'changed_mind' }, decision: { rule, outcome, missing } })).not.toContain('Ultra');
      }
    }
  });

  it('writes sums and days as the customer does', async () => {
    const decision = { rule: 'charge-error', outcome: 'full_refund', clause: '3.2', amount: '9.99 EUR', deadlines: [{ what: 'answer', by: '2026-11-27' }] } as const;
    const facts = { reason: 'duplicate_charge', product: 'credits' } as const;
    const belarusian = await textOf('storybookly', { facts: { ...facts, language: 'be' }, decision });
    expect(belarusian).toContain('9,99\u00A0€');
    expect(belarusian).toContain('да 27 лістапада 2026 года');
    const english = await textOf('storybookly', { facts, decision });
    expect(english).toContain('€9.99');
    expect(english).toContain('by 27 November 2026');
  });

  it('says the hours of an outage in the right form', async () => {
    const decision = { rule: 'outage', outcome: 'deny', clause: '3.2' } as const;
    expect(await textOf('storybookly', { facts: hours(21), decision })).toContain('длился 21 час ');
    expect(await textOf('storybookly', { facts: hours(42), decision })).toContain('длился 42 часа ');
    expect(await textOf('storybookly', { facts: hours(47), decision })).toContain('длился 47 часов ');
    expect(await textOf('storybookly', { facts: { ...hours(47), language: 'be' }, decision })).toContain('доўжыўся 47 гадзін ');
  });

  it('leaves a change to a print open until an agent has looked whether it is printed', async () => {
    const decision = { rule: 'print-change', outcome: 'revision', clause: '2b' } as const;
    const facts = { topic: 'revision', reason: null } as const;
    expect(await textOf('winno', { facts, decision: { ...decision, agentChecks: ['printed'] } })).toContain('We will first check whether it has begun');
    expect(await textOf('winno', { facts, decision })).toContain('As printing has not begun');
  });

  it('sees a second request and a card number', async () => {
    const text = await textOf('storybookly', { facts: { flags: ['payment_card_number', 'several_requests'] } });
    expect(text).toContain('raises another matter');
    expect(text).toContain('Please never send card numbers by e-mail');
  });
});

describe('hostile values', () => {
  const hostile = ['[here](https://evil.example)', '<b onclick=x>y</b>', '![x](https://evil.example/x.png)', 'a\n\n# Big\n- list', 'www.evil.example', 'https://evil.example/pay', '`code` **bold** _it_ ~x~', '{{ merchant.name }}', '\u202Eevil\u2066', `x${'9'.repeat(10_000)}`, '4242 4242 4242 4242'];

  it('never become a link, HTML, a list or a card number', async () => {
    for (const value of hostile) {
      const values = { ...someValues, order_number: fact(value), transaction_id: fact(value), generator: fact(value), browser: fact(value), os: fact(value), telegram_id: fact(value), account_email: fact(value) };
      for (const [pack, rule, outcome] of [['storybookly', 'faulty-book', 'replacement'], ['imgto3d', 'technical-problem', 'credit_compensation'], ['stone-ai', 'unused', 'full_refund']] as const) {
        const draft = await draftOf(pack, { message: sender(value), facts: { topic: rule === 'technical-problem' ? 'technical_problem' : 'refund', reason: null, values }, decision: { rule, outcome, clause: '1' } });
        expect(draft?.html).not.toMatch(/<(?:a|img|b|h1|ul|code|em)\b|evil\.example|onclick="|4242 4242/u);
        expect(draft?.text).not.toMatch(/evil\.example|4242 4242|\u202E|\u2066|9{300}/u);
        expect(draft?.text.length).toBeLessThan(4_000);
      }
    }
  });

  it('leave the subject on one line', async () => {
    for (const value of hostile) {
      const draft = await draftOf('storybookly', { message: { subject: `${value}\r\nBcc: victim@mail.example` } });
      expect(draft?.subject).toMatch(/^Re: [^\r\n]{1,160} \[RT-KY3D10C8\]$/u);
      expect(draft?.subject).not.toMatch(/4242 4242|\u202E/u);
    }
  });
});

it('is the same draft for the same input, and frozen', async () => {
  const first = await draftOf('storybookly');
  expect(await draftOf('storybookly')).toEqual(first);
  expect(Object.isFrozen(first)).toBe(true);
});

const picture = (...flags: readonly AttachmentFlag[]): Attachment => ({ filename: 'a.png', type: 'image/png', bytes: 1_000, kind: 'screenshot', flags });

describe('a screenshot that lacks what it is there to show', () => {
  const missing = { rule: 'technical-problem', outcome: 'need_info', missing: ['browser'] } as const;
  const asked = async (attachments: readonly Attachment[], language = 'en', decision: Partial<Decision> = missing): Promise<string> =>
    await textOf('imgto3d', { message: { attachments }, facts: { language, topic: 'technical_problem', reason: 'technical_failure' }, decision });

  it('is asked for again along with what is missing, by what is not seen in it', async () => {
    expect(await asked([picture('no_address_bar')])).toContain("A full-screen picture with the browser's address bar, attached");
    expect(await asked([picture('no_error')])).toContain('A picture of the whole screen with the error message on it');
    expect(await asked([picture('no_address_bar', 'no_error')])).toContain("A full-screen picture with the browser's address bar and the error message");
    expect(await asked([picture('no_error')])).not.toContain('address bar');
  });

  it('is not asked for where another picture shows it, or a recording may', async () => {
    const plain = await asked([picture()]);
    expect(await asked([picture('no_address_bar'), picture('no_error')])).toBe(plain);
    expect(await asked([picture('no_address_bar', 'no_error'), { ...picture(), kind: 'recording' }])).toBe(plain);
    expect(plain).not.toContain('picture');
  });

  it('is not asked for by itself, nor beside a request for any screenshot', async () => {
    expect(await asked([picture('no_address_bar')], 'en', { ...missing, outcome: 'credit_compensation', missing: [] })).not.toContain('full-screen picture');
    expect(await asked([picture('no_address_bar')], 'en', { ...missing, missing: ['browser', 'screenshot'] })).not.toContain('full-screen picture');
  });

  it.each(['ru', 'ar', 'es', 'fr', 'it', 'ja', 'ko', 'pl', 'pt', 'tr'])('is asked for in %s', async (language) => {
    const [address, error, both] = await Promise.all([asked([picture('no_address_bar')], language), asked([picture('no_error')], language), asked([picture('no_address_bar', 'no_error')], language)]);
    const plain = await asked([picture()], language);
    expect(new Set([plain, address, error, both]).size).toBe(4);
    expect(both.length).toBeGreaterThan(plain.length + 20);
  });
});
