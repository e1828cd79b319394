import { settle } from '../text/candidate.ts';
import type { Candidate, Weighed } from '../text/candidate.ts';
import type { Fact } from '../facts.ts';
import { asciiDigits } from '../text/fold.ts';
import { cheapest, isPassedOnByPerson, onlyPassedOn, telegramReach, textFact } from './identifiers.ts';
import type { Hit } from '../text/phrases.ts';
import { askedFor } from './questions.ts';
import type { Passage } from '../text/sentences.ts';

/** The name or the number by which Telegram knows a customer. */

const handle = /(?<!(?![\u3005-\u30ff\u3400-\u9fff\uac00-\ud7af])[\p{L}\p{N}._%+@/-])@([A-Za-z][A-Za-z0-9_]{3,31})(?![\w@.]*@|\.[a-z]{2})/gu;
const telegramLink = /(?:t\.me|telegram\.me)\/(?:@)?([A-Za-z][A-Za-z0-9_]{3,31})/giu;

/** Between the label and a name. */
const nameBehind = /^\s?(?:id|ник|нік|nick(?:name)?|username|アカウント|ユーザー名|아이디|계정)?(?:は|が|は、|은|는|이|가|is|это|гэта)?\s?[:：=–—-]?\s?$/iu;

export function findTelegramId(passages: readonly Passage[], hits: readonly Hit[], log: Candidate[] = [], isMerchants: (address: string) => boolean = () => false): Fact<string> | null {
  const labels = hits.filter((hit) => hit.concept === 'telegram_label');
  const found: Weighed[] = [];
  for (const passage of passages) {
    const isPassedOn = passage.kind === 'forward';
    if (isPassedOn && !isPassedOnByPerson(passage, isMerchants)) continue;
    const text = asciiDigits(passage.text);
    const beside = labels.filter((hit) => hit.sentence.passage === passage);
    const push = (value: string, start: number, end: number, base: number): void => {
      const distance = Math.min(300, ...beside.map((hit) => Math.max(start - hit.end, hit.start - end, 0)));
      if (!isPassedOn || distance <= telegramReach) found.push({ name: 'telegram_id', value, passage, start, end, cost: distance + base + (isPassedOn ? onlyPassedOn : 0) });
    };
    const bare = askedFor(passage).includes('telegram_id') ? /^\s*(?:id\s*[:=-]?\s*)?(?:(\d{5,12})|([A-Za-z]\w{4,31}))[\s.,!;]*$/iu.exec(text) : null;
    if (bare) push(bare[1] ?? `@${bare[2] ?? ''}`, bare[0].indexOf(bare[1] ?? bare[2] ?? ''), bare[0].trimEnd().length, -1);
    for (const match of text.matchAll(telegramLink)) push(`@${match[1] ?? ''}`, match.index, match.index + match[0].length, 0);
    for (const match of text.matchAll(handle)) {
      // The shop's own bot, unless a label says right before it that it is theirs: "텔레그램 @jwpark_bot".
      const isBot = /support|bot$/i.test(match[1] ?? '');
      if (!isBot || beside.some((hit) => hit.end <= match.index && nameBehind.test(text.slice(hit.end, match.index)))) push(`@${match[1] ?? ''}`, match.index, match.index + match[0].length, isBot ? telegramReach : 0);
    }
    for (const hit of beside) {
      const tail = text.slice(hit.end, hit.end + 60);
      const digits = /^[^\d\n@]{0,24}?(?<![+\d(])(\d{5,12}|\d{1,3}(?:[ \u00a0\u202f]\d{3}){2,3})(?![\d(-]|[ \u00a0]\d)/u.exec(tail);
      if (digits?.[1] !== undefined && !/\+|тел(?!ег)|phone|моб/iu.test(digits[0])) push(digits[1].replace(/\s/g, ''), hit.end + digits[0].length - digits[1].length, hit.end + digits[0].length, 1);
      const name = /^(?:\s*(?:id|(?:ник|нік|nick|юзер)\p{L}*(?!\p{L})|username|user|логин|имя|is|это|мой|my|handle|account|аккаунт|es|est|è|é|jest|usuario|usuário|utente|pseudo|nombre|nom|nome|ユーザー(?:名|ネーム)|アカウント|ハンドル(?:名|ネーム)?|아이디|사용자\s?(?:명|이름)|닉네임|닉|계정|[はがの名은는이가]|[:=\-–—]))*\s*:?\s*([A-Za-z][A-Za-z0-9]*(?:_[A-Za-z0-9]+)+|[A-Za-z]+\d[A-Za-z0-9_]{2,}|[A-Za-z]{4,}\d{1,2}(?=\s?(?:です|でし|입니다|이에요|예요|이고)))(?![\w@.-]*@)/iu.exec(tail);
      if (name?.[1] !== undefined && name[1].length >= 5) push(`@${name[1]}`, hit.end + name[0].length - name[1].length, hit.end + name[0].length, 2);
    }
  }
  const best = cheapest(found);
  // A name and a number are two ways to name one account.
  settle(best, found, log, { isRival: (one) => one.cost < telegramReach && (best?.cost ?? 0) < telegramReach && String(one.value).startsWith('@') === String(best?.value).startsWith('@') });
  return best ? textFact(best) : null;
}
