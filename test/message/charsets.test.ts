import { describe, expect, it } from 'vitest';
import { readMessage } from '../../src/message/read-message.ts';
import { ownText } from '../../src/message/message.ts';
import { written } from './written-mail.ts';

const russian = 'Здравствуйте! Верните, пожалуйста, деньги за заказ, книга пришла порванной.';
const belarusian = 'Добры дзень! Вярніце грошы, кніга прыйшла парваная, вокладка мокрая.';

/** One byte a letter, by the order of the charset's upper half. */
function encode(text: string, charset: string): Buffer {
  const decoder = new TextDecoder(charset);
  const byteOf = new Map(Array.from({ length: 256 }, (_, byte) => [decoder.decode(Uint8Array.of(byte)), byte] as const));
  return Buffer.from(Array.from(text, (char) => byteOf.get(char) ?? 0x3f));
}

async function read(body: Buffer, type: string): Promise<string> {
  return ownText(await readMessage(written({ type, body })));
}

describe('declared charsets', () => {
  it.each([
    ['windows-1251', russian],
    ['koi8-r', russian],
    ['koi8-u', belarusian.replaceAll('ў', 'у')],
    ['ibm866', russian],
    ['iso-8859-5', belarusian],
    ['windows-1250', 'Proszę o zwrot pieniędzy, książka jest podarta.'],
    ['windows-1254', 'Kapağı yırtık geldi, iade istiyorum.'],
    ['iso-8859-9', 'Kapağı yırtık geldi, iade istiyorum.'],
    ['windows-1252', 'Je veux être remboursé de 19,90 € – merci'],
    ['windows-1256', 'أريد استرداد المبلغ'],
    ['macintosh', 'Ich möchte das Geld zurück'],
  ])('%s is read', async (charset, text) => {
    expect(await read(encode(text, charset), `text/plain; charset="${charset}"`)).toBe(text);
  });

  it.each([
    ['iso-2022-jp', Buffer.from('\x1b$BJV6b$7$F$/$@$5$$\x1b(B', 'latin1'), '返金してください'],
    ['shift_jis', Buffer.from('95d48be082b582c482ad82be82b382a2', 'hex'), '返金してください'],
    ['euc-kr', Buffer.from('c8afbad220bacec5b9b5e5b8b3b4cfb4d9', 'hex'), '환불 부탁드립니다'],
    ['ks_c_5601-1987', Buffer.from('c8afbad2', 'hex'), '환불'],
    ['gb2312', Buffer.from('c7ebcdcbbfee', 'hex'), '请退款'],
    ['cp1251', encode(russian, 'windows-1251'), russian],
    ['UTF8', Buffer.from(russian), russian],
  ])('%s is read by its name', async (charset, bytes, text) => {
    expect(await read(bytes, `text/plain; charset=${charset}`)).toBe(text);
  });
});

describe('missing and wrong charsets', () => {
  it.each([
    ['text/plain', 'windows-1251'],
    ['text/plain', 'koi8-r'],
    ['text/plain', 'ibm866'],
    ['text/plain; charset=us-ascii', 'windows-1251'],
    ['text/plain; charset=iso-8859-1', 'windows-1251'],
    ['text/plain; charset=iso-8859-1', 'koi8-r'],
    ['text/plain; charset=utf-8', 'windows-1251'],
    ['text/plain; charset=koi8-r', 'windows-1251'],
    ['text/plain; charset=windows-1251', 'koi8-r'],
    ['text/plain; charset=unknown-8bit', 'koi8-r'],
    ['text/plain; charset=utf-7', 'windows-1251'],
  ])('of %s that is %s are found out', async (type, charset) => {
    expect(await read(encode(russian, charset), type)).toBe(russian);
  });

  it.each(['text/plain', 'text/plain; charset=us-ascii', 'text/plain; charset=iso-8859-1', 'text/plain; charset=windows-1251', 'text/plain; charset=nonsense'])('of %s that is UTF-8 are found out', async (type) => {
    expect(await read(Buffer.from(belarusian), type)).toBe(belarusian);
  });

  it('are told in the notes', async () => {
    expect((await readMessage(written({ type: 'text/plain', body: encode(russian, 'koi8-r') }))).notes).toContain('charset_guessed');
    expect((await readMessage(written({ body: russian }))).notes).toEqual([]);
  });

  it('leave Western text alone', async () => {
    const french = 'Je souhaite être remboursé, le colis est arrivé abîmé.';
    expect(await read(encode(french, 'windows-1252'), 'text/plain')).toBe(french);
    expect(await read(encode(french, 'windows-1252'), 'text/plain; charset=iso-8859-1')).toBe(french);
  });

  it('find Polish and Turkish by their letters', async () => {
    const polish = 'Proszę o zwrot pieniędzy, książka przyszła podarta.';
    expect(await read(encode(polish, 'windows-1250'), 'text/plain')).toBe(polish);
    const turkish = 'Kapağı yırtık geldi, iade istiyorum, teşekkürler.';
    expect(await read(encode(turkish, 'windows-1254'), 'text/plain')).toBe(turkish);
  });

  it('find Japanese and Korean', async () => {
    expect(await read(Buffer.from('82a890a2986282c982c882c182c482a882e882dc82b7814295d48be082f082a88ae882a282b582dc82b78142', 'hex'), 'text/plain')).toBe('お世話になっております。返金をお願いします。');
    expect(await read(Buffer.from('bec8b3e7c7cfbcbcbfe42e20b0e1c1a6c7d120b1ddbed7c0bb20c8afbad2c7d820c1d6bcbcbfe42e20b0a8bbe7c7d5b4cfb4d92e', 'hex'), 'text/plain')).toBe('안녕하세요. 결제한 금액을 환불해 주세요. 감사합니다.');
  });

  it('take the charset that HTML names itself', async () => {
    const body = Buffer.concat([Buffer.from('<html><head><meta http-equiv="Content-Type" content="text/html; charset=windows-1251"></head><body>'), encode('Верните деньги', 'windows-1251'), Buffer.from('</body></html>')]);
    expect(await read(body, 'text/html')).toBe('Верните деньги');
  });
});

describe('transfer encodings', () => {
  it.each([
    ['quoted-printable', 'caf=C3=A9 =\r\nau lait=20\r\nend=', 'café au lait\nend'],
    ['quoted-printable;', 'a=zz =3', 'a=zz =3'],
    ['Quoted-Printable', 'one = two', 'one = two'],
    ['BASE64', Buffer.from('Верните деньги').toString('base64').replace(/.{10}/, '$&\r\n \r\n'), 'Верните деньги'],
    ['7-bit', 'plain', 'plain'],
    ['x-unknown', 'plain', 'plain'],
  ])('%s', async (encoding, body, text) => {
    expect(ownText(await readMessage(written({ encoding, body })))).toBe(text);
  });
});
