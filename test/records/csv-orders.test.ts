import { mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { openCsvOrders } from '../../src/records/csv-orders.ts';
import { someSettings } from './some-orders.ts';

const folder = mkdtempSync(join(tmpdir(), 'refund-triage-csv-'));
afterAll(() => { rmSync(folder, { recursive: true }); });

const settings = someSettings({ csv: { file: 'orders.csv' } });
const never = new AbortController().signal;
let files = 0;

function fileOf(content: string | Buffer): string {
  files += 1;
  const file = join(folder, `orders-${String(files)}.csv`);
  writeFileSync(file, content);
  return file;
}

async function find(content: string | Buffer, number = 'SB-1'): Promise<unknown> {
  return await openCsvOrders(fileOf(content), settings).find('order_number', number, never);
}

describe('a CSV file of orders', () => {
  const expected = [{ number: 'SB-1', email: 'a@b.example', paid: '2026-03-01' }];

  it.each([
    ['commas', 'number,email,paid\nSB-1,a@b.example,2026-03-01\n'],
    ['semicolons', 'number;email;paid\r\nSB-1;a@b.example;2026-03-01\r\n'],
    ['tabs', 'number\temail\tpaid\nSB-1\ta@b.example\t2026-03-01'],
    ['semicolons with commas in the names', '"total, EUR";number;email;paid\n3,90;SB-1;a@b.example;2026-03-01\n'],
    ['a byte order mark', '\ufeffnumber,email,paid\nSB-1,a@b.example,2026-03-01\n'],
    ['UTF-16 with its mark', Buffer.from('\ufeffnumber;email;paid\nSB-1;a@b.example;2026-03-01\n', 'utf16le')],
    ['quotes around everything, and blank lines', '"number","email","paid"\n\n"SB-1","a@b.example","2026-03-01"\n\n'],
    ['other columns, in another order', 'note,paid,number,email\n"two\nlines, ""quoted""",2026-03-01,SB-1,a@b.example\n'],
    ['blanks around the cells', 'number , email , paid\n SB-1 , a@b.example , 2026-03-01 \n'],
    ['the same line twice', 'number,email,paid\nSB-1,a@b.example,2026-03-01\nSB-1,a@b.example,2026-03-01\n'],
  ])('is read with %s', async (_, content) => {
    expect(await find(content)).toEqual(expected);
  });

  it('gives every order of a number that stands on different lines', async () => {
    expect(await find('number,email,paid\nSB-1,a@b.example,2026-03-01\nSB-1,c@d.example,2026-03-02\n')).toHaveLength(2);
  });

  it('finds a number without its hyphen, but first what is written just so', async () => {
    const content = 'number,email,paid\nSB-12,a@b.example,2026-03-01\nSB1-2,c@d.example,2026-03-02\nSB 77,e@f.example,2026-03-03\n';
    expect(await find(content, '#sb-12')).toMatchObject([{ email: 'a@b.example' }]);
    expect(await find(content, 'SB-77')).toMatchObject([{ email: 'e@f.example' }]);
    expect(await find(content, 'SB-78')).toEqual([]);
  });

  it('fills what a short line lacks with nothing', async () => {
    expect(await find('number,email,paid\nSB-1,a@b.example\n')).toEqual([{ number: 'SB-1', email: 'a@b.example', paid: '' }]);
  });

  it('looks up by every mapped key', async () => {
    const orders = openCsvOrders(fileOf('number,email,paid\nSB-1,A@B.example,2026-03-01\n'), settings);
    expect(orders.keys).toEqual(['order_number', 'account_email']);
    expect(await orders.find('account_email', 'a@b.example', never)).toHaveLength(1);
  });

  it('is read again when it has changed, and only then', async () => {
    const file = fileOf('number,email,paid\nSB-1,a@b.example,2026-03-01\n');
    const orders = openCsvOrders(file, settings);
    const [first] = await orders.find('order_number', 'SB-1', never);
    expect((await orders.find('order_number', 'SB-1', never))[0]).toBe(first);
    writeFileSync(file, 'number,email,paid\nSB-1,a@b.example,2026-03-01\nSB-2,a@b.example,2026-03-09\n');
    utimesSync(file, new Date(), new Date(Date.now() + 5_000));
    expect(await orders.find('order_number', 'SB-2', never)).toHaveLength(1);
  });

  it.each([
    ['a column that is not there', 'number,mail,paid\nSB-1,a@b.example,2026-03-01\n', /has no column "email"; there are "number", "mail", "paid"/],
    ['a column that is there twice', 'number,email,paid,email\nSB-1,a,b,c\n', /two columns "email"/],
    ['a quote that never ends', 'number,email,paid\n"SB-1,a@b.example,2026-03-01\n', /Quote/],
    ['a line with more cells than the first', 'number,email,paid\nSB-1,a@b.example,2026-03-01,4,5\n', /Record Length/],
    ['an empty file', '', /is empty/],
    ['Windows-1251', Buffer.concat([Buffer.from('number,email,paid\nSB-1,a@b.example,'), Buffer.from([0xc0, 0xc1])]), /not in UTF-8/],
  ])('says what is wrong with %s', async (_, content, message) => {
    await expect(find(content)).rejects.toMatchObject({ code: 'records_unusable', message: expect.stringMatching(message) });
  });

  it('says that it is not there, and is found once it is', async () => {
    const file = join(folder, 'late.csv');
    const orders = openCsvOrders(file, settings);
    await expect(orders.find('order_number', 'SB-1', never)).rejects.toMatchObject({ code: 'records_unavailable', message: `${file}: there is no such file.` });
    writeFileSync(file, 'number,email,paid\nSB-1,a@b.example,2026-03-01\n');
    expect(await orders.find('order_number', 'SB-1', never)).toEqual(expected);
    expect(await orders.check(never)).toBe(`${file}, 1 order`);
  });

  it('finds one of 50,000', async () => {
    const lines = Array.from({ length: 50_000 }, (_, index) => `SB-${String(index)},c${String(index)}@d.example,2026-03-01`);
    expect(await find(`number,email,paid\n${lines.join('\n')}\n`, 'SB-49999')).toMatchObject([{ email: 'c49999@d.example' }]);
  });
});
