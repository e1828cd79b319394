/** Numbers that a reply can name: none are negative, and few are large. */
const largest = 200;

/** Which of a language's plural forms for the variable's numbers are not among `forms`, each with a number that needs it (Intl.PluralRules). */
export function missingPluralForms(language: string, forms: readonly string[], variable: string): { readonly form: string; readonly example: number }[] {
  const rules = new Intl.PluralRules(language);
  const needed = new Map<string, number>();
  for (let number = 0; number <= largest; number++) {
    // Half an hour, but no half revision.
    for (const each of variable === 'outage_hours' ? [number, number + 0.5] : [number]) {
      const form = rules.select(each);
      if (!needed.has(form)) needed.set(form, each);
    }
  }
  return [...needed].filter(([form]) => !forms.includes(form)).map(([form, example]) => ({ form, example }));
}
