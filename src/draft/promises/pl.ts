import type { PromiseWords } from './promise-words.ts';

export const pl: PromiseWords = {
  writing: 'spaced',
  refunding: [
    '(?:zwrócimy|zwrócę|zwracamy|oddamy|oddam|oddajemy|zwróciliśmy|oddaliśmy|zrekompensujemy|refundujemy|zrefundujemy|wypłacimy|wypłacamy)', '(?:postanowiliśmy|zdecydowaliśmy|zdecydowaliśmy się|możemy|mogę|zobowiązujemy się)(?: \\p{l}+)? (?:zwrócić|oddać|zrekompensować|zrefundować)', '(?:zostanie|zostaną|został|została|zostały|będzie)(?: \\p{l}+)? (?:zwrócon|oddan|zrefundowan|wypłacon)~', 'pieniądze (?:wrócą|zostaną|zostały)',
  ],
  giving: [
    '(?:wyślemy|wyślę|wysyłamy|wysłaliśmy|prześlemy|przesyłamy|damy|dajemy|zaoferujemy|oferujemy|dokonamy|dokonujemy|dokonaliśmy|zlecimy|zleciliśmy|zlecamy|przelejemy|przelewamy|przelaliśmy|przyznamy|przyznajemy|przyznaliśmy|zatwierdziliśmy|zatwierdzamy|gwarantujemy|gwarantuję|obiecujemy|obiecuję|doładujemy|dodamy|dodaliśmy|przywrócimy|zrealizujemy|realizujemy|wystawimy|proponujemy|potwierdzamy|podarujemy)',
    '(?:możemy|chcemy|mogę)(?: \\p{l}+)? (?:zaoferować|wysłać|przesłać|dać|zaproponować|dokonać|przyznać)', '(?:otrzyma|otrzymasz|otrzymają|dostanie|dostaniesz|dostaną|może otrzymać|mogą otrzymać)', '(?:zostanie|zostaną|został|została|zostały|będzie|jest|są)(?: \\p{l}+)? (?:zatwierdzon|wysłan|przyznan|przelan|zlecon|zrealizowan|przetworzon|zagwarantowan|gwarantowan|wykonan|zaakceptowan)~', '(?:jest|są)(?: już)? w drodze', '(?:trafi|trafią|wpłynie|wpłyną|dotrze|dotrą)', 'gwarantowan~',
  ],
  entitling: ['przewiduje', 'przysługuje', 'mają państwo prawo do', 'ma pan prawo do', 'ma pani prawo do', 'należy się'],
  refund: ['zwrot(?:u|em|y|ów)?', 'pieni[aą]dz(?:e|y)', 'refundacj~', 'kwot(?:a|ę|y)', 'należnoś~', 'przelew~', 'środk(?:i|ów)'],
  replacement: ['wymian(?:a|ę|y)', '(?:nową|nowa|drugą) (?:książkę|książka|kopię)', '(?:nowy|drugi) (?:egzemplarz|produkt|towar)', 'zamiennik~'],
  credits: ['kredyt(?:y|ów|ami)?', 'token(?:y|ów)?', 'generacj~'],
  revision: ['popraw(?:ka|ki|kę|ek)', 'korekt~', 'nową wersję', 'zmian(?:y|ę)'],
  extra: ['rabat~', 'zniżk~', 'kupon~', 'bon(?:u|y)?', 'prezent~', 'bonus~', 'darmow~ miesi~', 'miesi~ gratis', 'kod rabatowy', 'voucher~'],
  replacing: ['wymienimy', 'wymieniamy', 'wymieniliśmy', 'wydrukujemy ponownie', 'zostanie wymienion~'],
  revising: ['poprawimy', 'przerobimy', 'skorygujemy'],
  cancelling: ['anulowaliśmy', 'anulowałem', 'anulowałam', 'anulujemy', 'anuluję', '(?:została|został|zostanie|jest)(?: \\p{l}+)? (?:anulowan|rozwiązan)~'],
  full: ['pełn(?:y|a|ą|ego|ej|e)', 'w całości', 'całkowit~', 'cał(?:a|ą|ej|ość|ości) (?:\\p{l}+ )?(?:kwot~|sum~)?', '100 ?%', 'wszystkie pieniądze'],
  news: ['odpowied~', 'decyzj~', 'potwierdzeni~', 'informacj~', 'wiadomoś~', 'instrukcj~', 'e-?mail~'],
  negatedBefore: ['nie', 'ani', 'nigdy', 'bez', 'brak', 'niemożliw~', 'zamiast', 'prosz~', 'czy'],
  negatedAfter: ['nie', 'niemożliw~', 'wyklucz~'],
  refusing: ['nie możemy', 'nie jest możliw~', 'nie przewiduje', 'nie oferujemy', 'nie podlega~', 'odmówić', 'odmow~', 'wyłącza', 'nie jest podstawą'],
  conditions: ['jeśli', 'jeżeli', 'gdy', 'gdy tylko', 'kiedy', 'po (?:potwierdzeniu|zatwierdzeniu|sprawdzeniu)', 'w przypadku', 'pod warunkiem', 'zależ~', 'o ile', 'czy'],
  maybes: ['może', 'mogą', 'możliw~', 'mógłby', 'mogłaby', 'byłoby', 'ewentualn~', 'rozpatr~', 'według własnego uznania', 'co do zasady', 'nie traktować tego jako obietnicy'],
  conjunctions: ['ale', 'jednak', 'lecz', 'i', 'a', 'dlatego', 'więc'],
  soon: ['dziś', 'dzisiaj', 'jutro', 'pojutrze', 'natychmiast', 'od razu', 'niezwłocznie', 'w tym tygodniu', 'w przyszłym tygodniu'],
  units: { hour: ['godzin~', 'godz', 'h'], day: ['dni(?:a|ach)?', 'dzień', 'dób', 'doby', 'dobę'], week: ['tydzień', 'tygodni~'], month: ['miesi~'] },
  business: ['robocz~', 'bankow~'],
  clause: ['§+', 'sekcj~', 'pkt\\.?', 'punkt~', 'rozdział~', 'ust\\.', 'artykuł~', 'klauzul~'],
};
