/** How much of a mail's files is looked into: they bound the time and the memory that crafted files can take. What is left out is noted on the file. */
export interface LookLimits {
  /** Decoded bytes of one file; larger ones are not read. */
  readonly fileBytes: number;
  /** Pictures, and documents, of one mail; the first ones. */
  readonly files: number;
  /** By a picture's header, before anything of it is decoded. A screen of 5120 × 2880 has 14.7 million. */
  readonly picturePixels: number;
  readonly pictureMs: number;
  readonly documentMs: number;
  /** For all files of one mail. */
  readonly mailMs: number;
  readonly documentPages: number;
  readonly documentChars: number;
  /** Of a document that is a zip file: the unpacked bytes of its text. */
  readonly unpackedBytes: number;
  /** Of JavaScript's heap in the reading thread. */
  readonly threadHeapMb: number;
  /** By so much the whole process may grow while one file is read: what a file unpacks to lies outside of the heap. */
  readonly growthMb: number;
  /** After so long without work the reading thread ends, and gives back its memory. */
  readonly idleMs: number;
}

export const defaultLookLimits: LookLimits = {
  fileBytes: 12 * 1024 * 1024,
  files: 4,
  picturePixels: 16_000_000,
  pictureMs: 25_000,
  documentMs: 15_000,
  mailMs: 30_000,
  documentPages: 20,
  documentChars: 50_000,
  unpackedBytes: 8 * 1024 * 1024,
  threadHeapMb: 384,
  growthMb: 512,
  idleMs: 30_000,
};
