/**
 * How customers take a request back, by language: what they complained of is in order again, or they tell us to forget what they wrote. Stretches of regular
 * expressions, tried sentence by sentence; a space stands for any blanks.
 */
const takenBack: Readonly<Record<string, readonly string[]>> = {
  en: [
    '(?:withdraw|take back|retract|withdrawing|taking back) what (?:i|we)(?: have|[’\']ve)? (?:asked|wrote|said|requested)[^.!?,;]{0,20}', 'no longer need (?:you )?to (?:be refunded|refund (?:me|anything|it)|do anything)', 'never ?mind', '(?:please )?(?:ignore|disregard|forget(?: about)?|scrap) what (?:i|we)(?: have|[’\']ve)? (?:wrote|written|said|asked|sent|told you)[^.!?,;]{0,60}', '(?:you )?(?:need not|needn[’\']t|don[’\']t need to|don[’\']t have to|do not need to|do not have to|no need to) do anything', '(?<=(?:^|[.!,;:–—(\\n]|please|so|and)\\s*)(?:do not|don[’\']t|do) (?:please )?(?:do anything|nothing)(?: (?:any ?more|now|please|yet))?(?=\\s*(?:[.,!:;–—)]|$))', 'no (?:further )?action (?:is )?(?:needed|required|necessary)', '(?:please )?(?:ignore|disregard|forget(?: about)?) (?:my|this|the|that|our|yesterday[’\']s|last (?:night|week)[’\']s) (?:\\w+ ){0,2}(?:e-?mails?|mails?|letters?|notes?|messages?|requests?|tickets?|complaints?|claims?|questions?|refunds?|cancellations?)',
    'not take (?:\\w+ ){0,2}(?:e-?mail|message|request|letter|complaint|claim|note) (?:\\w+ ){0,3}into (?:account|consideration)', '(?:i|we) (?:now )?need no (?:\\w+ )?refund(?: (?:any ?more|any longer|now|after all))', '(?:no longer|don[’\']?t|do not) (?:need|want|require) (?:a |the |my |any )?refund (?:any ?more|any longer|after all|now)', 'no longer (?:need|want|require) (?:a |the |my |any )?(?:refund|replacement|help|assistance)', '(?:refund|replacement) is no longer (?:needed|necessary)',
    '(?:it|everything|this|that|the \\w+) (?:works|is working)(?: fine| again| perfectly)? (?:now|again)', '(?:works|working) (?:again|fine) now', 'works now',
    '(?:problem|issue|matter|it|this|everything|all)(?: has| is|[’\']s)(?: now| been| already){0,2} (?:solved|resolved|sorted(?: out)?|fixed|settled)', '(?:solved|resolved|sorted|fixed) itself', '(?:i|we)(?: have|[’\']ve)? (?:managed to )?(?:solved?|fixed|fix|sorted|resolved?) it(?: out)?(?: myself| ourselves)?',
    '(?:withdraw|withdrawing|retract|taking back|take back) (?:my|the|our|this) (?:\\w+ )?(?:request|claim|complaint|ticket)(?: for (?:a |the |my )?\\w+)?', 'you can close (?:the|this|my) (?:ticket|case|request)', '(?:my|the|our) (?:book|parcel|package|order|delivery) (?:has )?(?:just )?(?:arrived|came|turned up)(?: \\w+){0,3} (?:after all|all (?:is )?good|all (?:is )?well)',
  ],
  ru: [
    'не (?:принима(?:ть|йте)|брать|берите)(?: \\p{L}+){0,3} (?:письм|сообщени|запрос|просьб|обращени|заявк|жалоб|мейл|претензи)\\p{L}* (?:во внимание|в расч[её]т)', 'не (?:принима(?:ть|йте)|брать|берите) (?:во внимание|в расч[её]т)(?: \\p{L}+){0,2} (?:письм|сообщени|запрос|просьб|обращени|заявк|жалоб|мейл|претензи)\\p{L}*', '(?:никакого )?возврата(?: \\p{L}+){0,2} (?:уже |больше |теперь )не (?:нужно|надо|требуется|хочу|хотим|прошу|просим|жду)', 'возвращать(?: \\p{L}+){0,2} (?:уже |больше |теперь )?(?:ничего )?(?:уже |больше )?не (?:нужно|надо|требуется)', 'ничего(?: \\p{L}+){0,2} не (?:делайте|предпринимайте)(?! с )', 'отбой', '(?:возврат|замена|деньги)(?:,? [^.!?,]{1,40},?)? (?:уже |больше |теперь )?не (?:нужен|нужна|нужны|требуется)', 'ничего(?: \\p{L}+){0,2} (?:возвращать|высылать|присылать|менять|делать|отменять)(?: \\p{L}+)? не (?:нужно|надо|требуется)', '(?:уже |больше )?не (?:нужно|надо)(?: \\p{L}+){0,2} (?:ничего )?(?:возвращать|высылать|менять|отменять)', 'считайте(?: \\p{L}+){0,3} не писал[аи]?', '(?:вопрос|проблема|всё|все|уже)(?: уже| сам[аи]?(?: собой)?)? (?:решен[ао]?|решён|решил(?:ось|ся|ась)|снят|снимается|неактуал\\p{L}+|не актуал\\p{L}+)', '(?:уже )?(?:неактуально|не актуально)', '(?:всё|все|уже|теперь|снова|опять)(?: \\p{L}+){0,2} (?:заработал[оаи]?|работает)', '(?:возврат|деньги|замена|помощь|ответ|ничего)(?: \\p{L}+)? (?:уже |больше )не (?:нуж[\\p{L}]+|требуется)', '(?:уже |больше )не (?:нужен|нужна|нужно|требуется) (?:возврат|замена|помощь)',
    '(?:не обращайте внимания|забудьте|проигнорируйте|игнорируйте|не учитывайте)(?: \\p{L}+){0,3}', '(?:отзываю|снимаю|отменяю)(?: \\p{L}+){0,2} (?:заявку|запрос|обращение|претензию|заявление|просьбу)', '(?:заявку|запрос|обращение|тикет)(?: \\p{L}+)? (?:можно|можете) закры(?:ть|вать)', '(?:книга|посылка|заказ)(?: \\p{L}+){0,3} (?:приш(?:ла|ёл|ел)|доставил[иа]|получен[аы]?)(?: \\p{L}+){0,2},? (?:всё|все) (?:хорошо|в порядке|отлично)',
  ],
  be: [
    'не (?:прыма(?:ць|йце)|браць|бярыце)(?: \\p{L}+){0,3} (?:ліст|паведамленн|запыт|просьб|зварот|заяўк|скарг|прэтэнзі)\\p{L}* (?:(?:пад|да|у|ў) (?:увагу|ўвагу|увагі|ўвагі|разлік))', 'не (?:прыма(?:ць|йце)|браць|бярыце) (?:(?:пад|да|у|ў) (?:увагу|ўвагу|увагі|ўвагі|разлік))(?: \\p{L}+){0,2} (?:ліст|паведамленн|запыт|просьб|зварот|заяўк|скарг|прэтэнзі)\\p{L}*', '(?:ніякага )?вяртання(?: \\p{L}+){0,2} (?:ужо |ўжо |больш |цяпер )не (?:трэба|патрэбна|хачу|хочам|прашу)', 'вяртаць(?: \\p{L}+){0,2} (?:ужо |ўжо |больш |цяпер )?(?:нічога )?(?:ужо |ўжо |больш )?не (?:трэба|патрэбна)', 'нічога(?: \\p{L}+){0,2} не (?:рабіце|рабі|прадпрымайце)(?! з )', 'адбой', '(?:вяртанне|замена|грошы)(?:,? [^.!?,]{1,40},?)? (?:ужо |больш |цяпер )?не (?:патрэбн\\p{L}+|трэба)', 'нічога(?: \\p{L}+){0,2} (?:вяртаць|высылаць|дасылаць|мяняць|рабіць|адмяняць)(?: \\p{L}+)? не (?:трэба|патрэбна|варта)', '(?:ужо |больш )?не трэба(?: \\p{L}+){0,2} (?:нічога )?(?:вяртаць|высылаць|мяняць|адмяняць)', 'лічыце(?: \\p{L}+){0,3} не пісал[аі]?', '(?:пытанне|праблема|усё|ўсё)(?: ужо| сам[ао]?)? (?:вырашан[аы]|вырашылася|вырашылась|знята)', '(?:больш|ужо)? ?не ?актуальн\\p{L}+', 'неактуальн\\p{L}+', '(?:усё|ўсё|ужо|цяпер|зноў)(?: \\p{L}+){0,2} (?:запрацавал[аі]|працуе)', '(?:вяртанне|грошы|замена|дапамога)(?: \\p{L}+)? (?:ужо |больш )не (?:патрэбн\\p{L}+|трэба)', '(?:не звяртайце ўвагі|забудзьце|праігнаруйце|ігнаруйце)(?: \\p{L}+){0,3}', '(?:адклікаю|здымаю|адмяняю)(?: \\p{L}+){0,2} (?:запыт|зварот|заяўку|просьбу)', '(?:запыт|зварот|заяўку) можна закры(?:ць|ваць)',
  ],
  uk: [
    'не (?:брати|беріть)(?: \\p{L}+){0,3} (?:лист|повідомлен|запит|проханн|звернен|заявк|скарг)\\p{L}* (?:до уваги)', 'не (?:брати|беріть) (?:до уваги)(?: \\p{L}+){0,2} (?:лист|повідомлен|запит|проханн|звернен|заявк|скарг)\\p{L}*', 'повертати(?: \\p{L}+){0,2} (?:вже |більше )?нічого (?:вже |більше )?не (?:треба|потрібно)', 'нічого(?: \\p{L}+){0,2} не (?:робіть|роби)(?! з )', '(?:питання|проблем[ау]|все|вже)(?: вже| сам[ао]?)? (?:вирішен[оа]|вирішил[оа]ся|знято)', '(?:вже |більше )?не ?актуальн\\p{L}+', '(?:все|вже|тепер|знову)(?: \\p{L}+){0,2} (?:запрацювал[оаи]|працює)', '(?:повернення|гроші|заміна|допомога)(?: \\p{L}+)? (?:вже |більше )не (?:потрібн\\p{L}+|треба)', '(?:не звертайте уваги|забудьте|проігноруйте)(?: \\p{L}+){0,3}', '(?:відкликаю|знімаю|скасовую)(?: \\p{L}+){0,2} (?:запит|звернення|заявку)',
  ],
  fr: [
    '(?:je )?n[’\']ai plus besoin (?:d[’\']être (?:remboursée?|dépannée?|aidée?)|que vous \\p{L}+[^.!?,;]{0,30})', '(?:plus|pas) besoin (?:que vous fassiez|de faire) (?:quoi que ce soit|rien)', '(?<=(?:^|[.!,;:–—(\\n]|alors|et|donc)\\s*)ne (?:faites|fais|faire) (?:plus )?rien(?! (?:pour|avec|de))', 'je (?:retire|reprends) ce que (?:j[’\']ai|je vous ai) (?:demandé|écrit|dit)[^.!?,;]{0,20}', '(?:oubliez?|oublier) ce que (?:j[’\']ai|je vous ai) (?:demandé|écrit|dit)[^.!?,;]{0,20}', '(?:l[’\']argent|le remboursement|la somme) (?:est|m[’\']est|a été) (?:bien |déjà )?(?:là|arrivée?|parvenue?|sur mon compte)',
    '(?:ça|cela|tout|il|elle|le \\p{L}+|la \\p{L}+)(?: \\p{L}+)? (?:re)?(?:fonctionne|marche)(?: \\p{L}+)? (?:maintenant|à nouveau|de nouveau|désormais|bien)', '(?:ça|cela|tout) (?:re)(?:fonctionne|marche)', '(?:le |ce )?(?:problème|souci) (?:est|a été|s[’\']est) (?:\\p{L}+ )?(?:résolu|réglé|arrangé)', 'c[’\']est (?:bon,? c[’\']est )?(?:résolu|réglé|arrangé)', '(?:vous pouvez |merci d[’\']|veuillez |s[’\']il vous plaît )?(?:oubliez?|oublier|ignorez?|ignorer) (?:ma|mon|cette|ce|la) (?:\\p{L}+ )?(?:demande|message|mail|e-?mail|courriel|réclamation|question)',
    '(?:je )?n[’\']ai plus besoin (?:d[’\']un |d[’\']aucun |du |de )(?:remboursement|aide)', '(?:je )?ne (?:veux|souhaite) plus (?:de |être |le |ce )(?:remboursement|remboursée?)', 'je (?:retire|annule|renonce à) (?:ma|mes|toute) (?:demande|réclamation|requête)s?(?: d[e’\'] ?\\p{L}+)?', '(?:plus|pas) la peine,? (?:c[’\']est|tout)', 'laissez tomber',
    'fausse alerte', '(?:ne tenez (?:pas|plus) compte|merci de ne (?:pas|plus) tenir compte) de (?:ma|mon|mes|cette|ce)(?: \\p{L}+){1,2}', '(?:inutile|(?:plus|pas) (?:la peine|besoin)) de (?:faire quoi que ce soit|(?:me |m[’\'])?(?:rembourser|remplacer|renvoyer|répondre)|donner suite)', '(?:ne donnez pas suite|merci de ne pas donner suite)', 'vous n[’\']avez (?:plus )?rien à faire', '(?:vous pouvez |merci de |veuillez )?(?:classer|clôturer|clore|fermer|classez|clôturez|fermez) (?:ma|mon|la|le|ce|cette) (?:demande|dossier|ticket|réclamation)', 'considérez (?:ma|mon|cette|ce) (?:demande|message|mail|réclamation) comme (?:nulle?|annulée?|sans objet)',
  ],
  es: [
    '(?:ya )?no (?:hace falta|es necesario|es preciso)(?: ya)? que (?:me )?(?:hag\\p{L}+|tramit\\p{L}+|gestion\\p{L}+|devuelv\\p{L}+|devolv\\p{L}+|reembols\\p{L}+|env\\p{L}+|mand\\p{L}+) nada', '(?<!que )no hag(?:an|áis|ais|a|as) (?:ya )?nada(?! (?:con|por|hasta|de|al))', 'retiro lo (?:que (?:os|les|le|te) (?:ped[ií]|escrib[ií]|solicit[eé])|dicho|pedido|solicitado)[^.!?,;]{0,20}', '(?:olviden?|olvidad|olvidaos de|olvídense de|olvídate de) lo que (?:(?:os|les|le|te) )?(?:ped[ií]|escrib[ií]|dije|solicit[eé])[^.!?,;]{0,20}', 'ya no necesito que me (?:devolv[aá]is|devuelvan?|reembols\\p{L}+)(?: (?:nada|el dinero))?', '(?:el dinero|el reembolso|la devolución|el importe) (?:ya )?(?:está (?:aquí|en (?:la|mi) cuenta)|me ha llegado|ha llegado|me llegó|lo tengo|me ha entrado)',
    '(?:ya|ahora)(?: \\p{L}+)? (?:funciona|va bien|me funciona|está funcionando)(?: \\p{L}+)?', '(?:vuelve|ha vuelto|volvió) a funcionar', '(?:el )?problema (?:ya )?(?:está|ha sido|fue|quedó|se ha|se) (?:solucionad[oa]|resuelt[oa]|resolvió|solucionó|arreglad[oa]|arregló)', 'ya (?:está|lo he|lo) (?:solucionad[oa]|resuelto|resolví|solucioné|arreglé|arreglado)', '(?:olvid(?:en?|ad|e)|ignor(?:en?|ad|e)|desestimen?|hagan caso omiso (?:de|a))(?: \\p{L}+)? (?:mi|este|esta|el|la)(?: \\p{L}+)? ?(?:solicitud|mensaje|correo|mail|petición|reclamación|consulta)?', 'ya no (?:quiero|necesito|hace falta|es necesari[oa]) (?:el |un |la |una |que me |ning\\p{L}+ )?(?:reembolso|devolución|devuelvan|ayuda|cambio)', 'no (?:tengan?|teng[aá]is|tener|tomen?|tom[eé]is) en (?:cuenta|consideración) (?:mi|el|lo|ese|este|la|esa|esta)(?: \\p{L}+)? ?(?:correo|mail|email|mensaje|solicitud|petición|reclamación|dicho|anterior|que (?:escribí|pedí|dije))', '(?:retiro|anulo|me retracto de) (?:mi|la) (?:solicitud|petición|reclamación|reclamo|queja)(?: de \\p{L}+)?', 'falsa alarma', 'no (?:hace falta|es necesario|hay) que (?:hacer nada|hag[aá][in]s? nada|me (?:devuelv[ae]n?|devolv[aá]is|reembolsen|reembols[eé]is|respondan|respond[aá]is)(?! (?:tod[oa]|más|tanto)))', 'no (?:tienen|tenéis|tiene) que (?:hacer nada|devolverme nada)', '(?:ya )?(?:pueden|podéis|puede) (?:cerrar|archivar) (?:el|mi|este|la|esta) (?:caso|ticket|expediente|reclamo|reclamación|solicitud)', '(?:olvíden(?:se)?|olvídense|olvidaos|olvídate|olvídese) (?:de |lo |de lo )?(?:del|de la|de mi|mi|el) (?:reembolso|correo|mensaje|devolución|mail|solicitud|reclamo)', 'no me hagan caso',
  ],
  it: [
    'non (?:serve|occorre|c[’\']è bisogno)(?: più)? che (?:mi )?(?:facciate|faccia|rimborsiate|restituiate|mandiate|spediate) (?:più )?(?:nulla|niente)', '(?<=(?:^|[.!,;:–—(\\n]|quindi|allora)\\s*)non (?:fate|faccia|facciano|fare) (?:più )?(?:niente|nulla)(?! (?:per|con|di))', 'ritiro (?:quello|quanto|ciò)(?: che)? (?:vi |le )?(?:ho )?(?:chiesto|scritto|richiesto)[^.!?,;]{0,20}', '(?:dimenticate|scordatevi|scordate) (?:quello|quanto|ciò)(?: che)? (?:vi )?(?:ho|avevo) (?:chiesto|scritto|detto)[^.!?,;]{0,20}', 'non ho più bisogno (?:del|di un|di essere|di alcun) rimbors\\p{L}+', '(?:i soldi|il rimborso|l[’\']importo) (?:sono|è|mi sono|mi è) (?:già |ora )?(?:arrivat[oi]|tornat[oi]|sul (?:mio )?conto|qui)',
    '(?:ora|adesso|di nuovo)(?: \\p{L}+)? funziona(?: \\p{L}+)?', 'funziona(?: \\p{L}+)? (?:di nuovo|adesso|ora)', '(?:è )?tornat[oa] a funzionare', '(?:il )?problema (?:è |è stato |si è )(?:\\p{L}+ )?(?:risolto|sistemato)', '(?:ho|abbiamo|tutto|già|è) (?:già )?(?:risolto|sistemato)', '(?:ignor(?:ate|i|a)|dimentic(?:ate|hi|a)|non consider(?:ate|i)|lasci(?:ate|i) (?:perdere|stare))(?: pure)?(?: (?:la|il|questa|questo)? ?(?:mia|mio)? ?\\p{L}+)?', '(?:non (?:voglio|mi serve|ho) più (?:bisogno )?(?:il |del |un )?(?:rimborso|aiuto|sostituzione))', '(?:ritiro|annullo) la (?:mia )?richiesta(?: di \\p{L}+)?', 'come non detto', '(?:consider(?:ate|i|ino)|ritenete|ritenga|dia|date)(?: pure)?(?: \\p{L}+){0,5} (?:nulla|annullata|superata|chiusa|ritirata|come non (?:inviata|scritta|fatta|ricevuta|detta))', 'non mi serve più (?:nessun |alcun )?rimborso', '(?:non (?:tenete|tenga|tengano|tenere)|senza tenere) conto della (?:mia )?(?:\\p{L}+ )?(?:mail|richiesta|segnalazione|email)', 'non (?:dovete|c[’\']è (?:più )?(?:niente|nulla) da|serve) (?:più )?(?:restituir\\p{L}*|rimborsar\\p{L}*|ridar\\p{L}*|da restituire)(?: (?:niente|nulla|più niente|più nulla|i soldi))?(?=\\s*(?:[.,!]|$))',
  ],
  pt: [
    '(?:já )?não (?:é preciso|é necessário|precisam?)(?: mais)? (?:que )?(?:me )?(?:façam|fazer|fazerem|tratem|tratar|devolvam|reembolsem) (?:mais )?nada', '(?<!que )(?:não|nao) (?:façam|faça|façais|faças) (?:mais )?nada(?! (?:com|por|até|de))', 'retiro o que (?:(?:vos|lhes) )?(?:pedi|escrevi|disse|solicitei)[^.!?,;]{0,20}', '(?:esqueçam?|desconsiderem?|ignorem?) o (?:que (?:(?:vos|lhes) )?(?:pedi|escrevi|disse)|(?:meu )?pedido)[^.!?,;]{0,20}', '(?:já )?não preciso (?:mais )?(?:de ser reembolsad[oa]|que me (?:devolvam|reembolsem))(?: nada)?', '(?:o dinheiro|o reembolso|o estorno) (?:já )?(?:cá está|está cá|está na (?:minha )?conta|chegou|caiu na (?:minha )?conta|voltou)',
    '(?:já|agora)(?: \\p{L}+)? (?:está a funcionar|está funcionando|funciona|voltou a funcionar|funcionou)', 'voltou a funcionar', '(?:o )?problema (?:já )?(?:foi|está|ficou|se) (?:resolvid[oa]|solucionad[oa]|resolveu)', '(?:já )?(?:está|foi|ficou|consegui) (?:tudo )?(?:resolvid[oa]|resolver)', '(?:pode[m]? |por favor,? )?(?:ignor(?:ar|em?)|desconsider(?:ar|em?)|esque(?:cer|çam?))(?: \\p{L}+)? (?:o meu|a minha|meu|minha|este|esta|isso)(?: \\p{L}+)?', '(?:já )?não (?:quero|preciso|é) (?:mais )?(?:d?[oae] |necessári[oa] )?(?:reembolso|ajuda|devolução|troca)(?: mais)?', '(?:retiro|cancelo) (?:o meu|meu) pedido de (?:reembolso|ajuda)', '(?:considerem?|deem?|dê|deixem?|fica)(?: \\p{L}+){0,5} (?:sem efeito|encerrad[oa]|anulad[oa])', 'não (?:é preciso|precisam?|precisa|há nada a|têm de) (?:me )?(?:devolver|reembolsar|estornar) (?:nada|coisa nenhuma|o dinheiro|o valor)', 'deix[ae]m? (?:isso )?(?:para lá|pra lá)',
  ],
  pl: [
    'nie (?:brać|bierzcie|bierz)(?: \\p{L}+){0,3} (?:mail|wiadomoś|proś|zgłoszeni|reklamacj|wniosk|list)\\p{L}* (?:pod uwagę)', 'nie (?:brać|bierzcie|bierz) (?:pod uwagę)(?: \\p{L}+){0,2} (?:mail|wiadomoś|proś|zgłoszeni|reklamacj|wniosk|list)\\p{L}*', '(?:żadnego )?zwrotu(?: \\p{L}+)? (?:już |więcej )nie (?:chc\\p{L}+|potrzebuj\\p{L}+|trzeba|oczekuj\\p{L}+)', '(?:nic|niczego)(?: \\p{L}+){0,2} nie (?:róbcie|rób|robić)(?! z )', 'fałszywy alarm', '(?:zwrot|wymiana|pieniądze)(?:,? [^.!?,]{1,40},?)? (?:już )?(?:nie jest|nie są|nie będzie) (?:już )?(?:potrzebn\\p{L}+|konieczn\\p{L}+)', 'nic(?: \\p{L}+){0,2} (?:nie trzeba|nie musicie|nie muszą|nie potrzeba)(?: \\p{L}+){0,2} (?:zwracać|oddawać|wysyłać|wymieniać|robić)', '(?:już )?nie (?:trzeba|musicie|muszą)(?: \\p{L}+){0,3} (?:zwracać|oddawać|wysyłać|wymieniać)', '(?:sprawa|temat|problem|prośba|zgłoszenie)(?: \\p{L}+)? (?:nieaktualn[ayo]|rozwiązan[ayo]|załatwion[ayo]|zamknięt[ayo])', '(?:już )?nieaktualne', '(?:już|teraz|znowu|znów|wszystko)(?: \\p{L}+)? działa', 'problem (?:się )?(?:sam )?(?:się )?(?:rozwiązał|zniknął|został rozwiązany)', '(?:proszę )?(?:zignorować|nie zwracać uwagi|pominąć|zapomnieć)(?: \\p{L}+){0,3}', '(?:nie (?:chcę|potrzebuję) już|już nie (?:chcę|potrzebuję)) (?:zwrotu|pomocy|wymiany)', '(?:wycofuję|anuluję|cofam) (?:moją |swoją |moje )?(?:prośbę|zgłoszenie|reklamację|wniosek)', '(?:uznać|uznajcie|potraktować|potraktujcie|traktować)(?: \\p{L}+){0,4} za (?:niebył|nieaktualn|nieważn|wycofan|zamknięt|załatwion)\\p{L}+', 'niczego(?: \\p{L}+){0,2} nie (?:trzeba|musicie|muszą|potrzeba)(?: \\p{L}+){0,2} (?:zwracać|oddawać|wysyłać|wymieniać|robić)',
  ],
  tr: [
    '(?:(?:[iİ]ade|para iadesi|geri ödeme|[iİ]ptal|değişim|destek) )?(?:(?:talebimi|isteğimi|başvurumu|mesajımı|mailimi) (?:\\p{L}+ )?(?:yok say|unut|görmezden gel)\\p{L}+|(?:talebim|isteğim|başvurum) (?:artık )?(?:geçersiz|geçerli değil|kalmadı|düştü)\\p{L}*)', '(?:sorun|problem|mesele|konu)(?:um|umuz)? (?:\\p{L}+ )?(?:çözüldü|halloldu|düzeldi|kalmadı|kapandı)', '(?:artık|şimdi|tekrar|yeniden)(?: \\p{L}+)? (?:çalışıyor|düzeldi|çalıştı)', '(?:talebimi|mesajımı|mailimi|e-?postamı|isteğimi|başvurumu)(?: \\p{L}+)? (?:dikkate almayın\\p{L}*|görmezden gelin|yok sayın|geri (?:çekiyorum|alıyorum)|iptal (?:ediyorum|edin)|unutun)', '(?:artık )?(?:iade|geri ödeme|yardım) (?:istemiyorum|gerekmiyor|gerek yok|gerek kalmadı)', '(?:artık )?(?:iadeye|geri ödemeye|para iadesine|yardıma)(?: artık)? (?:ihtiyacım(?:ız)? (?:yok|kalmadı)|gerek (?:yok|kalmadı))', '(?:(?:hiç ?)?bir ?şey|(?:hiç ?bir )?işlem) (?:yapmayın\\p{L}*|yapmanıza gerek (?:yok|kalmadı))', '(?:boş verin|önemli değil artık|gerek kalmadı)',
  ],
  ja: ['解決(?:しました|いたしました|済み|できました)', '(?:正常に|無事に?|また|再び)[^。、]{0,8}(?:動き|動作し|使え|できる|使える)[^。]{0,8}(?:ました|ています|ます)', '(?:何も|なにも)(?:して(?:いただか|もらわ|くださら)?なくて|しなくて|なさらなくて|なさらないで|しないで)[^。、]{0,8}(?:結構|けっこう|大丈夫|いい|良い|構い|かまい|ください)', '直りました', '(?:(?:返金|返品|交換|解約|キャンセル|再送|修正)の?ご?)?(?:メール|連絡|依頼|申請|請求|要求|お願い|希望|問い合わせ|お問い合わせ|件)[^。]{0,8}(?:無視して|忘れて|なかったことに|無かったことに|白紙に|取り下げ|取り消し|取り消させ|撤回|キャンセルし)', '(?:返金|交換|対応)[^。]{0,6}(?:不要|必要(?:なくなり|ありません|ない)|けっこう|結構)[^。、]{0,6}(?:です|ました|になりました)?', '取り下げ(?:ます|たい|させて)'],
  ko: ['해결\\s?(?:됐|되었|됨|했)', '아무\\s?(?:것|조치|일)도\\s?(?:안\\s?(?:하셔도|해\\s?주셔도|해도)|하지\\s?(?:마세요|마시고|말아|않으셔도|않아도))', '(?:이제|다시|지금은)[^.。]{0,10}(?:잘\\s?(?:됩니다|돼요|되네요|작동)|정상\\s?(?:작동|입니다)|작동합니다|됩니다)', '(?:(?:환불|교환|반품|취소|해지) ?)?(?:문의|요청|신청|메일)[^.。]{0,10}(?:취소해|취소할게|취소하겠|취소합니다|무시해|철회|없던 ?(?:일|걸|것|거)|거두|접(?:을게|겠)|잊어|신경 ?쓰지)', '(?:환불|교환|도움|답변)[^.。]{0,6}(?:필요\\s?없|안\\s?(?:해도|하셔도)|괜찮)'],
  ar: ['(?:تم|لقد تم|انحلت|حُلت|حلت)\\s?(?:حل)?\\s?(?:ال)?(?:مشكلة|مشكلتي|أمر|موضوع)', '(?:كل شيء|الآن|صار|أصبح|عاد)[^.،]{0,20}(?:يعمل|تعمل|شغال|للعمل)(?:[^.،]{0,10}الآن)?', '(?:تجاهل(?:وا|ي)?|انس(?:وا|ى|َ)?|اعتبروا)\\s(?:رسالتي|طلبي|الرسالة|الطلب|ما|هذا|هذه)[^.]{0,20}', '(?:لم أعد|لا)\\s(?:أريد|أحتاج|بحاجة)[^.]{0,8}(?:استرداد|استرجاع|مساعدة)[^.]{0,15}(?:بعد الآن|الآن)', '(?:لا|ما) (?:تفعل|تعمل|تسو|تدير|ديرو)(?:وا|ون|و|وش|ي)?(?: \\p{L}+)? (?:[أا]ي )?(?:شي(?:ء|ئا|ئًا)?|حاجة)(?! (?:ب|ل))', '(?:أسحب|ألغي|سحبت)\\sطلبي', '(?:عدم |لا ت)[أا]?خذ(?:وا)?\\s(?:رسالت|طلب|الرسال|الطلب|شكوا)[^.،]{0,30}بعين الاعتبار', 'لم [أا]عد (?:[أا]ريد|[أا]حتاج|بحاجة)(?: \\p{L}+){0,2} (?:إلى |ل)?(?:ال)?(?:استرداد|استرجاع|تعويض)', 'لا داعي (?:للرد|لشيء|لأي شيء|بعد الآن)'],
  de: ['(?:hat sich|ist|wurde|alles|schon|bereits)(?: \\p{L}+){0,2} (?:erledigt|gelöst|geklärt|behoben)', '(?:funktioniert|geht|läuft|klappt) (?:jetzt|nun|wieder|inzwischen)', '(?:jetzt|nun|inzwischen)(?: \\p{L}+)? (?:funktioniert|geht|läuft|klappt)', '(?:bitte )?(?:ignorieren|vergessen) sie (?:meine|die|diese) (?:\\p{L}+ )?(?:mail|e-?mail|nachricht|anfrage|bitte)', 'ziehe (?:meine|die) (?:anfrage|forderung|beschwerde) zurück', '(?:brauche|möchte|will) (?:\\p{L}+ )?(?:die erstattung|das geld|keine erstattung)(?: \\p{L}+)? nicht mehr', 'keine erstattung mehr'],
};

/** "Pretend I never wrote", "yazmamışım sayın": what was written is to count for nothing. The "if" in it sets no condition. */
const asIfUnwritten: Readonly<Record<string, string>> = {
  en: '(?:pretend|imagine|carry on|let[’\']s say)(?: as)?(?: if| though| that)? (?:i|we)(?: had| have|[’\']d|[’\']ve)?(?: never| not|n[’\']t)(?: \\w+){0,2} (?:wrote|written|asked|e-?mailed|said|contacted|sent)[^.!?,;:]{0,40}',
  ru: '(?:считайте|будем считать|представьте|сделайте вид|делайте вид|давайте считать),? (?:что|как будто|будто|словно)(?: \\p{L}+){0,3} не (?:писал|просил|обращал|отправлял|спрашивал)[аи]?(?:с[ья])?[^.!?,;:]{0,40}',
  be: '(?:лічыце|лічым|будзем лічыць|уявіце|зрабіце выгляд|рабіце выгляд),? (?:што|нібы|быццам|як быццам|нібыта)(?: \\p{L}+){0,3} не (?:піса(?:ў|л[аі])|прасі(?:ў|л[аі])|звярта(?:ўся|л[аі]ся)|дасыла(?:ў|л[аі]))[^.!?,;:]{0,40}',
  uk: '(?:вважайте|уявіть|зробіть вигляд),? (?:що|ніби|наче|немов)(?: \\p{L}+){0,3} не (?:писа(?:в|л[аи])|проси(?:в|л[аи])|зверта(?:вся|лася|лися))[^.!?,;:]{0,40}',
  pl: '(?:uzna\\p{L}+|przyj(?:mijcie|mij|ąć)|udawa\\p{L}+|potraktowa\\p{L}+|potraktujcie)(?: to)?,? (?:że|tak,? jakby\\p{L}*|jakby\\p{L}*)(?: \\p{L}+){0,3} nie (?:pisał|napisał|prosił|zgłaszał|wysyłał)\\p{L}*[^.!?,;:]{0,40}',
  de: '(?:tun sie|tut)(?: \\p{L}+)?(?: so)?,? als (?:hätte|ob) (?:ich|wir) (?:\\p{L}+ ){0,3}(?:nie|nicht|nichts)(?: \\p{L}+){0,2} (?:geschrieben|gefragt|gebeten)(?: hätte)?',
  es: '(?:haz|haced|hagan|haga|hagamos)(?: de cuenta)? (?:como (?:si|que)|que) (?:yo )?(?:no|nunca)(?: \\p{L}+){0,2} (?:escrito|pedido|dicho|mandado|escribí|pedí|dije|mandé)[^.!?,;:]{0,40}',
  fr: '(?:faites|fais|faisons) comme si (?:je|nous) n[’\'](?:avais|avions) (?:rien|jamais|pas)(?: \\p{L}+)? (?:écrit|demandé|dit|envoyé)[^.!?,;:]{0,40}',
  it: '(?:fate|faccia|facciano|facciamo)(?: finta)? (?:come se|che)(?: \\p{L}+)? non(?: \\p{L}+)? (?:avessi|abbia|ho|avessimo|abbiamo)(?: \\p{L}+){0,2} (?:scritto|chiesto|detto|mandato)[^.!?,;:]{0,40}',
  pt: '(?:façam?|faz|fazem|finjam?|faça)(?: de conta)?,? (?:como se|que) (?:eu )?(?:não|nunca)(?: \\p{L}+){0,2} (?:escrevi|escrito|pedi|pedido|disse|mandei|enviei)[^.!?,;:]{0,40}',
  tr: '(?:yazma|isteme|gönderme|sorma|deme|olma|yazılma)m[ıi]ş\\p{L}*(?: gibi)? (?:say\\p{L}+|farz ed\\p{L}+|varsay\\p{L}+|kabul ed\\p{L}+|düşünün|davranın)|görmemiş (?:olun|sayın)|(?:yok|geçersiz|hükümsüz) say(?:ın|abilirsiniz|arsanız|ınız)|unutun gitsin|boşuna uğraşmayın\\p{L}*|hallettim|hallettik',
  ar: '(?:اعتبر|احسب|افترض)(?:وا?|ي)?(?:ها|ه)?(?: \\p{L}+)? (?:[أاإ]ن(?:ي|ني|نا)?|ك[أا]ن(?:ي|ني|نا|ها|ه)?)(?: \\p{L}+)? ?(?:لم|ما) \\p{L}+[^.،!]{0,30}|ك[أا]ن(?:ها|ه|ي|ني) (?:لم (?:تكن|يكن|[أا]كتب)|ما (?:كانت|كان|كتبت|صارت|صار))|(?:انس[وى]ا?|تناسوا) (?:موضوع|الموضوع|[أا]مر|ال[أا]مر|القصة|السالفة)[^.،!]{0,30}|(?:لا |ما |م)(?:تتعب|تعذب|تتعذب|تشغل)(?:وا?|ون|وش) (?:حالكم|حالكن|[أا]نفسكم|نفسكم|بالكم|راسكم)',
};

/** What takes the taking back: "it works now, but I want my money". Also what makes it a question or a condition. */
const butStill: Readonly<Record<string, string>> = {
  en: 'but|however|still|yet|although|though|if|unless|until|not(?! take (?:\\w+ ){0,2}(?:e-?mail|message|request|letter|complaint|claim|note) (?:\\w+ ){0,3}into)(?! want(?:ed)? (?:you )?to (?:waste|bother|trouble|take))|n[’\']t work', ru: 'но|однако|хотя|если|пока|не работает|всё равно|все равно', be: 'але|аднак|калі(?!\\s+ласка)|хоць|не працуе|усё роўна', uk: 'але|однак|якщо|хоча|не працює|все одно', fr: 'mais|cependant|toutefois|si(?! un jour| jamais| je reviens| j[’\']ai (?:encore|de nouveau) besoin)|bien que|pourtant|quand même', es: 'pero|sin embargo|si(?! algún día| alguna vez| vuelvo)|aunque|todavía|aún|hasta que',
  it: 'ma|però|tuttavia|se(?! un giorno| mai| dovessi| mi (?:ri)?servir)|anche se|ancora|finché|comunque voglio', pt: 'mas|porém|contudo|se(?! um dia| algum dia| alguma vez| (?:eu )?voltar| precisar)|embora|ainda', pl: 'ale|jednak|jeśli|jeżeli|gdyby|choć|nadal|dopóki', tr: 'ama|fakat|ancak|eğer|yine de|hâlâ|hala', de: 'aber|jedoch|wenn|falls|obwohl|trotzdem|noch',
};
const butStillUnspaced: Readonly<Record<string, string>> = { ja: 'しかし|ですが|ましたが|ますが|けど|ただし|もし|たら|(?:できま|動きま|直りま|解決しま)せん|ていません', ko: '하지만|그런데|지만|는데|그래도|만약|안\\s?됩|않', ar: '(?<!\\p{L})(?:و)?(?:لكن|لكني|إذا|لو|ما زال|لا يزال|مع ذلك|لم يتم)' };

/** Behind what sounds like taking it back: "no refund needed, I just need it to work" asks for something else. By language; a space stands for any blanks. */
const wantsInstead: Readonly<Record<string, string>> = {
  en: '(?:i|we)(?: just| only| simply| still)? (?:need|want|would like)(?! (?:to (?:say|thank|let|apologi[sz]e)|nothing|no more))|(?:i|we)[’\']d (?:just |only |still )?like(?! to (?:say|thank|let|apologi[sz]e))|fix (?:it|this|the|that)|send (?:me|us) (?:a|the|another)',
  ru: 'нуж(?:ен|на|но|ны)(?! (?:был|теперь не|больше не))|(?:хочу|хотим|хотел[аи]? бы|хотелось бы)(?! (?:сказать|поблагодарить|извиниться|попросить прощения))|почините|исправьте|чините|пришлите|вышлите',
  be: '(?:патрэб(?:ен|на|ны|ная|ныя)|трэба)(?! был)|(?:хачу|хочам|хацел[аі]? бы?|хацелася б)(?! (?:сказаць|падзякаваць|папрасіць прабачэння))|палагодзьце|адрамантуйце|выпраўце|пачыніце|дашліце|прышліце',
  uk: '(?:потріб(?:ен|на|но|ні)|треба)(?! бул)|(?:хочу|хочемо|хотіл(?:а|и|ося) б)(?! (?:сказати|подякувати|вибачитися))|полагодьте|виправте|надішліть',
  pl: '(?:potrzebuję|potrzebujemy|potrzebn[yaei])|(?:chcę|chcemy|chciał(?:bym|abym))(?! (?:powiedzieć|podziękować|przeprosić))|napraw(?:cie|ić)|przyślijcie',
  fr: 'il (?:me|nous) faut|je (?:veux|voudrais|souhaite)(?! (?:vous remercier|dire|m[’\']excuser))|réparez|corrigez|envoyez', es: '(?:quiero|queremos|necesito|necesitamos)(?! (?:dar|darles|agradecer|decir|pedir disculpas|nada))|arregl(?:en|ad)|env[ií](?:en|ad)',
  it: '(?:voglio|vorrei|vogliamo)(?! (?:ringraziar|dir|scusar))|mi serve|ho bisogno|sistemate|riparate|mandate', pt: '(?:quero|queremos|preciso|precisamos)(?! (?:agradecer|dizer|pedir desculpa|de nada))|arrumem|consertem|corrijam|enviem', de: 'ich (?:will|möchte|brauche)(?! (?:nichts|kein|mich|ihnen|nur danke))|reparieren sie|beheben sie', tr: 'istiyorum|ihtiyacım var|düzeltin|gönderin',
};

/** "Yesterday I wrote that I wanted my money back": what was asked for then is told, not asked again. */
const reported: Readonly<Record<string, string>> = {
  en: '(?:i|we)(?: have|[’\']ve|[’\']d| had)? (?:just |already |only )?(?:wrote|written|asked|emailed|e-mailed|mailed|requested|complained|contacted|demanded)|(?:i[’\']m|i am|it was me|this is) (?:the (?:one|person|lady|man|woman|customer) )?(?:who|that)(?: \\w+){0,2} (?:wrote|asked|emailed|complained|demanded)', ru: '(?:писал|написал|просил|попросил|отправлял|отправил|жаловал)[аи]?(?:с[ья])?|обращал(?:ся|ась|ись)|требовал[аи]?', be: '(?:пісал|напісал|прасіл|папрасіл|дасылал|даслал|скардзіл|патрабавал)[аі]?(?:ся)?|(?:пісаў|напісаў|прасіў|папрасіў|даслаў|скардзіўся|патрабаваў)|звяртал(?:іся|ася)|звяртаўся',
  uk: '(?:писав|написав|просив|надсилав)|(?:писал|написал|просил|надсилал)[аи]|зверта(?:вся|лася|лися)', pl: '(?:pisał|napisał|prosił|poprosił|wysłał|zgłosił|zgłaszał)(?:em|am|iśmy|yśmy)?|pisaliśmy|prosiliśmy', de: 'habe(?: \\p{L}+){0,6} (?:geschrieben|gebeten|verlangt|gefordert)|(?:schrieb|bat)', fr: '(?:j[’\']ai|nous avons|j[’\']avais|je vous avais|je vous ai)(?: \\p{L}+){0,2} (?:écrit|demandé|envoyé|réclamé|exigé)|(?:je|nous) (?:vous )?(?:demand|réclam|exige)(?:ais|ions)',
  es: '(?:soy|somos) (?:la|el|los|quien)(?: que)?(?: \\p{L}+){0,2} (?:escribi|pidi|reclam|mand|envi|exigi)(?:ó|mos|eron|aron)|(?:escribí|pedí|solicité|reclamé|exigí|mandé|envié|he (?:escrito|pedido|mandado)|había (?:pedido|escrito)|escribimos|pedimos|(?:ped|exig)ía(?:mos)?|solicitaba|reclamaba)', it: 'sono (?:io|quell[ao]|colei|colui) che(?: \\p{L}+){0,3} (?:scritto|chiesto|richiesto)|(?:ho|avevo|abbiamo)(?: \\p{L}+){0,2} (?:scritto|chiesto|richiesto|inviato)|chiedevo|chiedevamo', pt: 'sou (?:a|o|quem)(?: que)?(?: \\p{L}+){0,2} (?:escreveu|pediu|reclamou|mandou|enviou|exigiu)|(?:escrevi|pedi|solicitei|enviei|tinha pedido|escrevemos|pedimos|pedia|pedíamos|solicitava)', tr: '(?:yazmıştım|yazdım|istemiştim|talep etmiştim)',
  ja: '(?:メール|連絡|問い合わせ|依頼|申請|お願い|請求|要求|相談)(?:を|の)?(?:し(?:た|まし|てい)|差し上げ(?:た|まし)|送(?:っ|りまし)|いたしま|致しま|させていただい|していただ|の件)', ko: '(?:메일|문의|요청|신청|연락|글)\\s?(?:을|를)?\\s?(?:드렸|드린|보냈|보낸|썼|쓴|남겼|남긴|했|한)|달라고\\s?(?:했|한|하|말씀|메일|연락|부탁)',
};

const compiledReports = new Map<string, RegExp | null>();

/** The sentence tells of an earlier letter. */
export function reportsEarlierLetter(sentence: string, language: string): boolean {
  const words = reported[language];
  const pattern = compiledReports.get(language) ?? (words === undefined ? null : new RegExp((isVerbLast(language) ? words : `(?<!\\p{L})(?:${words})(?!\\p{L})`).replaceAll(' ', '\\s+'), 'iu'));
  compiledReports.set(language, pattern);
  return pattern?.test(sentence) ?? false;
}

/** "My request for a cancellation, please forget it", "forget yesterday's mail about the refund": what is asked for is only named, where such words stand before it. */
const requestNamed = /(?<!\p{L})(?:(?:my|our|the) request|просьб\p{L}+|запрос\p{L}*|заявк\p{L}+|запыт\p{L}*|заяўк\p{L}+|проханн\p{L}+|запит\p{L}*|prośb\p{L}+|wnios\p{L}+|zgłoszeni\p{L}+|demande|solicitud|petición|richiesta|pedido|bitte|antrag|طلب\p{L}*)\s(?:\p{L}{1,5}\s){0,2}$/iu;

const letterAbout = /(?<!\p{L})(?:e-?mails?|mails?|messages?|letters?|notes?|tickets?|courriels?|messagg\p{L}+|correos?|mensajes?|mensage[mn]s?|письм\p{L}+|сообщени\p{L}+|ліст\p{L}*|паведамленн\p{L}+|лист\p{L}*|повідомленн\p{L}+|wiadomoś\p{L}+|mail\p{L}{1,3}|nachrichten?|(?:ال)?رسال\p{L}+|(?:ال)?[إا]يميل\p{L}*)\s(?:\p{L}{1,9}['’]?\s?){0,3}?(?<!\p{L})(?:about|for|on|concerning|regarding|asking|über|wegen|zur?m?|mit|sur|pour|concernant|au sujet d[ue]|à propos d[ue]|demandant|sobre|por|acerca de|pidiendo|sull?[ao]?|sull['’]|per|riguardo|circa|pedindo|насчёт|насчет|про|пра|наконт|щодо|dotycząc\p{L}+|w sprawie|عن|بخصوص|حول)(?:\s|(?<=['’]))(?:\p{L}{1,6}['’]?\s?){0,2}$/iu;

export function namesRequest(before: string): boolean {
  return requestNamed.test(before) || letterAbout.test(before);
}

/** Right before what would take a request back: "il problema non è risolto". */
const negated = '(?<!\\p{L})(?:not|\\p{L}{1,5}n[’\']?t|non|não|nao|no|nie|не|ня|ne|nicht|pas|never|nunca|mai)';

interface Words {
  readonly withdrawing: RegExp;
  readonly but: RegExp;
  readonly instead: RegExp;
  readonly unwritten: RegExp;
}

const compiled = new Map<string, Words | null>();

function wordsOf(language: string): Words | null {
  const known = compiled.get(language);
  if (known !== undefined) return known;
  const [stretches, unspaced, unwritten] = [takenBack[language], butStillUnspaced[language], asIfUnwritten[language] ?? '(?!)'];
  const made = stretches === undefined ? null : {
    withdrawing: new RegExp(unspaced === undefined ? `(?<!\\p{L})(?<!${negated} )(?:${[...stretches, unwritten].join('|')})(?!\\p{L})`.replaceAll(' ', '\\s+') : `(?:${[...stretches, unwritten].join('|')})`, 'giu'),
    unwritten: new RegExp(unwritten.replaceAll(' ', '\\s+'), 'giu'),
    instead: new RegExp(`(?<!\\p{L})(?<!${negated} )(?:${wantsInstead[language] ?? '(?!)'})(?!\\p{L})`.replaceAll(' ', '\\s+'), 'iu'),
    but: new RegExp(unspaced ?? `(?<!\\p{L})(?:${butStill[language] ?? '(?!)'})(?!\\p{L})`.replaceAll(' ', '\\s+'), 'iu'),
  };
  compiled.set(language, made);
  return made;
}

/** A mail that takes a request back says little else. In characters; these scripts say more with fewer. */
const maxChars = 400;
const maxUnspacedChars = 160;

/** Where a text takes a request back. */
export interface Withdrawal {
  readonly start: number;
  readonly end: number;
}

/** Characters of a Japanese or Korean verb, such as "ました". */
const endingOfVerb = 4;

const sentenceStart = /[.!]\s+(?=\p{Lu})|\n+/gu;

function isVerbLast(language: string): boolean {
  return language === 'ja' || language === 'ko';
}

/**
 * Where these words take a request back: in statements of a short mail, with no "but" behind them. What is longer, asks something or goes on with a "but" may want
 * something after all, and is read as any other mail.
 */
export function findWithdrawals(text: string, language: string): readonly Withdrawal[] {
  const words = wordsOf(language);
  if (words === null || text.length > (isVerbLast(language) ? maxUnspacedChars : maxChars)) return [];
  if (/[?？؟]/u.test(text)) return [];
  const found = Array.from(text.matchAll(words.withdrawing), ({ index, 0: said }): Withdrawal => ({ start: index, end: index + said.length }));
  const last = found.at(-1);
  if (last === undefined) return [];
  // "I wrote that two sums were taken, but one of them is gone. So there is nothing to return.": what sentences before it say is told, not asked. Verbs that come last say so in one.
  const from = isVerbLast(language) ? 0 : Math.max(0, ...Array.from(text.matchAll(sentenceStart), ({ index, 0: start }) => index + start.length).filter((at) => at <= last.start));
  const final = found.filter(({ start }) => start >= from);
  // What stands between and behind them.
  const rest = final.map(({ end }, i) => text.slice(end, final[i + 1]?.start)).join(' ');
  // "キャンセルのお願いですが、なかったことに": a "but" within what takes it back turns nothing; the ending of its verb may open one.
  const said = isVerbLast(language) ? final.map(({ end }, i) => text.slice(Math.max(0, end - endingOfVerb), final[i + 1]?.start)).join(' ') : text.slice(from).replace(words.unwritten, ' ');
  return words.but.test(said) || words.instead.test(rest) ? [] : found;
}
