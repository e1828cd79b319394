import type { Telling } from './concept-scores.ts';
import { sentenceText } from '../text/sentences.ts';
import type { Sentence } from '../text/sentences.ts';

/** "I've no idea where it is in the queue": who does not know how far the work or the print is, in each language. */
const unsure: readonly RegExp[] = [
  /\b(?:no (?:idea|clue)|(?:do(?:n['’]?t| not)|ca(?:n['’]?t|nnot)) (?:know|tell|see)|not (?:sure|certain)|unsure|dunno)\b[^.!?]{0,40}\b(?:queue|print(?:ed|ing|ers?)?|start(?:ed)?|begun|progress|stage|far|along|where (?:it|things?|you|the \w+) (?:is|are))\b/iu,
  /(?<!\p{L})(?:не знаю|не в курсе|не уверен[аы]?|понятия не имею|не ведаю|ня ведаю|паняцця не маю)(?!\p{L})[^.!?]{0,40}(?:начал|начат|приступил|печат|стади|этап|очеред|пачал|пачат|друк|стадыі|этапе|чарзе)/iu,
  /(?<!\p{L})(?:nie wiem|nie mam pojęcia|nie jestem pewn[ay])(?!\p{L})[^.!?]{0,40}(?:zacz|druk|etap|kolej)/iu,
  /(?<!\p{L})(?:weiß nicht|weiss nicht|keine ahnung|nicht sicher)(?!\p{L})[^.!?]{0,40}(?:angefangen|begonnen|druck|stand|weit)/iu,
  /(?<!\p{L})(?:sais pas|ne sais|ignore|aucune idée|pas sûre?)(?!\p{L})[^.!?]{0,40}(?:commenc|impr[ie]|en êtes|en est|stade)/iu,
  /(?<!\p{L})(?:no s[eé]|ni idea|no tengo idea|desconozco|non so|nessuna idea|n[ãa]o sei|nem ideia|fa[çc]o ideia)(?!\p{L})[^.!?]{0,40}(?:empez|comenz|inici|impr[ie]|cola|cominci|stamp|a che punto|coda|come[çc]|fila)/iu,
  /(?:başla|bask)\p{L}*\s[^.!?]{0,20}bilmiyor/iu,
];

/** What the merchant's own page says they do know. */
const readOff = /\b(?:page|status|dashboard|tracker|tracking|account|site|app)\b[^.!?]{0,20}\b(?:says?|said|shows?|showed|reads?)\b/iu;

export function isUnsureOfProgress(sentences: readonly Sentence[]): boolean {
  const own = sentences.filter(({ passage }) => passage.kind === 'own').map(sentenceText);
  return own.some((text) => unsure.some((pattern) => pattern.test(text))) && !own.some((text) => readOff.test(text));
}

/** "Whether it has been printed I do not know". */
const notKnown = /(?<!\p{L})(?:(?:do(?:n['’]?t| not)|ca(?:n['’]?t|nnot)) (?:know|tell|say|see)|no (?:idea|clue)|not (?:sure|certain)|unsure|dunno|wonder(?:ing)?|не знаю|не в курсе|(?:мне )?неизвестно|не уверен[аы]?|понятия не имею|непонятно|(?:не|ня) ведаю|невядома|не ўпэўнен[аы]?|паняцця не маю|невідомо|nie wiem|nie wiadomo|nie mam pojęcia|nie jestem pewn[ay]|weiß (?:ich )?(?:es )?nicht|keine ahnung|nicht sicher|no (?:lo )?s[eé]|ni idea|no tengo idea|desconozco|(?:ne )?(?:le )?sais pas|ignore|aucune idée|pas sûre?|non (?:lo )?so|nessuna idea|n[ãa]o (?:o )?sei|nem ideia|n[ãa]o fa[çc]o ideia|bil(?:miyor|emiyor)\p{L}*|emin değil\p{L}*|haberim yok|(?:لا|ما|مو|مش) (?:[أا]عرف|[أا]دري|عارفة?|مت[أا]كدة?)|مدري|لست مت[أا]كدا?ً?)(?!\p{L})|(?:分か|わか|判)(?:りませ|らな|らず)|知りません|存じません|不明|모르겠|모릅니다|몰라|모르는데|알\s?수\s?없/giu;
const adversative = /(?<!\p{L})(?:but|however|но|однако|а|але|аднак|ale|jednak|aber|pero|mais|ma|però|mas|porém|ama|fakat|لكن)(?!\p{L})|けど|けれど|ですが|ますが|ませんが|지만|는데/iu;
/** What is shown there is known: "not sure how far you are, the page says queued". */
const shownThere = /(?<!\p{L})(?:page|status|dashboard|tracker|tracking|site|app|сайте|кабинете|статус\p{L}*|странице|сайце|кабінеце|старонцы|stronie|panelu|statusie|web|página|site|sito|pagina|seite|sayfa\p{L}*|الموقع|الصفحة)(?!\p{L})|ページ|サイト|ステータス|페이지|사이트|상태/iu;
const asked = /^[^.!?。！？\n]{0,40}[?？؟]/u;
/** "It has gone to print already, could you stop it?" */
const clauseBreak = /[,;:、，]/u;

/** "Is there still time before it is printed?" */
const stillTime = /(?<!\p{L})(?:(?:still|enough) (?:be |have |got )?time|too late|in time|ainda (?:dá|há|tenho|temos|vou a|vamos a) tempo|(?:estoy|estamos|llego|llegamos|voy|vamos) (?:todavía |aún )?a tiempo|(?:hay|queda) tiempo|(?:demasiado )?tarde (?:para|ya)|encore (?:le )?temps|à temps|trop tard|(?:sono|siamo|faccio|facciamo) (?:ancora )?in tempo|ancora (?:in )?tempo|troppo tardi|tarde demais|не поздно|успе(?:ю|ем|ете|ваю|ваем)|ня позна|не позна|паспе(?:ю|ем|еце)|zdąż(?:ę|ymy|ycie)|jest (?:jeszcze )?czas|za późno|noch zeit|zu spät|vakit var|geç mi|yetişir mi|هل (?:فات|لسه|ما زال)|في وقت)(?!\p{L})|間に合|늦(?:었|지|은)/iu;

/** "Think of the environment before you print": the footer of a company's mails, of no print of ours. */
const greenThing = /(?<!\p{L})(?:environment|planet|trees?|paper|umwelt|bäume|papier|environnement|planète|arbres?|nature|ambiente|planeta|pianeta|alber[oi]|árbol(?:es)?|árvores?|papel|carta|środowisk\p{L}*|drzew\p{L}*|planet\p{L}*|окружающ\p{L}+|природ\p{L}*|планет\p{L}*|дерев\p{L}*|бумаг\p{L}*|навакольн\p{L}+|прырод\p{L}*|дрэв\p{L}*|довкілл\p{L}*|çevre\p{L}*|doğa\p{L}*|ağaç\p{L}*|(?:ال)?بيئ[ةه]|الأشجار|الشجر)(?!\p{L})|環境|地球|자연|환경|나무/iu;
const careFor = /(?<!\p{L})(?:think|consider|care|mind|save|protect|respect|denk\p{L}*|bedenk\p{L}*|schon\p{L}*|schütz\p{L}*|pi?ens\p{L}{1,4}|songe[zr]?|préserv\p{L}+|protég\p{L}+|respect\p{L}+|considera|cuid\p{L}+|proteg\p{L}+|prot[eé]j\p{L}+|respet\p{L}+|respeit\p{L}+|poup\p{L}+|rispett\p{L}+|salv\p{L}+|pomyśl\p{L}*|zastanów\p{L}*|chro[nń]\p{L}*|oszczędz\p{L}*|szanuj\p{L}*|подума\p{L}+|позабот\p{L}+|берег\p{L}+|сохран\p{L}+|падума\p{L}+|беражы\p{L}*|бережі\p{L}*|düşün\p{L}*|koru\p{L}*|فكر\p{L}*|حافظ\p{L}*)(?!\p{L})|考え|配慮|守|検討|생각|보호|지키|고려/iu;

/** How far the work or the print is, is not told: the writer does not know, or asks. */
export function isLeftOpen({ sentence, start, end }: Telling, isQuestion: boolean): boolean {
  const { text } = sentence.passage;
  if (greenThing.test(sentenceText(sentence)) && careFor.test(sentenceText(sentence))) return true;
  const isUnknown = [...sentenceText(sentence).matchAll(notKnown)].some(({ index, 0: said }) => {
    const [from, to] = [sentence.start + index, sentence.start + index + said.length];
    const between = start >= to ? text.slice(to, end) : text.slice(end, from);
    return !adversative.test(between) && !shownThere.test(between);
  });
  const behind = text.slice(end, sentence.end + 1);
  return isUnknown || (stillTime.test(sentenceText(sentence)) && /^[^.!?。！？\n]*[?？؟]/u.test(behind)) || (isQuestion && asked.test(behind) && !clauseBreak.test(behind) && !clauseBreak.test(text.slice(sentence.start, start)));
}
