/** The keys of a table written out in one place, with their type: `Object.keys` says only that they are strings. */
export function keysOf<Key extends string>(table: Readonly<Partial<Record<Key, unknown>>>): Key[] {
  return Object.keys(table).filter((key): key is Key => key in table);
}
