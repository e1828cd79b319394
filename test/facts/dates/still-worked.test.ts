import { describe, expect, it } from 'vitest';
import { read } from '../some-mail.ts';

describe('the day on which it failed', () => {
  it.each([
    ['the last day on which all was well', 'The Base generator shows an error since Sunday. Yesterday it was perfectly fine, then that spinner again.', '2026-03-15'],
    ['a day on which it worked', 'Turbo crashed at 9 today. It worked fine on Sunday.', '2026-03-17'],
    ['the same in French', 'Hier encore ça marchait très bien. Ce matin, erreur 500 sur Ultra.', '2026-03-17'],
    ['the same in Polish', 'Wczoraj działało, dziś generator Pro wyrzuca błąd 500.', '2026-03-17'],
    ['the day of another try', 'El viernes Ultra dio error en Safari. Ayer lo volví a probar y nada.', '2026-03-13'],
    ['the same in Japanese', '昨日は問題なく動いていたのですが、今朝からエラーになります。Proです。', '2026-03-17'],
  ])('is not %s', (_, text, day) => {
    expect(read(text, 'ai3dgen').values.occurred_at?.value).toBe(day);
  });

  it.each([
    ['Tout allait bien jusqu’à dimanche soir, vers 21 h. Depuis, dès que je joins un PDF, erreur 502.', '2026-03-15T21:00'], ['Até domingo funcionava sem problemas, agora dá erro 502 no Ultra.', '2026-03-15'], ['До воскресенья всё работало нормально, теперь ошибка 502 в Ultra.', '2026-03-15'],
    ['日曜日までは問題なく動いていたのですが、Ultraで502エラーになります。', '2026-03-15'], ['Jusqu’à hier ça marchait. Ce matin, la roue tourne sans fin, erreur 502 sur Ultra.', '2026-03-17'], ['Please fix error 502 in Ultra by Sunday, it was fine before.', undefined], ['It didn’t work until Sunday, then error 502 with Ultra.', undefined],
  ])('begins where all was well until then: %s', (text, day) => {
    expect(read(text, 'ai3dgen').values.occurred_at?.value).toBe(day);
  });

  it.each([
    ['We sat down to it yesterday after lunch. She drew a cat. About half past two a red box came up, error 500 on Ultra.', '2026-03-16T14:30'],
    ['Hoje mostrei o gerador à turma. Umas dez da manhã cliquei em gerar no Ultra e apareceu "falha ao processar".', '2026-03-17T10:00'],
    ['昨日、Ultraで試しました。写真をアップしました。午後9時半ごろ、エラー500が出ました。', '2026-03-16T21:30'],
    ['Yesterday Ultra failed with error 500. At 5 I have to fetch the kids, so please hurry.', '2026-03-16'],
  ])('has the hour of a later sentence that tells of the failure: %s', (text, moment) => {
    expect(read(text, 'ai3dgen').values.occurred_at?.value).toBe(moment);
  });

  it.each([
    ['where it failed later that day', 'Ultra worked yesterday evening, then it crashed with error 500.', '2026-03-16'],
    ['before it was tried again', 'On Sunday I tried Ultra in Safari and it crashed. I tried once more on Monday with the same result.', '2026-03-15'],
    ['the same in Russian', 'В воскресенье Ultra в Safari выдал ошибку. В понедельник попробовала ещё раз, то же самое.', '2026-03-15'],
    ['the same in Portuguese', 'No domingo usei o Ultra e travou. Na segunda tentei de novo e deu no mesmo.', '2026-03-15'],
    ['the same in Turkish', 'Pazar günü Ultra dondu, hata verdi. Pazartesi tekrar denedim, aynı.', '2026-03-15'],
    ['on which it was tried again, where no other is of a failure', 'On Sunday I bought Starter by card. I tried again on Monday and Ultra crashed.', '2026-03-16'],
    ['where it did not work', "Ultra wasn't working yesterday, error 500 every time.", '2026-03-16'],
    ['where it went on all day, and no other is named', 'The Base generator has been stuck on "Preparing" all morning.', '2026-03-17'],
    ['where another day is named than the one it went on', 'On 3 March I tried Ultra with the same picture. It hung all day.', '2026-03-03'],
  ])('is that day %s', (_, text, day) => {
    expect(read(text, 'ai3dgen').values.occurred_at?.value).toBe(day);
  });
});
