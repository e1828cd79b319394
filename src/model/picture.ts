import type { FileToSee } from '../files/look-into-files.ts';
import type { SeenFile } from '../files/seen-file.ts';

/** A picture of a screen that a model may look at. It cannot be masked: so it takes the merchant's own word, and the configuration's. */
export interface Picture {
  readonly type: string;
  readonly bytes: Buffer;
  /** What our own reader of letters found in it: what a model says to have read there must stand here. */
  readonly text: string;
}

const types: ReadonlySet<string> = new Set(['image/png', 'image/jpeg', 'image/webp']);
const maxPictureBytes = 4 * 1024 * 1024;

/** The first picture of a screen in which letters were found; one is enough to see what happened. */
export function pictureOf(files: readonly FileToSee[], seen: readonly SeenFile[]): Picture | null {
  for (const { place, attachment, content } of files) {
    const screen = seen.find((each) => each.place === place)?.screen ?? null;
    if (screen === null || attachment.kind !== 'screenshot' || !types.has(attachment.type) || !content.isWhole || content.bytes.length > maxPictureBytes) continue;
    return { type: attachment.type, bytes: content.bytes, text: screen.lines.map(({ text }) => text).join('\n') };
  }
  return null;
}
