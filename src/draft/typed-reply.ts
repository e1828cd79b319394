import type { Draft } from './draft.ts';

/** A reply as a person typed it: plain words, with blank lines between paragraphs and `- ` before what is listed. Never read as Markdown: a star is a star. */
export function typedReply(typed: string, language: string): Pick<Draft, 'text' | 'html'> {
  const text = `${typed.replaceAll(/\r\n?/g, '\n').trim()}\n`;
  const blocks = text.trim().split(/\n[ \t]*\n+/).flatMap(blocksOf);
  const direction = language === 'ar' ? ' dir="rtl"' : '';
  return { text, html: `<div lang="${escaped(language)}"${direction}>\n${blocks.join('\n')}\n</div>` };
}

const item = /^(?:- |• )(.*)$/u;
const numbered = /^\d{1,3}[.)] (.*)$/u;

/** Lines that are listed make a list, also right under the words that introduce it. */
function blocksOf(paragraph: string): string[] {
  const blocks: { readonly kind: 'p' | 'ul' | 'ol'; readonly lines: string[] }[] = [];
  for (const line of paragraph.split('\n')) {
    const listed = item.exec(line)?.[1];
    const counted = numbered.exec(line)?.[1];
    const kind = listed !== undefined ? 'ul' : counted !== undefined ? 'ol' : 'p';
    const last = blocks.at(-1);
    if (kind === 'p' && last !== undefined && last.kind !== 'p' && /^ {2,}\S/.test(line)) last.lines.push(`${last.lines.pop() ?? ''} ${line.trim()}`);
    else if (last?.kind === kind) last.lines.push(listed ?? counted ?? line);
    else blocks.push({ kind, lines: [listed ?? counted ?? line] });
  }
  return blocks.map(({ kind, lines }) => (kind === 'p'
    ? `<p>${lines.map((line) => escaped(line.trim())).join('<br>\n')}</p>`
    : `<${kind}>\n${lines.map((line) => `<li>${escaped(line.trim())}</li>`).join('\n')}\n</${kind}>`));
}

function escaped(text: string): string {
  return text.replaceAll(/[&<>"]/g, (sign) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[sign] ?? '');
}
