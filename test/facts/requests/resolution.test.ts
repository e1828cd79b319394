import { describe, expect, it } from 'vitest';
import { read } from '../some-mail.ts';

const chosen = (text: string): string | undefined => read(text, 'storybookly').values.preferred_resolution?.value;

describe('what is to be done about a faulty book', () => {
  it.each([
    ['O me mandan otro libro o me devuelven el dinero. Llegó roto, SB-12345.'], ['Me mandáis otro o me devolvéis el dinero, lo que os resulte más fácil. Llegó roto, SB-12345.'], ['Soit vous m’envoyez un nouveau livre, soit vous me remboursez. SB-12345, arrivé déchiré.'],
    ['Renvoyez-moi un livre ou remboursez-moi, comme vous préférez. SB-12345, arrivé déchiré.'], ['O mi mandate un altro libro o mi rimborsate. SB-12345, arrivato strappato.'], ['Ou me mandam outro livro ou me devolvem o dinheiro. SB-12345, chegou rasgado.'], ['Either send me a new one or refund me. SB-12345 came torn.'],
    ['Либо пришлите новую книгу, либо верните деньги. SB-12345, пришла рваная.'], ['Prosimy albo nową książkę, albo zwrot pieniędzy. SB-12345 przyszła podarta.'],
    ["Is there any way you'd do me another copy or give us the £26 back? SB-12345 came torn."], ['Дашліце новую або вярніце грошы. SB-12345 прыйшла парваная.'], ['Potete mandarmene un altro oppure rimborsarmi? SB-12345, arrivato strappato.'], ['¿Me mandan otro o me devuelven el dinero? SB-12345 llegó roto.'],
    ['SB-12345の本が破れていました。返金でも交換でも構いません。'], ['SB-12345の本が破れていました。返金か交換をお願いします。'], ['SB-12345 책이 찢어졌어요. 환불이든 교환이든 상관없어요.'], ['SB-12345 책이 찢어졌어요. 환불이나 교환 부탁드려요.'],
    ['Мне, честно говоря, всё равно, вернёте вы деньги или пришлёте новую книгу. SB-12345, пришла рваная.'], ['Мне, шчыра кажучы, усё роўна, ці вы надрукуеце кнігу наноў, ці вернеце грошы. SB-12345, прыйшла парваная.'],
    ['Дашліце новую кнігу ці вярніце грошы, як вам зручней. SB-12345, прыйшла парваная.'], ['Zwrot albo nowa książka, jak wam wygodniej. SB-12345 przyszła podarta.'], ['İade ya da yeni kitap, hangisi size kolaysa. SB-12345 yırtık geldi.'],
    ['SB-12345 وصل ممزقا. لا مانع لدينا من استرداد المبلغ أو من استلام نسخة بديلة، فأيهما أيسر لكم نقبل به.'], ['Remboursement ou le bon livre, comme vous voulez. SB-12345, ce n’est pas le nôtre.'], ['A refund or the right book, whichever is easier. SB-12345 is somebody else’s.'],
    ['SB-12345 책이 찢어졌어요. 환불이나 새 책이나 편하신 대로 해 주세요.'],
    ['Мне, честно говоря, всё равно, вернёте вы деньги или пришлёте новую книгу. SB-12345, пришла рваная.'], ['Мне, шчыра кажучы, усё роўна, ці вы надрукуеце кнігу наноў, ці вернеце грошы. SB-12345, прыйшла парваная.'],
    ['Дашліце новую кнігу ці вярніце грошы, як вам зручней. SB-12345, прыйшла парваная.'], ['Zwrot albo nowa książka, jak wam wygodniej. SB-12345 przyszła podarta.'], ['İade ya da yeni kitap, hangisi size kolaysa. SB-12345 yırtık geldi.'],
    ['SB-12345 وصل ممزقا. لا مانع لدينا من استرداد المبلغ أو من استلام نسخة بديلة، فأيهما أيسر لكم نقبل به.'], ['Remboursement ou le bon livre, comme vous voulez. SB-12345, ce n’est pas le nôtre.'], ['A refund or the right book, whichever is easier. SB-12345 is somebody else’s.'],
    ['SB-12345 책이 찢어졌어요. 환불이나 새 책이나 편하신 대로 해 주세요.'],
  ])('is left open: %s', (text) => {
    expect(chosen(text)).toBeUndefined();
  });

  it.each([
    ['No quiero que me devuelvan el dinero; quiero que me envíen otro libro. Llegó roto, SB-12345.', 'replacement'], ['Je ne veux pas que vous me remboursiez, envoyez-moi un autre exemplaire. Livre déchiré, SB-12345.', 'replacement'], ['Non voglio che mi rimborsiate, mandatemi un’altra copia. Libro rovinato, SB-12345.', 'replacement'],
    ['Não quero que me devolvam o dinheiro, enviem outro livro. Chegou rasgado, SB-12345.', 'replacement'], ['I don’t want you to refund me, please send another copy. It came torn, SB-12345.', 'replacement'],
    ['Le pido que me lo vuelvan a imprimir, el libro SB-12345 llegó con rayas.', 'replacement'], ['Pouvez-vous m’en réimprimer un ? Le livre SB-12345 est arrivé avec des rayures.', 'replacement'],
    ['No quiero que se queden con mi dinero. El libro llegó roto, SB-12345.', 'refund'], ['O livro chegou rasgado, o dinheiro de volta, por favor. SB-12345.', 'refund'],
    ["I'd like a replacement, or if that's not possible a refund. SB-12345 came torn.", 'replacement'], ['Please refund me, or failing that send a new copy. SB-12345 came torn.', 'refund'], ['Пришлите новую, иначе верните деньги. SB-12345 пришла рваная.', 'replacement'],
    ['El dinero no me interesa, lo que quiero es el mismo libro en condiciones. SB-12345 llegó roto.', 'replacement'], ['Les pages sont déchirées, SB-12345. L’argent ne m’intéresse pas, je veux le même livre.', 'replacement'], ['Chcę tę samą książkę, tylko całą. SB-12345 przyszła podarta.', 'replacement'],
    ['Someone else’s book came in the parcel SB-12345. Send me mine, please.', 'replacement'], ['Le livre SB-12345 reçu est celui d’un autre enfant. Envoyez-moi le mien.', 'replacement'], ['No pacote SB-12345 veio o livro de outra criança. Mandem-me o meu.', 'replacement'], ['В посылке SB-12345 чужая книга. Пришлите мой.', 'replacement'], ['SB-12345 paketinden başka çocuğun kitabı çıktı. Benimkini gönderin.', 'replacement'],
    ['Mandem-me o meu dinheiro de volta, o livro SB-12345 chegou rasgado.', 'refund'], ['I do not want the same book again, I want my money back. SB-12345 came torn.', 'refund'],
    ['SB-12345 came with two or three torn pages, please send me a new copy.', 'replacement'],
    ['SB-12345の本が破れていました。交換をお願いします。無理なら返金してください。', 'replacement'], ['SB-12345の本が破れていました。返金でもいいですが、できれば交換してほしいです。', 'replacement'], ['SB-12345の本が破れていました。お金はいいので同じものをもう一度お願いします。', 'replacement'], ['주문한 SB-12345 책이 배송 중에 찢어져서 도착했어요. 새로 하나 보내 주시면 좋겠습니다.', 'replacement'], ['SB-12345 책이 찢어졌어요. 교환 말고 환불해 주세요.', 'refund'],
    ['住所を書き間違えて本が戻ってしまいました。SB-12345をもう一度送っていただけますか。', 'replacement'],
    ['No quiero el dinero, quiero mi libro. SB-12345 llegó roto.', 'replacement'], ['No quiero el libro, quiero mi dinero. SB-12345 llegó roto.', 'refund'], ['I don’t want my money back, I want my book. SB-12345 arrived torn.', 'replacement'], ['I don’t want the book, I want my money. SB-12345 arrived torn.', 'refund'],
    ['Не нужны мне деньги, мне нужна книга. SB-12345 пришла рваная.', 'replacement'], ['Non voglio i soldi indietro, voglio il mio libro. SB-12345 è arrivato strappato.', 'replacement'], ['Je n’ai que faire d’un remboursement, c’est le livre que je veux. SB-12345 est arrivé déchiré.', 'replacement'],
    ['Riuscireste a farmene avere un’altra copia? Il libro SB-12345 è strappato.', 'replacement'], ['¿Me lo podéis imprimir y mandar? El libro SB-12345 llegó roto.', 'replacement'], ['Mandem-me o livro certo, SB-12345 não é o nosso.', 'replacement'], ['Przyślijcie właściwą książkę, SB-12345 nie jest nasza.', 'replacement'],
    ['Ho scritto via Garibaldi 12 invece di 21, l’ordine SB-12345 è tornato indietro. Mandatemi un’altra copia.', 'replacement'], ['I soldi non sono tornati indietro, ordine SB-12345, libro rotto. Rivoglio indietro i 30 euro.', 'refund'],
    ['SB-12345 przyszła mokra, ale zwrot mnie nie interesuje, chciałabym drugi, suchy egzemplarz.', 'replacement'], ['Книга SB-12345 мокрая. Возврат денег не хочу, хотелось бы просто другой, сухой экземпляр.', 'replacement'], ['Кніга SB-12345 мокрая. Грошай пакуль не прашу, мне трэба сама кніга.', 'replacement'], ['Il libro SB-12345 è bagnato. Il rimborso non mi interessa, vorrei un’altra copia.', 'replacement'], ['Kitap SB-12345 ıslak. Para iadesi istemiyorum, başka, kuru bir nüsha istiyorum.', 'replacement'],
    ['Nowy egzemplarz mnie nie interesuje, SB-12345 przyszła podarta, proszę o zwrot pieniędzy.', 'refund'], ['SB-12345 мокрая, замена нас не устроит, верните деньги.', 'refund'], ['Książka SB-12345 przyszła mokra, proszę o zwrot nie chcę już tej książki.', 'refund'], ['A reprint is no good to us, SB-12345 came soaked; refund me please.', 'refund'], ['SB-12345 came soaked. Please refund the book I don’t want.', 'refund'],
    ['A reprint would only sit on a shelf. I’d sooner have the £31 back. SB-12345 came torn.', 'refund'], ['Новая книга теперь ни к чему, лучше верните деньги. SB-12345 пришла рваная.', 'refund'], ['Nowa książka przyszłaby za późno, wolę zwrot pieniędzy. SB-12345 przyszła podarta.', 'refund'],
    ['Un nuevo ejemplar llegaría tarde, prefiero que me devuelvan el dinero. SB-12345 llegó roto.', 'refund'], ['Un nouvel exemplaire arriverait trop tard, je préfère être remboursée. SB-12345 est arrivé déchiré.', 'refund'],
    ['I’d rather have a new copy than a refund. SB-12345 came torn.', 'replacement'], ['Wolę nową książkę niż zwrot. SB-12345 przyszła podarta.', 'replacement'],
    ['Очень прошу прислать ту, что я заказывала, а не чужую. SB-12345.', 'replacement'], ['SB-12345: чужая книга. Пришлите ту, которую мы заказали.', 'replacement'], ['El libro SB-12345 no es el nuestro. Mándennos el que encargamos.', 'replacement'], ['Il libro SB-12345 non è il nostro. Mandateci quello che abbiamo ordinato.', 'replacement'],
    ['SB-12345 nie jest nasza. Proszę przysłać tę, którą zamówiliśmy.', 'replacement'], ['SB-12345 bizim kitabımız değil. Lütfen sipariş ettiğimizi gönderin.', 'replacement'], ['SB-12345は別の方の本でした。正しい絵本をお送りください。', 'replacement'], ['SB-12345 ليس كتابنا. أرسلوا لنا الكتاب الذي طلبناه.', 'replacement'],
    ['SB-12345 nolu kitap ıslak geldi, yenisini gönderin lütfen para istemiyorum', 'replacement'], ['SB-12345 пришла мокрая, пришлите новую деньги не хочу', 'replacement'], ['Yenisini istemiyorum, paramı iade edin. SB-12345 ıslak geldi.', 'refund'],
    ['A reprint would only sit on a shelf. I’d sooner have the £31 back. SB-12345 came torn.', 'refund'], ['Новая книга теперь ни к чему, лучше верните деньги. SB-12345 пришла рваная.', 'refund'], ['Nowa książka przyszłaby za późno, wolę zwrot pieniędzy. SB-12345 przyszła podarta.', 'refund'],
    ['Un nuevo ejemplar llegaría tarde, prefiero que me devuelvan el dinero. SB-12345 llegó roto.', 'refund'], ['Un nouvel exemplaire arriverait trop tard, je préfère être remboursée. SB-12345 est arrivé déchiré.', 'refund'],
    ['I’d rather have a new copy than a refund. SB-12345 came torn.', 'replacement'], ['Wolę nową książkę niż zwrot. SB-12345 przyszła podarta.', 'replacement'],
    ['Очень прошу прислать ту, что я заказывала, а не чужую. SB-12345.', 'replacement'], ['SB-12345: чужая книга. Пришлите ту, которую мы заказали.', 'replacement'], ['El libro SB-12345 no es el nuestro. Mándennos el que encargamos.', 'replacement'], ['Il libro SB-12345 non è il nostro. Mandateci quello che abbiamo ordinato.', 'replacement'],
    ['SB-12345 nie jest nasza. Proszę przysłać tę, którą zamówiliśmy.', 'replacement'], ['SB-12345 bizim kitabımız değil. Lütfen sipariş ettiğimizi gönderin.', 'replacement'], ['SB-12345は別の方の本でした。正しい絵本をお送りください。', 'replacement'], ['SB-12345 ليس كتابنا. أرسلوا لنا الكتاب الذي طلبناه.', 'replacement'],
    ['SB-12345 nolu kitap ıslak geldi, yenisini gönderin lütfen para istemiyorum', 'replacement'], ['SB-12345 пришла мокрая, пришлите новую деньги не хочу', 'replacement'], ['Yenisini istemiyorum, paramı iade edin. SB-12345 ıslak geldi.', 'refund'],
  ])('is chosen: %s', (text, resolution) => {
    expect(chosen(text)).toBe(resolution);
  });

  it.each([
    'On 5 November I paid £39.90 for SB-12345. A week later the same book costs £24.90. Please refund me the £15 difference.', '5 ноября я купила книгу SB-12345 за 39,90 €. Через неделю она стоит 24,90 €. Верните, пожалуйста, 15 € разницы.', '5 лістапада я купіў кнігу SB-12345 за 39,90 €. Праз тыдзень яна каштуе 24,90 €. Вярніце, калі ласка, 15 еўра розніцы.',
    'J’ai payé 44,90 € le livre SB-12345. Dix jours plus tard il est à 29,90 €. Merci de me rembourser la différence.', '火曜に4,980円で買った絵本(SB-12345)が今日は2,980円です。差額の2,000円を返してもらえますか。',
  ])('is not chosen by who asks for the difference of two prices: %s', (text) => {
    const { reason, values } = read(text, 'storybookly');
    expect([reason, values.preferred_resolution]).toEqual(['price_drop', undefined]);
  });

  it.each([
    'On 5 November I paid £39.90 for SB-12345. A week later the same book costs £24.90. Please refund me the £15 difference.', '5 ноября я купила книгу SB-12345 за 39,90 €. Через неделю она стоит 24,90 €. Верните, пожалуйста, 15 € разницы.', '5 лістапада я купіў кнігу SB-12345 за 39,90 €. Праз тыдзень яна каштуе 24,90 €. Вярніце, калі ласка, 15 еўра розніцы.',
    'J’ai payé 44,90 € le livre SB-12345. Dix jours plus tard il est à 29,90 €. Merci de me rembourser la différence.', '火曜に4,980円で買った絵本(SB-12345)が今日は2,980円です。差額の2,000円を返してもらえますか。',
  ])('is not chosen by who asks for the difference of two prices: %s', (text) => {
    const { reason, values } = read(text, 'storybookly');
    expect([reason, values.preferred_resolution]).toEqual(['price_drop', undefined]);
  });

  it('is chosen where no phrase speaks of it, but a sentence like others that ask for money does', () => {
    expect(chosen('SB-12345 came torn, photo attached. I would like my $30 on my card again.')).toBe('refund');
    expect(chosen('SB-12345 is torn, photo attached. What can you do about it?')).toBeUndefined();
    expect(chosen('On Wednesday I paid 45 euros for SB-12345. On Friday the same book cost 29. Could I have the 16 euros?')).toBeUndefined();
  });
});
