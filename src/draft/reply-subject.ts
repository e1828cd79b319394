import { maskCardNumbers } from '../facts/text/card-numbers.ts';

const maxSubjectCharacters = 150;

/**
 * What mail programs put before the subject of an answer or a forward, by language. One Latin letter alone (`R:`, `I:`) is Italian;
 * `Re[2]:` and `Re (2):` count.
 */
const prefixes = [
  're', 'fwd?', 'fw', 'aw', 'antw', 'wg', 'r', 'i', 'rif', 'res', 'enc', 'rv', 'tr', 'réf?', 'odp', 'pd', 'ynt', 'ilt', 'İLT', 'sv', 'vs', 'vb', 'vl',
  'отв', 'ответ', 'пер', 'адк', 'адказ', 'відп', '回复', '答复', '转发', '返信', '転送', '회신', '답장', '전달', 'رد', 'إعادة توجيه',
];
const prefix = new RegExp(`^(?:${prefixes.join('|')})\\s*(?:[[(]\\d+[\\])])?\\s*[:：]\\s*`, 'iu');
const caseTags = /\s*\[RT-[0-9A-Z]{4,12}\]/giu;

/**
 * `Re: what was written [RT-…]` on one line: prefixes of earlier rounds and earlier tags are taken off, card numbers masked, line
 * breaks and control characters (which would start another header) and bidi overrides taken out.
 */
export function replySubject(subject: string, tag: string, emptySubject: string): string {
  let rest = maskCardNumbers(subject.slice(0, 2_000).replace(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, ' ').replace(/[\p{Cf}\p{Cs}\uFFFD]/gu, '')).replace(caseTags, '').trim();
  for (let round = 0; round < 20 && prefix.test(rest); round++) rest = rest.replace(prefix, '');
  const characters = Array.from(rest);
  if (characters.length > maxSubjectCharacters) rest = `${characters.slice(0, maxSubjectCharacters).join('').trimEnd()}…`;
  return `Re: ${rest === '' ? emptySubject : rest} [${tag}]`;
}
