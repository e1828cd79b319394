import { describe, expect, it } from 'vitest';
import { readMessage } from '../../src/message/read-message.ts';

/** Long enough that work which grows with the square of it takes longer than a test may, and with the cube for ever. */
const length = 120_000;

/** What begins, ends or nearly makes up what patterns look for, over and over. */
const pieces = [
  ' ', '\t', '\n', ' \n', '\u00a0', '\u3000', '\u200b', '\u202e', '\u0301', 'a', 'a ', 'A', '1', '1 ', '1.', '1,', '1-', '1:', '-', '- ', '_', '*', '> ', '<', '</', '<a', '<b ', '<!--', '/*', '/*a*', '"', "'", '(', ')', '[cid:', '{', '}',
  '@', 'a@', 'a@a.', 'a.', '.', ', ', ';', 'a;', ': ', 'a: ', '=', '=?', '=20', '&', '&#', '&amp;', 'http://', 'www.', 'ж', 'か', '가', 'س', '😀', 'x-', 'px,', ' px ', '0px ', 'x_', 'On ', 'wrote:', 'From: a\n', 'Sent from my iPhone\n', 'Best regards,\n', '----\n',
];

const from = 'From: Anna <anna@example.org>\r\nTo: help@imgto3d.example\r\n';

function inHeader(text: string): string {
  return text.replace(/[\r\n]/g, ' ');
}

function inAttribute(text: string): string {
  return text.replaceAll('"', '');
}

/** Where a stranger may write as much as they like. */
const places: Readonly<Record<string, (text: string) => string>> = {
  'in plain text': (text) => `${from}Content-Type: text/plain; charset=utf-8\r\n\r\nRefund ${text}x`,
  'in flowed text': (text) => `${from}Content-Type: text/plain; charset=utf-8; format=flowed\r\n\r\n${text} \r\nx`,
  'in HTML': (text) => `${from}Content-Type: text/html; charset=utf-8\r\n\r\n<p>Refund ${text}x</p>`,
  'in a style sheet': (text) => `${from}Content-Type: text/html\r\n\r\n<style>a ${text} b { color: red; ${text} }</style><p>Refund</p>`,
  'in a style': (text) => `${from}Content-Type: text/html\r\n\r\n<p style="color:#fff;position:absolute;clip:rect(${inAttribute(text).slice(0, 3900)}z)">Refund</p><p style="opacity:1;width:1${inAttribute(text)}z !x">Refund</p>`,
  'in attributes': (text) => `${from}Content-Type: text/html\r\n\r\n<div class="${inAttribute(text)}z" id="${inAttribute(text)}z"><a href="${inAttribute(text)}z">Refund</a><img src="data:${inAttribute(text)}z"></div>`,
  'in the subject': (text) => `${from}Subject: ${inHeader(text)}x\r\n\r\nRefund`,
  'in addresses': (text) => `From: ${inHeader(text)}x <a@b.example>\r\nTo: <${inHeader(text)}x@b.example>\r\nReply-To: ${inHeader(text)}\r\n\r\nRefund`,
  'in headers': (text) => `${from}Date: ${inHeader(text)}x\r\nMessage-ID: <${inHeader(text)}x\r\nReferences: ${inHeader(text)}x\r\nAuthentication-Results: ${inHeader(text)}x\r\nReceived: ${inHeader(text)}x\r\nAuto-Submitted: ${inHeader(text)}x\r\n\r\nRefund`,
  'in parameters': (text) => `${from}Content-Type: text/plain; charset="${inAttribute(inHeader(text))}x"; name*0="${inAttribute(inHeader(text))}\r\n\r\nRefund`,
  'in file names': (text) => `${from}Content-Type: image/png; name="${inAttribute(inHeader(text))}x"\r\nContent-Disposition: attachment; filename="${inAttribute(inHeader(text))}x"\r\n\r\nRefund`,
  'in base64': (text) => `${from}Content-Transfer-Encoding: base64\r\n\r\n${text}x`,
  'in quoted-printable': (text) => `${from}Content-Transfer-Encoding: quoted-printable\r\n\r\n${text}x`,
  'in a file': (text) => `${from}Content-Type: application/octet-stream\r\nContent-Disposition: attachment\r\n\r\n${text}x`,
};

describe.each(Object.entries(places))('long runs %s', (_, write) => {
  it('are read, whatever runs', async () => {
    for (const piece of pieces) {
      const source = Buffer.from(write(piece.repeat(length / piece.length)));
      const message = await readMessage(source, { internalDate: new Date(0), bytes: source.length, partBytes: null, authservIds: [], ownAddresses: [] });

      expect(message.segments.length, piece).toBeGreaterThanOrEqual(0);
    }
  });
});
