import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadPacks } from '../../src/packs/load-packs.ts';
import { PackError } from '../../src/packs/pack-error.ts';

const templates = fileURLToPath(new URL('../../templates', import.meta.url));
let dir: string;

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'packs-'));
  for (const name of ['shared', 'winno', 'stone-ai']) cpSync(join(templates, name), join(dir, name), { recursive: true });
});
afterEach(() => {
  rmSync(dir, { recursive: true });
});

const policyOf = (name: string) => join(dir, name, 'policy.yaml');

function change(file: string, from: string, to: string): void {
  const source = readFileSync(file, 'utf8');
  if (!source.includes(from)) throw new Error(`no "${from}" in ${file}`);
  writeFileSync(file, source.replace(from, to));
}

async function refusal(): Promise<PackError> {
  const error: unknown = await loadPacks(dir).catch((reason: unknown) => reason);
  if (!(error instanceof PackError)) throw new Error(`expected a PackError, got ${String(error)}`);
  return error;
}

const hashes = async () => Object.fromEntries((await loadPacks(dir)).map(({ name, hash }) => [name, hash]));

describe('the packs', () => {
  it('that the project brings are five, each with its text and its replies', async () => {
    const packs = await loadPacks(templates);
    expect(packs.map(({ name }) => name)).toEqual(['ai3dgen', 'imgto3d', 'stone-ai', 'storybookly', 'winno']);
    for (const { policy, policyTexts, replies, vocabulary, compiled } of packs) {
      expect([...policyTexts.keys()]).toEqual([policy.languages[0]]);
      expect(replies.languages).toContain('en');
      expect(vocabulary).toBe(policy.reader);
      expect(compiled.policy).toBe(policy);
    }
  });

  it('may be joined by a sixth, which is a folder and no line of code', async () => {
    cpSync(join(dir, 'winno'), join(dir, 'sixth'), { recursive: true });
    change(policyOf('sixth'), 'name: winno', 'name: sixth');
    change(policyOf('sixth'), 'addresses: [hello@winno.example]', 'addresses: [Help@Sixth.Example]');
    change(policyOf('sixth'), 'domains: [winno.example]', 'domains: [sixth.example]');
    const sixth = (await loadPacks(dir)).find(({ name }) => name === 'sixth');
    expect(sixth?.policy.addresses).toEqual(['help@sixth.example']);
  });

  it('have a hash that every byte of theirs, and of what they share, is in', async () => {
    const before = await hashes();
    expect(Object.values(before)).toEqual([expect.stringMatching(/^[0-9a-f]{64}$/), expect.stringMatching(/^[0-9a-f]{64}$/)]);
    expect(await hashes()).toEqual(before);

    writeFileSync(join(dir, 'winno', 'policy.en.txt'), 'another text');
    const afterText = await hashes();
    expect(afterText['winno']).not.toBe(before['winno']);
    expect(afterText['stone-ai']).toBe(before['stone-ai']);

    writeFileSync(join(dir, 'shared', 'note.txt'), '');
    const afterShared = await hashes();
    expect(afterShared['winno']).not.toBe(afterText['winno']);
    expect(afterShared['stone-ai']).not.toBe(before['stone-ai']);

    writeFileSync(join(dir, 'winno', '.policy.yaml.swp'), 'an editor\'s own');
    expect(await hashes()).toEqual(afterShared);
  });
});

describe('packs are refused', () => {
  it('with every problem of all of them, each with its file, line and key', async () => {
    change(policyOf('winno'), '&& printed', '&& printing');
    change(policyOf('stone-ai'), 'time_zone: Europe/Moscow', 'timezone: Europe/Moscow');
    const { problems, message, code, retryable } = await refusal();
    expect(problems.map(({ file, key }) => [file, key])).toEqual([
      [policyOf('stone-ai'), 'time_zone'],
      [policyOf('stone-ai'), 'timezone'],
      [policyOf('winno'), 'rules[0].when'],
    ]);
    expect(message).toMatch(/winno\/policy\.yaml:\d+:\d+: rules\[0\]\.when: unknown name "printing"/);
    expect({ code, retryable }).toEqual({ code: 'bad_pack', retryable: false });
  });

  it('for a template with an unknown variable, with its file and line', async () => {
    const file = join(dir, 'winno', 'replies', 'en', 'quality.md');
    const source = readFileSync(file, 'utf8');
    writeFileSync(file, `${source.trimEnd()}\n\n{{ ordr_number }}\n`);
    const [problem, ...others] = (await refusal()).problems;
    expect(others).toEqual([]);
    expect(problem).toMatchObject({ file, line: source.trimEnd().split('\n').length + 2, message: expect.stringContaining('ordr_number') });
  });

  it('with the faults of the policy and of the replies at once', async () => {
    change(policyOf('winno'), '&& printed', '&& printing');
    writeFileSync(join(dir, 'winno', 'replies', 'en', 'quality.md'), '{{ clase }}');
    writeFileSync(join(dir, 'winno', 'replies', 'en', 'approved.md'), '{{ amount | mony }}');
    expect((await refusal()).problems.map(({ file, message }) => [file.slice(join(dir, 'winno').length + 1), message])).toEqual([
      ['policy.yaml', expect.stringContaining('unknown name "printing"')],
      ['replies/en/approved.md', 'unknown filter "mony". Did you mean "money"?'],
      ['replies/en/quality.md', 'unknown variable "clase". Did you mean "clause"?'],
    ]);
  });

  it('for a rule that has no reply', async () => {
    change(policyOf('winno'), '- name: no-returns', '- name: never-returns');
    expect((await refusal()).problems).toEqual([expect.objectContaining({ file: policyOf('winno'), message: expect.stringContaining('never-returns') })]);
  });

  it('for a folder without a policy', async () => {
    mkdirSync(join(dir, 'empty'));
    expect((await refusal()).problems).toEqual([{ file: policyOf('empty'), line: null, column: null, key: '', message: 'this file is missing' }]);
  });

  it('for another name than the folder\'s', async () => {
    change(policyOf('winno'), 'name: winno', 'name: wino');
    expect((await refusal()).message).toContain('must be the name of the folder, "winno"');
  });

  it('for an address that two merchants have', async () => {
    change(policyOf('winno'), 'addresses: [hello@winno.example]', 'addresses: [Refunds@stone-ai.example]');
    expect((await refusal()).problems).toEqual([expect.objectContaining({ file: policyOf('winno'), message: '"refunds@stone-ai.example" is stone-ai\'s already' })]);
  });

  it('for a directory that holds none, or is not there', async () => {
    rmSync(join(dir, 'winno'), { recursive: true });
    rmSync(join(dir, 'stone-ai'), { recursive: true });
    expect((await refusal()).message).toContain('there is no merchant\'s folder here');
    await expect(loadPacks(join(dir, 'nowhere'))).rejects.toThrow('there is no such folder');
  });

  it("have the same hash whatever orders their records hold, and do not keep them", async () => {
    writeFileSync(policyOf('winno'), `${readFileSync(policyOf('winno'), 'utf8')}\nrecords: { csv: { file: orders.csv }, fields: { order_number: Order } }\n`);
    const before = await hashes();
    writeFileSync(join(dir, 'winno', 'orders.csv'), 'Order\nWN-1\n');
    expect(await hashes()).toEqual(before);
    const pack = (await loadPacks(dir)).find(({ name }) => name === 'winno');
    expect([...(pack?.files.keys() ?? [])].filter((path) => path.includes('orders'))).toEqual([]);
  });

  it.each([
    ['two places', '{ csv: { file: a.csv }, sql: { connection: REFUND_TRIAGE_RECORDS_DB, by_order_number: SELECT $1 }, fields: { order_number: Order } }', /expected one of csv, http and sql/],
    ['a secret instead of its name', '{ http: { by_order_number: "https://a.example/{order_number}", header: { name: X-Key, secret: sk-12345 } }, fields: { order_number: number } }', /must be the name of a variable that begins with REFUND_TRIAGE_RECORDS_/],
    ['a secret that is another part\'s', '{ http: { by_order_number: "https://a.example/{order_number}", header: { name: X-Key, secret: OPENAI_API_KEY } }, fields: { order_number: number } }', /must be the name of a variable that begins with REFUND_TRIAGE_RECORDS_/],
    ['an open line to another machine', '{ http: { by_order_number: "http://a.example/{order_number}" }, fields: { order_number: number } }', /only for this machine/],
    ['a host that the customer names', '{ http: { by_order_number: "https://{order_number}/x" }, fields: { order_number: number } }', /host is plain/],
    ['a query that writes', '{ sql: { connection: REFUND_TRIAGE_RECORDS_DB, by_order_number: DELETE FROM orders WHERE number = $1 }, fields: { order_number: number } }', /must begin with SELECT/],
    ['a query without its parameter', '{ sql: { connection: REFUND_TRIAGE_RECORDS_DB, by_order_number: SELECT * FROM orders }, fields: { order_number: number } }', /must have \$1/],
    ['nothing to compare the answer by', '{ http: { by_account_email: "https://a.example/{account_email}" }, fields: { order_number: number } }', /expected account_email, by which orders are looked up/],
    ['an unknown fact', '{ csv: { file: a.csv }, fields: { order_nummber: Order } }', /order_nummber/],
    ['a fact of its own that the policy does not speak of', '{ csv: { file: a.csv }, fields: { order_number: Order }, own_facts: { is_gift: Gift } }', /no fact of this name stands under reader\.facts/],
  ])('refuse records with %s', async (_, records, message) => {
    writeFileSync(policyOf('winno'), `${readFileSync(policyOf('winno'), 'utf8')}\nrecords: ${records}\n`);
    const { message: told } = await refusal();
    expect(told).toMatch(message);
    expect(told).not.toContain('sk-12345');
    expect(told).toMatch(/policy\.yaml:\d+/u);
  });
});
