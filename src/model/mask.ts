import { asciiDigits } from '../facts/text/fold.ts';
import { literalPattern } from '../facts/text/literal-pattern.ts';

/**
 * A mask: what a model may see of a mail. Names, addresses, cards, phones, links and handles are replaced by placeholders (`⟦EMAIL_1⟧`) that only we can turn back;
 * the same words get the same placeholder throughout a mail.
 */
export interface Mask {
  readonly mask: (text: string) => string;
  /** What `mask` replaced stands there again; a placeholder that it never gave out stays as it is. */
  readonly unmask: (text: string) => string;
}

type Kind = 'MARK' | 'EMAIL' | 'LINK' | 'CARD' | 'PHONE' | 'NUMBER' | 'HANDLE' | 'CODE' | 'NAME';

interface Span {
  readonly start: number;
  readonly end: number;
  readonly kind: Kind;
}

/** More words than a mail's names have. */
const maxNameWords = 60;

/** `names` are those of the people the mail speaks of, as far as they are known; those it introduces are found. */
export function openMask(names: readonly string[]): Mask {
  const placeholders = new Map<string, string>();
  const originals = new Map<string, string>();
  const counts = new Map<Kind, number>();
  const placeholderOf = (kind: Kind, text: string): string => {
    const known = placeholders.get(text);
    if (known !== undefined) return known;
    const count = (counts.get(kind) ?? 0) + 1;
    counts.set(kind, count);
    const placeholder = `⟦${kind}_${String(count)}⟧`;
    placeholders.set(text, placeholder);
    originals.set(placeholder, text);
    return placeholder;
  };
  const words = new Set(names.flatMap(nameWords));
  return {
    mask: (text) => {
      for (const name of introducedNames(text)) for (const word of nameWords(name)) words.add(word);
      let masked = '';
      let at = 0;
      for (const { start, end, kind } of joined(spansOf(text, [...words].slice(0, maxNameWords)))) {
        masked += text.slice(at, start) + placeholderOf(kind, text.slice(start, end));
        at = end;
      }
      return masked + text.slice(at);
    },
    unmask: (text) => text.replace(/⟦[A-Z]+_\d+⟧/g, (placeholder) => originals.get(placeholder) ?? placeholder),
  };
}

/** What stands between the digits of one number: also invisible characters, by which a number could be slipped past us. */
const gap = String.raw`[\s().\-–—_/\u00ad\u200b-\u200f\u2060\ufeff]`;
/** Each pattern begins where a run of its characters begins, so that a long run is gone through once. */
const patterns: readonly (readonly [Kind, RegExp])[] = [
  // What looks like one of our placeholders is none.
  ['MARK', /[⟦⟧]/g],
  ['EMAIL', /(?<![\p{L}\p{N}._%+-])[\p{L}\p{N}._%+-]{1,320}@(?:[\p{L}\p{N}-]|\.(?=[\p{L}\p{N}])){1,320}/gu],
  ['LINK', /(?<!\p{L})(?:https?:\/\/|www\.|t\.me\/|wa\.me\/)[^\s<>"'⟦⟧]{1,2000}/giu],
  ['HANDLE', /(?<![\p{L}\p{N}._%+@/-])@[A-Za-z][\w.]{2,60}/gu],
  // Whoever has the number and this has the card.
  ['CODE', /(?<=(?<!\p{L})(?:cvv2?|cvc2?|cvn|pin|пин|код карты)[\s:=–-]{0,4})\d{3,6}(?!\d)/giu],
  ['PHONE', new RegExp(String.raw`(?:\+|(?<!\d)00)${gap}{0,2}\d(?:${gap}{0,3}\d){5,}`, 'gu')],
  ['PHONE', new RegExp(String.raw`(?<=(?<!\p{L})(?:tel|phone|mobile|cell|whats ?app|viber|тел|телефон\p{L}{0,3}|моб|номер телефона|тэл|тэлефон\p{L}{0,3}|téléphone|portable|teléfono|móvil|telefone|celular|telefono|cellulare|telefon\p{L}{0,3}|電話|電話番号|携帯|전화|전화번호|휴대폰|هاتف|جوال|رقم الهاتف)[.:\s–-]{0,4})${gap}{0,2}\d(?:${gap}{0,3}\d){4,}`, 'giu')],
];
const digitRun = new RegExp(String.raw`\d(?:${gap}{0,3}\d)*`, 'gu');

/** Dates and times are no one's secret, and what is asked about: `2026-03-17 14:05`, `17.03.26`. */
const dates = /(?<![\d.\-/]|\d[ ])(?:(?:19|20)\d{2}([-./])\d{1,2}\1\d{1,2}|\d{1,2}([-./])\d{1,2}\2(?:(?:19|20)\d{2}|\d{2}))(?![\d]|[.\-/]\d)|(?<!\d)\d{1,2}:\d{2}(?::\d{2})?(?![\d:])/gu;

function spansOf(text: string, words: readonly string[]): Span[] {
  const digits = asciiDigits(text);
  const spans: Span[] = [];
  for (const [kind, pattern] of patterns) {
    for (const match of digits.matchAll(pattern)) spans.push({ start: match.index, end: match.index + match[0].length, kind });
  }
  const undated = digits.replaceAll(dates, (date) => 'x'.repeat(date.length));
  for (const match of undated.matchAll(digitRun)) {
    const kind = kindOfDigits(match[0]);
    if (kind !== null) spans.push({ start: match.index, end: match.index + match[0].length, kind });
  }
  for (const pattern of words.map(namePattern)) {
    for (const match of text.matchAll(pattern)) spans.push({ start: match.index, end: match.index + match[0].length, kind: 'NAME' });
  }
  return spans;
}

/** Cards have 12 to 19 digits, accounts more; phones 7 to 11, the short ones with a dash or brackets in them. */
function kindOfDigits(written: string): Kind | null {
  const { length } = written.replace(/\D/g, '');
  if (length >= 12) return 'CARD';
  if (length >= 9) return /^\d+$/.test(written) ? 'NUMBER' : 'PHONE';
  return length >= 7 && /[()\-–—]/.test(written) ? 'PHONE' : null;
}

/** Overlapping stretches become one: what is private in either stays so. */
function joined(spans: readonly Span[]): Span[] {
  const merged: Span[] = [];
  for (const span of spans.toSorted((a, b) => a.start - b.start || b.end - a.end)) {
    const last = merged.at(-1);
    if (last === undefined || span.start >= last.end) merged.push(span);
    else if (span.end > last.end) merged[merged.length - 1] = { ...last, end: span.end };
  }
  return merged;
}

const particles = new Set(['de', 'da', 'do', 'dos', 'das', 'di', 'del', 'della', 'van', 'von', 'der', 'den', 'la', 'le', 'el', 'al', 'bin', 'ibn', 'und', 'and', 'via']);

/** The words of a name by which a person is told; of names in Han and Hangul family name and given name too. */
function nameWords(name: string): string[] {
  return (name.normalize('NFC').match(/[\p{L}\p{M}]+/gu) ?? []).flatMap((word) => {
    const letters = Array.from(word);
    if (letters.length < 2 || particles.has(word.toLowerCase())) return [];
    const isEastern = /^[\p{Script=Han}\p{Script=Hangul}]+$/u.test(word);
    if (!isEastern || letters.length < 3 || letters.length > 4) return [word];
    return [word, letters.slice(0, 2).join(''), letters.slice(letters.length === 4 ? 2 : 1).join('')];
  });
}

/** The word in whatever case it is written; with another ending only where it is written as a name ("Анна", "Анны"). */
function namePattern(word: string): RegExp {
  const eastern = /[\p{Script=Han}\p{Script=Hangul}\p{Script=Hiragana}\p{Script=Katakana}]/u.test(word);
  if (eastern) return new RegExp(literalPattern(word), 'gu');
  const stem = Array.from(word).length >= 4 ? word.replace(/[аяоеыиуюйьaeioyу]$/iu, '') : word;
  const capital = stem.slice(0, 1).toUpperCase() + stem.slice(1).toLowerCase();
  const inflected = Array.from(stem).length < 3 ? '' : `|${literalPattern(capital)}\\p{Ll}{0,3}`;
  // The flag i would blur what is written as a name.
  return new RegExp(`(?<![\\p{L}\\p{M}])(?:${anyCase(word)}${inflected})(?![\\p{L}\\p{M}])`, 'gu');
}

function anyCase(word: string): string {
  return Array.from(word, (letter) => {
    const forms = [...new Set([letter, letter.toLowerCase(), letter.toUpperCase()])].filter((form) => Array.from(form).length === 1);
    return forms.length > 1 ? `[${forms.join('')}]` : literalPattern(letter);
  }).join('');
}

const capitalised = String.raw`\p{Lu}[\p{L}\p{M}'’-]{1,30}(?:[ \u00a0]\p{Lu}[\p{L}\p{M}'’-]{1,30}){0,2}`;
const anyWord = String.raw`[\p{L}\p{M}]{2,20}`;
const introductions: readonly RegExp[] = [
  new RegExp(String.raw`(?<!\p{L})(?:[Mm]y (?:full )?name(?: is|'s|:)|[Мм]еня зовут|[Мм]оё? имя|[Мм]ое имя|[Мм]яне завуць|[Мм]ене звати|[Mm]e llamo|[Mm]i nombre es|[Ss]oy|[Jj]e m['’]appelle|[Mm]on nom est|[Mm]i chiamo|[Ii]l mio nome è|[Mm]eu nome é|[Mm]e chamo|[Nn]azywam się|[Mm]am na imię|[Aa]dım|[İi]smim|[Mm]ein [Nn]ame ist|[Ii]ch heiße|[Ii]ch heisse|Mr\.?|Mrs\.?|Ms\.?|Herr|Frau|Sr\.?|Sra\.?|M\.|Mme|Sig\.?|Pan|Pani|[Гг]-н|[Гг]-жа|ФИО|ФІО)[ \u00a0:]{1,3}(${capitalised})`, 'gu'),
  new RegExp(String.raw`^[ \t]*(?:Dear|Hi|Hello|Hey|Уважаем\p{L}{1,3}|Здравствуйте,?|Привет,?|Вітаю,?|Hola|Estimad[oa]|Bonjour|Cher|Chère|Ciao|Gentile|Olá|Prezad[oa]|Szanown[ay]|Cześć|Merhaba|Sayın|Hallo|Liebe[r]?)[ \u00a0]+(${capitalised})[ \t]*[,.!:]?[ \t]*$`, 'gmu'),
  new RegExp(String.raw`(?:私の名前は|名前は|お名前[:：])\s?(${anyWord})`, 'gu'),
  new RegExp(String.raw`(?<![\p{L}])(${anyWord})(?:と申します|라고 합니다|이라고 합니다)`, 'gu'),
  new RegExp(String.raw`(?:제 이름은|이름[:：]|اسمي|اسمى)\s?(${anyWord}(?: ${anyWord})?)`, 'gu'),
];

function introducedNames(text: string): string[] {
  return introductions.flatMap((pattern) => [...text.matchAll(pattern)].map((match) => match[1] ?? ''));
}
