import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { outgoingFolder } from '../../src/demo/outgoing-folder.ts';
import { SendCalledOffError } from '../../src/sending/sending-errors.ts';

const mail = { from: 'help@shop.example', to: 'ana/../@kunde.example', source: Buffer.from('Subject: Refund\r\n\r\nDone.\r\n') };
let folder: string;
beforeEach(async () => { folder = join(await mkdtemp(join(tmpdir(), 'refund-triage-outgoing-')), 'outgoing'); });
afterEach(async () => { await rm(join(folder, '..'), { recursive: true }); });

describe('the folder that the demo sends to', () => {
  it('has each mail as a file', async () => {
    await outgoingFolder(folder).send(mail, async () => await Promise.resolve(true));
    const [name = ''] = await readdir(folder);
    expect(name).toMatch(/^[\d-]+T[\d-]+Z-ana_.._@kunde\.example\.eml$/u);
    expect(await readFile(join(folder, name))).toEqual(mail.source);
  });

  it('has nothing of what was called off at the last moment', async () => {
    await expect(outgoingFolder(folder).send(mail, async () => await Promise.resolve(false))).rejects.toThrow(SendCalledOffError);
    expect(await readdir(folder)).toEqual([]);
  });
});
