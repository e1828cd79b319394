import { describe, expect, it } from 'vitest';
import { readMessage } from '../../src/message/read-message.ts';
import { written } from './written-mail.ts';

describe('encrypted mail', () => {
  it.each([
    ['PGP/MIME', 'multipart/encrypted; protocol="application/pgp-encrypted"; boundary=b', '--b\r\nContent-Type: application/pgp-encrypted\r\n\r\nVersion: 1\r\n--b\r\nContent-Type: application/octet-stream\r\n\r\n-----BEGIN PGP MESSAGE-----\r\n--b--\r\n'],
    ['S/MIME', 'application/pkcs7-mime; smime-type=enveloped-data; name=smime.p7m', 'MIAGCSqGSIb3DQEHA6CAMIACAQAxggHX'],
    ['PGP in the text', 'text/plain', '-----BEGIN PGP MESSAGE-----\r\n\r\nhQEMA\r\n-----END PGP MESSAGE-----\r\n'],
  ])('is known in the form of %s', async (_form, type, body) => {
    expect((await readMessage(written({ type, body }))).encrypted).toBe(true);
  });

  it('is not what is only signed', async () => {
    const signed = '--b\r\nContent-Type: text/plain\r\n\r\nRefund me.\r\n--b\r\nContent-Type: application/pkcs7-signature; name=smime.p7s\r\n\r\nMIAG\r\n--b--\r\n';
    const message = await readMessage(written({ type: 'multipart/signed; boundary=b', body: signed }));
    expect([message.encrypted, message.segments.map((part) => part.text)]).toEqual([false, ['Refund me.']]);
    expect((await readMessage(written({ body: '-----BEGIN PGP SIGNED MESSAGE-----\r\nHash: SHA256\r\n\r\nRefund me.\r\n-----BEGIN PGP SIGNATURE-----\r\n\r\niQEz\r\n-----END PGP SIGNATURE-----\r\n' }))).encrypted).toBe(false);
  });
});
