import { sentenceText } from './sentences.ts';
import type { Sentence } from './sentences.ts';

/** "I've no idea where it is in the queue": who does not know how far the work or the print is, in each language. */
const unsure: readonly RegExp[] = [
  /\b(?:no (?:idea|clue)|(?:do(?:n['’]?t| not)|ca(?:n['’]?t|nnot)) (?:know|tell|see)|not (?:sure|certain)|unsure|dunno)\b[^.!?]{0,40}\b(?:queue|print(?:ed|ing|ers?)?|start(?:ed)?|begun|progress|stage|far|along|where (?:it|things?|you|the \w+) (?:is|are))\b/iu,
  /(?<!\p{L})(?:не знаю|не в курсе|не уверен[аы]?|понятия не имею|не ведаю|ня ведаю|паняцця не маю)(?!\p{L})[^.!?]{0,40}(?:начал|начат|приступил|печат|стади|этап|очеред|пачал|пачат|друк|стадыі|этапе|чарзе)/iu,
  /(?<!\p{L})(?:nie wiem|nie mam pojęcia|nie jestem pewn[ay])(?!\p{L})[^.!?]{0,40}(?:zacz|druk|etap|kolej)/iu,
  /(?<!\p{L})(?:weiß nicht|weiss nicht|keine ahnung|nicht sicher)(?!\p{L})[^.!?]{0,40}(?:angefangen|begonnen|druck|stand|weit)/iu,
  /(?<!\p{L})(?:sais pas|ne sais|ignore|aucune idée|pas sûre?)(?!\p{L})[^.!?]{0,40}(?:commenc|impr[ie]|en êtes|en est|stade)/iu,
  /(?<!\p{L})(?:no s[eé]|ni idea|no tengo idea|desconozco|non so|nessuna idea|n[ãa]o sei|nem ideia|fa[çc]o ideia)(?!\p{L})[^.!?]{0,40}(?:empez|comenz|inici|impr[ie]|cola|cominci|stamp|a che punto|coda|come[çc]|fila)/iu,
  /(?:başla|bask)\p{L}*\s[^.!?]{0,20}bilmiyor/iu,
];

/** What the merchant's own page says they do know. */
const readOff = /\b(?:page|status|dashboard|tracker|tracking|account|site|app)\b[^.!?]{0,20}\b(?:says?|said|shows?|showed|reads?)\b/iu;

export function isUnsureOfProgress(sentences: readonly Sentence[]): boolean {
  const own = sentences.filter(({ passage }) => passage.kind === 'own').map(sentenceText);
  return own.some((text) => unsure.some((pattern) => pattern.test(text))) && !own.some((text) => readOff.test(text));
}
