import { getDocumentProxy } from 'unpdf';
import type { DocumentText, FileNote } from './seen-file.ts';

export interface ReadDocument {
  readonly document: DocumentText | null;
  readonly notes: readonly FileNote[];
}

/** Errors only: what PDF.js warns of is in the result. */
const quiet = 0;

/**
 * The text of a PDF, page by page. PDF.js draws nothing here, runs no JavaScript of the document, and compiles none of its functions and fonts to code.
 */
export async function readPdfText(bytes: Uint8Array, limits: { readonly pages: number; readonly chars: number }): Promise<ReadDocument> {
  const notes = new Set<FileNote>();
  if (namesScripts(bytes)) notes.add('has_scripts');
  try {
    // PDF.js takes the bytes for itself.
    const pdf = await getDocumentProxy(Uint8Array.from(bytes), { verbosity: quiet, isEvalSupported: false, disableFontFace: true, enableXfa: false, stopAtErrors: false });
    try {
      if (await pdf.hasJSActions()) notes.add('has_scripts');
      const pieces: string[] = [];
      let chars = 0;
      for (let number = 1; number <= Math.min(pdf.numPages, limits.pages) && chars < limits.chars; number++) {
        const text = await pageText(pdf, number);
        pieces.push(text);
        chars += text.length + 1;
      }
      if (pdf.numPages > limits.pages || chars > limits.chars) notes.add('text_truncated');
      return { document: { text: pieces.join('\n').slice(0, limits.chars), pages: pdf.numPages }, notes: [...notes] };
    } finally {
      await pdf.destroy();
    }
  } catch (error) {
    notes.add(error instanceof Error && error.name === 'PasswordException' ? 'locked' : 'unreadable');
    return { document: null, notes: [...notes] };
  }
}

async function pageText(pdf: Awaited<ReturnType<typeof getDocumentProxy>>, number: number): Promise<string> {
  const page = await pdf.getPage(number);
  const { items } = await page.getTextContent();
  const text = items.map((item) => ('str' in item ? `${item.str}${item.hasEOL ? '\n' : ''}` : '')).join('');
  page.cleanup();
  return text.replaceAll('\0', '');
}

/** Names by which a PDF runs or starts something. Compressed ones are found by PDF.js. */
function namesScripts(bytes: Uint8Array): boolean {
  const names = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return ['/JavaScript', '/JS ', '/JS(', '/Launch', '/RichMedia'].some((name) => names.includes(name, 0, 'latin1'));
}
