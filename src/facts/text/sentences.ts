import { asciiDigits, fold, foldUnspaced, foldWord } from './fold.ts';

/** A sentence of the mail, cut into tokens: what phrases are matched against. Offsets count in the passage's text. */
export interface Passage {
  readonly text: string;
  readonly source: 'body' | 'subject';
  /** `own` words, or a mail the customer forwards as proof. */
  readonly kind: 'own' | 'forward';
  /** Our question that these words answer, in an answer written between quoted lines. */
  readonly question: string | null;
}

export interface Token {
  readonly start: number;
  readonly end: number;
  readonly folded: string;
  readonly kind: 'word' | 'number' | 'address';
  /** A comma, dash, colon or bracket stands between this token and the one before. */
  readonly afterBreak: boolean;
}

export interface Sentence {
  readonly passage: Passage;
  /** Counted through the whole mail. */
  readonly index: number;
  readonly start: number;
  readonly end: number;
  readonly tokens: readonly Token[];
  /** For unspaced writing: the folded characters and where each came from. */
  readonly characters: { readonly folded: string; readonly origin: readonly number[] } | null;
  /** Its text in the letters of its language, where it was written in others. */
  readonly respelt?: string;
}

/** A sentence longer than this is cut: no mail's sentence is, and matching stays linear. */
const maxSentenceLength = 800;
/** A dozen pages: what lies beyond is a pasted log, or meant to keep the reader busy. */
const maxTokensInMail = 6_000;

/** Beside kana, Han and Hangul a Latin name is a word of its own: `Chromeで`, `Windows에서`, `a@example.comです`. */
const unspacedTokenPattern = /(?<address>[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9.-]{2,190}|https?:\/\/[!-~]{1,2000})|(?<number>\p{Nd}+)|(?<word>\p{Script=Latin}[\p{Script=Latin}'’ʼ]*|(?:(?!\p{Script=Latin})[\p{L}\p{M}])+)/gu;
const tokenPattern = /(?<address>[\p{L}\p{N}._%+-]{1,64}@[\p{L}\p{N}.-]{2,190}|https?:\/\/[^\s<>]{1,2000})|(?<number>\p{Nd}+)|(?<word>[\p{L}\p{M}][\p{L}\p{M}'’ʼ]*)/gu;

export function splitSentences(passages: readonly Passage[], writing: { readonly unspaced: boolean; readonly elision: boolean }): Sentence[] {
  const sentences: Sentence[] = [];
  let tokenCount = 0;
  for (const passage of passages) {
    for (const [start, end] of sentenceSpans(passage.text)) {
      const tokens = tokenise(passage.text, start, end, writing);
      if (tokens.length === 0) continue;
      tokenCount += tokens.length;
      if (tokenCount > maxTokensInMail) return sentences;
      let characters: Sentence['characters'] = null;
      if (writing.unspaced) {
        const { folded, origin } = foldUnspaced(passage.text.slice(start, end));
        characters = { folded, origin: origin.map((at) => at + start) };
      }
      sentences.push({ passage, index: sentences.length, start, end, tokens, characters });
    }
  }
  return sentences;
}

/**
 * Spans of sentences: ends at `.!?…。` before white space, at blank lines, and at line ends unless the line was merely wrapped.
 */
function* sentenceSpans(text: string): Generator<readonly [number, number]> {
  // A run of stops is tried from its beginning only: a long one would be tried from each of its characters.
  const ending = /(?<![.!?…])[.!?…]+["'»”’)\]]*(?=\s|$)|[。！？!?؟।]+|\n/gu;
  let start = 0;
  let match: RegExpExecArray | null;
  while ((match = ending.exec(text)) !== null) {
    const end = match.index + match[0].length;
    if (match[0] === '\n' && isWrap(text, match.index)) {
      if (end - start < maxSentenceLength) continue;
    } else if (match[0] === '.' && (isAbbreviation(text, match.index) || isSpacedDate(text, match.index))) continue;
    yield* bounded(text, start, end);
    start = end;
  }
  yield* bounded(text, start, text.length);
}

function* bounded(text: string, start: number, end: number): Generator<readonly [number, number]> {
  for (let at = start; at < end; at += maxSentenceLength) {
    if (text.slice(at, Math.min(end, at + maxSentenceLength)).trim() !== '') yield [at, Math.min(end, at + maxSentenceLength)];
  }
}

/** A line end inside a sentence: the line is long, and the next one goes on in lower case or with a digit. */
function isWrap(text: string, newline: number): boolean {
  const lineStart = text.lastIndexOf('\n', newline - 1) + 1;
  const line = text.slice(lineStart, newline).trimEnd();
  if (/[\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7af、,]$/u.test(line) && /[\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7af]/u.test(line)) return isUnspacedWrap(line, text.slice(newline + 1, newline + 4));
  if (newline - lineStart < 45) return false;
  const next = text.slice(newline + 1, newline + 3);
  return /^\p{Ll}|^\p{Nd}|^["«“(]?\p{Ll}/u.test(next) || (newline - lineStart > 60 && /^\p{L}/u.test(next) && !/[.!?:]$/.test(text.slice(lineStart, newline).trimEnd()));
}

/** Lines of Japanese and Korean are broken at half the width, Japanese ones by hand after a comma as well. */
function isUnspacedWrap(line: string, next: string): boolean {
  if (!/^[\p{L}\p{Nd}「『"(（]/u.test(next)) return false;
  if (/[、,]$/u.test(line)) return line.length >= 8 && !/[様殿님]\s?[、,]$/u.test(line);
  // A line that begins with hiragana goes on with the one before.
  return line.length >= (/^[ぁ-ん]/u.test(next) ? 10 : /[가-힣]$/u.test(line) ? 14 : 20) && !/(?:[다요죠음함임됨네까용욥]|です|ます|した|ません|ください|下さい|[だねよか])$/u.test(line);
}

/** The day before a month's name, "12. März": the only months written with a capital after a full stop. */
const germanMonth = /^\s(?:Jan|Jän|Feb|Mär|Mrz|Apr|Mai|Jun|Jul|Aug|Sep|Okt|Nov|Dez)\p{L}*/u;

/** Short words of chats that end a sentence, though the next one has no capital: "avec apple pay. bon bah…" */
const talk = /^(?:pay|svp|stp|mdr|lol|pls|plz|thx)$/iu;

/** What announces more: "i.e. $174", "approx. 30 minutes", "т.е. «ничего»". */
const announcing = /(?<!\p{L})(?:(?:\p{L}\.){1,2}\p{L}|approx|appx|aprox|appross|incl|excl|inkl|exkl|zzgl|ungef|прибл|прыбл|вкл|yakl|viz|esp|ca)$/iu;

/** What stands before an order's number: "n. SB-60214", "zlec. W-3512", "зак. SB-60214". */
const labelling = /(?<!\p{L})(?:nn?|nr|num|núm|no|nos|ord|ped|enc|zam|zlec|cmde?|best|ref|réf|rif|cod|cód|зак|зам|ном)$/iu;

/** "No. 5", "ok. 18:15", "r. 2026", "J. Smith": a full stop that ends no sentence. */
function isAbbreviation(text: string, stop: number): boolean {
  if (/(?<![\d.,])\d{1,2}$/.test(text.slice(Math.max(0, stop - 4), stop)) && germanMonth.test(text.slice(stop + 1, stop + 12))) return true;
  // "am 6.6. eine"
  if (/(?<![\d.])\d{1,2}\.\d{1,2}$/.test(text.slice(Math.max(0, stop - 6), stop)) && /^\s\p{Ll}/u.test(text.slice(stop + 1, stop + 3))) return true;
  if (labelling.test(text.slice(Math.max(0, stop - 7), stop)) && /^\s\p{Lu}{0,5}[-–_\s]?\p{Nd}/u.test(text.slice(stop + 1, stop + 10))) return true;
  if (announcing.test(text.slice(Math.max(0, stop - 9), stop)) && /^\s+[^\s\p{Lu}]/u.test(text.slice(stop + 1, stop + 4))) return true;
  const before = /(?<!\p{L})(\p{L}{1,4})$/u.exec(text.slice(Math.max(0, stop - 5), stop))?.[1];
  if (before === undefined || /[\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7af]$/u.test(before)) return false;
  const after = /^\s+(\S)/u.exec(text.slice(stop + 1, stop + 4))?.[1];
  if (after === undefined) return false;
  if (/\p{Nd}|[#№]/u.test(after)) return before.length <= 4 && !/^\p{Lu}+$/u.test(before.slice(1) || 'x');
  return /\p{Ll}/u.test(after) && before.length <= 3 && !talk.test(before);
}

/** "2026. 1. 16.", "12. 27. 결제": how Korean writes dates. */
function isSpacedDate(text: string, stop: number): boolean {
  const before = /(?<!\d)(?:(\d{4})|(\d{2,4}\.\s?|\d\.\s)?\d{1,2})$/u.exec(text.slice(Math.max(0, stop - 9), stop));
  const after = text.slice(stop + 1, stop + 12);
  if (!before) return false;
  if (before[1] !== undefined) return /^\s\d{1,2}\.\s?\d{1,2}(?!\d)/u.test(after);
  return /^\s\d{1,2}(?:\.|\s?[(가-힣])/u.test(after) && /[가-힣]/u.test(text.slice(Math.max(0, stop - 200), stop + 200)) ? before[2] !== undefined || /^\s\d{1,2}\.\s?[(가-힣]/u.test(after) : before[2] !== undefined && /^\s[(가-힣]/u.test(after);
}

function tokenise(text: string, start: number, end: number, { unspaced, elision }: { readonly unspaced: boolean; readonly elision: boolean }): Token[] {
  const tokens: Token[] = [];
  let previousEnd = start;
  // Nothing is looked for behind the sentence's end: in a text without words every sentence would be searched to the end of the mail.
  for (const match of text.slice(start, end).matchAll(unspaced ? unspacedTokenPattern : tokenPattern)) {
    const at = start + match.index;
    const raw = match[0];
    const afterBreak = /[,;:،؛()[\]—–|]|\s-\s|\n/.test(text.slice(previousEnd, at));
    const kind = match.groups?.['address'] !== undefined ? 'address' : match.groups?.['number'] !== undefined ? 'number' : 'word';
    if (kind === 'word' && elision && /['’ʼ]/.test(raw)) {
      let from = at;
      let first = true;
      for (const piece of raw.split(/['’ʼ]/)) {
        if (piece !== '') {
          tokens.push({ start: from, end: from + piece.length, folded: fold(piece), kind, afterBreak: first && afterBreak });
          first = false;
        }
        from += piece.length + 1;
      }
    } else {
      // "In no. 4": a number's sign denies nothing.
      const folded = /^no$/i.test(raw) && /^\.\s?\d/.test(text.slice(at + raw.length, at + raw.length + 3)) ? 'nr' : foldWord(raw);
      tokens.push({ start: at, end: at + raw.length, folded, kind, afterBreak });
    }
    previousEnd = at + raw.length;
  }
  return tokens;
}

const texts = new WeakMap<Sentence, string>();

/** The sentence's text with digits of every script as ASCII; as long as it was. */
export function sentenceText(sentence: Sentence): string {
  const known = texts.get(sentence);
  if (known !== undefined) return known;
  const text = asciiDigits(sentence.passage.text.slice(sentence.start, sentence.end));
  texts.set(sentence, text);
  return text;
}
