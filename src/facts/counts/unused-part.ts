import type { Hit } from '../text/phrases.ts';

/** "The credits that I have not used" are some of them, whoever used the others; "I have not used the credits" is said of all. By language. */
const relative: Readonly<Record<string, RegExp>> = {
  en: /(?<!\d\s|\bno\s)\b(?:credits?|tokens?|generations?|ones|those|what|whatever)\s+(?:(?:that|which|i|we|he|she|they)\s+){1,2}(?:(?:have|has|had|did|do|are|were|is|was)(?:\s+not|n['’]?t)|never|not)(?:\s+(?:been|yet|even|actually|really|made))*\s+\p{L}|\b(?:the|my|for|of)\s(?:\d+\s)?(?:not[- ]used|unused|unspent)\s+(?:credits?|tokens?|generations?)\b|\b(?:credits?|tokens?|generations?)\s+(?:(?:just|still|all)\s+)?(?:sitting|lying)\b(?:,?\s+\p{L}+){0,3}|\b(?:credits?|tokens?|generations?)\s+(?:that|which)(?:\s+(?:are|still|remain|just)){1,3}\s+(?:sitting|lying|there|left|untouched|unused)\b(?:,?\s+\p{L}+){0,4}/iu,
  es: /(?:cr[ée]ditos|tokens|generaciones)\s+que\s+(?:(?:aún|todavía|me|nos)\s+){0,2}(?:siguen|quedan|están)(?!\p{L})(?:,?\s+\p{L}+){0,4}|(?<!\p{L})(?:parte|porción|fracción|saldo|resto)\s+(?:que\s+)?(?:no|sin)\s+(?:(?:se|ha|he|hemos|fue|está)\s+){0,2}(?:us|gast|utiliz|consum)\p{L}+/iu,
  pt: /(?:cr[ée]ditos|tokens|gerações)\s+que\s+(?:(?:ainda|me|nos)\s+){0,2}(?:continuam|restam|sobram|estão|ficaram)(?!\p{L})(?:,?\s+\p{L}+){0,4}/iu,
  it: /(?:crediti|token|generazioni)\s+che\s+(?:(?:ancora|mi|ci)\s+){0,2}(?:sono|restano|rimangono)(?!\p{L})(?:,?\s+\p{L}+){0,4}|(?<!\p{L})(?:parte|porzione|quota|frazione|saldo|resto)\s+(?:che\s+)?non\s+(?:(?:si|ho|abbiamo|è|stata|ancora)\s+){0,3}(?:usat|usiam|utilizzat|consumat|spes|goduta)\p{L}*/iu,
  fr: /(?:cr[ée]dits|jetons|générations)\s+qui\s+(?:(?:me|m['’]|nous|sont)\s*){0,2}(?:restent|encore|toujours|restants)(?!\p{L})(?:,?\s+\p{L}+){0,4}/iu,
  pl: /(?<!\d\s)(?:kredyt|token|generacj)\p{L}*,?\s+któr\p{L}+\s+(?:\p{L}+\s+){0,2}nie\s/iu,
  ko: /(?<!(?:하나도|전혀|아예|번도|조금도|도)\s)(?:(?:사용|이용|소모)하지|쓰지)\s?(?:않은|못한)\s?(?:\p{L}+\s)?(?:크레딧|포인트|토큰)|(?<!(?:하나도|전혀|아예|번도|조금도|도)\s)(?:안|못)\s?(?:쓴|사용한)\s?(?:크레딧|포인트|토큰)/u,
  ar: /(?<!\p{L})(?:التي|اللي|الي|الذي|لي)\s+(?:لم|ما)\s+\p{L}/u,
};

/** Whether what says that nothing was used says it of a part only. */
export function isOfPart({ sentence: { passage, start: from, end: to }, start, end }: Hit, language: string): boolean {
  const match = relative[language]?.exec(passage.text.slice(from, to));
  return match !== undefined && match !== null && from + match.index < end && start < from + match.index + match[0].length;
}

/** "Ничего не прошу, всё честно использовали": what is denied ends before all of it is spoken of. */
const allBehind = /(?<!\p{L})(?:не|ня|ничего|нічога|нічого|nie|nic|not|nothing|no|nada|non|niente|não|rien|pas|nicht|nichts|hiçbir|لا|لم|ما)(?!\p{L})[^,،;.–—]*([,،;.–—])\s(?:\p{L}+\s)?(?:вс[её]|усё|усе|всі|wszystko|wszystkie|everything|all|todo|todos|tout|tutto|tutti|tudo|alles|hepsini|hepsi|tamamını|كل|كلها|كله)(?!\p{L})/iu;

/** Characters behind the verb: "استخدمنا كل شيء". */
const roomBehind = 16;

export function isAllUsed({ sentence, start, end }: Hit, hits: readonly Hit[]): boolean {
  const match = sentence.characters === null ? allBehind.exec(sentence.passage.text.slice(start, end + roomBehind)) : null;
  return match !== null && hits.some((hit) => (hit.concept === 'used' || hit.concept === 'used_all') && hit.sentence === sentence && hit.start > start + match.index + match[0].lastIndexOf(match[1] ?? '') && hit.end <= end + roomBehind);
}
