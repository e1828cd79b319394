/**
 * How much of one mail is read. What lies beyond is left out, and a note on the message says so; the source itself is never copied.
 * Real mail stays far below every one of these: they bound the time and memory that a crafted mail can take.
 */
export interface ReadLimits {
  /** Bytes of one header block that are read; the body behind a longer one is still found. */
  readonly headerBytes: number;
  /** MIME parts of a mail, those of forwarded mails within it included. */
  readonly parts: number;
  /** Levels of multiparts and attached mails within each other. */
  readonly depth: number;
  /** Characters of visible text of a whole mail, counted from its top. */
  readonly textChars: number;
  /** Bytes of one HTML part that are read; markup is bulky, so this is more than `textChars`. */
  readonly htmlBytes: number;
  /** Decoded bytes at the beginning of an attachment that its kind is read from. */
  readonly sniffBytes: number;
}

export const defaultReadLimits: ReadLimits = {
  headerBytes: 256 * 1024,
  parts: 1000,
  depth: 30,
  textChars: 200_000,
  htmlBytes: 2 * 1024 * 1024,
  sniffBytes: 256 * 1024,
};
