import * as fc from 'fast-check';
import { parseDocument } from 'htmlparser2';
import { describe, expect, it } from 'vitest';
import { flag, html, trustedHtml } from '../../src/desk/html.ts';

describe('html', () => {
  it('escapes text, in elements and in attributes', () => {
    const name = `<script>alert("1")</script> & 'x'`;
    expect(html`<p title="${name}">${name}</p>`.toString()).toBe(
      '<p title="&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt; &amp; &#39;x&#39;">&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt; &amp; &#39;x&#39;</p>',
    );
  });

  it('puts markup of its own in as it is, once escaped', () => {
    expect(html`<ul>${['<a>', 'b'].map((item) => html`<li>${item}</li>`)}</ul>`.toString()).toBe('<ul><li>&lt;a&gt;</li><li>b</li></ul>');
    expect(html`${trustedHtml('<b>x</b>')}`.toString()).toBe('<b>x</b>');
  });

  it('puts nothing in for what is not there, but zero for zero', () => {
    expect(html`[${null}${undefined}${false}${''}${0}${[]}]`.toString()).toBe('[0]');
    expect(html`<input${flag('checked', true)}${flag('disabled', false)}>`.toString()).toBe('<input checked>');
  });

  it('refuses a value in an attribute without quotes', () => {
    expect(() => html`<a href=${'x onclick=alert(1)'}>x</a>`).toThrow('needs quotes');
    expect(() => html`<a title="${'x'}" href=${'x onclick=alert(1)'}>x</a>`).toThrow('needs quotes');
    expect(html`<a href="/queue?state=${'a&b'}&page=${2}">1 < 2</a>`.toString()).toBe('<a href="/queue?state=a&amp;b&page=2">1 < 2</a>');
    expect(html`<p>1 + 1 =${2}</p>`.toString()).toBe('<p>1 + 1 =2</p>');
  });

  it('lets no text become an element or leave its attribute', () => {
    fc.assert(fc.property(fc.string({ unit: fc.constantFrom('<', '>', '"', "'", '&', '/', '=', ' ', 'a', '`', '\n') }), (text) => {
      const [element, ...more] = parseDocument(html`<p title="${text}" lang='${text}'>${text}</p>`.toString()).children;
      expect(more).toEqual([]);
      if (element === undefined || !('attribs' in element)) throw new Error('no element');
      expect(element.attribs).toEqual({ title: text, lang: text });
      expect(element.children.map((child) => ('data' in child ? child.data : child))).toEqual(text === '' ? [] : [text]);
    }));
  });
});
