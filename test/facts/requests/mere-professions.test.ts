import { describe, expect, it } from 'vitest';
import { read } from '../some-mail.ts';

const flags = (merchant: string, text: string): string[] => read(text, merchant).flags.filter((flag) => flag === 'legal_threat');

describe('a lawyer, a judge or a policeman', () => {
  it.each([
    ['ai3dgen', 'Наш юрист просит уточнить, где хранятся фото и кому вы их передаёте.'], ['ai3dgen', 'Our lawyer at work asked me which cookies you set and whether you share our data.'],
    ['ai3dgen', 'Nuestro abogado pregunta qué cookies usáis.'], ['ai3dgen', '会社の弁護士に聞かれたのですが、どのクッキーを使っていますか。'], ['imgto3d', 'Eşim avukat, fotoğraflarımızla model eğitiyor musunuz diye merak ediyor.'],
    ['winno', 'Портрет папы-адвоката W-1234 не похож, переделайте нос.'], ['winno', 'El retrato de mi padre, abogado jubilado, W-1234 no se parece, rehaced la nariz.'], ['winno', 'Portret taty adwokata, W-1234, niepodobny, poprawcie nos.'],
    ['winno', '변호사이신 아버지 초상화 W-1234가 안 닮았어요. 코를 수정해 주세요.'], ['winno', 'بورتريه أبي المحامي W-1234 لا يشبهه، عدلوا الأنف.'], ['imgto3d', 'I made a model of a judge and a policeman in Ultra, error 500. Give me my credits back.'],
    ['stone-ai', 'J\'ai mis 40 $ le 3 mars, et le modèle invente ses sources. Remboursez ces tokens. @viguier_avocat'], ['stone-ai', 'Wpłaciłem 40 $ 3 marca, model zmyślił wyroki. Zwróćcie tokeny. @adwokat_nowak'],
  ])('threatens nobody where only a trade is spoken of (%s): %s', (merchant, text) => {
    expect(flags(merchant, text)).toEqual([]);
  });

  it.each([
    ['Мой адвокат спрашивает, почему вы не возвращаете деньги. Верните деньги.'], ['My husband called a lawyer and she will write to you. Refund me.'], ['Муж обратился к адвокату. Верните деньги.'], ['Mój prawnik pyta, kiedy oddacie pieniądze.'],
    ['Mon mari a pris un avocat, remboursez-moi.'], ['The portrait of my dog is awful and my lawyer will write to you. Refund me.'], ['夫が弁護士に相談しました。返金してください。'],
  ])('threatens where one is called upon: %s', (text) => {
    expect(flags('imgto3d', text)).toEqual(['legal_threat']);
  });
});
