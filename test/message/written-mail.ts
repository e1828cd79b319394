/** Small mails for tests, where the one thing that matters should stand in the test itself. */
export interface WrittenMail {
  readonly headers?: Readonly<Record<string, string>>;
  /** Header lines that are written as they are, after the others. */
  readonly rawHeaders?: string;
  readonly type?: string;
  readonly encoding?: string;
  readonly body?: string | Buffer;
}

const usual: Readonly<Record<string, string>> = {
  From: 'Anna Kavalenka <anna@mail.example>',
  To: 'hello@storybookly.app',
  Subject: 'Refund',
  Date: 'Fri, 12 Sep 2025 12:30:00 +0300',
  'Message-ID': '<1@mail.example>',
};

export function written(mail: WrittenMail): Buffer {
  const headers: Record<string, string> = { ...usual, ...mail.headers, 'MIME-Version': '1.0', 'Content-Type': mail.type ?? 'text/plain; charset=utf-8' };
  if (mail.encoding !== undefined) headers['Content-Transfer-Encoding'] = mail.encoding;
  const lines = Object.entries(headers).filter(([, value]) => value !== '').map(([name, value]) => `${name}: ${value}\r\n`);
  const body = mail.body ?? 'Please refund me.\r\n';
  return Buffer.concat([Buffer.from(`${lines.join('')}${mail.rawHeaders ?? ''}\r\n`), typeof body === 'string' ? Buffer.from(body) : body]);
}

/** A multipart/mixed of a text and one file in base64. */
export function withFile(file: Buffer, type: string, filename: string | null, disposition = 'attachment'): Buffer {
  const name = filename === null ? '' : `; filename*=UTF-8''${encodeURIComponent(filename)}`;
  return written({
    type: 'multipart/mixed; boundary=b',
    body: `--b\r\nContent-Type: text/plain\r\n\r\nSee the file.\r\n--b\r\nContent-Type: ${type}\r\nContent-Disposition: ${disposition}${name}\r\nContent-Transfer-Encoding: base64\r\n\r\n${file.toString('base64').replaceAll(/.{76}/g, '$&\r\n')}\r\n--b--\r\n`,
  });
}

export function html(markup: string): Buffer {
  return written({ type: 'text/html; charset=utf-8', body: markup });
}
