/** A letter of writing with spaces, as a stretch of a regular expression: kana, Han and Hangul stand right beside names, codes and numbers (`50 USDTを`, `SB-10482の本`, `Starterプラン`). */
export const spacedLetter = String.raw`(?:(?![\u3005-\u30ff\u3400-\u9fff\uac00-\ud7af])\p{L})`;
