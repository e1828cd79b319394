/** "Two tones darker" is no coin: where something is said to be darker or paler by so many, they are shades of a colour. By words of all languages at once. */

const shade = /^\s?(?:(?:ещё|еще|яшчэ|ще|daha|kadar|more|plus|trop|de trop|zbyt|za|zu|정도|쯤|이나|은|는|더)\s?){0,2}(?:тем(?:н|ні)[еі]\p{L}*|темнее|светл\p{L}*|бледн\p{L}*|ярч\p{L}*|тепл\p{L}*|холодн\p{L}*|серее|насыщенн\p{L}*|гуще|глуше|цямн\p{L}*|цёмн\p{L}*|святл\p{L}*|бляд\p{L}*|цяпл\p{L}*|халадн\p{L}*|шарэйш\p{L}*|світл\p{L}*|блідіш\p{L}*|яскравіш\p{L}*|ciemn\p{L}*|jaśn\p{L}*|blad\p{L}*|cieplej\p{L}*|chłodn\p{L}*|dunkl\p{L}*|hell\p{L}*|blass\p{L}*|fonc\p{L}*|sombre\p{L}*|clair\p{L}*|pâle\p{L}*|froid\p{L}*|chaud\p{L}*|dark\p{L}*|light\p{L}*|pal(?:e|er)|bright\p{L}*|warm\p{L}*|cold\p{L}*|cool\p{L}*|koyu\p{L}*|açık\p{L}*|soluk\p{L}*|parlak\p{L}*|sıcak\p{L}*|soğuk\p{L}*|어둡\p{L}*|어두\p{L}*|밝\p{L}*|진하\p{L}*|연하\p{L}*|흐리\p{L}*|탁하\p{L}*|붉\p{L}*|차갑\p{L}*|따뜻\p{L}*)/iu;

/** What stands right before `end` counts shades. */
export function countsShades(text: string, end: number): boolean {
  return shade.test(text.slice(end, end + 32));
}
