import { readImageHeader } from '../message/image-header.ts';
import type { Attachment } from '../message/message.ts';
import type { FileContent } from '../message/read-files.ts';
import { defaultLookLimits, type LookLimits } from './look-limits.ts';
import type { FileNote, SeenFile } from './seen-file.ts';
import { openThreadReader, type ReadingTask, type ThreadReader } from './thread-reader.ts';
import { videoDurationSeconds } from './video-duration.ts';

/** Looks into files: reads the text of documents and of pictures of screens, in a thread of its own, within limits of size, time and memory. */
export interface FileReader {
  /** Bytes that are to be handed in of a file, at the most. */
  readonly maxFileBytes: number;
  /** Never rejects: what cannot be read is noted on the file. In the order they were given in. */
  look(files: readonly FileToSee[]): Promise<readonly SeenFile[]>;
  close(): Promise<void>;
}

export interface FileToSee {
  /** In `Message.attachments`. */
  readonly place: number;
  readonly attachment: Attachment;
  readonly content: FileContent;
}

/** True for a file in which something is to be seen: a picture of a screen, a document in a known format, a recording. Nothing that is a program, or looks like one, is opened. */
export function canBeSeen(attachment: Attachment): boolean {
  return !attachment.flags.includes('dangerous') && (attachment.kind === 'recording' || formatOf(attachment) !== null);
}

export function openFileReader(limits: Partial<LookLimits> = {}): FileReader {
  const all: LookLimits = { ...defaultLookLimits, ...limits };
  const thread = openThreadReader(all);
  return {
    maxFileBytes: all.fileBytes,
    look: async (files) => {
      const deadline = performance.now() + all.mailMs;
      const seen: SeenFile[] = [];
      let opened = 0;
      for (const file of files) {
        const isOpened = file.attachment.kind !== 'recording';
        if (isOpened && opened >= all.files) seen.push(unseen(file, 'too_many_files'));
        else seen.push(await lookInto(file, thread, all, deadline));
        if (isOpened) opened += 1;
      }
      return seen;
    },
    close: async () => { await thread.close(); },
  };
}

function formatOf({ type, kind }: Attachment): ReadingTask['format'] | null {
  if (kind === 'screenshot') return ['image/png', 'image/jpeg', 'image/webp', 'image/bmp'].includes(type) ? 'picture' : null;
  if (type === 'application/pdf') return 'pdf';
  return /officedocument\.wordprocessingml\.document|opendocument\.text$/.test(type) ? 'packed_text' : null;
}

async function lookInto(file: FileToSee, thread: ThreadReader, limits: LookLimits, deadline: number): Promise<SeenFile> {
  const { place, attachment, content } = file;
  if (attachment.kind === 'recording') {
    const durationSeconds = videoDurationSeconds(content.bytes);
    return { place, document: null, screen: null, durationSeconds, notes: durationSeconds === null && !content.isWhole ? ['incomplete'] : [] };
  }
  const format = formatOf(attachment);
  if (format === null) return unseen(file, 'unreadable');
  if (attachment.bytes > limits.fileBytes) return unseen(file, 'too_large');
  if (!content.isWhole) return unseen(file, 'incomplete');
  if (format === 'picture') {
    const header = readImageHeader(content.bytes);
    if (header === null || header.width === 0 || header.height === 0) return unseen(file, 'unreadable');
    if (header.width * header.height > limits.picturePixels) return unseen(file, 'too_large');
  }
  const timeLeftMs = deadline - performance.now();
  if (timeLeftMs <= 0) return unseen(file, 'time_out');
  const { document, screen, notes } = await thread.read({ format, bytes: content.bytes }, Math.min(timeLeftMs, format === 'picture' ? limits.pictureMs : limits.documentMs));
  return { place, document, screen, durationSeconds: null, notes };
}

function unseen({ place }: FileToSee, note: FileNote): SeenFile {
  return { place, document: null, screen: null, durationSeconds: null, notes: [note] };
}
