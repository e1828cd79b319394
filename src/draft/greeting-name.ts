import type { Address } from '../message/message.ts';

const maxNameCharacters = 40;

/** Mailboxes of a role, not of a person: the name on them is a company's. */
const roleMailboxes = /^(?:info|office|contact|hello|mail|sales|support|help|helpdesk|admin|administrator|billing|accounts?|accounting|finance|buchhaltung|marketing|shop|store|orders?|team|hr|service|noreply|no-reply|donotreply|webmaster|postmaster|root|buh|zakaz|zakupki)(?:[+.\-_].*)?$/iu;
const companyWords = new Set([
  'inc', 'llc', 'ltd', 'limited', 'gmbh', 'ag', 'kg', 'ug', 'bv', 'sa', 'sas', 'sarl', 'srl', 'spa', 'sl', 'plc', 'corp', 'co', 'company', 'group', 'holding', 'agency', 'studio', 'studios',
  'shop', 'store', 'team', 'support', 'sales', 'admin', 'info', 'office', 'service', 'services', 'customer', 'client', 'user', 'account', 'accounting', 'billing', 'marketing', 'bank',
  'games', 'design', 'media', 'solutions', 'school', 'university', 'iphone', 'mail', 'gmail', 'email', 'via', 'noreply', 'me', 'test', 'digital', 'print', 'photo',
  'ооо', 'оао', 'зао', 'ао', 'пао', 'ип', 'чуп', 'чп', 'тоо', 'одо', 'уп', 'тп', 'сооо', 'компания', 'фирма', 'студия', 'магазин', 'отдел', 'служба', 'бухгалтерия', 'поддержка', 'клиент', 'покупатель', 'пользователь', 'школа',
  'кампанія', 'крама', 'студыя', 'таа', 'ата', 'зат',
  'şti', 'aş', 'spółka', 'sklep', 'firma', 'tienda', 'empresa', 'soporte', 'boutique', 'entreprise', 'société', 'loja', 'negozio', 'azienda',
]);
const patronymic = /(?:вич|[ькм]ич|вна|чна|шна|віч|[ькм]іч|ўна)$/iu;

/**
 * The name by which the customer may be greeted, or null: taken from the sender's display name as it stands, never guessed. Null for
 * companies, roles, nicknames and whatever does not look like a person's name.
 */
export function greetingName(sender: Address): string | null {
  if (roleMailboxes.test(sender.address.split('@', 1)[0] ?? '')) return null;
  const name = uncomma(sender.name.normalize('NFC').replace(/^["'«“„]+|["'»”]+$/gu, '').trim());
  if (name.length === 0 || name.length > maxNameCharacters) return null;
  const words = name.split(/[ \u00A0\u3000]+/u);
  if (words.length > 4) return null;
  for (const word of words) if (!looksLikeName(word)) return null;
  if (words.some((word) => companyWords.has(word.toLowerCase().replace(/\.$/u, '')))) return null;
  if (!/\p{L}{2}|[\p{Script=Han}\p{Script=Hangul}]/u.test(name)) return null;
  // "Priya N" signs with the initial of a surname: a greeting does without.
  const whole = words.length > 1 && /^\p{Lu}\.?$/u.test(words.at(-1) ?? '') ? words.slice(0, -1) : words;
  return withoutSurname(whole.map(fromCapitals)).join(' ');
}

/** `Petrova, Maria` as `Maria Petrova`. */
function uncomma(name: string): string {
  const [family, given, ...more] = name.split(/\s*,\s*/u);
  return given !== undefined && given !== '' && more.length === 0 ? `${given} ${family ?? ''}` : name;
}

/** Letters of one script, an initial's full stop, an apostrophe or a hyphen within; a capital first where the script has capitals. */
function looksLikeName(word: string): boolean {
  if (!/^\p{L}[\p{L}\p{M}]*(?:['’ʼ\-·・][\p{L}\p{M}]+)*\.?$/u.test(word)) return false;
  const latin = /\p{Script=Latin}/u.test(word);
  const other = /[^\p{Script=Latin}\p{Script=Common}\p{Script=Inherited}]/u.test(word);
  if (latin && other) return false;
  return !/^\p{Ll}/u.test(word) || /^(?:de|da|do|dos|di|del|della|van|von|der|den|la|le|el|al|bin|ibn|y|e)$/u.test(word);
}

function fromCapitals(word: string): string {
  return /^\p{Lu}{3,}$/u.test(word) ? word.slice(0, 1) + word.slice(1).toLowerCase() : word;
}

/** A name and a patronymic are a whole form of address in Russian and Belarusian, whichever side the surname stands on. */
function withoutSurname(words: readonly string[]): readonly string[] {
  if (words.length !== 3) return words;
  const [first = '', second = '', third = ''] = words;
  if (patronymic.test(third) && !patronymic.test(second)) return [second, third];
  if (patronymic.test(second)) return [first, second];
  return words;
}
