/** Mails made up for the mailbox tests: what counts is their shape and size. */

export function plainMail(subject: string, text = 'Please send my money back.\r\n'): Buffer {
  return Buffer.from(
    [
      'From: Ada <ada@customer.example>', 'To: help@storybookly.example', `Subject: ${subject}`, `Message-ID: <${subject.replaceAll(' ', '-')}@customer.example>`,
      'Date: Mon, 16 Nov 2026 10:00:00 +0000', 'MIME-Version: 1.0', 'Content-Type: text/plain; charset=utf-8', '', text,
    ].join('\r\n'),
  );
}

export function draftMail(messageId: string, padding = 0): Buffer {
  return Buffer.from(
    ['From: help@storybookly.example', 'To: ada@customer.example', 'Subject: Re: Refund', `Message-ID: ${messageId}`, 'MIME-Version: 1.0', '', `Dear Ada,\r\n${'More. '.repeat(padding / 6)}`, ''].join('\r\n'),
  );
}

export interface MadePart {
  readonly header: readonly string[];
  readonly body: string;
}

/** `multipart/…` of these parts; nested by giving one's `multipart` as the body of another. */
export function multipart(subtype: string, boundary: string, parts: readonly MadePart[]): MadePart {
  const lines = parts.flatMap((part) => [`--${boundary}`, ...part.header, '', part.body]);
  return { header: [`Content-Type: multipart/${subtype}; boundary="${boundary}"`], body: [...lines, `--${boundary}--`, ''].join('\r\n') };
}

export function mailOf(part: MadePart, moreHeader: readonly string[] = []): Buffer {
  const header = ['From: ada@customer.example', 'To: help@storybookly.example', 'Subject: Refund', ...moreHeader, 'MIME-Version: 1.0', ...part.header];
  return Buffer.from([...header, '', part.body].join('\r\n'));
}

export const textPart: MadePart = { header: ['Content-Type: text/plain; charset=utf-8'], body: 'The book came torn. Order SB-10482.' };
export const htmlPart: MadePart = { header: ['Content-Type: text/html; charset=utf-8'], body: '<p>The book came torn. Order SB-10482.</p>' };

/** A made-up file of so many encoded bytes, in base64 lines as mail programs write them. */
export function filePart(name: string, type: string, bytes: number): MadePart {
  const line = `${'iVBORw0KGgoA'.repeat(7).slice(0, 76)}\r\n`;
  const body = line.repeat(Math.ceil(bytes / line.length)).slice(0, -2);
  return { header: [`Content-Type: ${type}; name="${name}"`, `Content-Disposition: attachment; filename="${name}"`, 'Content-Transfer-Encoding: base64'], body };
}

export function mailWithPicture(bytes: number): Buffer {
  return mailOf(multipart('mixed', 'outer', [multipart('alternative', 'inner', [textPart, htmlPart]), filePart('box.png', 'image/png', bytes)]));
}

/** An attached mail with a picture of its own. */
export function mailWithForward(bytes: number): Buffer {
  const attached = mailOf(multipart('mixed', 'attached', [textPart, filePart('proof.jpg', 'image/jpeg', bytes)])).toString();
  return mailOf(multipart('mixed', 'outer', [htmlPart, { header: ['Content-Type: message/rfc822', 'Content-Disposition: attachment; filename="order.eml"'], body: attached }, textPart]));
}
