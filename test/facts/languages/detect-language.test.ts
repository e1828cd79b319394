import { describe, expect, it } from 'vitest';
import { detectLanguage } from '../../../src/facts/languages/detect-language.ts';
import { ownText } from '../../../src/message/message.ts';
import type { Message } from '../../../src/message/message.ts';
import { mail } from '../some-mail.ts';

function language(text: string, parts: Partial<Message> = {}, languages = ['ru', 'en']): string {
  const message = mail(text, parts);
  return detectLanguage(message, ownText(message), languages);
}

describe('the language of a short mail', () => {
  it.each([
    ['en', 'refund please'],
    ['en', 'I want my money back'],
    ['ru', 'верните деньги'],
    ['be', 'вярніце грошы калі ласка'],
    ['uk', 'поверніть гроші будь ласка'],
    ['es', 'quiero un reembolso'],
    ['fr', 'remboursez-moi svp'],
    ['it', 'vorrei il rimborso'],
    ['pt', 'quero meu dinheiro de volta'],
    ['pl', 'proszę o zwrot pieniędzy'],
    ['tr', 'paramı iade edin lütfen'],
    ['ja', '返金してください'],
    ['ja', 'ヘンキンオネガイシマス'],
    ['ko', '환불해 주세요'],
    ['ar', 'أريد استرداد أموالي'],
    ['de', 'ich möchte bitte mein Geld zurück'],
    ['zh', '请退款给我'],
  ])('is told: %s, %s', (code, text) => {
    expect(language(text)).toBe(code);
  });

  it.each([
    ['es', 'hola, no me funciona y quiero la devolucion de mi dinero porfa'],
    ['pt', 'oi, nao funciona, quero o reembolso'],
    ['fr', 'bonjour, ca ne marche pas, je veux etre rembourse'],
    ['pl', 'dzien dobry, prosze o zwrot pieniedzy'],
    ['tr', 'merhaba, calismiyor, para iadesi istiyorum lutfen'],
  ])('is told without its accents: %s, %s', (code, text) => {
    expect(language(text)).toBe(code);
  });
});

describe('neighbouring languages', () => {
  it.each([
    ['be', 'Добры дзень! Кніга прыйшла з парваным вокладкам, што мне рабіць?'],
    ['be', 'Спісалі двойчы, вярніце'],
    ['ru', 'Добрый день! Книга пришла с порванной обложкой, что мне делать?'],
    ['ru', 'Списали дважды, верните'],
    ['uk', 'Добрий день! Книга прийшла з порваною обкладинкою, що мені робити?'],
    ['uk', 'Списали двічі, поверніть гроші, це вже вдруге'],
  ])('are told apart: %s, %s', (code, text) => {
    expect(language(text)).toBe(code);
  });
});

describe('a mail in two languages', () => {
  it.each([
    ['ru', 'Здравствуйте, на сайте Image to 3D AI Generator выскакивает Internal Server Error, верните деньги за Starter Plan'],
    ['ja', 'Image to 3D AI Generator の Starter Plan を購入しましたが Internal Server Error です'],
    ['ko', 'IMGto3D Starter Plan 결제했는데 Internal Server Error 떠요'],
    ['ar', 'اشتريت Starter Plan لكن يظهر Internal Server Error أريد استرداد'],
    ['es', 'Hola, compré el Starter Plan y me sale "Internal Server Error", quiero que me devuelvan el dinero'],
  ])('is in the writer\'s, not the product\'s: %s, %s', (code, text) => {
    expect(language(text)).toBe(code);
  });

  it('does not count addresses, links, user agents and quoted errors', () => {
    expect(language('верните https://example.example/account/settings/billing name.surname@company.example "Something went wrong, please try again later"')).toBe('ru');
    expect(language('ошибка\nMozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko)')).toBe('ru');
  });
});

describe('Russian in Latin letters', () => {
  it.each(['zdravstvuyte, vernite dengi pozhaluista', 'privet, ne rabotaet, hochu vozvrat deneg', 'spisali dvazhdy, vernite dengi na kartu', 'Udalite moi akkaunt i vse moi fotografii', 'Balans tak i lezhit, ni odnogo zaprosa'])('is Russian: %s', (text) => {
    expect(language(text)).toBe('ru');
  });

  it('is read as such', () => {
    expect(language('please return the money, it does not work')).toBe('en');
    expect(language('Ieri ho pagato 20 euro, rivoglio i soldi, signor Zhang')).toBe('it');
  });
});

describe('where the text does not tell', () => {
  it('the subject does', () => {
    expect(language('', { subject: 'Верните деньги за подписку' })).toBe('ru');
    expect(language('12345', { subject: 'Re: Quiero la devolución de mi dinero' })).toBe('es');
  });

  it('the headers do', () => {
    expect(language('???', { languageHints: ['xx', 'pl'] })).toBe('pl');
  });

  it('English is taken where the merchant answers in it, else the merchant\'s first', () => {
    expect(language('')).toBe('en');
    expect(language('', {}, ['be', 'ru'])).toBe('be');
    expect(language('', {}, [])).toBe('en');
  });
});
