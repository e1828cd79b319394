/** Who has bought nothing yet and asks what would happen if: a question, where no sum was taken from anybody. By words of many languages at once. */

const notYet = new RegExp([
  String.raw`(?<!\p{L})(?:have(?:n['’]?t| not)|haven['’]?t|not|never)(?: yet)?(?: actually)? (?:bought|ordered|purchased|paid|subscribed)[^.!?]{0,30}? (?:yet|so far)|(?<!\p{L})not yet (?:bought|ordered|purchased|paid|subscribed)`,
  String.raw`(?<!\p{L})(?:(?:pas|rien) encore|encore (?:rien|pas)) (?:achet|command|pay|souscri)`,
  String.raw`(?<!\p{L})(?:todavía|aún) no (?:os |les |le )?(?:he |hemos )?(?:compr|ped[ií]|pag|contrat|encarg)|(?<!\p{L})no (?:he|hemos) (?:comprado|pedido|pagado|contratado|encargado) (?:nada )?(?:todavía|aún)|(?<!\p{L})ainda não (?:vos |lhes )?(?:compr|encomend|pagu|pag|assin|ped)`,
  String.raw`(?<!\p{L})non (?:vi )?(?:ho|abbiamo) ancora (?:comprat|ordinat|pagat|acquistat|sottoscritt)|(?<!\p{L})ancora non (?:ho|abbiamo) (?:comprat|ordinat|pagat|acquistat|sottoscritt)`,
  String.raw`(?<!\p{L})jeszcze (?:nic|niczego|nie)(?: \p{L}+){0,3} (?:kup|zamaw|zamówi|płaci|zapłaci)|(?<!\p{L})(?:nic|niczego) jeszcze(?: \p{L}+){0,2} nie (?:kup|zamaw|zamówi|płaci|zapłaci)`,
  String.raw`(?<!\p{L})(?:ещё|еще|пока)(?: \p{L}+){0,2} не (?:покупа|купи|заказ|плати|оплат|оплач)|(?<!\p{L})(?:яшчэ|пакуль)(?: \p{L}+){0,2} не (?:купля|купі|замаўля|замов|плаці|аплац|аплач)|(?<!\p{L})(?:ще|поки)(?: \p{L}+){0,2} не (?:купува|купи|замовля|замови|плати|оплат)`,
  String.raw`(?<!\p{L})noch (?:nichts|nicht|kein\p{L}*)(?: \p{L}+){0,3} (?:gekauft|bestellt|bezahlt|abonniert)|(?<!\p{L})henüz(?: \p{L}+){0,4} (?:al|ver|öde|yap)(?:madı[mk]|medi[mk])(?!\p{L})`,
  String.raw`まだ(?:何も)?[^。、]{0,8}(?:購入|注文|買|申し込|契約)[^。、]{0,6}(?:いません|おりません|ない)|아직[^.。]{0,12}(?:구매|주문|결제|가입)[^.。]{0,6}(?:안|않|전)|لم (?:[أا]شتر|[أا]طلب|[أا]دفع)[^.،]{0,15} بعد|(?:لسه|لسا|بعدني) ما (?:اشتريت|طلبت|دفعت)`,
].join('|'), 'iu');

const taken = /(?<!\p{L})(?:charg|pr[ée]l[èe]v|débit|addebit|prelev|cobr|cargo|obciąż|pobra|списа|спіса|сня[лт]|зня|abgebucht|çekil)|引き落|請求|청구|빠져|خصم|سحب/iu;

export function asksBeforeBuying(text: string): boolean {
  return notYet.test(text) && /[?？؟]/u.test(text) && !taken.test(text);
}
