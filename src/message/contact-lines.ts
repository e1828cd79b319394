/**
 * Lines of a signature: names, telephones, addresses, firms. Conservative: a line that could be a fact or a request of the customer's is none,
 * for a fact taken for a signature is lost, and a signature taken for a fact is only noise.
 */

/** What a customer says about the case, which no signature says. Only handles, identifiers, money, products and requests; in all languages. */
const caseFacts =
  /(?:^|[^\p{L}])(?:telegram|телеграмм?|тэлеграм|tg|тг|id|айди|order|bestellung|заказ\p{L}*|замов\p{L}*|заказу|pedido|commande|ordine|zamówieni\p{L}*|sipariş\p{L}*|transa\p{L}+|транзакц\p{L}*|транзакцы\p{L}*|txn|account|аккаунт\p{L}*|акк|акаўнт\p{L}*|логин|login|konto|cuenta|compte|conta|hesab\p{L}*|credits?|кредит\p{L}*|крэдыт\p{L}*|refund|верни\p{L}*|возврат\p{L}*|вярн\p{L}*|reembols\p{L}*|devol\p{L}+|rembours\p{L}+|rimbors\p{L}+|zwrot\p{L}*|iade\p{L}*|chrome|firefox|safari|edge|opera|браузер\p{L}*|windows|винда|macos|linux|ubuntu|android|ios|turbo|турбо|ultra|ультр\p{L}*|paypal|visa|mastercard|card|карт\p{L}*|screenshot|скрин\p{L}*|error|ошибк\p{L}*|p\.?\s?s\.?|зы|please|пожалуйста|калі ласка|bitte|por favor|s'il vous|per favore|proszę|lütfen)(?=[^\p{L}]|$)|注文|返金|エラー|アカウント|クレジット|テレグラム|주문|환불|계정|크레딧|오류|텔레그램|الطلب|استرداد|(?<!\p{L})(?:ال)?حساب[يك]?(?!\p{L})|[$€₽£¥₩]\s?\d|\d\s?(?:[$€₽£¥₩]|usd|eur|rub|руб|byn|р\.|円|원)|(?:^|[^\p{L}\d\s]\s?|(?:no|nr|num|code|номер|код)\.?\s?)[#№]\s?\d|[#№]\s?\d{4,}|(?<![\w.])@\w{3,}/iu;

export function holdsCaseFact(text: string): boolean {
  return /[?？؟]\s*$/.test(text) || caseFacts.test(text);
}

const phone = /(?:^|[^\w#№-])(?:\+|00)?\(?\d{1,4}\)?(?:[\s().–-]{1,3}\d{2,5}){2,5}(?!\w)|(?:^|[\s:.])(?:\+\d{9,14}|0\d{9,10}|8\d{10})(?!\d)/;
const phoneLabel = /(?:^|[^\p{L}])(?:t|tel|tél|telefon|teléfono|téléphone|phone|ph|mob|mobile|cell|m|fax|office|direct|тел|т|моб|телефон|вн|внутр|доб|ext|gsm|cep|whatsapp|viber|携帯|電話|전화|휴대폰|연락처|هاتف|جوال|电话)\s*[.:]?\s*[+(]?\d/iu;
const link = /^(?:<?(?:https?:\/\/|www\.)\S+>?|[\w.+-]+@[\w-]+(?:\.[\w-]+)+|<?mailto:\S+>?|(?:e-?mail|mail|web|site|сайт|почта|skype)\s*[:.]?\s*\S+)$/i;
const place =
  /(?:^|[^\p{L}])(?:street|st|road|rd|avenue|ave|av|avda|lane|ln|drive|dr|court|terrace|square|suite|ste|apt|floor|room|building|bldg|p\.?\s?o\.? box|straße|strasse|str|platz|rue|boulevard|bd|calle|c\/|ctra|carretera|km|col|plaza|via|viale|piazza|corso|rua|avenida|praça|ul|al|pl|sokak|sk|cad|caddesi|mah|mahallesi|no|ул|улица|пр|просп|проспект|пер|вул|вуліца|праспект|д|дом|кв|корп|стр|каб|оф|офис|этаж|г|обл|п|аддзел|отдел|dept|department)[.:]?(?=\s?[\p{L}\d«"])|〒\s?\d{3}|[都道府県市区町村]\p{Script=Han}*\d|(?:시|구|동|로|길)\s?\d/iu;
const firm =
  /(?:^|[^\p{L}])(?:llc|llp|ltd|limited|inc|corp|co|gmbh|ag|kg|ug|s\.?a\.?r?\.?l?\.?|s\.?l\.?|s\.?p\.?a\.?|s\.?r\.?l\.?|sp\. ?z ?o\. ?o|bv|b\.v|oy|ab|as|a\.ş|ооо|оао|зао|пао|ао|ип|тоо|уп|чуп|ооду|кб|нии|инн|огрн|унп|school|university|college|institute|studio|group)\.?(?=[^\p{L}]|$)|株式会社|有限会社|합동회사|주식회사|\(주\)|شركة/iu;
const registration = /(?:^|[^\p{L}])(?:инн|кпп|огрн|огрнип|унп|бик|nip|regon|p\.?\s?iva|cif|nif|cnpj|cpf|vat|ust-?id\S*|siret|siren|vkn|company no|reg\.? no)[.:]?\s?(?:[a-z]{0,3}[\s-]?)\d[\d\s./-]{5,}/iu;
const title = /^(?:\p{Lu}[\p{L}.&'’/-]*|and|of|de|la|für|di|do|по|и|&|für|the|for|[|•·,/–-])(?:[\s,]+(?:\p{L}[\p{L}.&'’/-]*|[|•·&/–-])){0,6}$/u;

/** Nine digits at least, for a date has eight; fifteen at most, for a card has sixteen. */
function hasPhone(line: string): boolean {
  const digits = phone.exec(line)?.[0].replaceAll(/\D/g, '').length ?? 0;
  return digits >= 9 && digits <= 15;
}

/** What may stand between the name and the telephone below a closing, in whatever words: short, and no sentence. Longer, where a telephone or the like is there already. */
export function isShortNote(text: string, besideContact = false): boolean {
  const line = text.trim();
  const words = line.split(/\s+/).filter((word) => /[\p{L}\d]/u.test(word));
  return line.length <= (besideContact ? 80 : 60) && words.length <= (besideContact ? 12 : 5) && !/[.!?:;…。！？]$/.test(line) && !holdsCaseFact(line);
}

/** A telephone, an address, a link, a firm: what can only be contact data. */
export function isContactLine(text: string): boolean {
  const line = text.trim();
  if (line.length === 0 || line.length > 120 || holdsCaseFact(line)) return false;
  if (/[.!]\s+\p{Lu}\p{Ll}+\s+\p{Ll}/u.test(line) && line.length > 60) return false;
  if (link.test(line) || phoneLabel.test(line)) return true;
  if (registration.test(line)) return true;
  if (hasPhone(line) && !/[.!]$/.test(line.replace(/\d[.!]?$/, ''))) return true;
  // "14 Pearse Terrace, Galway".
  if (/^\d{1,5}[a-z]?,?\s\p{Lu}[\p{L}.'’-]+(?:\s[\p{L}.'’-]+){0,4}(?:,\s?[\p{L}\d .'’-]{2,40}){0,4}$/iu.test(line) && /\p{Lu}/u.test(line) && line.length <= 80 && /,|\s(?:street|st|road|rd|avenue|ave|lane|ln|drive|dr|court|ct|terrace|square|place|close|way|boulevard|blvd|crescent|gardens)\.?$/iu.test(line)) return true;
  return (place.test(line) && /\d/.test(line) && line.length <= 100) || (firm.test(line) && line.length <= 100) || /\S\s[|•·]\s\S/.test(line);
}

/** Something that stands in a signature below a name or a closing: a name, a job, a department. */
export function isSignatureLine(text: string): boolean {
  const line = text.trim();
  if (isContactLine(line)) return true;
  if (line.length === 0 || line.length > 60 || holdsCaseFact(line) || /[!?:;…]|\.\s/.test(line.replace(/(?:^|\s)\p{L}{1,4}\.(?=\s|$)/gu, ' '))) return false;
  if (/\d{3,}/.test(line)) return false;
  if (title.test(line)) return true;
  // Scripts without capitals: a name is short.
  return /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー・々\s,.()（）]{1,20}$|^[\p{Script=Hangul}\p{Script=Arabic}\s,،.()-]{1,40}$/u.test(line);
}

const latinOf: Readonly<Record<string, string>> = {
  а: 'a', б: 'b', в: 'v', г: 'g', ґ: 'g', д: 'd', е: 'e', ё: 'e', є: 'e', ж: 'zh', з: 'z', и: 'i', і: 'i', ї: 'i', й: 'i', к: 'k', л: 'l', м: 'm', н: 'n', о: 'o', п: 'p', р: 'r', с: 's', т: 't', у: 'u', ў: 'u',
  ф: 'f', х: 'kh', ц: 'ts', ч: 'ch', ш: 'sh', щ: 'sh', ъ: '', ы: 'y', ь: '', э: 'e', ю: 'iu', я: 'ia',
  ا: 'a', أ: 'a', إ: 'i', آ: 'a', ب: 'b', ت: 't', ث: 'th', ج: 'j', ح: 'h', خ: 'kh', د: 'd', ذ: 'd', ر: 'r', ز: 'z', س: 's', ش: 'sh', ص: 's', ض: 'd', ط: 't', ظ: 'z', ع: 'a', غ: 'gh', ف: 'f', ق: 'q', ك: 'k', ل: 'l',
  م: 'm', ن: 'n', ه: 'h', ة: 'a', و: 'u', ي: 'y', ى: 'a', ئ: 'y', ؤ: 'u', ء: '',
};

function fold(text: string): string {
  return text
    .toLowerCase()
    .replaceAll(/[а-яёіїєґўء-ي]/g, (char) => latinOf[char] ?? '')
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    .replaceAll('ł', 'l')
    .replaceAll('ı', 'i');
}

function wordsOf(text: string): string[] {
  return text.toLowerCase().split(/[^\p{L}\p{M}]+/u).filter((word) => word !== '');
}

/** Words by which the sender may sign: of the display name, and of the address before the `@`. Lower case. */
export function nameWords(name: string, address: string): string[] {
  return [...new Set(wordsOf(`${name} ${address.split('@')[0] ?? ''}`))].filter((word) => word.length >= 2 || /\p{Script=Han}/u.test(word));
}

/** How many words of a line are the sender's names. */
export function namesIn(text: string, words: readonly string[]): number {
  return wordsOf(text).filter((part) => words.some((word) => isSameName(part, word))).length;
}

/** Folded first words of a greeting to a namesake: "Hello Mikel". */
const greetings = new Set('hello hi hey dear privet zdravstvuite dobryi dobry vitaiu bonjour salut hola buenas buenos ciao salve buongiorno oi ola bom boa czesc dzien witam merhaba selam hallo guten liebe lieber'.split(' '));

/** Whether a short line is how the sender signs: a full name, a first name, initials, a short form ("Kev" of Kevin). */
export function signsAs(text: string, words: readonly string[]): boolean {
  // Nobody signs with more; and the pattern would try a long run of spaces from each of them.
  if (text.length > 500) return false;
  const line = text.trim().replace(/^[-–—*_\s]+/, '').replace(/\s*(?:드림|올림|拝|より|xx?|xoxo)\s*$/iu, '');
  if (line.length === 0 || line.length > 60 || /[@#№$€₽]|\d{3,}|[?!:;]/.test(line)) return false;
  const parts = wordsOf(line);
  if (parts.length === 0 || parts.length > 5 || greetings.has(fold(parts[0]!))) return false;
  const known = parts.filter((part) => words.some((word) => isSameName(part, word))).length;
  if (known === 0) return false;
  const unknown = parts.length - known;
  // "Priya N", "T. Boyd", and one unknown word beside a known one, such as a patronymic.
  const initials = parts.filter((part) => part.length === 1).length;
  return unknown <= initials || (unknown <= known && parts.length <= 4);
}

function isSameName(part: string, word: string): boolean {
  if (part === word) return part.length >= 2 || /\p{Script=Han}/u.test(part);
  const [a, b] = [fold(part), fold(word)];
  if (a.length < 2 || b.length < 2) return false;
  if (a === b || (a.length >= 3 && b.length >= 3 && (a.startsWith(b) || b.startsWith(a)))) return true;
  // Between scripts the vowels differ or are not written: "Alyona" and "Алёна", "Khaled" and "خالد".
  if (/\p{Script=Latin}/u.test(part) === /\p{Script=Latin}/u.test(word)) return false;
  const consonants = consonantsOf(a);
  return consonants.length >= 2 && consonants === consonantsOf(b);
}

function consonantsOf(text: string): string {
  return text.replaceAll(/[aeiouyjh]/g, '');
}
