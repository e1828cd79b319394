import { eld } from 'eld/extrasmall';
import type { Message } from '../../message/message.ts';

/** Languages a mail may be told to be in; those we have no words for are recognised and answered in English. */
const candidates = ['en', 'ru', 'be', 'uk', 'es', 'fr', 'it', 'pt', 'pl', 'tr', 'ja', 'ko', 'ar', 'de', 'nl', 'zh'];
eld.setLanguageSubset(candidates);

/** Words of Russian written in Latin letters, as it is typed without a Russian keyboard. */
const transliterated = /(?<!\p{L})(?:vernite|verni|vernut|dengi|denegi|deneg|pozhal\p{L}*|pozhaluista|pozalusta|zdravstv\p{L}*|zdrastv\p{L}*|privet|spasibo|podpisk\p{L}*|oplat\p{L}*|zaplatil\p{L}*|kupil\p{L}*|rabotaet|oshibk\p{L}*|ochen|nichego|kredit(?:y|ov)|vcher\p{L}*|segodnya|segodnja|menya|pochemu|hochu|xochu|spisali|dobryj|dobriy|den|nado|bylo|esli|chto|kogda|karty|kartoj|balans\p{L}*|telegramm?e|gde|moya|moja|kniga|knigu|zakaz(?:al\p{L}*)?|uzhe|zhdu|prish(?:el|la|lo|li)|mogu|gruz\p{L}*|sdelat|skachat|sayt|sajt|bolshe|nuzhn\p{L}*|proshu|popolnil\p{L}*|vozvrat|otmenit\p{L}*|mne|kak|eto|zavis\p{L}*|rubley|rublej|vyletaet|pishet|poluchil\p{L}*|kachestvo|segodnja|snyali|belyj|belyy|udali\p{L}*|akk?aunt\p{L}*|vse|vsyo|dlya|tolko|skolko|\p{L}*zh\p{L}+|\p{L}+tsya|odn(?:ogo|oj|oy|oi|u)|zapros\p{L}*|popoln\p{L}*|otda[jyi]te|prishlite|rubl(?:ya|ei)|kart(?:oy|oi)|sdelal\p{L}*|zagruz\p{L}*)(?!\p{L})/giu;

/** Frequent words that only one of these languages has: for texts too short for statistics. */
const telltale: Readonly<Record<string, RegExp>> = {
  es: /(?<!\p{L})(?:hola|gracias|quiero|buenas|devolución|reembolso|por favor|dinero|cuenta|está|ayer|pero|el|los|las|una|señores|\p{L}+ción|mis|muy|también|pagué|compré|tarjeta|ustedes|han|suscripción|plata|porfa|más|este|esto|esta|del|quisiera|sin|usted|para|cobrado|pagado|importe|fecha|correo|quien|hacer|hecho)(?!\p{L})|[¿¡ñ]/giu,
  pt: /(?<!\p{L})(?:olá|oi|obrigad[oa]|quero|não|nao|reembolso|dinheiro|conta|ontem|você|voces|vocês|minha|meu|uma|estorno|cartão|boa tarde|bom dia|\p{L}+ç(?:ão|ões)|meus|minhas|dos|às|pelo|pela|pra|vcs|vc|pfv|agradeço|paguei|comprei|assinei|fatura|até|também|já|para|cobrado|este|esta|isso|não)(?!\p{L})|[ãõ]/giu,
  it: /(?<!\p{L})(?:ciao|buongiorno|buonasera|salve|grazie|rimborso|vorrei|voglio|soldi|ieri|ho|il|della|che|sono|abbonamento|\p{L}+zione|delle|degli|gli|perché|anche|miei|avete|è|può|più|pagato|addebito|i|di|dei|nel|così|non|come|\p{L}+(?:temi|armi|irmi|ermi))(?!\p{L})/giu,
  fr: /(?<!\p{L})(?:bonjour|bonsoir|merci|remboursement|rembours\p{L}*|argent|svp|je|vous|mon|mes|hier|une|est|abonnement|cordialement|les|des|pas|avec|pour|vos|nous|votre|été|j'ai|c'est|payé|prélèvement)(?!\p{L})/giu,
  pl: /(?<!\p{L})(?:dzień|dzien|dobry|proszę|prosze|zwrot|pieniądze|pieniedzy|pieniędzy|wczoraj|jest|nie|się|sie|moje|konto|dziękuję|pozdrawiam)(?!\p{L})|[ąęłżź]/giu,
  tr: /(?<!\p{L})(?:merhaba|selam|iade|istiyorum|lütfen|lutfen|para|param|dün|dun|bir|ve|için|icin|hesap|hesabım|teşekkür\p{L}*|iyi günler)(?!\p{L})|[ğış]/giu,
  de: /(?<!\p{L})(?:hallo|guten|tag|danke|ich|bitte|und|nicht|geld|zurück|rückerstattung|gestern|mein|meine|habe|konto|abo)(?!\p{L})/giu,
  en: /(?<!\p{L})(?:the|hello|hi|please|refund|i|my|you|want|money|back|yesterday|thanks|account|and|not|cancel|is|was)(?!\p{L})/giu,
  ru: transliterated,
};

/** The language of the customer's own words; of the subject, the other text and the headers where those are too few. ISO 639-1. */
export function detectLanguage(message: Message, own: string, merchantLanguages: readonly string[]): string {
  const text = clean(own);
  const subject = clean(message.subject.replace(/^(?:\s*(?:re|fwd?|aw|wg|tr|rv|rif|odp|ynt|отв|ответ)\s*(?:\[\d+\])?:)+/giu, ''));
  return (
    byScript(text) ??
    byWords(text, 12) ??
    byScript(subject === '' ? text : `${text} ${subject}`) ??
    byWords(`${text} ${subject}`, 1) ??
    message.languageHints.find((hint) => candidates.includes(hint)) ??
    merchantLanguages.find((language) => language === 'en') ??
    merchantLanguages[0] ??
    'en'
  );
}

/** Without what has no language: addresses, links, user agents, quoted error texts, numbers. */
function clean(text: string): string {
  return text
    .slice(0, 30_000)
    // An address is looked for from the beginning of a word only: else a long word without one is searched from each of its letters.
    .replace(/https?:\/\/[^\s\u3000-\u9fff\uac00-\ud7af]+|(?<![^\s\u3000-\u9fff\uac00-\ud7af])[^\s@\u3000-\u9fff\uac00-\ud7af]+@[^\s\u3000-\u9fff\uac00-\ud7af]+|Mozilla\/5\.0[^\n]*/g, ' ')
    .replace(/["“”„«»「」][^"“”„«»「」\n]{0,200}["“”„«»「」]/g, (quoted) => (/^["“„]?[A-Za-z0-9 .,:!?'-]*["”“]?$/.test(quoted) ? ' ' : quoted))
    .slice(0, 6000);
}

function count(text: string, pattern: RegExp): number {
  return text.match(pattern)?.length ?? 0;
}

function hasLetters(text: string, minimum: number): boolean {
  const anyLetter = /\p{L}/gu;
  for (let found = 0; found < minimum; found++) if (!anyLetter.test(text)) return false;
  return true;
}

const letter = 1;
const scripts = { kana: 2, hangul: 4, han: 8, arabic: 16, cyrillic: 32 } as const;
const classified = 64;
/** What each code unit is, found out when it is first met. */
const classes = new Uint8Array(0x10000);

function classOf(character: string): number {
  return classified
    | (/\p{L}/u.test(character) ? letter : 0)
    | (/[\p{Script=Hiragana}\p{Script=Katakana}]/u.test(character) ? scripts.kana : 0)
    | (/\p{Script=Hangul}/u.test(character) ? scripts.hangul : 0)
    | (/\p{Script=Han}/u.test(character) ? scripts.han : 0)
    | (/\p{Script=Arabic}/u.test(character) ? scripts.arabic : 0)
    | (/\p{Script=Cyrillic}/u.test(character) ? scripts.cyrillic : 0);
}

/** How many characters there are of each kind, in one pass. */
function countScripts(text: string): Record<'letters' | keyof typeof scripts, number> {
  const counts = { letters: 0, kana: 0, hangul: 0, han: 0, arabic: 0, cyrillic: 0 };
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    let found = classes[unit] ?? 0;
    if (unit >= 0xd800 && unit <= 0xdfff) {
      const character = String.fromCodePoint(text.codePointAt(at) ?? unit);
      found = classOf(character);
      at += character.length - 1;
    } else if (found === 0) classes[unit] = found = classOf(text.charAt(at));
    if ((found & letter) !== 0) counts.letters += 1;
    if (found < classified + 2) continue;
    if ((found & scripts.kana) !== 0) counts.kana += 1;
    else if ((found & scripts.hangul) !== 0) counts.hangul += 1;
    else if ((found & scripts.han) !== 0) counts.han += 1;
    else if ((found & scripts.arabic) !== 0) counts.arabic += 1;
    else if ((found & scripts.cyrillic) !== 0) counts.cyrillic += 1;
  }
  return counts;
}

/** Scripts that tell a language by themselves, and the letters that tell Belarusian and Ukrainian from Russian. */
function byScript(text: string): string | null {
  const { letters, kana, hangul, han, arabic, cyrillic } = countScripts(text);
  if (letters < 2) return null;
  // A sentence in these scripts says less per letter than a Latin product name beside it: a fifth is enough, and an eighth of syllables.
  if (hangul > letters * 0.12) return 'ko';
  if (kana > letters * 0.12) return 'ja';
  if (arabic > letters * 0.3) return 'ar';
  if (han > letters * 0.2) return kana > 0 ? 'ja' : 'zh';
  if (cyrillic > letters * 0.35) return cyrillicLanguage(text);
  // No other language of ours has the letter.
  if (count(text, /u\u0306|ŭ/giu) >= 2) return 'be';
  return null;
}

function cyrillicLanguage(text: string): string {
  const belarusian = count(text, /ў/giu) * 3 + count(text, /(?<!\p{L})(?:што|калі|гэта|гэты|вельмі|дзякуй|грошы|вярн\p{L}*|кніг[аіу]|няма|таму|мяне|вас|быў|была|ёсць|толькі|але|вітаю|добры|дзень|заказ|хачу|можна|пакуль|ужо|яшчэ|ня|дзе|прашу|скасу\p{L}*)(?!\p{L})/giu) + count(text, /дз[еёіьяю]|ць(?!\p{L})|[аеіоуыэюя]ю(?=ць)/giu) * 0.5 + count(text, /і/giu) * 0.3;
  const ukrainian = count(text, /[їєґ]/giu) * 3 + count(text, /(?<!\p{L})(?:що|це|дякую|гроші|повер\p{L}*|будь|ласка|мені|мене|немає|якщо|вчора|сьогодні|також|дуже|є|від|вже|щоб|чому)(?!\p{L})/giu) + count(text, /і/giu) * 0.3;
  const russian = count(text, /[ыэъё]/giu) * 0.4 + count(text, /и/giu) * 0.3 + count(text, /(?<!\p{L})(?:что|это|как|мне|меня|деньги|верн\p{L}*|пожалуйста|здравствуйте|если|когда|был|была|только|уже|очень|спасибо|вы|вас|почему|нет|или|ещё|еще|заказ)(?!\p{L})/giu);
  // Only Ukrainian has both і and и.
  if (count(text, /[іїє]/giu) > 0 && count(text, /и/giu) > 0 && count(text, /[ыэъёў]/giu) === 0) return 'uk';
  // Belarusian has no и, щ, ъ; Ukrainian no ы, э, ў.
  const withoutIt = count(text, /[ищъ]/giu) === 0 && count(text, /[іў]/giu) > 0;
  if (withoutIt && ukrainian <= belarusian) return 'be';
  const best = Math.max(belarusian, ukrainian, russian);
  if (best === 0) return 'ru';
  return best === russian ? 'ru' : best === belarusian ? 'be' : 'uk';
}

function byWords(text: string, minimumLetters: number): string | null {
  if (!hasLetters(text, minimumLetters)) return null;
  const words = count(text, /[\p{L}']+/gu);
  const hits = Object.entries(telltale).map(([language, pattern]) => [language, count(text, pattern)] as const).toSorted((a, b) => b[1] - a[1]);
  const [best, second] = hits;
  const russian = hits.find(([language]) => language === 'ru')?.[1] ?? 0;
  if (russian >= 2 && russian >= words * 0.15) return 'ru';
  const firstHits = best?.[1] ?? 0;
  const secondHits = second?.[1] ?? 0;
  // A long text of one language, maybe beside a few borrowed words; or a short one with words that only one of them has.
  const isTold = words < 12 ? firstHits > secondHits : (firstHits >= words * 0.15 && firstHits >= 2 * secondHits) || (firstHits >= 3 && firstHits >= words * 0.06 && firstHits >= 4 * secondHits);
  if (best !== undefined && firstHits > 0 && isTold) return best[0];
  // Statistics cost more than all the rest: they are asked where words alone do not tell.
  const { language } = eld.detect(text);
  if (candidates.includes(language)) return language;
  return best !== undefined && firstHits > 0 ? best[0] : null;
}
