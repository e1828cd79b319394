import { fold } from '../facts/text/fold.ts';

/** A stretch of a reply, folded for comparing, that still knows where each of its characters came from. */
export interface FoldedText {
  readonly folded: string;
  /** Offset in the reply of each folded character, and of the end. */
  readonly origin: readonly number[];
}

/** Folds like the reader of mail, but keeps white space; dashes and apostrophes become what the words are written with. */
export function foldText(text: string, start: number, end: number): FoldedText {
  let folded = '';
  const origin: number[] = [];
  for (let at = start; at < end; ) {
    const character = String.fromCodePoint(text.codePointAt(at) ?? 0x20);
    const piece = /\s/u.test(character) ? ' ' : fold(character);
    for (let index = 0; index < piece.length; index++) origin.push(at);
    folded += piece;
    at += character.length;
  }
  origin.push(end);
  return { folded, origin };
}
