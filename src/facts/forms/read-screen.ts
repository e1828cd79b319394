import type { ScreenLine, ScreenText } from '../../files/seen-file.ts';
import type { Moment } from '../../message/message.ts';
import type { Fact, FactMap } from '../facts.ts';
import { readLines } from './read-lines.ts';
import type { ReadLines } from './read-lines.ts';
import { findSystems } from '../names/systems.ts';
import type { Vocabulary } from '../merchant/vocabulary.ts';

/** What a picture of a screen shows of a failure: whether it is seen where it happened, and what went wrong. */
export interface ScreenReading {
  /** What stands in the address bar; null where none is seen. */
  readonly address: { readonly text: string; readonly isMerchants: boolean } | null;
  /** The line that tells an error; null where none does. */
  readonly error: string | null;
  /** Enough of it can be read to say that something is not there. */
  readonly isLegible: boolean;
  /** Its own clock says that it was taken long before the mail, or after it: it shows another failure. */
  readonly isStale: boolean;
  /** Source `attachment`. */
  readonly facts: Pick<FactMap, 'browser' | 'os' | 'occurred_at' | 'generator'>;
  /** The lines that were read well, from top to bottom. */
  readonly text: string;
}

export interface ScreenContext {
  readonly language: string;
  readonly vocabulary: Vocabulary;
  readonly domains: readonly string[];
  readonly sentAt: Moment;
}

/** What is read less surely is taken for no word of the picture. */
export const surely = 70;
const hardly = 30;

export function readScreen(screen: ScreenText, context: ScreenContext): ScreenReading {
  const lines = screen.lines.filter((line) => line.confidence >= surely);
  const texts = [...new Set(lines.map((line) => line.text))];
  const read = [...new Set([context.language, 'en'])].map((language) => readLines(texts, language, context.sentAt));
  const address = findAddress(screen, context.domains);
  const error = findError(screen, read);
  const clock = findClock(screen, context);
  const isStale = clock !== null && !clock.isRecent;
  const facts: ScreenReading['facts'] = isStale || (address !== null && !address.isMerchants) ? {} : {
    ...findSystem(lines, read),
    // The clock of a picture that shows the failure says when that was on the screen.
    ...(error === null || clock === null ? {} : { occurred_at: { value: clock.value, source: 'attachment', evidence: clock.evidence } }),
    ...findGenerator(address?.text ?? '', texts, context.vocabulary),
  };
  return { address, error, isLegible: isLegible(screen), isStale, facts, text: texts.join('\n') };
}

const words = /\p{L}{3,}/gu;
const minWords = 4;

/** Pictures in letters that the reader does not know come out as scraps that it is not sure of. */
function isLegible({ lines }: ScreenText): boolean {
  const known = countWords(lines.filter((line) => line.confidence >= surely));
  const scraps = countWords(lines.filter((line) => line.confidence < surely && line.confidence >= hardly / 3));
  return known >= minWords && known > scraps;
}

function countWords(lines: readonly ScreenLine[]): number {
  return lines.reduce((sum, line) => sum + (line.text.match(words)?.length ?? 0), 0);
}

/** Bars lie at the top; on phones also at the bottom. Shares of the picture's height. */
const topOfWide = 0.25;
const topOfTall = 0.16;
const bottomOfTall = 0.82;
const addressPattern = /^(?:[a-z]{4,5}:\/{0,2}|www\.)?(?:[a-z0-9-]{1,63}\.){1,5}[a-z]{2,14}(?:[:/?#]\S{0,300})?$/;
/** What stands beside the address: arrows, locks and dots that were read as letters. */
const icons = /^(?:[^\p{L}\p{N}]{1,4}|\p{L}{1,2}|\p{N})$/u;

/** A line that is an address and nothing else, where bars are. A page's title names the site as well, but in capitals and beside other words. */
function findAddress({ lines, widthPixels, heightPixels }: ScreenText, domains: readonly string[]): ScreenReading['address'] {
  const isTall = heightPixels > widthPixels;
  const inBar = lines.filter(({ y }) => y < (isTall ? topOfTall : topOfWide) || (isTall && y > bottomOfTall));
  let best: { readonly text: string; readonly isMerchants: boolean; readonly rank: number } | null = null;
  for (const line of inBar) {
    const tokens = line.text.split(' ').filter((token) => !icons.test(token));
    const [token] = tokens;
    if (token === undefined || tokens.length > 2 || token.includes('@')) continue;
    const isMerchants = domains.some((domain) => holdsDomain(token.toLowerCase(), domain.toLowerCase()));
    // Slashes are misread as letters; the merchant's own domain is known among them all the same.
    if (!(addressPattern.test(token) && line.confidence >= hardly) && !(isMerchants && isLowerCase(token))) continue;
    const rank = (isMerchants ? 200 : 0) + line.confidence;
    if (best === null || rank > best.rank) best = { text: token, isMerchants, rank };
  }
  return best === null ? null : { text: best.text, isMerchants: best.isMerchants };
}

function isLowerCase(token: string): boolean {
  return (token.match(/\p{Lu}/gu)?.length ?? 0) <= 1;
}

const minFuzzyChars = 9;

/** The domain, or one that differs by a letter that was misread: `imgtosd.ai`. */
function holdsDomain(token: string, domain: string): boolean {
  if (token.includes(domain)) return true;
  if (domain.length < minFuzzyChars) return false;
  for (let from = 0; from + domain.length <= Math.min(token.length, 60); from++) {
    let misread = 0;
    for (let at = 0; at < domain.length && misread <= 1; at++) if (token[from + at] !== domain[at]) misread += 1;
    if (misread <= 1) return true;
  }
  return false;
}

/** Codes of HTTP (RFC 9110, 15.5 and 15.6) and of the proxies in front of sites, and words that name an error in most languages' software. */
const errorCodes = /(?<![\p{L}\p{N}.,:/-])(?:400|401|403|404|408|413|429|500|502|503|504|520|522|524)(?![\p{L}\p{N}%/:-]|[.,]\d)/u;
const errorWords = /(?<!\p{L})(?:errors?|erreur|fehler|failed|failure|exception|crashed|timed out|timeout|ERR_[A-Z_]+|not found|bad gateway|oops|went wrong|try again)(?!\p{L})/iu;

function findError(screen: ScreenText, read: readonly ReadLines[]): string | null {
  const told = read.flatMap(({ hits }) => hits.filter((hit) => hit.concept === 'technical_failure' && hit.weight >= 1 && !hit.conditional)).map((hit) => hit.sentence.passage.text)[0];
  const known = screen.lines.find((line) => line.confidence >= surely && errorWords.test(line.text));
  if (known !== undefined) return known.text;
  if (told !== undefined) return told;
  // In letters that cannot be read the code still can: "Ошибка 504" comes out as "Oumka 504". In those that can, "500 credits" are none.
  return screen.lines.find(({ text, confidence }) => confidence >= hardly && text.length <= 120 && errorCodes.test(text) && (confidence < surely || !/\p{L}/u.test(text)))?.text ?? null;
}

const clockTime = /(?<![\p{L}\p{N}:.])(?<hour>[01]?\d|2[0-3])[:.](?<minute>[0-5]\d)(?:[:.][0-5]\d)?\s?(?<half>[AaPp]\.?[Mm]\.?)?(?![\p{L}\p{N}:.])/u;
/** Clocks lie in the first or the last bar. Shares of the picture's height. */
const clockBar = 0.06;
const maxAgeDays = 14;

/** A clock with its date, as desktops have them. A phone shows the time only: which day's is not known. */
function findClock({ lines }: ScreenText, { language, sentAt }: ScreenContext): { readonly value: string; readonly evidence: string; readonly isRecent: boolean } | null {
  const inBar = lines.filter(({ y, confidence }) => confidence >= surely && (y < clockBar || y > 1 - clockBar));
  const timed = inBar.find((line) => clockTime.test(line.text));
  const match = clockTime.exec(timed?.text ?? '')?.groups;
  if (timed === undefined || match === undefined) return null;
  const texts = inBar.map((line) => line.text);
  const date = [...new Set([language, 'en'])].flatMap((code) => readLines(texts, code, sentAt).dates).find(({ precision }) => precision === 'full' || precision === 'partial');
  if (date === undefined) return null;
  const half = match['half']?.toLowerCase().startsWith('p') === true ? 12 : 0;
  const hour = match['half'] === undefined ? Number(match['hour']) : (Number(match['hour']) % 12) + half;
  const value = `${date.value.slice(0, 10)}T${String(hour).padStart(2, '0')}:${match['minute'] ?? '00'}`;
  const ageDays = (sentAt.epochMs + sentAt.offsetMinutes * 60_000 - Date.parse(`${value}Z`)) / 86_400_000;
  const dateText = date.sentence.passage.text;
  return { value, evidence: timed.text === dateText ? dateText : `${timed.text} ${dateText}`, isRecent: ageDays >= -1 && ageDays <= maxAgeDays };
}

/** macOS names the program at the left of its bar; window titles of Windows and Linux end in it. */
const macBar = /^\W{0,2}(Safari|Google Chrome|Chrome|Firefox|Microsoft Edge|Opera|Brave Browser|Arc)\s+(?:File|Файл|Archivo|Fichier|File|Arquivo|Ficheiro|Plik|Dosya|Ablage)(?!\p{L})/iu;
const titleEnd = /[-–—]\s(Google Chrome|Mozilla Firefox|Microsoft\s?Edge|Opera|Brave|Yandex Browser)(?:\W|$)/u;
const usualNames: Readonly<Record<string, string>> = { 'google chrome': 'Chrome', 'mozilla firefox': 'Firefox', 'microsoft edge': 'Edge', 'brave browser': 'Brave', safari: 'Safari', chrome: 'Chrome', firefox: 'Firefox', opera: 'Opera', brave: 'Brave', arc: 'Arc', 'yandex browser': 'Yandex Browser' };

function findSystem(lines: readonly ScreenLine[], read: readonly ReadLines[]): Pick<FactMap, 'browser' | 'os'> {
  // A version stands in a picture of "About", a pasted user agent, an error report.
  const versioned = read.flatMap(({ sentences, book }) => findSystems(sentences, book)).filter((system) => system.versioned && !system.negated);
  const facts: { browser?: Fact<string>; os?: Fact<string> } = {};
  for (const kind of ['browser', 'os'] as const) {
    const system = versioned.find((one) => one.kind === kind);
    if (system !== undefined) facts[kind] = { value: system.value, source: 'attachment', evidence: system.sentence.passage.text };
  }
  for (const { text, y } of lines) {
    const inMacBar = y < clockBar ? macBar.exec(text) : null;
    const name = usualNames[(inMacBar ?? (y < topOfWide ? titleEnd.exec(text) : null))?.[1]?.toLowerCase().replace('microsoftedge', 'microsoft edge') ?? ''];
    if (name !== undefined) facts.browser ??= { value: name, source: 'attachment', evidence: text };
    if (inMacBar !== null) facts.os ??= { value: 'macOS', source: 'attachment', evidence: text };
  }
  return facts;
}

/** The generator whose page it is: named in the address, or beside its label or heading. A page that names several says nothing. */
function findGenerator(address: string, texts: readonly string[], vocabulary: Vocabulary): Pick<FactMap, 'generator'> {
  const names = vocabulary.generators;
  if (names.length === 0) return {};
  const list = names.join('|');
  const patterns = [new RegExp(String.raw`(?<!\p{L})(?:generator|generador|générateur|generatore|gerador|mode|model)\s?[:=—–-]\s?(${list})(?!\p{L})`, 'iu'), new RegExp(String.raw`^(${list})\s(?:3d\s?)?(?:generator|mode|3d)(?!\p{L})`, 'iu')];
  const found = new Map<string, string>();
  for (const match of address.toLowerCase().matchAll(new RegExp(String.raw`[/?=&_-](${list})(?![a-z])`, 'gu'))) found.set(match[1] ?? '', address);
  for (const text of texts) {
    for (const pattern of patterns) {
      const name = pattern.exec(text)?.[1]?.toLowerCase();
      if (name !== undefined && !found.has(name)) found.set(name, text);
    }
  }
  const [only] = found;
  return only === undefined || found.size > 1 ? {} : { generator: { value: only[0], source: 'attachment', evidence: only[1] } };
}
