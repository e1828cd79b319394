import { describe, expect, it } from 'vitest';
import { read } from './some-mail.ts';

/** The mails are of Tuesday, 17 March 2026, noon. */
describe('everyday words of Italian, Portuguese and Polish', () => {
  it.each([
    ['storybookly', 'Il libro SB-60214 è arrivato ieri e la bambina non lo molla. Rivorrei la differenza di 13 euro.', 'fulfilled_at', '2026-03-16'],
    ['storybookly', 'Il libro si è degnato di arrivare ieri, a festa finita. Rivorrei i soldi.', 'fulfilled_at', '2026-03-16'],
    ['storybookly', 'Il libro dovrebbe arrivare oggi, ma è tardi. Rivorrei i soldi.', 'fulfilled_at', undefined],
    ['storybookly', 'Recebi o livro no sábado, mas a capa não está colada. Queria o dinheiro de volta.', 'fulfilled_at', '2026-03-14'],
    ['storybookly', 'Kurier zostawił paczkę wczoraj na wycieraczce, okładka jest mokra. Zamówienie SB-52640.', 'fulfilled_at', '2026-03-16'],
    ['storybookly', 'Kurier zostawił wczoraj awizo, książki nadal nie mam. Zamówienie SB-52640.', 'fulfilled_at', undefined],
    ['storybookly', 'O carteiro deixou o pacote ontem à chuva e a capa está ensopada. Encomenda SB-52640.', 'fulfilled_at', '2026-03-16'],
    ['storybookly', 'Ordinato il 20 febbraio, arrivato sabato, e la rilegatura si scolla. SB-1001. Ridatemi i soldi.', 'fulfilled_at', '2026-03-14'],
    ['storybookly', 'Ordinato il 20 febbraio, arrivato sabato, e la rilegatura si scolla. SB-1001. Ridatemi i soldi.', 'paid_at', '2026-02-20'],
    ['storybookly', 'Zamówiłam 20 lutego, w sobotę doszło, grzbiet się odkleja. SB-1001, proszę o zwrot pieniędzy.', 'fulfilled_at', '2026-03-14'],
    ['winno', 'Il ritratto W-5512 mi è arrivato per mail martedì scorso e la bocca è storta. Rivoglio i soldi.', 'fulfilled_at', '2026-03-10'],
    ['winno', 'Gotową pracę (zlec. W-3512) przysłaliście mi mailem w zeszły wtorek. Tło jest kosmiczne. Proszę o zwrot pieniędzy.', 'fulfilled_at', '2026-03-10'],
    ['winno', 'Na semana passada encomendei uma ilustração do nosso cão. Infelizmente ele morreu no domingo. Queria cancelar a encomenda W-100.', 'paid_at', undefined],
    ['winno', 'Preferíamos cancelar o retrato. A artista mostrou-nos o primeiro esboço na terça e estava bonito; devolvam-nos o restante dos 95 € que pagámos.', 'paid_at', undefined],
    ['imgto3d', 'Pieniądze zeszły z konta w zeszły wtorek, proszę o zwrot 79 zł za abonament.', 'paid_at', '2026-03-10'],
    ['imgto3d', 'Jedenastego kupiłem Startera za 79 zł, proszę o zwrot, bo nie jest mi potrzebny.', 'paid_at', '2026-03-11'],
    ['imgto3d', 'Kupiłem Startera 14 III za 79 zł, proszę o zwrot, bo nie jest mi potrzebny.', 'paid_at', '2026-03-14'],
    ['imgto3d', 'Ho preso lo Starter il primo del mese per 19 euro, vorrei il rimborso perché non mi serve.', 'paid_at', '2026-03-01'],
    ['imgto3d', 'Ieri sera, verso le 9, il generatore si è bloccato.', 'occurred_at', '2026-03-16T21:00'],
    ['imgto3d', 'Wczoraj wieczorem koło dziewiątej generator się zawiesił.', 'occurred_at', '2026-03-16T21:00'],
    ['imgto3d', 'Ieri sera le 3 immagini che ho caricato hanno dato errore.', 'occurred_at', '2026-03-16'],
  ] as const)('to %s, "%s": %s is %s', (merchantName, text, name, value) => {
    expect(read(text, merchantName).values[name]?.value).toBe(value);
  });

  it.each([
    ['imgto3d', 'Ho usato metà dei crediti. Vorrei il rimborso dello Starter pagato ieri, viene tutto storto.', 'used_percent', 50],
    ['imgto3d', 'Sobrou um quarto dos créditos. Quero o reembolso do Starter pago ontem, sai tudo torto.', 'used_percent', 75],
    ['imgto3d', 'Quero metade do dinheiro do Starter pago ontem, sai tudo torto.', 'used_percent', undefined],
    ['imgto3d', 'Hoje assinei o Starter e paguei 39,90 no pix, quero o reembolso, o resultado é péssimo.', 'amount', '39.90 BRL'],
    ['imgto3d', 'Ieri verso le 18,30 ho pagato lo Starter, rimborsatemi, il risultato fa schifo.', 'amount', undefined],
    ['storybookly', 'Zamówienie SB-1001 złożone 20 lutego, odebrane z paczkomatu 14 marca, grzbiet się odkleja. Proszę o zwrot pieniędzy.', 'amount', undefined],
    ['stone-ai', 'Zbanowaliście mi konto. Zostało tam 18,20 $ z mojego doładowania z 1 marca (płaciłem TON-em, równo 10 TON). Zwróćcie mi to.', 'amount', '10 TON'],
    ['stone-ai', 'Ho ricaricato 50 dollari il 10 marzo con la carta e me ne restano 31,40 dollari. Vorrei il rimborso, non mi serve più. @abc_def', 'amount_claimed', '31.40 USD'],
    ['imgto3d', 'Wczoraj zapłaciłem 79 zł blikiem, a nie, przepraszam, kartą za Startera, oddajcie, efekt fatalny.', 'payment_method', 'card'],
    ['ai3dgen', 'Stamattina sul base clicco crea e mi resta la pagina bianca.', 'generator', 'base'],
    ['imgto3d', 'w czw kupilam startera, 79 zlotych poszlo z karty, prosze o zwrot bo juz nie potrzebuje', 'paid_at', '2026-03-12'],
    ['imgto3d', 'nn ho usato manco un credito, rimborso dello starter di ieri pls ho cambiato idea', 'credits_used', 0],
    ['winno', 'cancela o W-8110 por favor, vcs falaram q ninguem começou', 'work_started', false],
    ['winno', 'Annullate W-8110 se nessuno ha iniziato, per favore.', 'work_started', undefined],
    ['winno', 'Dwukrotnie poprawialiście portret W-100 i nos dalej krzywy. Proszę o zwrot pieniędzy.', 'revision_count', 2],
    ['winno', 'Dá para mudar a legenda do quadro WN100? A moça disse que ainda não foi pra impressão.', 'printed', false],
    ['winno', 'Zaakceptowałam ostateczne portrety W-5512, ale nos nie jest mój. Proszę o zwrot pieniędzy.', 'approved', true],
    ['winno', 'Il ritratto W-100 non l\'ho approvato perché non mi somiglia. Rivoglio i soldi.', 'approved', undefined],
    ['storybookly', 'Nella busta c\'era il libro di un altro bambino. Non voglio indietro i soldi, mi serve il libro giusto. SB-51877', 'preferred_resolution', 'replacement'],
    ['storybookly', 'Książka SB-77120 przyszła z pogiętą okładką. Nowej nie chcę, wolę pieniądze.', 'preferred_resolution', 'refund'],
  ] as const)('to %s, "%s": %s is %s', (merchantName, text, name, value) => {
    expect(read(text, merchantName).values[name]?.value).toBe(value);
  });

  it.each([
    ['imgto3d', 'Presenterò un esposto all\'Antitrust. Starter pagato ieri 19 euro, il risultato fa schifo, rimborso.', ['legal_threat']],
    ['imgto3d', 'Il prezzo esposto era 19 euro. Starter pagato ieri, il risultato fa schifo, rimborso.', []],
    ['imgto3d', 'System sam odnowił mi plan, którego od dawna nie używam, wczoraj za 79 zł. Proszę o zwrot całej kwoty.', []],
  ] as const)('to %s, "%s": the flags are %j', (merchantName, text, flags) => {
    expect(read(text, merchantName).flags).toEqual(flags);
  });

  it.each([
    ['Proszę uznać moje wczorajsze zgłoszenie za niebyłe. Pisałem, że bank pobrał 30 dolarów dwa razy, ale dziś rano druga blokada zniknęła. Niczego zatem nie trzeba zwracać.', true],
    ['Avevo chiesto il rimborso, ma ho trovato l\'errore io. Non dovete restituire niente.', true],
    ['Proszę uznać moje zgłoszenie za zamknięte. Ale pieniądze proszę zwrócić, 30 dolarów doładowane 10 marca.', undefined],
    ['Non dovete restituire tutto, solo i 20 dollari rimasti. Non mi serve più il servizio.', undefined],
  ] as const)('"%s" takes a request back: %s', (text, withdrawn) => {
    expect(read(text, 'stone-ai').withdrawn).toBe(withdrawn);
  });
});
