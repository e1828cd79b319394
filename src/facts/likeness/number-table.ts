/** Numbers 32-bit keys in the order they come, in one flat array: smaller and faster than a `Map` of as many. */
export class NumberTable {
  /** Each slot a key and its number plus one, 0 where the slot is free: side by side, for the memory is slower than the search. */
  #slots = new Int32Array(2048);
  #size = 0;

  /** The table in which each key has its place among `keys` as its number. */
  static of(keys: Int32Array): NumberTable {
    const table = new NumberTable();
    while (keys.length * 4 > table.#slots.length) table.#slots = new Int32Array(table.#slots.length * 2);
    for (const key of keys) table.addOrGet(key);
    return table;
  }

  get size(): number {
    return this.#size;
  }

  /** All keys, in the order of their numbers. */
  keys(): Int32Array {
    const keys = new Int32Array(this.#size);
    for (let slot = 0; slot < this.#slots.length; slot += 2) {
      const number = this.#slots[slot + 1] ?? 0;
      if (number !== 0) keys[number - 1] = this.#slots[slot] ?? 0;
    }
    return keys;
  }

  /** The key's number, from 0; -1 where it was never added. */
  get(key: number): number {
    return (this.#slots[this.#slotOf(key) + 1] ?? 0) - 1;
  }

  /** The key's number, the next one where it is new. */
  addOrGet(key: number): number {
    const known = this.get(key);
    if (known !== -1) return known;
    // Half empty, so that a free slot is soon met.
    if (this.#size * 4 >= this.#slots.length) this.#grow();
    this.#size += 1;
    this.#put(key, this.#size);
    return this.#size - 1;
  }

  #put(key: number, number: number): void {
    const slot = this.#slotOf(key);
    this.#slots[slot] = key;
    this.#slots[slot + 1] = number;
  }

  /** Where the key stands or would stand. */
  #slotOf(key: number): number {
    const slots = this.#slots;
    const mask = slots.length - 2;
    let slot = (Math.imul(key, 0x9e3779b1) >>> 6) & mask;
    while (slots[slot + 1] !== 0 && slots[slot] !== key) slot = (slot + 2) & mask;
    return slot;
  }

  #grow(): void {
    const old = this.#slots;
    this.#slots = new Int32Array(old.length * 2);
    for (let slot = 0; slot < old.length; slot += 2) {
      const number = old[slot + 1] ?? 0;
      if (number !== 0) this.#put(old[slot] ?? 0, number);
    }
  }
}
