import type { PromiseWords } from './promise-words.ts';

export const tr: PromiseWords = {
  writing: 'spaced',
  refunding: [
    '(?:geri )?iade (?:edeceğiz|edeceğim|ediyoruz|ediyorum|ettik|ettim|ederiz|edilecek~|edilmiştir|edildi|ediliyor|edilir|yapacağız|yapıyoruz|yaptık|yapılacak~|yapıldı|yapılmıştır|edebiliriz)', '(?:geri )?(?:ödeyeceğiz|ödeyeceğim|ödüyoruz|öderiz|ödenecek~|ödendi|ödenir|ödeme yapacağız|ödeme yapılacak~)', 'iade(?:niz|si|yi|nizi)?(?: \\p{l}+)? (?:yapacağız|yapıyoruz|yaptık|yaptım|yapılacak~|yapıldı|onaylandı|onaylanmıştır|onayladık|gerçekleştirilecek~|başlatıldı|başlattık|tamamlandı|alacaksınız|alırsınız|alabilirsiniz)', '(?:iade etmeye|geri vermeye|geri ödemeye) karar (?:verdik|verdim)',
  ],
  giving: [
    '(?:göndereceğiz|göndereceğim|gönderiyoruz|gönderdik|vereceğiz|veriyoruz|verdik|sunuyoruz|sunacağız|yatıracağız|yatırıyoruz|yatırdık|aktaracağız|tanımlayacağız|tanımladık|tanımlıyoruz|ekleyeceğiz|ekliyoruz|ekledik|yükleyeceğiz|yükledik|onayladık|onaylıyoruz|garanti ediyoruz|garanti ederiz|söz veriyoruz|söz veriyorum|sağlayacağız|hediye ediyoruz|hediye edeceğiz|sunabiliriz|verebiliriz|gönderebiliriz)',
    '(?:alacaksınız|alırsınız|alabilirsiniz|elde edeceksiniz)', '(?:gönderilecek~|gönderildi|gönderilmiştir|verilecek~|yatırılacak~|yatırıldı|onaylandı|onaylanmıştır|tanımlanacak~|tanımlandı|eklenecek~|eklendi|yüklenecek~|yüklendi|yola çıktı|yolda)', 'garantili',
  ],
  entitling: ['öngörüyor', 'öngörür', 'hakkınız var', 'hakkına sahipsiniz', 'hak kazandınız'],
  refund: ['(?:para )?iade(?:si|yi|niz|nizi|sini)?', 'paranız(?:ı|ın)?', 'para(?:yı|nın)?', 'tutar(?:ı|ın|ını)?', 'ödeme(?:yi|niz|nizi)?', 'geri ödeme~'],
  replacement: ['değişim(?:i|ini)?', 'yeni (?:bir )?(?:kitap|kopya|ürün|baskı|kitabı|ürünü)', 'yenisi(?:ni)?'],
  credits: ['kredi(?:ler|leri|niz|nizi|lerinizi|leriniz|yi)?', 'jeton~', 'token~'],
  revision: ['düzeltme(?:yi|ler|leri)?', 'revizyon~', 'yeni sürüm~', 'değişiklik(?:leri|ler)?'],
  extra: ['indirim~', 'kupon~', 'hediye (?:çeki|kartı)', 'hediye~', 'bonus~', 'ücretsiz (?:bir )?ay', 'bir ay ücretsiz', 'promosyon~'],
  replacing: ['değiştireceğiz', 'değiştiriyoruz', 'yeniden basacağız', 'yenisini (?:göndereceğiz|gönderiyoruz)'],
  revising: ['düzelteceğiz', 'yeniden (?:yapacağız|çizeceğiz)', 'revize edeceğiz'],
  cancelling: ['iptal (?:ettik|ettim|edeceğiz|edeceğim|ediyoruz|edildi|edilmiştir|edilecek~)'],
  full: ['tam(?: bir)? (?:\\p{l}+ )?iade~', 'tam para', 'tamam(?:ı|ını|en|ının)', 'bütün para~', 'tüm (?:tutar~|para~|ödeme~)', '%? ?100', 'eksiksiz'],
  news: ['yanıt~', 'karar~', 'onay', 'bilgi~', 'haber~', 'talimat~', 'e-?posta~'],
  negatedBefore: ['değil', 'asla', 'olmadan', 'istiyorsunuz', 'yerine', 'ne'],
  negatedAfter: ['değil', 'mümkün değil', 'edilmez', 'yapılmaz', 'reddedilebilir'],
  refusing: ['iade (?:yapamıyoruz|yapamayız|edemiyoruz|edemeyiz|edilemez|öngörmüyor|yapmıyoruz)', 'mümkün değil', 'reddet~', 'dışında tutar', 'gerekçe değildir', 'öngörmüyor'],
  conditions: ['eğer', '\\p{l}+(?:ırsa|irse|ursa|ürse|arsa|erse|dıysa|diysa|diyse|duysa|düyse|tıysa|tiyse|tuysa|tüyse|ıysa|iyse|sa|se)', 'durumunda', 'halinde', 'koşuluyla', 'bağlı~', 'sonra', '\\p{l}+(?:ınca|ince|unca|ünce)', '\\p{l}+ \\p{l}+maz', '\\p{l}+ \\p{l}+mez', 'onaylanan'],
  maybes: ['olabilir', 'mümkün ol~', 'belki', 'olur', 'edebilir', 'edilebilir', 'reddedilebilir', 'takdirimize göre', 'kural olarak', 'söz olarak görmeyin'],
  conjunctions: ['ama', 'fakat', 'ancak', 've', 'bu nedenle', 'ise'],
  soon: ['bugün', 'yarın', 'öbür gün', 'hemen', 'derhal', 'şimdi', 'bu hafta', 'gelecek hafta', 'haftaya'],
  units: { hour: ['saat~'], day: ['gün(?:ü|lük|de|den|e)?'], week: ['hafta~'], month: ['ay', 'aylık', 'ayda'] },
  business: ['iş', 'mesai'],
  clause: ['§+', 'bölüm~', 'madde~', 'kısım~'],
};
