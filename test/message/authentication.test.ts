import { describe, expect, it } from 'vitest';
import { readAuthentication } from '../../src/message/authentication.ts';
import { readMessage } from '../../src/message/read-message.ts';
import { written } from './written-mail.ts';

describe('the receiving server’s verdict', () => {
  it.each([
    ['fail', 'mx.example; spf=softfail smtp.mailfrom=a.example; dkim=none; dmarc=fail (p=NONE) header.from=a.example'],
    ['pass', 'mx.example; spf=fail; dkim=pass header.d=a.example; dmarc=pass header.from=a.example'],
    ['fail', 'mx.example; spf=fail smtp.mailfrom=a.example; dkim=fail header.d=a.example'],
    ['none', 'mx.example; spf=fail smtp.mailfrom=a.example; dkim=none'],
    ['pass', 'mx.example; spf=pass smtp.mailfrom=a.example; dkim=fail'],
    ['pass', 'mx.example; dkim=fail header.d=a.example; dkim=pass header.d=b.example; spf=fail'],
    ['fail', 'mx.example 1; dmarc/1 = fail'],
    ['none', 'mx.example; none'],
    ['none', 'mx.example; dmarc=temperror; spf=neutral'],
    ['fail', 'mx.example (dmarc=pass; it is not); dmarc=fail reason="dmarc=pass; dkim=pass"'],
    ['pass', 'mx.example; dmarc=pass (comment (nested) dmarc=fail)'],
    ['none', ''],
    ['none', '('.repeat(5000)],
  ])('is %s for %s', (verdict, field) => {
    expect(readAuthentication([field], [])).toBe(verdict);
  });

  it('does not listen to fields below the topmost one', () => {
    expect(readAuthentication(['mx.example; dmarc=fail', 'mx.example; dmarc=pass'], [])).toBe('fail');
    expect(readAuthentication(['mx.example; none', 'evil.example; dmarc=pass'], [])).toBe('none');
  });

  it('listens only to the configured servers, wherever their fields stand', () => {
    expect(readAuthentication(['relay.example; dmarc=pass', 'mx.example; dmarc=fail'], ['MX.example'])).toBe('fail');
    expect(readAuthentication(['relay.example; dmarc=fail'], ['mx.example'])).toBe('none');
  });

  it('is read from the mail’s own header', async () => {
    const fields = 'Authentication-Results: mx.example;\r\n dmarc=fail header.from=mail.example\r\nAuthentication-Results: x.example; dmarc=pass\r\n';
    expect((await readMessage(written({ rawHeaders: fields }))).authentication).toBe('fail');
    expect((await readMessage(written({}))).authentication).toBe('none');
  });
});
