/** 13 to 19 digits, in groups or not. ISO/IEC 7812-1. */
const cardLike = /(?<![\p{L}\p{N}])\d(?:[ \u00A0.\-–]?\d){12,18}(?![\p{L}\p{N}])/gu;

/** Full card numbers as `•••• 4242`: a number is one where its check digit is right. */
export function maskCardNumbers(text: string): string {
  return text.replace(cardLike, (match) => {
    const digits = match.replace(/\D/gu, '');
    return passesLuhn(digits) ? `•••• ${digits.slice(-4)}` : match;
  });
}

function passesLuhn(digits: string): boolean {
  let sum = 0;
  for (let index = 0; index < digits.length; index++) {
    const digit = Number(digits[digits.length - 1 - index]);
    const doubled = index % 2 === 1 ? digit * 2 : digit;
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return sum % 10 === 0;
}
