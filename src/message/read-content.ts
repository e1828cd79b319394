import { chooseBodyParts, type TextChoice } from './body-parts.ts';
import { readBodyText, type BodyText } from './body-text.ts';
import { buildSegments, type Sender } from './build-segments.ts';
import { readAttachment } from './read-attachment.ts';
import { sniffAttachment } from './sniff-attachment.ts';
import { linesOfHtml } from './text-of-html.ts';
import { linesOfPlain } from './text-of-plain.ts';
import { readTnef } from './tnef.ts';
import { decodeTransfer } from './transfer-encoding.ts';
import { decodeBytes } from './charset.ts';
import type { Attachment, Segment } from './message.ts';
import type { EmbeddedFile } from './embedded-file.ts';
import type { Header } from './header.ts';
import type { MimePart } from './parse-mime.ts';
import type { ReadLimits } from './read-limits.ts';

/** What a mail holds: its text in segments, its files. */
export interface Content {
  readonly segments: readonly Segment[];
  readonly attachments: readonly Attachment[];
}

/** More mails within a mail are listed as attachments, but not read. */
const maxForwards = 50;

/** Reads the body and the attachments of a mail, those of mails attached to it included. Adds to `notes` what was left out. */
export async function readContent(root: MimePart, sender: Sender, limits: ReadLimits, notes: Set<string>): Promise<Content> {
  const reader = new ContentReader(sender, limits, notes);
  reader.readMail(root);
  const attachments: Attachment[] = [];
  for (const part of reader.attached) attachments.push(await readAttachment(part, limits));
  for (const file of reader.files) attachments.push(await sniffAttachment({ ...file, tail: Buffer.alloc(0), isInline: true }));
  return { segments: reader.segments, attachments };
}

/** Walks a mail's parts in the order of its attachments: first those attached, then the files that lay within texts. */
export class ContentReader {
  readonly segments: Segment[] = [];
  readonly attached: MimePart[] = [];
  readonly files: EmbeddedFile[] = [];
  readonly #sender: Sender;
  readonly #limits: ReadLimits;
  readonly #notes: Set<string>;
  #charsLeft: number;
  #forwards = 0;

  constructor(sender: Sender, limits: ReadLimits, notes: Set<string>) {
    this.#sender = sender;
    this.#limits = limits;
    this.#notes = notes;
    this.#charsLeft = limits.textChars;
  }

  readMail(root: MimePart): void {
    const parts = chooseBodyParts(root);
    for (const choice of parts.texts) {
      const text = this.#readText(choice);
      if (text !== null) this.segments.push(...buildSegments(text.lines, this.#sender));
    }
    this.attached.push(...parts.attachments);
    for (const part of parts.attachments) if (isTnef(part)) this.#readTnef(part);
    for (const forward of parts.forwards) this.#readForward(forward);
  }

  /** What Outlook has wrapped: the files, and the text where the mail shows none. */
  #readTnef(part: MimePart): void {
    const content = readTnef(decodeTransfer(part.body, part.encoding, maxTnefBytes), this.#limits.sniffBytes);
    if (content === null) return;
    this.files.push(...content.files);
    if (this.segments.some(({ kind }) => kind === 'own' || kind === 'quote')) return;
    const lines = content.text === null ? (content.html === null ? [] : linesOfHtml(decodeBytes(content.html.bytes.subarray(0, this.#limits.htmlBytes), content.html.charset).text, this.#charsLeft).lines) : linesOfPlain(content.text.slice(0, this.#charsLeft), { flowed: false, deleteSpace: false });
    for (const line of lines) this.#charsLeft -= line.text.length + 1;
    this.segments.push(...buildSegments(lines, this.#sender));
  }

  /** A mail attached as such is passed on: its fields and its text make one segment. */
  #readForward(part: MimePart): void {
    const mail = part.children[0];
    if (mail === undefined || ++this.#forwards > maxForwards) return;
    const parts = chooseBodyParts(mail);
    const pieces = [shownHeader(mail.header)];
    for (const choice of parts.texts) {
      for (const line of this.#readText(choice)?.lines ?? []) {
        if (line.mark === 'hidden') this.segments.push({ kind: 'hidden', text: line.text, question: null });
        else pieces.push(line.text);
      }
      pieces.push('');
    }
    const text = pieces.join('\n').replaceAll(/\n{3,}/g, '\n\n').trim();
    if (text !== '') this.segments.push({ kind: 'forward', text, question: null });
    this.attached.push(...parts.attachments);
    for (const inner of parts.forwards) this.#readForward(inner);
  }

  #readText(choice: TextChoice): BodyText | null {
    if (this.#charsLeft <= 0) {
      this.#notes.add('text_truncated');
      return null;
    }
    const text = readBodyText(choice, this.#limits, this.#charsLeft);
    for (const note of text.notes) this.#notes.add(note);
    this.files.push(...text.files);
    for (const line of text.lines) this.#charsLeft -= line.text.length + 1;
    return text;
  }
}

/** More of it is read nowhere: pictures that Outlook wraps are known by their beginning. */
const maxTnefBytes = 32 * 1024 * 1024;

function isTnef(part: MimePart): boolean {
  return /^application\/(?:vnd\.)?ms-tnef$/.test(part.type) || /^winmail\.dat$/i.test(part.filename ?? '');
}

const maxFieldChars = 998;

/** The fields of an attached mail that a reader would see above it, with a blank line behind them. */
function shownHeader(header: Header): string {
  return ['from', 'date', 'subject', 'to']
    .map((name) => [name, header.text(name) ?? ''] as const)
    .filter(([, value]) => value !== '')
    .map(([name, value]) => `${name.charAt(0).toUpperCase()}${name.slice(1)}: ${value.slice(0, maxFieldChars)}\n`)
    .join('');
}
