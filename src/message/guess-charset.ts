import { TextDecoder } from 'node:util';
/**
 * Which 8-bit charset bytes are written in, by how often the letters that a reading would give are met in real text. Only for bytes that are
 * no valid UTF-8 and whose declaration is missing or wrong.
 */
const sampleBytes = 4096;

const cyrillicCandidates = ['windows-1251', 'koi8-r', 'ibm866', 'iso-8859-5'] as const;
const commonCyrillic = new Set('оеаинтсрвлкмдпуіыяь');

/** The commonest characters of each script's running text; one in four or five characters is among them. */
const commonEastAsian: readonly (readonly [charset: string, characters: Set<string>])[] = [
  ['shift_jis', new Set('のにをはがとでしてたいすまるれなかりもこらさっんクンスト')],
  ['euc-jp', new Set('のにをはがとでしてたいすまるれなかりもこらさっんクンスト')],
  ['euc-kr', new Set('이다는을니가요에의고하지를은해습로서도어시기한결제환불')],
  ['gb18030', new Set('的一是不了我在有人这他们来到时大地为子你说要就出款退订单')],
  ['big5', new Set('的一是不了我在有人這他們來到時大地為子你說要就出款退訂單')],
];

function decode(charset: string, bytes: Buffer): string {
  try {
    return new TextDecoder(charset).decode(bytes);
  } catch {
    return '';
  }
}

/** About 0 for a wrong reading, 0.7 to 1.2 for real text. */
function scoreCyrillic(text: string): number {
  let letters = 0;
  let points = 0;
  let previousLower = false;
  for (const char of text) {
    const code = char.charCodeAt(0);
    if (code < 0x80) {
      previousLower = false;
      continue;
    }
    const lower = char.toLowerCase();
    const isCyrillic = code >= 0x400 && code <= 0x4ff;
    if (!isCyrillic) {
      // Typographic quotes, dashes and № are met in real text; box drawing and odd Latin letters are not.
      if (!/[\u00a0«»“”„’…–—№€©]/.test(char)) {
        letters++;
        points -= 1;
      }
      previousLower = false;
      continue;
    }
    letters++;
    if (commonCyrillic.has(lower)) points += 1;
    const isLower = char === lower;
    // koi8-r read as windows-1251 has its cases swapped: "пРИВЕТ".
    if (previousLower && !isLower) points -= 2;
    else if (isLower) points += 0.3;
    previousLower = isLower;
  }
  return letters === 0 ? 0 : points / letters;
}

function scoreEastAsian(text: string, common: ReadonlySet<string>): number {
  let wide = 0;
  let hits = 0;
  for (const char of text) {
    const code = char.charCodeAt(0);
    if (code < 0x80) continue;
    wide++;
    if (common.has(char)) hits++;
    else if (code === 0xfffd) hits -= 2;
  }
  return wide === 0 ? 0 : hits / wide;
}

/** Whether a large share of the letters is 8-bit, as in no language of Latin letters, and reads well as Cyrillic. */
export function looksCyrillic(bytes: Buffer): boolean {
  const sample = bytes.subarray(0, sampleBytes);
  let high = 0;
  let latin = 0;
  for (const byte of sample) {
    if (byte >= 0x80) high++;
    else if ((byte >= 0x41 && byte <= 0x5a) || (byte >= 0x61 && byte <= 0x7a)) latin++;
  }
  return high > 3 && high > latin * 0.5 && Math.max(...cyrillicCandidates.map((charset) => scoreCyrillic(decode(charset, sample)))) > 0.55;
}

export function guessCharset(bytes: Buffer): string {
  const sample = bytes.subarray(0, sampleBytes);
  let best = 'windows-1252';
  let bestScore = 0.18;
  for (const [charset, common] of commonEastAsian) {
    const score = scoreEastAsian(decode(charset, sample), common);
    if (score > bestScore) {
      best = charset;
      bestScore = score;
    }
  }
  if (bestScore > 0.3 || !looksCyrillic(bytes)) {
    return best === 'windows-1252' ? guessLatin(sample) : best;
  }
  let bestCyrillic = 0;
  for (const charset of cyrillicCandidates) {
    const score = scoreCyrillic(decode(charset, sample));
    if (score > bestCyrillic) {
      best = charset;
      bestCyrillic = score;
    }
  }
  return best;
}

/** Polish and Turkish letters fall on signs in windows-1252 that are not met inside words. */
function guessLatin(sample: Buffer): string {
  const text = sample.toString('latin1', 0, sample.length);
  if (/[a-z][\u00b9\u00b3\u009c\u009f][a-z]|[a-z][\u00b3\u00b9](?=[\s.,]|$)/i.test(text)) return 'windows-1250';
  if (/[a-z][\u00fd\u00fe\u00f0][a-z]|\u00fd(?=[\s.,]|$)/i.test(text)) return 'windows-1254';
  return 'windows-1252';
}
