/** Lines that a mail program, a phone or a virus scanner adds by itself, in the languages of the merchants' customers. */
const devices =
  'iphone|ipad|ipod|android|galaxy|samsung|xiaomi|redmi|poco|huawei|honor|realme|oppo|vivo|oneplus|pixel|motorola|nokia|blackberry|windows|macbook|mac\\b|outlook|yahoo|yandex|gmail|hotmail|proton ?mail|proton|tuta|mail\\.ru|aol|thunderbird|spark|mailbird|my phone|my mobile|mobile device|handy|smartphone|tablet|телефон|смартфон|айфон|мобильн|планшет|смартфон|яндекс|почт[аыуе]|пошт|тэлефон|мабільн|móvil|celular|teléfono|telefon|téléphone|portable|telefono|cellulare|telemóvel|komórk|telefonu';
const openings =
  'sent|get|отправлено|отправлен|отослано|послано|написано|надіслано|відправлено|адпраўлена|даслана|enviado|enviada|mandado|envoyé|envoyée|inviato|inviata|wysłan[eoy]|wysłano|gesendet|von meinem|verzonden|verstuurd|skickat|sendt|lähetetty|odesláno|trimis|obtener|obtén|télécharge[rz]|téléchargez|scarica|ottieni|obter|obtenha|pobierz|получить|загрузите|скачайте|atsisiųsti|أُ?رسلت?|تم الإرسال|مرسلة?|أرسل';

const patterns: readonly RegExp[] = [
  new RegExp(`^(?:${openings})(?=[\\s:]|$).{0,60}(?:${devices})`, 'iu'),
  new RegExp(`^(?:${openings})\\s.{0,40}\\b(?:ios|outlook)\\b`, 'iu'),
  /^von meinem .{2,60} gesendet/iu,
  /^(?:my )?.{0,40}(?:iphone|ipad|android|galaxy|xperia|スマートフォン|携帯)\S{0,12}\s?(?:から|より)(?:送信|のメール|送りました)/iu,
  /(?:iphone|ipad|android|galaxy|갤럭시|아이폰|휴대폰|스마트폰|outlook|네이버|다음|모바일).{0,20}에서 (?:보냄|보낸|작성|전송)/iu,
  /(?:iphone|ipad|android|samsung|galaxy|telefon|outlook|cihaz).{0,30}(?:gönderildi|gönderilmiştir|gönderiyorum)/iu,
  /^(?:أُ?رسلت?|تم الإرسال|مرسلة?)\s.{0,40}(?:iphone|ipad|android|galaxy|samsung|outlook|yahoo|هاتف|آيفون|جوال|جهاز)/iu,
  /\boutlook\b.{0,12}\b(?:ios|android|mac|mobile)\b.{0,20}$/iu,
  /^(?:ios|android) (?:için|版)? ?outlook/iu,
  /^(?:(?:i'm|im) )?(?:typed|written|sent) (?:on|from|with|by) (?:my |a )?(?:phone|mobile|iphone|thumbs?|tablet)/iu,
  /^(?:virus-?free|без вирусов|не содержит вирусов|libre de virus|sans virus|privo di virus|sem vírus|livre de vírus|wolne od wirusów|nie zawiera wirusów|virenfrei|virüs içermez|не містить вірусів).{0,40}/iu,
  /^(?:this email has been (?:scanned|checked)|это сообщение (?:проверено|было проверено)|este (?:correo|e-?mail|mensaje) .{0,30}(?:comprobado|verificado|avast)).{0,120}$/iu,
  /^secured? (?:with|by) .{2,30}(?:mail|email)|^sent with .{2,40}(?:mail|email|secure|encrypted)/iu,
];

const maxFooterChars = 140;

export function isMailProgramFooter(text: string): boolean {
  const line = text.trim().replace(/^[-–—*_<>\s]+/, '');
  if (line.length < 6 || line.length > maxFooterChars) return false;
  // A sentence of the customer's can begin the same way: "Sent from my iPhone 14 on Friday, order …".
  if (/\d{4,}|[?№#$€₽£]/.test(line)) return false;
  return patterns.some((pattern) => pattern.test(line));
}

const disclaimerOpenings =
  /^[\s*"«(_-]*(?:(?:confidentiality|legal|privacy|important) (?:notice|note|information)|disclaimer\b|privileged|уведомление о конфиденциальности|конфиденциально[:!]|aviso (?:legal|de (?:confidencialidad|confidencialidade))|avis de confidentialité|avviso di riservatezza|klauzula poufności|gizlilik bildirimi|vertraulichkeitshinweis)/iu;
const disclaimerSentences =
  /^(?=.{60})(?:[\s*"«(]*)(?:this (?:e-?mail|message|communication|electronic)|the (?:information|contents?)|(?:this|these) .{0,20}e-?mails?|if you (?:have received|are not the)|настоящ\p{L}+ (?:электронн\p{L}+ )?(?:сообщени|письмо)|(?:это|данное) (?:электронное )?(?:сообщение|письмо)|информация, содержащ|гэта(?:е)? (?:паведамленне|ліст)|це повідомлення|diese (?:e-?mail|nachricht)|este (?:mensaje|correo|e-?mail|mensagem)|esta (?:mensagem|comunicación)|la información|ce (?:message|courriel|mail)|questo (?:messaggio|e-?mail)|questa e-?mail|le informazioni|niniejsz\p{L}+ (?:wiadomość|e-?mail)|ta wiadomość|bu (?:e-?posta|ileti|mesaj)|このメール|本メール|本電子メール|이 (?:메일|이메일|메시지)|본 (?:메일|이메일)|هذه الرسالة|هذا البريد).{0,400}(?:confidential|intended|privileged|recipient|конфиденциальн|предназначен|адресат|канфідэнцыйн|конфіденційн|vertraulich|confidencial|destinatari|confidentiel|destinataire|riservat|confidenzial|destinatari|poufn|adresat|gizli|機密|秘密|受信者|기밀|비밀|수신자|سري|المرسل إليه)/isu;

const confidential = /confidential|privileged|конфиденциальн|канфідэнцыйн|конфіденційн|vertraulich|confidencia|confidentiel|riservat|confidenzial|poufn|gizli|機密|기밀|سري/iu;
const addressed = /in error|recipient|intended|по ошибке|адресат|памылков|помилков|irrtümlich|empfänger|por error|destinatari|par erreur|destinataire|per errore|por engano|omyłkowo|adresat|yanlışlıkla|alıcı|誤って|宛先|잘못|수신자|بالخطأ/iu;
const environment = /^(?:please )?(?:consider|think of) the environment|^before printing|^перед (?:тем,? )?как (?:рас)?печатать|^подумайте об окружающей|^antes de imprimir|^pensez à l.environnement|^avant d.imprimer|^prima di stampare|^zanim wydrukujesz|^bitte denken sie an die umwelt|^bu e-?postayı yazdırmadan/iu;

/** A confidentiality notice, told by its first line. */
export function isDisclaimer(text: string): boolean {
  const line = text.slice(0, 600);
  if (environment.test(line) || (line.length >= 60 && confidential.test(line) && addressed.test(line))) return true;
  return disclaimerOpenings.test(line) ? line.length < 80 || disclaimerSentences.test(line) || /confidential|intended|конфиденц|confidencial|riservat|poufn|gizli/iu.test(line) : disclaimerSentences.test(line);
}
