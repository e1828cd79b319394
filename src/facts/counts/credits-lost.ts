import { clauseEnd, conjunction } from '../text/clauses.ts';
import type { NumberMention } from './counted-numbers.ts';

/** "15 credits vanished and I have 70 left": what an error took was neither used nor is it left, and the words of what is left are the other number's. Where writing is unspaced each verb follows its own number. */

const vanishing = /(?<!\p{L})(?:vanish\p{L}*|disappear\p{L}*|evaporat\p{L}*|evapor(?:ó|aron|ado|ados|ou|aram|é|és|ées|ati|ato)|went missing|spari(?:ti|to|scono|ta|te)|svanit[io]|volatilizzat[io]|scompars[io]|desapareci(?:ó|eron|do|dos|eu|eram|da|das)|esfum(?:ó|aron|ado|ados|ou|aram)|sumi(?:u|ram|do|dos|ó)|disparu\p{L}*|envolé\p{L}*|volatilis\p{L}*|пропал\p{L}*|исчез\p{L}*|испари\p{L}*|прапал\p{L}*|знік\p{L}*|выпарыл\p{L}*|зник\p{L}*|зникл\p{L}*|випарув\p{L}*|zniknę\p{L}*|zniknął|znikł\p{L}*|przepad\p{L}*|wyparował\p{L}*|verschwunden|verschwanden|weggekommen|kaybol\p{L}*|yok oldu|buharlaş\p{L}*|اختف\p{L}*|تبخر\p{L}*|طارت?)(?!\p{L})/iu;

const clauseBreak = new RegExp(`${clauseEnd.source}|[!?\\n]|${conjunction.source}`, 'iu');

/** `roles` are the stretches of the words for using and for what is left. */
export function isLost({ sentence, start, end, percent }: NumberMention, roles: readonly { readonly start: number; readonly end: number }[]): boolean {
  if (percent || sentence.characters !== null) return false;
  const { text } = sentence.passage;
  const before = text.slice(sentence.start, start).split(clauseBreak).at(-1) ?? '';
  const behind = text.slice(end, sentence.end).split(clauseBreak)[0] ?? '';
  const [from, to] = [start - before.length, end + behind.length];
  return (vanishing.test(before) || vanishing.test(behind)) && !roles.some((role) => role.start < to && from < role.end);
}
