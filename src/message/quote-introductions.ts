/**
 * The lines by which mail programs introduce what they quote or pass on, in the languages of the merchants' customers. What they have in common
 * (a date, an address, a colon at the end) is tried first, so that a program or language not named here is mostly recognised too.
 */

const maxAttributionChars = 400;

const wroteVerbs = [
  'wrote', 'writes', 'написала?(?:\\(а\\))?', 'написал\\(-а\\)', 'пишет', 'пише', 'писал\\(а\\)', 'напісаў(?:\\(?-?(?:ла)?\\)?)?', 'напісала', 'піша', 'написав(?:\\(?-?(?:ла)?\\)?)?', 'написала', 'escribió', 'escribi[oó]', 'a écrit', 'ha scritto', 'scrive',
  'escreveu', 'pisze', 'napisał(?:\\(a\\)|a)?', 'yazdı', 'şunları yazdı', 'şunu yazdı', 'schrieb', 'schreef', 'skrev', 'kirjoitti', 'napsala?', 'írta', 'a scris', 'のメール', '書きました', 'さんは書きました', '님이 작성', '작성', '님의 말',
  '写道', '寫道', '来信', 'كتب', 'كتبت', 'تمت كتابة ما يلي بواسطة', 'viết',
];
const wrote = new RegExp(`(?:${wroteVerbs.join('|')})`, 'iu');
const wroteAtEnd = new RegExp(`(?:${wroteVerbs.join('|')})\\s*[:：]?\\s*$`, 'iu');

const address = /[<([]?\s*(?:mailto:)?[^\s<>()@,;:"]{1,64}@[^\s<>()@,;:"]{1,190}[>)\]]?/;
/** "Ada Lund <ada@post.example> wrote:", and nothing else. */
const nameWrote = new RegExp(`^["'“]?\\p{L}[\\p{L}\\d .'’-]{0,40}["'”]? <[^\\s<>@]{1,64}@[^\\s<>@]{1,190}>\\s(?:${wroteVerbs.join('|')})\\s?[:：]$`, 'iu');
const clockTime = /\d{1,2}\s?[:.h時시]\s?\d{2}|\d{1,2}\s?(?:am|pm)\b|(?:午前|午後|오전|오후)\s?\d/i;
const calendarDate =
  /\b\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|\b\d{4}[./-]\d{1,2}[./-]\d{1,2}|\b20\d\d\b|\d{4}\s?年|\d{4}\s?년|\b\d{1,2}\.?\s(?:de\s)?\p{L}{3,}|\p{L}{3,}\.?\s\d{1,2}(?:st|nd|rd|th)?,/iu;
const dateFirst =
  /^(?:on|le|el|il|em|am|op|den|dne|dnia|w dniu|il giorno|no dia|a|в|у|ў|في|بتاريخ|vào)?\s*(?:\p{L}{2,12}[.,،]{0,2}\s+)?(?:\p{L}{3,12}\.?\s+)?\d|^\d|^(?:пн|вт|ср|чт|пт|сб|вс|нд|аўт|чц)[.,\s]/iu;
/** "Пятница, 12 сентября …", but also "Hello, …". */
const wordFirst = /^\p{L}{2,14}[,،]\s/u;

export function opensWithDate(text: string): boolean {
  return dateFirst.test(text.trim());
}

export function namesDate(text: string): boolean {
  return calendarDate.test(text);
}

/** How sure it is that a line introduces quoted text: `strong` needs no quoted lines behind it. */
export function attributionStrength(text: string): 'strong' | 'weak' | null {
  // Zoho: "---- On …, … <a@b.example> wrote ----".
  const line = text.trim().replace(/^-{2,8} ?| ?-{2,8}$/g, '');
  if (line.length < 8 || line.length > maxAttributionChars) return null;
  if (!/[:：]$/.test(line) && !wroteAtEnd.test(line)) return null;
  if (nameWrote.test(line)) return 'strong';
  const hasAddress = address.test(line);
  const hasDate = calendarDate.test(line);
  const hasTime = clockTime.test(line);
  if (!/[:：]$/.test(line) && !hasDate) return null;
  if (hasAddress && (hasTime || hasDate)) return dateFirst.test(line) || wordFirst.test(line) || wrote.test(line) || /님이|님의|さん|по адресу|от\s|ад\s|від\s/u.test(line) ? 'strong' : 'weak';
  // Without an address only the bare form: a sentence of the customer's may also name a date and end so.
  const words = line.replace(calendarDate, ' ').replace(clockTime, ' ').split(/\s+/).filter((word) => /\p{L}{2}/u.test(word));
  if (wrote.test(line) && hasDate && words.length <= 8 && (hasTime || /^(?:on|le|el|il|em|am|w dniu|dnia)\b/iu.test(line))) return 'strong';
  // "Name <a@b.example> wrote:" and "Support wrote:": only together with quoted lines.
  return wrote.test(line) ? 'weak' : null;
}

/** "2026/3/7 Ada Lund <ada@post.example>": without a verb or a colon it introduces what is quoted right below it, and nothing else. */
export function isDateAndAddress(text: string): boolean {
  const line = text.trim();
  return line.length <= maxAttributionChars && dateFirst.test(line) && calendarDate.test(line) && /<[^\s<>@]{1,64}@[^\s<>@]{1,190}>$/.test(line);
}

/** Whether an attribution could begin on this line and go on in the next, as mail programs wrap it. */
export function mayOpenAttribution(text: string): boolean {
  const line = text.trim();
  return line.length >= 8 && line.length <= 200 && (dateFirst.test(line) || wordFirst.test(line) || address.test(line)) && (calendarDate.test(line) || clockTime.test(line) || address.test(line));
}

const originalPhrases = [
  'original message', 'original appointment', 'reply message', 'urspr[üu]ngliche nachricht', 'original-?nachricht', 'originalnachricht', 'mensaje original', 'message d[\'’]origine', 'message original', 'messaggio originale', 'mensagem original',
  'wiadomość oryginalna', 'oryginalna wiadomość', 'исходное сообщение', 'исходное письмо', 'оригинальное сообщение', 'первоначальное сообщение', 'зыходнае паведамленне', 'арыгінальнае паведамленне', 'зыходны ліст', 'вихідне повідомлення', 'оригінальне повідомлення',
  'початкове повідомлення', 'orijinal (?:mesaj|ileti)', 'özgün (?:ileti|mesaj)', '元のメッセージ', 'オリジナルメッセージ', '원본 ?(?:메시지|메일)', 'الرسالة الأصلية', '原始邮件', '原始郵件', '原邮件', 'oorspronkelijk bericht', 'antwort[- ]?nachricht', 'oprindelig (?:besked|meddelelse)', 'opprinnelig melding', 'ursprungligt meddelande', 'alkuperäinen viesti',
];
const forwardPhrases = [
  'forwarded (?:message|mail|email|letter)', 'forward(?:ed)? by', 'begin forwarded message', 'пересылаемое (?:сообщение|письмо)', 'пересланное (?:сообщение|письмо)', 'переадресованное (?:сообщение|письмо)', 'перенаправленное сообщение',
  'начало (?:пересылаемого|переадресованного|пересланного) (?:сообщения|письма)', 'перасланае паведамленне', 'перасланы ліст', 'пачатак перасланага (?:паведамлення|ліста)', 'переслане повідомлення', 'пересланий лист', 'початок (?:листа, що пересилається|пересланого (?:повідомлення|листа))',
  'mensaje (?:reenviado|remitido)', 'inicio del mensaje reenviado', 'message (?:transféré|transmis|réexpédié)', 'début du message (?:transféré|réexpédié|transmis)', 'messaggio inoltrato', 'inizio (?:del )?messaggio inoltrato', 'mensagem (?:encaminhada|reencaminhada)',
  'início da mensagem (?:encaminhada|reenviada|reencaminhada)', 'wiadomość przekazana', 'przekazana wiadomość', 'treść przekazanej wiadomości', 'początek (?:przekazywanej|przekazanej) wiadomości', 'iletilen (?:mesaj|ileti)', 'iletilmiş (?:mesaj|ileti)', 'yönlendirilen (?:mesaj|ileti)(?: başlangıcı)?', 'yönlendirilmiş (?:mesaj|ileti)',
  '(?:メッセージの)?転送(?:された)?(?:メッセージ|メール)', '転送されたメッセージ', '전달된 ?(?:메시지|메세지|메일)', '(?:رسالة (?:محولة|معاد توجيهها)|الرسالة (?:المحولة|المعاد توجيهها)|بدء الرسالة (?:المحولة|المعاد توجيهها))', 'weitergeleitete nachricht', '(?:anfang|beginn) der weitergeleiteten (?:nachricht|e-?mail)',
  '转发(?:的)?邮件(?:信息)?', '转发消息', '轉寄(?:的)?郵件', 'doorgestuurd bericht', 'vidarebefordrat meddelande', 'videresendt (?:besked|meddelelse|melding)',
];
const endPhrases = ['end (?:of )?forwarded message', 'конец (?:пересылаемого|переадресованного) (?:сообщения|письма)', 'канец перасланага (?:паведамлення|ліста)', 'кінець (?:пересланого|переадресованого) (?:повідомлення|листа)', 'завершение пересылаемого сообщения'];

/** A phrase alone on its line, with dashes or the like around it or a colon behind it. */
function separator(phrases: readonly string[]): RegExp {
  return new RegExp(`^(?:[\\s*_=~>|-]{2,}(?:${phrases.join('|')})[^\\n]{0,60}?[\\s*_=~|:：-]*|\\*?(?:${phrases.join('|')})\\s*[:：]\\*?)$`, 'iu');
}
const original = separator(originalPhrases);
const forwarded = separator(forwardPhrases);
const forwardEnd = separator(endPhrases);

/** What a separator line announces: `original` a mail that is answered, `forward` one that is passed on, `end` the end of that one. */
export function separatorKind(text: string): 'original' | 'forward' | 'end' | null {
  const line = text.trim();
  if (line.length < 6 || line.length > 160) return null;
  if (forwarded.test(line)) return 'forward';
  if (original.test(line)) return 'original';
  return forwardEnd.test(line) ? 'end' : null;
}

/** A subject that says the mail is passed on. Outlook in Italian writes "I:", in French "TR:", in Spanish "RV:". */
export function isForwardSubject(subject: string): boolean {
  return /^\s*(?:\[[^\]]{1,40}\]\s*)?(?:fwd?|wg|tr|rv|i|enc|pd|ilt|i̇lt|vs|doorst|перес(?:л|ылка|лано)?|переслано|перасл(?:ана)?|пер|转发|轉寄|転送|전달|إعادة توجيه|تحويل|fs)\s*[:：]/iu.test(subject);
}
