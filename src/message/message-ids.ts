// RFC 5322, 3.6.4, leniently: whatever stands between angle brackets. 250 characters, since some stores index no longer ones; without control characters,
// which no store takes: an id with a NUL in it would keep its mail out.
const bracketed = /<([^<>\s\p{Cc}]{1,250})>/gu;
const maxReferences = 100;

/** All message ids of a field, with their angle brackets. */
export function parseMessageIds(raw: string | null): string[] {
  if (raw === null) return [];
  const ids = [...raw.matchAll(bracketed)].map((match) => `<${match[1]}>`);
  const unique = [...new Set(ids)];
  // The newest are the last: they are what an answer belongs to.
  return unique.slice(-maxReferences);
}

/** The one message id of a field, or null where it is missing or unusable. */
export function parseMessageId(raw: string | null): string | null {
  if (raw === null) return null;
  const id = parseMessageIds(raw)[0];
  if (id !== undefined) return id;
  const bare = /^\s*([^<>\s,;"\p{Cc}]{1,200}@[^<>\s,;"\p{Cc}]{1,200})\s*$/u.exec(raw);
  return bare === null ? null : `<${bare[1]}>`;
}
