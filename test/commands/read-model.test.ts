import { appendFile, cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { answers, fails, startLocalModel, type LocalModel } from '../model/local-model.ts';
import { callProgram } from './run-program.ts';

let model: LocalModel;
let folder: string;

// Dutch: we have no words for it.
const dutch = 'Ik heb gisteren twee keer moeten betalen voor hetzelfde abonnement, op 16-03-2026, en dat klopt niet. Kunt u een van de twee betalingen terugstorten?';

beforeAll(async () => {
  model = await startLocalModel();
  folder = await mkdtemp(join(tmpdir(), 'refund-triage-model-'));
  await cp(fileURLToPath(new URL('../../templates', import.meta.url)), join(folder, 'templates'), { recursive: true });
  await appendFile(join(folder, 'templates/imgto3d/policy.yaml'), '\nmodel: { consent: true }\n');
  await writeFile(join(folder, 'key'), 'sk-from-file\n');
  await writeFile(join(folder, 'with-model.yaml'), `templates_dir: templates\nmodel: { name: local, base_url: "${model.baseUrl}", api_key_file: key, timeout_seconds: 5 }\n`);
  await writeFile(join(folder, 'mail.eml'), ['From: Jonas <jonas@customer.example>', 'To: support@imgto3d.ai', 'Subject: Vraag', 'Message-ID: <1@customer.example>', 'Date: Tue, 17 Mar 2026 10:00:00 +0100', 'Content-Type: text/plain; charset=utf-8', '', dutch, ''].join('\r\n'));
});

afterAll(async () => {
  await model.close();
  await rm(folder, { recursive: true });
});

async function read(...args: string[]): ReturnType<typeof callProgram> {
  return await callProgram(['read', ...args, 'mail.eml'], { cwd: folder });
}

describe('read --model', () => {
  it('adds what the model found, in the customer’s words, and tells on standard error what it took', async () => {
    model.respond(answers({ topic: { value: 'refund', quote: 'een van de twee betalingen terugstorten' }, reason: { value: 'duplicate_charge', quote: 'twee keer moeten betalen' }, facts: [{ name: 'paid_at', value: '2026-03-16', quote: 'op 16-03-2026' }] }));
    const { status, stdout, stderr } = await read('--model', '--config', 'with-model.yaml');
    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ topic: 'refund', reason: 'duplicate_charge', facts: { paid_at: { value: '2026-03-16', source: 'model', evidence: 'op 16-03-2026' } }, second_reading: { tokens: { input: 700, output: 60 } } });
    expect(stderr).toBe('refund-triage: the model was asked 1 times and answered 1; 760 tokens; merchants who consent: imgto3d\n');
    expect(model.requests.at(-1)?.headers.authorization).toBe('Bearer sk-from-file');
  });

  it('reads as without one where the model fails, and never shows the key', async () => {
    model.respond(fails(401));
    const [withModel, without] = [await read('--model', '--config', 'with-model.yaml'), await read()];
    expect(withModel.stdout).toBe(without.stdout);
    expect(withModel.stderr).toBe('refund-triage: the model was asked 1 times and answered 0 (rejected: 1); 0 tokens; merchants who consent: imgto3d\n');
    expect(without.stderr).toBe('');
  });

  it('asks nobody where no merchant consents, nor without --model', async () => {
    const before = model.requests.length;
    await writeFile(join(folder, 'shipped-packs.yaml'), `model: { name: local, base_url: "${model.baseUrl}" }\n`);
    expect((await read('--model', '--config', 'shipped-packs.yaml')).stderr).toContain("no merchant's policy.yaml says model: { consent: true }");
    await callProgram(['read', 'mail.eml'], { cwd: folder, environment: { OPENAI_API_KEY: 'sk-1', OPENAI_BASE_URL: model.baseUrl, REFUND_TRIAGE_MODEL: 'local' } });
    expect(model.requests).toHaveLength(before);
  });

  it('says what is lacking where no model is configured', async () => {
    expect(await read('--model')).toMatchObject({ status: 1, stdout: '', stderr: 'refund-triage: config_invalid: no model is named: set REFUND_TRIAGE_MODEL, or name under model in the configuration\n' });
    expect(await read('--config', 'with-model.yaml')).toMatchObject({ status: 0, stderr: '' });
  });
});
