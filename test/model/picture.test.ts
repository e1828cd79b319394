import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Doubts } from '../../src/facts/doubts.ts';
import { openFileReader, type FileReader } from '../../src/files/look-into-files.ts';
import type { Picture } from '../../src/model/picture.ts';
import { openSecondReader, type SecondReader } from '../../src/model/second-reader.ts';
import type { SecondReading } from '../../src/model/second-reading.ts';
import { loadPacks } from '../../src/packs/load-packs.ts';
import type { Packs } from '../../src/packs/pack.ts';
import { triage, type TriageResult } from '../../src/triage.ts';
import { sample } from '../files/files-on-hand.ts';
import { answers, startLocalModel, type LocalModel } from './local-model.ts';
import { shop, someMail } from './some-mail.ts';

let model: LocalModel;
let fileReader: FileReader;
let shipped: Packs;
const png = sample('full-window-error.png');

beforeAll(async () => {
  model = await startLocalModel();
  fileReader = openFileReader();
  shipped = await loadPacks(fileURLToPath(new URL('../../templates', import.meta.url)));
});

beforeEach(() => {
  model.respond(answers({}));
});

afterAll(async () => {
  await model.close();
  await fileReader.close();
});

function reader(screenshots = true): SecondReader {
  return openSecondReader({ name: 'local', baseUrl: model.baseUrl, apiKey: null, timeoutMs: 5_000, concurrency: 4, maxTokensPerDay: 1_000_000, maxTokensPerCase: 20_000, screenshots });
}

const screenDoubts: Doubts = { topic: false, reason: false, product: false, facts: ['browser', 'os', 'occurred_at'] };
const picture: Picture = { type: 'image/png', bytes: png, text: 'Create a 3D model\nAbout Firefox 126.0\nError 500: Generation failed.\n3/17/2026' };

async function ask(secondReader: SecondReader, given: Picture | null): Promise<SecondReading | null> {
  const { message, facts } = await someMail('The generation fails with an error, see the picture please.');
  return await secondReader.read(message, facts, screenDoubts, shop, 'case', given);
}

async function mailWithPicture(secondReader: SecondReader, screenshots: boolean): Promise<TriageResult> {
  const source = Buffer.from([
    'From: Jonas <jonas@customer.example>', 'To: support@imgto3d.ai', 'Subject: Error', 'Message-ID: <one@customer.example>', 'Date: Tue, 17 Mar 2026 15:00:00 +0100', 'MIME-Version: 1.0', 'Content-Type: multipart/mixed; boundary=b', '',
    '--b', 'Content-Type: text/plain; charset=utf-8', '', 'Hello, the generation fails with an error all the time. I used Turbo. Please help.',
    '--b', 'Content-Type: image/png; name=screen.png', 'Content-Disposition: attachment; filename=screen.png', 'Content-Transfer-Encoding: base64', '', png.toString('base64').replaceAll(/.{76}/g, '$&\r\n'), '--b--', '',
  ].join('\r\n'));
  const packs = shipped.map((pack) => ({ ...pack, policy: { ...pack.policy, model: { consent: true, screenshots } } }));
  return await triage(source, { internalDate: new Date('2026-03-17T14:00:05Z'), bytes: source.length, partBytes: null, merchant: null }, { packs, authservIds: [], countEarlierRequests: null, fileReader, secondReader });
}

describe('a picture of the screen', () => {
  it('is shown to the model, which describes it and reads facts from words that our own reader finds in it', async () => {
    model.respond(answers({ picture: 'A page with error 500.', facts: [{ name: 'browser', value: 'Firefox 126', quote: 'About Firefox 126.0' }, { name: 'os', value: 'Windows 11', quote: 'Windows 11' }] }));
    const second = await ask(reader(), picture);
    expect(second).toMatchObject({ picture: 'A page with error 500.', facts: { browser: { source: 'model', evidence: 'About Firefox 126.0' } }, dropped: [{ name: 'os', why: 'quote_not_found' }] });
    expect(second?.facts.browser?.value).toMatch(/^Firefox 126/);
    const content = model.requests.at(-1)?.body.messages[1]?.content;
    expect(Array.isArray(content) && content[1]?.image_url?.url).toBe(`data:image/png;base64,${png.toString('base64')}`);
  });

  it('is not shown where the configuration does not say so', async () => {
    const before = model.requests.length;
    expect(await ask(reader(false), picture)).toMatchObject({ picture: null });
    expect(model.requests[before]?.text).not.toContain('image_url');
  });

  it('gives no request and no reason: these are the customer’s to say', async () => {
    model.respond(answers({ reason: { value: 'technical_failure', quote: 'Error 500: Generation failed.' } }));
    const { message, facts } = await someMail('Bonjour, voici la photo de mon écran.');
    const second = await reader().read(message, facts, { ...screenDoubts, reason: true }, shop, 'case', picture);
    expect(second).toMatchObject({ reason: null, dropped: [{ name: 'reason', why: 'quote_not_found' }] });
  });

  it('goes from the mail to the model where the merchant agrees to that, too', async () => {
    model.respond(answers({ picture: 'A 3D page with error 500.' }));
    const before = model.requests.length;
    const result = await mailWithPicture(reader(), true);
    expect(result.secondReading).toMatchObject({ picture: 'A 3D page with error 500.', facts: {} });
    expect(model.requests).toHaveLength(before + 1);
    expect(model.requests[before]?.text).toContain('image_url');
  });

  it('stays here where the merchant agrees to words only', async () => {
    const before = model.requests.length;
    await mailWithPicture(reader(), false);
    expect(model.requests.slice(before).filter(({ text }) => text.includes('image_url'))).toEqual([]);
  });
});
