/** "Each time the credits were gone (75 in total)": in a report of a failure what they come to is lost, not bought. By words of all languages at once. */

const behind = /^(?:\s(?:cr[eé]dit\p{L}*|tokens?|кредит\p{L}*|крэдыт\p{L}*|kredyt\p{L}*|kredi|نقطة|نقاط))?\s?(?:in (?:total|all)|altogether|en total|no total|ao todo|in tutto|in totale|au total|en tout|łącznie|w sumie|razem|в сумме|в общей|итого|всего|усяго|разам|у суме|загалом|toplam(?:da)?|insgesamt|في المجموع|إجمالا|合計|総計|총)(?!\p{L})/iu;
const before = /(?:a total of|total(?: de)?|in all|no total|ao todo|in tutto|in totale|au total|en tout|łącznie|w sumie|razem|в сумме|итого|всего|усяго|у суме|разам|загалом|toplam(?:da)?|insgesamt|المجموع|إجمالي|合計(?:で)?|合わせて|全部で|총|모두|합쳐서|합해서)[\s:]*$/iu;

/** What stands between `start` and `end` is called a sum of several. */
export function isCalledSum(text: string, start: number, end: number): boolean {
  return behind.test(text.slice(end, end + 24)) || before.test(text.slice(Math.max(0, start - 16), start));
}
