import { describe, expect, it } from 'vitest';
import { faultOfPassword, hashPassword, isPassword, maxPasswordLength } from '../../src/desk/passwords.ts';

describe('a password', () => {
  it('is kept as an Argon2id hash with a salt of its own', async () => {
    const [one, other] = await Promise.all([hashPassword('correct horse battery'), hashPassword('correct horse battery')]);
    expect(one).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(other).not.toBe(one);
    expect(await isPassword(one, 'correct horse battery')).toBe(true);
    expect(await isPassword(one, 'correct horse batterz')).toBe(false);
  });

  it('is the same however its letters are put together', async () => {
    expect(await isPassword(await hashPassword('пароль Й длинный'.normalize('NFC')), 'пароль Й длинный'.normalize('NFD'))).toBe(true);
  });

  it('of nobody is never right', async () => {
    expect(await isPassword(null, 'the password of nobody')).toBe(false);
  });

  it.each([
    ['short', 'short'], ['x'.repeat(maxPasswordLength + 1), 'long'], ['password123', 'common'], ['1234567890', 'common'], ['Qwerty12345', 'common'], ['aaaaaaaaaaaa', 'common'], ['йцукен12345', 'common'],
    ['AdaAda2026', 'common'], ['ada-lovelace', 'common'], ['qwertyqwerty', 'common'], ['пять слов в одном ряду', null], ['correct horse battery staple', null], ['Ada Lovelace reads at night', null],
  ] as const)('%j is found %s', (password, fault) => {
    expect(faultOfPassword(password, 'Ada Lovelace'.startsWith('Ada') && password === 'ada-lovelace' ? 'lovelace' : 'AdaAda')).toBe(fault);
  });
});
