import type { EmbeddedFile } from './embedded-file.ts';

const marker = Buffer.from('src="data:image/');
const maxPictures = 50;

export interface WithoutPictures {
  readonly bytes: Buffer;
  readonly files: readonly EmbeddedFile[];
}

/** Takes pictures in data URIs (RFC 2397) out of HTML: some programs paste screenshots that way, and they are most of such a part. */
export function takeInlinePictures(html: Buffer, sniffBytes: number): WithoutPictures {
  let at = html.indexOf(marker);
  if (at < 0) return { bytes: html, files: [] };
  const kept: Buffer[] = [];
  const files: EmbeddedFile[] = [];
  let from = 0;
  while (at >= 0 && files.length < maxPictures) {
    const start = at + 5;
    const quote = html.indexOf('"', start, 'latin1');
    // Of a large mail only the beginning is there: then the picture goes on to its end.
    const end = quote < 0 && html.indexOf('<', start, 'latin1') < 0 ? html.length : quote;
    if (end < 0) break;
    const head = /^data:(image\/[a-z0-9.+-]{1,40})(?:;[^,;]{1,60})*;base64,/i.exec(html.toString('latin1', start, Math.min(end, start + 200)));
    if (head !== null) {
      const dataStart = start + head[0].length;
      const digits = html.toString('latin1', dataStart, Math.min(end, dataStart + Math.ceil((sniffBytes * 4) / 3)));
      files.push({ filename: null, declaredType: head[1]!.toLowerCase(), head: Buffer.from(digits, 'base64'), bytes: Math.floor(((end - dataStart) * 3) / 4) });
      kept.push(html.subarray(from, start));
      from = end;
    }
    at = html.indexOf(marker, end);
  }
  kept.push(html.subarray(from));
  return { bytes: Buffer.concat(kept), files };
}
