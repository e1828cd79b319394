import { describe, expect, it } from 'vitest';
import { read } from './some-mail.ts';

/** The mails are of 17 March 2026. */
describe('when goods were ordered and when they came', () => {
  it.each([
    ['Kitap bugün kargodan çıktı, kapağı yırtık.', undefined, '2026-03-17'],
    ['3 Mart\'ta ısmarladığım kitap 14 Mart\'ta elimize geçti, kapağı kopuk.', '2026-03-03', '2026-03-14'],
    ['Kitabı 2 Mart\'ta sipariş geçmiştik, dün kargocu getirdi, sayfalar eksik.', '2026-03-02', '2026-03-16'],
    ['3 Mart\'ta sipariş verirken adresi yanlış yazmışım, kitap eski evime gitti.', '2026-03-03', undefined],
    ['Dün sizi aradım, kitap yırtık, 30 avromu iade edecektiniz.', undefined, undefined],
    ['Kitap hâlâ elimize geçmedi, 3 Mart\'ta sipariş vermiştik.', '2026-03-03', undefined],
  ])('is told in Turkish: %s', (text, paid, fulfilled) => {
    const { values } = read(text, 'storybookly');
    expect([values.paid_at?.value, values.fulfilled_at?.value]).toEqual([paid, fulfilled]);
  });

  it.each([
    ['Książka przyszła 5 marca z rozdartą okładką, proszę o zwrot.', undefined, '2026-03-05'],
    ['Książki przyszły w piątek z rozdartą okładką, proszę o zwrot.', undefined, '2026-03-13'],
    ['Książkę zamówiłam 2 marca, urodziny są w przyszły piątek. Proszę o zwrot.', '2026-03-02', undefined],
  ])('is told in Polish: %s', (text, paid, fulfilled) => {
    const { values } = read(text, 'storybookly');
    expect([values.paid_at?.value, values.fulfilled_at?.value]).toEqual([paid, fulfilled]);
  });

  it.each([
    ['الكتاب لسه واصل امبارح بس، وأنا طالباه من ٢٤ نوفمبر، اتأخر، عايزة فلوسي', '2025-11-24', '2026-03-16'],
    ['طلبت الكتاب يوم 3 مارس وما وصل، أريد فلوسي', '2026-03-03', undefined],
    ['شارية الكتاب يوم 3 مارس وطلع مقطوع، ابغى فلوسي', '2026-03-03', undefined],
    ['عملت أوردر للكتاب يوم 3 مارس ومجاش، عايز فلوسي', '2026-03-03', undefined],
    ['إجا الكتاب مبارح مخزوق، بدي مصاري', undefined, '2026-03-16'],
    ['تسلمت الكتاب البارح مقطع، بغيت فلوسي', undefined, '2026-03-16'],
    ['سلمني المندوب الكتاب أمس وهو تالف، أريد استرداد المبلغ', undefined, '2026-03-16'],
    ['راسلتكم يوم 10 مارس وما رديتوا، الكتاب ممزق، دفعت 30 يورو ابغاها ترجع', undefined, undefined],
    ['طلبت الكتاب يوم 3 مارس بـ 20 يورو وقلت أجرب، جاني أمس ممزق، أعيدوا المبلغ', '2026-03-03', '2026-03-16'],
    ['طلبت منكم استرداد المبلغ يوم 3 مارس ولم يرد أحد، الكتاب تالف', undefined, undefined],
  ])('is told in Arabic: %s', (text, paid, fulfilled) => {
    const { values } = read(text, 'storybookly');
    expect([values.paid_at?.value, values.fulfilled_at?.value]).toEqual([paid, fulfilled]);
  });
});
