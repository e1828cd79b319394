import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { loadPacks } from '../src/packs/load-packs.ts';
import { triage, type TriageResult } from '../src/triage.ts';

const packs = await loadPacks(fileURLToPath(new URL('../templates', import.meta.url)));

async function triageMail(to: string, subject: string, text: string): Promise<TriageResult> {
  const source = Buffer.from(`From: Ann Lee <ann@post.example>\r\nTo: ${to}\r\nSubject: ${subject}\r\nDate: Tue, 17 Mar 2026 12:00:00 +0000\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n${text}\r\n`);
  return await triage(source, { internalDate: new Date(0), bytes: source.length, partBytes: null, merchant: null }, { packs, authservIds: [], countEarlierRequests: null });
}

/** The customer answers our request for information between its lines, quoted as their mail program does it. */
async function answerInline(merchant: string, request: string, introduction: string, answerTo: (item: string, index: number) => string | null): Promise<TriageResult> {
  const to = packs.find(({ name }) => name === merchant)?.policy.addresses[0] ?? '';
  const { draft } = await triageMail(to, 'x', request);
  if (draft === null) throw new Error(`nothing is asked of: ${request}`);
  const lines: string[] = [];
  let answer: string | null = null;
  let items = 0;
  for (const line of draft.text.split('\n')) {
    if (answer !== null && (line === '' || line.startsWith('- '))) {
      lines.push(answer, '');
      answer = null;
    }
    if (line.startsWith('- ')) answer = answerTo(line, items++);
    // Mail programs wrap what they quote.
    for (const piece of line.match(/.{1,72}(?:\s|$)|.{72}/g) ?? ['']) lines.push(`> ${piece}`.trimEnd());
  }
  return await triageMail(to, `Re: ${draft.subject}`, `${request}\n\n${introduction}\n\n${lines.join('\n')}\n`);
}

function valuesOf({ facts }: TriageResult): Record<string, unknown> {
  return Object.fromEntries(Object.entries(facts.values).map(([name, fact]) => [name, fact.value]));
}

describe('answers between the lines of our questions', () => {
  const what = [/generator|генератор|generador|générateur|generatore|gerador|generator|üretici|oluşturucu|ジェネレーター|생성기|المولّد/iu, /date|дат|fecha|data|tarih|日付|날짜|تاريخ/iu, /browser|браузер|navega|navigat|przegląd|tarayıcı|ブラウザ|브라우저|المتصفح/iu, /syst|систем|sistem|システム|체제|نظام/iu];

  it.each([
    ['en', 'Generation fails with an error, it does not work at all.', 'On Tue, 17 Mar 2026 at 13:05, IMGto3D Support <support@imgto3d.ai> wrote:', ['turbo', 'yesterday around 6 pm', 'firefox 147', 'windows 11']],
    ['ru', 'Генерация не работает, выдаёт ошибку.', 'вт, 17 мар. 2026 г. в 16:05, IMGto3D Support <support@imgto3d.ai>:', ['турбо', 'вчера около 18:00', 'лиса 147', 'винда 11']],
    ['es', 'La generación no funciona, da un error.', 'El mar, 17 mar 2026 a las 13:05, IMGto3D Support (<support@imgto3d.ai>) escribió:', ['turbo', 'ayer sobre las 18:00', 'firefox 147', 'windows 11']],
    ['fr', "La génération ne marche pas, une erreur s'affiche.", 'Le mar. 17 mars 2026 à 13:05, IMGto3D Support <support@imgto3d.ai> a écrit :', ['turbo', 'hier vers 18h', 'firefox 147', 'windows 11']],
    ['it', 'La generazione non funziona, dà errore.', 'Il giorno mar 17 mar 2026 alle ore 13:05 IMGto3D Support <support@imgto3d.ai> ha scritto:', ['turbo', 'ieri verso le 18', 'firefox 147', 'windows 11']],
    ['pt', 'A geração não funciona, dá erro.', 'IMGto3D Support <support@imgto3d.ai> escreveu (terça, 17/03/2026 à(s) 13:05):', ['turbo', 'ontem por volta das 18h', 'firefox 147', 'windows 11']],
    ['pl', 'Generowanie nie działa, pojawia się błąd.', 'wt., 17 mar 2026 o 13:05 IMGto3D Support <support@imgto3d.ai> napisał(a):', ['turbo', 'wczoraj około 18:00', 'firefox 147', 'windows 11']],
    ['tr', 'Üretim çalışmıyor, hata veriyor.', 'IMGto3D Support <support@imgto3d.ai>, 17 Mar 2026 Sal, 13:05 tarihinde şunu yazdı:', ['turbo', 'dün saat 18:00 gibi', 'firefox 147', 'windows 11']],
    ['ja', '生成ができません。エラーが出ます。', '2026年3月17日(火) 22:05 IMGto3D Support <support@imgto3d.ai>:', ['ターボです', '昨日の18時ごろ', 'Firefox 147', 'Windows 11です']],
    ['ko', '생성이 안 됩니다. 오류가 나요.', '2026년 3월 17일 (화) 오후 10:05, IMGto3D Support <support@imgto3d.ai>님이 작성:', ['터보요', '어제 18시쯤', '파이어폭스 147', '윈도우 11']],
    ['ar', 'التوليد لا يعمل ويظهر خطأ.', 'في الثلاثاء، 17 مارس 2026 في 1:05 م تمت كتابة ما يلي بواسطة IMGto3D Support <support@imgto3d.ai>:', ['توربو', 'أمس حوالي الساعة 18:00', 'فايرفوكس 147', 'ويندوز 11']],
  ])('are read with them in %s', async (_, request, introduction, answers) => {
    const given = new Set<number>();
    const result = await answerInline('imgto3d', request, introduction, (item) => {
      const index = what.findIndex((pattern, i) => !given.has(i) && pattern.test(item));
      given.add(index);
      return answers[index] ?? null;
    });

    expect(valuesOf(result)).toMatchObject({ generator: 'turbo', occurred_at: '2026-03-16T18:00', browser: 'Firefox 147', os: 'Windows 11' });
    expect(result.facts.flags).toEqual([]);
  });

  it.each([
    ['stone-ai', 'Please refund the unused balance, I do not need it any more.', ['5 USD', '5 March', 'by card', '123456789'], { amount: '5 USD', paid_at: '2026-03-05', payment_method: 'card', telegram_id: '123456789' }],
    ['stone-ai', 'Верните неиспользованный остаток, он мне больше не нужен.', ['5 $', '5.03', 'карта', 'Ivan_P'], { amount: '5 USD', paid_at: '2026-03-05', payment_method: 'card', telegram_id: '@Ivan_P' }],
    ['storybookly', 'Книга пришла с рваной обложкой.', ['10482', 'прикладываю', 'деньги'], { order_number: '10482', preferred_resolution: 'refund' }],
    ['storybookly', 'Кніга прыйшла з парванай вокладкай.', ['SB-10482', null, 'грошы'], { order_number: 'SB-10482', preferred_resolution: 'refund' }],
    ['storybookly', 'I was charged twice for credits.', ['66102947', '5 March'], { transaction_id: '66102947', paid_at: '2026-03-05' }],
    ['storybookly', 'З мяне двойчы спісалі грошы за крэдыты.', ['66102947', '5 сакавіка'], { transaction_id: '66102947', paid_at: '2026-03-05' }],
  ] as const)('of %s may be bare numbers and words: %s', async (merchant, request, answers, expected) => {
    const result = await answerInline(merchant, request, 'On Tue, 17 Mar 2026 at 13:05, Support <support@shop.example> wrote:', (_, index) => answers[index] ?? null);

    expect(valuesOf(result)).toMatchObject(expected);
  });

  it('do not make an order of the tag in the subject of our reply', async () => {
    const result = await answerInline('storybookly', 'I was charged twice for credits.', 'On Tue, 17 Mar 2026 at 13:05, Support <support@shop.example> wrote:', () => null);

    expect(valuesOf(result)).toEqual({ account_email: 'ann@post.example' });
  });
});
