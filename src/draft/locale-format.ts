/** Amounts, dates, lists and plural forms as a language writes them. Made once per language: an Intl constructor costs more than a reply. */
export interface LocaleFormat {
  /** `22.77 USD` as `$22.77`; what is not a sum of money comes back as it was. */
  money(amount: string): string;
  /** `2026-11-27` (a time of day after it is left out) as `27 November 2026`; what is not a date comes back as it was. */
  date(isoDate: string): string;
  /** A moment, as the writer's own clock showed it: `27 November 2026, 14:05`. */
  dateTime(epochMs: number, offsetMinutes: number): string;
  list(items: readonly string[]): string;
  /** `one`, `few`, `many`, `other`, …: CLDR plural category. */
  pluralCategory(count: number): Intl.LDMLPluralRule;
}

/** Where a bare language leaves open what its readers expect: the order of day and month, the digits. */
const locales: Readonly<Record<string, string>> = { en: 'en-GB', ar: 'ar-u-nu-latn' };
/** A bare `$` is what an English reader writes for US dollars; en-GB would say US$. */
const moneyLocales: Readonly<Record<string, string>> = { en: 'en', ar: 'ar-u-nu-latn' };
/** Units of account that ISO 4217 does not know, by the name customers know them under. */
const unitNames: Readonly<Record<string, string>> = { XTR: 'Telegram Stars', TON: 'TON', USDT: 'USDT' };

const made = new Map<string, LocaleFormat>();

export function localeFormat(language: string): LocaleFormat {
  let format = made.get(language);
  if (!format) made.set(language, (format = makeLocaleFormat(language)));
  return format;
}

function makeLocaleFormat(language: string): LocaleFormat {
  const locale = locales[language] ?? language;
  const moneyLocale = moneyLocales[language] ?? language;
  const dates = new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone: 'UTC' });
  const times = new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZone: 'UTC' });
  const lists = new Intl.ListFormat(locale, { type: 'conjunction' });
  const plurals = new Intl.PluralRules(locale);
  const moneyFormats = new Map<string, Intl.NumberFormat>();

  const formatDay = (epochMs: number): string => {
    const text = plainSpaces(dates.format(epochMs));
    // "27 ноября 2026 г." would end a sentence with two full stops.
    return text.replace(/ г\.$/u, ' года');
  };

  return {
    money(amount) {
      const match = /^(-?\d+(?:\.(\d+))?) ([A-Z]{3,5})$/u.exec(amount);
      const [, digits = '', fraction = '', code = ''] = match ?? [];
      if (!isDecimal(digits)) return amount;
      const key = `${code}.${fraction.length}`;
      let numbers = moneyFormats.get(key);
      if (!numbers) {
        const unit = unitNames[code] !== undefined || code.length > 3;
        numbers = unit
          ? new Intl.NumberFormat(moneyLocale, { minimumFractionDigits: fraction.length, maximumFractionDigits: fraction.length })
          : currencyFormat(moneyLocale, code, fraction.length);
        moneyFormats.set(key, numbers);
      }
      const text = plainSpaces(numbers.format(digits));
      const unitName = unitNames[code] ?? (code.length > 3 ? code : null);
      return unitName === null ? text : `${text}\u00A0${unitName}`;
    },
    date(isoDate) {
      const match = /^(\d{4})-(\d{2})-(\d{2})(?:T|$)/u.exec(isoDate);
      return match ? formatDay(Date.UTC(Number(match[1]), Number(match[2]) - 1, Number(match[3]))) : isoDate;
    },
    dateTime(epochMs, offsetMinutes) {
      const local = epochMs + offsetMinutes * 60_000;
      return `${formatDay(local)}, ${plainSpaces(times.format(local))}`;
    },
    list: (items) => lists.format(items),
    pluralCategory: (count) => plurals.select(count),
  };
}

/** The currency's own number of decimals, more where the amount was given with more. */
function currencyFormat(locale: string, currency: string, decimals: number): Intl.NumberFormat {
  // A Latin symbol beside Arabic changes sides with the text around it; a code does not.
  const style = { style: 'currency', currency, currencyDisplay: locale.startsWith('ar') ? 'code' : 'symbol' } as const;
  const usual = new Intl.NumberFormat(locale, style);
  const usualDecimals = usual.resolvedOptions().maximumFractionDigits ?? 2;
  return decimals <= usualDecimals ? usual : new Intl.NumberFormat(locale, { ...style, minimumFractionDigits: decimals, maximumFractionDigits: decimals });
}

/** Formatted as it stands: a number would be a binary float. */
function isDecimal(digits: string): digits is Intl.StringNumericLiteral {
  return /^-?\d+(?:\.\d+)?$/u.test(digits);
}

/** Mail programs show U+202F as a box where the font lacks it; versions of ICU differ in which space and which direction marks they take. */
function plainSpaces(text: string): string {
  return text.replace(/\u202F/gu, '\u00A0').replace(/\p{Cf}/gu, '');
}
