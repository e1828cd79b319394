import { expect, it } from 'vitest';
import { greetingName } from '../../src/draft/greeting-name.ts';

const nameOf = (name: string, address = 'someone@mail.example') => greetingName({ name, address });

it('takes a person\'s name as it stands', () => {
  for (const name of ['Anna', 'Anna Lopez', 'Мария', 'Ян Коваль', 'Аляксей Мядзведзеў', 'Jean-Luc O’Neill', "Conan O'Brien", 'J. R. Smith', 'María de la Cruz', '山田太郎', '김민수', 'Zoë Şahin', 'محمد علي']) {
    expect(nameOf(name)).toBe(name);
  }
});

it('puts a surname before a comma behind, and takes quotation marks off', () => {
  expect(nameOf('Lopez, Anna')).toBe('Anna Lopez');
  expect(nameOf('"Anna Lopez"')).toBe('Anna Lopez');
});

it('leaves the initial of a surname out', () => {
  expect(nameOf('Priya N')).toBe('Priya');
  expect(nameOf('Олег П.')).toBe('Олег');
});

it('writes a name in capitals as a name', () => {
  expect(nameOf('ANNA LOPEZ')).toBe('Anna Lopez');
  expect(nameOf('ИВАН ПЕТРОВ')).toBe('Иван Петров');
});

it('greets by name and patronymic, whichever side the surname stands on', () => {
  expect(nameOf('Петрова Мария Ивановна')).toBe('Мария Ивановна');
  expect(nameOf('Мария Ивановна Петрова')).toBe('Мария Ивановна');
  expect(nameOf('Сергей Ильич Орлов')).toBe('Сергей Ильич');
});

it('makes no name of a company, a role, a nickname or an address', () => {
  for (const name of ['', '   ', 'Acme Ltd', 'ООО Ромашка', 'ИП Петров', 'Customer Support', 'xX_dark_Xx', 'anna', 'Anna92', 'anna@mail.example', 'www.evil.example', 'Anna & Co', 'a', '💥', 'Anna 💥', 'Iphone', 'Аnna', 'One Two Three Four Five', 'A'.repeat(10_000)]) {
    expect(nameOf(name)).toBeNull();
  }
  expect(nameOf('Anna Lopez', 'info@shop.example')).toBeNull();
  expect(nameOf('Anna Lopez', 'billing+eu@shop.example')).toBeNull();
});

it('makes no name of what would be Markdown, HTML or another line', () => {
  for (const name of ['[Anna](https://evil.example)', '<b>Anna</b>', '**Anna**', 'Anna\r\nBcc: x', 'Anna\u202E', '{{ Anna }}']) expect(nameOf(name)).toBeNull();
});
