/** Numbers 32-bit keys in the order they come, in two flat arrays: smaller and faster than a `Map` of as many. */
export class NumberTable {
  #keys = new Int32Array(1024);
  /** One more than the key's number; 0 where the slot is free. */
  #numbers = new Int32Array(1024);
  #size = 0;

  get size(): number {
    return this.#size;
  }

  /** The key's number, from 0; -1 where it was never added. */
  get(key: number): number {
    return (this.#numbers[this.#slotOf(key)] ?? 0) - 1;
  }

  /** The key's number, the next one where it is new. */
  addOrGet(key: number): number {
    const known = this.get(key);
    if (known !== -1) return known;
    // Half empty, so that a free slot is soon met.
    if (this.#size * 2 >= this.#keys.length) this.#grow();
    this.#size += 1;
    this.#put(key, this.#size);
    return this.#size - 1;
  }

  #put(key: number, number: number): void {
    const slot = this.#slotOf(key);
    this.#keys[slot] = key;
    this.#numbers[slot] = number;
  }

  /** Where the key stands or would stand. */
  #slotOf(key: number): number {
    const mask = this.#keys.length - 1;
    let slot = (Math.imul(key, 0x9e3779b1) >>> 7) & mask;
    while (this.#numbers[slot] !== 0 && this.#keys[slot] !== key) slot = (slot + 1) & mask;
    return slot;
  }

  #grow(): void {
    const [keys, numbers] = [this.#keys, this.#numbers];
    this.#keys = new Int32Array(keys.length * 2);
    this.#numbers = new Int32Array(keys.length * 2);
    for (let slot = 0; slot < numbers.length; slot++) {
      const number = numbers[slot] ?? 0;
      if (number !== 0) this.#put(keys[slot] ?? 0, number);
    }
  }
}
