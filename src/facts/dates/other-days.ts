import type { DateMention } from './dates.ts';
import type { MoneyMention } from '../sums/money.ts';
import type { Hit } from '../text/phrases.ts';

/** What a day can be of that is neither the payment's, the failure's nor the delivery's: told by words of many languages at once. */

/** The date is told by how long something has lasted: "od dwóch godzin", "3 gündür". */
export function isSinceThen({ sentence, start, end }: DateMention): boolean {
  const { text } = sentence.passage;
  return sinceWhen.test(text.slice(start, end)) || /(?<!\p{L})desde\s$/iu.test(text.slice(Math.max(0, start - 8), start)) || /^(?:['’]?[dt][ae]n)?\sberi(?!\p{L})/iu.test(text.slice(end, end + 10));
}

/** Words that open or close a length of time which is not over. */
const sinceWhen = /^(?:już )?(?:od|seit|depuis|desde|منذ|since)(?!\p{L})|[dt][ıiuü]r$/iu;

/** A moment ago: what was done then is told right beside it. */
export function isJustNow({ sentence: { passage }, start, end }: DateMention): boolean {
  return momentAgo.test(passage.text.slice(start, end));
}

const momentAgo = /^(?:just now|az önce|biraz önce|demin|только что|толькі што|тільки що|щойно|ahora mismo|à l['’]instant|proprio ora|poco fa|agora mesmo|agora há pouco|przed chwilą|gerade eben|さっき|先ほど|방금|للتو|قبل قليل|[قم][بن]ل? ?شوي\p{L}*|منذ قليل|من قليل|قبل لحظات)$/iu;

/** How far from a day the words for another try stand. Characters. */
const anotherTryReach = 45;

function apart(day: DateMention, start: number, end: number): number {
  return Math.max(start - day.end, day.start - end, 0);
}

/** Something that had failed on an earlier day was tried again on this one. */
export function isOfAnotherTry(date: DateMention, dates: readonly DateMention[]): boolean {
  const { sentence } = date;
  const { text } = sentence.passage;
  const isEarlier = dates.some((other) => other !== date && !other.ahead && other.day < date.day && other.sentence.passage === sentence.passage && (other.sentence.index < sentence.index || other.start < date.start));
  return isEarlier && [...text.slice(sentence.start, sentence.end).matchAll(anotherTry)].some(({ index, 0: words }) => {
    const [start, end] = [sentence.start + index, sentence.start + index + words.length];
    return apart(date, start, end) <= anotherTryReach && dates.every((other) => other === date || other.sentence !== sentence || apart(date, start, end) <= apart(other, start, end));
  });
}

const anotherTry = /(?<!\p{L})(?:(?<!again and )again(?! and again)|once more|another (?:go|try|attempt|time)|(?:a )?second (?:time|go|try|attempt)|re-?tri(?:ed|es)|repeated|(?:ещ[её]|яшчэ|ще) раз|снова|опять|заново|повтор(?:ил|н)\p{L}*|зноў|ізноў|наноў|паўтары\p{L}+|знову|вдруге|otra vez|de nuevo|nuevamente|volv(?:í|imos) a|reintent\p{L}+|(?:lo |la )?repet(?:í|imos)|outra vez|de novo|novamente|mais uma vez|volt(?:ei|ámos|amos) a|repeti(?:mos)?|di nuovo|un[’']altra volta|ancora una volta|nuovamente|riprova\p{L}*|ritenta\p{L}*|ripetut\p{L}|encore une fois|de nouveau|à nouveau|réessay\p{L}+|retent\p{L}+|une (?:deuxième|seconde|autre) fois|jeszcze raz|ponownie|znowu|znów|ponowił\p{L}*|powtórzył\p{L}*|drugi raz|tekrar(?:ladı\p{L}*)?|yeniden|bir (?:kez |kere )?daha|noch ?mal|noch einmal|erneut|wieder|مرة (?:أخرى|اخرى|ثانية|تانية)|مره (?:اخرى|ثانيه|تانيه)|كمان مرة|من جديد|عاودت|رجعت (?:جربت|حاولت))(?!\p{L})|もう(?:一|1)度|再度|再び|またやって|やり直|再試行|다시|재시도|한\s?번\s?더/giu;

/** Somebody died or was born then. */
export const lifeAndDeath = /(?<!\p{L})(?:died|passed away|was born|mort[oa]|decedut[oa]|è nat[oa]|morreu|faleceu|nasceu|murió|falleció|nació|est morte?|décédée?|est née?|zmarł[ay]?|urodził[ay]?|умер(?:ла|ли)?|скончал(?:ся|ась)|родил(?:ся|ась)|памёр|памерла|нарадзі(?:ўся|лася)|помер(?:ла)?|народи(?:вся|лася)|gestorben|verstorben|geboren|öldü|vefat etti|doğdu|[وف]?(?:توف[يّى]ت?|مات(?:ت|وا)?|ولدت?|وُلدت?|انولدت?|خلقت))(?!\p{L})/giu;

/** Verbs of writing, asking and promising. Spanish and Portuguese order with the verb for asking, which is left out. */
export const talking = /(?:(?<!\p{L})|(?<=(?<!\p{L})[وف]))(?:wrote|written|asked|told|said|called|phoned|rang|rung|texted|answered|replied|e-?mailed|messaged|promised|complained|contacted|(?:на)?писа(?:л[аи]?|ли|в)|(?:по)?проси(?:л[аи]?|в)|(?:ска|ка)за(?:л[аи]?|в)|говорил[аи]?|(?:по)?обещал[аи]?|(?:по|до|пере)?звонил[аи]?|дозвони(?:лся|лась|лись)|ответил[аи]?|связ(?:ался|алась|ались|ывал\p{L}*)|спрашивал[аи]?|спросил[аи]?|жаловал(?:ся|ась|ись)|обращал(?:ся|ась|ись)|(?:на)?піса(?:ў|л[аі])|(?:па)?прасі(?:ў|л[аі])|(?:с)?каза(?:ў|л[аі])|(?:па)?абяца(?:ў|л[аі])|тэлефанава(?:ў|л[аі])|(?:па|да)?звані(?:ў|л[аі])\p{L}{0,2}|адказа(?:ў|л[аі])|звязва(?:ў|л)\p{L}{0,3}|(?:с)?пыта(?:ў|ў?ся|л[аі])|скардзі(?:ў?ся|л[аі]ся)|звярта(?:ў?ся|л[аі]ся)|обіця(?:в|л[аи])|дзвони(?:в|л[аи])|(?:за|по)?телефонува(?:в|л[аи])|відпові(?:в|л[аи])|(?:na|od)?pisa(?:ł|li|ły)\p{L}*|(?:po)?prosił\p{L}*|odpowiedzia(?:ł|ły)\p{L}*|odpowiedzieli\p{L}*|(?:s)?kontaktował\p{L}*|(?:po)?mówił\p{L}*|powiedział\p{L}*|obieca(?:ł|li|ły)\p{L}*|(?:za|od|do)?dzwoni(?:ł|li)\p{L}*|schrieb\p{L}*|geschrieben|gebeten|gesagt|versprochen|angerufen|telefoniert|kontaktiert|geantwortet|écrit|demandé|promis|téléphoné|répondu|(?:re)?contactée?s?|relancée?s?|(?:m['’]|t['’]|l['’]|j['’]|nous |vous |on )(?:ai|as|a|ont|avez|avons|avait|avais) r?appelée?s?|escrib[ií]\p{L}*|escrito|dij(?:o|eron)|prometi(?:ó|eron|do)|llam(?:é|ó|aron|amos)|(?:he|ha|han|hemos) (?:llamado|contactado|respondido|contestado)|contact(?:é|ó|aron)|respond(?:í|ió|ieron)|contest(?:é|ó|aron)|scritto|chiesto|detto|promesso|telefonato|risposto|(?:ri)?contattat[oaie]|(?:ho|ha|hanno|abbiamo|avete) (?:ri)?chiamat[oaie]|escrevi|escreveram|disse(?:ram)?|prometeram|lig(?:uei|ou|aram|ámos)|telefon(?:ei|ou|aram)|contac?t(?:ei|ou|aram)|respond(?:i|eu|eram)|yazd\p{L}+|yazmış\p{L}*|söyledi\p{L}*|söylemiş\p{L}*|konuşt\p{L}+|konuşmuş\p{L}*|arad[ıi]\p{L}*|aramışt\p{L}*|sord\p{L}+|sormuşt\p{L}*|ded[iı]\p{L}*|demişt\p{L}*|söz verd\p{L}*|görüşt\p{L}+|görüşmüşt\p{L}*|(?:(?:ات|ت)?كلم[تن]\p{L}*|حكيت\p{L}*|راسل[تن]\p{L}*|كتب[تن]\p{L}*|قال(?:وا|ت|ي|لي|ولي|تلي)?|قل[تن]\p{L}*|وعد[تنو]\p{L}*|[إا]تصل(?:[تنو]\p{L}*)?|تصل[تن]\p{L}*|س[أا]ل[تن]\p{L}*|تواصل[تن]\p{L}*|[أا]?بلغ[تنو]\p{L}*|شكي[تن]\p{L}*|هضر[تن]\p{L}*))(?!\p{L})/giu;

/** What is promised to one's own people is no letter to the shop, and opens the story: "yesterday I promised my son an owl. We opened Ultra, and …" */
export const toOwnPeople = /(?<!\p{L})(?:(?:my|our)\s(?:\p{L}+\s)?(?:son|daughter|kids?|children|wife|husband|mum|mom|dad|boy|girl|niece|nephew|grand\p{L}+|class|pupils|client|boss)|сыну|сынишке|дочке|дочери|дочк[еу]|детям|жене|мужу|маме|папе|внук[уе]|внучке|ребёнку|ребенку|ученикам|клиенту|начальнику|сынку|дачц[эы]|дзецям|жонцы|мужу|унуку|унучцы|дзіцяці|вучням|кліенту|доньці|дітям|дружині|чоловікові|онуку|synowi|córce|dzieciom|żonie|mężowi|mamie|wnuk\p{L}+|klientowi|szefowi|meinem sohn|meiner tochter|den kindern|à (?:mon fils|ma fille|mes enfants|ma femme|mon mari|mon client)|a mi (?:hij[oa]|mujer|marido|madre|niet[oa]|client[ea]|jefe)|a mis (?:hij[oa]s|alumnos)|(?:a mio figlio|a mia figlia|ai miei figli|ai bambini|a mia moglie|a mio marito|al cliente)|(?:ao meu (?:filho|marido|neto|cliente)|à minha (?:filha|mulher|neta)|aos meus filhos|às crianças)|oğluma|kızıma|çocuklara|çocuklarıma|eşime|anneme|torunuma|müşterime|patronuma|ل?(?:ابني|بنتي|ابنتي|ولدي|اولادي|أولادي|زوجتي|زوجي|امي|أمي|حفيدي|للأولاد|للاولاد))(?!\p{L})/iu;

/** "Today I get your newsletter: the same book for 39", "today we took another one out of the box": the day of neither. */
export const newsOrUnpacking = new RegExp([
  String.raw`(?<!\p{L})(?:newsletters?|mailshots?|flyers?|leaflets?|adverts?|рассылк\p{L}*|рассылк\p{L}*|розсилк\p{L}*|листовк\p{L}*|реклам\p{L}*|рэклам\p{L}*|biuletyn\p{L}*|newsletter\p{L}*|reklam(?!ac|uj|ow)\p{L}*|ulotk\p{L}*|bülten\p{L}*|bolet(?:ín|in|im)|infolettres?|prospectus|publicité|publicidade?|propaganda|panfleto|pubblicità|volantin\p{L}+|werbung|نشرتكم|نشرة|إعلانكم|إعلان)(?!\p{L})|メルマガ|メールマガジン|広告|チラシ|뉴스레터|소식지|광고|전단`,
  String.raw`(?<!\p{L})(?:(?:took|taken|pulled|lifted|got) (?:\p{L}+ ){0,4}out of (?:the|its|a|that) (?:box|parcel|package|envelope|wrapping|packaging|tube)|unpack(?:ed|ing)|unwrapped|unboxed|open(?:ed|ing) (?:up )?(?:the|that|your|our|my) (?:box|parcel|package|envelope|tube))(?!\p{L})`,
  String.raw`(?<!\p{L})(?:(?:достал|вынул|вытащил|извлек|извлёк)\p{L}* (?:\p{L}+ ){0,3}из (?:коробк|посылк|конверт|пакет|упаковк|тубус)\p{L}*|распаковал\p{L}*|вскрыл\p{L}*|(?:от|рас)крыл\p{L}* (?:\p{L}+ )?(?:коробк|посылк|конверт|бандерол)\p{L}*|(?:дастал|вынял|выцягнул|выцягнул)\p{L}* (?:\p{L}+ ){0,3}(?:са|з) (?:скрын|каробк|пасылк|канверт|пакета|упакоўк)\p{L}*|распакава\p{L}+|адкры(?:ў|л\p{L}) (?:\p{L}+ )?(?:скрын|каробк|пасылк|канверт)\p{L}*|розпакува\p{L}+|відкри(?:в|л\p{L}) (?:\p{L}+ )?(?:коробк|посилк|конверт)\p{L}*)(?!\p{L})`,
  String.raw`(?<!\p{L})(?:wyj(?:ęli|ął|ęł|ąć)\p{L}* (?:\p{L}+ ){0,3}z (?:pudełk|paczk|kopert|karton|opakowani|tub)\p{L}*|rozpakowa\p{L}+|otworzy(?:ł|li)\p{L}* (?:\p{L}+ )?(?:paczk|pudełk|kopert|przesyłk|karton)\p{L}*|(?:paket|karton|umschlag) geöffnet|ausgepackt|aus (?:dem|der) (?:karton|paket|schachtel) (?:geholt|genommen))(?!\p{L})`,
  String.raw`(?<!\p{L})(?:(?:saqu|sac|tir|retir)(?:é|ei|amos|ámos|ó|ou|aron|aram) (?:\p{L}+ ){0,3}d(?:e la caja|el paquete|el sobre|a caixa|o pacote|o embrulho|a embalagem|o envelope)|abr(?:í|i|imos|ió|iu) (?:la caja|el paquete|el sobre|a caixa|a encomenda|o pacote|o embrulho)|desempaqu\p{L}+|desembrulh\p{L}+|desempacot\p{L}+|(?:sortie?s?|retirée?s?) (?:\p{L}+ ){0,3}(?:du (?:carton|colis|paquet)|de l[’']enveloppe|de la bo[iî]te)|déball\p{L}+|ouvert (?:le colis|le paquet|le carton|l[’']enveloppe|la bo[iî]te)|(?:tirat|estratt|tolt)[oaie] (?:\p{L}+ ){0,3}(?:dalla scatola|dal pacco|dalla busta)|scartat[oaie]|spacchettat[oaie]|apert[oa] (?:la scatola|il pacco|la busta|il plico))(?!\p{L})`,
  String.raw`(?<!\p{L})(?:(?:paketi|kutuyu|koliyi|kargoyu|zarfı) açt\p{L}+|(?:و|ف)?(?:فتحت|فتحنا) (?:الطرد|الصندوق|العلبة|الكرتون\p{L}*|الظرف))(?!\p{L})|(?:箱|荷物|小包|封筒|包み|梱包)を?(?:開け|あけ|開封)|(?:상자|박스|택배|소포|봉투|포장)(?:를|을)?\s?(?:열어|열었|열고|뜯어|뜯었|뜯고|개봉)`,
].join('|'), 'giu');

/** "The photos that I sent you on 3 March": the customer's own sending, where pictures are spoken of. */
export const ownSending = new RegExp([
  String.raw`(?<!\p{L})(?:i|we)(?:['’]ve|['’]d| have| had)?(?: \p{L}+)? (?:sent|e-?mailed|forwarded|submitted|supplied)`,
  String.raw`(?<!\p{L})(?:j['’]|je (?:vous |les |l['’]|vous les )?|nous (?:vous |les |l['’]|vous les )?)(?:ai|avais|avons|avions)(?: bien| déjà)? (?:envoy|transm|fourn|adress|télévers)\p{L}+`,
  String.raw`(?<!\p{L})(?:envié|mandé|enviamos|mandamos|(?:he|había|hemos) (?:enviado|mandado)|mandei|enviei|enviámos|mandámos|(?:ho|avevo|abbiamo) (?:mandat|inviat|fornit|girat)[oaie])`,
  String.raw`(?<!\p{L})(?:(?:wy|prze|pode|na|po|do)(?:sł|sył)ał(?:em|am|iśmy|yśmy)|(?:wy|prze|pode|do)słali(?:śmy)|wgrał(?:em|am)|wrzucił(?:em|am)|(?:я|мы)(?: \p{L}+){0,2} (?:отправ|посла|пос[ыл]л|высла|высыла|присла|присыла|скину|загрузи)\p{L}+|(?:отправ|посла|высла|присла|скину|загрузи)\p{L}+(?: \p{L}+){0,2} я|(?:я|мы)(?: \p{L}+){0,2} (?:адправі|дасла|дасыла|высла|пасла|скіну|загрузі|надісла|надсила)\p{L}+)`,
  String.raw`(?<!\p{L})(?:habe|haben|hatte)(?: \p{L}+){0,4}(?:geschickt|gesendet|hochgeladen)|(?<!\p{L})(?:gönder|yolla|yükle)(?:di[mğk]|dı[mğk])\p{L}*|(?<!\p{L})(?:[أا]رسلت|بعثت|بعتت|صيفطت|رفعت)\p{L}{0,5}|(?:私|こちら|当方)(?:が|から)?(?:お)?送(?:った|りした|りしました|付した)|お送りした|(?:제가|저희가)[^.,!?\n]{0,14}?(?:보낸|보냈)|보내\s?드린`,
].join('|'), 'giu');
export const picturesNamed = /(?<!\p{L})(?:photo|picture|image|scan|snap|original|imagen|imáge|imagem|imagens|immagin|foto|scansion|bild|фот|снимк|скан|картин|здым|zdję|zdjec|skan|fot|resim|resm|görsel)\p{L}*|صور|写真|画像|사진/iu;

const anyNews = new RegExp(newsOrUnpacking.source, 'iu');

/** What comes and is no delivery: a letter, unless the goods come in it ("your e-mail with the files"). */
const letter = /(?<!\p{L})(?:(?:an?|your|this|another|the) (?:\p{L}+ ){0,2}(?:e-?mail|message|text|letter|notification|reminder|notice|sms)|письм[оа]|сообщени[ея]|уведомлени[ея]|смс(?:к\p{L}+)?|купон\p{L}*|ліст(?:а|ы)?|паведамленн[еі]|апавяшчэнн[еі]|лист(?:а|и)?|повідомлення|сповіщення|wiadomość|wiadomości|powiadomieni[ea]|(?:wasz|ten|taki|jakiś|nowy) (?:e-?)?mail|kupon\p{L}*|(?:eine|die|ihre) (?:e-?mail|mail|nachricht)|(?:un|le|votre|ce|cet) (?:e-?mail|mail|courriel|message|sms)|(?:un|el|vuestro|su|este) (?:correo|e-?mail|mail|mensaje|aviso)|(?:una|la|vostra|questa) (?:e-?mail|mail|notifica)|(?:un|il|vostro) (?:messaggio|avviso)|(?:um|o|vosso|seu|este) (?:e-?mail|mail|aviso)|(?:uma|a|vossa|sua) (?:mensagem|notificação)|(?:bir|sizden|yeni) mail|mailiniz|mesaj(?:ınız|ı)?|e-?posta(?:nız|sı)?|bildirim(?:iniz|i)?|sms|رسال[ةت]\p{L}*|[إا]يميل\p{L}*|[إا]شعار\p{L}*)(?!\p{L})|メール(?!で|に)|お知らせ|ご案内|通知|クーポン|알림|문자|메일(?!로|에)|쿠폰/iu;
const goods = /(?<!\p{L})(?:files?|portraits?|photos?|pictures?|images?|artwork|restor\p{L}+|файл\p{L}*|портрет\p{L}*|партрэт\p{L}*|фото\p{L}*|картин\p{L}*|карцін\p{L}*|сним\p{L}+|здым\p{L}+|работ\p{L}*|plik\p{L}*|portret\p{L}*|zdjęci\p{L}*|prac\p{L}*|dateien?|bild\p{L}*|fichiers?|retratos?|archivos?|fotos?|ritratt\p{L}|file|ficheiros?|arquivos?|dosya\p{L}*|portre\p{L}*|books?|parcels?|packages?|книг\p{L}*|кніг\p{L}*|посылк\p{L}*|пасылк\p{L}*|książ\p{L}*|paczk\p{L}*|livres?|colis|libros?|paquetes?|libr\p{L}|pacc\p{L}+|livros?|encomendas?|kita\p{L}+|kargo\p{L}*|الملف\p{L}*|ملف\p{L}*|صور\p{L}*|الكتاب|كتاب\p{L}*|الطرد)(?!\p{L})|データ|画像|写真|作品|本が|絵本|荷物|商品|파일|사진|그림|작품|완성|책|택배|상품/iu;

/** What else may come: an answer, a receipt, the money itself. */
const paper = /(?<!\p{L})(?:repl(?:y|ies)|answers?|response|invoice|receipt|confirmation|reminder|code|refund|money|ответ|чек|счёт|счет|квитанци[юя]|подтверждение|напоминание|код|деньги|возврат|адказ|чэк|рахунак|квітанцы[юя]|пацвярджэнне|напамін|грошы|відповідь|чек|рахунок|підтвердження|гроші|odpowiedź|rachunek|faktur[ęay]|paragon|potwierdzenie|przypomnienie|kod|pieniądze|antwort|rechnung|quittung|bestätigung|réponse|facture|reçu|confirmation|rappel|code|argent|respuesta|factura|recibo|confirmación|recordatorio|código|dinero|risposta|fattura|ricevuta|conferma|promemoria|codice|soldi|resposta|fatura|confirmação|lembrete|dinheiro|cevap|cevabı|yanıt|dekont|onay|fiş|kod|رد|ردكم|ردا|فاتورة|إيصال|ايصال|تأكيد|تاكيد|تذكير|كود|المبلغ|الفلوس)(?!\p{L})/iu;

/** What came by these words is a letter, or such a paper. */
export function isOfLetter({ sentence, head: [start, end] }: Hit): boolean {
  const clause = clauseOf({ sentence, start, end });
  return !goods.test(clause) && (letter.test(clause) || paper.test(clause) || anyNews.test(clause));
}

/** "Tuesday's call", "火曜のメールでは", "화요일 통화에서", "salı günkü mailiniz": right behind a day, what was said then. Not what came by it ("メールで届き"). */
const letterOfThatDay = /^(?:['’]s\s(?:(?:e-?)?mail|call|message|reply|letter|chat)(?!\p{L})|(?:の|付けの?|付の)(?:お|ご)?(?:メール(?!で(?:届|受|送|も))|電話|連絡|返信|返事|回答|チャット|メッセージ|やり取り)|(?:에|의|자)?\s?(?:(?:주신|보내신|받은|온)\s)?(?:메일|이메일|전화|통화|연락|답장|답변|채팅|문자|카톡)(?!로)|\s(?:günkü|tarihli)\s(?:e-?)?(?:mail|posta|mesaj|görüşme|telefon|cevab|yanıt))/iu;

/** The clause of this stretch speaks of a letter, and of nothing that was bought. */
export function speaksOfLetter(stretch: Pick<Hit, 'sentence' | 'start' | 'end'>): boolean {
  if (letterOfThatDay.test(stretch.sentence.passage.text.slice(stretch.end, stretch.end + 24))) return true;
  const clause = clauseOf(stretch);
  return !goods.test(clause) && (letter.test(clause) || anyNews.test(clause));
}

function clauseOf({ sentence, start, end }: Pick<Hit, 'sentence' | 'start' | 'end'>): string {
  const { text } = sentence.passage;
  const before = text.slice(sentence.start, start).split(clauseBreak).at(-1) ?? '';
  const behind = text.slice(end, sentence.end).split(clauseBreak)[0] ?? '';
  return before + text.slice(start, end) + behind;
}

const clauseBreak = /[.,;:!?—–、。！？\n]/u;

/** "The $59 of 3 February", "3月3日の59ドル" */
const ofDay = /^\s?(?:of|from|dated|du|del|de|do|em|no|от|за|від|ад|z|vom|بتاريخ|يوم|المؤرخ)\s(?:(?:the|el|le|dia|día|giorno)\s)?$/iu;
const daysOwn = /^(?:の|に支払った|に払った|의|에 결제한|['’]?(?:taki|teki|daki|deki)\s)\s?$/iu;

/** The date is that of a sum that is named right beside it. */
export function isOfSum({ sentence, start, end }: DateMention, money: readonly MoneyMention[]): boolean {
  const { text } = sentence.passage;
  return money.some((sum) => sum.sentence === sentence && (sum.end <= start ? ofDay.test(text.slice(sum.end, start)) : daysOwn.test(text.slice(end, sum.start))));
}

/** Looking into what the bank shows, or its statement that came: "Monday I open the statement", "bugün banka uygulamasına baktım". The charge that is found there is of another day. */
export const lookingUp = new RegExp([
  String.raw`(?<!\p{L})(?:(?:open(?:ed|ing)?|check(?:ed|ing)?|look(?:ed|ing)? (?:at|through|over|in|into)|went through|go(?:ing)? through|read|got|received|logged in(?:to)?|log(?:ged)? on(?:to)?) (?:\p{L}+ ){0,3}(?:statements?|bank(?:ing)?(?: app| account)?|(?:purchase|payment|billing|usage|balance) history)|(?:statement|bill) (?:came|arrived|turned up))(?!\p{L})`,
  String.raw`(?<!\p{L})(?:(?:открыл|посмотрел|заглянул|проверил|просматривал|смотрел|листал|полез|зашла|зашел|зашёл|получил)\p{L}* (?:\p{L}+ ){0,3}(?:выписк|банк|приложени\p{L}+ банка|онлайн-банк|истори)\p{L}*|пришла выписка|(?:адкры|паглядз|зазірну|праверы|праглядз|гарта|атрыма)\p{L}* (?:\p{L}+ ){0,3}(?:выпіск|банк|гістор)\p{L}*|прыйшла выпіска)(?!\p{L})`,
  String.raw`(?<!\p{L})(?:(?:otworzył|zajrzał|spojrzał|sprawdził|przeglądał|przejrzał|dostał|otrzymał)\p{L}* (?:\p{L}+ ){0,3}(?:wyciąg|bank|histori)\p{L}*|przyszedł wyciąg)(?!\p{L})`,
  String.raw`(?<!\p{L})(?:(?:abr[oíi]|abriendo|miré|mirando|revisé|revisando|consulté|vi|recibí) (?:\p{L}+ ){0,3}(?:extracto|estado de cuenta|banco|historial)|(?:llegó|vino) el (?:extracto|estado de cuenta)|(?:ouvert|ouvrant|ouvre|regardé|regardant|consulté|consultant|vérifié|épluché|reçu) (?:\p{L}+ |l[’']){0,3}(?:relevé|appli(?:cation)? (?:de ma |bancaire)|banque|compte bancaire|historique)|(?:relevé|facture de carte) (?:est )?arrivé)(?!\p{L})`,
  String.raw`(?<!\p{L})(?:(?:apro|aperto|aprendo|guardo|guardato|guardando|controllo|controllato|controllando|ricevuto|visto) (?:\p{L}+ |l[’']){0,3}(?:estratto|banca|app della banca|movimenti|storico)|(?:è )?arrivat[oa] (?:l[’'])?estratto|(?:abri|abrindo|olhei|vi|consultei|conferi|verifiquei|recebi) (?:\p{L}+ ){0,3}(?:extra[ct]t?o|fatura|banco|histórico)|(?:chegou|veio) (?:a fatura|o extra[ct]to))(?!\p{L})`,
  String.raw`(?<!\p{L})(?:(?:ekstre\p{L}*|hesap özeti\p{L}*|banka\p{L}*|bankacılı\p{L}+|hesap hareket\p{L}+)(?: \p{L}+){0,2} (?:bak(?:t|ınca|ıyor|arken)|aç(?:t|ınca|arken)|incele|kontrol ett|girdi|girinc|gördü)\p{L}*|ekstre\p{L}* geldi\p{L}*)`,
  String.raw`(?<!\p{L})[وف]?(?:فتحت|راجعت|شفت|اطلعت على|تفقدت|طالعت|وصلني|وصلتني) (?:\p{L}+ ){0,2}(?:كشف|كشوف|تطبيق البنك|البنك|حساب البنك)\p{L}*`,
  String.raw`(?:明細|通帳|銀行アプリ|口座|家計簿)[^、。]{0,8}(?:見(?:た|て|たら|ると)|確認|開(?:いた|いて|くと)|届[いき])|(?:명세서|은행\s?앱|통장|거래\s?내역|이용\s?내역)[^,.]{0,8}(?:보(?:니|고|다가)|봤|확인|열어|열었|받아|받고|조회)`,
].join('|'), 'giu');

/** Taking the picture that was uploaded later: "a photo that I took on 14 August". */
export const takingPictures = new RegExp([
  String.raw`(?<!\p{L})(?:(?:photo\p{L}*|pictures?|snap(?:shot)?s?|shots?|selfies?|images?|scans?) (?:\p{L}+ ){0,4}(?:took|taken|shot|snapped|scanned)|(?:took|taken|shot|snapped) (?:\p{L}+ ){0,3}(?:photo\p{L}*|pictures?|snap(?:shot)?s?|selfies?))(?!\p{L})`,
  String.raw`(?<!\p{L})(?:(?:фот|снимк|снимок|карточк|кадр|здым)\p{L}*,? (?:\p{L}+ ){0,4}(?:снима|снял|сфотографир|сделал|делал|зняў|знял|здыма|сфатаграф|зрабі|зроблен|сделан|снят|щёлкнул|щелкнул)\p{L}*|(?:снимал|снял|сфотографировал|сфатаграфава|здыма)\p{L}* (?:\p{L}+ ){0,3}(?:фот|здым)\p{L}*|сфотографировал\p{L}*|фотографировал\p{L}*|сфатаграфава\p{L}+)(?!\p{L})`,
  String.raw`(?<!\p{L})(?:(?:zdjęci|fot|skan)\p{L}*,? (?:\p{L}+ ){0,4}(?:zrobi|robi|wykona|pstrykn|zeskanowa)\p{L}*|(?:zrobił|robił|pstryknął|pstryknęł)\p{L}* (?:\p{L}+ ){0,3}(?:zdjęci|fot)\p{L}*|sfotografowa\p{L}+)(?!\p{L})`,
  String.raw`(?<!\p{L})(?:(?:fotos?|fotografías?|imagen|retrato) (?:\p{L}+ ){0,4}(?:saqué|sacamos|sacad[ao]s?|tomé|tomamos|tomad[ao]s?|hice|hicimos|hech[ao]s?)|(?:saqué|tomé|hice) (?:\p{L}+ ){0,3}(?:fotos?|fotografías?)|photos?,? (?:\p{L}+ |j[’']|qu[’']){0,5}(?:pris|prise|prises|faite|faites)|(?:pris|fait) (?:\p{L}+ ){0,3}(?:photos?|cliché))(?!\p{L})`,
  String.raw`(?<!\p{L})(?:(?:foto|fotografi[ae]|immagin[ei]) (?:\p{L}+ |l[’']){0,4}(?:scattat[ae]|fatt[ae]|pres[ae])|(?:scattat[oa]|fatto) (?:\p{L}+ ){0,3}(?:foto|fotografi[ae])|(?:fotos?|fotografias?) (?:\p{L}+ ){0,4}(?:tirei|tirámos|tiramos|tirad[ao]s?|fiz|feit[ao]s?)|(?:tirei|tirámos|tiramos|fiz) (?:\p{L}+ ){0,3}(?:fotos?|fotografias?))(?!\p{L})`,
  String.raw`(?<!\p{L})(?:çektiğim\p{L}*|çektiğimiz|çekilmiş|çekilen|çekti[mk]) (?:\p{L}+ ){0,3}(?:foto|resim|resm)\p{L}*|(?<!\p{L})(?:foto|resim|resm)\p{L}* (?:\p{L}+ ){0,2}çek(?:miş|ti|il)\p{L}*`,
  String.raw`(?<!\p{L})(?:صورة|صور|الصورة|الصور) (?:\p{L}+ ){0,3}(?:التقطت\p{L}*|صورت\p{L}*|أخذت\p{L}*|خذيت\p{L}*)|(?<!\p{L})(?:التقطت\p{L}*|صورت\p{L}+)(?!\p{L})`,
  String.raw`(?:撮った|撮影した|撮りました|撮影の)[^、。]{0,6}|(?:찍은|찍었던|촬영한)\s?(?:사진|영상)?`,
].join('|'), 'giu');
