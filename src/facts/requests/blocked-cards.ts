import type { Telling } from './concept-scores.ts';

/** What else than an account is blocked, frozen or closed: told by words of many languages at once. */

/** What was only paid with is not what was blocked: "I paid with my card, and you blocked me". */
const card = /(?<!(?:with|by|mit|con|com|avec|par|via|за|z|ile|من) (?:\p{L}{1,5} )?)(?<!\p{L})(?:(?:bank )?cards?|visa|mastercard|amex|карт(?:а|у|очка|очку|ка|ку)|tarjetas?|cartes?|carta|cart(?:ão|ao|ões)|kart[aęy]|kartı(?:m|mı|mız|n|nı)?|karte|بطاقت?\p{L}*)(?!\p{L})|(?:クレジット)?カード(?!で)|카드(?!로)/giu;
const account = /(?<!\p{L})(?:accounts?|profiles?|log-?in|access|wallet|аккаунт\p{L}*|акаўнт\p{L}*|акаунт\p{L}*|уліков\p{L}+|обліков\p{L}+|уч[её]тк\p{L}+|профил\p{L}+|профіл\p{L}+|доступ\p{L}*|cuentas?|perfil|acceso|comptes?|profil\p{L}*|accès|accesso|contas?|acesso|kont[oaeu]|kontem|dostęp\p{L}*|konto|zugang|hesa(?:b|p)\p{L}*|erişim\p{L}*|حساب\p{L}*)(?!\p{L})|アカウント|계정/giu;

const byBank = /^[^.!?;]{0,24}?(?<!\p{L})(?:(?:the|my|our|в|у|ў|от|el|mi|la|ma|o|a|meu|il|mia|pelo|przez|w) )?(?:bank|банк|banco|banque|banca|بنك|البنك)\p{L}{0,4}(?!\p{L})/iu;

/** A card is named before the end of these words, and nearer to it than any account: "the card that was used is … and it has been blocked". */
export function isOfCard({ sentence: { start: from, end: to, passage: { text } }, end }: Telling): boolean {
  const before = text.slice(from, end);
  const lastOf = (pattern: RegExp): number => [...before.matchAll(pattern)].at(-1)?.index ?? -1;
  return lastOf(card) > lastOf(account) || (lastOf(account) === -1 && byBank.test(text.slice(end, to)));
}
