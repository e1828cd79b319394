/** A file that lay within a text: a picture in a data URI, a uuencoded file. */
export interface EmbeddedFile {
  readonly filename: string | null;
  readonly declaredType: string;
  /** The first decoded bytes. */
  readonly head: Buffer;
  /** Decoded size of the whole. */
  readonly bytes: number;
}
