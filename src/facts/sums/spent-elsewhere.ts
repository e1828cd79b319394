import type { MoneyMention } from './money.ts';

/** What was paid, or would be, in another place: "last year I gave 70 euros for a picture somewhere else". */
const elsewhere = /(?<!\p{L})(?:elsewhere|somewhere else|(?:in|at|from|with) (?:another|a different|some other) (?:shop|store|place|site|website|studio|company|artist|seller|service)|(?:в|на|у|из) друг(?:ом|ой|их) (?:мест\p{L}+|магазин\p{L}*|сервис\p{L}*|сайт\p{L}*|студи\p{L}+|фирм\p{L}+|компани\p{L}+|мастерск\p{L}+)|у (?:другого|других) (?:мастер\p{L}*|художник\p{L}*|продавц\p{L}*|люд\p{L}*)|где-то ещ[её]|(?:у|ў|на) (?:іншым|іншай|іншых|другім|другой) (?:месц\p{L}+|краме|сэрвіс\p{L}*|сайц\p{L}*|студыі|фірме)|в іншому (?:місці|магазині|сервісі)|gdzie indziej|w inn(?:ym|ej) (?:miejscu|sklepie|serwisie|firmie|studiu|pracowni)|na innej stronie|u innego (?:grafika|artysty|sprzedawcy)|anderswo|woanders|in einem anderen (?:laden|shop|studio)|en otr[oa] (?:sitio|lugar|tienda|parte|página|web|empresa|estudio)|ailleurs|dans un(?:e)? autre (?:magasin|boutique|site|endroit|studio|atelier)|altrove|da un['’]altra parte|in un altro (?:negozio|sito|posto|studio)|n?outr[oa] (?:sítio|lado|lugar|loja|site|estúdio)|em outr[oa] (?:lugar|loja|site|estúdio)|başka (?:bir )?(?:yerde|yere|yerden|siteden|sitede|firmadan|firmaya|mağazada|mağazadan|stüdyoya)|في (?:مكان|محل|متجر|موقع) [آأا]خر|عند غيركم|من مكان ثاني)(?!\p{L})|(?:他|別|よそ)の(?:店|お店|サイト|業者|会社|ところ|所|サービス|スタジオ)|よそで|다른\s?(?:곳|데|업체|사이트|가게|회사|스튜디오)(?!로)/iu;

const clauseBreak = /[,;:!?—–、。！？\n]|\.(?!\d)/u;

export function isSpentElsewhere({ sentence, start, end }: MoneyMention): boolean {
  const { text } = sentence.passage;
  const before = text.slice(sentence.start, start).split(clauseBreak).at(-1) ?? '';
  const behind = text.slice(end, sentence.end).split(clauseBreak)[0] ?? '';
  return elsewhere.test(`${before} ${behind}`);
}
