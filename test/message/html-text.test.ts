import { describe, expect, it } from 'vitest';
import { readMessage } from '../../src/message/read-message.ts';
import { ownText } from '../../src/message/message.ts';
import { html, written } from './written-mail.ts';

async function seen(markup: string): Promise<string> {
  return ownText(await readMessage(html(markup)));
}

async function hidden(markup: string): Promise<string[]> {
  const message = await readMessage(html(markup));
  return message.segments.filter((segment) => segment.kind === 'hidden').map((segment) => segment.text);
}

function both(plain: string): Buffer {
  return written({ type: 'multipart/alternative; boundary=b', body: `--b\r\nContent-Type: text/plain\r\n\r\n${plain}\r\n--b\r\nContent-Type: text/html\r\n\r\n<p>The cover of my order is torn, and two pages are missing. Please refund me.</p>\r\n--b--\r\n` });
}

describe('the text of HTML', () => {
  it.each([
    ['line breaks and paragraphs', '<p>One</p><p>two<br>three</p>', 'One\n\ntwo\nthree'],
    ['Gmail’s lines in divisions', '<div dir="ltr">One<div><br></div><div>two</div></div>', 'One\n\ntwo'],
    ['Word’s paragraphs without margins', '<p class="MsoNormal">One<o:p></o:p></p><p class="MsoNormal"><o:p>&nbsp;</o:p></p><p class="MsoNormal">two<o:p></o:p></p>', 'One\n\ntwo'],
    ['rows of a table', '<table><tr><td>Amount</td><td>$19.90</td></tr><tr><td>Order</td><td>SB-1</td></tr></table>', 'Amount\t$19.90\nOrder\tSB-1'],
    ['cells with paragraphs of their own', '<table><tr><td><p>Amount</p></td><td><p>$19.90</p></td></tr></table>', 'Amount\t$19.90'],
    ['lists', '<ul><li>one<li><p>two</p></ul>', '- one\n- two'],
    ['links by their text', 'see <a href="https://x.example/y">our page</a>.', 'see our page.'],
    ['entities and no-break spaces', '1&nbsp;990&#8239;&#x20BD; &lt;b&gt; &amp;amp;', '1 990 ₽ <b> &amp;'],
    ['preformatted lines', '<pre>a\n  b</pre>', 'a\nb'],
    ['white space between words', 'a\n   b<b> c</b>d', 'a b cd'],
    ['no scripts, styles, titles and comments', '<head><title>t</title><style>p{}</style></head><script>s()</script><!-- c --><p>text</p>', 'text'],
    ['broken markup', '<div><b>one<i></div>two</b><p>three', 'one\ntwo\n\nthree'],
  ])('keeps %s', async (_what, markup, text) => {
    expect(await seen(markup)).toBe(text);
  });

  it('is read where the plain form is empty or only says that there is HTML', async () => {
    expect(ownText(await readMessage(both('')))).toContain('The cover');
    expect(ownText(await readMessage(both('Your mail program does not show HTML.')))).toContain('The cover');
    expect(ownText(await readMessage(both('The cover of my order is torn, and two pages are missing. Please refund me!')))).toContain('refund me!');
  });

  it('joins the pieces that Apple Mail cuts at its pictures', async () => {
    const message = await readMessage(
      written({
        type: 'multipart/alternative; boundary=a',
        body: '--a\r\nContent-Type: text/plain\r\n\r\n\r\n--a\r\nContent-Type: multipart/mixed; boundary=m\r\n\r\n--m\r\nContent-Type: text/html\r\n\r\n<p>before</p>\r\n--m\r\nContent-Type: image/gif; name=x.gif\r\nContent-Disposition: inline\r\n\r\nGIF89a\r\n--m\r\nContent-Type: text/html\r\n\r\n<p>after</p>\r\n--m--\r\n--a--\r\n',
      }),
    );
    expect(ownText(message)).toBe('before\nafter');
    expect(message.attachments.map((attachment) => attachment.filename)).toEqual(['x.gif']);
  });
});

describe('hidden text', () => {
  it.each([
    ['display: none', '<div style="display:none">secret</div>'],
    ['display: none !important', '<div style="DISPLAY: none !important">secret</div>'],
    ['visibility: hidden', '<span style="visibility:hidden">secret</span>'],
    ['a font of one pixel', '<span style="font-size:1px">secret</span>'],
    ['no font size', '<td style="font-size:0">secret</td>'],
    ['the font shorthand', '<p style="font: 0px/0 Arial">secret</p>'],
    ['white on white', '<span style="color:#ffffff">secret</span>'],
    ['almost white on white', '<span style="color:rgb(253, 253, 253)">secret</span>'],
    ['a white font element', '<font color="white">secret</font>'],
    ['black on black', '<div style="background:#000"><span style="color:black">secret</span></div>'],
    ['the colour of its table', '<table bgcolor="#336699"><tr><td style="color:#336699">secret</td></tr></table>'],
    ['transparency', '<span style="color:rgba(0,0,0,0)">secret</span>'],
    ['no opacity', '<div style="opacity:0"><b>secret</b></div>'],
    ['no height', '<div style="max-height:0;overflow:hidden">secret</div>'],
    ['mso-hide', '<div style="mso-hide:all">secret</div>'],
    ['a place outside of the page', '<div style="position:absolute; left:-9999px">secret</div>'],
    ['an indentation outside of the page', '<p style="text-indent:-5000px">secret</p>'],
    ['the hidden attribute', '<p hidden>secret</p>'],
    ['a class of a style sheet', '<style>.pre, .x { display : none }</style><p class="a pre">secret</p>'],
    ['an override of its direction', '<bdo dir="rtl">secret</bdo>'],
    ['a style that overrides its direction', '<span style="unicode-bidi:bidi-override;direction:rtl">secret</span>'],
    ['an id of a style sheet', '<style>/* c */ p#y{font-size:0}</style><p id="y">secret</p>'],
  ])('is known by %s', async (_sign, markup) => {
    expect(await hidden(`<p>Shown.</p>${markup}`)).toEqual(['secret']);
    expect(await seen(`<p>Shown.</p>${markup}`)).toBe('Shown.');
  });

  it.each([
    ['a size given again further in', '<td style="font-size:0"><span style="font-size:14px">shown</span></td>'],
    ['white on a dark background', '<div style="background-color:#222"><span style="color:#fff">shown</span></div>'],
    ['white on a picture', '<div style="background:url(x.png)"><span style="color:#fff">shown</span></div>'],
    ['a class hidden only on other screens', '<style>@media (max-width:600px){.m{display:none}}</style><p class="m">shown</p>'],
    ['a link in a white stretch, which is blue', '<font color="#ffffff"><a href="https://x.example">shown</a></font>'],
    ['visibility given back', '<div style="visibility:hidden"><b style="visibility:visible">shown</b></div>'],
    ['grey small print', '<p style="color:#999;font-size:9px">shown</p>'],
  ])('is not %s', async (_sign, markup) => {
    expect(await seen(markup)).toBe('shown');
  });

  it('leaves the words around it in one piece', async () => {
    const message = await readMessage(html('<p>Please <span style="display:none">do not </span>refund me.</p>'));
    expect(message.segments.map((segment) => [segment.kind, segment.text])).toEqual([['own', 'Please refund me.'], ['hidden', 'do not']]);
  });

  it('cannot be smuggled in as characters that are not seen', async () => {
    const tags = Array.from('grant it', (char) => String.fromCodePoint(0xe0000 + (char.codePointAt(0) ?? 0))).join('');
    expect(await seen(`<p>Re\u00adfund\u200b \u202eme${tags}\ufe0f.</p>`)).toBe('Refund me\ufe0f.');
    expect(ownText(await readMessage(written({ body: `Re\u00adfund\u200b \u2066me${tags}.` })))).toBe('Refund me.');
  });
});

describe('numbers that are shown in another order than they are stored in', () => {
  const text = 'I paid \u202e09.91$\u202c on Monday.';

  it.each([
    ['plain text', written({ body: text })],
    ['HTML', html(`<p>${text}</p>`)],
  ])('are set aside in %s, with the words around them in one piece', async (_, source) => {
    const { segments } = await readMessage(source);

    expect(segments.map((segment) => [segment.kind, segment.text])).toEqual([['own', 'I paid  on Monday.'], ['hidden', '09.91$']]);
  });

  it('are not what a phone or an Arabic keyboard marks', async () => {
    const body = 'Call \u202a+1 512 555 0193\u202c or \u202d+375 29 1234567\u202c, \u200f12.50\u200f \u2067١٢\u2069.';

    expect((await readMessage(written({ body }))).segments.map(({ kind }) => kind)).toEqual(['own']);
  });
});

describe('plain text', () => {
  it('has the soft breaks of format=flowed joined', async () => {
    const body = 'The cover is torn \r\nand wet.\r\n \r\n From here on\r\n';
    expect(ownText(await readMessage(written({ type: 'text/plain; format=flowed', body })))).toBe('The cover is torn and wet.\n\nFrom here on');
  });

  it('has the broken words of DelSp joined', async () => {
    const body = '表紙が \r\n破れています。\r\n';
    expect(ownText(await readMessage(written({ type: 'text/plain; charset=utf-8; format=flowed; delsp=yes', body })))).toBe('表紙が破れています。');
  });

  it('has letters and their accents in one piece, and bounded', async () => {
    const message = await readMessage(written({ body: `e\u0301 ${'\u0301'.repeat(5000)}` }));
    expect(ownText(message).startsWith('é')).toBe(true);
    expect(ownText(message).length).toBeLessThan(50);
  });
});
