export interface Text {
  readonly lang: string;
  readonly text: string;
}

/** Many scripts, directions and kinds of emoji; quotes, slashes, line breaks; one longer than a classic post. */
export const texts: readonly Text[] = [
  { lang: 'en', text: 'First frost on the allotment this morning ❄️ and the leeks do not mind at all.' },
  { lang: 'en', text: 'Does anyone have a spare "M6 x 40" bolt near the harbour? Asking for a bridge.' },
  {
    lang: 'en',
    text: 'Long thread ahead. The ferry left at six, the fog at seven, and we at eight, which is how we missed both. The captain said the tide waits for nobody, the harbour master said it waits for him, and the gulls said what gulls say. We had soup. #ferry #fog',
  },
  { lang: 'es', text: 'Se nos fue la luz en todo el barrio, pero quedan velas y guitarra 🎸 #Valparaíso' },
  { lang: 'pt', text: 'Maré baixa às 6h40. Quem vem? 🏄🏽‍♂️🌊' },
  { lang: 'fr', text: 'L’été n’est pas fini : il reste des abricots à la ferme d’à côté 🍑' },
  { lang: 'de', text: 'Straßenbahn 4 fährt heute über die Brücke /Umleitung bis 18 Uhr/ 🚋' },
  { lang: 'nb', text: 'Nysnø på vidda, og kaffen smaker deretter ☕️' },
  { lang: 'tr', text: 'İskeledeki çaycı bugün de aynı şarkıyı çalıyor 🎶' },
  { lang: 'pl', text: 'Zażółć gęślą jaźń: klawiatura działa.' },
  { lang: 'ru', text: 'Мост открыли на час раньше, птицы недовольны 🐦' },
  { lang: 'uk', text: 'Соняшники вже вищі за паркан 🌻' },
  { lang: 'ar', text: 'افتتاح المعرض مساء اليوم، والدعوة عامة 🏛️' },
  { lang: 'he', text: 'מי השאיר את האופניים ליד הספרייה? 🚲' },
  { lang: 'hi', text: 'आज की बारिश में चाय दोगुनी अच्छी लगी ☔️' },
  { lang: 'ta', text: 'மழை நின்றதும் தேநீர், பிறகு மறுபடியும் மழை.' },
  { lang: 'th', text: 'ตลาดเช้าปิดวันนี้ กลับมาใหม่พรุ่งนี้นะ 🥭' },
  { lang: 'vi', text: 'Chợ nổi sáng nay đông hơn mọi khi 🛶' },
  { lang: 'id', text: 'Ada yang punya resep sambal tanpa terasi? 🌶️' },
  { lang: 'ja', text: '今日のパンは焦げたけど、写真はよく撮れた🍞📷 #札幌' },
  { lang: 'ko', text: '오늘 빵은 다 팔렸습니다. 내일 또 만나요 👩🏻‍🍳' },
  { lang: 'zh', text: '渡轮因雾停航，码头上的人都在喝汤。🍲' },
  { lang: 'el', text: 'Το καΐκι γύρισε με άδεια δίχτυα και γεμάτες ιστορίες ⛵' },
  { lang: 'und', text: '👨‍👩‍👧‍👦🏳️‍🌈🇺🇳 1️⃣+1️⃣=2️⃣' },
];
