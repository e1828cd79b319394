import type { NumberMention } from './counted-numbers.ts';
import { numeralValue } from '../text/numerals.ts';
import type { PhraseBook } from '../text/phrases.ts';
import { ofWholeHundreds } from '../numbers/numbers-in-words.ts';

/** Hours of each unit that a rough number is told behind: "часов шестьдесят", "хвілін 20", "днів п'ять". The East Slavic tongues turn the two round to say "about". */
const unitsTurned: readonly (readonly [pattern: RegExp, hours: number])[] = [
  [/^(?:минут|минуты|хвілін|хвіліны|хвилин|хвилини)$/u, 1 / 60],
  [/^(?:часов|часа|часика|часиков|гадзін|гадзіны|годин|години)$/u, 1],
  [/^(?:дней|дня|дни|суток|дзен|дні|сутак|днів|діб)$/u, 24],
  [/^(?:недель|недели|тыдняў|тыдні|тыдня|тижнів|тижні)$/u, 168],
  [/^(?:месяцев|месяца|месяцаў|месяцы|місяців|місяці|лет|гадоу|років)$/u, 720],
];

/** "Часов этак двадцать", "дней через пять" */
const between = /^(?:так|этак|эдак|гэтак|отак|примерно|приблизительно|прыкладна|приблизно|на|за|через|праз|под|пад)$/u;
/** "Через несколько часов 20 кредитов": a unit that is counted already, or said of no number. */
const counting = /^(?:несколько|пару?|полтора|полутора|много|сколько|мало|больше|меньше|некалькі|паўтара|шмат|колькі|кілька|декілька|півтора|багато|скільки|этих|этого|гэтых|цих|тех|первых|последних|апошніх|останніх|рабочих|всего|усяго)$/u;
/** What is counted by the number itself. */
const counted = /^(?:кредит|крэдыт|токен|генерац|рубл|бакс|доллар|долар|евро|еўра|звезд|зор|минут|хвілін|секунд|раз)/u;

/** How many hours the unit before a number makes, where the number is told behind it. */
export function hoursOfUnitBefore({ sentence, start, index }: NumberMention, { language }: PhraseBook): number | null {
  if (!ofWholeHundreds.has(language.code)) return null;
  const { tokens } = sentence;
  const first = tokens.findIndex((token) => token.end > start);
  const at = between.test(tokens[first - 1]?.folded ?? '') ? first - 2 : first - 1;
  const [before, unit, next] = [tokens[at - 1], tokens[at], tokens[index + 1]];
  if (unit === undefined || tokens.slice(at + 1, index + 1).some(({ afterBreak }) => afterBreak)) return null;
  const isCounted = before !== undefined && !unit.afterBreak && (before.kind === 'number' || counting.test(before.folded) || numeralValue(before.folded, language) !== null);
  if (isCounted || (next !== undefined && !next.afterBreak && counted.test(next.folded))) return null;
  return unitsTurned.find(([pattern]) => pattern.test(unit.folded))?.[1] ?? null;
}
