/** Of the words of mails, those that came a short while ago. Most come again; the rest are numbers, names and typing errors, of which there is no end. */
const maxRecent = 8_000;

/** What is known of words, for as long as they keep coming: at most so many, however long the process works. What was not asked for while so many others came is forgotten. */
export class RecentWords<Value> {
  #recent = new Map<string, Value>();
  #before = new Map<string, Value>();

  get(word: string): Value | undefined {
    const known = this.#recent.get(word);
    if (known !== undefined) return known;
    const earlier = this.#before.get(word);
    if (earlier !== undefined) this.set(word, earlier);
    return earlier;
  }

  set(word: string, value: Value): void {
    if (this.#recent.size >= maxRecent) {
      this.#before = this.#recent;
      this.#recent = new Map();
    }
    this.#recent.set(word, value);
  }

  clear(): void {
    this.#recent.clear();
    this.#before.clear();
  }

  /** Of both, of which some may be in both. */
  get size(): number {
    return this.#recent.size + this.#before.size;
  }
}
