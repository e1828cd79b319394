import type { Product, Reason } from '../facts.ts';

/**
 * Language data: the words by which one language says the things the reader looks for. One file a language under `languages/`;
 * the grammar that uses them is the same for all.
 *
 * A word pattern is written as customers write it, in lower case; accents, `ё` and apostrophes do not matter (both sides are folded). Alternatives are
 * separated by `|`, one of several words is joined by `_` (`broken|turned_up`); `*` at the end matches any ending (`refund*`), at the beginning any prefix (`*vergüt`, `*استرداد*`); `#` is any number, in digits or words;
 *
 * A phrase is one or more parts joined by ` & `; all parts must occur in the same sentence, near each other, in any order. Within a part words follow
 * each other directly; ` .. ` between them allows up to three words in between (twelve characters in unspaced writing). ` - ` introduces a part that must not occur in the
 * sentence (in spaced writing: within 24 words of it). A leading `!` makes a phrase strong evidence (it counts three times), a leading `?` weak (it counts two fifths).
 *
 *     '!charg*|bill* & twice|double - double check*'    'money .. back'    '? broken'
 *
 * In unspaced writing (Japanese, Korean, Chinese) words are stretches of characters, spaces are ignored and `*` has no meaning; `a^b,c` is `a` not followed
 * by `b` or `c`, `x,y~a` is `a` not preceded by `x` or `y`.
 * A phrase without a negation word of the language does not count where one stands right before or within it ("I do not want a refund").
 */
export interface LanguageData {
  /** ISO 639-1. */
  readonly code: string;
  readonly writing: 'spaced' | 'unspaced';
  /** True where an apostrophe joins two words (`l'abonnement`). */
  readonly elision?: boolean;
  /** Words that turn a statement round: `not`, `no`, `never`, `without`. One word pattern each. */
  readonly negations: readonly string[];
  /** True where negations stand right behind what they turn round: "paypal değil". Spaced writing. */
  readonly negatesBehind?: boolean;
  /** What takes a demand back when it follows: "вяртаць грошы не трэба", "返金は求めていません". Phrase parts. */
  readonly unneeded?: readonly string[];
  /** What makes a mere fear of what stands right before it: "bozuk çıktı diye korktum". Phrase parts of spaced writing. */
  readonly feared?: readonly string[];
  /** What turns the demand that it opens round, where the negation alone is as often another word: "ما أبغى" ("I do not want"), but "ما" is "what" as well. Phrase parts of spaced writing. */
  readonly refusals?: readonly string[];
  /** What declines the thing that follows, with nothing but articles and the like between: "not after", "not asking for". Phrase parts of spaced writing. */
  readonly declines?: readonly string[];
  /** Words that open a hypothetical: `if`, `would have`. Facts in such a clause are not claims. */
  readonly conditionals: readonly string[];
  /** Number words and their values: `{ one: 1, twelve: 12, half: 0.5 }`; patterns may end in `*`. Ordinals that count tries (`third: 3`) too. */
  readonly numerals: Readonly<Record<string, number>>;
  readonly calendar: CalendarWords;
  /** Words for currencies by ISO 4217 code: `{ USD: 'dollar*|buck*' }`; symbols and codes are known everywhere. */
  readonly money: Readonly<Record<string, string>>;
  readonly phrases: Readonly<Partial<Record<Concept, readonly string[]>>>;
}

export interface CalendarWords {
  /** How all-numeric dates are written: `03/11`. */
  readonly dateOrder: 'dmy' | 'mdy' | 'ymd';
  /** January first; each a word pattern, with the abbreviations. Empty where months are numbers. */
  readonly months: readonly string[];
  /** Monday first. */
  readonly weekdays: readonly string[];
  /** `[phrase, days]`: `['yesterday', -1]`, `['day before yesterday', -2]`, `['last night', -1]`, `['today', 0]`. Longer phrases first. */
  readonly relativeDays: readonly (readonly [string, number])[];
  /** Word patterns of the units, as they stand after a number. */
  readonly units: { readonly minute: string; readonly hour: string; readonly day: string; readonly week: string; readonly month: string; readonly year: string };
  /** Words right after number + unit (`ago`, `назад`) and right before them (`hace`, `il y a`, `vor`). Word patterns, may be several words. */
  readonly agoAfter: readonly string[];
  readonly agoBefore: readonly string[];
  /** Ways to name only the day of the month, `#` being the day: `the # th|st|nd|rd`, `# го числа`, `día #`. */
  readonly dayOfMonth: readonly string[];
  /** Words beside a weekday, `week` or `month` that put it into the past: `last|past`. */
  readonly last: string;
  /** Words after or before an hour: morning, and afternoon, evening or night (adds twelve). */
  readonly morning: string;
  readonly evening: string;
  /** Words after a bare number that make it an hour of the day: `oclock|h|uhr`. */
  readonly oclock: string;
  /** Words before a bare number that may make it an hour: `at|around|about`. */
  readonly at: string;
  readonly noon: string;
  readonly midnight: string;
  /** Words before a date that make it a deadline, not an event: `by|until|before`. */
  readonly until: string;
  /** Ways to say the day that was named last: `that same day`. Spaced writing only. */
  readonly sameDay?: readonly string[];
}

/** What the phrases of a language stand for. */
export type Concept = RequestConcept | Reason | `product_${Product}` | AnchorConcept | StateConcept | FlagConcept | GeneratorConcept | PaymentConcept | SystemConcept | OwnConcept;

/** That a merchant's own fact is so, or not: only in the books made of a pack's phrases. */
export type OwnConcept = 'own_fact' | 'own_fact_not';

export type RequestConcept =
  /** asks for money back, in whatever words */
  | 'want_refund'
  /** asks for another copy, an exchange, a reprint */
  | 'want_replacement'
  /** asks for credits, tokens, generations to be given back (not money) */
  | 'want_credits_back'
  /** asks to end a subscription, a renewal, or to cancel an order; also "how do I unsubscribe", "do not charge me again" */
  | 'want_cancel'
  /** asks to cancel an order: ends the work that was ordered; elsewhere it is the money that is asked back */
  | 'want_cancel_order'
  /** says that they have already cancelled: no request */
  | 'already_cancelled'
  /** asks for the work to be changed or corrected (a caption, a finger), or for another try */
  | 'want_revision'
  /** asks to delete the account or personal data, to correct it, or objects to its use */
  | 'want_erasure'
  /** asks for a copy or an account of the data held on them */
  | 'want_access'
  /** asks whether content is stored, how long, trained on, shown to others, about cookies */
  | 'privacy_question'
  /** speaks of data privacy in another way: a leak, a complaint to an authority, GDPR, a data processing agreement */
  | 'privacy_other'
  /** a child under 13 gave data: an account made by a child, its age, its photos uploaded by itself */
  | 'child_account'
  /** anything else people write about: prices, features, partnership, jobs, thanks */
  | 'other_question'
  /** settled, taken back, or plain thanks: nothing is to be done */
  | 'nothing_asked';

export type AnchorConcept =
  /** paid, bought, ordered, subscribed, topped up, was charged: a date or sum beside it is the payment's */
  | 'paid'
  /** happened, tried, crashed, the error came: a date beside it is when the problem occurred */
  | 'occurred'
  /** the work or parcel arrived, was delivered, was sent over */
  | 'fulfilled'
  /** `order`, `order number` right before the number */
  | 'order_label'
  /** `transaction id`, `payment number`, `receipt no` */
  | 'transaction_label'
  /** `account`, `registered as`, `login`: an address beside it is the account's */
  | 'account_label'
  /** `telegram`, `tg`, `my id`, `nick` */
  | 'telegram_label'
  /** the sum asked back: `refund me`, `give back`, `the difference`, `overcharged by`, `is missing` */
  | 'claimed'
  /** a sum that was not paid: list price, worth, `now costs`, another shop's price, `not … but` */
  | 'not_paid'
  /** credits, tokens, generations, coins */
  | 'credit_unit'
  /** used, spent, burnt, gone: of credits */
  | 'used'
  /** left, remaining, unused: of credits */
  | 'left'
  /** words right beside the whole number of credits: `out of`, `of my`, `included`, `bought`, `pack of` */
  | 'total'
  /** says that nothing at all was used: `not a single credit`, `never logged in`, `untouched`, `all of it is still there` */
  | 'unused_all'
  /** says that everything was used up */
  | 'used_all'
  /** redone, revised, revision, attempt, try: with the number of times */
  | 'revision_done'
  /** fee, tax, shipping: a sum beside it is not the price */
  | 'fee';

export type StateConcept =
  /** bonus, promo code, gift, referral credits or funds */
  | 'promo_funds'
  /** the account was blocked, banned, suspended */
  | 'account_blocked'
  /** only one item of a bundle or set is to be refunded */
  | 'partial_bundle'
  | 'work_started'
  | 'work_not_started'
  | 'printed'
  | 'not_printed'
  /** the customer approved the final work */
  | 'approved';

export type FlagConcept =
  /** a chargeback or a dispute with the bank or card company, opened or threatened */
  | 'chargeback'
  /** court, lawyer, police, a consumer authority */
  | 'legal_threat';

export type GeneratorConcept = 'generator_free' | 'generator_turbo' | 'generator_base' | 'generator_pro' | 'generator_ultra' | 'generator_noun';

export type PaymentConcept =
  | 'pay_card' | 'pay_sbp' | 'pay_crypto' | 'pay_ton' | 'pay_telegram_stars' | 'pay_paypal' | 'pay_apple_pay' | 'pay_google_pay'
  /** words right before the last four digits: `ending in`, `final`, `заканчивается на` */
  | 'card_ending';

/** The language's own names for browsers and systems; the Latin names are known everywhere. */
export type SystemConcept =
  | 'browser_chrome' | 'browser_firefox' | 'browser_safari' | 'browser_edge' | 'browser_opera' | 'browser_yandex' | 'browser_samsung' | 'browser_brave' | 'browser_vivaldi' | 'browser_whale' | 'browser_internet_explorer'
  | 'os_windows' | 'os_macos' | 'os_ios' | 'os_android' | 'os_linux' | 'os_ipados' | 'os_chromeos';
