import * as bowser from 'bowser';
import { isDeniedBehind } from '../text/candidate.ts';
import { asciiDigits } from '../text/fold.ts';
import { findStretches } from '../text/word-index.ts';
import type { PhraseBook } from '../text/phrases.ts';
import type { Sentence } from '../text/sentences.ts';
import { compileSequences, findSequences } from '../text/word-sequences.ts';
import type { SequencePlace, WordSequences } from '../text/word-sequences.ts';
import type { SystemConcept } from '../text/language-data.ts';
import { versionLinked } from './linked-versions.ts';

/** A browser or operating system the mail names, with the version as far as it was given. */
export interface SystemMention {
  readonly kind: 'browser' | 'os';
  readonly value: string;
  readonly sentence: Sentence;
  readonly start: number;
  readonly end: number;
  readonly versioned: boolean;
  /** "not Chrome", "Chrome works": named, but not the one used. */
  readonly negated: boolean;
}

/** Usual name, and how it is written in Latin letters everywhere. Languages add their own words (`browser_chrome: ['хром*']`). */
const systems: readonly { readonly concept: SystemConcept; readonly name: string; readonly words: string }[] = [
  { concept: 'browser_samsung', name: 'Samsung Internet', words: 'samsung browser|samsung internet|navegador samsung|navegador da samsung|navegador da propria samsung|navegador de samsung|navegador del samsung|navigateur samsung|navigateur de samsung|browser samsung|browser della samsung|browser di samsung|przegladarka samsung|przegladarce samsung*|браузер* samsung' },
  { concept: 'browser_yandex', name: 'Yandex Browser', words: 'yandex browser|yandexbrowser|yandex.browser|ya browser|yandex' },
  { concept: 'browser_internet_explorer', name: 'Internet Explorer', words: 'internet explorer|ie' },
  { concept: 'browser_edge', name: 'Edge', words: 'microsoft edge|ms edge|edge' },
  { concept: 'browser_opera', name: 'Opera', words: 'opera gx|opera' },
  { concept: 'browser_firefox', name: 'Firefox', words: 'mozilla firefox|firefox*|mozilla|ff|fire fox' },
  { concept: 'browser_safari', name: 'Safari', words: 'safari*' },
  { concept: 'browser_brave', name: 'Brave', words: 'brave' },
  { concept: 'browser_vivaldi', name: 'Vivaldi', words: 'vivaldi' },
  { concept: 'browser_whale', name: 'Whale', words: 'naver whale|whale' },
  { concept: 'browser_chrome', name: 'Chrome', words: 'google chrome|chrome|chromium|crome|chrom|chroma|chromie|chromem' },
  { concept: 'os_windows', name: 'Windows', words: 'windows*|win|win10|win11|win7|win8' },
  { concept: 'os_ipados', name: 'iPadOS', words: 'ipados|ipad*' },
  { concept: 'os_macos', name: 'macOS', words: 'mac os x|mac os|macos|osx|os x|macbook*|imac*|mac mini|mac|macs' },
  { concept: 'os_ios', name: 'iOS', words: 'ios|iphone*|iphona|iphonie|ajfon*' },
  { concept: 'os_android', name: 'Android', words: 'android*' },
  { concept: 'os_linux', name: 'Linux', words: 'linux mint|linux|ubuntu|fedora|debian|arch linux|manjaro|linuks*' },
  { concept: 'os_chromeos', name: 'ChromeOS', words: 'chromeos|chrome os|chromebook*' },
];

/** Words between a system's name and its version. */
const between = String.raw`(?:\s*[-–—,:]?\s*(?:v\.?|ver\.?|vers\.?|version|versión|versione|versão|wersja|wersji|sürüm\S*|верси\S+|версія|версии|вер\.|версію|الإصدار|إصدار|バージョン|버전|브라우저|ブラウザー?|home|pro|professional|домашняя|про|desktop|tahoe|sequoia|sonoma|ventura|monterey|big sur)\s*){0,2}[\s(-]{0,3}`;
const versionPattern = new RegExp(String.raw`^${between}(?<version>\d{1,4}(?:\.\d{1,5}){0,3})(?!\s*[%°]|[-/:]\d|\s?(?:gb|tb|гб|мб|mb|кредит|credit|часов|мин))`, 'iu');
/** "iOSは26.1", "윈도우는 11이고", "Chromeのバージョンは142": behind a particle, where nothing is counted ("Chromeは2回", "사파리는 3일") and no error is named ("Edgeは504"). */
const versionBehindParticle = /^\s?(?:の(?:方|ほう)?|의)?\s?(?:バージョン|ver(?:sion)?|버전)?\s?(?:は|が|も|の|なら|는|은|이|가|도|의)[、,\s]?(?:約)?(?<version>(?:\d{1,2}|1\d\d)(?:\.\d{1,5}){0,3})(?![\d.,:/~〜-]?\d|\s?[%°％]|\s?(?:回|度|台|日|月|年|時|分|秒|週|か月|ヶ月|カ月|個|枚|件|人|名|本|円|歳|つ|体|番|割|倍|パーセント|クレジット|번|회|대|일|월|년|시|분|초|주|개|명|장|건|원|배|차례|퍼센트|프로|크레딧|살|세(?!대)|gb|mb|tb))/iu;
/** "Edge, dice que la versión es la 135": the version is told in a clause of its own, of nothing else. */
const versionTold = /^[,;:(–—-]?\s?(?<told>(?:\p{L}[\p{L}'’]*\s){0,5}?)(?:versi[oó]n|versione|versão|versao|wersj[aęi]|верси[яюи]|версі[яюї]|вэрсі[яюі]|sürümü?|nummer)\s(?<link>(?:\p{L}[\p{L}'’]{0,7}\s){0,4}?)(?<version>\d{1,4}(?:\.\d{1,5}){0,3})(?!\s*[%°€$]|[-/:]\d|[.,]\d|\s(?:de|del|di|do|da|du|des|of|from)(?!\p{L})|\s?(?:gb|tb|гб|мб|mb|credit|кредит))/iu;
const otherSystem = /(?<!\p{L})(?:windows|win|chrome|firefox|safari|edge|opera|brave|android|ios|ipados|macos|mac|linux|ubuntu|iphone|ipad|виндовс|винда|хром|андроид)(?!\p{L})/iu;
const userAgent = /Mozilla\/5\.0\s*\([^)\n]{3,200}\)[^\n]{0,300}/;

/** What a system is called in one language. */
interface SystemNames {
  readonly name: string;
  readonly kind: SystemMention['kind'];
  readonly unspaced: readonly string[];
  /** Those of one word. */
  readonly single: readonly number[];
}

interface CompiledSystems {
  readonly names: readonly SystemNames[];
  readonly sequences: WordSequences;
  /** Index into `names` of each sequence. */
  readonly owners: readonly number[];
}

const compiledSystems = new WeakMap<PhraseBook, CompiledSystems>();

function systemsOf(book: PhraseBook): CompiledSystems {
  const known = compiledSystems.get(book);
  if (known) return known;
  const owners: number[] = [];
  const written: string[] = [];
  const names = systems.map(({ concept, name, words }, owner): SystemNames => {
    const own = (book.language.phrases[concept] ?? []).flatMap((phrase) => phrase.split('|'));
    const alternatives = [...words.split('|'), ...own];
    written.push(...alternatives);
    owners.push(...alternatives.map(() => owner));
    return { name, kind: concept.startsWith('browser_') ? 'browser' : 'os', unspaced: own, single: alternatives.filter((one) => !one.includes(' ')).map((one) => book.words.add(one)) };
  });
  const compiled = { names, sequences: compileSequences(written, book.words), owners };
  compiledSystems.set(book, compiled);
  return compiled;
}

export function findSystems(sentences: readonly Sentence[], book: PhraseBook): SystemMention[] {
  const found: SystemMention[] = [];
  const { names, sequences, owners } = systemsOf(book);
  const agents = new Map<unknown, SystemMention[]>();
  for (const sentence of sentences) {
    const known = agents.get(sentence.passage);
    const fromAgent = known ?? userAgentMentions(sentence);
    if (known === undefined) {
      agents.set(sentence.passage, fromAgent);
      found.push(...fromAgent);
    }
    const taken: { start: number; end: number }[] = fromAgent.map(({ start, end }) => ({ start, end }));
    const places = findSequences(sequences, sentence, book.words);
    if (places.length === 0 && sentence.characters === null) continue;
    for (const [owner, pattern] of names.entries()) {
      for (const span of occurrencesOf(pattern, places.filter(({ order }) => owners[order] === owner), sentence, book)) {
        if (taken.some((other) => other.start < span.end && span.start < other.end)) continue;
        taken.push(span);
        const mention = mentionOf(pattern.name, pattern.kind, span, sentence, book);
        if (mention) found.push(mention);
      }
    }
  }
  return found.filter((mention) => isMeant(mention, found, book.language.code));
}

function userAgentMentions(sentence: Sentence): SystemMention[] {
  const match = userAgent.exec(sentence.passage.text);
  if (!match) return [];
  const { browser, os } = bowser.parse(match[0]);
  const span = { sentence, start: match.index, end: match.index + match[0].length, versioned: true, negated: false };
  const mentions: SystemMention[] = [];
  if (browser.name !== undefined) mentions.push({ kind: 'browser', value: withVersion(browser.name.replace(/^Microsoft /, ''), shortVersion(browser.version)), ...span });
  if (os.name !== undefined) mentions.push({ kind: 'os', value: withVersion(os.name, os.name === 'Windows' ? windowsVersion(os.version) : (os.version ?? '')), ...span });
  return mentions;
}

/** User agents freeze the minor versions at 0: `142.0.0.0` says no more than 142. */
function shortVersion(version: string | undefined): string {
  return (version ?? '').replace(/(?:\.0)+$/, '');
}

function windowsVersion(version: string | undefined): string {
  if (version === undefined) return '';
  return ({ 'NT 10.0': '10', 'NT 6.3': '8.1', 'NT 6.2': '8', 'NT 6.1': '7', 'NT 6.0': 'Vista', 'NT 5.1': 'XP' } as Record<string, string>)[version] ?? version.replace(/^NT /, '');
}

function withVersion(name: string, version: string): string {
  return version === '' ? name : `${name} ${version}`;
}

function occurrencesOf({ unspaced, single }: SystemNames, places: readonly SequencePlace[], sentence: Sentence, book: PhraseBook): { start: number; end: number; first: number; last: number }[] {
  const found: { start: number; end: number; first: number; last: number }[] = [];
  const { tokens } = sentence;
  for (const { first, last } of places.toSorted((a, b) => a.first - b.first || a.order - b.order)) {
    if (found.at(-1)?.first !== first) found.push({ start: tokens[first]?.start ?? 0, end: tokens[last]?.end ?? 0, first, last });
  }
  if (sentence.characters !== null) {
    const text = sentence.passage.text.slice(sentence.start, sentence.end);
    for (const word of unspaced) {
      for (const [from, to] of findStretches(word, sentence.characters.folded)) {
        const span = { start: sentence.characters.origin[from] ?? 0, end: (sentence.characters.origin[to] ?? 0) + 1, first: 0, last: 0 };
        if (!found.some((other) => other.start < span.end && span.start < other.end)) found.push(span);
      }
    }
    // Latin names glued to kana or Hangul: "Windowsを", "Chrome에서".
    for (const match of text.matchAll(/[A-Za-z]{2,}/g)) {
      for (const id of single) {
        if (book.words.matches(id, { kind: 'word', folded: match[0].toLowerCase() })) {
          const span = { start: sentence.start + match.index, end: sentence.start + match.index + match[0].length, first: 0, last: 0 };
          if (!found.some((other) => other.start < span.end && span.start < other.end)) found.push(span);
        }
      }
    }
  }
  return found;
}

function mentionOf(name: string, kind: 'browser' | 'os', span: { start: number; end: number; first: number; last: number }, sentence: Sentence, book: PhraseBook): SystemMention | null {
  const { text } = sentence.passage;
  const word = text.slice(span.start, span.end);
  const after = asciiDigits(text.slice(span.end, Math.min(text.length, span.end + 60)));
  // "Enviado desde mi iPhone" and model numbers: "iPhone 15" names a phone, not iOS 15.
  const isDevice = /^(?:i?phone|ipad(?!os)|macbook|imac|айфон|айпад|макбук|мак$|mac$|ajfon|アイフォン|アイフォーン|아이폰|آيفون|galaxy|ギャラクシー|갤럭시|맥북|아이패드|マックブック|アイパッド)/iu.test(word);
  const glued = /^(?:win|윈)(\d+)$/i.exec(word);
  let version = glued?.[1] ?? '';
  let end = span.end;
  if (!isDevice && version === '') {
    const match = versionPattern.exec(after) ?? (sentence.characters === null ? null : versionBehindParticle.exec(after));
    if (match?.groups) {
      version = match.groups['version'] ?? '';
      end = span.end + match[0].length;
    }
  }
  const told = isDevice || version !== '' || sentence.characters !== null ? null : versionTold.exec(after);
  if (told?.groups !== undefined && !otherSystem.test(`${told.groups['told'] ?? ''} ${told.groups['link'] ?? ''}`)) {
    version = told.groups['version'] ?? '';
    end = span.end + told[0].length;
  }
  const linked = isDevice || version !== '' || sentence.characters !== null ? null : versionLinked(name, after, book);
  if (linked !== null) {
    version = linked.version;
    end = span.end + linked.length;
  }
  const codename = name === 'macOS' ? /^\s*(?:\(?)(tahoe|sequoia|sonoma|ventura|monterey|big sur|catalina|mojave)/i.exec(after)?.[1] : undefined;
  if (codename !== undefined && version === '') {
    version = codename.replace(/\b\p{L}/gu, (letter) => letter.toUpperCase());
    end = Math.max(end, span.end + after.indexOf(codename) + codename.length);
  }
  if (name === 'Windows' && version === '' && /^[\p{Script=Cyrillic}]/u.test(word)) version = numberedBefore.exec(text.slice(Math.max(0, span.start - 12), span.start))?.[1] ?? '';
  if (name === 'Windows' && version === '') version = nicknames.find(([pattern]) => pattern.test(word))?.[1] ?? '';
  if (name === 'Windows' && /^\s*(?:xp|vista)\b/i.test(after)) version = /vista/i.test(after) ? 'Vista' : 'XP';
  const reported = name === 'Linux' ? linuxName(word) : name;
  return { kind, value: withVersion(reported, version), sentence, start: span.start, end, versioned: version !== '', negated: isNegated(sentence, { ...span, end }, book) };
}

/** "На 10-й винде", "11 винда" */
const numberedBefore = /(?<![\d.,])(7|8|8\.1|10|11)(?:[-\u2011]?(?:й|я|ю|ая|ой|ую))?\s$/u;
/** "На десятке": the version alone. */
const nicknames: readonly (readonly [RegExp, string])[] = [[/^(?:десятк|дзясятк)/iu, '10'], [/^(?:семерк|семёрк|сямёрк)/iu, '7'], [/^(?:одиннадцат|одиннашк|одинаццат)|одиннадцат/iu, '11'], [/десят/iu, '10'], [/^восьм/iu, '8'], [/^седьм|семерка|семёрка/iu, '7']];

function linuxName(word: string): string {
  if (/^(?:убунт|우분투|ウブン)/iu.test(word)) return 'Ubuntu';
  const known = ['Linux Mint', 'Ubuntu', 'Fedora', 'Debian', 'Manjaro', 'Arch Linux'].find((name) => name.toLowerCase() === word.toLowerCase());
  return known ?? 'Linux';
}

/**
 * "The windows float", "Oliver the Brave", "at the edge": a name that is also an everyday word counts with a version, or beside another
 * system's name; Windows also when it is written as a name.
 */
function isMeant(mention: SystemMention, all: readonly SystemMention[], language: string): boolean {
  const word = mention.sentence.passage.text.slice(mention.start, mention.end);
  if (mention.versioned || !/^(?:windows|edge|opera|brave|win|ff|ie)$/i.test(word)) return true;
  if (word.startsWith('W')) return true;
  // Edge and Brave are everyday words in English alone; Opera is one in Italian too, but then in lower case.
  if (language !== 'en' && (/^(?:edge|brave)$/i.test(word) || word.startsWith('O'))) return true;
  return all.some((other) => other !== mention && other.sentence === mention.sentence);
}

function isNegated(sentence: Sentence, span: { first: number; start: number; end: number }, book: PhraseBook): boolean {
  if (sentence.characters !== null) {
    const after = sentence.passage.text.slice(span.start, span.start + 30);
    return /^[^、。,.]{0,8}(?:(?:では|じゃ)(?:なく|ない|なし)|아니|말고)/u.test(after);
  }
  // "Chrome değil, Edge 126": in Turkish it stands behind what it denies.
  if (book.language.code === 'tr') return isDeniedBehind(sentence.passage.text, span.end);
  for (const i of [span.first - 1, span.first - 2]) {
    const token = sentence.tokens[i];
    if (!token) break;
    if ([...book.negations].some((id) => book.words.matches(id, token))) return true;
    if (sentence.tokens[i + 1]?.afterBreak === true) break;
  }
  return false;
}
