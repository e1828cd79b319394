import { describe, expect, it } from 'vitest';
import { read } from './some-mail.ts';

/** A mail of somebody else, handed on with a few words. */
const handedOn = (from: string): ReturnType<typeof read> => read('', 'ai3dgen', {
  from: { name: 'Julien', address: 'julien@atelier.example' },
  segments: [{ kind: 'own', text: 'Je vous fais suivre le message de notre stagiaire.', question: null }, { kind: 'forward', text: `De : Inès <${from}>\nEnvoyé : jeudi 12 mars 2026\n\nHier la page est restée blanche avec une erreur sur Ultra, Firefox 151.`, question: null }],
});

describe('mail in Spanish, French, Italian and Portuguese', () => {
  it.each([
    'Un cargo de 39 € que no he autorizado. Ya he bloqueado la tarjeta con mi banco. Devuélvanme el dinero.', 'Un débit de 39 € que je n’ai jamais autorisé. J’ai déjà fait opposition sur ma carte. Remboursez-moi.', 'Addebito di 39 € mai autorizzato. Ho già bloccato la carta con la banca. Rimborsatemi.',
    'Um débito de 39 € que não autorizei. Já bloqueei o cartão no banco. Reembolsem.',
  ])('disputes nothing by blocking a card: %s', (text) => {
    expect(read(text, 'ai3dgen').flags).not.toContain('chargeback');
  });

  it.each(['Voy a bloquear el cargo con mi banco si no me devuelven los 39 €.', 'Sans réponse je fais opposition au prélèvement auprès de ma banque, rendez-moi les 39 €.', 'Si vous ne remboursez pas les 39 €, je fais opposition.', 'Faccio bloccare l’addebito dalla banca se non rimborsate i 39 €.'])('disputes a payment: %s', (text) => {
    expect(read(text, 'ai3dgen').flags).toContain('chargeback');
  });

  it.each(['No me renovéis más, por favor. Los niños ya no leen cuentos.', 'Merci de ne plus renouveler, mes enfants ont grandi.', 'Non rinnovate più, per favore, i bambini sono cresciuti.', 'Não renovem mais, por favor, as crianças cresceram.'])('ends a subscription that is not to be renewed: %s', (text) => {
    expect(read(text, 'storybookly')).toMatchObject({ topic: 'cancellation', product: 'subscription' });
  });

  it.each(['Me han quitado 30 euros del plan, quiero que me los devolváis, ya no lo necesito.', 'Me suspendieron la suscripción ayer y quiero el dinero de vuelta, ya no la necesito.'])('does not call off what others took or stopped: %s', (text) => {
    expect(read(text)).toMatchObject({ topic: 'refund', flags: [] });
  });

  it.each([
    ['Devolución de saldo.\nMonto: 30 USDT\nFecha de la carga: 4/3/2026\nMotivo: no lo usé', '2026-03-04'], ['Remboursement du solde.\nMontant : 30 USDT\nDate du rechargement : 04/03/2026\nMotif : pas utilisé', '2026-03-04'],
    ['Rimborso del saldo.\nImporto: 30 USDT\nData della ricarica: 04/03/2026\nMotivo: non usato', '2026-03-04'], ['Reembolso do saldo.\nValor: 30 USDT\nData da recarga: 04/03/2026\nMotivo: não usei', '2026-03-04'], ['Cargué 30 dólares de saldo el 4 de marzo y no usé nada, devuélvanmelos.', '2026-03-04'],
    ['Cargué la foto el 4 de marzo y me salió un error. Quiero mi dinero.', undefined],
  ])('knows the day of a top-up: %s', (text, day) => {
    expect(read(text, 'stone-ai').values.paid_at?.value).toBe(day);
  });

  it('knows an order that was placed', () => {
    expect(read('Commande SB-46620. Passée le 2 mars, 36 €. Le livre a daigné arriver le 15, trop tard. Remboursez-moi.', 'storybookly').values).toMatchObject({ paid_at: { value: '2026-03-02' }, fulfilled_at: { value: '2026-03-15' } });
    expect(read('Pedido SB-46620. Realizado el 2 de marzo, 36 €. El libro llegó el 15, tarde. Devolvedme el dinero.', 'storybookly').values).toMatchObject({ paid_at: { value: '2026-03-02' }, fulfilled_at: { value: '2026-03-15' } });
    expect(read('Encargo 10-5208: quiero anularlo, todavía no habéis empezado.', 'winno').values.order_number?.value).toBe('10-5208');
    expect(read('Querría anularlo, ya no lo necesitamos.', 'winno', { subject: 'anular el retrato 10-5208' }).values.order_number?.value).toBe('10-5208');
  });

  it('takes everyday words for what they are', () => {
    expect(read('Est-ce que vous pourriez m’envoyer une facture ?', 'storybookly').reason).toBeNull();
    expect(read('Oigan, en el rastreo dice entregado y no tengo el paquete SB-12345. Devuélvanme el dinero.', 'storybookly').topic).toBe('refund');
    expect(read('J’ai commandé trois livres et je n’en ai reçu aucun, SB-12345. Remboursez-moi.', 'storybookly').values.amount).toBeUndefined();
  });

  it.each([
    ['C’est la troisième version du portrait W-1200, toujours ratée. Remboursez-moi.', 3], ['Ya es la tercera versión del retrato W-1200 y sigue mal, quiero mi dinero.', 3], ['Já é a terceira versão do retrato W-1200 e continua errado, quero o reembolso.', 3],
    ['C’est la troisième fois que vous le refaites, portrait W-1200 toujours raté, remboursez-moi.', 3], ['C’est la troisième fois que je vous écris, portrait W-1200 raté, remboursez-moi.', undefined], ['Es la tercera vez que les escribo por el retrato W-1200, la cara está mal. Quiero mi dinero.', undefined],
  ])('counts rounds by which one it is, and letters not at all: %s', (text, rounds) => {
    expect(read(text, 'winno').values.revision_count?.value).toBe(rounds);
  });

  it('tells what came from what is to come', () => {
    expect(read('Me enviaron otro libro. SB-12345. Devuélvanme el dinero.', 'storybookly').values.preferred_resolution?.value).toBe('refund');
    expect(read('Mándenme otro, el libro SB-12345 llegó roto.', 'storybookly').values.preferred_resolution?.value).toBe('replacement');
    expect(read('Je préfère un nouvel exemplaire, SB-12345 est arrivé déchiré.', 'storybookly').values.preferred_resolution?.value).toBe('replacement');
  });

  it('tells the first of two things from what is due before a day, and a floor from a day', () => {
    expect(read('La prima: lunedì 9 marzo alle 22:50 ho pagato lo Starter, 19,90 €. Vorrei indietro la somma.').values.paid_at?.value).toBe('2026-03-09T22:50');
    expect(read('Paguei 19,90 € antes, no dia 9 de março, e quero o reembolso.').values.paid_at?.value).toBe('2026-03-09');
    expect(read('Ho pagato lo Starter 19,90 €. Rimborsatemi prima del 16 marzo, grazie.').values.paid_at).toBeUndefined();
    expect(read('El libro no llegó, pedido n. 27714. La vecina del 4.º no sabe nada. Devuélvanme el dinero.', 'storybookly').values).toMatchObject({ order_number: { value: '27714' } });
    expect(read('Il libro (ordine n. 27714, 38 euro) non è arrivato, la vicina del 4.º non sa nulla. Rimborsatemi.', 'storybookly').values).toMatchObject({ order_number: { value: '27714' } });
    expect(read('El libro no llegó, son 41 dólares, la vecina del 4.º no sabe nada. Devuélvanme el dinero.', 'storybookly').values.paid_at).toBeUndefined();
  });

  it.each([
    ['Réf. du débit en trop : TRX-0093311. Vous m’avez débité deux fois 14,99 €, remboursez.', 'TRX-0093311'], ['La transazione di troppo è la TRX771-20B, 14,99 € due volte, rimborsatemi.', 'TRX771-20B'], ['The extra transaction is QK-88213, I was charged 14.99 EUR twice.', 'QK-88213'],
    ['Referencia del cargo: 88213771, me cobraron dos veces 14,99 €.', '88213771'], ['The transaction on my iPhone15 with Visa 4412 was made twice, 14.99 EUR.', undefined],
  ])('knows the transaction behind a few words: %s', (text, id) => {
    expect(read(text, 'storybookly').values.transaction_id?.value).toBe(id);
  });

  it.each([
    ['Comprei um pacote de 1.000 créditos. Aí sem perceber usei 120 deles fazendo os brindes. Os outros 880 estão lá. Dá pra estornar?', { credits_total: 1000, credits_used: 120, credits_left: 880 }],
    ['J’ai acheté un pack de 1000 crédits. Sans faire exprès j’en ai utilisé 120. Les 880 autres sont toujours là. Remboursez-moi.', { credits_total: 1000, credits_used: 120, credits_left: 880 }],
    ['Dopo aver bruciato l’85% dei crediti il risultato utile è ZERO. Rivoglio i 49,90 euro.', { used_percent: 85 }], ['J’ai pris 300 crédits, utilisés : 0. Remboursez-moi.', { credits_total: 300, credits_used: 0 }],
    ['Je n’ai profité que de la première quinzaine, d’autant qu’il me reste 40 crédits. Rendez-moi les 12 €.', { credits_left: 40 }], ['Il me reste une quinzaine de crédits sur 40. Remboursez-moi.', { credits_total: 40, credits_left: 15 }],
  ])('counts what is left and what was used: %s', (text, counts) => {
    const { credits_total: total, credits_used: used, credits_left: left, used_percent: share } = read(text).values;
    expect(Object.fromEntries(Object.entries({ credits_total: total, credits_used: used, credits_left: left, used_percent: share }).flatMap(([name, fact]) => (fact === undefined ? [] : [[name, fact.value]])))).toEqual(counts);
  });

  it.each([
    ['Vous m’avez prélevé 12 € le 3 mars, pourriez-vous me reverser la moitié, donc 6 € ?', 'storybookly', '6 EUR'], ['J’ai rechargé 40 dollars hier et on voit 25 dollars crédités, faut me retourner les 15 dollars qui manquent.', 'stone-ai', '15 USD'], ['Ieri ho ricaricato 40 dollari e ne vedo 25, vi chiedo di ridarmi i 15 dollari che mancano.', 'stone-ai', '15 USD'],
  ])('knows the sum that is asked back: %s', (text, brand, sum) => {
    expect(read(text, brand).values.amount_claimed?.value).toBe(sum);
  });

  it('takes what a colleague wrote for the request, where it is only handed on', () => {
    expect(handedOn('ines@atelier.example')).toMatchObject({ topic: 'technical_problem', values: { browser: { value: 'Firefox 151' }, generator: { value: 'ultra' }, account_email: { value: 'julien@atelier.example' } } });
    expect(handedOn('no-reply@atelier.example').values.browser).toBeUndefined();
    expect(handedOn('service@elsewhere.example').values.browser).toBeUndefined();
  });

  it('knows of no print where it is asked whether there is still time', () => {
    for (const text of ['Ainda dá tempo de trocar a data antes de ir pra impressão? Pedido WN-24118.', '¿Llego a tiempo de cambiar la fecha antes de imprimir? Pedido WN-24118.']) expect(read(text, 'winno').values.printed).toBeUndefined();
    expect(read('Corrijan la fecha del pie antes de imprimir, pedido WN-24118.', 'winno').values.printed?.value).toBe(false);
  });

  it('knows a number that a subject ends in where the mail names it again', () => {
    expect(read('Necesito anular el 10-5093, la ilustración digital.', 'winno', { subject: 'anular 10-5093' }).values.order_number?.value).toBe('10-5093');
  });

  it('knows a Telegram name and number as they are written', () => {
    expect(read('Mi usuario de Telegram es pepe_ruiz99, devuélvanme el saldo.', 'stone-ai').values.telegram_id?.value).toBe('@pepe_ruiz99');
    expect(read('Mon ID Telegram : 6 120 044 871. Rendez-moi mon solde.', 'stone-ai').values.telegram_id?.value).toBe('6120044871');
    expect(read('Mi Telegram: +34 612 345 678. Devuélvanme el saldo.', 'stone-ai').values.telegram_id).toBeUndefined();
  });

  it.each(['Pagué 50 y me abonaron 35 dólares, faltan 15.', 'J’ai payé 50 et seulement 35 dollars sont arrivés, il en manque 15.', 'Ho pagato 50 ma sono arrivati solo 35 dollari, ne mancano 15.', 'Paguei 50 e só entraram 35 dólares, faltam 15.'])('knows what is missing: %s', (text) => {
    expect(read(text, 'stone-ai').values).toMatchObject({ amount: { value: '50 USD' }, amount_claimed: { value: '15 USD' } });
  });

  it('knows half past twelve', () => {
    expect(read('Hier vers midi et demi le générateur Turbo a planté : écran noir.').values.occurred_at?.value).toBe('2026-03-16T12:30');
    expect(read('Hier après-midi le générateur Turbo a planté : écran noir.').values.occurred_at?.value).toBe('2026-03-16');
  });

  it.each(['Usé un código promocional y me quedan 10 $ de regalo en el saldo, ¿los puedo retirar?', 'J’ai 10 $ de bonus de bienvenue, puis-je les retirer ?', 'Ho usato un codice promo e ho 10 $ di bonus, posso prelevarli?', 'Usei um código promocional e tenho 10 $ de bônus, posso sacar?'])('knows money that was given: %s', (text) => {
    expect(read(text, 'stone-ai').values.promo_funds?.value).toBe(true);
  });

  it.each(['Contraté el Starter con un código promocional, 9,99 € ayer, y no me gusta. Quiero el reembolso.', 'J’ai pris le Starter avec un code promo hier, 9,99 €, et je n’en ai plus besoin. Remboursez-moi.', 'Ho preso lo Starter con un codice promo ieri, 9,99 €, e non mi serve più. Rimborsatemi.'])('knows that a discount is no such money: %s', (text) => {
    expect(read(text).values.promo_funds).toBeUndefined();
  });

  it.each(['Quiero mis 20 € de ayer, ya he dado de baja la suscripción.', 'Je veux mes 20 €, payés hier.', 'Voglio i miei 20 euro, pagati ieri.', 'Quero os meus 20 reais, paguei ontem.'])('asks for a sum back: %s', (text) => {
    expect(read(text).topic).toBe('refund');
  });

  it('tells a dispute from one that was not begun', () => {
    expect(read('No he pedido la retrocesión al banco: 20 € cobrados dos veces ayer.').flags).toEqual([]);
    expect(read('He pedido la retrocesión al banco: 20 € cobrados dos veces ayer.').flags).toEqual(['chargeback']);
  });

  it.each([
    ['I used 30/300 credits, refund please, changed my mind.', { credits_used: 30, credits_total: 300 }], ['He usado 30/300 créditos. Reembolso, me arrepentí.', { credits_used: 30, credits_total: 300 }], ['Il me reste 250/300 crédits. Remboursez-moi, changé d’avis.', { credits_left: 250, credits_total: 300 }],
    ['Использовал 30/300 кредитов, верните деньги, передумал.', { credits_used: 30, credits_total: 300 }], ['J’ai rien utiliser, remboursez moi, j’ai changé d’avis.', { credits_used: 0 }],
  ])('counts a part and its whole: %s', (text, wanted) => {
    expect(read(text).values).toMatchObject(Object.fromEntries(Object.entries(wanted).map(([name, value]) => [name, { value }])));
  });

  it('takes a month and its year for no part of anything', () => {
    expect(read('Pagué en 12/2025 y en 03/2026. Reembolso, me arrepentí, créditos hay.').values).not.toHaveProperty('credits_total');
  });

  it.each([
    ['Desde el viernes 13 por la tarde el Ultra me da error.', '2026-03-13'], ['El lunes 9 de la noche el Ultra dio error.', '2026-03-16T21:00'], ['Venerdì 13 sera Ultra ha dato errore.', '2026-03-13'], ['Martedì 10 alle 18 Ultra ha dato errore.', '2026-03-10T18:00'],
  ])('tells a day behind a weekday from an hour: %s', (text, moment) => {
    expect(read(text).values.occurred_at?.value).toBe(moment);
  });

  it('reads how French chats write euros', () => {
    expect(read('slt jvoudrai me faire rembourser jai payer hier 19e90 avec paypal').values.amount?.value).toBe('19.90 EUR');
    expect(read('Le modèle 12e12b est raté, remboursez-moi les 20 €.').values.amount?.value).toBe('20 EUR');
  });

  it.each(['Quiero uno nuevo, el libro SB-22222 vino aplastado.', 'Le livre SB-22222 est arrivé abîmé, j’en veux un nouveau.', 'Il libro SB-22222 era schiacciato. Ne voglio uno nuovo.', 'O livro SB-22222 veio amassado. Quero um novo.'])('wants another one: %s', (text) => {
    expect(read(text, 'storybookly').values.preferred_resolution?.value).toBe('replacement');
  });

  it('knows Spanish by the words of a form', () => {
    expect(read('Pagado: 12/03/26. Importe: 24,90€. Créditos usados: 30. Motivo: no cumple lo esperado. Solicito reembolso.').language).toBe('es');
  });
});
