/** Phrases that close a letter, in the languages of the merchants' customers; what stands below one is a signature. */
const phrases = [
  // English
  '(?:with )?(?:kind(?:est)?|best|warm(?:est)?|many|my best) (?:regards|wishes|thanks)', 'kindly', '(?:kind )?regards', '(?:all the |my )?best', 'yours(?: (?:sincerely|faithfully|truly))?', '(?:yours )?sincerely(?: yours)?', 'cheers', 'rgds', 'br', 'kr',
  '(?:many |with |much )?thanks?(?: you)?(?: (?:so|very) much| kindly)?(?: (?:a lot|again|in advance|and (?:kind |best )?regards|for your (?:help|time|attention)))*', 'thx', 'ta', 'respectfully', 'cordially', 'take care', 'have a (?:nice|great|good) (?:day|weekend|evening|one)', 'love',
  'looking forward to (?:your (?:reply|answer)|hearing from you)', 'hope to hear from you(?: soon)?', 'awaiting your (?:reply|response)',
  // Russian
  'с (?:глубоким )?уважением(?: и наилучшими пожеланиями)?', 'с\\/ув', 'с ув\\.?', 'с наилучшими(?: пожеланиями)?', 'с пожеланиями(?: .{1,20})?', 'всего (?:доброго|хорошего|наилучшего)', '(?:заранее )?(?:большое )?(?:спасибо|благодарю|благодарна|благодарен)(?: вам)?(?: (?:заранее|большое|за (?:помощь|понимание|ответ)))*',
  'жду (?:вашего )?ответа', 'хорошего (?:дня|вечера)', 'с приветом', 'с почтением', 'искренне ваш[аи]?', 'удачи',
  // Belarusian, Ukrainian
  'з павагай', 'з найлепшымі пажаданнямі', '(?:загадзя )?дзякуй(?: вам)?(?: (?:загадзя|вялікі))?', 'усяго (?:добрага|найлепшага)', 'з повагою', 'з найкращими побажаннями', '(?:заздалегідь )?дякую',
  // German
  '(?:mit )?(?:freundlichen|besten|herzlichen|lieben|vielen) (?:grüßen|grüssen|gruß|dank)', '(?:viele|beste|liebe|herzliche|freundliche|schöne) (?:grüße|grüsse)', 'mfg', 'lg', 'vg', '(?:vielen )?dank(?: im voraus)?', 'gruß', 'danke(?: (?:schön|im voraus))?',
  // French
  '(?:bien )?cordialement', 'bien à vous', 'sincèrement', 'salutations(?: distinguées)?', 'meilleures salutations', 'merci(?: (?:beaucoup|d[\'’]avance|par avance|bien))?', 'bonne (?:journée|soirée)', 'respectueusement', 'amicalement',
  // Spanish, Portuguese
  '(?:un )?(?:cordial |atento )?saludos?(?: cordial(?:es)?)?', 'atentamente', '(?:muchas )?gracias(?: (?:de antemano|por (?:su|tu) (?:ayuda|atención)|y (?:un )?saludos?))?', 'quedo (?:a la espera|atento|atenta)', '(?:muy )?cordialmente', 'abrazos?', 'um abraço', 'att\\.?', 'atte\\.?', 'atenciosamente', '(?:com os )?(?:melhores )?cumprimentos', '(?:muito )?obrigad[oa](?: (?:desde já|pela (?:ajuda|atenção)))?',
  'valeu', 'grat[oa]', 'abs',
  // Italian
  '(?:cordiali|distinti|cari) saluti', 'cordialmente', '(?:tanti )?saluti', 'grazie(?: (?:mille|in anticipo))?', 'in attesa(?: .{1,30})?', 'buona (?:giornata|serata)',
  // Polish
  '(?:z )?(?:poważaniem|wyrazami szacunku|pozdrowieniami)', '(?:serdecznie )?pozdrawiam(?: serdecznie)?', '(?:z góry )?dziękuję(?: (?:z góry|bardzo))?', 'pozdrowienia', 'miłego dnia', 'dzięki', 'pzdr',
  // Turkish
  'saygılar(?:ımla|ımızla)?', 'sevgiler(?:imle)?', 'iyi (?:günler|çalışmalar|akşamlar)(?: dilerim)?', '(?:şimdiden )?(?:çok )?teşekkür(?:ler| ederim| ederiz)', 'sağ ?olun', 'selamlar',
  // Japanese, Korean, Arabic, Chinese
  '(?:どうぞ|何卒|以上)?[、,]?\\s?(?:よろしく|宜しく)(?:お願い)?(?:いた|致)?(?:します|申し上げます|です)?', '敬具', '草々', 'ありがとうございます', '(?:감사(?:합니다|드립니다|해요)|고맙습니다|부탁(?:드립니다|드려요)|수고하세요)', '(?:مع )?(?:خالص )?(?:تحياتي|التحية|الشكر|فائق الاحترام|أطيب التحيات|أطيب التمنيات)(?: و(?:التقدير|الاحترام|شكر[اً]*))?', 'شكر(?:ا|اً|ًا)(?: (?:جزيلا|جزيلاً|لكم|مقدما))?', 'وتفضلوا بقبول فائق الاحترام', '谢谢|此致|敬礼|祝好',
];

const alone = new RegExp(`^(?:${phrases.join('|')})(?:\\s*[,.!،、。:)~ㅠ-]*\\s*){0,2}$`, 'iu');
const withName = new RegExp(`^(?:${phrases.join('|')})\\s*[,.!،、。-]+\\s*(\\p{L}[\\p{L}.'’ -]{0,40})$`, 'iu');
const withBareName = /^(?:с уважением|з павагай|з повагою|regards|best regards|kind regards|cordialement|saludos|mit freundlichen grüßen|pozdrawiam|saygılarımla|thanks|thx|cheers)\s+(\p{Lu}[\p{L}.'’-]{1,20}(?:\s+\p{Lu}[\p{L}.'’-]{0,20}){0,2})[.!]?$/iu;

const maxClosingChars = 90;

/** A line that only closes the letter. */
export function isClosing(text: string): boolean {
  const line = text.trim();
  return line.length > 0 && line.length <= maxClosingChars && alone.test(line);
}

/** "Regards, Wei": the name that stands on the closing's own line. */
export function closingName(text: string): string | null {
  const line = text.trim();
  if (line.length > maxClosingChars) return null;
  return withName.exec(line)?.[1]?.trim() ?? withBareName.exec(line)?.[1]?.trim() ?? null;
}
