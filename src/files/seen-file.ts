/**
 * A seen file: what an attachment's content shows beyond its kind. Text read from pictures is what a reader of letters made of it, with its confidence. Frozen; made by a `FileReader`.
 */
export interface SeenFile {
  /** The file's place in `Message.attachments`. */
  readonly place: number;
  /** The text of a document; null for other files. */
  readonly document: DocumentText | null;
  /** What stands in a picture of a screen; null for other files. */
  readonly screen: ScreenText | null;
  /** Of a recording whose header says it. */
  readonly durationSeconds: number | null;
  /** Why there is less than the whole, or what else a person should know. */
  readonly notes: readonly FileNote[];
}

export interface DocumentText {
  readonly text: string;
  /** Of a PDF all it has, also those that were not read; null where the format has none. */
  readonly pages: number | null;
}

export interface ScreenText {
  /** Of the picture. */
  readonly widthPixels: number;
  readonly heightPixels: number;
  /** From top to bottom. A line can stand here twice, when it was read in the whole picture and in an enlarged strip of it. */
  readonly lines: readonly ScreenLine[];
}

export interface ScreenLine {
  readonly text: string;
  /** How sure the reader of letters is, 0–100. */
  readonly confidence: number;
  /** Where its middle lies, as shares of the picture's width and height. */
  readonly x: number;
  readonly y: number;
}

/**
 * `incomplete` only its beginning was there · `too_large` in bytes or pixels, not read · `too_many_files` of this mail, not read · `text_truncated` · `unreadable` damaged or not what it
 * claims to be · `locked` by a password · `time_out` · `out_of_memory` · `has_scripts` a PDF that brings JavaScript or starts something (nothing of it is run) ·
 * `unpacks_too_large` a document that grows beyond all measure when it is unpacked
 */
export type FileNote =
  | 'incomplete' | 'too_large' | 'too_many_files' | 'text_truncated' | 'unreadable' | 'locked' | 'time_out' | 'out_of_memory' | 'has_scripts' | 'unpacks_too_large';
