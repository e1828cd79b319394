/**
 * Header blocks within a text: the "From: … Sent: … To: … Subject: …" that Outlook and others put above the mail they answer or pass on, in the languages
 * of the merchants' customers.
 */
type Label = 'from' | 'date' | 'to' | 'subject' | 'other';

const words = {
  from: [
    'from', 'von', 'от кого', 'от', 'отправитель', 'ад каго', 'ад', 'адпраўнік', 'від кого', 'від', 'de la part de', 'de', 'expéditeur', 'remitente', 'da', 'mittente', 'remetente', 'od', 'nadawca', 'kimden', 'gönderen', '差出人', '送信者', '送信元', 'from\\(差出人\\)',
    '보낸 ?사람', '발신', '보낸이', 'من', 'المرسل', '发件人', '寄件者', '寄件人', 'van', 'från', 'fra', 'lähettäjä',
  ],
  date: [
    'sent', 'date', 'sent on', 'gesendet(?: am)?', 'datum', 'отправлено', 'дата', 'дата отправки', 'адпраўлена', 'адпраўлены', 'надіслано', 'дата й час', 'enviado(?: el| em)?', 'enviada(?: em)?', 'fecha', 'envoyé(?: le)?', 'inviato', 'data', 'wysłan[oy]', 'gönderildi',
    'gönderme tarihi', 'gönderim tarihi', 'tarih', '送信日時', '日時', '日付', '送信日', '受信日時', '보낸 ?날짜', '날짜', '보낸 ?시간', '일시', 'تاريخ الإرسال', 'تاريخ', 'التاريخ', 'تم الإرسال', 'أرسلت', '发送时间', '日期', '寄件日期', '時間', 'verzonden', 'skickat', 'sendt', 'dato', 'message du', 'lähetetty',
  ],
  to: [
    'to', 'an', 'кому', 'каму', 'получатель', 'para', 'destinatario', 'à', 'a', 'destinataire', 'destinatário', 'do', 'adresat', 'kime', 'alıcı', '宛先', '받는 ?사람', '수신', '받는이', 'إلى', '收件人', '收件者', 'aan', 'till', 'til', 'pour', 'vastaanottaja',
  ],
  subject: ['subject', 'betreff', 'тема', 'тэма', 'asunto', 'objet', 'sujet', 'oggetto', 'assunto', 'temat', 'konu', '件名', '제목', 'الموضوع', 'موضوع', '主题', '主旨', 'onderwerp', 'ämne', 'emne', 'aihe'],
  other: ['cc', 'bcc', 'копия', 'копія', 'kopie', 'kopia', 'dw', 'udw', 'bilgi', '참조', 'نسخة', '抄送', 'reply-to', 'ответить', 'antwort an', 'importance', 'важность', 'attachments', 'вложения', 'responder a', 'répondre à', 'copie à', 'rispondi a', 'svar til'],
} satisfies Readonly<Record<Label, readonly string[]>>;

const patterns = (['from', 'date', 'to', 'subject', 'other'] as const).map((label) => [label, new RegExp(`^(?:${words[label].join('|')})\\s*$`, 'iu')] as const);

/** The label of a line such as `**Von:** …`, with what follows it. */
function labelOf(line: string): { readonly label: Label; readonly value: string } | null {
  const match = /^[\s>*_|]{0,6}([^:：\d@<>]{1,30}?)[\s*_]{0,4}[:：][\s*_]{0,4}(.*)$/su.exec(line.slice(0, 600));
  if (match === null) return null;
  const word = match[1]!.trim();
  for (const [label, pattern] of patterns) if (pattern.test(word)) return { label, value: match[2]!.trim() };
  return null;
}

const maxBlockLines = 12;

/**
 * The number of lines of the header block that begins at `start`, or 0. It must name a sender and, with digits in it, a date, and be three fields long: a customer's
 * own "Date: …, Subject: …" list is none.
 */
export function headerBlockLength(lines: readonly { readonly text: string }[], start: number): number {
  const first = lines[start];
  if (first === undefined || labelOf(first.text) === null) return 0;
  const seen = new Set<Label>();
  let hasSender = false;
  let hasDate = false;
  let end = start;
  let blanks = 0;
  for (let i = start; i < Math.min(lines.length, start + maxBlockLines); i++) {
    const line = lines[i]?.text ?? '';
    if (line.trim() === '') {
      if (++blanks > 1 || (hasSender && hasDate && seen.size >= 3)) break;
      continue;
    }
    const field = labelOf(line);
    if (field === null) {
      // A long list of recipients goes on in the next line; a value may also stand below its label.
      if (blanks > 0 || i === start || !/@|^\s|[;,]$/.test(line)) break;
      end = i + 1;
      continue;
    }
    blanks = 0;
    seen.add(field.label);
    if (field.label === 'from' && field.value !== '') hasSender = true;
    if (field.label === 'date' && /\d/.test(field.value)) hasDate = true;
    end = i + 1;
  }
  const fields = [...seen].filter((label) => label !== 'other').length;
  return hasSender && fields >= 3 && (hasDate || seen.has('subject')) && (hasDate || seen.has('to')) ? end - start : 0;
}

/** What the first field of a sender in a header block says: a name, an address, or both. */
export function senderInBlock(lines: readonly string[]): string | null {
  for (const line of lines) {
    const field = labelOf(line);
    if (field?.label === 'from' && field.value !== '') return field.value.replaceAll(/[*_]|\[?mailto:/g, '');
  }
  return null;
}
