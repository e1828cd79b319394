/** A right-to-left override to its end, or to the end of the line (UAX 9, 2.2): it shows letters and digits in another order than they are stored in. */
const overrides = /\u202e([^\u202c\n]*)\u202c?/g;

/**
 * Takes overridden numbers out of a text: "09.91" is seen as "19.90", and neither can be believed. The harmless marks of Arabic and Hebrew stay, and so do overridden words.
 */
export function takeOverridden(text: string): { readonly text: string; readonly taken: readonly string[] } {
  if (!text.includes('\u202e')) return { text, taken: [] };
  const taken: string[] = [];
  const kept = text.replaceAll(overrides, (written, inner: string) => {
    if (!/\p{Nd}/u.test(inner)) return written;
    taken.push(inner);
    return '';
  });
  return { text: kept, taken };
}
