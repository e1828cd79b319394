/** Whole card numbers (primary account numbers): found wherever they stand in a text, so that none of them is kept or shown. */

/** Long runs of digits: one may hold more than a card's number, its expiry or another number. */
const digitRuns = /(?<!(?![\u3005-\u30ff\u3400-\u9fff\uac00-\ud7af])[\p{L}\p{N}_@./-])\d(?:[ \u00a0-]?\d){12,}(?!(?![\u3005-\u30ff\u3400-\u9fff\uac00-\ud7af])[\p{L}\p{N}_@])/gu;

/** ISO/IEC 7812: 13 to 19 digits, an issuer's first digit, the Luhn sum; four groups of four pass without the sum (a mistyped card is still one). */
export function isCardNumber(digits: string, written = digits): boolean {
  if (digits.length < 13 || digits.length > 19 || !/^[2-6]/.test(digits)) return false;
  if (/^\d{4}([ -])\d{4}\1\d{4}\1\d{4}$/.test(written)) return true;
  let sum = 0;
  for (let i = 0; i < digits.length; i++) {
    const digit = Number(digits[digits.length - 1 - i]) * (i % 2 === 0 ? 1 : 2);
    sum += digit > 9 ? digit - 9 : digit;
  }
  return sum % 10 === 0;
}

interface CardNumber {
  readonly start: number;
  readonly end: number;
  readonly digits: string;
}

/** So many groups of digits make a card's number. */
const groupsOfCard = 5;
/** "4539 1488 0343 6467 08/28", in so many characters. */
const expiryChars = 12;
const expiryBehind = /^[ \u00a0](?:0[1-9]|1[0-2])\s?[/-]?\s?(?:20)?\d\d(?!\d)/u;

/** "Tracking no. 3340127756812", "(takip 3340127756812)": every tenth such number has a card's sum. */
const ofParcel = /(?:(?<!\p{L})(?:track(?:ing)?|waybill|awb|consignment|parcel|shipment|трек\p{L}*|трэк\p{L}*|отслеживани\p{L}*|адсочванн\p{L}*|відстежен\p{L}*|накладн\p{L}+|отправлени\p{L}*|адпраўленн\p{L}*|відправленн\p{L}*|ттн|рпо|śledzeni\p{L}+|przesył\p{L}+|przewozow\p{L}+|nadania|sendung\p{L}*|takip|kargo|gönderi|barkod|seguimiento|rastreo|env[ií]o|gu[ií]a|suivi|colis|tracciamento|spedizione|ldv|rastreio|rastreamento|rastreo|encomenda|(?:ال|لل|وال)?(?:تتبع|شحن[هة]|بوليص[هة]|طرد))(?!\p{L})|追跡|問い?合わ?せ|伝票|送り状|운송장|송장|택배|등기|배송)[\s:：#№(（.–-]*(?:(?:numara\p{L}*|number|num\p{L}{0,5}|no|nr|n[°º]|номер\p{L}{0,2}|нумар\p{L}{0,2}|код\p{L}{0,2}|code|c[oó]digo|codice|kod\p{L}{0,3}|id|رقم\p{L}{0,2}|番号|번호|is|es|est|è|é)[\s:：.#№(（はが은는이–-]*){0,2}$/iu;
const parcelReach = 48;
/** Visa, Mastercard, Amex: one is a card's whatever stands before it. */
const commonCard = /^(?:4\d{15}|(?:5[1-5]|2[2-7])\d{14}|3[47]\d{13})$/;

/** The card numbers in a text, each without what else stands in its run of digits: there the Luhn sum, or an expiry behind it, must tell which groups are its. */
export function cardNumbersIn(text: string): CardNumber[] {
  const found: CardNumber[] = [];
  for (const { index: start, 0: written } of text.matchAll(digitRuns)) {
    const digits = written.replace(/\D/g, '');
    if (!commonCard.test(digits) && ofParcel.test(text.slice(Math.max(0, start - parcelReach), start))) continue;
    if (isCardNumber(digits, written)) {
      found.push({ start, end: start + written.length, digits });
      continue;
    }
    const groups = Array.from(written.matchAll(/\d+/g), ({ index, 0: group }) => ({ from: start + index, to: start + index + group.length }));
    for (let i = 0; i < groups.length; i++) {
      const { from = start } = groups[i] ?? {};
      const offset = groups.slice(i, i + groupsOfCard).findIndex(({ to }) => isCardIn(text.slice(from, to), text.slice(to, to + expiryChars)));
      if (offset === -1) continue;
      i += offset;
      const { to = from } = groups[i] ?? {};
      found.push({ start: from, end: to, digits: text.slice(from, to).replace(/\D/g, '') });
    }
  }
  return found;
}

function isCardIn(written: string, behind: string): boolean {
  const digits = written.replace(/\D/g, '');
  return digits.length >= 14 && digits.length <= 16 && !/(?<!\d)\d{1,2}(?!\d)/.test(written) && (isCardNumber(digits) || (isCardNumber(digits, written) && expiryBehind.test(behind)));
}

/** The text with each of its card numbers written otherwise. */
function withoutCardNumbers(text: string, rewrite: (written: string) => string): string {
  let rest = 0;
  let made = '';
  for (const { start, end } of cardNumbersIn(text)) {
    made += text.slice(rest, start) + rewrite(text.slice(start, end));
    rest = end;
  }
  return made + text.slice(rest);
}

/** Full card numbers as their last four digits, for whatever is kept or shown. */
export function maskCardNumbers(text: string): string {
  return withoutCardNumbers(text, (written) => `•••• ${written.replace(/\D/g, '').slice(-4)}`);
}

/** The same for text whose offsets must hold: all digits but the last four as bullets. */
export function hideCardNumbers(text: string): string {
  return withoutCardNumbers(text, (written) => {
    let left = written.replace(/\D/g, '').length - 4;
    return written.replace(/\d/g, (digit) => (left-- > 0 ? '•' : digit));
  });
}
