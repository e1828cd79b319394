import MailComposer from 'nodemailer/lib/mail-composer';
import { describe, expect, it } from 'vitest';
import { formLabels, formLines } from '../src/draft/form.ts';
import { localeFormat } from '../src/draft/locale-format.ts';
import type { FormField } from '../src/facts/forms/read-form.ts';
import { fold } from '../src/facts/text/fold.ts';
import { conventionsOf } from '../src/packs/conventions.ts';
import type { Pack } from '../src/packs/pack.ts';
import { triage } from '../src/triage.ts';
import { allPacks, packNamed } from './draft/some-cases.ts';

const packs = await allPacks();

/** What a customer types behind the lines, in each language, and what is meant by it. */
const words: Readonly<Record<string, { readonly card: string; readonly refund: string; readonly replacement: string; readonly reason: string; readonly happened: string; readonly hours: string; readonly greeting: string; readonly thanks: string }>> = {
  en: { card: 'by card', refund: 'refund', replacement: 'replacement', reason: 'I do not need it any more', happened: 'I opened the page, clicked the button twice and only saw a white screen.', hours: '80 hours', greeting: 'Hello,', thanks: 'Thank you' },
  ru: { card: 'картой', refund: 'возврат денег', replacement: 'замена', reason: 'мне это больше не нужно', happened: 'Я открыл страницу, дважды нажал кнопку и увидел только белый экран.', hours: '80 часов', greeting: 'Здравствуйте!', thanks: 'Спасибо' },
  be: { card: 'карткай', refund: 'вяртанне грошай', replacement: 'замена', reason: 'мне гэта больш не патрэбна', happened: 'Я адкрыў старонку, двойчы націснуў кнопку і ўбачыў толькі белы экран.', hours: '80 гадзін', greeting: 'Вітаю!', thanks: 'Дзякуй' },
  es: { card: 'con tarjeta', refund: 'reembolso', replacement: 'sustitución', reason: 'ya no lo necesito', happened: 'Abrí la página, pulsé el botón dos veces y solo vi una pantalla blanca.', hours: '80 horas', greeting: 'Hola:', thanks: 'Gracias' },
  fr: { card: 'par carte', refund: 'remboursement', replacement: 'remplacement', reason: 'je n’en ai plus besoin', happened: 'J’ai ouvert la page, j’ai cliqué deux fois et je n’ai vu qu’un écran blanc.', hours: '80 heures', greeting: 'Bonjour,', thanks: 'Merci' },
  it: { card: 'con carta', refund: 'rimborso', replacement: 'sostituzione', reason: 'non mi serve più', happened: 'Ho aperto la pagina, ho premuto il pulsante due volte e ho visto solo una schermata bianca.', hours: '80 ore', greeting: 'Buongiorno,', thanks: 'Grazie' },
  pt: { card: 'com cartão', refund: 'reembolso', replacement: 'substituição', reason: 'não preciso mais', happened: 'Abri a página, cliquei no botão duas vezes e só vi uma tela branca.', hours: '80 horas', greeting: 'Olá,', thanks: 'Obrigada' },
  pl: { card: 'kartą', refund: 'zwrot pieniędzy', replacement: 'wymiana', reason: 'już tego nie potrzebuję', happened: 'Otworzyłam stronę, kliknęłam przycisk dwa razy i zobaczyłam tylko biały ekran.', hours: '80 godzin', greeting: 'Dzień dobry,', thanks: 'Dziękuję' },
  tr: { card: 'kredi kartı', refund: 'para iadesi', replacement: 'değişim', reason: 'artık ihtiyacım yok', happened: 'Sayfayı açtım, düğmeye iki kez bastım ve sadece beyaz bir ekran gördüm.', hours: '80 saat', greeting: 'Merhaba,', thanks: 'Teşekkürler' },
  ja: { card: 'クレジットカード', refund: '返金', replacement: '交換', reason: '不要になったため', happened: 'ページを開いてボタンを二回押しましたが、白い画面しか表示されませんでした。', hours: '80時間', greeting: 'お世話になっております。', thanks: 'よろしくお願いいたします。' },
  ko: { card: '카드', refund: '환불', replacement: '교환', reason: '더 이상 필요하지 않습니다', happened: '페이지를 열고 버튼을 두 번 눌렀는데 흰 화면만 보였습니다.', hours: '80시간', greeting: '안녕하세요.', thanks: '감사합니다' },
  ar: { card: 'بطاقة', refund: 'استرداد المبلغ', replacement: 'استبدال', reason: 'لم أعد بحاجة إليه', happened: 'فتحت الصفحة وضغطت على الزر مرتين ولم أر سوى شاشة بيضاء.', hours: '80 ساعة', greeting: 'مرحبا،', thanks: 'شكرا' },
};

interface Answer {
  readonly typed: string;
  /** The value of the fact; null where it is none. */
  readonly read: string | number | null;
}

function answersIn(language: string, resolution: 'refund' | 'replacement'): Readonly<Record<FormField, Answer>> {
  const said = words[language];
  if (said === undefined) throw new Error(`nothing to type in ${language}`);
  const format = localeFormat(language);
  return {
    account_email: { typed: 'Anna.Lopez@mail.example', read: 'anna.lopez@mail.example' },
    order_number: { typed: 'SB-10482', read: 'SB-10482' },
    transaction_id: { typed: 'pi_3Nf88231Kx', read: 'pi_3Nf88231Kx' },
    generator: { typed: 'Ultra', read: 'ultra' },
    browser: { typed: 'Chrome 126', read: 'Chrome 126' },
    os: { typed: 'Windows 11', read: 'Windows 11' },
    occurred_at: { typed: `${format.date('2026-03-14')}, 14:05`, read: '2026-03-14T14:05' },
    paid_at: { typed: format.date('2026-03-12'), read: '2026-03-12' },
    fulfilled_at: { typed: format.date('2026-03-13'), read: '2026-03-13' },
    amount: { typed: format.money('41.99 EUR'), read: '41.99 EUR' },
    payment_method: { typed: said.card, read: 'card' },
    credits_used: { typed: '35', read: 35 },
    credits_total: { typed: '120', read: 120 },
    credits_left: { typed: '85', read: 85 },
    used_percent: { typed: '30 %', read: 30 },
    revision_count: { typed: '2', read: 2 },
    outage_hours: { typed: said.hours, read: 80 },
    telegram_id: { typed: '@anna_lopez', read: '@anna_lopez' },
    preferred_resolution: { typed: said[resolution], read: resolution },
    reason: { typed: said.reason, read: null },
    description: { typed: said.happened, read: null },
  };
}

async function read(pack: Pack, subject: string, text: string) {
  const source = await new MailComposer({ from: 'Anna Lopez <anna@mail.example>', to: pack.policy.from.address, subject, text, date: new Date('2026-03-15T09:00:00Z'), messageId: '<form@mail.example>' }).compile().build();
  return await triage(source, { internalDate: new Date('2026-03-15T09:00:05Z'), bytes: source.length, partBytes: null, merchant: pack.name }, { packs, authservIds: [], countEarlierRequests: null });
}

/** The lines with their answers, and the facts they must give. */
function fillIn(pack: Pack, language: string, lines: readonly string[], resolution: 'refund' | 'replacement'): { readonly text: string; readonly expected: Readonly<Record<string, unknown>>; readonly fields: readonly FormField[] } {
  const answers = answersIn(language, resolution);
  const { fields } = formLabels(pack.replies);
  const expected: Record<string, unknown> = {};
  const filledFields: FormField[] = [];
  const filled = lines.map((line) => {
    const field = fields.get(fold(line.replace(/\s*[:：]\s*$/u, '')));
    if (field === undefined) throw new Error(`no line of the form: ${line}`);
    filledFields.push(field);
    const { typed, read: value } = answers[field];
    if (value !== null) expected[field] = value;
    return `${line.trimEnd()}${line.includes('：') ? '' : ' '}${typed}`;
  });
  return { text: filled.join('\n'), expected, fields: filledFields };
}

const factsOf = (values: object) => Object.fromEntries(Object.entries(values).map(([name, fact]: [string, { value: unknown }]) => [name, fact.value]));
const sender = { account_email: 'anna@mail.example' };

describe.each(packs.flatMap((pack) => conventionsOf(pack).languages.map((language) => [pack.name, language.language, pack, language.mails] as const)))('a mail of the conventions of %s in %s', (_name, language, pack, mails) => {
  it.each(mails.map((mail) => [mail.name, mail] as const))('is read to the letter once it is filled in: %s', async (_title, { topic, link, lines }) => {
    const url = new URL(link);
    expect(decodeURIComponent(url.pathname)).toBe(pack.policy.from.address);
    const body = url.searchParams.get('body') ?? '';
    expect(body.split('\r\n').map((line) => line.trimEnd())).toEqual(lines);
    const { text, expected, fields } = fillIn(pack, language, body.split('\r\n'), 'replacement');
    const subject = url.searchParams.get('subject') ?? '';
    const { facts } = await read(pack, subject.endsWith('- ') ? `${subject}SB-10482` : subject, text);
    // A form that does not ask for the number leaves the one in the subject.
    const numbered = subject.endsWith('- ') && expected['order_number'] === undefined && expected['transaction_id'] === undefined ? { order_number: 'SB-10482' } : {};
    expect(factsOf(facts.values)).toMatchObject({ ...sender, ...numbered, ...expected });
    expect(facts.language).toBe(language);
    // What was typed as reason speaks of a refund, and as description of an error: words beat what the mail is announced as.
    const spoken = fields.includes('description') ? 'technical_problem' : fields.includes('reason') ? 'refund' : topic;
    if (topic === spoken) expect(facts.topic).toBe(topic);
  });
});

describe.each(Object.keys(words))('the form of a request for information in %s', (language) => {
  const everything = ['account_email', 'generator', 'browser', 'os', 'occurred_at', 'paid_at', 'amount', 'payment_method', 'credits_used', 'credits_left', 'reason', 'description'] as const;
  const pack = async () => await packNamed(language === 'be' ? 'storybookly' : 'imgto3d');

  it('is read to the letter, between a greeting and a closing', async () => {
    const merchant = await pack();
    const phrases = merchant.replies.byLanguage.get(language)?.phrases;
    if (phrases === undefined) throw new Error(`no phrases in ${language}`);
    const asked = everything.filter((name) => merchant.vocabulary.generators.length > 0 || name !== 'generator');
    const { text, expected } = fillIn(merchant, language, formLines(phrases, asked), 'refund');
    const said = words[language];
    const { facts } = await read(merchant, 'Re: [RT-00000000]', `${said?.greeting ?? ''}\n\n${text}\n\n${said?.thanks ?? ''}\nAnna`);
    expect(factsOf(facts.values)).toEqual(expected);
    expect(facts.described).toBe(true);
  });

  it('is read where it was filled in within the quote, or left half empty', async () => {
    const merchant = await pack();
    const phrases = merchant.replies.byLanguage.get(language)?.phrases;
    if (phrases === undefined) throw new Error(`no phrases in ${language}`);
    const [paid = '', browser = ''] = formLines(phrases, ['paid_at', 'browser']);
    const { text, expected } = fillIn(merchant, language, [paid], 'refund');
    const { facts } = await read(merchant, 'Re: [RT-00000000]', `${words[language]?.greeting ?? ''}\n\nOn 14 March 2026, Support wrote:\n> ${text}\n> ${browser}\n`);
    expect(factsOf(facts.values)).toMatchObject(expected);
    expect(facts.values.browser).toBeUndefined();
  });
});
