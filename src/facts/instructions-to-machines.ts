/** Words that address a machine that reads mail rather than a person, in each language; what a customer says of their own assistant is none. */
const ways: readonly RegExp[] = [
  /(?:ignore|disregard|forget|override)\s+(?:\w+\s+){0,3}(?:previous|prior|above|earlier|system)\s+(?:\w+\s+){0,2}(?:instructions?|prompts?|rules?)/iu,
  /\b(?:system\s+(?:notice|prompt|message)|assistant)\s*(?:to the ai|:)/iu,
  /\b(?:notice|note|instruction|message|attention|reminder)s?,?\s+(?:to|for)\s+(?:the\s+|any\s+|all\s+)?(?:ai|llm|assistant|bot|language model|(?:ai|automat(?:ed|ic)|virtual)\s+(?:agent|assistant|bot|system|model|reader|script|classifier)s?|(?:support|e-?mail|triage)\s+(?:bot|model|script|classifier)s?)\b/iu,
  /\bas an? (?:ai|language model)\b|you are (?:now )?(?:an? )?(?:ai|assistant|llm|chatgpt)|set (?:the )?outcome to|\b(?:classify|categori[sz]e)\s+(?:this|it|the|me|my)\b[^.!?]{0,30}\bas\b/iu,
  /(?<!\p{L})(?:игнорируй\p{L}*|забудь\p{L}*|не учитывай\p{L}*|ігноруй\p{L}*|ігнаруй\p{L}*|забудзь\p{L}*)\s+(?:\p{L}+\s+){0,3}(?:инструкци\p{L}*|правил\p{L}*|указани\p{L}*|інструкц\p{L}*|вказівк\p{L}*|правіл\p{L}*)/iu,
  /(?<!\p{L})(?:сообщение|указание|инструкция|примечание|заметка|паведамленне|повідомлення)\s+(?:для|к)\s+(?:ии|ai|нейросети|языковой модели|бота|ассистента|ші|ші-асистента)(?!\p{L})/iu,
  /(?<!\p{L})ignora\p{L}*\s+(?:\p{L}+\s+){0,3}(?:instrucc\p{L}*|istruzion\p{L}*|instruç\p{L}*)|ignore[zr]?\s+(?:\p{L}+\s+){0,3}(?:instructions?|consignes?)\s+(?:précédentes?|antérieures?)/iu,
  /(?<!\p{L})(?:ignorier|missacht|vergiss)\p{L}*\s+(?:\p{L}+\s+){0,3}(?:anweisung|instruktion|vorgab)\p{L}*/iu,
  /(?:以前の|これまでの|上記の)指示|이전 지시|تجاهل\s+(?:\p{L}+\s+){0,2}التعليمات|önceki\s+(?:tüm\s+)?talimatlar|talimatlar\p{L}*\s+(?:yok say|görmezden gel|unut)|(?<!\p{L})(?:zignoruj|pomiń)\p{L}*\s+(?:\p{L}+\s+){0,3}(?:instrukcj|polece)\p{L}*/iu,
];

export const instructionsToMachines = new RegExp(ways.map(({ source }) => source).join('|'), 'iu');
