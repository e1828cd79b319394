import { describe, expect, it } from 'vitest';
import type { Facts } from '../../src/facts/facts.ts';
import type { Attachment, AttachmentKind } from '../../src/message/message.ts';
import { filesToSee } from '../../src/packs/files-to-see.ts';
import { packNamed, someFacts, someMessage, someValues, without } from '../draft/some-cases.ts';

const types: Readonly<Record<AttachmentKind, string>> = { screenshot: 'image/png', photo: 'image/jpeg', recording: 'video/mp4', document: 'application/pdf', other: 'application/zip' };
const file = (kind: AttachmentKind, changes: Partial<Attachment> = {}): Attachment => ({ filename: null, type: types[kind], bytes: 1_000, kind, flags: [], ...changes });

async function places(pack: string, facts: Partial<Facts>, attachments: readonly Attachment[]): Promise<readonly number[]> {
  return filesToSee(someMessage({ attachments }), someFacts(facts), await packNamed(pack));
}

const failure = { topic: 'technical_problem', reason: 'technical_failure' } as const;

describe('the files worth a look', () => {
  it('are the pictures and recordings of a failure, where the merchant asks for a screenshot', async () => {
    const files = [file('photo'), file('screenshot'), file('recording'), file('document')];
    expect(await places('imgto3d', failure, files)).toEqual([1, 2]);
    expect(await places('storybookly', failure, files)).toEqual([]);
  });

  it('are the papers of a payment, where the merchant asks for what they tell and the mail does not say it', async () => {
    const unpaid = { values: without(someValues, 'paid_at', 'transaction_id') };
    expect(await places('imgto3d', unpaid, [file('document'), file('screenshot'), file('other'), file('photo')])).toEqual([0, 1]);
    expect(await places('imgto3d', { values: someValues }, [file('document')])).toEqual([]);
  });

  it('are none that are dangerous, in a format that nobody reads, or in a mail of a machine', async () => {
    expect(await places('imgto3d', failure, [file('screenshot', { flags: ['dangerous'] }), file('screenshot', { type: 'image/gif' }), file('screenshot', { type: 'image/avif' })])).toEqual([]);
    expect(await places('imgto3d', { topic: 'machine' }, [file('screenshot'), file('document')])).toEqual([]);
    expect(await places('imgto3d', { topic: 'other' }, [file('screenshot'), file('document')])).toEqual([]);
  });
});
