import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { loadPacks } from '../src/packs/load-packs.ts';
import { toReading, triage } from '../src/triage.ts';

const packs = await loadPacks(fileURLToPath(new URL('../templates', import.meta.url)));

interface Mail {
  readonly to: string;
  readonly text: string;
  /** When it was written and arrived. */
  readonly at?: string;
  readonly subject?: string;
  /** Requests that the sender has made before for the same reason. */
  readonly earlier?: number;
}

async function decisionOn({ to, text, at = '2026-03-20T12:00:00+00:00', subject = 'Refund', earlier = 0 }: Mail) {
  const offset = at.slice(-'+00:00'.length).replace(':', '');
  const local = new Date(Date.parse(`${at.slice(0, '2026-03-20T12:00:00'.length)}Z`)).toUTCString().replace('GMT', offset);
  const source = Buffer.from([
    'From: Ann Lee <ann@mail.example>', `To: ${to}`, `Subject: ${subject}`, `Message-ID: <${String(text.length)}.${at}@mail.example>`, `Date: ${local}`,
    'MIME-Version: 1.0', 'Content-Type: text/plain; charset=utf-8', 'Content-Transfer-Encoding: 8bit', '', ...text.split('\n'), '',
  ].join('\r\n'));
  const context = { internalDate: new Date(at), bytes: source.length, partBytes: null, merchant: null };
  const result = await triage(source, context, { packs, authservIds: [], countEarlierRequests: async () => await Promise.resolve(earlier) });
  const { decision, facts, topic, reason, missing } = toReading('mail.eml', result);
  return { ...decision, missing, read: { topic, reason, facts: Object.fromEntries(Object.entries(facts).map(([name, fact]) => [name, fact?.value])) } };
}

type Row = readonly [what: string, mail: Omit<Mail, 'to'>, expected: Partial<Awaited<ReturnType<typeof decisionOn>>>];

function check(to: string, rows: readonly Row[]): void {
  it.each(rows)('%s', async (_what, mail, expected) => {
    expect(await decisionOn({ to, ...mail })).toMatchObject(expected);
  });
}

const paid = (when: string) => `Hello, please refund my Starter subscription, I do not need it any more. I paid 20.00 EUR ${when}. I have used 30 of 100 credits.`;
const used = (share: string) => `Hello, please refund my Starter subscription, I do not need it any more. I paid 20.00 EUR on 19 March 2026. ${share}`;

describe('at imgto3d', () => {
  const askedAt = '2026-03-20T12:00:00+00:00';
  check('support@imgto3d.ai', [
    ['three days to the minute are in time', { at: askedAt, text: paid('on 17 March 2026 at 12:00') }, { rule: 'partly-used', outcome: 'partial_refund', amount: '14.00 EUR' }],
    ['a minute more is too late', { at: askedAt, text: paid('on 17 March 2026 at 11:59') }, { rule: 'too-late', outcome: 'deny', amount: null }],
    ['a minute less is in time', { at: askedAt, text: paid('on 17 March 2026 at 12:01') }, { rule: 'partly-used' }],
    ['without a time of day three calendar days are in time', { at: '2026-03-20T23:59:00+00:00', text: paid('on 17 March 2026') }, { rule: 'partly-used' }],
    ['and four are not', { at: '2026-03-20T00:01:00+00:00', text: paid('on 16 March 2026') }, { rule: 'too-late', outcome: 'deny' }],
    ['and two are', { at: askedAt, text: paid('on 18 March 2026') }, { rule: 'partly-used' }],
    ['days are those of the writer: on the 21st in Tokyo, four days have passed', { at: '2026-03-21T01:00:00+09:00', text: paid('on 17 March 2026') }, { rule: 'too-late' }],
    ['and it is still the 20th in New York', { at: '2026-03-20T23:00:00-04:00', text: paid('on 17 March 2026') }, { rule: 'partly-used' }],
    ['exactly 80 % used is given back in part', { text: used('I have used 80 of 100 credits.') }, { rule: 'partly-used', outcome: 'partial_refund', amount: '4.00 EUR', discretionary: true }],
    ['a credit more is not', { text: used('I have used 81 of 100 credits.') }, { rule: 'mostly-used', outcome: 'deny', amount: null, discretionary: true }],
    ['a credit less is', { text: used('I have used 79 of 100 credits.') }, { rule: 'partly-used', amount: '4.20 EUR' }],
    ['80 % said as such', { text: used('I have used 80% of my credits.') }, { rule: 'partly-used', amount: '4.00 EUR' }],
    ['81 % said as such', { text: used('I have used 81% of my credits.') }, { rule: 'mostly-used' }],
    ['the last credit that is left', { text: used('I have used 199 of 1000 credits.') }, { rule: 'partly-used', amount: '16.02 EUR' }],
    ['nothing used is given back whole', { text: used('I have used 0 of 100 credits.') }, { rule: 'unused', outcome: 'full_refund', amount: '20.00 EUR' }],
    ['one credit used is not', { text: used('I have used 1 of 100 credits.') }, { rule: 'partly-used', amount: '19.80 EUR' }],
    ['a third, half-up', { text: used('I have used 1 of 3 credits.') }, { rule: 'partly-used', amount: '13.33 EUR' }],
    ['nobody knows how much was used', { text: used('') }, { rule: 'share-unknown', outcome: 'partial_refund', amount: null, agent_checks: ['credits_used'] }],
    ['a pack of credits is never given back', { text: 'Hello, please refund my credit pack, I do not need it. I paid 20.00 EUR today.' }, { rule: 'credit-pack', outcome: 'deny' }],
    ['a double charge is a person\'s, however old', { text: 'I was charged twice for my subscription on 1 January 2026. Please refund one of the charges.' }, { rule: 'billing-error', outcome: 'human_review' }],
    ['a failure is no ground for money', { text: 'The generator shows error 502 and nothing happens. Please refund my money.' }, { rule: 'technical-problem', outcome: 'credit_compensation' }],
    ['a subscription is cancelled', { subject: 'Subscription', text: 'Please cancel my subscription.' }, { rule: 'cancel-subscription', outcome: 'cancel_subscription' }],
  ]);
});

const outage = (hours: string) => `Hello, I bought credits on 10 March 2026 for 15.00 EUR, transaction TX-5512345, but your platform was down for ${hours} and I could not use them. Please refund me.`;

describe('at storybookly', () => {
  const torn = 'Hello, my book from order SB-20617 arrived with a torn cover. Please send me a refund.';
  check('hello@storybookly.app', [
    ['48 hours of outage are not enough', { text: outage('48 hours') }, { rule: 'outage', outcome: 'deny', amount: null }],
    ['49 are', { text: outage('49 hours') }, { rule: 'outage', outcome: 'full_refund', amount: '15.00 EUR' }],
    ['48 and a half are', { text: outage('48.5 hours') }, { rule: 'outage', outcome: 'full_refund' }],
    ['47 are not', { text: outage('47 hours') }, { rule: 'outage', outcome: 'deny' }],
    ['two days are not', { text: outage('2 days') }, { rule: 'outage', outcome: 'deny' }],
    ['three days are', { text: outage('3 days') }, { rule: 'outage', outcome: 'full_refund' }],
    ['how long is asked for', { text: outage('a long time') }, { outcome: 'need_info', missing: ['outage_hours'] }],
    ['two earlier requests are borne', { text: torn, earlier: 2 }, { rule: 'faulty-book' }],
    ['the third makes it a person\'s', { text: torn, earlier: 3 }, { rule: 'fair-use', outcome: 'human_review' }],
    ['and so the fourth', { text: torn, earlier: 4 }, { rule: 'fair-use', outcome: 'human_review' }],
    ['a refund is chosen', { text: torn }, { rule: 'faulty-book', outcome: 'full_refund' }],
    ['a replacement is chosen', { text: torn.replace('Please send me a refund', 'Please send me a replacement') }, { rule: 'faulty-book', outcome: 'replacement' }],
    ['nothing is chosen', { text: torn.replace('Please send me a refund', 'What can you do about it?'), subject: 'My book' }, { rule: 'faulty-book', outcome: 'refund_or_replacement' }],
    ['what was paid after the coupon is given back', { text: 'My order SB-20617 arrived with a torn cover. The book costs 39.90 EUR, with the coupon I paid 31.92 EUR. I want a refund.' }, { rule: 'faulty-book', amount: '31.92 EUR' }],
    ['a chargeback comes before everything', { text: `${torn} I have already opened a chargeback with my bank.`, earlier: 3 }, { rule: 'chargeback', outcome: 'human_review' }],
    ['a mind changed is not covered', { text: 'I no longer want the book from order SB-20617. Please refund me.' }, { rule: 'not-covered', outcome: 'deny' }],
    ['a book that never came is looked into', { text: 'My book from order SB-20617 never arrived, though tracking says delivered. Please refund me.' }, { rule: 'not-received', outcome: 'investigate' }],
    ['a discount that came later is not given', { text: 'Two days after I bought my book, order SB-20617, it went on sale. Please refund the price difference.' }, { rule: 'price-drop', outcome: 'deny' }],
    ['credits not used are not given back', { text: 'I bought credits and have not used them. Please refund the unused credits, transaction TX-5512345.' }, { rule: 'credits-not-covered', outcome: 'deny' }],
    ['of two charges one is given back', { text: 'I was charged twice for the same credits on 10 March 2026, 15.00 EUR each, transaction TX-5512345. Please refund one charge.' }, { rule: 'charge-error', outcome: 'full_refund' }],
    ['a subscription ends with its period', { subject: 'Subscription', text: 'Please cancel my subscription.' }, { rule: 'cancel-subscription', outcome: 'cancel_subscription' }],
    ['an account that is blocked gets nothing', { text: 'My account was blocked for breaking the rules. Please refund the credits I bought, transaction TX-5512345.' }, { rule: 'account-blocked', outcome: 'deny' }],
    ['a part of a bundle is not given back', { text: 'I ordered a bundle of three books, order SB-20617. I do not want one of them, please refund just that one.' }, { rule: 'part-of-bundle', outcome: 'deny' }],
    ['credits that were a gift are not', { text: 'Please refund the bonus credits that I got for a referral, I do not need them.' }, { rule: 'promo-credits', outcome: 'deny' }],
    ['no reason is asked for', { text: 'I want a refund for my credits. I bought them on 10 March 2026, transaction TX-5512345.' }, { rule: 'reason-unknown', outcome: 'need_info', missing: ['reason'] }],
    ['a failure of the credits is given back', { text: 'Because of a system error I was charged 25.00 EUR instead of 10.00 EUR for my credits on 10 March 2026, transaction TX-5512345. Please refund the 15.00 EUR.' }, { rule: 'charge-error', outcome: 'full_refund', amount: '15.00 EUR' }],
    ['a payment nobody made is looked into', { text: 'Credits were bought on my account without my knowledge on 10 March 2026, transaction TX-5512345. It was not me, my account was hacked. Please refund.' }, { rule: 'unauthorized', outcome: 'investigate' }],
  ]);
});

const balance = (when: string) => `Hello, please refund my unused balance of 12.50 USD. I topped up by card ${when}. I do not need the service any more. My Telegram is @ann_lee.`;
const twice = (when: string) => `Hello, I was charged twice when I topped up by card ${when}. Please refund the second charge of 10.00 USD. My Telegram is @ann_lee.`;
const serviceOutage = (hours: string) => `Hello, the service was down for ${hours}. I topped up 20.00 USD by card on 10 March 2026. Please refund the unused 12.50 USD. My Telegram is @ann_lee.`;

describe('at stone-ai', () => {
  check('refunds@stone-ai.example', [
    ['14 calendar days are in time', { text: balance('on 6 March 2026') }, { rule: 'unused', outcome: 'full_refund', amount: '12.50 USD' }],
    ['15 are not', { text: balance('on 5 March 2026') }, { rule: 'unused-late', outcome: 'deny' }],
    ['13 are', { text: balance('on 7 March 2026') }, { rule: 'unused' }],
    ['14 calendar days are, though a night is missing to the 15th', { at: '2026-03-20T23:59:00+03:00', text: balance('on 6 March 2026 at 00:01') }, { rule: 'unused' }],
    ['15 are not, though only a minute of the 15th has passed', { at: '2026-03-21T00:01:00+03:00', text: balance('on 6 March 2026 at 23:59') }, { rule: 'unused-late', outcome: 'deny' }],
    ['30 days leave an error to be mended', { text: twice('on 18 February 2026') }, { rule: 'top-up-error', outcome: 'full_refund' }],
    ['31 do not', { text: twice('on 17 February 2026') }, { rule: 'older-than-30-days', outcome: 'deny' }],
    ['29 do', { text: twice('on 19 February 2026') }, { rule: 'top-up-error' }],
    ['72 hours of outage are not enough', { text: serviceOutage('72 hours') }, { rule: 'outage', outcome: 'deny', amount: null }],
    ['73 are', { text: serviceOutage('73 hours') }, { rule: 'outage', outcome: 'full_refund', amount: '12.50 USD' }],
    ['71 are not', { text: serviceOutage('71 hours') }, { rule: 'outage', outcome: 'deny' }],
    ['three days are not', { text: serviceOutage('3 days') }, { rule: 'outage', outcome: 'deny' }],
    ['four are', { text: serviceOutage('4 days') }, { rule: 'outage', outcome: 'full_refund' }],
    ['how long is asked for', { text: serviceOutage('a long time') }, { outcome: 'need_info', missing: ['outage_hours'] }],
    ['spent tokens are spent', { text: 'Please refund 5.00 USD for the tokens that I have already spent, the answers were useless.' }, { rule: 'used-tokens', outcome: 'deny' }],
    ['an account that is blocked gets nothing', { text: balance('on 10 March 2026').replace('I do not need', 'My account was blocked. I do not need') }, { rule: 'account-blocked', outcome: 'deny' }],
    ['bonus money is not given back', { text: 'Please refund the unused bonus funds from my promo code, 5.00 USD. My Telegram is @ann_lee.' }, { rule: 'promo-funds', outcome: 'deny' }],
    ['one request charged twice', { text: 'My balance was charged twice for one request on 18 March 2026, 0.40 USD. Please refund one debit. I topped up by card on 10 March 2026. My Telegram is @ann_lee.' }, { rule: 'double-debit', outcome: 'full_refund' }],
    ['no reason is asked for', { text: 'Please give me my money back. I topped up 20.00 USD by card on 10 March 2026. My Telegram is @ann_lee.' }, { rule: 'reason-unknown', outcome: 'need_info', missing: ['reason'] }],
    ['an answer is due within five business days, from a Friday', { text: balance('on 10 March 2026') }, { deadlines: [{ what: 'answer', by: '2026-03-27' }] }],
    ['from a Saturday the same', { at: '2026-03-21T12:00:00+00:00', text: balance('on 10 March 2026') }, { deadlines: [{ what: 'answer', by: '2026-03-27' }] }],
    ['from a Monday a week later', { at: '2026-03-23T12:00:00+00:00', text: balance('on 10 March 2026') }, { deadlines: [{ what: 'answer', by: '2026-03-30' }] }],
    ['and it is Saturday in Moscow at ten in the evening of Friday in London', { at: '2026-03-20T22:00:00+00:00', text: balance('on 10 March 2026') }, { deadlines: [{ what: 'answer', by: '2026-03-27' }] }],
    ['where on a Thursday evening it is Friday', { at: '2026-03-19T22:00:00+00:00', text: balance('on 10 March 2026') }, { deadlines: [{ what: 'answer', by: '2026-03-27' }] }],
    ['and at eight it is not yet', { at: '2026-03-19T20:00:00+00:00', text: balance('on 10 March 2026') }, { deadlines: [{ what: 'answer', by: '2026-03-26' }] }],
  ]);
});

const poor = (when: string) => `Hello, I am not satisfied with the quality of my portrait, order WN-32180. I received it ${when}. Please refund me.`;
const revised = (times: string) => `Hello, I am not satisfied with the quality of my portrait, order WN-32180, received on 19 March 2026. ${times} Please refund me.`;

describe('at winno', () => {
  check('hello@winno.example', [
    ['three days to the minute are in time', { text: poor('on 17 March 2026 at 12:00') }, { rule: 'quality', outcome: 'revision' }],
    ['a minute more is too late', { text: poor('on 17 March 2026 at 11:59') }, { rule: 'quality-late', outcome: 'deny' }],
    ['a minute less is in time', { text: poor('on 17 March 2026 at 12:01') }, { rule: 'quality' }],
    ['three calendar days are in time', { text: poor('on 17 March 2026') }, { rule: 'quality' }],
    ['four are not', { text: poor('on 16 March 2026') }, { rule: 'quality-late', outcome: 'deny' }],
    ['two are', { text: poor('on 18 March 2026') }, { rule: 'quality' }],
    ['no revision yet', { text: revised('') }, { rule: 'quality', outcome: 'revision' }],
    ['one revision', { text: revised('There was 1 revision already.') }, { rule: 'quality', outcome: 'revision' }],
    ['two revisions', { text: revised('There were 2 revisions already.') }, { rule: 'revisions-exhausted', outcome: 'partial_refund', discretionary: true }],
    ['three revisions', { text: revised('There were 3 revisions already.') }, { rule: 'revisions-exhausted', outcome: 'partial_refund' }],
    ['what was approved is final', { text: `${revised('There were 2 revisions already.')} I had approved the final version.` }, { rule: 'approved', outcome: 'deny' }],
    ['an order that was not begun is given back whole', { subject: 'Order', text: 'Please cancel my order WN-32180 for a portrait. Work has not started yet. I paid 60.00 USD.' }, { rule: 'cancel-unstarted', outcome: 'full_refund', amount: '60.00 USD' }],
    ['one that was begun in part', { subject: 'Order', text: 'Please cancel my order WN-32180 for a portrait. I know that work has already started. I paid 60.00 USD.' }, { rule: 'cancel-started', outcome: 'partial_refund', amount: null }],
    ['and where nobody says, it is looked up', { subject: 'Order', text: 'Please cancel my order WN-32180 for a portrait. I paid 60.00 USD.' }, { rule: 'cancel-unknown', outcome: 'full_refund', agent_checks: ['work_started'] }],
    ['a print that came damaged is replaced', { text: 'The print from order WN-32180 arrived damaged. Please refund me.' }, { rule: 'print-fault', outcome: 'replacement' }],
    ['a print that is not wanted is not taken back', { text: 'I no longer want the print from order WN-32180. Please refund me.' }, { rule: 'no-returns', outcome: 'deny' }],
    ['a print that is not made yet can be changed', { subject: 'Order', text: 'Please change the colours of my print, order WN-32180, before you print it. It has not been printed yet.' }, { rule: 'print-change', outcome: 'revision' }],
    ['where nobody says whether it is printed, it is looked up', { subject: 'Order', text: 'Please change the colours of my print, order WN-32180.' }, { rule: 'print-change', outcome: 'revision', agent_checks: ['printed'] }],
    ['one that is printed cannot', { subject: 'Order', text: 'Please change the colours of my print, order WN-32180. It has already been printed.' }, { rule: 'print-begun', outcome: 'deny' }],
    ['anything else is a person\'s', { text: 'I was charged twice for order WN-32180. Please refund one charge.' }, { rule: 'other', outcome: 'human_review' }],
  ]);
});

const child = (age: string) => `Hello, my ${age} daughter has signed up on your site with her e-mail address. Please delete her data.`;

describe('at ai3dgen', () => {
  check('support@ai3dgen.com', [
    ['a child of twelve', { subject: 'Data', text: child('12-year-old') }, { rule: 'child', outcome: 'human_review' }],
    ['one of thirteen is no child of the clause', { subject: 'Data', text: child('13-year-old') }, { rule: 'erase-or-access', outcome: 'human_review' }],
    ['a question that the text answers', { subject: 'Data', text: 'Do you use the pictures that I upload to train your models?' }, { rule: 'privacy-question', outcome: 'answer' }],
    ['money is nowhere in the policy', { text: 'Please refund my subscription. I paid 20.00 EUR on 19 March 2026, I do not need it any more.' }, { rule: 'no-refund-policy', outcome: 'human_review', amount: null }],
    ['any other matter of privacy is a person\'s', { subject: 'Privacy', text: 'I have a complaint about how you handle my personal data. I will write to the data protection authority.' }, { outcome: 'human_review' }],
    ['so is a failure', { text: 'The Pro generator shows error 502 and nothing happens, Chrome on Windows 11.' }, { rule: 'no-refund-policy', outcome: 'human_review', missing: ['screenshot'] }],
    ['a cancellation is a person\'s', { subject: 'Subscription', text: 'Please cancel my subscription.' }, { rule: 'cancel-subscription', outcome: 'human_review' }],
  ]);
});

const paidInRussian = (when: string) => `Здравствуйте! Верните, пожалуйста, деньги за подписку, она мне больше не нужна. Оплатил 20 EUR ${when}. Использовал 30 из 100 кредитов.`;
const usedInRussian = (share: string) => `Здравствуйте! Верните, пожалуйста, деньги за подписку, она мне больше не нужна. Оплатил 20 EUR 19 марта 2026. ${share}`;
const balanceInRussian = (when: string) => `Здравствуйте! Прошу вернуть неиспользованный остаток 12,50 USD. Пополнял картой ${when}. Мой Telegram: @ann_lee.`;
const outageInRussian = (hours: string) => `Здравствуйте! Сервис не работал ${hours}. Пополнял баланс картой 10 марта 2026 на 20 USD. Прошу вернуть остаток 12,50 USD. Мой Telegram: @ann_lee.`;
const outageInBelarusian = (hours: string) => `Добры дзень! Я купіў крэдыты 10 сакавіка 2026 за 15 EUR, транзакцыя TX-5512345, але ваша платформа не працавала ${hours}. Вярніце, калі ласка, грошы.`;

const childOf = (age: number): readonly (readonly [language: string, subject: string, text: string])[] => [
  ['ru', 'Данные', `Здравствуйте! Моей дочери ${String(age)} лет, она зарегистрировалась на вашем сайте. Удалите, пожалуйста, её данные.`],
  ['fr', 'Données', `Bonjour, ma fille de ${String(age)} ans s'est inscrite sur votre site. Merci de supprimer ses données personnelles.`],
  ['es', 'Datos', `Hola, mi hija de ${String(age)} años se registró en su web. Por favor, eliminen sus datos personales.`],
  ['pt', 'Dados', `Olá, a minha filha de ${String(age)} anos cadastrou-se no vosso site. Por favor, apaguem os dados dela.`],
  ['ja', 'データ', `こんにちは。${String(age)}歳の娘が貴サイトに登録してしまいました。娘の個人情報を削除してください。`],
];

describe('in the merchants\' own languages', () => {
  describe('at imgto3d', () => {
    check('support@imgto3d.ai', [
      ['три дня', { subject: 'Возврат', text: paidInRussian('17 марта 2026 в 12:00') }, { rule: 'partly-used', amount: '14.00 EUR' }],
      ['три дня и минута', { subject: 'Возврат', text: paidInRussian('17 марта 2026 в 11:59') }, { rule: 'too-late' }],
      ['80 %', { subject: 'Возврат', text: usedInRussian('Использовал 80 из 100 кредитов.') }, { rule: 'partly-used', amount: '4.00 EUR' }],
      ['81 %', { subject: 'Возврат', text: usedInRussian('Использовал 81 из 100 кредитов.') }, { rule: 'mostly-used' }],
      ['80 % словами', { subject: 'Возврат', text: usedInRussian('Использовано 80% кредитов.') }, { rule: 'partly-used', amount: '4.00 EUR' }],
    ]);
  });
  describe('at ai3dgen', () => {
    for (const [age, rule] of [[12, 'child'], [13, 'erase-or-access']] as const) {
      check('support@ai3dgen.com', childOf(age).map(([language, subject, text]) => [`${String(age)} years, in ${language}`, { subject, text }, { rule, outcome: 'human_review' }]));
    }
  });
  describe('at stone-ai', () => {
    check('refunds@stone-ai.example', [
      ['14 дней', { subject: 'Возврат', text: balanceInRussian('6 марта 2026') }, { rule: 'unused', amount: '12.50 USD' }],
      ['15 дней', { subject: 'Возврат', text: balanceInRussian('5 марта 2026') }, { rule: 'unused-late' }],
      ['72 часа', { subject: 'Возврат', text: outageInRussian('72 часа') }, { rule: 'outage', outcome: 'deny' }],
      ['73 часа', { subject: 'Возврат', text: outageInRussian('73 часа') }, { rule: 'outage', outcome: 'full_refund', amount: '12.50 USD' }],
    ]);
  });
  describe('at storybookly', () => {
    check('hello@storybookly.app', [
      ['48 гадзін', { subject: 'Крэдыты', text: outageInBelarusian('48 гадзін') }, { rule: 'outage', outcome: 'deny' }],
      ['49 гадзін', { subject: 'Крэдыты', text: outageInBelarusian('49 гадзін') }, { rule: 'outage', outcome: 'full_refund', amount: '15.00 EUR' }],
    ]);
  });
});
