import type { EmbeddedFile } from './embedded-file.ts';

const maxFiles = 50;

export interface WithoutUuencoded {
  readonly text: string;
  readonly files: readonly EmbeddedFile[];
}

/** Takes uuencoded files out of plain text, where very old programs put them. */
export function takeUuencoded(text: string): WithoutUuencoded {
  if (!/^begin [0-7]{3,4} /m.test(text)) return { text, files: [] };
  const kept: string[] = [];
  const files: EmbeddedFile[] = [];
  let open: { name: string; bytes: number[]; size: number; lines: string[] } | null = null;
  for (const line of text.split(/\r?\n/)) {
    const begin: RegExpExecArray | null = open === null && files.length < maxFiles ? /^begin [0-7]{3,4} (\S.{0,254})$/.exec(line) : null;
    if (begin !== null) {
      open = { name: begin[1]!.trim(), bytes: [], size: 0, lines: [line] };
    } else if (open !== null && /^end\s*$/.test(line)) {
      files.push({ filename: open.name, declaredType: 'application/octet-stream', head: Buffer.from(open.bytes), bytes: open.size });
      open = null;
    } else if (open !== null && isUuLine(line)) {
      open.lines.push(line);
      decodeLine(line, open);
    } else if (open !== null) {
      // "begin 500 meters ahead" is a sentence.
      kept.push(...open.lines, line);
      open = null;
    } else {
      kept.push(line);
    }
  }
  if (open !== null) kept.push(...open.lines);
  return { text: kept.join('\n'), files };
}

function isUuLine(line: string): boolean {
  if (line === '`' || line.trim() === '') return true;
  if (!/^[\u0020-\u0060]{1,90}$/.test(line)) return false;
  const bytes = (line.charCodeAt(0) - 32) & 63;
  // Some programs strip trailing spaces, some add a check character.
  return line.length <= Math.ceil(bytes / 3) * 4 + 3;
}

function decodeLine(line: string, file: { bytes: number[]; size: number }): void {
  const length = (line.charCodeAt(0) - 32) & 63;
  file.size += Number.isNaN(length) ? 0 : length;
  if (file.bytes.length > 65_536) return;
  const value = (i: number): number => (((line.charCodeAt(i) || 32) - 32) & 63);
  for (let i = 1, left = length; left > 0; i += 4, left -= 3) {
    const group = (value(i) << 18) | (value(i + 1) << 12) | (value(i + 2) << 6) | value(i + 3);
    for (const shift of [16, 8, 0].slice(0, left)) file.bytes.push((group >> shift) & 255);
  }
}
